"""Key slots: only the right secret opens one, nothing in the file can be changed unseen, and it survives damage."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eolc_desktop.errors import InvalidValue, KeySlotsDamaged, NotAllowed, UserError, WrongPassphrase
from eolc_desktop.models import keys
from eolc_desktop.models.key_file import STANDARD, Argon2idCost, Costs, Method, as_bytes, from_bytes, mirror_of
from eolc_desktop.models.keys import KeySlots, Unlocked, WaitFirst, create_slots, unlock_with_passphrase
from tests.models.conftest import SetClock

GOOD = "violet tractor pond marmalade"
OTHER = "seven lemon ladders asleep"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


@pytest.fixture
def made(path: Path, clock: SetClock, cheap: Costs) -> tuple[bytes, str, KeySlots]:
    return create_slots(path, "asha", "Asha Okafor", GOOD, clock, costs=cheap)


@pytest.fixture
def load(path: Path, clock: SetClock, cheap: Costs) -> Callable[[], KeySlots]:
    return lambda: KeySlots.load(path, costs=cheap, clock=clock)


def rewrite(path: Path, change: Callable[[dict[str, Any]], None], *, honest_checksum: bool) -> None:
    """Change both copies as somebody with an editor would; with a new checksum as somebody with a program would."""
    data = json.loads(path.read_bytes())
    change(data)
    if honest_checksum:
        body = {name: value for name, value in data.items() if name != "checksum"}
        text = json.dumps(body, sort_keys=True, separators=(",", ":"))
        data["checksum"] = hashlib.sha256(text.encode()).hexdigest()
    for copy in (path, mirror_of(path)):
        copy.write_text(json.dumps(data))


def test_passphrase_and_recovery_code_give_the_same_random_key(
    made: tuple[bytes, str, KeySlots], load: Callable[[], KeySlots]
) -> None:
    key, code, _ = made
    assert len(key) == 32
    unlocked = unlock_with_passphrase(load(), GOOD)
    assert (unlocked.key, unlocked.user_id, unlocked.slot.method) == (key, "asha", Method.PASSPHRASE)
    by_code = keys.unlock_with_recovery_code(load(), code.lower().replace("-", " "))
    assert (by_code.key, by_code.user_id, by_code.slot.method) == (key, "asha", Method.RECOVERY_CODE)


def test_two_records_have_different_keys_and_codes(tmp_path: Path, clock: SetClock, cheap: Costs) -> None:
    one, two = (create_slots(tmp_path / name, "a", "A", GOOD, clock, costs=cheap) for name in ("one", "two"))
    assert one[0] != two[0]
    assert one[1] != two[1]
    assert one[2].store_id != two[2].store_id


def test_neither_key_nor_passphrase_nor_code_is_in_the_file_or_in_what_is_printed(
    made: tuple[bytes, str, KeySlots], path: Path, load: Callable[[], KeySlots]
) -> None:
    key, code, _ = made
    for copy in (path, mirror_of(path)):
        content = copy.read_bytes()
        assert key not in content
        assert key.hex().encode() not in content
        assert GOOD.encode() not in content
        assert code.encode() not in content
    unlocked = unlock_with_passphrase(load(), GOOD)
    assert repr(key)[2:-1] not in repr(unlocked)
    assert key.hex() not in repr(unlocked)


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps others out by the folder it is in")
def test_only_the_owner_may_read_the_file(made: object, path: Path) -> None:
    assert {stat.S_IMODE(copy.stat().st_mode) for copy in (path, mirror_of(path))} == {0o600}


def test_a_real_file_is_made_with_the_full_cost(path: Path, clock: SetClock) -> None:
    create_slots(path, "asha", "Asha", GOOD, clock)
    held = from_bytes(path.read_bytes(), STANDARD)
    assert held.slots[0].cost == Argon2idCost(memory_kib=65_536, passes=3, lanes=4)
    unlocked = unlock_with_passphrase(KeySlots.load(path, clock=clock), GOOD)
    assert unlocked.user_id == "asha"


def test_a_file_that_makes_guessing_cheaper_is_refused(made: object, path: Path, clock: SetClock) -> None:
    with pytest.raises(KeySlotsDamaged, match="altered"):
        KeySlots.load(path, clock=clock)


@pytest.mark.parametrize(
    "weaker",
    [
        {"memory_kib": 65_535},
        {"passes": 2},
        {"memory_kib": 8, "passes": 1, "lanes": 1},
        {"memory_kib": 64_000_000},
        {"passes": 10**9},
        {"lanes": 10**6},
        {"name": "scrypt", "log2_rounds": 1, "block": 1, "lanes": 1},
        {"name": "none"},
        {"salt": ""},
    ],
)
def test_every_way_of_weakening_the_cost_is_refused(path: Path, clock: SetClock, weaker: dict[str, object]) -> None:
    create_slots(path, "asha", "Asha", GOOD, clock)
    rewrite(path, lambda data: data["slots"][0]["kdf"].update(weaker), honest_checksum=True)
    with pytest.raises(KeySlotsDamaged):
        KeySlots.load(path, clock=clock)


@pytest.mark.parametrize(
    "name", ["id", "user", "name", "created", "backend", "nonce", "wrapped", "kdf.salt", "kdf.passes"]
)
def test_nothing_in_a_slot_can_be_changed(made: object, path: Path, load: Callable[[], KeySlots], name: str) -> None:
    def change(data: dict[str, Any]) -> None:
        slot = data["slots"][0]
        holder, last = (slot["kdf"], name[4:]) if name.startswith("kdf.") else (slot, name)
        value = holder[last]
        if isinstance(value, int):
            holder[last] = value + 1
        else:
            holder[last] = ("B" if value[:1] != "B" else "C") + value[1:]

    rewrite(path, change, honest_checksum=True)
    with pytest.raises(WrongPassphrase):
        unlock_with_passphrase(load(), GOOD)


def test_a_slot_cannot_be_moved_to_another_record(
    made: object, path: Path, tmp_path: Path, clock: SetClock, cheap: Costs
) -> None:
    other = tmp_path / "other.json"
    create_slots(other, "asha", "Asha Okafor", OTHER, clock, costs=cheap)
    moved = json.loads(path.read_bytes())["slots"]
    rewrite(other, lambda data: data["slots"].extend(moved), honest_checksum=True)
    slots = KeySlots.load(other, costs=cheap, clock=clock)
    with pytest.raises(WrongPassphrase):
        unlock_with_passphrase(slots, GOOD)
    assert unlock_with_passphrase(slots, OTHER)


def test_a_passphrase_slot_cannot_pass_for_another_method(
    made: tuple[bytes, str, KeySlots], path: Path, load: Callable[[], KeySlots]
) -> None:
    rewrite(path, lambda data: data["slots"][0].update(method="recovery_code"), honest_checksum=True)
    with pytest.raises(KeySlotsDamaged):
        load()


def test_damage_is_not_taken_for_a_wrong_passphrase_and_the_second_copy_opens(
    made: tuple[bytes, str, KeySlots], path: Path, load: Callable[[], KeySlots]
) -> None:
    whole = path.read_bytes()
    for at in range(0, len(whole), 29):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        assert unlock_with_passphrase(load(), GOOD).key == made[0], at
        assert path.read_bytes() == whole, "the damaged copy is repaired once a slot has proved the other"


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"null", b"[" * 100_000, b"\x00" * 500, b'{"checksum":1}', b"\xff\xfe"]
)
def test_a_ruined_first_copy_does_not_lock_anybody_out(
    made: tuple[bytes, str, KeySlots], path: Path, load: Callable[[], KeySlots], content: bytes
) -> None:
    path.write_bytes(content)
    assert unlock_with_passphrase(load(), GOOD).key == made[0]


def test_a_missing_first_copy_does_not_lock_anybody_out(
    made: tuple[bytes, str, KeySlots], path: Path, load: Callable[[], KeySlots]
) -> None:
    path.unlink()
    assert unlock_with_passphrase(load(), GOOD).key == made[0]
    assert path.exists()


def test_both_copies_damaged_is_said_so(made: object, path: Path, load: Callable[[], KeySlots]) -> None:
    for copy in (path, mirror_of(path)):
        copy.write_bytes(copy.read_bytes()[:-9])
    with pytest.raises(KeySlotsDamaged) as told:
        load()
    assert told.value.safe == "The record itself has not been touched."


def test_no_file_at_all_is_another_matter(load: Callable[[], KeySlots]) -> None:
    with pytest.raises(FileNotFoundError):
        load()


def test_after_a_change_the_old_passphrase_opens_neither_copy(
    made: tuple[bytes, str, KeySlots], path: Path, load: Callable[[], KeySlots]
) -> None:
    slots = load()
    keys.change_passphrase(slots, unlock_with_passphrase(slots, GOOD), OTHER)
    for kept, gone in ((path, mirror_of(path)), (mirror_of(path), path)):
        held = gone.read_bytes()
        gone.unlink()
        assert unlock_with_passphrase(load(), OTHER).key == made[0]
        with pytest.raises(WrongPassphrase):
            unlock_with_passphrase(load(), GOOD)
        gone.write_bytes(held)
        assert kept.exists()
    assert keys.unlock_with_recovery_code(load(), made[1]).key == made[0]


def test_a_new_recovery_code_takes_the_place_of_the_old(
    made: tuple[bytes, str, KeySlots], load: Callable[[], KeySlots]
) -> None:
    slots = load()
    fresh = keys.replace_recovery_code(slots, unlock_with_passphrase(slots, GOOD))
    assert keys.unlock_with_recovery_code(load(), fresh).key == made[0]
    with pytest.raises(WrongPassphrase):
        keys.unlock_with_recovery_code(load(), made[1])


def test_two_people_each_open_it_as_themselves(made: tuple[bytes, str, KeySlots], load: Callable[[], KeySlots]) -> None:
    slots = load()
    code = keys.add_user(slots, unlock_with_passphrase(slots, GOOD), "ben", "Ben Li", OTHER)
    assert unlock_with_passphrase(load(), OTHER).user_id == "ben"
    assert unlock_with_passphrase(load(), GOOD).user_id == "asha"
    assert keys.unlock_with_recovery_code(load(), code).user_id == "ben"
    with pytest.raises(WrongPassphrase):
        unlock_with_passphrase(load(), OTHER, user_id="asha")
    with pytest.raises(NotAllowed):
        keys.add_user(slots, unlock_with_passphrase(slots, GOOD), "ben", "Ben Li", OTHER)


def test_somebody_who_left_cannot_open_it_and_nobody_can_shut_themselves_out(
    made: tuple[bytes, str, KeySlots], load: Callable[[], KeySlots]
) -> None:
    slots = load()
    asha = unlock_with_passphrase(slots, GOOD)
    code = keys.add_user(slots, asha, "ben", "Ben Li", OTHER)
    keys.remove_user(slots, asha, "ben")
    attempts: list[Callable[[], object]] = [
        lambda: unlock_with_passphrase(load(), OTHER),
        lambda: keys.unlock_with_recovery_code(load(), code),
    ]
    for attempt in attempts:
        with pytest.raises(WrongPassphrase):
            attempt()
    with pytest.raises(NotAllowed):
        keys.remove_user(slots, asha, "asha")
    with pytest.raises(NotAllowed):
        keys.remove_slot(slots, asha, asha.slot.id)
    assert unlock_with_passphrase(load(), GOOD) == asha


def test_a_passphrase_that_will_not_do_changes_nothing(
    made: tuple[bytes, str, KeySlots], path: Path, load: Callable[[], KeySlots]
) -> None:
    before, slots = path.read_bytes(), load()
    asha = unlock_with_passphrase(slots, GOOD)
    attempts: list[Callable[[], object]] = [
        lambda: keys.change_passphrase(slots, asha, "too short"),
        lambda: keys.add_user(slots, asha, "ben", "Ben Li", "ben li 12345"),
    ]
    for attempt in attempts:
        with pytest.raises(InvalidValue):
            attempt()
    assert path.read_bytes() == before


def test_waits_grow_outlive_the_program_and_end(
    made: tuple[bytes, str, KeySlots], load: Callable[[], KeySlots], clock: SetClock
) -> None:
    waits = []
    for _ in range(8):
        with pytest.raises(WrongPassphrase) as wrong:
            unlock_with_passphrase(load(), OTHER)
        assert not isinstance(wrong.value, WaitFirst)
        waits.append(load().tries.seconds_to_wait())
        if waits[-1]:
            with pytest.raises(WaitFirst, match="nothing is ever deleted") as wait:
                unlock_with_passphrase(load(), GOOD)
            assert wait.value.seconds == waits[-1]
            clock.go_on(seconds=waits[-1])
    assert waits == [0, 0, 0, 2, 5, 15, 60, 60]
    assert unlock_with_passphrase(load(), GOOD).key == made[0]
    assert load().tries.seconds_to_wait() == 0


def test_a_clock_put_back_makes_no_wait_longer(made: object, load: Callable[[], KeySlots], clock: SetClock) -> None:
    for _ in range(4):
        with pytest.raises(WrongPassphrase):
            unlock_with_passphrase(load(), OTHER)
    clock.go_on(days=-900)
    assert load().tries.seconds_to_wait() == 2


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"wrong": "x", "last": 3}', b'{"wrong": 9, "last": "2026-01-01"}', b"{"]
)
def test_a_damaged_note_of_tries_keeps_nobody_out(
    made: tuple[bytes, str, KeySlots], load: Callable[[], KeySlots], content: bytes
) -> None:
    load().tries.path.write_bytes(content)
    assert unlock_with_passphrase(load(), GOOD).key == made[0]


def test_a_slip_in_the_code_is_named_and_counts_as_no_try(
    made: tuple[bytes, str, KeySlots], load: Callable[[], KeySlots]
) -> None:
    for _ in range(9):
        with pytest.raises(WrongPassphrase, match="28 letters"):
            keys.unlock_with_recovery_code(load(), made[1][:-1])
    assert load().tries.seconds_to_wait() == 0


def test_a_disk_that_refuses_changes_nothing(
    made: tuple[bytes, str, KeySlots], path: Path, load: Callable[[], KeySlots]
) -> None:
    slots = load()
    asha = unlock_with_passphrase(slots, GOOD)
    away = path.parent.rename(path.parent.with_name("away"))
    with pytest.raises(UserError, match="as they were"):
        keys.change_passphrase(slots, asha, OTHER)
    away.rename(path.parent)
    assert unlock_with_passphrase(load(), GOOD).key == made[0]


def test_a_change_stands_though_the_second_copy_could_not_follow_and_is_made_good_later(
    made: tuple[bytes, str, KeySlots], path: Path, load: Callable[[], KeySlots]
) -> None:
    slots, mirror = load(), mirror_of(path)
    asha = unlock_with_passphrase(slots, GOOD)
    mirror.unlink()
    mirror.mkdir()
    keys.change_passphrase(slots, asha, OTHER)
    assert unlock_with_passphrase(load(), OTHER).key == made[0]
    mirror.rmdir()
    unlock_with_passphrase(load(), OTHER)
    assert mirror.read_bytes() == path.read_bytes()


def test_the_format_reads_back_what_it_wrote(made: tuple[bytes, str, KeySlots], path: Path, cheap: Costs) -> None:
    content = path.read_bytes()
    assert as_bytes(from_bytes(content, cheap)) == content


def test_no_leftover_of_a_write_that_was_cut_off_stays(
    made: tuple[bytes, str, KeySlots], path: Path, load: Callable[[], KeySlots]
) -> None:
    left = path.with_name(".keys.json.0badcafe.new")
    left.write_bytes(path.read_bytes())
    slots = load()
    keys.change_passphrase(slots, unlock_with_passphrase(slots, GOOD), OTHER)
    assert sorted(file.name for file in path.parent.iterdir()) == ["keys.json", "keys.json.prev"]


def test_an_unlocked_key_is_kept_out_of_text(made: tuple[bytes, str, KeySlots], load: Callable[[], KeySlots]) -> None:
    unlocked: Unlocked = unlock_with_passphrase(load(), GOOD)
    assert "key=" not in repr(unlocked)
