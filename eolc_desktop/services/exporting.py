"""Taking one person out of the program as a FHIR file: what leaves is decided as for the shared record, and noted."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eolc_desktop.care_plan.keeping_back import KEPT_BACK
from eolc_desktop.care_plan.leaving import Leaving, Stays, what_may_leave
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.care_plan.rules import Setting
from eolc_desktop.care_plan.said import plan_from
from eolc_desktop.documents.making import Order
from eolc_desktop.errors import InvalidValue, NotAllowed, PrintFailed
from eolc_desktop.fhir.document_bundle import document_bundle
from eolc_desktop.fhir.nrl_pointer import Publishing, nrl_pointer
from eolc_desktop.fhir.section_bundle import section_bundle
from eolc_desktop.fhir.sharing.documents import Paper
from eolc_desktop.fhir.sharing.elements import Resource
from eolc_desktop.record import audit, exchange, versions
from eolc_desktop.services import going_out, organisation, shared_papers
from eolc_desktop.services.going_out import Way
from eolc_desktop.services.private_file import write_private
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session
from eolc_desktop.sync.papers import TITLE
from eolc_desktop.sync.projecting import ids_of

WARNING = (
    "The file holds this person’s plan in the clear: anybody who has the file can read it. It is not encrypted, and it "
    "cannot be called back. Send it only over a secure route, keep it only as long as it is needed, then delete it."
)
"""What is said before a file is written."""
FILE_NAME = "care-plan.fhir.json"
SECTION_FILE_NAME = "care-plan-section.fhir.json"
POINTER_FILE_NAME = "record-locator-pointer.fhir.json"


@dataclass(frozen=True, slots=True)
class ToExport:
    """What would leave: the plan with only that in it, the order for its PDF, and what stays here, in words.

    The PDF is made elsewhere (the worker process, or the command line itself) and given to `bundle` and `pointer`.
    """

    plan: Plan
    order: Order
    stays: tuple[str, ...]

    def paper(self, pdf: bytes) -> Paper:
        """The PDF that was made from the order."""
        return Paper(TITLE, pdf, self.plan.as_of)

    def check_pointer(self, publishing: Publishing) -> None:
        """See that a pointer can be made, before anything is written. Raises InvalidValue."""
        nrl_pointer(self.plan, ids_of(self.plan.person_id), self.paper(b""), publishing)


@needs(Right.SHARE)
def prepare(session: Session, person_id: str) -> ToExport:
    """Take one snapshot and decide what of it may leave: consent, identity, what is kept back, who must not be told.

    The PDF is drawn from that alone, as for the shared record. Raises NotAllowed where nothing may leave, with the
    reason, NotAsWritten where it cannot be trusted, and PrintFailed where no PDF of it may be made.
    """
    sent, plan, leaving = _what_leaves(session, person_id)
    order = shared_papers.order(session, sent)
    if order is None:
        raise PrintFailed(
            "The plan may not be drawn for other professionals here, and the file holds it as a page.",
            "Nothing was exported.",
            "Ask whoever looks after the program in your organisation.",
        )
    return ToExport(sent, order, _stays(plan, leaving.stays))


@needs(Right.SHARE)
def bundle_of(session: Session, person_id: str) -> Resource:
    """One person as a FHIR document without a PDF, for an export of many.

    Raises NotAllowed where nothing may leave, NotAsWritten where it cannot be trusted.
    """
    sent, _plan, _leaving = _what_leaves(session, person_id)
    return document_bundle(sent, ids_of(person_id), session.user.author)


def _what_leaves(session: Session, person_id: str) -> tuple[Plan, Plan, Leaving]:
    now = session.clock()
    with session.store.reading() as connection:
        going_out.refuse_person(session, connection, person_id, Way.EXPORTED)
        version = versions.version_of(connection, person_id)
        plan = plan_from(person_id, session.catalogue, version, now)
        number = plan.text("person", "nhs_number")
        others = exchange.others_with_number(connection, person_id, number)
    setting = Setting(training=session.made_up, others_with_this_number=others)
    leaving = what_may_leave(plan, version, setting, shared_before=False)
    if leaving.hold is not None:
        raise NotAllowed(leaving.hold.words, "Nothing was exported.", "Record it in the plan first.")
    return plan_from(person_id, session.catalogue, version, now, leaving.places), plan, leaving


def _stays(plan: Plan, stays: Any) -> tuple[str, ...]:
    """What stays here, by reason: the names of sections only, since an item's name may tell what it is about."""
    found: dict[Stays, set[str]] = {}
    for (section, _entry, _field), why in stays.items():
        if section != KEPT_BACK:  # that something is kept back is itself kept back
            title = plan.catalogue[section].title if section in plan.catalogue else section
            found.setdefault(why, set()).add(title)
    return tuple(f"{why.words}: {', '.join(sorted(titles))}" for why, titles in found.items())


@needs(Right.SHARE)
def save_document(session: Session, exported: ToExport, pdf: bytes, path: Path) -> None:
    """Write the whole person as one FHIR document, readable by the user alone, and note it. Raises PrintFailed."""
    ids = ids_of(exported.plan.person_id)
    by = session.user.author
    _save(session, exported, "document", path, lambda: document_bundle(exported.plan, ids, by, exported.paper(pdf)))


@needs(Right.SHARE)
def save_section(session: Session, exported: ToExport, section_key: str, path: Path) -> None:
    """Write one section as a form and its answers, and note it. Raises InvalidValue for no section, PrintFailed."""
    if section_key not in exported.plan.catalogue:
        raise InvalidValue(
            f"There is no section “{section_key}”.",
            "Nothing was exported.",
            f"The sections are: {', '.join(section.key for section in exported.plan.catalogue)}.",
        )
    section, ids = exported.plan.catalogue[section_key], ids_of(exported.plan.person_id)
    _save(session, exported, f"section {section_key}", path, lambda: section_bundle(exported.plan, section, ids))


@needs(Right.SHARE)
def save_pointer(session: Session, exported: ToExport, pdf: bytes, path: Path, publishing: Publishing) -> None:
    """Write the National Record Locator's pointer to the PDF, and note it. Raises InvalidValue, PrintFailed."""
    ids = ids_of(exported.plan.person_id)
    _save(session, exported, "pointer", path, lambda: nrl_pointer(exported.plan, ids, exported.paper(pdf), publishing))


def _save(session: Session, exported: ToExport, what: str, path: Path, make: Callable[[], Any]) -> None:
    organisation.refuse_saving(session.policy)
    content = json.dumps(make(), ensure_ascii=False, indent=2).encode()
    detail: dict[str, str | int] = {"what": what, "version": exported.plan.version, "bytes": len(content)}
    with session.store.writing() as connection:
        audit.note(connection, session.clock(), session.user.id, "exported", exported.plan.person_id, detail)
    try:
        write_private(session, path, content)
    except PrintFailed:
        with session.store.writing() as connection:
            audit.note(connection, session.clock(), session.user.id, "export failed", exported.plan.person_id, detail)
        raise
