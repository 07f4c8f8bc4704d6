"""Files that were damaged, cut off or filled with rubbish, by the thousand; and two starts at once, a hundred times."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eolc_desktop.errors import StoreError
from eolc_desktop.models.integrity import check_store
from eolc_desktop.models.opening import PAGE_BYTES, StorePlace
from eolc_desktop.models.store import create_store, open_store
from eolc_desktop.paths import Profile
from tests.desktop import test_settings, test_single_instance
from tests.models.conftest import note, notes
from tests.test_policy import test_no_damage_makes_it_weaker as no_damage_makes_it_weaker

FLIPS, CUTS, RUBBISH, STARTS = 10_000, 2_000, 1_000, 100
SALT_BYTES = 16
"""The salt stands at the beginning of the file. The record knows it, so damage there does no harm."""
ROWS = 300
MANY = settings(max_examples=RUBBISH, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def place(tmp_path: Path) -> StorePlace:
    """A closed store with some hundred rows in it."""
    made = StorePlace(tmp_path / "record.db", random.Random(1).randbytes(32), str(uuid4()))
    store = create_store(made.path, made.key, made.store_id)
    with store.writing() as connection:
        for number in range(ROWS):
            note(connection, f"{number} " + "something to fill a page with " * 10)
    store.close()
    return made


def verdict(place: StorePlace) -> str:
    """What somebody is told of the file as it stands: "whole" only where every row is there."""
    for side in ("-wal", "-shm"):
        place.path.with_name(place.path.name + side).unlink(missing_ok=True)
    try:
        report = check_store(place)
        if not report.ok:
            return f"page {report.damaged_pages}" if report.damaged_pages else "damaged"
        store = open_store(place.path, place.key, place.store_id)
    except StoreError as error:
        return type(error).__name__ if all((error.happened, error.safe, error.next_step)) else "no words"
    try:
        with store.reading() as connection:
            return "whole" if notes(connection) == ROWS else "rows are missing and nobody was told"
    finally:
        store.close()


def test_ten_thousand_flipped_bits(place: StorePlace) -> None:
    whole = place.path.read_bytes()
    chance, found = random.Random(20261128), Counter[str]()
    for _ in range(FLIPS):
        at = chance.randrange(len(whole))
        content = bytearray(whole)
        content[at] ^= 1 << chance.randrange(8)
        place.path.write_bytes(content)
        said = verdict(place)
        if at < SALT_BYTES:
            assert said == "whole", at
            found["in the salt, which does no harm"] += 1
        elif at < PAGE_BYTES:
            assert said == "StoreDamaged" or said.startswith("page (1,"), (at, said)
            found["in the first page, told from a wrong passphrase"] += 1
        else:
            assert said in ("StoreDamaged", f"page {(at // PAGE_BYTES + 1,)}"), (at, said)
            found["in another page, named" if said.startswith("page") else "in another page, told at opening"] += 1
    print(f"\nflipped bits: {dict(found)}")


def test_cut_anywhere(place: StorePlace) -> None:
    whole = place.path.read_bytes()
    chance, found = random.Random(20261128), Counter[str]()
    sizes = [*range(0, len(whole), 512), *(chance.randrange(len(whole)) for _ in range(CUTS))]
    for size in sizes:
        place.path.write_bytes(whole[:size])
        said = verdict(place)
        assert said in ("StoreEmpty", "StoreDamaged", "damaged") or said.startswith("page"), (size, said)
        found[said if not said.startswith("page") else "pages named"] += 1
    print(f"\ncut off: {dict(found)}")


@MANY
@given(raw=test_settings.likely.map(json.dumps).map(str.encode) | st.binary(max_size=4096))
def test_a_thousand_settings_files(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    test_settings.test_whatever_the_file_holds_the_program_starts_and_locks.hypothesis.inner_test(  # type: ignore[attr-defined]
        tmp_path_factory, raw
    )


@MANY
@given(data=st.data())
def test_a_thousand_policy_files(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    no_damage_makes_it_weaker.hypothesis.inner_test(tmp_path_factory, data)  # type: ignore[attr-defined]


def test_two_starts_at_once_a_hundred_times(tmp_path: Path) -> None:
    for number in range(STARTS):
        profile = Profile(tmp_path / str(number))
        profile.make_private()
        both = [test_single_instance.start(profile, "hold") for _ in range(2)]
        try:
            said = sorted(one.stdout.readline().strip() for one in both if one.stdout is not None)
            assert said == ["asked", "claimed"], (number, said)
        finally:
            for one in both:
                one.kill()
                one.communicate()
