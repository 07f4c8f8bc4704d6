"""The program is killed ten thousand times and the power is cut after every single write: what was saved is there."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from eolc_desktop.errors import KeySlotsDamaged, UserError, WrongPassphrase
from eolc_desktop.models import keys
from eolc_desktop.models.backup import keys_beside, list_backups
from eolc_desktop.models.integrity import check_closed_file, check_store
from eolc_desktop.models.keys import KeySlots
from eolc_desktop.models.migrate import SHIPPED, Migrations
from eolc_desktop.models.opening import StorePlace, connect
from eolc_desktop.models.store import open_store
from eolc_desktop.paths import Profile
from eolc_desktop.record import people
from eolc_desktop.services import sign_in
from tests.models.kills import PEOPLE, is_torn, last_saved
from tests.models.test_kills import kill
from tests.prove.power_cut import Cut, compiled, cuts, recorded
from tests.prove.workloads import CHEAP, CLOCK, KEY, STORE_ID, Work, passphrase

KILLS = int(os.environ.get("EOLC_KILLS", "10000"))
EACH = int(os.environ.get("EOLC_CUTS", "6"))
"""How many power cuts are played back after each write."""

Judge = Callable[[Profile, Cut], str]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills and recordings need POSIX")


@pytest.fixture
def fast(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: the cuts are modelled, so the disk beneath does not matter."""
    memory = Path("/dev/shm")
    folder = memory / f"power-cuts-{os.getpid()}" if memory.is_dir() else tmp_path / "work"
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def play(fast: Path) -> Callable[..., Counter[str]]:
    """Records a workload, cuts it everywhere and counts what `judge` says of each; prints the figures."""
    library = compiled(fast)

    def play(judge: Judge, *workload: str, each: int = EACH) -> Counter[str]:
        steps = recorded(library, fast / "recorded", *workload)
        verdicts: Counter[str] = Counter()
        first: dict[str, int] = {}
        folder = fast / "cut"
        for cut in cuts(steps, each=each, seed=2026):
            folder.mkdir()
            cut.lay_out(folder)
            verdict = judge(Profile(folder), cut)
            verdicts[verdict] += 1
            first.setdefault(verdict, cut.step)
            shutil.rmtree(folder)
        print(
            f"\npower cuts, {' '.join(workload)}: {len(steps)} steps, {sum(verdicts.values())} cuts, {dict(verdicts)}"
        )
        print("first at step:", first)
        return verdicts

    return play


