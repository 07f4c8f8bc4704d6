"""Dates as people type them, as they are stored, and as staff and families read them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eolc_desktop.care_plan.dates import (
    MONTHS,
    DateNotUnderstood,
    age_words,
    date_words,
    first_day,
    is_partial_date,
    last_day,
    moment_words,
    parse_typed,
)
from eolc_desktop.care_plan.fields import Audience

any_day = st.dates(date(1880, 1, 1), date(2199, 12, 31))


@given(any_day)
def test_every_way_of_typing_a_day_means_that_day(day: date) -> None:
    month = MONTHS[day.month - 1]
    typed = [
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02d}.{day.month:02d}.{day.year}",
        f"{day.day} {month} {day.year}",
        f"{day.day}-{month[:3]}-{day.year}",
        f"  {day.day:02d}   {month[:3].upper()}  {day.year} ",
    ]
    assert {parse_typed(one) for one in typed} == {day.isoformat()}


@given(any_day)
def test_what_is_shown_can_be_typed_back(day: date) -> None:
    for audience in Audience:
        for stored in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]):
            assert parse_typed(date_words(stored, audience)) == stored


@given(any_day)
def test_a_stored_date_means_from_its_first_to_its_last_day(day: date) -> None:
    for stored in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]):
        assert first_day(stored) <= day <= last_day(stored)
        assert is_partial_date(stored)
    assert first_day(day.isoformat()) == last_day(day.isoformat()) == day


@pytest.mark.parametrize(
    ("stored", "last"),
    [("2024-02", "2024-02-29"), ("2026-02", "2026-02-28"), ("2026-12", "2026-12-31"), ("2026", "2026-12-31")],
)
def test_the_last_day_of_a_month_and_a_year(stored: str, last: str) -> None:
    assert last_day(stored).isoformat() == last


@pytest.mark.parametrize(
    "typed", ["5/4/41", "30/2/2026", "13/13/2026", "1/1/1066", "Ma 2026", "tomorrow", "", "5/4", "2026-4-5 ", "41"]
)
def test_what_is_not_certain_is_refused_with_a_sentence(typed: str) -> None:
    """A year of two digits above all: "41" may be 1941 or 2041 (hazard H18)."""
    with pytest.raises(DateNotUnderstood, match=r"\w+ .+\."):
        parse_typed(typed)


def test_day_comes_before_month() -> None:
    assert parse_typed("3/4/2026") == "2026-04-03"


def test_staff_and_family_read_the_same_day_differently() -> None:
    assert date_words("1941-04-05") == "05-Apr-1941"
    assert date_words("1941-04-05", Audience.FAMILY) == "5 April 1941"
    assert date_words("1941-04") == "Apr-1941"
    assert date_words("1941-04", Audience.FAMILY) == "April 1941"


def test_a_moment_is_shown_in_england_s_time() -> None:
    summer = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert moment_words(summer) == "01-Jul-2026 23:30"
    assert moment_words(summer, Audience.FAMILY) == "1 July 2026 at 11:30pm"


def test_the_hour_that_happens_twice_names_its_zone() -> None:
    assert moment_words(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)).endswith("01:30 BST")
    assert moment_words(datetime(2026, 10, 25, 1, 30, tzinfo=UTC)).endswith("01:30 GMT")


@pytest.mark.parametrize(
    ("born", "words"), [("1941-11-12", "85y"), ("1941-11-13", "84y"), ("1941", "about 85y"), ("2027-01-01", "")]
)
def test_age_says_no_more_than_is_known(born: str, words: str) -> None:
    assert age_words(born, date(2026, 11, 12)) == words
