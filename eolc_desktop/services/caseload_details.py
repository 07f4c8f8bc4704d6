"""What stands beside the caseload about the highlighted person: every column in words, and what is to be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eolc_desktop.care_plan.to_do import ToDo
from eolc_desktop.services import caseload_table, tasks
from eolc_desktop.services.caseload_table import OF_CHOICE
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session
from eolc_desktop.services.tasks import Wanted

MOST_TO_DO = 5
_IN_THE_LIST = frozenset({"preferred", "changed", "died", "cpr"})
"""What the line of the list says already."""


@dataclass(frozen=True, slots=True)
class Details:
    """Facts by heading ("" for what is not recorded), the first things to do and how many more there are.

    `as_of` is the day in England.
    """

    person_id: str
    facts: tuple[tuple[str, str], ...]
    to_do: tuple[ToDo, ...]
    more: int
    as_of: date


@needs(Right.READ)
def details(session: Session, person_id: str) -> Details:
    """Read what stands beside the list about one person."""
    columns = [column for column in OF_CHOICE if column.key not in _IN_THE_LIST]
    facts = tuple(
        (column.heading, caseload_table.row_words(session.catalogue, row, column.key))
        for row in caseload_table.of_people(session, (person_id,))
        for column in columns
    )
    found = tasks.tasks(session, Wanted(person_id=person_id), MOST_TO_DO)
    to_do = tuple(task.to_do for task in found.tasks)
    return Details(person_id, facts, to_do, found.found - len(to_do), found.as_of)
