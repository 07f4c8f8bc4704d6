"""When a question of an organisation's own form is shown: every operator, and several together."""

from __future__ import annotations

import pytest
from hypothesis import given

from eolc_desktop.care_plan.fields import Compare, Comparison, Together, Value
from tests.care_plan.made import any_json


@pytest.mark.parametrize(
    ("value", "test", "to", "holds"),
    [
        (None, Comparison.EXISTS, True, False),
        (None, Comparison.EXISTS, False, True),
        (False, Comparison.EXISTS, True, True),
        (0, Comparison.EXISTS, True, True),
        ({"absent": "declined"}, Comparison.EXISTS, True, False),
        (True, Comparison.EQUAL, True, True),
        (True, Comparison.EQUAL, 1, False),
        (None, Comparison.EQUAL, False, False),
        (None, Comparison.NOT_EQUAL, "red", True),
        ("red", Comparison.NOT_EQUAL, "red", False),
        (["red", "blue"], Comparison.EQUAL, "blue", True),
        (["red", "blue"], Comparison.NOT_EQUAL, "blue", False),
        ({"text": "Pain", "code": "22253000"}, Comparison.EQUAL, "22253000", True),
        ({"text": "Pain", "code": "22253000"}, Comparison.EQUAL, "Pain", True),
        (7, Comparison.MORE, 7, False),
        (8, Comparison.MORE, 7, True),
        (7, Comparison.AT_LEAST, 7, True),
        (6, Comparison.LESS, 7, True),
        (7, Comparison.AT_MOST, 7, True),
        (8, Comparison.AT_MOST, 7, False),
        ("9.5", Comparison.LESS, "10", True),
        ("36.50", Comparison.EQUAL, "36.5", True),
        ("2026-11-12", Comparison.MORE, "2026-11-02", True),
        ("09:30", Comparison.LESS, "14:00", True),
        (None, Comparison.LESS, 7, False),
        ({"absent": "not_known"}, Comparison.AT_MOST, 7, False),
    ],
)
def test_an_answer_compares(value: Value, test: Comparison, to: str | int | bool, holds: bool) -> None:
    assert Compare("asked", test, to).holds({"asked": value}) is holds


def test_all_or_any_must_hold() -> None:
    parts = (Compare("a", Comparison.EQUAL, 1), Compare("b", Comparison.EQUAL, 2))
    assert not Together(parts).holds({"a": 1, "b": 3})
    assert Together(parts).holds({"a": 1, "b": 2})
    assert Together(parts, any_of=True).holds({"a": 1, "b": 3})
    assert not Together(parts, any_of=True).holds({})


@given(any_json)
def test_whatever_is_recorded_can_be_compared(value: object) -> None:
    for test in Comparison:
        Compare("asked", test, "7").holds({"asked": value})  # type: ignore[dict-item]
