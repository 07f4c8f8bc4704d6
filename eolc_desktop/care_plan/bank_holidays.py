"""The bank holidays of England and Wales, by the Banking and Financial Dealings Act 1971 and the rules for substitutes.

A day that is proclaimed once, such as a coronation, follows no rule: it is handed in.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

MONDAY, SATURDAY = 0, 5


@lru_cache(maxsize=16)
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of a year. A holiday on a Saturday or Sunday is kept on the next day that is none."""
    easter = easter_sunday(year)
    days = {easter - timedelta(days=2), easter + timedelta(days=1)}
    days |= {_first_monday(year, 5), _last_monday(year, 5), _last_monday(year, 8)}
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        days.add(_kept_on(fixed, days))
    return frozenset(days)


def is_bank_holiday(day: date, also: frozenset[date] = frozenset()) -> bool:
    """Whether a day is a bank holiday, by rule or because it was proclaimed (`use_proclaimed`, and `also`)."""
    return day in bank_holidays(day.year) or day in also or day in _proclaimed


_proclaimed: frozenset[date] = frozenset()


def use_proclaimed(days: frozenset[date]) -> None:
    """Count these days as bank holidays from now on: those that were proclaimed once, as the organisation set them."""
    global _proclaimed
    _proclaimed = days


def _kept_on(day: date, taken: set[date]) -> date:
    if day.month == 12 and day.day == 25 and day.weekday() == 6:
        return date(day.year, 12, 27)  # Christmas Day on a Sunday: Boxing Day keeps its Monday
    while day.weekday() >= SATURDAY or day in taken:
        day += timedelta(days=1)
    return day


def _first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(MONDAY - first.weekday()) % 7)


def _last_monday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() - MONDAY) % 7)


def easter_sunday(year: int) -> date:
    """Easter Sunday of a year in the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)
