"""A laptop's clock that is wrong, put right, or changes for summer: the order of what was saved is what it was."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eolc_desktop.app import upkeep
from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.services import backups, confirming, people, plans, printing, trust
from eolc_desktop.services.session import Session
from eolc_desktop.views.person.cpr_words import cpr_line
from tests.fixed_clock import FixedClock

BY_DR_KHAN = {"decided_at": "2026-10-12", "decided_by_name": "Dr A Khan"}
NIGHTS = (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
"""Half an hour before the clocks go forward, and before they go back."""
JUMPS = (-3653.0, -1.0, -1 / 24, 0.0, 1 / 24, 1.0, 3653.0)


@pytest.fixture
def plan(session: Session) -> Plan:
    return people.add_person(session, {"family_name": "Smith", "given_names": "Margaret Rose"}).plan


def save(session: Session, plan: Plan, section: str, **values: object) -> Plan:
    now = plans.read_plan(session, plan.person_id)
    return plans.save_entry(session, now, section, MAIN, values).plan  # type: ignore[arg-type]


@pytest.mark.hazard("H04", "H17")
@pytest.mark.parametrize("days", [-1, 1, 3653], ids=["behind", "ahead by a day", "ahead by ten years"])
def test_who_decided_before_never_stands_beside_a_newer_decision_whatever_the_clock_said(
    session: Session, plan: Plan, clock: FixedClock, days: int
) -> None:
    clock.advance(days=days)
    save(session, plan, "cpr", decision="not_for", **BY_DR_KHAN)
    clock.advance(days=-days)
    line = cpr_line(save(session, plan, "cpr", decision="for"))
    assert line.headline.endswith("when and by whom it was decided is not recorded")
    clock.advance(days=-days)
    known = plans.read_plan(session, plan.person_id)
    line = cpr_line(confirming.confirm(session, known, "cpr", fields=("decided_at", "decided_by_name")).plan)
    assert line.headline.endswith("recorded 12-Oct-2026 by Dr A Khan")


def test_saves_keep_their_order_through_every_jump_of_the_clock(
    session: Session, plan: Plan, clock: FixedClock
) -> None:
    numbers = iter(range(1000))

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.sampled_from(JUMPS), min_size=1, max_size=4), st.sampled_from((*NIGHTS, None)))
    def check(jumps: list[float], night: datetime | None) -> None:
        clock.now = night or clock.now
        said = []
        for days in jumps:
            if not 1990 < clock.now.year < 2070:
                clock.now = NIGHTS[0]
            clock.advance(days=days)
            said.append(f"said {next(numbers)}")
            now = save(session, plan, "about_me", most_important=said[-1])
            assert now.value("about_me", "most_important") == said[-1]
        told = [line.value for line in plans.history_of(session, plan.person_id, "about_me", field="most_important")]
        assert told[-len(said) :] == said, "the order of the saves"
        assert not trust.look_whole(session)
        assert printing.prepare(session, plan.person_id, "family-plan").order.identity.printed

    check()


def test_a_backup_made_while_the_clock_was_ahead_holds_no_other_back(
    session: Session, plan: Plan, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[datetime] = []
    monkeypatch.setattr(backups, "back_up", lambda _session: made.append(clock()))
    ahead = type("Kept", (), {"made_at": clock() + timedelta(days=3653)})()
    monkeypatch.setattr(backups, "kept_backups", lambda _session: (ahead,))
    upkeep._backed_up_when_old(session)
    assert len(made) == 1
    today = type("Kept", (), {"made_at": clock() - timedelta(hours=2)})()
    monkeypatch.setattr(backups, "kept_backups", lambda _session: (ahead, today))
    upkeep._backed_up_when_old(session)
    assert len(made) == 1, "one of today is enough"
