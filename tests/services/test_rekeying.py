"""Another key for the record: who stays keeps their ways in, who left opens nothing, a cut leaves what opens."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from eolc_desktop.errors import KeySlotsDamaged, NotAllowed, StoreError, StoreForeign, WrongPassphrase
from eolc_desktop.models import keys, rekeying
from eolc_desktop.models.backup import list_backups
from eolc_desktop.models.keys import KeySlots
from eolc_desktop.models.opening import StorePlace, connect
from eolc_desktop.models.ways import by_passphrase
from eolc_desktop.paths import Profile
from eolc_desktop.services import new_key as changing
from eolc_desktop.services import restoring, sign_in
from tests.services.laptop import BEN, CHEAP, GOOD, OTHER, Laptop, names


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    made = Laptop(Profile(tmp_path / "profile"))
    yield made
    made.lock()


@pytest.fixture
def shared(laptop: Laptop) -> tuple[str, StorePlace, str]:
    """Asha and Ben use the laptop; there is a backup. Asha's code, the place with the key of now, and Ben's id."""
    first = laptop.first_run()
    proof = sign_in.prove(laptop.profile, GOOD, laptop.clock, costs=CHEAP)
    ben, _code = sign_in.add_user(laptop.profile, first.store, proof, BEN, OTHER, laptop.clock, costs=CHEAP)
    laptop.back_up(first.store)
    place = first.store.place
    laptop.lock()
    return first.recovery_code, place, ben


def new_key(laptop: Laptop) -> rekeying.Rekeyed:
    done, _code = changing.new_key(laptop.profile, GOOD, laptop.clock, costs=CHEAP)
    return done


def test_everybody_who_stays_keeps_their_ways_in(laptop: Laptop, shared: tuple[str, StorePlace, str]) -> None:
    code, place, _ben = shared
    done = new_key(laptop)
    assert done.key != place.key
    assert done.left_behind == ()
    for passphrase in (GOOD, OTHER):
        assert names(laptop.unlock(passphrase).store) == ["Asha Okafor", "Ben Li"]
        laptop.lock()
    assert laptop.unlock_with_code(code).user_id
    laptop.lock()
    assert laptop.profile.store.read_bytes()[:16] == UUID(place.store_id).bytes, "the file knows whose it is"


def test_a_copy_of_the_old_key_opens_neither_the_record_nor_a_backup(
    laptop: Laptop, shared: tuple[str, StorePlace, str]
) -> None:
    _code, old, ben = shared
    proof = sign_in.prove(laptop.profile, GOOD, laptop.clock, costs=CHEAP)
    sign_in.remove_user(laptop.profile, proof, ben, laptop.clock, costs=CHEAP)
    assert connect(old), "closed off, the key that was copied still opens the file"
    done = new_key(laptop)
    assert (done.backups, done.backups_gone) == (1, 0)
    for path in (old.path, *(backup.path for backup in list_backups(laptop.profile.backups))):
        with pytest.raises((StoreForeign, StoreError)):
            connect(StorePlace(path, old.key, old.store_id))
    with pytest.raises(WrongPassphrase):
        laptop.unlock(OTHER)
    laptop.now = laptop.now.replace(hour=20)
    (backup,) = list_backups(laptop.profile.backups)
    laptop.opened.append(
        restoring.restore(laptop.profile, backup, by_passphrase(GOOD), laptop.clock, costs=CHEAP).store
    )
    assert "Asha Okafor" in names(laptop.opened[-1])


@pytest.mark.parametrize("turned", [False, True], ids=["before the file was turned", "after it"])
def test_cut_off_between_the_two_files_it_opens_with_whichever_key_it_has(
    laptop: Laptop, shared: tuple[str, StorePlace, str], turned: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Cut(BaseException):
        pass

    real = rekeying.turn

    def cut(place: StorePlace, key: bytes) -> None:
        if turned:
            real(place, key)
        raise Cut

    with monkeypatch.context() as patch:
        patch.setattr(rekeying, "turn", cut)
        with pytest.raises(Cut):
            new_key(laptop)
    assert b'"next"' in laptop.profile.keys.read_bytes()
    assert names(laptop.unlock(OTHER).store) == ["Asha Okafor", "Ben Li"], "whoever unlocks first settles it"
    assert b'"next"' not in laptop.profile.keys.read_bytes()
    laptop.lock()
    assert names(laptop.unlock(GOOD).store) == ["Asha Okafor", "Ben Li"]


def test_a_backup_that_has_the_new_key_already_is_restored_after_a_change_that_was_cut_off(
    laptop: Laptop, shared: tuple[str, StorePlace, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The keys of both are kept until somebody unlocks; with the record gone meanwhile, nobody can."""

    class Cut(BaseException):
        pass

    real = rekeying.turn

    def cut(place: StorePlace, key: bytes) -> None:
        real(place, key)
        (backup,) = list_backups(laptop.profile.backups)
        real(StorePlace(backup.path, place.key, place.store_id), key)
        raise Cut

    with monkeypatch.context() as patch:
        patch.setattr(rekeying, "turn", cut)
        with pytest.raises(Cut):
            new_key(laptop)
    laptop.profile.store.unlink()
    (backup,) = list_backups(laptop.profile.backups)
    restored = restoring.restore(laptop.profile, backup, by_passphrase(GOOD), laptop.clock, costs=CHEAP)
    laptop.opened.append(restored.store)
    assert "Asha Okafor" in names(restored.store)
    assert b'"next"' not in laptop.profile.keys.read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="the limit on the size of files is of POSIX")
def test_a_disk_that_refuses_in_the_middle_is_said_and_it_opens_as_before(
    laptop: Laptop, shared: tuple[str, StorePlace, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import resource  # noqa: PLC0415

    turn = rekeying.turn

    def on_a_disk_that_refuses(place: StorePlace, key: bytes) -> None:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (96 * 1024, before[1]))
        try:
            turn(place, key)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    with monkeypatch.context() as patch:
        patch.setattr(rekeying, "turn", on_a_disk_that_refuses)
        with pytest.raises(StoreError, match="the disk refused it"):
            new_key(laptop)
    assert names(laptop.unlock(OTHER).store) == ["Asha Okafor", "Ben Li"]
    laptop.lock()
    assert new_key(laptop).backups == 1, "with room again it is done, and the backup is turned too"


def test_only_who_looks_after_the_laptop_changes_it(laptop: Laptop, shared: tuple[str, StorePlace, str]) -> None:
    with pytest.raises(NotAllowed):
        changing.new_key(laptop.profile, OTHER, laptop.clock, costs=CHEAP)
    assert connect(shared[1])


def test_a_sealed_slot_cannot_be_moved_changed_or_opened_by_another(
    laptop: Laptop, shared: tuple[str, StorePlace, str]
) -> None:
    new_key(laptop)
    text = laptop.profile.keys.read_text()
    for path in laptop.profile.folder.glob("keys.json*"):
        path.write_text(text.replace("Ben Li", "Bea Li"))
    with pytest.raises(KeySlotsDamaged):
        KeySlots.load(laptop.profile.keys, costs=CHEAP, clock=laptop.clock)
    for path in laptop.profile.folder.glob("keys.json*"):
        path.write_text(text)
    slots = KeySlots.load(laptop.profile.keys, costs=CHEAP, clock=laptop.clock)
    unlocked = keys.unlock_with_passphrase(slots, GOOD)
    assert unlocked.slot.user_name == "Asha Okafor"
