"""A plan is read at the bedside although the disk is full, the folder is read-only, or the record is damaged."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import pytest

from eolc_desktop.app.opening import begin_session
from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.errors import NotAllowed, StoreError, WrongPassphrase
from eolc_desktop.paths import Profile
from eolc_desktop.services import backups, emergency, people, plans, settings
from eolc_desktop.services.emergency import EmergencyReading
from tests.services.laptop import CHEAP, GOOD, OTHER, Laptop

pytestmark = pytest.mark.hazard("H10")


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    made = Laptop(Profile(tmp_path / "profile"))
    yield made
    made.lock()


@pytest.fixture
def who(laptop: Laptop) -> str:
    """A record with one plan and a backup; then a save that is only in the log, as after a power cut."""
    first = laptop.first_run()
    session = begin_session(first.store, first.user_id, laptop.profile, laptop.clock, costs=CHEAP)
    plan = people.add_person(session, {"family_name": "Smith"}).plan
    backups.back_up(session)
    plan = plans.save_entry(session, plan, "about_me", MAIN, {"most_important": "My own bed"}).plan
    return plan.person_id


def reading(laptop: Laptop, passphrase: str = GOOD) -> EmergencyReading:
    return emergency.read_only(laptop.profile, passphrase, laptop.clock, costs=CHEAP)


def said(found: EmergencyReading, who: str) -> str:
    return plans.open_plan(found.session, who).text("about_me", "most_important")


def test_the_record_is_read_with_its_last_saves_and_nothing_is_written(laptop: Laptop, who: str) -> None:
    before = {path.name: path.read_bytes() for path in laptop.profile.folder.iterdir() if path.is_file()}
    found = reading(laptop)
    try:
        assert said(found, who) == "My own bed", "with what is only in the log"
        assert "the record itself" in found.words
        plan = plans.read_plan(found.session, who)
        with pytest.raises(NotAllowed):
            plans.save_entry(found.session, plan, "about_me", MAIN, {"most_important": "lost"})
        if os.name == "posix":
            assert found.folder.stat().st_mode & 0o077 == 0
    finally:
        found.close()
    assert not found.folder.exists()
    after = {path.name: path.read_bytes() for path in laptop.profile.folder.iterdir() if path.is_file()}
    assert after == before


def test_what_only_seems_to_be_kept_in_a_copy_is_refused(laptop: Laptop, who: str) -> None:
    found = reading(laptop)
    try:
        for change in (
            lambda: settings.change_who_i_am(found.session, "Jo Brown", "", ""),
            lambda: settings.recovery_code_kept(found.session),
            lambda: settings.note_change(found.session, "changed passphrase"),
            lambda: backups.back_up(found.session),
        ):
            with pytest.raises(NotAllowed, match="opened for reading only"):
                change()
    finally:
        found.close()


def test_a_damaged_record_gives_way_to_the_newest_backup_and_says_so(laptop: Laptop, who: str) -> None:
    laptop.lock()
    laptop.profile.store.write_bytes(b"x" * 40_960)
    found = reading(laptop)
    try:
        assert plans.open_plan(found.session, who).text("person", "family_name") == "Smith"
        assert said(found, who) == "", "the last save is not in the backup"
        assert "the backup of 12-Nov-2026" in found.words
    finally:
        found.close()


def test_with_keys_that_are_gone_too_those_of_the_backup_are_used(laptop: Laptop, who: str) -> None:
    laptop.lock()
    laptop.profile.store.unlink()
    for keys in laptop.profile.folder.glob("keys.json*"):
        keys.unlink()
    found = reading(laptop)
    try:
        assert plans.open_plan(found.session, who).text("person", "family_name") == "Smith"
    finally:
        found.close()


def test_a_wrong_passphrase_reads_nothing_and_leaves_nothing(
    laptop: Laptop, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []
    mkdtemp = tempfile.mkdtemp

    def noted(prefix: str, dir: Path) -> str:
        made.append(Path(mkdtemp(prefix=prefix, dir=dir)))
        return str(made[-1])

    monkeypatch.setattr("eolc_desktop.services.emergency.tempfile.mkdtemp", noted)
    with pytest.raises(WrongPassphrase):
        reading(laptop, OTHER)
    assert made
    assert not any(place.exists() for place in made)


def test_no_room_anywhere_is_said_in_words(laptop: Laptop, who: str, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: usage(1, 1, 0))
    with pytest.raises(StoreError, match="no room anywhere"):
        reading(laptop)
