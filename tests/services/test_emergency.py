"""A plan is read at the bedside although the disk is full, the folder is read-only, or the record is damaged."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import namedtuple
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from eolc_desktop.app.opening import begin_session
from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.errors import NotAllowed, StoreError, WrongPassphrase
from eolc_desktop.models import rekeying
from eolc_desktop.models.key_file import Method
from eolc_desktop.models.opening import StorePlace
from eolc_desktop.models.recovery_code import new_secret, write_code
from eolc_desktop.models.ways import by_passphrase, by_recovery_code
from eolc_desktop.paths import Profile
from eolc_desktop.record import users
from eolc_desktop.services import backups, emergency, people, plans, settings, sign_in
from eolc_desktop.services import new_key as changing
from eolc_desktop.services.emergency import EmergencyReading
from tests.services.laptop import BEN, CHEAP, GOOD, OTHER, Laptop

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
    return emergency.read_only(laptop.profile, by_passphrase(passphrase), laptop.clock, costs=CHEAP)


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


def test_the_recovery_code_reads_it_too(laptop: Laptop) -> None:
    made = laptop.first_run()
    code = made.recovery_code
    found = emergency.read_only(laptop.profile, by_recovery_code(code.lower()), laptop.clock, costs=CHEAP)
    try:
        assert found.method is Method.RECOVERY_CODE
        assert found.session.user.id == made.user_id
        with pytest.raises(NotAllowed):
            people.add_person(found.session, {"family_name": "Smith"})
    finally:
        found.close()
    with pytest.raises(WrongPassphrase):
        emergency.read_only(laptop.profile, by_recovery_code(other_code(code)), laptop.clock, costs=CHEAP)


def other_code(code: str) -> str:
    """Another code, written as it should be."""
    fresh = new_secret()
    assert write_code(fresh) != code
    return write_code(fresh)


@pytest.mark.parametrize("turned", [False, True], ids=["before the file was turned", "after it"])
def test_a_change_of_the_key_that_was_cut_off_keeps_nobody_from_reading(
    laptop: Laptop, who: str, turned: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full at that moment: the next unlocking cannot settle which key the record has."""

    class Cut(BaseException):
        pass

    real = rekeying.turn

    def cut(place: StorePlace, key: bytes) -> None:
        if turned:
            real(place, key)
        raise Cut

    laptop.lock()
    with monkeypatch.context() as patch:
        patch.setattr(rekeying, "turn", cut)
        with pytest.raises(Cut):
            changing.new_key(laptop.profile, GOOD, laptop.clock, costs=CHEAP)
    before = {path.name: path.read_bytes() for path in laptop.profile.folder.iterdir() if path.is_file()}
    found = reading(laptop)
    try:
        assert "the record itself" in found.words, "and not a backup, in which the newest is missing"
        assert said(found, who) == "My own bed"
    finally:
        found.close()
    after = {path.name: path.read_bytes() for path in laptop.profile.folder.iterdir() if path.is_file()}
    assert after == before


def test_who_may_not_read_plans_reads_none_in_an_emergency(laptop: Laptop, who: str) -> None:
    opened = laptop.unlock()
    ben = replace(BEN, roles=frozenset({"administrator"}))
    user_id, _code = sign_in.add_user(
        laptop.profile, opened.store, opened.unlocked, ben, OTHER, laptop.clock, costs=CHEAP
    )
    with pytest.raises(NotAllowed, match="may not read"):
        reading(laptop, OTHER)
    with opened.store.writing() as connection:
        users.set_roles(connection, user_id, ["nurse"])
    reading(laptop, OTHER).close()
    with opened.store.writing() as connection:
        users.close(connection, user_id, laptop.now)
    with pytest.raises(NotAllowed, match="may not read"):
        reading(laptop, OTHER)


def test_no_room_anywhere_is_said_in_words(laptop: Laptop, who: str, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: usage(1, 1, 0))
    with pytest.raises(StoreError, match="no room anywhere"):
        reading(laptop)
