"""The palliative care register of the caseload: who is on it and why, and whose review by the team is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from eolc_desktop.care_plan import palliative_register
from eolc_desktop.care_plan.dates import date_words, today
from eolc_desktop.care_plan.palliative_register import FIELDS, Registered
from eolc_desktop.documents.lists import NOT_HERE, PeopleList
from eolc_desktop.documents.making import ListOrder
from eolc_desktop.record import across, people
from eolc_desktop.record.across import Found
from eolc_desktop.record.people import PersonRow
from eolc_desktop.record.to_do_lines import by_section
from eolc_desktop.services import list_printing
from eolc_desktop.services.kept_on_sheets import KeptOff, kept_off
from eolc_desktop.services.roles import Right, may, needs
from eolc_desktop.services.session import Session

ON, DUE, CONSIDERED, NOT_ON, UNKNOWN = "on", "due", "considered", "not_on", ""
SHOWN = {
    ON: "On the register",
    DUE: "On it, and not reviewed by the team for three months",
    CONSIDERED: "Considered, not added yet",
    NOT_ON: "Not on the register",
    UNKNOWN: "Nothing recorded about the register",
}
"""Who can be shown, and how the choice is called."""
MOST = 100_000


@dataclass(frozen=True, slots=True)
class OnRegister:
    """One person, and how they stand."""

    row: PersonRow
    stands: Registered


@dataclass(frozen=True, slots=True)
class Register:
    """The living who were asked for, by name; how many are on the register, and of them reviewed in three months."""

    people: tuple[OnRegister, ...]
    on: int
    reviewed: int
    of: int
    as_of: date

    @property
    def words(self) -> str:
        """The two counts in words."""
        on = f"{self.on:,} of {self.of:,} people are on the register"
        return f"{on}; the team reviewed {self.reviewed:,} of them in the last three months."


@needs(Right.READ)
def register(session: Session, shown: str = ON) -> Register:
    """Read the register (`SHOWN`). Those who have died are not on it. A likely prognosis is only for those who may
    record one."""
    return _read(session, shown, {})


def _read(session: Session, shown: str, off: Mapping[str, KeptOff]) -> Register:
    """The same, without what stays off a sheet."""
    day = today(session.clock())
    allowed = may(session, Right.DECIDE)
    fields = {key: keys for key, keys in FIELDS.items() if allowed or key != "prognosis"}
    with session.store.reading() as connection:
        rows = [row for row in people.listed(connection, limit=MOST).rows if not row.died_on]
        ids = tuple(row.id for row in rows)
        read = {
            who: by_section(_left(found, off.get(who)))
            for who, found in across.entries(connection, fields, person_ids=ids)
        }
    stand = [
        OnRegister(row, palliative_register.registered(read.get(row.id, {}), session.catalogue, day)) for row in rows
    ]
    on = [one for one in stand if one.stands.is_on]
    wanted = [one for one in stand if one.stands.state == shown] if shown != DUE else [o for o in on if o.stands.is_due]
    return Register(tuple(wanted), len(on), sum(not one.stands.is_due for one in on), len(stand), day)


@needs(Right.PRINT)
def prepare(session: Session, shown: str = ON) -> ListOrder:
    """The register on paper, without prognosis, and without what would tell what somebody keeps back."""
    with session.store.reading() as connection:
        off = kept_off(connection, session.catalogue)
    read = _read(session, shown, off)
    lines = tuple(
        list_printing.listed_person(
            one.row,
            (
                _how_and_why(one.stands, off.get(one.row.id)),
                date_words(one.stands.reviewed_on) if one.stands.reviewed_on else "None recorded",
            ),
        )
        for one in read.people
    )
    title = f"palliative care register: {SHOWN[shown].lower()}"
    listed = PeopleList(title, ("How and why", "Team review"), lines, read.of)
    return list_printing.order_of(session, "caseload-list", listed, [one.row.id for one in read.people])


_OWN_NOTES = ("register_words", "tool_result")
"""The team's notes about why: they may repeat anything that somebody keeps back."""
_TELLS_PROGNOSIS = ("tools", "tool_on", "surprise_question")


def _is_told(off: KeptOff, key: str) -> bool:
    return not (
        (off.keeps_something and key in _OWN_NOTES)
        or (key in _TELLS_PROGNOSIS and off.stays("prognosis", FIELDS["prognosis"]))
        or off.stays("register", (key,))
    )


def _left(found: Sequence[Found], off: KeptOff | None) -> list[Found]:
    return [
        replace(one, values={key: value for key, value in one.values.items() if _is_told(off, key)})
        if off is not None and one.section == "register"
        else one
        for one in found
    ]


def _how_and_why(stands: Registered, off: KeptOff | None) -> str:
    words = list(stands.words[:-1] if stands.is_on else stands.words)
    if off is not None and not all(_is_told(off, key) for key in FIELDS["register"]):
        words.append(f"More about why: {NOT_HERE}")
    return "; ".join(words)
