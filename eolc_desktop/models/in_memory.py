"""An empty store that is on no disk, has no key, and holds nothing of anybody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from eolc_desktop.models.opening import StorePlace
from eolc_desktop.models.service_tables import metadata
from eolc_desktop.models.store import Store

NOWHERE = Path("/nowhere/record.db")


@contextmanager
def store_in_memory() -> Iterator[Store]:
    """A store with the tables of this release, for as long as the block lasts; on one thread."""
    raw = sqlcipher.connect(":memory:", isolation_level=None)
    store = Store(StorePlace(NOWHERE, b"", ""), raw)
    try:
        store.fill_with(metadata.create_all)
        yield store
    finally:
        store.abandon()
