"""Kills a process that saves, over and over, and looks each time whether an acknowledged save is missing or torn.

Run as `python -m tests.models.kills FOLDER KILLS SEED HABIT`; prints what it found as JSON. It imports once and forks
for each kill, so that a kill costs some hundredths of a second and not a start of Python.
"""

from __future__ import annotations

import gc
import json
import os
import random
import secrets
import select
import signal
import sys
import time
import traceback
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection

from eolc_desktop.care_plan.plan import Author, Edit
from eolc_desktop.errors import UserError
from eolc_desktop.models.integrity import check_store
from eolc_desktop.models.opening import StorePlace
from eolc_desktop.models.store import Store, create_store, open_store
from eolc_desktop.record import journal

PEN = journal.Pen(
    Author("nurse-1", "Jo Okafor", "district nurse", "Airedale community team"),
    datetime(2026, 11, 12, 14, 32, tzinfo=UTC),
    "laptop-1",
)
FIELDS = (("person", "family_name"), ("cpr", "decision"), ("about_me", "most_important"))
"""What each save writes together: a name that is listed and searched, a decision, and a long answer."""

PEOPLE = 7
HABITS = ("real", "acknowledges before it commits", "saves in two parts")
"""How the process saves: as the program does, or in one of two wrong ways, which must be found out."""

LONGEST_LIFE = 0.04
"""Seconds, from the first save or from opening."""

KILLS_OF_ONE_STORE = 250
FIND = (
    "SELECT person.id FROM person_search JOIN person ON person.number = person_search.rowid WHERE person_search MATCH ?"
)


@dataclass
class Found:
    """What a lane of kills found: `lost`, `torn`, `damaged` and `refused` must be 0, and `acknowledged` must not."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    torn: int = 0
    damaged: int = 0
    refused: int = 0
    checked_whole: int = 0


def save(store: Store, number: int, habit: str) -> None:
    """Save what one form holds, as the program does: all its items in one transaction, each on what stood before."""
    person_id = f"person-{number % PEOPLE}"
    parts = [FIELDS[:2], FIELDS[2:]] if habit == "saves in two parts" else [FIELDS]
    for part in parts:
        with store.writing() as connection:
            edits = []
            for section, name in part:
                _, base = journal.current_value(connection, person_id, section, "main", name)
                edits.append(Edit(section, "main", name, written(name, number), base=base))
            journal.append(connection, PEN, person_id, edits)


def written(name: str, number: int) -> str:
    """Return the value that save `number` gives to a field."""
    return f"Number{number}" + (" in her own bed" * 60 if name == "most_important" else "")


def save_for_ever(place: StorePlace, number: int, acknowledge: int, habit: str) -> None:
    """What is killed. The number of a save goes out only once the save returned."""
    store = open_store(place.path, place.key, place.store_id)
    os.write(acknowledge, b"0\n")
    while True:
        number += 1
        if habit == "acknowledges before it commits":
            os.write(acknowledge, b"%d\n" % number)
            save(store, number, habit)
        else:
            save(store, number, habit)
            os.write(acknowledge, b"%d\n" % number)
        if number % 60 == 0:
            store.checkpoint()


def live_and_die(place: StorePlace, number: int, habit: str, chance: random.Random) -> tuple[int, int]:
    """Let a process save until it is killed at a moment nobody chose; return the last number it gave, and how many."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            save_for_ever(place, number, writes, habit)
        except BaseException:  # noqa: BLE001  said, since nobody above a fork would hear it
            traceback.print_exc()
        finally:
            os._exit(1)
    os.close(writes)
    given = b""
    with ExitStack() as finally_:
        finally_.callback(os.close, reads)
        finally_.callback(os.waitpid, child, 0)
        finally_.callback(os.kill, child, signal.SIGKILL)
        # One in four may die before its first save is through; under load most would.
        lives_to_see = 1 if chance.random() < 0.25 else 2
        while given.count(b"\n") < lives_to_see:
            given += os.read(reads, 65_536) or died_by_itself()
        end = time.monotonic() + chance.random() * LONGEST_LIFE
        while (left := end - time.monotonic()) > 0 and select.select([reads], [], [], left)[0]:
            given += os.read(reads, 65_536) or died_by_itself()
        os.kill(child, signal.SIGKILL)
        while more := os.read(reads, 65_536):
            given += more
    lines = given.split(b"\n")[1:-1]
    return (int(lines[-1]) if lines else number), len(lines)


