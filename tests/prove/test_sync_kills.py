"""`eolc-desktop sync` is killed a hundred times while it exchanges with a real server: nothing is lost or doubled.

The program is the one that users start, in a process of its own, on an encrypted record with real keys. It is killed
(`kill -9`) when the server has heard a request, or has answered it, or some milliseconds later.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from eolc_desktop.app import batch
from eolc_desktop.app.opening import make_record
from eolc_desktop.care_plan.conflicts import Choice
from eolc_desktop.clock import system_clock
from eolc_desktop.models.key_file import STANDARD
from eolc_desktop.paths import Profile
from eolc_desktop.record import conflicts as conflict_tables
from eolc_desktop.services import people, plans
from eolc_desktop.services.session import Session
from eolc_desktop.services.sign_in import NewUser
from eolc_desktop.sync import settling
from eolc_desktop.sync.ports import ServerAbilities
from eolc_desktop.sync.store_ledger import StoreLedger
from tests.servers.hapi import Hapi
from tests.servers.laptops import Laptop, laptop
from tests.servers.proxy import Proxy
from tests.sessions import DOCTOR_USER

KILLS = int(os.environ.get("EOLC_SYNC_KILLS", "100"))
EACH = 4
"""How many times the program is killed before somebody records something again."""
WORDS = "lantern orchard pebble seven"
ABILITIES = ServerAbilities(begins_at_0=True, etags_in_transactions=True, lists_changes="_history")

pytestmark = [
    pytest.mark.xdist_group("hapi"),
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 needs POSIX"),
]


@dataclass
class Killer:
    """Kills the program when the server hears the request with a number, or has answered it."""

    chance: random.Random
    process: subprocess.Popen[bytes] | None = None
    at: int = 0
    passed: bool = False
    heard: int = 0
    kills: Counter[str] = field(default_factory=Counter)

    def hears(self, _number: int, passed: bool) -> None:
        self.heard += not passed
        if self.process is not None and self.heard == self.at and passed is self.passed:
            process, self.process = self.process, None
            threading.Event().wait(self.chance.choice((0.0, 0.0, 0.002, 0.01, 0.03)))
            if process.poll() is None:
                process.kill()
                self.kills["answered" if passed else "asked"] += 1


def passphrase() -> int:
    reads, writes = os.pipe()
    os.write(writes, f"{WORDS}\n".encode())
    os.close(writes)
    return reads


@contextmanager
def opened(profile: Profile) -> Iterator[Session]:
    with batch.opened(profile, passphrase(), system_clock, STANDARD) as session:
        yield session


def program(profile: Profile, *more: str, command: str = "sync") -> subprocess.Popen[bytes]:
    """Start `eolc-desktop sync`, or another of its commands."""
    reads = passphrase()
    typed = [sys.executable, "-m", "eolc_desktop", "--profile", str(profile.folder), command, *more]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    try:
        return subprocess.Popen(
            [*typed, "--passphrase-fd", str(reads)],
            pass_fds=(reads,),
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
    finally:
        os.close(reads)


def whole(profile: Profile, *more: str, command: str = "sync") -> None:
    """Run it to its end."""
    process = program(profile, *more, command=command)
    said, _ = process.communicate(timeout=300)
    assert process.returncode == 0, said.decode()


def shared_at_last(profile: Profile, address: str) -> None:
    """The first exchange, with the probe: a server that has just started may be too slow for it at first."""
    for _ in range(5):
        process = program(profile, "--server", address)
        said, _ = process.communicate(timeout=300)
        if process.returncode == 0:
            return
    raise AssertionError(said.decode())


def steps_of(session: Session, person_id: str) -> list[str]:
    return sorted(entry.text("what") for entry in plans.read_plan(session, person_id).entries("next_steps"))


def record(session: Session, person_id: str, who: str, number: int, *, decides: bool) -> None:
    """A new step, and now and then what belongs together with a decision."""
    plan = plans.read_plan(session, person_id)
    plans.save_entry(session, plan, "next_steps", "", {"what": f"{who} {number}"})
    with session.store.reading() as connection:
        undecided = conflict_tables.conflicts_of(connection, person_id, open_only=True)
    if decides and not undecided:
        plan = plans.read_plan(session, person_id)
        plans.save_entry(session, plan, "cpr", "main", {"reason": f"{who} {number}"})


def settle_all(doctor: Laptop, person_id: str) -> int:
    """The doctor settles every conflict; how many there were."""
    undecided = doctor.conflicts(person_id)
    with doctor.session.store.writing() as connection:
        ledger = StoreLedger(connection, doctor.session.pen())
        for conflict in undecided:
            settling.settle(ledger, doctor.setup, person_id, conflict.id, Choice.THEIRS, "Talked it over")
    return len(undecided)


def test_the_program_is_killed_while_it_exchanges(hapi: Hapi, tmp_path: Path) -> None:
    chance = random.Random(1948)
    killer = Killer(chance)
    profile = Profile(tmp_path / "nurse")
    make_record(profile, NewUser("Jo Okafor", "district nurse", ""), WORDS, system_clock, made_up=True).store.close()
    recorded: list[str] = []
    conflicts = 0
    with (
        Proxy(hapi.address, chance, hears=killer.hears) as proxy,
        laptop(tmp_path / "doctor", system_clock, DOCTOR_USER, hapi.address, ABILITIES) as doctor,
    ):
        with opened(profile) as session:
            values = {"family_name": "Ogden", "given_names": "Peggy", "birth_date": "1938-04-02"}
            person_id = people.add_person(session, values).plan.person_id
            plans.save_entry(session, plans.read_plan(session, person_id), "consent", "main", {"to_share": "given"})
        shared_at_last(profile, proxy.address)
        assert doctor.sync().stopped is None
        most = 6
        for number in range(KILLS):
            if number % EACH == 0:
                with opened(profile) as session:
                    record(session, person_id, "nurse", number, decides=True)
                record(doctor.session, person_id, "doctor", number, decides=number % 8 == 0)
                assert doctor.sync().stopped is None
                conflicts += settle_all(doctor, person_id)
                recorded += [f"nurse {number}", f"doctor {number}"]
            killer.heard, killer.at, killer.passed = 0, chance.randint(1, most), chance.random() < 0.7
            process = program(profile)
            killer.process = process
            said, _ = process.communicate(timeout=300)
            killer.process = None
            most = max(2, min(killer.heard + 1, 9))
            if process.returncode != -signal.SIGKILL:
                killer.kills["ended before"] += 1
                assert process.returncode == 0, said.decode()
        for _ in range(3):
            whole(profile)
            assert doctor.sync().stopped is None
            conflicts += settle_all(doctor, person_id)
        with opened(profile) as session:
            here, there = plans.read_plan(session, person_id), doctor.plan(person_id)
            assert steps_of(session, person_id) == steps_of(doctor.session, person_id) == sorted(recorded)
            assert here.value("cpr", "reason") == there.value("cpr", "reason")
            with session.store.reading() as connection:
                kept = conflict_tables.conflicts_of(connection, person_id, open_only=False)
            assert not [conflict for conflict in kept if conflict.is_open]
        assert doctor.standing(person_id).waiting_since == ""
    whole(profile, command="check")
    print(f"\nkill -9 of eolc-desktop sync: {dict(killer.kills)}, {len(recorded)} steps, {conflicts} conflicts settled")
    assert killer.kills["asked"] + killer.kills["answered"] > KILLS // 2
