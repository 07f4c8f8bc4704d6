"""The second place for backups, and a backup put back, in the program as it runs: what the screen says, and then."""

from __future__ import annotations

from pathlib import Path

import pytest

from eolc_desktop.app.opening import begin_session
from eolc_desktop.models.backup import list_backups
from eolc_desktop.models.ways import by_passphrase
from eolc_desktop.services import backups, restoring
from eolc_desktop.services.session import Session
from tests.app.laptop import CHEAP, WORDS, Laptop, add_peggy, laptop

__all__ = ["laptop"]
pytestmark = pytest.mark.hazard("H09")
STICK_GONE = "could not be copied to the second place"


def with_a_stick(laptop: Laptop, stick: Path) -> None:
    stick.mkdir()

    def fill(session: Session) -> None:
        add_peggy(session)
        backups.set_second_place(session, str(stick))

    laptop.make(fill)


def test_a_stick_that_is_not_there_is_told_and_gets_its_copy_when_it_is_back(laptop: Laptop, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    with_a_stick(laptop, stick)
    stick.rmdir()
    page = laptop.start()
    laptop.unlock(page)
    laptop.program._upkeep._on_time_to_back_up()
    page.wait_until_says(STICK_GONE, 20_000)
    assert page.says("The record and its backups on this laptop are safe.")
    assert len(list_backups(laptop.profile.backups)) == 1
    assert laptop.program.shell is not None
    laptop.program.shell.show_settings()
    page.wait_until_says("This folder cannot be reached now")
    stick.mkdir()
    laptop.program._upkeep._on_time_to_back_up()
    laptop.qtbot.waitUntil(lambda: len(list_backups(stick)) == 1, timeout=20_000)
    laptop.program.shell.show_today()
    laptop.program.shell.show_settings()
    page.wait_until_says("The newest backup there is of 12-Nov-2026 14:32.")


def test_after_a_restore_the_window_says_what_is_not_in_it(laptop: Laptop, tmp_path: Path) -> None:
    with_a_stick(laptop, tmp_path / "stick")
    laptop.read(lambda session: backups.back_up(session))
    laptop.clock.advance(days=3)
    (backup,) = list_backups(laptop.profile.backups)
    opened = restoring.restore(laptop.profile, backup, by_passphrase(WORDS), laptop.clock, costs=CHEAP)
    session = begin_session(opened.store, opened.user_id, laptop.profile, laptop.clock)
    restoring.note_restored(session, backup.made_at, is_new_laptop=True)
    opened.store.close()
    page = laptop.start()
    laptop.unlock(page)
    page.wait_until_says("This record was put back from the backup of 12-Nov-2026 14:32.")
    assert page.says("compare with the paper in the houses"), "where there is no shared record to compare it with"
    assert not page.says("Sharing waits")
