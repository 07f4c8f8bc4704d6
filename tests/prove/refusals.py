"""Saves while the disk refuses one thing after another, and says what became of each save.

Run as `python -m tests.prove.refusals FOLDER KIND ERROR STAYS HALVES` with `refuse_writes.so` loaded before the C
library: refuses the first thing of that kind (w: write, s: sync, t: cut), then the second, … and prints the verdicts.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sys
import traceback
from collections import Counter
from pathlib import Path

from eolc_desktop.errors import StoreFull
from eolc_desktop.models import opening
from eolc_desktop.models.integrity import check_store
from eolc_desktop.models.opening import StorePlace
from eolc_desktop.models.store import create_store, open_store
from eolc_desktop.record import journal
from tests.models.kills import PEN, PEOPLE, number_of, save

KEY = bytes(range(32))
STORE_ID = "5f0c3b0e-8f27-4c1f-9a3a-0d8f6f2a7b11"
SAVES = 8


def judge(folder: Path, kind: str, which: int, error: int, stays: int, halves: int) -> tuple[str, int]:
    """Save with the `which`-th thing refused; return the verdict, and how many things of that kind there were."""
    disk = ctypes.CDLL(None)
    place = StorePlace(folder / "record.db", KEY, STORE_ID)
    disk.refuse(str(folder).encode(), ctypes.c_char(kind.encode()), ctypes.c_long(which), error, stays, halves)
    try:
        store = open_store(place.path, KEY, STORE_ID)
    except StoreFull:
        disk.refuse(b"", ctypes.c_char(b"-"), ctypes.c_long(0), 0, 0, 0)
        open_store(place.path, KEY, STORE_ID).close()
        return "told at opening", 0
    saved, refused = set(), set()
    for number in range(1, SAVES + 1):
        try:
            save(store, number, "real")
            saved.add(number)
        except StoreFull:
            refused.add(number)
    count = int(disk.count())
    disk.refuse(b"", ctypes.c_char(b"-"), ctypes.c_long(0), 0, 0, 0)
    save(store, SAVES + 1, "real")
    saved.add(SAVES + 1)
    if not check_store(place, full=True).ok:
        return "damaged", count
    store.close()
    store = open_store(place.path, KEY, STORE_ID)
    with store.reading() as connection:
        lines = Counter(number_of(value) for (value,) in connection.exec_driver_sql("SELECT value FROM change").all())
    store.close()
    if not saved <= set(lines):
        return "lost", count
    if refused & set(lines):
        return "kept though refused", count
    if set(lines.values()) != {3}:
        return "torn", count
    return ("told, and whole" if refused else "whole"), count


def in_a_process_of_its_own(template: Path, folder: Path, *how: int | str) -> tuple[str, int]:
    """Judge in a fork, on a fresh copy of the store."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template, folder)
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            kind, which, error, stays, halves = how
            verdict = judge(folder, str(kind), int(which), int(error), int(stays), int(halves))
            os.write(writes, json.dumps(verdict).encode())
        except BaseException:  # noqa: BLE001  said, since nobody above a fork would hear it
            traceback.print_exc()
            os.write(writes, json.dumps(("a fault of the program", 0)).encode())
        finally:
            os._exit(0)
    os.close(writes)
    with os.fdopen(reads, "rb") as said:
        verdict, count = json.loads(said.read())
    os.waitpid(child, 0)
    return str(verdict), int(count)


def main() -> None:
    """Refuse every thing of one kind, one after the other."""
    folder, kind, error, stays, halves = Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:6])
    small = [line for line in opening.SETTINGS if not line.startswith("wal_autocheckpoint")]
    opening.SETTINGS = (*small, "wal_autocheckpoint = 16")
    template = folder / "template"
    template.mkdir()
    store = create_store(template / "record.db", KEY, STORE_ID)
    with store.writing() as connection:
        for number in range(PEOPLE):
            journal.add_person(connection, PEN, f"person-{number}")
    store.close()
    verdict, things = in_a_process_of_its_own(template, folder / "work", kind, 10**9, error, stays, halves)
    assert verdict == "whole"
    verdicts: Counter[str] = Counter()
    for which in range(1, things + 1):
        verdict, _ = in_a_process_of_its_own(template, folder / "work", kind, which, error, stays, halves)
        verdicts[verdict] += 1
    print(json.dumps(verdicts))


if __name__ == "__main__":
    main()
