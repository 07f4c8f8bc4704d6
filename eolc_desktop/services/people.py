"""The caseload: who is on this laptop, finding and adding people, and names that look alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eolc_desktop.care_plan.check import check_entry
from eolc_desktop.care_plan.fields import MAIN, Value, is_empty
from eolc_desktop.care_plan.plan import NOT_STATED, Plan, Told
from eolc_desktop.errors import InvalidValue
from eolc_desktop.record import audit, journal, people, plans
from eolc_desktop.record.people import Page, PersonRow
from eolc_desktop.services import caseload_views
from eolc_desktop.services.plans import edits_for
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Changes, Session


@dataclass(frozen=True, slots=True)
class Added:
    """A new person: the plan that was begun, and what views should read again."""

    plan: Plan
    changes: Changes


@needs(Right.READ)
def caseload(session: Session, typed: str = "", offset: int = 0, limit: int = 200, view: str = "") -> Page:
    """People by name, found by what was typed: names, preferred name, NHS number, postcode or date of birth.

    `view` is the key of a saved view (`services.caseload_views`); "" is everyone.
    """
    among = caseload_views.among(session, view)
    with session.store.reading() as connection:
        return people.listed(connection, typed, offset, limit, among)


@needs(Right.READ)
def person_row(session: Session, person_id: str) -> PersonRow | None:
    """One person as the caseload shows them."""
    with session.store.reading() as connection:
        return people.row_of(connection, person_id)


@needs(Right.READ)
def look_alikes(session: Session, values: Mapping[str, Value], besides: str = "") -> tuple[PersonRow, ...]:
    """Others on this laptop who could be taken for a person with these details of the `person` section."""
    with session.store.reading() as connection:
        return people.look_alikes(
            connection,
            _text(values, "family_name"),
            _text(values, "given_names"),
            _text(values, "birth_date"),
            _text(values, "nhs_number"),
            besides,
        )


@needs(Right.READ)
def with_nhs_number(session: Session, nhs_number: str) -> tuple[PersonRow, ...]:
    """The people recorded with this NHS number."""
    with session.store.reading() as connection:
        return people.with_nhs_number(connection, nhs_number)


@needs(Right.RECORD)
def add_person(session: Session, values: Mapping[str, Value], told: Told = NOT_STATED) -> Added:
    """Begin a record from details of the `person` section. A name is enough: a missing NHS number is asked about on
    screen and never stops anyone. Raises InvalidValue when there is no name, or a value cannot be kept."""
    if is_empty(values.get("family_name")) and is_empty(values.get("given_names")):
        raise InvalidValue("Please give at least one name.", "Nothing was saved.", "", "family_name")
    for problem in check_entry(session.catalogue["person"], values):
        if problem.unusable:
            raise InvalidValue(problem.says, "Nothing was saved, and what you typed is kept.", "", problem.field_key)
    nobody = Plan("", session.catalogue, {}, 0, session.clock())
    edits = edits_for(nobody, "person", MAIN, values, told)
    with session.store.writing() as connection:
        pen = session.pen()
        person_id = journal.add_person(connection, pen)
        journal.append(connection, pen, person_id, edits)
        audit.note(connection, pen.at, session.user.id, "added", person_id)
        plan = plans.plan_of(connection, session.catalogue, person_id, pen.at, session.user.id)
    return Added(plan, Changes(frozenset((person_id,))))


@needs(Right.READ)
def recently_changed(session: Session, limit: int = 12) -> tuple[PersonRow, ...]:
    """The people whose plans changed last, the latest first: the first thing Today shows."""
    with session.store.reading() as connection:
        return people.latest(connection, limit)


@needs(Right.READ)
def review_due(session: Session, by: str, limit: int = 50) -> tuple[PersonRow, ...]:
    """The people whose planned review is on or before a day ("2026-11-19"), the earliest first."""
    with session.store.reading() as connection:
        return people.review_due(connection, by, limit)


def _text(values: Mapping[str, Value], key: str) -> str:
    value = values.get(key)
    return value if isinstance(value, str) else ""
