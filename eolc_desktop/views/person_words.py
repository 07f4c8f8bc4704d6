"""A person of the caseload in words: the name, what they are told apart by, and how a screen reader says it."""

from __future__ import annotations

import re
from datetime import date, datetime

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.dates import age_on, age_words, date_words, day_words, time_words, today
from eolc_desktop.care_plan.fields import Audience
from eolc_desktop.care_plan.listed import answer
from eolc_desktop.care_plan.nhs_number import nhs_number_words
from eolc_desktop.care_plan.plan import banner_name
from eolc_desktop.care_plan.words import display
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services.caseload_table import cpr_recorded

NOT_RECORDED = "Not recorded"
SIMILAR_NAME = "Similar name"
"""The tag of a person whose name could be taken for another's on this laptop (hazard H01)."""

_IN_A_DATE = re.compile(r"(?<=\d)-(?=[A-Z][a-z]{2})|(?<=[a-z])-(?=\d{4})")


def more_words(count: int, one: str = "person", many: str = "people") -> str:
    """ "5 more people", "1 more person"."""
    return f"{count:,} more {one if count == 1 else many}"


def on_one_line(words: str) -> str:
    """The same words with dates that are never broken at their hyphens, for painting (NHS CUI: one line a date)."""
    return _IN_A_DATE.sub("\u2011", words)


def name_words(row: PersonRow) -> str:
    """ "SMITH, Margaret Rose (Mrs)": in full, family name in capitals (NHS CUI NID-0001)."""
    return banner_name(row.family_name, row.given_names, row.title)


def born_words(row: PersonRow, day: date) -> str:
    """ "05-Apr-1941 (85y)"; without an age for somebody who has died."""
    if not row.birth_date:
        return NOT_RECORDED
    words = date_words(row.birth_date)
    age = "" if row.died_on else age_words(row.birth_date, day)
    return f"{words} ({age})" if age else words


def nhs_words(row: PersonRow) -> str:
    """ "999 000 0018", or that it is not recorded."""
    return nhs_number_words(row.nhs_number) if row.nhs_number else NOT_RECORDED


def died_words(row: PersonRow) -> str:
    """ "Died 20-Nov-2026, aged 85y"; "" for the living."""
    if not row.died_on:
        return ""
    words = f"Died {date_words(row.died_on)}"
    if len(row.died_on) == 10 and (age := age_on(row.birth_date, date.fromisoformat(row.died_on))) is not None:
        words += f", aged {age}y"
    return words


def identity_line(row: PersonRow, day: date) -> str:
    """One line by which somebody checks who this is: name, born, NHS number."""
    return f"{name_words(row)} · Born {born_words(row, day)} · NHS No. {nhs_words(row)}"


def spoken(row: PersonRow, day: date) -> str:
    """The identity as a screen reader should say it: long dates, no dots (NHS CUI D+Ta-0011)."""
    parts = [name_words(row)]
    if row.preferred_name:
        parts.append(f"preferred name {row.preferred_name}")
    if row.birth_date:
        parts.append(f"born {date_words(row.birth_date, Audience.FAMILY)}")
        if (age := age_on(row.birth_date, day)) is not None and not row.died_on:
            parts.append(f"{age} years")
    else:
        parts.append("date of birth not recorded")
    parts.append(f"NHS number {nhs_words(row)}" if row.nhs_number else "NHS number not recorded")
    if row.died_on:
        parts.append(f"died {date_words(row.died_on, Audience.FAMILY)}")
    if row.looks_alike:
        parts.append("similar name to another person here")
    return ", ".join(parts)


def state_words(row: PersonRow) -> str:
    """What sets a person apart, in words: that they have died, and that the name could be taken for another's."""
    parts = (died_words(row), SIMILAR_NAME if row.looks_alike else "")
    return " · ".join(part for part in parts if part)


def cpr_words(row: PersonRow) -> str:
    """Whether a CPR recommendation is recorded. Which one is for the plan to say, beside its date (hazard H04).

    While two versions wait to be settled, none of them is said to be the one that was recorded.
    """
    return cpr_recorded(row)


def place_words(row: PersonRow, catalogue: Catalogue) -> str:
    """The preferred place of death as recorded."""
    field = catalogue.field("places", "preferred_death")
    if not row.preferred_death:
        return NOT_RECORDED
    return display(field, answer(row.preferred_death)) if field else row.preferred_death


def review_words(row: PersonRow) -> str:
    """The day of the planned review; nothing is expected of those who have died."""
    if row.review_date:
        return date_words(row.review_date)
    return "" if row.died_on else "No date set"


def changed_words(row: PersonRow, now: datetime) -> str:
    """When the plan changed last: the time for today, else the day."""
    if not row.last_change_at:
        return "Never"
    moment = datetime.fromisoformat(row.last_change_at)
    return f"{time_words(moment)} today" if today(moment) == today(now) else day_words(today(moment))