def test_kills(tmp_path: Path) -> None:
    found = kill(tmp_path, lanes=2, kills=KILLS // 2, habit="real")
    print(f"\nkills: {found}")
    assert found.kills == KILLS // 2 * 2
    assert found.acknowledged > found.kills
    assert (found.lost, found.torn, found.damaged, found.refused) == (0, 0, 0, 0), found
    assert found.checked_whole == found.kills // 10


def saves_are_there(profile: Profile, cut: Cut) -> str:
    """Tell whether every acknowledged save is there, whole, in a store that opens and checks as whole."""
    if cut.acknowledged < 0:
        return "not begun"
    place = StorePlace(profile.store, KEY, STORE_ID)
    try:
        store = open_store(place.path, place.key, place.store_id)
    except UserError as error:
        return f"refused: {type(error).__name__}"
    try:
        with store.reading() as connection:
            last = last_saved(connection)
            if last < cut.acknowledged:
                return "lost"
            if is_torn(connection, last):
                return "torn"
        report = check_store(place)
        return "there" if report.ok and report.complete else "called damaged"
    except UserError:
        return "unreadable"
    finally:
        store.close()


def test_power_cuts_while_saving(play: Callable[..., Counter[str]]) -> None:
    verdicts = play(saves_are_there, "saving", "FULL")
    assert set(verdicts) == {"not begun", "there"}, verdicts
    assert verdicts["there"] > 1000


@pytest.mark.parametrize("setting", ["NORMAL", "OFF"])
def test_the_same_with_weaker_settings_is_seen_to_lose_saves(play: Callable[..., Counter[str]], setting: str) -> None:
    verdicts = play(saves_are_there, "saving", setting, each=3)
    assert verdicts["lost"] > 10, verdicts
    if setting == "OFF":
        assert verdicts.total() - verdicts["there"] - verdicts["not begun"] > verdicts.total() // 4


def keys_open(profile: Profile, cut: Cut) -> str:
    """Tell whether the passphrase last acknowledged opens the keys, or the next, and none before."""
    if cut.acknowledged < 0:
        return "not begun"
    try:
        slots = KeySlots.load(profile.keys, costs=CHEAP, clock=CLOCK)
    except (FileNotFoundError, KeySlotsDamaged):
        return "everything lost"
    opens = []
    for number in (cut.acknowledged - 1, cut.acknowledged, cut.acknowledged + 1):
        slots.tries.forget()
        try:
            keys.unlock_with_passphrase(slots, passphrase(number))
            opens.append(number - cut.acknowledged)
        except WrongPassphrase:
            continue
    if opens in ([0], [1]):
        return "open"
    return "an old passphrase opens" if -1 in opens else "everything lost"


def test_power_cuts_while_changing_keys(play: Callable[..., Counter[str]]) -> None:
    verdicts = play(keys_open, "changing keys", each=EACH * 4)
    assert set(verdicts) == {"not begun", "open"}, verdicts


@pytest.mark.parametrize("setting", ["overwritten", "renamed unsynced"])
def test_keys_written_carelessly_are_seen_to_be_lost(play: Callable[..., Counter[str]], setting: str) -> None:
    verdicts = play(keys_open, "changing keys", setting)
    assert verdicts["everything lost"] + verdicts["an old passphrase opens"] > 10, verdicts


def it_is_a_first_run_or_ready(profile: Profile, cut: Cut) -> str:
    """Tell whether the profile is either to be made anew or opens with the passphrase chosen."""
    state = sign_in.profile_state(profile, CHEAP)
    if state is sign_in.ProfileState.NEW:
        sign_in.first_run(profile, sign_in.NewUser("B", "n", "o"), passphrase(1), CLOCK, costs=CHEAP).store.close()
        sign_in.unlock(profile, passphrase(1), CLOCK, costs=CHEAP).store.close()
        return "lost" if cut.acknowledged == 0 else "new"
    if state is not sign_in.ProfileState.READY:
        return f"stuck: {state}"
    try:
        sign_in.unlock(profile, passphrase(0), CLOCK, costs=CHEAP).store.close()
    except UserError as error:
        return f"refused: {type(error).__name__}"
    return "ready"


def test_power_cuts_in_the_first_run(play: Callable[..., Counter[str]]) -> None:
    verdicts = play(it_is_a_first_run_or_ready, "first run")
    assert set(verdicts) == {"new", "ready"}, verdicts


def it_begins_with_a_backup(profile: Profile, cut: Cut) -> str:
    """Tell whether the profile is either as new, so that the backup can be put there, or opens with all it holds."""
    state = sign_in.profile_state(profile, CHEAP)
    if state is sign_in.ProfileState.NEW:
        Work(profile.folder).beginning_with_a_backup("")
    elif state is not sign_in.ProfileState.READY:
        return f"stuck: {state}"
    opened = sign_in.unlock(profile, passphrase(0), CLOCK, costs=CHEAP)
    with opened.store.reading() as connection:
        count = len(people.all_ids(connection))
    opened.store.close()
    if count != PEOPLE:
        return f"holds {count}"
    if state is sign_in.ProfileState.NEW:
        return "lost" if cut.acknowledged == 0 else "new"
    return "ready"


def it_opens_with_one_of_its_keys(profile: Profile, cut: Cut) -> str:
    """Tell whether the record opens with the passphrase, whole, and every backup that has its name opens too."""
    if cut.acknowledged < 0:
        return "not begun"
    try:
        opened = sign_in.unlock(profile, passphrase(0), CLOCK, costs=CHEAP)
    except UserError as error:
        return f"refused: {type(error).__name__}"
    opened.store.close()
    for backup in list_backups(profile.backups):
        slots = KeySlots.load(backup.keys, costs=CHEAP, clock=CLOCK)
        unlocked = keys.unlock_with_passphrase(slots, passphrase(0))
        place = StorePlace(backup.path, unlocked.key, slots.store_id)
        if not any(_opens(replace(place, key=key)) for key in (unlocked.key, unlocked.next_key) if key):
            return "a backup does not open"
    return "opens"


def _opens(place: StorePlace) -> bool:
    try:
        connect(place).close()
    except UserError:
        return False
    return True


def test_power_cuts_while_changing_the_record_s_key(play: Callable[..., Counter[str]]) -> None:
    verdicts = play(it_opens_with_one_of_its_keys, "changing the record's key")
    assert set(verdicts) == {"not begun", "opens"}, verdicts


def test_a_key_changed_without_keeping_both_is_seen_to_be_lost(play: Callable[..., Counter[str]]) -> None:
    verdicts = play(it_opens_with_one_of_its_keys, "changing the record's key", "careless")
    assert verdicts.total() - verdicts["opens"] - verdicts["not begun"] > 10, verdicts


def it_is_of_one_version(profile: Profile, cut: Cut) -> str:
    """Tell whether the store is wholly of one release or wholly of the next, with everything in it."""
    if cut.acknowledged < 1:
        return "not begun"
    try:
        store = open_store(profile.store, KEY, STORE_ID, migrations=Migrations(SHIPPED.folder, SHIPPED.head))
        wanted, columns = 1, False
    except UserError:
        store = open_store(profile.store, KEY, STORE_ID, migrations=Migrations(SHIPPED.folder, SHIPPED.head + 1))
        wanted, columns = 2, True
    try:
        with store.reading() as connection:
            has_column = "pronouns" in {row[1] for row in connection.exec_driver_sql("PRAGMA table_info(person)")}
            has_table = bool(connection.exec_driver_sql("PRAGMA table_info(fresh)").all())
            if (has_column, has_table) != (columns, columns):
                return "half way"
            if store.version != SHIPPED.head + wanted - 1 or last_saved(connection) != 7 or is_torn(connection, 7):
                return "torn"
        return "lost" if wanted < cut.acknowledged else "whole"
    finally:
        store.close()


def test_power_cuts_while_migrating(play: Callable[..., Counter[str]]) -> None:
    verdicts = play(it_is_of_one_version, "migrating")
    assert set(verdicts) == {"not begun", "whole"}, verdicts


def test_a_migration_in_two_transactions_is_seen_to_stop_half_way(play: Callable[..., Counter[str]]) -> None:
    assert play(it_is_of_one_version, "migrating", "careless")["half way"] > 0


def backups_are_whole(profile: Profile, cut: Cut) -> str:
    """Tell whether every file with the name of a backup is one, its keys beside it, and none acknowledged is gone."""
    if cut.acknowledged < 0:
        return "not begun"
    backups = list_backups(profile.backups)
    place = StorePlace(profile.store, KEY, STORE_ID)
    for backup in backups:
        if not keys_beside(backup.path).is_file() or not backup.keys.read_bytes().startswith(b'{"keys": '):
            return "without keys"
        try:
            check_closed_file(replace(place, path=backup.path))
        except UserError:
            return "not whole"
    return "whole" if len(backups) >= cut.acknowledged else "lost"


def test_power_cuts_while_backing_up(play: Callable[..., Counter[str]]) -> None:
    verdicts = play(backups_are_whole, "backing up")
    assert set(verdicts) == {"not begun", "whole"}, verdicts
