"""A real encrypted store for the tests of the record."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from eolc_desktop.models.store import Store, create_store
from eolc_desktop.record.journal import Pen
from tests.authors import AT, NURSE


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = create_store(tmp_path / "record.db", secrets.token_bytes(32), str(uuid4()))
    yield store
    store.close()


@pytest.fixture
def pen() -> Pen:
    return Pen(NURSE, AT, "laptop-1")
