"""The record holds what the national standards ask for, item by item, and the report says so truly."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.coverage import (
    PRSB,
    REPORT,
    SCCI1580,
    STANDARDS,
    Line,
    Standard,
    carries_a_code,
    field_at,
    is_kept,
    lines,
    rows,
)
from tests.coverage import report as written_now

EVERY_LINE = [pytest.param(line, id=f"{one.name} {line.number}") for one in STANDARDS for line in lines(one)]


@pytest.mark.parametrize("standard", STANDARDS, ids=lambda one: one.name)
def test_every_item_is_mapped_once_and_nothing_else_is(standard: Standard) -> None:
    items = [row["n"] for row in rows(f"{standard.files}_items")]
    mapped = [row["n"] for row in rows(f"{standard.files}_mapping")]
    assert len(items) == len(set(items)) == standard.items
    assert [number for number, times in Counter(mapped).items() if times > 1] == []
    assert set(mapped) == set(items)


@pytest.mark.parametrize("line", EVERY_LINE)
def test_what_holds_an_item_is_there(line: Line) -> None:
    assert line.is_held or line.note, "an item that is held nowhere needs a reason"
    assert len(set(line.held_in)) == len(line.held_in)
    for place in line.held_in:
        field = field_at(place)
        assert is_kept(place) or (field is not None and not field.retired), place


@pytest.mark.parametrize("line", [p for p in EVERY_LINE if p.values[0].coded and p.values[0].is_held])  # type: ignore[union-attr]
def test_an_item_that_asks_for_a_code_gets_one(line: Line) -> None:
    fields = [field_at(place) for place in line.held_in]
    assert any(field is not None and carries_a_code(field) for field in fields)


def test_the_standards_are_covered() -> None:
    assert sum(line.is_held for line in lines(PRSB)) >= 0.95 * PRSB.items
    assert sum(line.is_held for line in lines(SCCI1580)) == SCCI1580.items


def test_one_field_holds_two_items_only_where_the_standard_says_one_thing_twice() -> None:
    """Two items that a field holds alone stand beside one another in the standard, or are marked as said twice."""
    alone: dict[str, list[Line]] = {}
    for line in lines(PRSB):
        if len(line.held_in) == 1 and not line.held_in[0].startswith("@") and ">" not in line.held_in[0]:
            alone.setdefault(line.held_in[0], []).append(line)
    apart = {
        place: [line.number for line in held]
        for place, held in alone.items()
        if int(held[-1].number) - int(held[0].number) >= len(held) and place not in SAID_TWICE
    }
    assert apart == {}


SAID_TWICE = {
    "other_ways.use": "the kind of a telephone and of an e-mail address",
    "other_ways.rank": "the order of telephones and of e-mail addresses",
    "allergy.comment": "a comment on the reaction and on the allergy",
    "medicines.status": "the status of the course and of its last change",
    "anticipatory.statement": "in the contingency plan and in palliative care",
    "plan_list.name": "an additional support plan and an end of life care plan",
    "plan_list.contents": "an additional support plan and an end of life care plan",
    "plan_list.review_on": "an additional support plan and an end of life care plan",
    "documents.comment": "a comment on the document and on the picture",
    "documents.media_type": "the type of the document and the format of the picture",
    "documents.original": "where the document and where the picture is",
}
"""Fields that hold items from different parts of the standard, and why that is one thing."""


def test_a_field_that_is_gone_is_found() -> None:
    assert field_at("cpr.decision") is not None
    assert field_at("cpr.review_by>care_team.grade") is not None
    for gone in (
        "cpr.no_such_field",
        "nowhere.decision",
        "cpr.decision>care_team.grade",
        "cpr.review_by>contacts.name",
    ):
        assert field_at(gone) is None
    assert is_kept("@Plan.last_change_at")
    assert not is_kept("@Plan.no_such_thing")


def test_the_report_is_of_today() -> None:
    assert REPORT.read_text(encoding="utf-8") == written_now(), "run: make coverage-report"
