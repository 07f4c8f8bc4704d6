"""Small numbers cannot be seen, and cannot be worked out from what is seen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from eolc_desktop.care_plan.small_numbers import LEAST, may_be_shown, shown_rows

pairs = st.integers(0, 40).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


@given(st.lists(pairs, min_size=1, max_size=10))
def test_what_is_hidden_is_never_left_over_as_a_small_number(rows: list[tuple[int, int]]) -> None:
    table = dict(enumerate(rows))
    whole = (sum(n for n, _t in rows), sum(t for _n, t in rows))
    shown = shown_rows(table, whole)
    assert all(may_be_shown(table[key]) for key in shown)
    if not may_be_shown(whole):
        assert not shown
    hidden = [pair for key, pair in table.items() if key not in shown and pair[1]]
    if shown and hidden:
        left = (whole[0] - sum(table[k][0] for k in shown), whole[1] - sum(table[k][1] for k in shown))
        assert may_be_shown(left), "the rest could be worked out, and is small"
        assert len(hidden) > 1, "one row alone is the difference"


@given(st.lists(pairs.filter(may_be_shown), min_size=1, max_size=8))
def test_nothing_is_hidden_where_nothing_is_small(rows: list[tuple[int, int]]) -> None:
    table = dict(enumerate(rows))
    whole = (sum(n for n, _t in rows), sum(t for _n, t in rows))
    assert not may_be_shown(whole) or shown_rows(table, whole) == frozenset(table)


def test_one_small_row_takes_the_next_smallest_with_it() -> None:
    table = {"a": (2, 9), "b": (20, 60), "c": (10, 25)}
    assert shown_rows(table, (32, 94)) == {"b"}
    assert shown_rows({"a": (2, 3), "b": (1, 2)}, (3, 5)) == frozenset()
    assert LEAST == 5
