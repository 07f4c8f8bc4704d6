"""The Fast Track clock: 48 hours from receipt through weekends, bank holidays and changed clocks, by facts alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eolc_desktop.care_plan.fast_track_clock import (
    BY_STAGE,
    OVER,
    STEPS,
    State,
    by_day_of_week,
    clock_of,
    headline,
    lines,
    next_step,
)
from eolc_desktop.care_plan.fields import Value


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


FRIDAY = "2026-11-13T16:40:00+00:00"
NOW = at("2026-11-13T17:40:00+00:00")


@pytest.mark.parametrize(
    ("values", "state", "says", "next_field"),
    [
        ({}, State.NONE, "No Fast Track is recorded.", None),
        ({"stage": "preparing"}, State.PREPARING, "not signed yet", "signed_at"),
        ({"signed_at": FRIDAY}, State.SIGNED, "Signed Friday 13-Nov-2026 16:40, and not recorded as sent", "sent_at"),
        (
            {"signed_at": FRIDAY, "sent_at": FRIDAY, "sent_to": "the duty desk"},
            State.SENT,
            "Sent to the duty desk Friday 13-Nov-2026 16:40. Its receipt is not confirmed",
            "received_at",
        ),
        (
            {"received_at": FRIDAY},
            State.RECEIVED,
            "The 48 hours end Sunday 15-Nov-2026 16:40: 47 hours left",
            "decided_at",
        ),
        ({"stage": "received"}, State.RECEIVED, "moment of receipt is not recorded", "received_at"),
        (
            {"received_at": FRIDAY, "decided_at": FRIDAY},
            State.DECIDED,
            "Agreed Friday 13-Nov-2026 16:40, and the care has not begun",
            "started_at",
        ),
        (
            {"received_at": FRIDAY, "started_at": "2026-11-13T17:10:00+00:00"},
            State.STARTED,
            "less than an hour after receipt, within the 48 hours",
            "step_down_on",
        ),
        ({"stage": "package_started"}, State.STARTED, "When it began is not recorded", "started_at"),
        ({"stage": "refused", "received_at": FRIDAY}, State.REFUSED, "Not agreed. The clock has stopped", None),
        ({"stage": "withdrawn", "sent_at": FRIDAY}, State.WITHDRAWN, "Withdrawn", None),
        ({"stage": "stepped_down"}, State.STEPPED_DOWN, "Reviewed and stepped down", None),
    ],
)
def test_each_state_is_said_with_what_comes_next(
    values: dict[str, Value], state: State, says: str, next_field: str | None
) -> None:
    clock = clock_of(values, NOW)
    assert clock.state is state
    assert says in headline(clock)
    following = next_step(clock)
    assert (following.field if following else None) == next_field


def test_the_hours_do_not_run_from_signing_or_sending() -> None:
    clock = clock_of({"signed_at": "2026-11-01T09:00:00+00:00", "sent_at": "2026-11-01T09:30:00+00:00"}, NOW)
    assert clock.due_at is None
    assert not clock.has_slipped
    assert "have not begun" in headline(clock)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (FRIDAY, "2026-11-15T16:40:00+00:00"),  # over a weekend
        ("2026-12-24T15:00:00+00:00", "2026-12-26T15:00:00+00:00"),  # over Christmas
        ("2026-04-02T16:00:00+01:00", "2026-04-04T16:00:00+01:00"),  # over Good Friday
        ("2026-10-24T12:00:00+01:00", "2026-10-26T11:00:00+00:00"),  # the clocks go back: an hour earlier by the wall
        ("2026-03-28T12:00:00+00:00", "2026-03-30T13:00:00+01:00"),  # the clocks go forward: an hour later
    ],
)
def test_forty_eight_hours_are_hours_of_the_clock(received: str, due: str) -> None:
    clock = clock_of({"received_at": received}, at(received) + timedelta(hours=1))
    assert clock.due_at == at(due)
    assert clock.due_at is not None
    assert not clock_of({"received_at": received}, clock.due_at).has_slipped
    assert clock_of({"received_at": received}, clock.due_at + timedelta(minutes=1)).has_slipped


def test_a_weekend_within_the_hours_is_named_before_it_comes() -> None:
    said = " ".join(lines(clock_of({"received_at": FRIDAY}, NOW)))
    assert "Saturday 14-Nov-2026 is at the weekend, and Sunday 15-Nov-2026 is at the weekend" in said
    assert "bank holiday" not in said


def test_a_bank_holiday_within_the_hours_is_named_and_so_is_one_that_was_proclaimed() -> None:
    received = "2026-08-29T10:00:00+01:00"
    said = " ".join(lines(clock_of({"received_at": received}, at(received))))
    assert "Monday 31-Aug-2026 is a bank holiday" in said
    coronation = at("2023-05-07T10:00:00+01:00")
    clock = clock_of({"received_at": coronation.isoformat()}, coronation)
    assert "bank holiday" not in " ".join(lines(clock))
    assert "Monday 08-May-2023 is a bank holiday" in " ".join(lines(clock, frozenset((date(2023, 5, 8),))))


def test_what_to_do_is_said_once_the_hours_slipped() -> None:
    clock = clock_of({"received_at": FRIDAY, "sent_to": "the duty desk"}, at("2026-11-16T09:00:00+00:00"))
    assert clock.has_slipped
    assert "ended Sunday 15-Nov-2026 16:40: 16 hours ago" in headline(clock)
    assert any("Ask the duty desk who is dealing with it" in line for line in lines(clock))
    assert any(line.endswith("It was due by 15-Nov-2026 16:40.") for line in lines(clock))
    before = clock_of({"received_at": FRIDAY, "sent_to": "the duty desk"}, NOW)
    assert any(line.endswith("By 15-Nov-2026 16:40.") for line in lines(before))


def test_the_review_of_the_package_is_said_with_its_day() -> None:
    values: dict[str, Value] = {"received_at": FRIDAY, "started_at": FRIDAY, "step_down_on": "2027-02-12"}
    clock = clock_of(values, NOW)
    assert "The package is looked at again on Friday 12-Feb-2027." in lines(clock)
    assert next_step(clock) is None


any_moment = st.integers(1_577_836_800, 1_893_456_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
moments = any_moment.map(datetime.isoformat)
rubbish: st.SearchStrategy[Value] = st.sampled_from([None, "", "soon", "2026-11-13", "2026-11-13T10:00:00", 7, True])
forms = st.fixed_dictionaries(
    {},
    optional={key: moments | rubbish for _state, key in STEPS} | {"stage": st.sampled_from([*BY_STAGE, "?", None])},
)


def is_moment(value: Value) -> bool:
    return isinstance(value, str) and value.endswith("+00:00")


@given(forms, any_moment)
def test_the_state_follows_recorded_facts_and_nothing_else(values: dict[str, Value], now: datetime) -> None:
    clock = clock_of(values, now)
    recorded = {state for state, key in STEPS if is_moment(values.get(key))}
    said = BY_STAGE.get(str(values.get("stage")), State.NONE)
    assert clock.state in recorded | {said}
    assert clock.state is clock_of(values, now + timedelta(days=900)).state, "time alone changes nothing"
    assert (clock.due_at is not None) == (State.RECEIVED in recorded)
    if clock.state not in OVER:
        assert all(clock.state >= state for state in recorded)
    if clock.has_slipped:
        assert State.RECEIVED in recorded
        assert State.STARTED not in recorded
    assert headline(clock)
    assert all(lines(clock))


def test_hours_kept_are_counted_by_the_day_of_receipt_and_what_is_not_known_is_left_out() -> None:
    friday_kept: dict[str, Value] = {"received_at": FRIDAY, "started_at": "2026-11-15T10:00:00+00:00"}
    friday_late: dict[str, Value] = {"received_at": FRIDAY, "started_at": "2026-11-16T10:00:00+00:00"}
    monday_runs: dict[str, Value] = {"received_at": "2026-11-16T09:00:00+00:00"}
    friday_slipped: dict[str, Value] = {"received_at": FRIDAY, "decided_at": FRIDAY}
    unknown: dict[str, Value] = {"stage": "package_started", "received_at": FRIDAY}
    withdrawn: dict[str, Value] = {"stage": "withdrawn", "received_at": FRIDAY}
    now = at("2026-11-16T12:00:00+00:00")
    forms = (friday_kept, friday_late, friday_slipped, monday_runs, unknown, withdrawn)
    days = {day.day: day for day in by_day_of_week([clock_of(values, now) for values in forms])}
    friday, monday = days["Friday"], days["Monday"]
    assert (friday.received, friday.achieved, friday.missed, friday.still_running) == (3, 1, 2, 0)
    assert friday.words == "Friday: 3 received; care within 48 hours for 1 of 3, half of them within 41 hours."
    assert (monday.received, monday.known, monday.still_running) == (1, 0, 1)
    assert monday.words == "Monday: 1 received; 1 still within the hours."
    assert days["Sunday"].words == "Sunday: none received."


def test_a_form_received_just_before_midnight_in_summer_counts_for_that_day_in_england() -> None:
    # 23:30 on Friday in England is 22:30 UTC; half past midnight on Saturday is still Friday in UTC.
    late_friday = clock_of({"received_at": "2026-07-03T23:30:00+00:00"}, at("2026-07-10T00:00:00+00:00"))
    assert next(day.day for day in by_day_of_week([late_friday]) if day.received) == "Saturday"
