"""A record to bring files into, and what tells whether anything was written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import func, select

from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.models.tables import metadata
from eolc_desktop.paths import Profile
from eolc_desktop.services import people
from eolc_desktop.services import plans as plan_services
from eolc_desktop.services.importing import PersonChoice, accept, preview
from eolc_desktop.services.session import Session
from tests.fhir.files import data
from tests.fixed_clock import FixedClock
from tests.services.opened import opened_session


@pytest.fixture
def session(profile: Profile, clock: FixedClock) -> Iterator[Session]:
    with opened_session(profile, clock) as opened:
        yield opened


def rows(session: Session) -> dict[str, int]:
    """How many rows each table holds: what tells "nothing was written" from "nothing is shown"."""
    with session.store.reading() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }


def bring_in(session: Session, whole: Any, choice: PersonChoice | None = None, name: str = "ewa.json") -> Plan:
    """Bring in a file with one person in it."""
    shown = preview(session, name, data(whole))
    choices = {shown.people[0].place: choice} if choice else None
    result = accept(session, shown, choices)
    return plan_services.read_plan(session, result.person_ids[0])


# Somebody who is here


def add_ewa(session: Session, **values: Any) -> str:
    details = {"family_name": "Nowak", "given_names": "Ewa Maria", "birth_date": "1938-01-11"} | values
    return people.add_person(session, details).plan.person_id
