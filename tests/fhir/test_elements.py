"""Elements of a FHIR record: a mark that changes what is said is found wherever it is, and nothing else is one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from eolc_desktop.fhir.elements import is_marked

WORDS = st.one_of(st.text(max_size=6), st.sampled_from(["modifierExtension", "implicitRules"]))
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), WORDS, st.just(Decimal("1.10"))),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)),
    max_leaves=12,
)


def names_and_values(held: Any) -> list[tuple[str, Any]]:
    if isinstance(held, list):
        return [pair for member in held for pair in names_and_values(member)]
    if isinstance(held, dict):
        return [*held.items(), *(pair for value in held.values() for pair in names_and_values(value))]
    return []


@given(st.dictionaries(WORDS, JSON))
def test_a_mark_is_found_wherever_it_is_and_nowhere_else(held: dict[str, Any]) -> None:
    marks = [value for name, value in names_and_values(held) if name in ("modifierExtension", "implicitRules")]
    assert is_marked(held) == any(marks)


def test_an_empty_mark_and_a_word_are_none() -> None:
    assert not is_marked({"text": "modifierExtension", "item": [{"answer": "implicitRules"}]})
    assert not is_marked({"modifierExtension": [], "implicitRules": ""})
    assert is_marked({"item": [{"item": [{"modifierExtension": [{"url": "http://example.org/not"}]}]}]})
    assert is_marked({"implicitRules": "http://example.org/rules"})
