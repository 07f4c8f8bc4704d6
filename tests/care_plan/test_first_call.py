"""Whom to call: at any moment exactly one first call and one other, whatever the card says."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.first_call import EMERGENCY, KINDS, NHS_111, hour, kinds_at, who_to_call
from eolc_desktop.care_plan.plan import Plan
from tests.plans import plan_with


def at(words: str) -> datetime:
    return datetime.fromisoformat(f"{words}:00+00:00")


SATURDAY_NIGHT, SATURDAY, TUESDAY, TUESDAY_NIGHT = (
    at(words) for words in ("2026-11-14T22:30", "2026-11-14T12:00", "2026-11-10T11:00", "2026-11-10T23:00")
)
BOXING_DAY = at("2028-12-26T12:00")


def line(name: str, *when: str, **more: Value) -> dict[str, Value]:
    phone = f"0113 496 {len(name):04d}"
    return {"situation": "Pain", "first_call_name": name, "first_call_phone": phone, "when": list(when) or None, **more}


def card(*lines: dict[str, Value], **sections: dict[str, Value]) -> Plan:
    entries = {f"line-{number}": values for number, values in enumerate(lines)}
    return plan_with(sections, {"who_to_call": entries})


FULL = card(
    line("Nurses", "weekday"),
    line("Night sitters", "night"),
    line("Hospice line", "weekend"),
    line("Holiday team on call", "bank_holiday"),
    line("Any time", if_no_answer_name="Second line", if_no_answer_phone="0113 496 0777"),
)


@pytest.mark.parametrize(
    ("moment", "first", "then", "says"),
    [
        (TUESDAY, "Nurses", "Any time", "Tuesday 11:00"),
        (TUESDAY_NIGHT, "Night sitters", "Any time", "Tuesday 23:00"),
        (SATURDAY, "Hospice line", "Any time", "Saturday 12:00"),
        (SATURDAY_NIGHT, "Hospice line", "Night sitters", "Saturday 22:30"),
        (BOXING_DAY, "Holiday team on call", "Any time", "Tuesday 12:00"),
    ],
)
def test_the_line_that_is_made_for_the_hour_comes_first(moment: datetime, first: str, then: str, says: str) -> None:
    answer = who_to_call(FULL, moment)
    assert (answer.first.name, answer.then.name, answer.when) == (first, then, says)


def test_hours_are_those_in_england_in_summer_too() -> None:
    assert kinds_at(at("2026-07-14T07:30")) == {"weekday"}  # 08:30 by the clocks of July
    assert kinds_at(at("2026-11-10T07:30")) == {"night"}


def test_a_line_with_hours_of_its_own_holds_only_in_them_and_across_midnight() -> None:
    plan = card(line("Evening team", hours_from="18:30", hours_to="2"), line("Nurses"))
    assert who_to_call(plan, at("2026-11-10T23:00")).first.name == "Evening team"
    assert who_to_call(plan, at("2026-11-11T01:59")).first.name == "Evening team"
    assert who_to_call(plan, at("2026-11-11T02:00")).first.name == "Nurses"


def test_who_stands_in_comes_second_and_a_number_is_never_its_own_second() -> None:
    plan = card(line("Line", if_no_answer_name="Ward", if_no_answer_phone="0113 496 0888"))
    assert who_to_call(plan, TUESDAY).then.name == "Ward"
    same = card(line("Line", if_no_answer_name="The same", if_no_answer_phone="01134960004"))
    assert who_to_call(same, TUESDAY).then is NHS_111


def test_where_the_plan_names_nobody_the_national_number_stands_and_says_so() -> None:
    answer = who_to_call(plan_with({}), SATURDAY_NIGHT)
    assert (answer.first, answer.then) == (NHS_111, EMERGENCY)
    assert not answer.first.is_from_plan
    by_day = plan_with({"key_people": {"key_worker_name": "Jo", "key_worker_phone": "0113 496 0150"}})
    assert who_to_call(by_day, TUESDAY).first.name == "Jo"
    assert who_to_call(by_day, TUESDAY_NIGHT).first is NHS_111


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("18:30", time(18, 30)),
        ("8", time(8)),
        ("8.30", time(8, 30)),
        ("6pm", time(18)),
        ("12 am", time(0)),
        ("24", time(0)),
        ("13pm", None),
        ("evening", None),
        ("", None),
    ],
)
def test_hours_as_they_are_typed(typed: str, read: time | None) -> None:
    assert hour(typed) == read


PHONES = st.sampled_from(("0113 496 0001", "01134960001", "0113 496 0002", "111", "", None))
LINES = st.lists(
    st.fixed_dictionaries(
        {
            "first_call_name": st.sampled_from(("Line", "Ward", None)),
            "first_call_phone": PHONES,
            "when": st.lists(st.sampled_from(KINDS), unique=True) | st.none(),
            "hours_from": st.sampled_from(("8", "18:30", "nonsense", None)),
            "hours_to": st.sampled_from(("8", "23", None)),
            "if_no_answer_phone": PHONES,
        }
    ),
    max_size=5,
)


@given(LINES, st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001 (made aware below)
def test_at_every_moment_there_is_exactly_one_first_call_and_another_to_turn_to(
    lines: list[dict[str, Value]], moment: datetime
) -> None:
    answer = who_to_call(card(*lines), moment.replace(tzinfo=UTC))
    first, then = ("".join(filter(str.isdigit, call.phone)) for call in (answer.first, answer.then))
    assert first
    assert then
    assert first != then
