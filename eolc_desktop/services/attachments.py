"""Attaching a scan or photograph to a plan, and reading it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.plan import Entry, EntryState, Plan
from eolc_desktop.documents.attached import Inspected
from eolc_desktop.errors import InvalidValue, UserError
from eolc_desktop.record import attachments, audit
from eolc_desktop.record.rows import new_id
from eolc_desktop.services import plans
from eolc_desktop.services.plans import SaveResult
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

SECTION = "documents"


@dataclass(frozen=True, slots=True)
class Attached:
    """A document of the plan that has a file, and whether that file is on this laptop."""

    entry: Entry
    is_here: bool

    @property
    def sha256(self) -> str:
        """The name of the file."""
        return self.entry.text("sha256")


@needs(Right.RECORD)
def attach(session: Session, plan: Plan, values: Mapping[str, Value], data: bytes, inspected: Inspected) -> SaveResult:
    """Keep a file in the encrypted record and add an entry to the plan's documents that names it.

    The file is on the disk before anything points to it. Raises InvalidValue without a title, StoreFull.
    """
    if not str(values.get("title") or "").strip():
        raise InvalidValue("Please say what this is.", "Nothing was added yet.", "A short title is enough.", "title")
    with session.store.writing() as connection:
        sha256 = attachments.keep(connection, plan.person_id, data, inspected.media_type, session.clock())
    known: dict[str, Value] = {"media_type": inspected.media_type, "size": inspected.size, "sha256": sha256}
    return plans.save_entry(session, plan, SECTION, new_id(), dict(values) | known)


@needs(Right.READ)
def attached(session: Session, plan: Plan) -> tuple[Attached, ...]:
    """The documents of the plan that have a file, the latest first; those entered in error are left out."""
    with session.store.reading() as connection:
        here = attachments.files_of(connection, plan.person_id)
    entries = [e for e in plan.all_entries(SECTION) if e.text("sha256") and e.state is not EntryState.ENTERED_IN_ERROR]
    return tuple(Attached(entry, entry.text("sha256") in here) for entry in reversed(entries))


@needs(Right.READ)
def read_file(session: Session, person_id: str, sha256: str) -> bytes:
    """The bytes of a file, and a line in the audit that it was looked at. Raises UserError where it is not here."""
    with session.store.writing() as connection:
        try:
            data, _media_type = attachments.read(connection, person_id, sha256)
        except KeyError:
            raise UserError(
                "The file itself is not on this laptop.",
                "What is recorded about it is here.",
                "Ask whoever added it, or look at the original.",
            ) from None
        audit.note(connection, session.clock(), session.user.id, "looked at a file", person_id, {"file": sha256})
    return data
