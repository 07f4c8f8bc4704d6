"""Locking and the end: what is kept, what is gone afterwards, and what locks by itself."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from eolc_desktop import policy
from eolc_desktop.app.window import LOCKED, LOCKED_AT
from eolc_desktop.desktop.settings import Loaded, Settings
from eolc_desktop.desktop.single_instance import SingleInstance
from eolc_desktop.services import plans
from eolc_desktop.views.unlock import UnlockPage
from tests.app.laptop import Laptop, add_peggy, laptop

__all__ = ["laptop"]


def test_locking_covers_at_once_keeps_what_was_typed_and_starts_afresh(laptop: Laptop) -> None:
    laptop.make(add_peggy)
    page = laptop.start()
    laptop.unlock(page)
    page.key("Ctrl+N")
    page.keys("Nowak")
    page.key("Ctrl+L")
    assert laptop.window is not None
    assert isinstance(laptop.window.page, UnlockPage), "the cover is there before anything else happens"
    assert not page.says("Nowak")
    assert laptop.window.windowTitle() == "Locked – EoLC Desktop"
    laptop.qtbot.waitUntil(lambda: bool(laptop.replaced), timeout=10_000)
    assert laptop.replaced == [(LOCKED,)]
    assert os.environ[LOCKED_AT] == "14:32"
    drafts = laptop.read(lambda session: plans.kept_drafts(session))
    assert [draft.values["family_name"] for draft in drafts] == ["Nowak"]  # type: ignore[attr-defined]


def test_after_locking_nothing_runs_and_the_profile_is_free(laptop: Laptop) -> None:
    laptop.make()
    page = laptop.start()
    laptop.unlock(page)
    laptop.lock(page)
    names = [thread.name for thread in threading.enumerate()]
    assert not [name for name in names if name.startswith(("store-", "free-"))]
    other = SingleInstance(laptop.profile.lock)
    assert other.claim()
    other.release()
    assert not laptop.profile.store.with_name("record.db-wal").exists(), "the main file alone is the whole record"


def test_what_comes_back_while_it_locks_asks_for_nothing_more(laptop: Laptop) -> None:
    """Otherwise the record would be read after it was closed: a fault, for whoever locks at the wrong moment."""
    laptop.make(add_peggy)
    page = laptop.start()
    laptop.unlock(page)
    laptop.program._cover("Locking…")
    laptop.program._upkeep._on_some_ready(True)
    laptop.program._upkeep._on_time_to_look()
    desk = laptop.program.desk
    assert desk is not None
    desk.run("what a view asks for late", lambda session: plans.kept_drafts(session))
    laptop.settle()
    laptop.program._start_afresh()
    assert laptop.replaced == [(LOCKED,)]


def test_the_same_user_is_offered_the_same_person_with_a_check_of_who_that_is(laptop: Laptop) -> None:
    ids: list[str] = []
    laptop.make(lambda session: ids.append(add_peggy(session)))
    page = laptop.start()
    laptop.unlock(page)
    assert laptop.program.shell is not None
    laptop.program.shell.show_person(ids[0])
    page.wait_until_says("SMITH, Margaret Rose")
    laptop.settle()
    laptop.lock(page)
    again = laptop.start(locked_at="14:32")
    assert again.says("Locked at 14:32. What you were writing is kept.")
    assert not again.says("SMITH"), "a locked screen names nobody"
    laptop.unlock(again)
    again.wait_until_has("Continue with SMITH, Margaret Rose")
    assert again.says("Born 05-Apr-1941 (85y) · NHS No. 999\u00a0000\u00a00018")
    laptop.qtbot.waitUntil(lambda: again.focused_name() == "Continue with SMITH, Margaret Rose", timeout=5000)
    again.key(Qt.Key.Key_Space)
    assert laptop.program.shell is not None
    assert laptop.program.shell.places.place.person_id == ids[0]


def test_locking_from_a_list_offers_nobody(laptop: Laptop) -> None:
    laptop.make(add_peggy)
    page = laptop.start()
    laptop.unlock(page)
    page.key("Ctrl+2")
    laptop.settle()
    laptop.lock(page)
    again = laptop.start(locked_at="14:32")
    laptop.unlock(again)
    again.wait_until_has("Changed last")
    assert not again.says("Continue with")


def pass_quietly(laptop: Laptop, seconds: int) -> None:
    """Let time go by without a key, as the idle lock sees it: a longer gap between two looks would mean sleep."""
    for _ in range(seconds // 5):
        laptop.clock.advance(seconds=5)
        laptop.program._idle._on_time()


def test_a_computer_that_slept_is_locked_before_anything_is_seen(laptop: Laptop) -> None:
    laptop.make()
    page = laptop.start()
    laptop.unlock(page)
    laptop.clock.advance(hours=8)
    page.key("Ctrl+2")
    assert laptop.window is not None
    assert isinstance(laptop.window.page, UnlockPage)
    laptop.qtbot.waitUntil(lambda: bool(laptop.replaced), timeout=10_000)


def test_it_locks_by_itself_when_nobody_is_there(laptop: Laptop) -> None:
    laptop.make()
    page = laptop.start()
    laptop.unlock(page)
    pass_quietly(laptop, seconds=275)
    assert page.says("press any key to go on")
    assert laptop.replaced == []
    pass_quietly(laptop, seconds=30)
    laptop.qtbot.waitUntil(lambda: bool(laptop.replaced), timeout=10_000)


def test_the_organisations_minutes_hold_whatever_was_chosen(
    laptop: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "policy.toml"
    path.write_text("longest_idle_minutes = 2", encoding="utf-8")
    path.chmod(0o644)
    monkeypatch.setattr(policy, "policy_file", lambda: path)
    laptop.make()
    page = laptop.start(loaded=Loaded(Settings(idle_minutes=15)))
    laptop.unlock(page)
    assert laptop.program.shell is not None
    laptop.program.shell.settings_chosen.emit(Settings(idle_minutes=14))
    pass_quietly(laptop, seconds=130)
    laptop.qtbot.waitUntil(lambda: bool(laptop.replaced), timeout=10_000)


def test_a_policy_that_cannot_be_read_is_said_after_unlocking(
    laptop: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "policy.toml"
    path.write_text("longest_idle_minutes = ", encoding="utf-8")
    path.chmod(0o644)
    monkeypatch.setattr(policy, "policy_file", lambda: path)
    laptop.make()
    page = laptop.start()
    laptop.unlock(page)
    assert page.says("policy file could not be read")
    assert page.says("printing goes on")


def test_help_is_there_before_anybody_is_signed_in(laptop: Laptop) -> None:
    laptop.make()
    page = laptop.start()
    page.key("F1")
    assert page.says("The first morning")
    assert page.says("Type your passphrase and press Enter")
    page.key(Qt.Key.Key_Escape)
    assert not page.says("The first morning")
    laptop.unlock(page)


def test_a_key_keeps_it_open(laptop: Laptop) -> None:
    laptop.make()
    page = laptop.start()
    laptop.unlock(page)
    pass_quietly(laptop, seconds=275)
    assert page.says("press any key to go on")
    page.key(Qt.Key.Key_Shift)
    assert not page.says("press any key to go on")
    assert laptop.replaced == []


def test_closing_the_window_keeps_what_was_typed(laptop: Laptop) -> None:
    laptop.make()
    page = laptop.start()
    laptop.unlock(page)
    page.key("Ctrl+N")
    page.keys("Nowak")
    page.key("Ctrl+Q")
    drafts = laptop.read(lambda session: plans.kept_drafts(session))
    assert [draft.values["family_name"] for draft in drafts] == ["Nowak"]  # type: ignore[attr-defined]


def test_the_title_of_a_made_up_record_says_so(laptop: Laptop) -> None:
    laptop.make(made_up=True)
    page = laptop.start()
    laptop.unlock(page)
    assert laptop.window is not None
    assert laptop.window.windowTitle() == "Today (made-up people) – EoLC Desktop"
    page.key("Ctrl+2")
    assert laptop.window.windowTitle() == "Caseload (made-up people) – EoLC Desktop"
