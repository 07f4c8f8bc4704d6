"""First run and unlocking: a person always gets in with what they were given, and is told plainly when not."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import keyring
import pytest
from sqlalchemy import Connection

from eolc_desktop.errors import (
    InvalidValue,
    KeySlotsDamaged,
    NotAllowed,
    StoreError,
    StoreMissing,
    WrongPassphrase,
)
from eolc_desktop.models import keys, store
from eolc_desktop.models.key_file import Method, mirror_of
from eolc_desktop.models.keys import WaitFirst
from eolc_desktop.models.store import LastSavesMissing
from eolc_desktop.models.ways import by_keyring
from eolc_desktop.paths import Profile
from eolc_desktop.record import users
from eolc_desktop.services import sign_in
from eolc_desktop.services.sign_in import ProfileState
from tests.models.test_os_keyring import secret_service
from tests.services.laptop import ASHA, BEN, CHEAP, GOOD, OTHER, Laptop, names


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    laptop = Laptop(Profile(tmp_path / "profile"))
    yield laptop
    laptop.lock()


def test_first_run_then_unlock_by_passphrase_and_by_code(laptop: Laptop) -> None:
    assert laptop.state() is ProfileState.NEW
    made = laptop.first_run()
    with made.store.reading() as connection:
        who = users.get(connection, made.user_id)
    assert who == users.User(made.user_id, ASHA.name, ASHA.role, ASHA.organisation, roles=sign_in.FIRST_USER)
    assert laptop.state() is ProfileState.READY
    laptop.lock()
    by_passphrase = laptop.unlock()
    assert (by_passphrase.user_id, by_passphrase.method) == (made.user_id, Method.PASSPHRASE)
    assert names(by_passphrase.store) == [ASHA.name]
    laptop.lock()
    by_code = laptop.unlock_with_code(made.recovery_code.lower())
    assert (by_code.user_id, by_code.method) == (made.user_id, Method.RECOVERY_CODE)


def test_the_real_costs_open_it_too(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "profile")
    sign_in.first_run(profile, ASHA, GOOD).store.close()
    sign_in.unlock(profile, GOOD).store.close()
    assert sign_in.profile_state(profile) is ProfileState.READY


def test_a_profile_made_with_cheap_costs_is_refused_by_the_program_itself(laptop: Laptop) -> None:
    laptop.first_run()
    laptop.lock()
    assert sign_in.profile_state(laptop.profile) is ProfileState.KEYS_DAMAGED
    with pytest.raises(KeySlotsDamaged):
        sign_in.unlock(laptop.profile, GOOD)


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps others out by the folder it is in")
def test_other_users_of_the_computer_are_kept_out(laptop: Laptop) -> None:
    made = laptop.first_run()
    laptop.back_up(made.store)
    folder = laptop.profile.folder
    assert {stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.rglob("*")] if path.is_dir()} == {0o700}
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()} == {0o600}


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps others out by the folder it is in")
def test_a_folder_that_others_could_read_is_made_private_again(laptop: Laptop) -> None:
    laptop.first_run()
    laptop.lock()
    files = [laptop.profile.store, laptop.profile.keys, mirror_of(laptop.profile.keys)]
    for path in (laptop.profile.folder, *files):
        path.chmod(0o755)
    laptop.unlock()
    assert [stat.S_IMODE(path.stat().st_mode) for path in (laptop.profile.folder, *files)] == [0o700, *[0o600] * 3]


def test_a_name_is_nowhere_in_clear_but_in_the_ways_in(laptop: Laptop) -> None:
    made = laptop.first_run()
    ways = sign_in.ways_in(laptop.profile, laptop.clock, CHEAP)
    assert ways == sign_in.WaysIn(((made.user_id, ASHA.name),), (), 0)
    laptop.lock()
    for path in laptop.profile.folder.rglob("record*"):
        assert ASHA.name.encode() not in path.read_bytes()


def test_a_wrong_passphrase_is_told_and_waits_are_kept(laptop: Laptop) -> None:
    laptop.first_run()
    for _ in range(4):
        with pytest.raises(WrongPassphrase):
            laptop.unlock(OTHER)
    assert sign_in.ways_in(laptop.profile, laptop.clock, CHEAP).seconds_to_wait == 2
    with pytest.raises(WaitFirst):
        laptop.unlock()
    laptop.now += timedelta(seconds=2)
    laptop.unlock()


def test_a_passphrase_that_will_not_do_leaves_no_trace(laptop: Laptop) -> None:
    with pytest.raises(InvalidValue):
        laptop.first_run("asha okafor 12")
    assert laptop.state() is ProfileState.NEW
    assert not laptop.profile.folder.exists()


def test_what_the_record_must_never_be_without_is_there_from_its_first_moment(laptop: Laptop) -> None:
    def also(connection: Connection, user_id: str) -> None:
        assert not laptop.profile.store.exists()
        users.know(connection, "laptop_id", f"laptop of {user_id}")

    made = sign_in.first_run(laptop.profile, ASHA, GOOD, laptop.clock, costs=CHEAP, also=also)
    laptop.opened.append(made.store)
    with made.store.reading() as connection:
        assert users.known(connection, "laptop_id") == f"laptop of {made.user_id}"


@pytest.mark.parametrize("step", ["prepare_store", "create_slots", "put_in_place"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_first_run_cut_off_anywhere_is_a_first_run_again(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch, step: str, when: str
) -> None:
    class Cut(Exception):
        pass

    module = keys if step == "create_slots" else store
    real = getattr(module, step)

    def cut(*arguments: object, **named: object) -> object:
        if when == "after":
            real(*arguments, **named)
        raise Cut

    monkeypatch.setattr(module, step, cut)
    with pytest.raises(Cut):
        laptop.first_run()
    monkeypatch.undo()
    if (step, when) == ("put_in_place", "after"):
        assert laptop.state() is ProfileState.READY
        assert names(laptop.unlock().store) == [ASHA.name]
    else:
        assert laptop.state() is ProfileState.NEW
        assert names(laptop.first_run(OTHER).store) == [ASHA.name]
        laptop.lock()
        laptop.unlock(OTHER)


def test_a_second_first_run_never_touches_a_record(laptop: Laptop) -> None:
    laptop.first_run()
    laptop.lock()
    before = {path: path.read_bytes() for path in laptop.profile.folder.rglob("*") if path.is_file()}
    with pytest.raises(StoreError, match="already"):
        laptop.first_run()
    assert {path: path.read_bytes() for path in laptop.profile.folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("gone", "state", "error"),
    [
        ("record", ProfileState.RECORD_MISSING, StoreMissing),
        ("contents", ProfileState.RECORD_EMPTY, StoreError),
        ("keys", ProfileState.KEYS_MISSING, KeySlotsDamaged),
        ("slots", ProfileState.KEYS_DAMAGED, KeySlotsDamaged),
    ],
)
def test_what_is_wrong_is_told_apart_and_never_taken_for_a_new_laptop(
    laptop: Laptop, gone: str, state: ProfileState, error: type[Exception]
) -> None:
    laptop.first_run()
    laptop.lock()
    profile = laptop.profile
    if gone == "record":
        profile.store.unlink()
    elif gone == "contents":
        profile.store.write_bytes(b"")
    else:
        for copy in (profile.keys, mirror_of(profile.keys)):
            copy.unlink() if gone == "keys" else copy.write_bytes(b"{}")
    assert laptop.state() is state
    with pytest.raises(error):
        laptop.unlock()
    with pytest.raises(StoreError, match="already"):
        laptop.first_run()


def test_backups_alone_are_no_new_laptop(laptop: Laptop) -> None:
    made = laptop.first_run()
    laptop.back_up(made.store)
    laptop.lock()
    for path in laptop.profile.folder.glob("*.*"):
        path.unlink()
    assert laptop.state() is ProfileState.RECORD_MISSING


def test_one_copy_of_the_keys_is_enough(laptop: Laptop) -> None:
    laptop.first_run()
    laptop.lock()
    laptop.profile.keys.write_bytes(b"")
    assert laptop.state() is ProfileState.READY
    laptop.unlock()


def test_a_changed_passphrase_opens_the_record_and_every_backup_and_the_old_one_none(laptop: Laptop) -> None:
    made = laptop.first_run()
    backup = laptop.back_up(made.store)
    proof = sign_in.prove(laptop.profile, GOOD, laptop.clock, costs=CHEAP)
    sign_in.change_passphrase(laptop.profile, proof, OTHER, laptop.clock, costs=CHEAP)
    assert backup.keys.read_bytes() == laptop.profile.keys.read_bytes()
    laptop.lock()
    with pytest.raises(WrongPassphrase):
        laptop.unlock(GOOD)
    assert laptop.unlock(OTHER).user_id == made.user_id


def test_after_a_recovery_code_a_new_passphrase_can_be_chosen(laptop: Laptop) -> None:
    made = laptop.first_run()
    laptop.lock()
    proof = laptop.unlock_with_code(made.recovery_code).unlocked
    sign_in.change_passphrase(laptop.profile, proof, OTHER, laptop.clock, costs=CHEAP)
    code = sign_in.replace_recovery_code(laptop.profile, proof, laptop.clock, costs=CHEAP)
    laptop.lock()
    laptop.unlock(OTHER)
    laptop.lock()
    laptop.unlock_with_code(code)
    with pytest.raises(WrongPassphrase):
        laptop.unlock_with_code(made.recovery_code)


def test_two_people_sign_in_as_themselves_until_one_leaves(laptop: Laptop) -> None:
    made = laptop.first_run()
    proof = laptop.unlock().unlocked
    ben, code = sign_in.add_user(laptop.profile, made.store, proof, BEN, OTHER, laptop.clock, costs=CHEAP)
    assert names(made.store) == [ASHA.name, BEN.name]
    assert laptop.unlock(OTHER).user_id == ben
    assert laptop.unlock_with_code(code).user_id == ben
    people = sign_in.ways_in(laptop.profile, laptop.clock, CHEAP).people
    assert people == ((made.user_id, ASHA.name), (ben, BEN.name))
    with pytest.raises(NotAllowed):
        sign_in.remove_user(laptop.profile, proof, made.user_id, laptop.clock, costs=CHEAP)
    sign_in.remove_user(laptop.profile, proof, ben, laptop.clock, costs=CHEAP)
    with pytest.raises(WrongPassphrase):
        laptop.unlock(OTHER)
    assert names(made.store) == [ASHA.name, BEN.name], "what they recorded still names them"


def test_somebody_whose_passphrase_will_not_do_is_not_added(laptop: Laptop) -> None:
    made = laptop.first_run()
    with pytest.raises(InvalidValue):
        sign_in.add_user(laptop.profile, made.store, laptop.unlock().unlocked, BEN, "short", laptop.clock, costs=CHEAP)
    assert names(made.store) == [ASHA.name]


def test_missing_last_saves_are_told_before_the_record_opens(laptop: Laptop, tmp_path: Path) -> None:
    made = laptop.first_run()
    with made.store.writing() as connection:
        users.know(connection, "number_to_call", "01535 000000")
    moved = Laptop(Profile(tmp_path / "moved"))
    moved.profile.make_private()
    for name in ("record.db", "keys.json"):
        (moved.profile.folder / name).write_bytes((laptop.profile.folder / name).read_bytes())
    with pytest.raises(LastSavesMissing):
        moved.unlock()
    assert names(moved.unlock(even_if_saves_are_missing=True).store) == [ASHA.name]
    moved.lock()


HEAVY = ("sqlalchemy", "argon2", "cryptography", "keyring", "alembic", "sqlcipher3", "PySide6", "reportlab")


def test_asking_how_the_profile_stands_imports_nothing_heavy(laptop: Laptop) -> None:
    laptop.first_run()
    laptop.lock()
    script = (
        "import sys; from pathlib import Path; from eolc_desktop.paths import Profile\n"
        "from eolc_desktop.services import sign_in\n"
        "profile = Profile(Path(sys.argv[1])); sign_in.profile_state(profile)\n"
        "sign_in.passphrase_problem('violet tractor pond', 'Asha')\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
        "sign_in.warm_up(); print([name for name in ('keyring', 'alembic') if name in sys.modules])\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, str(laptop.profile.folder)], capture_output=True, text=True, check=True
    )
    assert ran.stdout.split("\n") == ["[]", "[]", ""]


def test_warming_up_on_a_thread_while_unlocking_does_no_harm(laptop: Laptop) -> None:
    laptop.first_run()
    laptop.lock()
    thread = threading.Thread(target=sign_in.warm_up)
    thread.start()
    laptop.unlock()
    thread.join()


def test_the_computers_key_store_is_off_until_it_is_chosen(laptop: Laptop) -> None:
    made = laptop.first_run()
    before = keyring.get_keyring()
    backend = secret_service()
    keyring.set_keyring(backend)
    try:
        proof = laptop.unlock().unlocked
        assert sign_in.ways_in(laptop.profile, laptop.clock, CHEAP).with_keyring == ()
        assert not backend.held
        sign_in.set_keyring(laptop.profile, proof, on=True, clock=laptop.clock, costs=CHEAP)
        assert sign_in.ways_in(laptop.profile, laptop.clock, CHEAP).with_keyring == (made.user_id,)
        signed_in = sign_in.unlock_by(laptop.profile, by_keyring(), laptop.clock, costs=CHEAP)
        laptop.opened.append(signed_in.store)
        assert (signed_in.user_id, signed_in.method) == (made.user_id, Method.KEYRING)
        sign_in.set_keyring(laptop.profile, proof, on=False, clock=laptop.clock, costs=CHEAP)
        assert not backend.held
    finally:
        keyring.set_keyring(before)
