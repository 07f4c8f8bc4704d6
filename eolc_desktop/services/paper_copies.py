"""The register of paper copies: noting a page, what became of it, whether it is still right, and which to replace."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from eolc_desktop.care_plan.dates import moment_words
from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.paper_copies import (
    SECTION,
    Changed,
    PaperCopy,
    ToReplace,
    changed_since,
    copies,
    is_quite_the_newest,
    to_replace,
)
from eolc_desktop.care_plan.plan import Edit, Plan
from eolc_desktop.errors import UserError
from eolc_desktop.record import exchange, journal, paper_copies, people, plans
from eolc_desktop.record.paper_copies import PageOut
from eolc_desktop.record.people import PersonRow
from eolc_desktop.record.rows import new_id
from eolc_desktop.services.plans import SaveResult, edits_for, record
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Changes, Session

CODE_PREFIX = "EOLC"
"""What the square code on a page says before the check code: it tells a page of this program from any other code."""
CODE_LENGTH = 6
AT_ONCE = 40
"""People whose pages are looked at again in one piece of work: about an eighth of a second of the store's time."""
_READ_ALIKE = str.maketrans("OILU", "011V")


class Standing(StrEnum):
    """What the program says of a page (decision 8). Unknown counts as old."""

    CURRENT = "current"
    SAFETY_UNCHANGED = "safety_unchanged"
    SUPERSEDED = "superseded"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """What this laptop knows of a page. `says` is one sentence, `more` what supports it; both can be read out.

    `row` is whose page it is, None where the code is unknown; `checked` when this laptop last knew better.
    """

    standing: Standing
    code: str
    says: str
    more: tuple[str, ...]
    checked: str
    row: PersonRow | None = None
    copy: PaperCopy | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """The pages of one person: all of them, the newest first, and which of them are to be replaced."""

    plan: Plan
    copies: tuple[PaperCopy, ...]
    to_replace: tuple[ToReplace, ...]


@dataclass(frozen=True, slots=True)
class PersonToVisit:
    """A person with pages to replace."""

    row: PersonRow
    pages: tuple[PageOut, ...]


@dataclass(frozen=True, slots=True)
class RecallList:
    """Everybody with pages to replace, in the order of their names. `still_looking`: people not yet looked at again."""

    people: tuple[PersonToVisit, ...]
    still_looking: int

    @property
    def pages(self) -> int:
        """How many pages there are to replace."""
        return sum(len(person.pages) for person in self.people)


