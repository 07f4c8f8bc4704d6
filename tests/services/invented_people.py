"""Records for invented people, and ways to look at them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.paths import Profile
from eolc_desktop.record import people, plans
from eolc_desktop.services.session import Session
from tests.fixed_clock import FixedClock
from tests.services.opened import opened_session

PEOPLE = 300
SEED = 20261112
PRINTED = "paper_copies"
"""The section that only printing fills: no page of an invented person lies anywhere until somebody prints one."""


@pytest.fixture
def session(profile: Profile, clock: FixedClock) -> Iterator[Session]:
    with opened_session(profile, clock, made_up=True) as opened:
        yield opened


def read_all(session: Session) -> list[Plan]:
    with session.store.reading() as connection:
        return [
            plans.plan_of(connection, session.catalogue, person_id, session.clock())
            for person_id in people.all_ids(connection)
        ]


def values(plan: Plan, section: str, key: str) -> list[Any]:
    return [entry.value(key) for entry in plan.all_entries(section)]


def said(found: list[Plan]) -> Any:
    """Everything that plans say, without the ids of changes, which are random."""
    return [
        (
            plan.person_id,
            plan.version,
            [
                (section.key, entry.id, entry.state, entry.parent, key, item.value, item.told, item.recorded_at,
                 item.recorded_by, item.confirmed_at)
                for section in plan.catalogue
                for entry in plan.all_entries(section.key)
                for key, item in entry.items.items()
            ],
        )
        for plan in found
    ]  # fmt: skip
