"""Real encrypted stores and key files for the tests of the store."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Connection, func, insert, select

from eolc_desktop.models.key_file import Argon2idCost, Costs, ScryptCost
from eolc_desktop.models.opening import StorePlace
from eolc_desktop.models.store import Store, create_store, open_store
from eolc_desktop.models.tables import audit


class SetClock:
    """A clock that moves when the test says so."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 12, 14, 32, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def go_on(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture(scope="session")
def cheap() -> Costs:
    """Costs far below what a real file is believed with: given by name where a test makes and reads slots."""
    return Costs(Argon2idCost(8, 1, 1), ScryptCost(1, 1, 1))


@pytest.fixture
def place(tmp_path: Path) -> StorePlace:
    """Where a store will be."""
    return StorePlace(tmp_path / "record.db", secrets.token_bytes(32), str(uuid4()))


@pytest.fixture
def reopened(place: StorePlace) -> Iterator[Callable[[], Store]]:
    """Opens the store at `place`; whatever is still open is let go at the end."""
    opened: list[Store] = []

    def reopen() -> Store:
        opened.append(open_store(place.path, place.key, place.store_id, busy_seconds=0.05))
        return opened[-1]

    yield reopen
    for store in opened:
        store.close()


@pytest.fixture
def store(place: StorePlace) -> Iterator[Store]:
    """A new store at `place`, open."""
    store = create_store(place.path, place.key, place.store_id)
    yield store
    store.close()


@pytest.fixture
def closed(place: StorePlace) -> StorePlace:
    """A store at `place` with some hundred rows in it, closed in order."""
    store = create_store(place.path, place.key, place.store_id)
    with store.writing() as connection:
        for number in range(300):
            note(connection, f"{number} " + "something to fill a page with " * 10)
    store.close()
    return place


def note(connection: Connection, detail: str) -> None:
    """Write one row, of a table with no rules about what is in it."""
    connection.execute(insert(audit).values(at="2026-11-12", user_id="nurse-1", action="noted", detail=detail))


def notes(connection: Connection) -> int:
    """Return how many rows `note` has written."""
    return connection.execute(select(func.count()).select_from(audit)).scalar_one()
