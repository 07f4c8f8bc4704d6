"""How values, moments and authors are written into rows of the store and read back."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.plan import Author, Source, Told


def to_text(value: Value) -> str:
    """A value as canonical JSON: equal values give equal text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_text(text: str) -> Value:
    """The value that `to_text` wrote."""
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


def new_id() -> str:
    """A random id, the same on any number of laptops that never met."""
    return uuid4().hex


def author_of(row: Any) -> Author:
    """The author of a row of the journal."""
    return Author(row.author_id, row.author_name, row.author_role, row.author_organisation)


def told_of(row: Any) -> Told:
    """The source of a row of the journal."""
    return Told(Source(row.source), row.source_detail)