def enter(connection: Connection, session: Session, person_id: str, values: dict[str, Value]) -> str:
    """Enter a page in the register, inside the transaction that notes it in the audit. Returns its entry."""
    entry = new_id()
    edits = [Edit(SECTION, entry, key, value) for key, value in values.items() if value not in ("", None)]
    journal.append(connection, session.pen(), person_id, edits)
    return entry


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a page and where it is kept. `contact` is the entry id of a contact, or "" where `words` say who."""

    contact: str = ""
    words: str = ""
    kept_where: str = ""


@needs(Right.PRINT)
def hand_over(session: Session, person_id: str, entry: str, holder: Holder, replaced: Sequence[str] = ()) -> SaveResult:
    """Record with whom a page is and where it is kept, and which older pages were taken away in exchange for it."""
    values: dict[str, Value] = {
        "given_to": holder.contact or None,
        "given_to_words": holder.words.strip() or None,
        "kept_where": holder.kept_where.strip() or None,
    }
    taken_away: list[tuple[str, dict[str, Value]]] = [(old, {"state": "replaced"}) for old in replaced]
    return _record(session, person_id, [(entry, values), *taken_away])


@needs(Right.PRINT)
def mark(session: Session, person_id: str, entries: Sequence[str], state: str, words: str = "") -> SaveResult:
    """Record what became of pages: "replaced", "destroyed", "lost", or "in_use" again."""
    return _record(session, person_id, [(entry, {"state": state, "state_words": words or None}) for entry in entries])


def _record(session: Session, person_id: str, wanted: Sequence[tuple[str, dict[str, Value]]]) -> SaveResult:
    with session.store.reading() as connection:
        plan = plans.plan_of(connection, session.catalogue, person_id, session.clock())
    known = {entry.id for entry in plan.entries(SECTION)}
    if any(entry not in known for entry, _values in wanted):
        raise UserError("This page is not in the register any more.", "Nothing was changed.", "Look at the list again.")
    edits = [edit for entry, values in wanted for edit in edits_for(plan, SECTION, entry, values)]
    return record(session, person_id, edits)


@needs(Right.READ)
def register_of(session: Session, person_id: str) -> Register:
    """The pages of one person."""
    with session.store.reading() as connection:
        plan = plans.plan_of(connection, session.catalogue, person_id, session.clock())
    return Register(plan, copies(plan), to_replace(plan))


# Pages to replace


@needs(Right.READ)
def recall_list(session: Session) -> RecallList:
    """Everybody with pages to replace. After much was written, not everybody may have been looked at yet: ask again."""
    still_looking = 0
    with session.store.reading() as connection:
        is_done = paper_copies.is_up_to_date(connection)
    if not is_done:
        with session.store.writing() as connection:
            still_looking = paper_copies.bring_up_to_date(connection, session.catalogue, session.clock(), AT_ONCE)
    with session.store.reading() as connection:
        pages = {recall.person_id: recall.pages for recall in paper_copies.recalls(connection)}
        rows = people.rows_of(connection, tuple(pages))
    return RecallList(tuple(PersonToVisit(row, pages[row.id]) for row in rows), still_looking)


# Is this page still right?


def code_in(typed: str) -> str:
    """The check code in what was typed, or in what a scanner read from the square code; "" where there is none.

    Small letters, spaces and dashes do not matter, nor does O for 0, I or L for 1.
    """
    signs = re.sub(r"[^0-9A-Z]", "", typed.upper())
    if signs.startswith(CODE_PREFIX) and len(signs) == len(CODE_PREFIX) + CODE_LENGTH:
        signs = signs[len(CODE_PREFIX) :]
    signs = signs.translate(_READ_ALIKE)
    return signs if len(signs) == CODE_LENGTH else ""


@needs(Right.READ)
def look_up(session: Session, typed: str) -> Answer:
    """Say whether the page with this code still holds, as far as this laptop knows."""
    code = code_in(typed)
    now = session.clock()
    if not code:
        return Answer(
            Standing.UNKNOWN,
            "",
            "This is not a check code.",
            (f"A check code has {CODE_LENGTH} letters and figures. It stands at the foot of every page.",),
            "",
        )
    with session.store.reading() as connection:
        found = paper_copies.with_code(connection, code)
        if len(found) != 1:
            return _unknown(code, _last_checked(connection, now), twice=bool(found))
        checked = _last_checked(connection, now, found[0].person_id)
        plan = plans.plan_of(connection, session.catalogue, found[0].person_id, now)
        row = people.row_of(connection, found[0].person_id)
    register = copies(plan)
    copy = next((one for one in register if one.entry == found[0].entry), None)
    if copy is None:
        return _unknown(code, checked)
    standing, says, more = _judged(plan, copy, register)
    return Answer(standing, code, says, more, checked, row, copy)


def _unknown(code: str, checked: str, *, twice: bool = False) -> Answer:
    more = ["It may have been printed by a colleague whose laptop has not exchanged with this one."]
    if twice:
        more = ["More than one page on this laptop carries this code, so it cannot be told which one this is."]
    more.append("Print a new copy, or check the shared record, before anyone relies on the page.")
    return Answer(Standing.UNKNOWN, code, "Unknown to this laptop, so it counts as old.", tuple(more), checked)


def _judged(plan: Plan, copy: PaperCopy, register: Sequence[PaperCopy]) -> tuple[Standing, str, tuple[str, ...]]:
    made = f"{copy.name}, version {copy.version}"
    if copy.made_at:
        made += f", made {moment_words(copy.made_at)}" + (f" by {copy.made_by.words}" if copy.made_by else "")
    more = [f"{made}."]
    if copy.whereabouts:
        more.append(f"In the register: {copy.whereabouts}.")
    newer = _newer_copy(copy, register)
    changed = changed_since(plan, copy)
    if not copy.is_out:
        words = {"replaced": "replaced by a newer copy", "destroyed": "destroyed", "lost": "lost"}.get(copy.state, "")
        says = (
            f"Superseded: this page is recorded as {words}." if words else "Superseded: this page was never finished."
        )
        more += [_who_when(copy)] if copy.state_at else []
        return Standing.SUPERSEDED, says, (*more, *_changed_words(changed), *newer)
    if changed:
        says = "Superseded: something on it that matters for safety has changed since."
        return Standing.SUPERSEDED, says, (*more, *_changed_words(changed), *newer)
    if not is_quite_the_newest(plan, copy):
        says = "An older version. What is critical for safety on it is unchanged, as far as this laptop knows."
        more.append(f"The plan is now version {plan.version}: other parts of it have changed.")
        return Standing.SAFETY_UNCHANGED, says, (*more, *newer)
    return Standing.CURRENT, "Current, as far as this laptop knows.", tuple(more)


def _newer_copy(copy: PaperCopy, register: Sequence[PaperCopy]) -> tuple[str, ...]:
    for other in register:
        is_later = bool(other.made_at and copy.made_at and other.made_at > copy.made_at)
        if other.document == copy.document and other.is_out and is_later and other.made_at:
            return (f"A newer copy was made {moment_words(other.made_at)}. Its code is {other.code}.",)
    return ()


def _changed_words(changed: Sequence[Changed]) -> list[str]:
    return [changed_words(one) for one in changed]


def changed_words(one: Changed) -> str:
    """What has changed, when and by whom, where something of it still stands."""
    if one.at is None:
        return f"Changed since: {one.subject.words}."
    by = f" by {one.by.words}" if one.by else ""
    return f"Changed since: {one.subject.words} (last recorded {moment_words(one.at)}{by})."


def _who_when(copy: PaperCopy) -> str:
    by = f" by {copy.state_by.words}" if copy.state_by else ""
    at = moment_words(copy.state_at) if copy.state_at else ""
    return f"Recorded {at}{by}{': ' + copy.state_words if copy.state_words else ''}."


def _last_checked(connection: Connection, now: datetime, person_id: str = "") -> str:
    """When this laptop last knew what others recorded: every answer about a page says so."""
    known = [exchange.shared_person_of(connection, person_id)] if person_id else exchange.all_shared_people(connection)
    last = max((moment for one in known for moment in (one.last_received, one.last_sent)), default="")
    if not last:
        return (
            "This laptop has not exchanged with a shared record, so it knows only what was recorded here, "
            f"as of {moment_words(now)}."
        )
    about = "about this person" if person_id else "with the shared record"
    return f"This laptop last exchanged {about} {moment_words(datetime.fromisoformat(last))}."


@dataclass(frozen=True, slots=True)
class Entered:
    """A page that was entered in the register, older pages of the same kind that are about, and what to read again."""

    entry: str
    older: tuple[PaperCopy, ...]
    changes: Changes
