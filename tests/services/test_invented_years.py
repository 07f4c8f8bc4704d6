"""Invented people over years and without histories: who has died, what is counted, and how quickly they are made."""

from __future__ import annotations

import time

import pytest

from eolc_desktop.care_plan.check import check_entry
from eolc_desktop.services.invented.filling import fill, whole_plans
from eolc_desktop.services.invented.one_person import tell_person
from eolc_desktop.services.session import Session
from tests.fixed_clock import FixedClock
from tests.services.invented_people import SEED, read_all, session

__all__ = ["session"]


# Over years


def test_over_years_most_have_died_on_days_spread_over_them_and_every_entry_is_sound(
    session: Session, clock: FixedClock
) -> None:
    fill(session, 30, SEED, years=5)
    read = read_all(session)
    died = sorted(day for plan in read if (day := plan.text("death", "died_on")))
    assert 10 <= len(died) <= 25
    assert int(died[-1][:4]) - int(died[0][:4]) >= 3
    for plan in read:
        for section in plan.catalogue:
            for entry in plan.entries(section.key):
                problems = check_entry(section, entry.values, plan.today)
                assert not [p.says for p in problems if p.severity != "missing"], (section.key, entry.values)
        came_in = [day for entry in plan.entries("admissions") if (day := entry.text("date_in"))]
        assert not plan.text("death", "died_on") or max(came_in, default="") <= plan.text("death", "died_on")
    assert max(len(plan.entries("akps")) for plan in read) >= 5
    assert max(len(plan.entries("compact")) for plan in read) >= 3


def test_as_they_stand_over_years_what_is_counted_is_there(session: Session) -> None:
    fill(session, 60, SEED, histories=False, years=5)
    read = read_all(session)
    assert 25 <= sum(bool(plan.text("death", "place")) for plan in read) <= 45
    assert sum(bool(plan.text("person", "ethnic_category")) for plan in read) > 50
    assert any(len(plan.entries("admissions")) >= 3 for plan in read)


# Without histories


def test_as_they_stand_the_same_people_have_short_plans_and_some_whole_ones(session: Session) -> None:
    assert fill(session, 90, SEED, histories=False) == 90
    found = {plan.person_id: plan for plan in read_all(session)}
    assert len(found) == 90
    whole = whole_plans(SEED, 90)
    assert len(whole) == 3
    assert all(plan.version == 1 for plan in found.values())
    assert all(len(list(found[person_id].recorded())) > 30 for person_id in whole)
    short = [len(list(plan.recorded())) for person_id, plan in found.items() if person_id not in whole]
    assert max(short) < 25
    told = tell_person(SEED, 40, "9990001006", session.clock())
    assert told.person_id == whole[1]
    assert found[whole[1]].text("person", "family_name") == told.known("person", "family_name")


@pytest.mark.parametrize(("histories", "people_per_second"), [(True, 2000 / 60), (False, 20000 / 60)])
def test_it_is_quick_enough(session: Session, histories: bool, people_per_second: float) -> None:
    """2,000 with histories, and 20,000 as they stand, each within a minute: a guard at half that pace.

    In processor time, which other work on the computer makes longer too; the figure itself is for the benchmarks.
    """
    count = 60 if histories else 600
    began = time.process_time()
    fill(session, count, SEED, histories)
    took = time.process_time() - began
    assert count / took > people_per_second / 2
