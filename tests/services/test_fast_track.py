"""Fast Track across a caseload, against the clock of every plan read by itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from eolc_desktop.care_plan.fast_track_clock import State, by_day_of_week, clock_of
from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import EntryState
from eolc_desktop.paths import Profile
from eolc_desktop.record import people
from eolc_desktop.services import fast_track, plans
from eolc_desktop.services.invented.filling import fill
from eolc_desktop.services.session import Session
from tests.fixed_clock import FixedClock
from tests.services.opened import opened_session


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    profile = Profile(tmp_path_factory.mktemp("tracks") / "profile")
    profile.make_private()
    with opened_session(profile, FixedClock(), made_up=True) as session:
        fill(session, 80, 5)
        yield session


def test_what_is_under_way_and_what_was_kept_is_what_every_plan_says(filled: Session) -> None:
    with filled.store.reading() as connection:
        ids = people.all_ids(connection)
    read = {person_id: plans.read_plan(filled, person_id) for person_id in ids}
    clocks = {
        person_id: clock_of(entry.values, filled.clock())
        for person_id, plan in read.items()
        if (entry := plan.entry("fast_track")) is not None
    }
    living = {person_id for person_id, plan in read.items() if not plan.text("death", "died_on")}
    shown = fast_track.fast_tracks(filled)
    expected = {person_id for person_id, clock in clocks.items() if clock.is_running} & living
    assert {one.row.id for one in shown.running} == expected
    assert expected, "a caseload in which none is under way shows nothing"
    assert shown.days == by_day_of_week([*clocks.values()])
    assert sum(day.received for day in shown.days) > 5
    dues = [one.clock.due_at for one in shown.running if one.clock.due_at is not None]
    assert dues == sorted(dues), "the most urgent stands first"
    for person_id in list(expected)[:3]:
        assert fast_track.clock(filled, person_id) == clocks[person_id]


def test_an_entry_that_does_not_stand_has_no_clock(filled: Session) -> None:
    one = fast_track.fast_tracks(filled).running[0]
    plan = plans.read_plan(filled, one.row.id)
    plans.set_state(filled, plan, "fast_track", MAIN, EntryState.WITHDRAWN, "Entered for the wrong person")
    assert fast_track.clock(filled, one.row.id).state is State.NONE
    assert one.row.id not in {other.row.id for other in fast_track.fast_tracks(filled).running}
