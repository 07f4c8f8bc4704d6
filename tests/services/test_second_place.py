"""Backups in a second place: copied there, proved there, thinned there, and what is said when it cannot be reached."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from eolc_desktop.errors import BackupFailed, InvalidValue, NotAllowed
from eolc_desktop.models import keys
from eolc_desktop.models.backup import list_backups, record_of
from eolc_desktop.models.integrity import check_closed_file
from eolc_desktop.paths import Profile
from eolc_desktop.services import backups, people, restoring
from eolc_desktop.services.session import Session
from tests.fixed_clock import FixedClock
from tests.services.laptop import CHEAP, GOOD
from tests.sessions import DOCTOR_USER, begin

pytestmark = pytest.mark.hazard("H09")


@pytest.fixture
def held(session: Session) -> Session:
    keys.create_slots(
        session.profile.keys,
        session.user.id,
        session.user.name,
        GOOD,
        session.clock,
        store_id=session.store.store_id,
        key=session.store.place.key or secrets.token_bytes(32),
        costs=CHEAP,
    )
    people.add_person(session, {"family_name": "Smith"})
    return session


def test_each_backup_is_copied_there_with_its_keys_and_proved(held: Session, tmp_path: Path, clock: FixedClock) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert backups.set_second_place(held, f" {stick} ") == str(stick)
    made = backups.back_up(held)
    (copy,) = list_backups(stick)
    assert copy.path.read_bytes() == made.path.read_bytes()
    assert copy.keys.read_bytes() == held.profile.keys.read_bytes()
    assert check_closed_file(replace(held.store.place, path=copy.path))["person"] == 1
    for _ in range(15):
        clock.advance(days=1)
        backups.back_up(held)
    assert len(list_backups(stick)) == len(list_backups(held.profile.backups)) < 16, "thinned there as here"


def test_a_place_that_is_gone_is_said_and_the_backup_here_stands(held: Session, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    backups.set_second_place(held, str(stick))
    stick.rmdir()
    with pytest.raises(BackupFailed, match="made on this laptop, but could not be copied"):
        backups.back_up(held)
    assert len(backups.kept_backups(held)) == 1
    backups.set_second_place(held, "")
    backups.back_up(held)


def test_only_a_place_that_helps_is_taken_and_only_from_who_may(held: Session, tmp_path: Path) -> None:
    for wrong in (tmp_path / "nowhere", held.profile.backups, held.profile.folder):
        with pytest.raises(InvalidValue):
            backups.set_second_place(held, str(wrong))
    nurse = replace(held, user=replace(held.user, roles=frozenset({"nurse"})))
    with pytest.raises(NotAllowed):
        backups.set_second_place(nurse, str(tmp_path))
    assert backups.second_place(nurse) == ""


@pytest.fixture
def other(tmp_path: Path, clock: FixedClock) -> Iterator[Session]:
    """Another laptop of the same organisation."""
    session = begin(Profile(tmp_path / "other"), clock, DOCTOR_USER)
    keys.create_slots(
        session.profile.keys,
        session.user.id,
        session.user.name,
        GOOD,
        clock,
        store_id=session.store.store_id,
        key=session.store.place.key,
        costs=CHEAP,
    )
    yield session
    session.store.close()


def test_one_folder_for_many_laptops_keeps_what_each_of_them_copied(
    held: Session, other: Session, tmp_path: Path, clock: FixedClock
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    for laptop in (held, other):
        backups.set_second_place(replace(laptop, user=held.user), str(share))
    theirs = backups.back_up(other)
    mine = backups.back_up(held)
    assert mine.path.name == theirs.path.name, "made in the same moment"
    assert len(list_backups(share)) == 2
    for _ in range(30):
        clock.advance(days=1)
        backups.back_up(held)
    of_other = [one for one in list_backups(share) if record_of(one.path) == other.store.store_id]
    assert [one.path.read_bytes() for one in of_other] == [theirs.path.read_bytes()]
    assert of_other[0].keys.read_bytes() == other.profile.keys.read_bytes()
    assert len(list_backups(share)) - 1 == len(list_backups(held.profile.backups))


def test_a_new_laptop_is_not_begun_with_the_newest_backup_of_just_anybody(
    held: Session, other: Session, tmp_path: Path, clock: FixedClock
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    for laptop in (held, other):
        backups.set_second_place(replace(laptop, user=held.user), str(share))
        backups.back_up(laptop)
        clock.advance(hours=1)
    with pytest.raises(BackupFailed, match="backups of 2 laptops") as refused:
        restoring.backup_at(share)
    for one in list_backups(share):
        assert one.path.name in refused.value.next_step
        assert restoring.backup_at(one.path).path == one.path
    assert restoring.backup_at(held.profile.backups).made_at < clock()


def test_a_stick_that_is_full_is_said_and_takes_nothing_half(
    held: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    backups.set_second_place(held, str(stick))
    before = backups.back_up(held)

    def full(_source: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(BackupFailed, match="could not be copied") as said:
        backups.back_up(held)
    assert "has room" in said.value.next_step
    assert [one.path.name for one in list_backups(stick)] == [before.path.name]
    assert sorted(one.suffix for one in stick.iterdir()) == [".db", ".json"], "no half copy is left on it"


def test_a_stick_that_is_there_again_gets_the_newest_backup_and_it_is_said_how_it_stands(
    held: Session, tmp_path: Path, clock: FixedClock
) -> None:
    stick, aside = tmp_path / "stick", tmp_path / "in a drawer"
    stick.mkdir()
    assert backups.how_second_place_stands(held) == ""
    backups.set_second_place(held, str(stick))
    assert "no backup of this record there yet" in backups.how_second_place_stands(held)
    backups.back_up(held)
    assert backups.how_second_place_stands(held) == "The newest backup there is of 12-Nov-2026 14:32."
    stick.rename(aside)
    clock.advance(days=1)
    with pytest.raises(BackupFailed):
        backups.back_up(held)
    assert "cannot be reached now" in backups.how_second_place_stands(held)
    assert not backups.catch_up(held)
    aside.rename(stick)
    assert "A newer one is on this laptop alone" in backups.how_second_place_stands(held)
    assert backups.catch_up(held)
    assert backups.how_second_place_stands(held) == "The newest backup there is of 13-Nov-2026 14:32."
    assert not backups.catch_up(held), "and not a second time"
    assert len(list_backups(stick)) == 2
