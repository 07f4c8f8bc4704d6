"""The bank holidays of England and Wales against the list that gov.uk publishes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eolc_desktop.care_plan.bank_holidays import bank_holidays, is_bank_holiday

# https://www.gov.uk/bank-holidays, England and Wales, and earlier years of the same list without one-off days.
PUBLISHED = {
    2021: ("01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28"),
    2024: ("01-01", "03-29", "04-01", "05-06", "05-27", "08-26", "12-25", "12-26"),
    2025: ("01-01", "04-18", "04-21", "05-05", "05-26", "08-25", "12-25", "12-26"),
    2026: ("01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"),
    2027: ("01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"),
    2028: ("01-03", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26"),
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_days_are_those_that_are_published(year: int) -> None:
    assert sorted(bank_holidays(year)) == [date.fromisoformat(f"{year}-{day}") for day in PUBLISHED[year]]


@given(st.integers(1972, 2199))
def test_every_year_has_eight_and_none_falls_on_a_weekend(year: int) -> None:
    days = bank_holidays(year)
    assert len(days) == 8
    assert all(day.weekday() < 5 for day in days)


def test_a_day_that_is_proclaimed_once_is_handed_in() -> None:
    coronation = date(2023, 5, 8)
    assert not is_bank_holiday(coronation)
    assert is_bank_holiday(coronation, frozenset((coronation,)))
