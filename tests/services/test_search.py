"""Finding anything in one person's plan, with where each hit stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eolc_desktop.care_plan.fields import is_empty
from eolc_desktop.care_plan.plan import EntryState
from eolc_desktop.services.search import AROUND, Found, PlanIndex, excerpt
from tests.plans import full_plan, plan_with

PLAN = plan_with(
    {
        "about_me": {"most_important": "My own bed, and Radio 3 on low at night."},
        "contacts": {"name": "Siân O’Brien-Smith", "phone": "07700 900 123", "relationship": "daughter"},
        "conversations": {"on": "2026-11-05", "discussed": "Whether the hospice would have her cat."},
        "documents": {"name": {"text": "Letter from the cardiologist"}},
    }
)


@pytest.mark.parametrize(
    ("typed", "section", "field"),
    [
        ("radio", "about_me", "most_important"),
        ("RADIO 3", "about_me", "most_important"),
        ("night bed", "about_me", "most_important"),
        ("sian", "contacts", "name"),
        ("obrien smith", "contacts", "name"),
        ("07700900123", "contacts", "phone"),
        ("900 123", "contacts", "phone"),
        ("her cat", "conversations", "discussed"),
        ("cardiolog", "documents", "name"),
    ],
)
def test_what_was_typed_is_found_with_its_place(typed: str, section: str, field: str) -> None:
    first = PlanIndex(PLAN).find(typed).hits[0]
    assert (first.section, first.field) == (section, field)


def test_a_hit_says_where_it_stands_and_what_is_around_the_words() -> None:
    (hit,) = PlanIndex(PLAN).find("radio").hits
    assert hit.where == "What matters to them"
    assert hit.label == "What matters most now"
    assert "Radio 3 on low" in hit.words
    assert hit.item.recorded_by.name == "Jo Okafor"


@pytest.mark.parametrize("typed", ["", "  ", "…", "quixworth", "radio quixworth"])
def test_what_stands_nowhere_is_not_found(typed: str) -> None:
    index = PlanIndex(PLAN)
    assert index.find(typed) == Found((), 0)


def test_what_no_longer_stands_is_found_after_what_does_and_says_so() -> None:
    (entry,) = PLAN.sections["contacts"]
    gone = replace(entry, id="gone", state=EntryState.WITHDRAWN, reason="Moved")
    plan = replace(PLAN, sections={**PLAN.sections, "contacts": (gone, entry)})
    states = [hit.state for hit in PlanIndex(plan).find("sian").hits if hit.field == "name"]
    assert states == [EntryState.CURRENT, EntryState.WITHDRAWN]


def test_everything_recorded_is_found_by_its_words_but_what_is_kept_hidden() -> None:
    plan = full_plan()
    index = PlanIndex(plan)
    places = {(line.hit.section, line.hit.field) for line in index._lines}
    hidden = {(s.key, f.key) for s in plan.catalogue for f in s.fields if f.sensitive}
    recorded = {(s.key, key) for s, _entry, key, item in plan.recorded() if not is_empty(item.value)}
    assert hidden
    assert places == {place for place in recorded if place[0] != "paper_copies"} - hidden
    for section, field in hidden:
        for word in (f"Zq{section.replace('_', '')}{field.replace('_', '')}",):
            assert index.find(word).total == 0


def test_a_long_text_is_shown_around_what_was_found() -> None:
    said = f"{'a ' * 200}the window open{' b' * 200}"
    shown = excerpt(said, ["window"])
    assert "the window open" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) < 4 * AROUND
