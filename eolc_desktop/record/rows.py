"""How values, moments and authors are written into rows of the store and read back."""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.plan import Author, Source, Told

_SOURCES: Mapping[str, Source] = {source.value: source for source in Source}
_ENCODE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
"""Made once: a pull writes thousands of values."""


def to_text(value: Value) -> str:
    """A value as canonical JSON: equal values give equal text."""
    return _ENCODE(value)


def from_text(text: str) -> Value:
    """The value that `to_text` wrote."""
    if text.startswith('"') and "\\" not in text:
        return text[1:-1]  # most values are plain text, and a plan holds thousands
    value: Value = json.loads(text)
    return value


def moment_text(moment: datetime) -> str:
    """A moment as text that sorts by time: UTC, ISO 8601, to the microsecond. Raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be recorded")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment_of(text: str) -> datetime:
    """The moment that `moment_text` wrote."""
    return datetime.fromisoformat(text)


class _Ids:
    """UUIDs of version 7 (RFC 9562): 48 bits of milliseconds, 12 that count within one, 62 of chance."""

    def __init__(self) -> None:
        self._last = 0
        self._guard = threading.Lock()

    def next(self) -> UUID:
        with self._guard:
            # It only grows, also where the clock stands still or is put back.
            self._last = max(time.time_ns() // 1_000_000 << 12, self._last + 1)
            moment, count = divmod(self._last, 1 << 12)
        return UUID(int=moment << 80 | 7 << 76 | count << 64 | 2 << 62 | secrets.randbits(62))


_IDS = _Ids()


def new_id() -> str:
    """An id that no other laptop makes, though they never met. Those of one laptop sort by when they were made.

    So whoever receives several entries at once has them in the order in which they were added.
    """
    return _IDS.next().hex


def author_of(row: Any) -> Author:
    """The author of a row of the journal."""
    return Author(row.author_id, row.author_name, row.author_role, row.author_organisation)


def told_of(row: Any) -> Told:
    """The source of a row of the journal."""
    return Told(_SOURCES[row.source], row.source_detail)


class Envelopes:
    """Makes the parts of envelopes that many items of one plan share, each once: authors, sources, moments."""

    def __init__(self) -> None:
        self._authors: dict[tuple[str, str, str, str], Author] = {}
        self._told: dict[tuple[str, str], Told] = {}
        self._moments: dict[str, datetime] = {}

    def author(self, user_id: str, name: str, role: str, organisation: str) -> Author:
        """The author with these details."""
        key = (user_id, name, role, organisation)
        if key not in self._authors:
            self._authors[key] = Author(*key)
        return self._authors[key]

    def told(self, source: str, detail: str) -> Told:
        """The source in these words."""
        key = (source, detail)
        if key not in self._told:
            self._told[key] = Told(Source(source), detail)
        return self._told[key]

    def moment(self, text: str) -> datetime:
        """The moment that was written so."""
        if text not in self._moments:
            self._moments[text] = moment_of(text)
        return self._moments[text]
