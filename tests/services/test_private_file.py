"""A program that is ended while it saves a file leaves nothing of it for good: the next unlocking removes it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

import eolc_desktop
from eolc_desktop.app.opening import begin_session
from eolc_desktop.errors import PrintFailed, StoreFull
from eolc_desktop.paths import Profile
from eolc_desktop.record import audit, users
from eolc_desktop.services import people, private_file, restoring
from eolc_desktop.services.after_unlocking import after_unlocking
from eolc_desktop.services.private_file import BEING_WRITTEN, clear_left_behind, part_of
from eolc_desktop.services.session import Session
from tests.fixed_clock import FixedClock
from tests.services.ended_while_saving import WAYS
from tests.services.laptop import CHEAP, Laptop

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)
"""Ends a process at once; on Windows any signal does."""


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    made = Laptop(Profile(tmp_path / "profile"))
    yield made
    made.lock()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def unlocked(laptop: Laptop) -> Session:
    opened = laptop.unlock()
    return begin_session(opened.store, opened.user_id, laptop.profile, laptop.clock, costs=CHEAP)


def end_half_way(laptop: Laptop, out: Path, how: str) -> None:
    """A record with three people, and a program on it that is killed while it saves."""
    made = laptop.first_run()
    session = begin_session(made.store, made.user_id, laptop.profile, laptop.clock, costs=CHEAP)
    for name in ("Quixworth", "Quixby", "Quixley"):
        people.add_person(session, {"family_name": name})
    laptop.lock()
    ran = subprocess.Popen(
        [sys.executable, "-m", "tests.services.ended_while_saving", str(laptop.profile.folder), str(out), how],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with ran:
        assert ran.stdout is not None
        assert ran.stdout.readline() == "half\n"
        os.kill(ran.pid, KILL)
        ran.wait(20)


def kept_note(session: Session) -> str:
    with session.store.reading() as connection:
        return users.known(connection, BEING_WRITTEN)


def noted(session: Session) -> list[dict[str, object]]:
    with session.store.reading() as connection:
        return [dict(line.detail) for line in audit.lines(connection) if line.action == "removed half a file"]


@pytest.mark.parametrize("how", WAYS)
def test_what_a_killed_program_left_is_removed_at_the_next_unlocking_and_said(
    laptop: Laptop, stick: Path, how: str
) -> None:
    out = stick / "saved"
    end_half_way(laptop, out, how)
    (left,) = stick.iterdir()
    assert left == part_of(out)
    if how == "data out":
        assert b"Quix" in left.read_bytes(), "the plans, in the clear"
    session = unlocked(laptop)
    said = after_unlocking(session)
    assert list(stick.iterdir()) == []
    assert f"while it saved a file in {stick}. What was there of it has been removed" in said
    assert noted(session) == [{"removed": 1, "never_found": 0}]
    assert kept_note(session) == ""
    assert after_unlocking(session) == "", "it is said once"


def test_a_stick_that_is_away_is_looked_for_until_it_is_back(laptop: Laptop, stick: Path, tmp_path: Path) -> None:
    end_half_way(laptop, stick / "saved", "data out")
    away = stick.rename(tmp_path / "in somebody's pocket")
    session = unlocked(laptop)
    for _ in range(2):
        assert f"a file in {stick}, where nothing can be removed now" in clear_left_behind(session)
    away.rename(stick)
    assert "has been removed" in clear_left_behind(session)
    assert list(stick.iterdir()) == []


def test_a_stick_that_never_comes_back_is_given_up_after_a_month_and_that_is_noted(
    laptop: Laptop, stick: Path, tmp_path: Path
) -> None:
    end_half_way(laptop, stick / "saved", "data out")
    stick.rename(tmp_path / "lost")
    session = unlocked(laptop)
    with session.store.reading() as connection:
        (begun,) = private_file._noted(connection).values()
    laptop.now = begun + timedelta(days=29)
    assert clear_left_behind(session)
    laptop.now = begun + timedelta(days=31)
    assert clear_left_behind(session) == ""
    assert noted(session) == [{"removed": 0, "never_found": 1}]
    assert kept_note(session) == ""


def test_a_new_laptop_does_not_look_for_files_of_the_old_one(session: Session, clock: FixedClock, stick: Path) -> None:
    private_file.begin(session, stick / "saved")
    restoring.note_restored(session, clock(), is_new_laptop=True)
    assert clear_left_behind(session) == ""
    assert part_of(stick / "saved").exists(), "it is no file of this laptop's"


def test_a_file_that_is_whole_leaves_no_note(session: Session, stick: Path) -> None:
    out = stick / "saved"
    private_file.write_private(session, out, b"a plan")
    assert out.read_bytes() == b"a plan"
    assert [out] == list(stick.iterdir())
    assert kept_note(session) == ""
    if os.name == "posix":
        assert out.stat().st_mode & 0o077 == 0


def test_it_is_noted_before_its_first_byte_is_there(
    session: Session, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A record that takes no note lets nothing be written either."""

    def full() -> None:
        raise StoreFull("The disk is full.")

    monkeypatch.setattr(session.store, "_mark_in_use", full)
    with pytest.raises(StoreFull):
        private_file.write_private(session, stick / "saved", b"a plan")
    assert list(stick.iterdir()) == []


def test_what_stood_there_under_that_name_is_not_written_into(session: Session, stick: Path) -> None:
    other = stick / "what others read"
    other.write_bytes(b"")
    part_of(stick / "saved").symlink_to(other)
    private_file.write_private(session, stick / "saved", b"a plan")
    assert other.read_bytes() == b""


def test_where_nothing_could_be_begun_nothing_is_looked_for(session: Session, tmp_path: Path) -> None:
    with pytest.raises(PrintFailed):
        private_file.write_private(session, tmp_path / "no folder" / "saved", b"a plan")
    assert kept_note(session) == ""


def test_a_stick_pulled_out_while_a_file_is_written_is_looked_for(
    session: Session, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = private_file._fill
    away = stick.with_name("in somebody's pocket")

    def pulled_out(part: Path, content: bytes) -> None:
        real(part, content[:3])
        stick.rename(away)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(private_file, "_fill", pulled_out)
    with pytest.raises(PrintFailed):
        private_file.write_private(session, stick / "saved", b"a plan")
    assert "where nothing can be removed now" in clear_left_behind(session)
    away.rename(stick)
    assert "has been removed" in clear_left_behind(session)
    assert list(stick.iterdir()) == []


WRITES = re.compile(r"O_CREAT|write_bytes|write_text|QSaveFile|QFile\(|open\(\s*[\"'][wax]|mkstemp|NamedTemporaryFile")
WRITTEN_BY = {
    "services/private_file.py": "what leaves, and the reason for this test",
    "app/recovery_code_paper.py": "a code, under the name its user chose: nothing of anybody",
    "app/demo.py": "made-up people",
    "models/opening.py": "the record, encrypted",
    "models/key_file.py": "the keys, wrapped",
    "desktop/settings.py": "how the window looks",
    "desktop/crash.py": "faults, without a word of a record",
    "logs.py": "what the program does, without a word of a record",
}


def test_every_file_that_leaves_is_written_in_one_place() -> None:
    """A service that is added tomorrow and opens a file of its own would leave half of it to whoever finds it."""
    folder = Path(eolc_desktop.__file__).parent
    found = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        if WRITES.search(path.read_text(encoding="utf-8"))
    }
    assert found == set(WRITTEN_BY)
