"""The palliative care register of the caseload: who is on it and why, and whose review by the team is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eolc_desktop.care_plan import palliative_register
from eolc_desktop.care_plan.dates import date_words, today
from eolc_desktop.care_plan.palliative_register import FIELDS, Registered
from eolc_desktop.documents.lists import PeopleList
from eolc_desktop.documents.making import ListOrder
from eolc_desktop.record import across, people
from eolc_desktop.record.people import PersonRow
from eolc_desktop.record.to_do_lines import by_section
from eolc_desktop.services import list_printing
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
    day = today(session.clock())
    allowed = may(session, Right.DECIDE)
    fields = {key: keys for key, keys in FIELDS.items() if allowed or key != "prognosis"}
    with session.store.reading() as connection:
        rows = [row for row in people.listed(connection, limit=MOST).rows if not row.died_on]
        ids = tuple(row.id for row in rows)
        read = {who: by_section(found) for who, found in across.entries(connection, fields, person_ids=ids)}
    stand = [
        OnRegister(row, palliative_register.registered(read.get(row.id, {}), session.catalogue, day)) for row in rows
    ]
    on = [one for one in stand if one.stands.is_on]
    wanted = [one for one in stand if one.stands.state == shown] if shown != DUE else [o for o in on if o.stands.is_due]
    return Register(tuple(wanted), len(on), sum(not one.stands.is_due for one in on), len(stand), day)


@needs(Right.PRINT)
def prepare(session: Session, shown: str = ON) -> ListOrder:
    """The register on paper, without prognosis."""
    read = register(session, shown)
    lines = tuple(
        list_printing.listed_person(
            one.row,
            (
                "; ".join(one.stands.words[:-1] if one.stands.is_on else one.stands.words),
                date_words(one.stands.reviewed_on) if one.stands.reviewed_on else "None recorded",
            ),
        )
        for one in read.people
    )
    title = f"palliative care register: {SHOWN[shown].lower()}"
    listed = PeopleList(title, ("How and why", "Team review"), lines, read.of)
    return list_printing.order_of(session, "caseload-list", listed)
