"""Whether somebody is outside the adult standard (SCCI1580: people aged 18 and over), and how that is said."""

from __future__ import annotations

from datetime import date

from eolc_desktop.care_plan.dates import first_day, is_partial_date
from eolc_desktop.care_plan.plan import Plan

SECTION = "parental_responsibility"
OUTSIDE = "Under 18: outside the adult standard"


def is_under_18(plan: Plan, adult: int = 18) -> bool:
    """Whether the person is, or died, certainly under `adult`; of an inexact date of birth its first day counts."""
    born, died = plan.text("person", "birth_date"), plan.text("death", "died_on")
    if not (born.isascii() and is_partial_date(born)):
        return False
    day = first_day(died) if died.isascii() and is_partial_date(died) else plan.today
    return first_day(born) <= day < birthday(first_day(born), adult)


def birthday(born: date, age: int) -> date:
    """The day on which somebody comes to an age (Family Law Reform Act 1969, section 9)."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:  # born on 29 February
        return date(born.year + age, 3, 1)
