"""Whether an item is still known to be so, and what is said beside one that is past its age."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from eolc_desktop.care_plan.fields import MAIN, Absence, Audience, Value
from eolc_desktop.care_plan.freshness import age_words, days_fresh, in_force, is_past_its_age, old_items, standing_words
from eolc_desktop.care_plan.plan import Entry, Item, Plan
from tests.authors import AT, NURSE
from tests.plans import item, plan_with


def with_age(section: str, field: str, value: Value, days: int) -> tuple[Plan, Item]:
    """A plan that holds one item of this age."""
    aged = replace(item(value), recorded_at=AT - timedelta(days=days))
    plan = plan_with({})
    return replace(plan, sections={section: (Entry(MAIN, section, {field: aged}),)}), aged


@pytest.mark.parametrize(
    ("days", "is_old", "said"),
    [
        (0, False, ""),
        (90, False, ""),
        (91, True, "Last heard 91 days ago. Is it still so?"),
    ],
)
def test_an_item_is_past_its_age_the_day_after_its_limit(days: int, is_old: bool, said: str) -> None:
    plan, aged = with_age("places", "preferred_death", "home", days)
    assert is_past_its_age(plan, "places", "preferred_death", aged) is is_old
    assert age_words(plan, "places", "preferred_death", aged) == said
    assert len(list(old_items(plan))) == is_old


def test_confirming_makes_an_item_fresh_again() -> None:
    plan, aged = with_age("places", "preferred_death", "home", 400)
    confirmed = replace(aged, confirmed_at=AT - timedelta(days=3), confirmed_by=NURSE)
    assert age_words(plan, "places", "preferred_death", confirmed) == ""


@pytest.mark.parametrize("value", [None, Absence.NOT_KNOWN.value_to_store, Absence.DECLINED.value_to_store])
def test_nothing_said_does_not_grow_old(value: Value) -> None:
    plan, aged = with_age("places", "preferred_death", value, 4000)
    assert not is_past_its_age(plan, "places", "preferred_death", aged)


def test_an_item_without_a_limit_never_grows_old() -> None:
    plan, aged = with_age("about_me", "most_important", "My own bed", 4000)
    assert days_fresh(plan, "about_me", "most_important") is None
    assert age_words(plan, "about_me", "most_important", aged) == ""


@pytest.mark.parametrize("audience", Audience)
def test_a_standing_cpr_decision_is_never_called_out_of_date(audience: Audience) -> None:
    plan, aged = with_age("cpr", "decision", "not_for", 4000)
    said = age_words(plan, "cpr", "decision", aged, audience)
    assert said.startswith("Last confirmed ")
    assert said.endswith("no review date set.")
    for doubt in ("out of date", "still so", "days ago", "ask"):
        assert doubt not in said


def test_a_cpr_decision_gives_its_review_date_where_it_has_one() -> None:
    plan, aged = with_age("cpr", "decision", "not_for", 100)
    entry = plan.sections["cpr"][0]
    reviewed = replace(
        plan, sections={"cpr": (replace(entry, items={**entry.items, "review_on": item("2026-12-01")}),)}
    )
    assert standing_words(reviewed, aged) == "Last confirmed 04-Aug-2026; review date 01-Dec-2026."


def test_after_a_death_nothing_is_asked_any_more() -> None:
    plan, aged = with_age("places", "preferred_death", "home", 400)
    died = replace(plan, sections={**plan.sections, **plan_with({"death": {"died_on": "2026-11-10"}}).sections})
    assert age_words(died, "places", "preferred_death", aged) == ""


def test_on_paper_the_family_is_asked_to_ask() -> None:
    plan, aged = with_age("places", "preferred_death", "home", 100)
    said = age_words(plan, "places", "preferred_death", aged, Audience.FAMILY)
    assert said == "Written down on 4 August 2026: please ask whether this is still so."


def test_an_organisation_sets_its_own_limits() -> None:
    plan, aged = with_age("places", "preferred_death", "home", 40)
    assert not is_past_its_age(plan, "places", "preferred_death", aged)
    stricter = replace(plan, fresh_days={"places.preferred_death": 28})
    assert is_past_its_age(stricter, "places", "preferred_death", aged)


def test_the_limits_in_force_are_listed_with_what_the_program_ships() -> None:
    catalogue = plan_with({}).catalogue
    shipped = {line.section: line for line in in_force(catalogue, {})}
    # Data dictionary, K32: CPR 90, contacts 60, places 90, who to call 60.
    assert {key: shipped[key].days for key in ("cpr", "contacts", "places", "who_to_call")} == {
        "cpr": 90,
        "contacts": 60,
        "places": 90,
        "who_to_call": 60,
    }
    own = {f"places.{field}": 30 for field in shipped["places"].fields}
    (places,) = [line for line in in_force(catalogue, own) if line.section == "places"]
    assert (places.days, places.standard_days) == (30, 90)
