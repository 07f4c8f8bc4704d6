"""A real encrypted store for the tests of the record."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from eolc_desktop.care_plan.plan import Author
from eolc_desktop.models.store import Store, create_store
from eolc_desktop.record.journal import Pen

NURSE = Author("nurse-1", "Jo Okafor", "district nurse", "Airedale community team")
DOCTOR = Author("doctor-1", "Dr A Khan", "consultant", "Hill Hospice")
AT = datetime(2026, 11, 12, 14, 32, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = create_store(tmp_path / "record.db", secrets.token_bytes(32), "store-1")
    yield store
    store.close()


@pytest.fixture
def pen() -> Pen:
    return Pen(NURSE, AT, "laptop-1")
