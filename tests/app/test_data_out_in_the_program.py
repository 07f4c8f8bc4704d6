"""Locking, quitting and going elsewhere while data goes out: nothing of the file with everybody's plans is left."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from eolc_desktop.services import data_out
from eolc_desktop.services import people as people_services
from eolc_desktop.services.data_out import Job
from eolc_desktop.services.data_out_kinds import Kind
from eolc_desktop.services.session import Session
from eolc_desktop.views.places import Place
from tests.app.laptop import CRASH_LOG, Laptop, laptop
from tests.pages import Page
from tests.prepared_files import PreparedFiles
from tests.strictness import ExpectedLog

__all__ = ["laptop"]
PEOPLE = 6


def some(session: Session) -> None:
    for number in range(PEOPLE):
        people_services.add_person(session, {"family_name": f"Smith {number}"})


@pytest.fixture
def half_way(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Holds the second step of writing on the store's thread, until what comes back is called."""
    reached, go_on = threading.Event(), threading.Event()
    real: Callable[..., None] = data_out._note_whose

    def held(session: Session, job: Job, ids: tuple[str, ...]) -> None:
        real(session, job, ids)
        if job.done == 2:
            reached.set()
            assert go_on.wait(20)

    monkeypatch.setattr(data_out, "AT_A_TIME", 1)
    monkeypatch.setattr(data_out, "_note_whose", held)
    laptop.reached = reached  # type: ignore[attr-defined]
    return go_on.set


def writing(laptop: Laptop, path: Path, files: PreparedFiles) -> Page:
    """The program, with one file half written."""
    laptop.make(some)
    page = laptop.start()
    laptop.unlock(page)
    assert laptop.program.shell is not None
    laptop.program.shell.places.go(Place("data_out"))
    laptop.settle()
    files.paths.append(path)
    page.choose("What to take out", "The plans, as JSON: one line for each person")
    page.press("Choose where, and begin…")
    laptop.qtbot.waitUntil(laptop.reached.is_set, timeout=10_000)  # type: ignore[attr-defined]
    assert "Smith" in path.with_name(f".{path.name}.part").read_text("utf-8")
    return page


def left(path: Path) -> list[Path]:
    return [one for one in path.parent.iterdir() if path.name in one.name]


def test_locking(laptop: Laptop, half_way: Callable[[], None], tmp_path: Path, prepared_files: PreparedFiles) -> None:
    path = tmp_path / "plans.ndjson"
    page = writing(laptop, path, prepared_files)
    threading.Timer(0.3, half_way).start()  # the end waits for the store's thread
    laptop.lock(page)
    assert left(path) == []


def test_quitting(laptop: Laptop, half_way: Callable[[], None], tmp_path: Path, prepared_files: PreparedFiles) -> None:
    path = tmp_path / "plans.ndjson"
    writing(laptop, path, prepared_files)
    threading.Timer(0.3, half_way).start()
    laptop.program.end()
    assert left(path) == []


def test_going_elsewhere(
    laptop: Laptop, half_way: Callable[[], None], tmp_path: Path, prepared_files: PreparedFiles
) -> None:
    path = tmp_path / "plans.ndjson"
    writing(laptop, path, prepared_files)
    assert laptop.program.shell is not None
    laptop.program.shell.show_today()
    half_way()
    laptop.settle()
    assert left(path) == []


def test_stopping(laptop: Laptop, half_way: Callable[[], None], tmp_path: Path, prepared_files: PreparedFiles) -> None:
    path = tmp_path / "plans.ndjson"
    page = writing(laptop, path, prepared_files)
    page.press("Stop")
    half_way()
    page.wait_until_says("Stopped. Nothing of the file was left behind.")
    assert left(path) == []


def test_a_fault_of_the_program(
    laptop: Laptop,
    half_way: Callable[[], None],
    tmp_path: Path,
    prepared_files: PreparedFiles,
    monkeypatch: pytest.MonkeyPatch,
    expected_log: ExpectedLog,
) -> None:
    path = tmp_path / "plans.ndjson"
    expected_log.expect(CRASH_LOG)
    expected_log.expect(CRASH_LOG, logging.CRITICAL)
    page = writing(laptop, path, prepared_files)

    def fails(*_given: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(data_out, "_written", fails)
    half_way()
    page.wait_until_says("The program met a fault.")
    assert left(path) == []


def test_a_program_that_was_killed_before_left_half_a_file_that_is_removed_and_said(
    laptop: Laptop, tmp_path: Path
) -> None:
    """As `tests/services/test_private_file.py` shows with a process that is really killed."""
    path = tmp_path / "plans.ndjson"

    def cut_off(session: Session) -> None:
        some(session)
        job = data_out.begin(session, Kind.JSON, path)
        job.ids = (*job.ids, *job.ids, *job.ids, *job.ids)  # more than one step writes
        data_out.go_on(session, job)

    laptop.make(cut_off)
    assert left(path)
    page = laptop.start()
    laptop.unlock(page)
    page.wait_until_says("The program was ended while it saved a file in")
    assert left(path) == []
    page.press("Close message")
    laptop.lock(page)
    again = laptop.start()
    laptop.unlock(again)
    laptop.settle()
    assert not again.says("The program was ended while it saved a file in")
