"""Whether an item is still known to be so: how long each stays fresh, and what screen and paper say after that.

The limits (K32 of the data dictionary) stand in the sections; an organisation may set its own, which the snapshot
carries as `Plan.fresh_days`, so that screen, rules and paper agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.dates import day_words, today
from eolc_desktop.care_plan.fields import Audience, Section, absence_of, is_empty
from eolc_desktop.care_plan.plan import Entry, Item, Plan

STANDING = "cpr"
"""The section of the standing CPR decision, which is never called out of date (decision 8 of the design)."""


@dataclass(frozen=True, slots=True)
class OldItem:
    """An item that nobody has confirmed for longer than it stays fresh."""

    section: Section
    entry: Entry
    field: str
    item: Item


def days_fresh(plan: Plan, section: str, field_key: str) -> int | None:
    """For how many days after it was last confirmed an item is taken to be so; None: without a limit."""
    field = plan.catalogue.field(section, field_key)
    standard = field.age_limit_days if field is not None else None
    return plan.fresh_days.get(f"{section}.{field_key}", standard)


def days_since_known(plan: Plan, item: Item) -> int:
    """How many days ago somebody last said that this is so."""
    return (plan.today - today(item.last_known_at)).days


def is_past_its_age(plan: Plan, section: str, field_key: str, item: Item) -> bool:
    """Whether an item was last known to be so longer ago than it stays fresh; "not known" never is.

    After a death nothing is asked any more.
    """
    if not is_empty(plan.value("death", "died_on")):
        return False
    if is_empty(item.value) or absence_of(item.value) is not None:
        return False
    if section == STANDING and item.value == "no_decision":
        return False
    limit = days_fresh(plan, section, field_key)
    return limit is not None and days_since_known(plan, item) > limit


def age_words(plan: Plan, section: str, field_key: str, item: Item, audience: Audience = Audience.STAFF) -> str:
    """What stands beside an item that is past its age, on screen and on paper; "" while it is fresh.

    A CPR decision stands whatever its age: its words give its dates and never say that it may be out of date.
    """
    if not is_past_its_age(plan, section, field_key, item):
        return ""
    if section == STANDING:
        return standing_words(plan, item, audience)
    if audience is Audience.FAMILY:
        verb = "Last confirmed" if item.confirmed_at else "Written down"
        return f"{verb} on {day_words(today(item.last_known_at), audience)}: please ask whether this is still so."
    return f"Last heard {days_since_known(plan, item)} days ago. Is it still so?"


def standing_words(plan: Plan, item: Item, audience: Audience = Audience.STAFF) -> str:
    """The dates of a standing CPR decision: "Last confirmed 12-Oct-2026; no review date set." """
    known = f"Last confirmed {day_words(today(item.last_known_at), audience)}"
    review = plan.value(STANDING, "review_on")
    if is_empty(review):
        return f"{known}; no review date set."
    return f"{known}; review date {plan.words(STANDING, 'review_on', audience=audience)}."


def old_items(plan: Plan) -> Iterator[OldItem]:
    """Every item past its age, in the order of the plan. The CPR decision is among them: it can be confirmed."""
    for section, entry, key, item in plan.recorded():
        if is_past_its_age(plan, section.key, key, item):
            yield OldItem(section, entry, key, item)


@dataclass(frozen=True, slots=True)
class FreshFor:
    """How long the items of a section stay fresh: what the program ships with, and what is in force here."""

    section: str
    title: str
    standard_days: int
    days: int
    fields: tuple[str, ...]


def in_force(catalogue: Catalogue, own: dict[str, int]) -> tuple[FreshFor, ...]:
    """The limits in force, a line for each section that has any. `own` maps "section.field" to days."""
    found = []
    for section in catalogue:
        limited = [field for field in section.fields if field.age_limit_days is not None and not field.retired]
        if limited:
            standard = min(field.age_limit_days or 0 for field in limited)
            days = min(own.get(f"{section.key}.{field.key}", field.age_limit_days or 0) for field in limited)
            found.append(FreshFor(section.key, section.title, standard, days, tuple(f.key for f in limited)))
    return tuple(found)
