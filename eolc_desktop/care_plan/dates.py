"""Dates and times as the NHS display rules and the family read them, whatever the laptop's own settings."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime

from eolc_desktop.care_plan.fields import Audience
from eolc_desktop.clock import LOCAL

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")
_NUMERIC = re.compile(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4})\Z")
_NAMED = re.compile(r"(?:([0-9]{1,2})(?:st|nd|rd|th)?[/ .-]*)?([A-Za-z]{3,9})[/ .,-]*([0-9]{4})\Z")
_STORED_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]\Z")
_TYPED_TIME = re.compile(r"([0-9]{1,2})[:.]?([0-9]{2})\s*(am|pm)?\Z|([0-9]{1,2})\s*(am|pm)\Z", re.IGNORECASE | re.ASCII)
_TIME_HELP = "Type the time as hours and minutes, for example 14:32 or 2.30pm."
EARLIEST_YEAR = 1875


class DateNotUnderstood(ValueError):
    """What was typed cannot be read as one certain date."""


def parse_typed(text: str) -> str:
    """Read a date as people in England type it and return it as "2026", "2026-03" or "2026-03-12".

    Day comes before month. A year of two digits is refused rather than guessed (hazard H18).
    Raises DateNotUnderstood with a sentence that says what to type.
    """
    cleaned = " ".join(text.split())
    if match := _PARTIAL.match(cleaned):
        return _made(match[1], match[2], match[3])
    if match := _NUMERIC.match(cleaned):
        return _made(match[3], match[2], match[1])
    if match := _NAMED.match(cleaned):
        names = [n for n, name in enumerate(MONTHS, 1) if name.lower().startswith(match[2].lower())]
        if len(names) == 1:
            return _made(match[3], str(names[0]), match[1])
    raise DateNotUnderstood("Type the date as day, month and full year, for example 5/4/1941 or 5 April 1941.")


def _made(year: str, month: str | None, day: str | None) -> str:
    if not EARLIEST_YEAR <= int(year) <= 2200:
        raise DateNotUnderstood(f"The year {year} cannot be right. Please check it.")
    if month is None:
        return year
    if not 1 <= int(month) <= 12:
        raise DateNotUnderstood(f"There is no month {month}. Day comes first, then month: 25/12/2026.")
    if day is None:
        return f"{year}-{int(month):02d}"
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise DateNotUnderstood(f"There is no such day in {MONTHS[int(month) - 1]} {year}.") from None


def is_partial_date(text: str) -> bool:
    """Whether the text is a date in the stored form that exists in the calendar."""
    match = _PARTIAL.match(text)
    if not match:
        return False
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True


def first_day(text: str) -> date:
    """The first day that a stored date can mean: 1 January for a year alone."""
    year, month, day = [*(int(part) for part in text.split("-")), 1, 1][:3]
    return date(year, month, day)


def last_day(text: str) -> date:
    """The last day that a stored date can mean: 31 December for a year alone."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = [*parts, 12][:2]
    return date(year, month, monthrange(year, month)[1])


def date_words(text: str, audience: Audience = Audience.STAFF) -> str:
    """A stored date: "05-Apr-1941" for staff (CUI), "5 April 1941" for families; never more exact than it is."""
    parts = text.split("-")
    if len(parts) == 1:
        return parts[0]
    month = MONTHS[int(parts[1]) - 1]
    if audience is Audience.FAMILY:
        return f"{int(parts[2])} {month} {parts[0]}" if len(parts) == 3 else f"{month} {parts[0]}"
    return f"{parts[2]}-{month[:3]}-{parts[0]}" if len(parts) == 3 else f"{month[:3]}-{parts[0]}"


def day_words(day: date, audience: Audience = Audience.STAFF) -> str:
    """A calendar day in words for this audience."""
    return date_words(day.isoformat(), audience)


def is_time(text: str) -> bool:
    """Whether the text is a time of day in the stored form, "14:30"."""
    return _STORED_TIME.match(text) is not None


def clock_words(text: str, audience: Audience = Audience.STAFF) -> str:
    """A stored time of day: "14:32" for staff, "2:32pm" for families."""
    if audience is Audience.STAFF:
        return text
    hour, minute = int(text[:2]), text[3:]
    return f"{hour % 12 or 12}:{minute}{'am' if hour < 12 else 'pm'}"


def time_of(text: str) -> tuple[int, int]:
    """Read a typed time of day ("2.30pm", "14:30", "9 am") as hours and minutes. Raises DateNotUnderstood."""
    match = _TYPED_TIME.match(text.strip())
    if not match:
        raise DateNotUnderstood(_TIME_HELP)
    hour, minute = int(match[1] or match[4]), int(match[2] or 0)
    half = (match[3] or match[5] or "").lower()
    if half and not 1 <= hour <= 12:
        raise DateNotUnderstood(_TIME_HELP)
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise DateNotUnderstood(f"There is no time {text.strip()}. {_TIME_HELP}")
    return hour, minute


def parse_time(text: str) -> str:
    """Read a typed time of day and return it as it is stored, "14:30". Raises DateNotUnderstood."""
    hour, minute = time_of(text)
    return f"{hour:02d}:{minute:02d}"


def time_words(moment: datetime, audience: Audience = Audience.STAFF) -> str:
    """The time of day in England: "14:32" for staff, "2:32pm" for families."""
    local = moment.astimezone(LOCAL)
    if audience is Audience.STAFF:
        return f"{local:%H:%M}"
    hour = local.hour % 12 or 12
    return f"{hour}:{local.minute:02d}{'am' if local.hour < 12 else 'pm'}"


def moment_words(moment: datetime, audience: Audience = Audience.STAFF) -> str:
    """A moment in words: "12-Nov-2026 14:32" or "12 November 2026 at 2:32pm".

    In the hour that the clocks go back the zone is named, because that hour happens twice (hazard H17).
    """
    local = moment.astimezone(LOCAL)
    zone = f" {local.tzname()}" if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset() else ""
    joiner = " at " if audience is Audience.FAMILY else " "
    return f"{day_words(local.date(), audience)}{joiner}{time_words(moment, audience)}{zone}"


def today(moment: datetime) -> date:
    """The calendar day in England at this moment."""
    return moment.astimezone(LOCAL).date()


def age_on(born: str, day: date) -> int | None:
    """Whole years of age on a day; None when the date of birth is only a year or a month (it may be approximate)."""
    if len(born) != 10:
        return None
    birth = date.fromisoformat(born)
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def age_words(born: str, day: date) -> str:
    """Age as the banner shows it: "85y", or "about 85y" when the date of birth is not exact; "" before birth."""
    exact = age_on(born, day)
    if exact is not None:
        return f"{exact}y" if exact >= 0 else ""
    return f"about {day.year - int(born[:4])}y"
