"""What a seal covers is digested line by line, however the lines are written down on the way."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from eolc_desktop.models.sealing import digest_of

WORDS = st.text(st.sampled_from('a[],"\\\n{} é'), max_size=8) | st.sampled_from(["],[", '"],["', "x],[y", "]\n["])
LINES = st.lists(st.tuples(st.integers(0, 9), WORDS, st.none() | WORDS), max_size=5)


def one_by_one(lines: Sequence[tuple[int, str, str | None]]) -> str:
    """The digest as every record that exists was sealed with."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    return digest.hexdigest()


@given(LINES)
def test_all_together_it_is_the_same_as_one_by_one(lines: Sequence[tuple[int, str, str | None]]) -> None:
    assert digest_of(lines) == digest_of(iter(lines)) == one_by_one(lines)


def test_where_one_line_ends_cannot_be_moved_into_its_words() -> None:
    """Two lines, and one whose words look like the end of one and the beginning of another."""
    two = [(1, "a", None), (2, "b", None)]
    looks_like_it = [(1, 'a",null],[2,"b', None)]
    assert digest_of(two) != digest_of(looks_like_it)
    assert digest_of(looks_like_it) == one_by_one(looks_like_it)