def died_by_itself() -> bytes:
    """Fail: the process was to live until it was killed."""
    raise AssertionError("the process that saves ended by itself")


def last_saved(connection: Connection) -> int:
    """Return the number of the last save that is there in any part."""
    last = connection.exec_driver_sql("SELECT value FROM change ORDER BY sequence DESC LIMIT 1").scalar()
    return number_of(last) if last else 0


def number_of(value: str) -> int:
    """Return which save wrote `value`, which is JSON text or plain."""
    return int(value.strip('"').split()[0].removeprefix("Number") or 0)


def is_torn(connection: Connection, last: int) -> bool:
    """Tell whether any save is there in part, or what follows from the journal does not follow it."""
    ask = connection.exec_driver_sql
    saves, lines = ask("SELECT count(DISTINCT save_id), count(*) FROM change").one()
    if (saves, lines) != (last, 3 * last):
        return True
    stands = {
        (who, name): number_of(value) for who, name, value in ask("SELECT person_id, field, value FROM current").all()
    }
    listed = {row.id: row.family_name for row in ask("SELECT id, family_name FROM person").all()}
    for number in range(max(1, last - PEOPLE + 1), last + 1):
        person_id = f"person-{number % PEOPLE}"
        found = ask(FIND, (f"number{number}",)).scalars().all()
        if {stands.get((person_id, name)) for _, name in FIELDS} != {number} or person_id not in found:
            return True
        if number_of(listed[person_id]) != number:
            return True
    return False


def lane(folder: Path, kills: int, seed: int, habit: str) -> Found:
    """Kill `kills` times, with a new store now and then, and return what was found."""
    chance, found = random.Random(seed), Found()
    gc.freeze()
    while found.kills < kills and not (found.lost or found.torn):
        place = StorePlace(folder / f"record-{found.kills}.db", secrets.token_bytes(32), str(uuid4()))
        store = create_store(place.path, place.key, place.store_id)
        with store.writing() as connection:
            for number in range(PEOPLE):
                journal.add_person(connection, PEN, f"person-{number}")
        store.close()
        kill_one_store(place, min(KILLS_OF_ONE_STORE, kills - found.kills), habit, chance, found)
    return found


def kill_one_store(place: StorePlace, kills: int, habit: str, chance: random.Random, found: Found) -> None:
    """Kill the process that saves to one store, and add what is there afterwards to `found`."""
    last = 0
    for _ in range(kills):
        acknowledged, times = live_and_die(place, last, habit, chance)
        found.kills += 1
        found.acknowledged += times
        last = look(place, acknowledged, found, in_order=chance.random() < 0.5, long=found.kills % 10 == 0)
        if found.lost or found.torn:
            return


def look(place: StorePlace, acknowledged: int, found: Found, *, in_order: bool, long: bool) -> int:
    """Open the store as the next start does, add what is there to `found`, and return the last save that is there.

    Afterwards the store is closed in order or, in a process of its own that just ends, not: then the log stays.
    """
    if in_order:
        return look_within(place, acknowledged, found, in_order=in_order, long=long)
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            last = look_within(place, acknowledged, found, in_order=in_order, long=long)
            os.write(writes, json.dumps([last, asdict(found)]).encode())
        except BaseException:  # noqa: BLE001  said, since nobody above a fork would hear it
            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(writes)
    with os.fdopen(reads, "rb") as said:
        answer = said.read()
    os.waitpid(child, 0)
    last, values = json.loads(answer)
    vars(found).update(values)
    return int(last)


def look_within(place: StorePlace, acknowledged: int, found: Found, *, in_order: bool, long: bool) -> int:
    """Do what `look` says."""
    try:
        store = open_store(place.path, place.key, place.store_id)
    except UserError:
        traceback.print_exc()
        found.refused += 1
        return acknowledged
    with store.reading() as connection:
        last = last_saved(connection)
        found.lost += last < acknowledged
        found.torn += is_torn(connection, last)
    if long:
        report = check_store(store.place)
        found.checked_whole += report.ok and report.complete
        found.damaged += not report.ok
    if in_order:
        store.close()
    return last


def main() -> None:
    """Run one lane."""
    folder, kills, seed, habit = sys.argv[1:]
    print(json.dumps(asdict(lane(Path(folder), int(kills), int(seed), habit))))


if __name__ == "__main__":
    main()
