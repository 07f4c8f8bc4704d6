"""Backups in a second place: copied there, proved there, thinned there, and what is said when it cannot be reached."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path

import pytest

from eolc_desktop.errors import BackupFailed, InvalidValue, NotAllowed
from eolc_desktop.models import keys
from eolc_desktop.models.backup import list_backups
from eolc_desktop.models.integrity import check_closed_file
from eolc_desktop.services import backups, people
from eolc_desktop.services.session import Session
from tests.fixed_clock import FixedClock
from tests.services.laptop import CHEAP, GOOD

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
