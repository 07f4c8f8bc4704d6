"""What differs between two snapshots of a plan, in words."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from eolc_desktop.care_plan.agreement import NOT_ASKED, agreement_words
from eolc_desktop.care_plan.differences import HIDDEN, Happened, confirmed_between, differences
from eolc_desktop.care_plan.fields import MAIN, Value
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, EntryState
from tests.authors import AT, NURSE
from tests.plans import ONE, full_plan, plan_with

TEXT = st.text("abcé ", max_size=4)
VALUES = st.dictionaries(st.sampled_from(("most_important", "fears", "strength")), TEXT, max_size=3)


def test_each_kind_of_difference_is_a_sentence() -> None:
    before = plan_with({"places": {"preferred_death": "home"}, "about_me": {"most_important": "My own bed"}})
    after = plan_with({"places": {"preferred_death": "hospice"}, "about_me": {"fears": "Hospital"}})
    said = {(d.section, d.field): (d.happened, d.says) for d in differences(before, after)}
    home, hospice = (plan.words("places", "preferred_death") for plan in (before, after))
    assert said[("places", "preferred_death")][0] is Happened.CHANGED
    assert said[("places", "preferred_death")][1].endswith(f"changed from {home} to {hospice}")
    assert said[("about_me", "most_important")][1].endswith("taken away; it said: “My own bed”")
    assert said[("about_me", "fears")][1].endswith("added: “Hospital”")
    assert len(said) == 3


def test_an_entry_that_no_longer_stands_says_why() -> None:
    before = plan_with({"contacts": {"name": "Anna"}})
    gone = replace(before.sections["contacts"][0], state=EntryState.WITHDRAWN, reason="Moved away")
    (found,) = differences(before, replace(before, sections={"contacts": (gone,)}))
    assert (found.entry, found.field, found.where) == (ONE, ENTRY_ITSELF, "People who matter, Anna")
    assert found.says == "changed from “current” to “no longer so” (Moved away)"


def test_a_hidden_value_is_said_to_differ_and_never_shown() -> None:
    whole = full_plan()
    hidden = [(s, f) for s in whole.catalogue for f in s.fields if f.sensitive]
    for difference in differences(plan_with({}), whole):
        if (difference.section, difference.field) in {(s.key, f.key) for s, f in hidden}:
            assert difference.after == HIDDEN


@given(VALUES, VALUES)
def test_what_differs_is_exactly_what_is_said_in_either_direction(
    one: dict[str, Value], other: dict[str, Value]
) -> None:
    before, after = plan_with({"about_me": one}), plan_with({"about_me": other})
    expected = {key for key in {*one, *other} if (one.get(key) or None) != (other.get(key) or None)}
    there, back = differences(before, after), differences(after, before)
    assert {d.field for d in there} == expected
    assert {(d.field, d.before, d.after) for d in there} == {(d.field, d.after, d.before) for d in back}


def test_confirming_is_no_difference_and_is_counted() -> None:
    before = plan_with({"places": {"preferred_death": "home", "preferred_care": "home"}})
    entry = before.sections["places"][0]
    confirmed = replace(entry.items["preferred_death"], confirmed_at=AT, confirmed_by=NURSE)
    after = replace(before, sections={"places": (replace(entry, items={**entry.items, "preferred_death": confirmed}),)})
    assert differences(before, after) == ()
    assert confirmed_between(before, after) == 1


def test_agreement_is_said_only_as_it_was_recorded() -> None:
    assert agreement_words(plan_with({})) == NOT_ASKED
    agreed = plan_with(
        {"plan_control": {"agreed": "partly", "agreed_with": "Anna Smith", "disagreement": "The hospice"}}
    )
    words = agreed.words("plan_control", "agreed", MAIN)
    expected = f"Agreed: {words}, with Anna Smith, recorded 12-Nov-2026. Not agreed with: “The hospice”"
    assert agreement_words(agreed) == expected
