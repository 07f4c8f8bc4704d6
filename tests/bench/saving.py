"""Saving one item, against the same rows written by bare sqlcipher3, with the same settings, into a copy."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.models.opening import connect
from eolc_desktop.models.tables import change, current
from eolc_desktop.record.rows import new_id
from eolc_desktop.services import plans
from tests.bench.bench import Bench
from tests.bench.figures import Figure, median, p95
from tests.bench.stores import SEED

LIMIT = 4.0
SECTION, FIELD = "about_me", "most_important"
WORDS = "My own bed, the window open, and {} at four in the afternoon. Nothing else comes near it, and no more needles."

_CHANGE_COLUMNS = [column.name for column in change.columns]
_CURRENT_COLUMNS = [column.name for column in current.columns]


def measure(bench: Bench) -> Iterator[Figure]:
    """Save one item through the service, and its rows without it, by turns, each into a copy of its own."""
    kept = bench.stores.of(2_000)
    session = kept.copied_to(bench.new_folder() / "ours").open()
    peer = _Bare(connect(kept.copied_to(bench.new_folder() / "bare").place))
    ours, bare = [], []
    try:
        for turn, row in enumerate(Random(SEED).choices(kept.rows, k=bench.times(300, 60))):
            plan = plans.read_plan(session, row.id)
            words = WORDS.format(f"tea number {turn}")
            began = time.monotonic_ns()
            result = plans.save_entry(session, plan, SECTION, MAIN, {FIELD: words})
            ours.append((time.monotonic_ns() - began) / 1e9)
            rows = _rows_written(session, result.saved.save_id)
            bare.append(peer.save(*rows))
    finally:
        session.store.close()
        peer.close()
    yield Figure(
        "save one item",
        median(ours) / median(bare),
        "×",
        LIMIT,
        f"median {median(ours) * 1000:.1f} ms, p95 {p95(ours) * 1000:.1f} ms; bare sqlcipher3, the same three rows, "
        f"{median(bare) * 1000:.1f} ms; {len(ours)} each, by turns",
    )


class _Bare:
    """Writes the rows of a save with the driver alone: no SQLAlchemy, no checks, nothing read."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._sequence = int(connection.execute("SELECT max(sequence) FROM change").fetchone()[0])
        self._change = _insert("change", _CHANGE_COLUMNS)
        self._current = _insert("current", _CURRENT_COLUMNS) + (
            " ON CONFLICT (person_id, section, entry, field) DO UPDATE SET value = excluded.value,"
            " parent = excluded.parent, set_by = excluded.set_by, confirmed_by = NULL"
        )
        self._person = "UPDATE person SET version = version + 1, last_change_at = ?, last_change_by = ? WHERE id = ?"

    def save(self, change_row: Sequence[Any], current_row: Sequence[Any], person_row: Sequence[Any]) -> float:
        """Write the rows in one transaction, committed to the disk; return the seconds it took."""
        self._sequence += 1
        new = {"sequence": self._sequence, "id": new_id(), "set_by": self._sequence}
        line = [new.get(name, value) for name, value in zip(_CHANGE_COLUMNS, change_row, strict=True)]
        value = [new.get(name, value) for name, value in zip(_CURRENT_COLUMNS, current_row, strict=True)]
        began = time.monotonic_ns()
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute(self._change, line)
        self._connection.execute(self._current, value)
        self._connection.execute(self._person, person_row)
        self._connection.execute("COMMIT")
        return (time.monotonic_ns() - began) / 1e9

    def close(self) -> None:
        """Close the copy."""
        self._connection.close()


def _insert(table: str, columns: Sequence[str]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


def _rows_written(session: Any, save_id: str) -> tuple[Sequence[Any], Sequence[Any], Sequence[Any]]:
    """The rows that a save of one item wrote, in the order of the tables' columns."""
    with session.store.reading() as connection:
        line = connection.exec_driver_sql("SELECT * FROM change WHERE save_id = ?", (save_id,)).one()
        value = connection.exec_driver_sql("SELECT * FROM current WHERE set_by = ?", (line.sequence,)).one()
        person = connection.exec_driver_sql(
            "SELECT last_change_at, last_change_by, id FROM person WHERE id = ?", (line.person_id,)
        ).one()
    return tuple(line), tuple(value), tuple(person)
