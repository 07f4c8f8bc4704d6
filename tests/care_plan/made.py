"""Plans made in memory for the tests of rules: values by section, with dates, sources and parents where a test asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from hypothesis import strategies as st

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.fields import MAIN, Value
from eolc_desktop.care_plan.plan import NOT_STATED, Entry, Item, Plan, Told
from tests.authors import AT, NURSE

Values: TypeAlias = Mapping[str, Value]

PARENT = "_parent"
"""The key under which a test names the parent of an entry."""


def made_plan(
    sections: Mapping[str, Values | Sequence[Values]],
    *,
    days_ago: Mapping[str, int] | None = None,
    told: Told = NOT_STATED,
    now: datetime = AT,
) -> Plan:
    """A plan from values by section.

    A section that does not repeat has its values; one that repeats a list of them, whose entries are called "1", "2"
    and so on (so do the six commitments). `days_ago` says how long ago the items of a section were recorded.
    """
    made: dict[str, tuple[Entry, ...]] = {}
    for key, given in sections.items():
        at = now - timedelta(days=(days_ago or {}).get(key, 0))
        rows = {MAIN: given} if isinstance(given, Mapping) else {str(n): row for n, row in enumerate(given, 1)}
        made[key] = tuple(
            Entry(
                entry_id,
                key,
                {
                    name: Item(value, f"{key}-{entry_id}-{name}", at, NURSE, told)
                    for name, value in row.items()
                    if name != PARENT
                },
                parent=str(row.get(PARENT, "")),
            )
            for entry_id, row in rows.items()
        )
    return Plan("person-1", built_in(), made, 1, now)


any_json: st.SearchStrategy[object] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False)
    | st.text(st.characters(codec=None), max_size=40)
    | st.sampled_from(["2026", "2026-02-30", "0000-01-01", "9999-12", "0001-01-01T00:00:00+14:00", "٢٠٢٦", "absent"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["absent", "text", "code", "system", "x"]) | st.text(max_size=5), inner)
    ),
    max_leaves=8,
)
"""Whatever a JSON file could hold, halves of characters and impossible dates too."""
