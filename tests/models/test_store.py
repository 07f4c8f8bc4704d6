"""Saving: all of it or nothing, told truthfully whatever the disk does, and one transaction at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, exc, insert, select, update

from eolc_desktop.errors import StoreDamaged, StoreError, StoreFull, StoreMissing
from eolc_desktop.models.opening import StorePlace, connect
from eolc_desktop.models.store import Store, create_store, prepare_store, put_in_place, unfinished_beside
from eolc_desktop.models.tables import audit, change, fact, person
from tests.models.conftest import note, notes

Reopen = Callable[[], Store]


def test_what_was_written_is_there_after_opening_again(store: Store, reopened: Reopen) -> None:
    with store.writing() as connection:
        note(connection, "first")
    store.close()
    with reopened().reading() as connection:
        assert notes(connection) == 1


def test_an_error_in_the_block_undoes_all_of_it(store: Store) -> None:
    with pytest.raises(KeyError), store.writing() as connection:  # noqa: PT012  the block is what is tested
        note(connection, "never kept")
        raise KeyError
    with store.reading() as connection:
        assert notes(connection) == 0
    with store.writing() as connection:
        note(connection, "the next one is kept")
    with store.reading() as connection:
        assert notes(connection) == 1


def test_tables_made_in_a_block_that_fails_are_undone_too(store: Store) -> None:
    with pytest.raises(KeyError), store.writing() as connection:  # noqa: PT012
        connection.exec_driver_sql("CREATE TABLE half_made (a)")
        raise KeyError
    with store.reading() as connection:
        assert not connection.exec_driver_sql("SELECT * FROM sqlite_master WHERE name = 'half_made'").all()


def test_reading_sees_one_moment_and_cannot_write(store: Store) -> None:
    with pytest.raises(RuntimeError, match="only reading"), store.reading() as connection:  # noqa: PT012
        connection.exec_driver_sql("SELECT 1")
        note(connection, "never written")
    with store.writing() as connection:
        note(connection, "writing works again")
    with store.reading() as connection:
        assert notes(connection) == 1


def fill_the_disk(store: Store) -> Callable[[], None]:
    """Let the file grow no further, and return what lets it grow again."""
    pages = store._raw.execute("PRAGMA page_count").fetchone()[0]
    store._raw.execute(f"PRAGMA max_page_count = {pages}").fetchall()
    return lambda: store._raw.execute("PRAGMA max_page_count = 1073741823").fetchall() and None


def test_a_full_disk_is_told_nothing_is_half_kept_and_saving_goes_on_when_there_is_room(store: Store) -> None:
    with store.writing() as connection:
        note(connection, "before")
    make_room = fill_the_disk(store)
    with pytest.raises(StoreFull) as told, store.writing() as connection:  # noqa: PT012
        for _ in range(200):
            note(connection, "much " * 200)
    assert "still on the screen" in told.value.safe
    assert "much" not in str(told.value)
    make_room()
    with store.reading() as connection:
        assert notes(connection) == 1
    with store.writing() as connection:
        note(connection, "after")
    with store.reading() as connection:
        assert notes(connection) == 2


def test_a_block_that_swallows_the_full_disk_is_not_taken_for_saved(store: Store) -> None:
    make_room = fill_the_disk(store)
    with pytest.raises(StoreFull), store.writing() as connection:  # noqa: PT012
        note(connection, "small")
        for _ in range(200):
            try:
                note(connection, "much " * 200)
            except exc.DBAPIError:
                break
    make_room()
    with store.reading() as connection:
        assert notes(connection) == 0


def test_nothing_is_saved_into_a_file_that_is_not_in_its_place_any_more(store: Store, tmp_path: Path) -> None:
    """A backup program that renames its copy over the record, or somebody who moves it away."""
    with store.writing() as connection:
        note(connection, "before")
    aside = tmp_path / "moved away.db"
    store.path.rename(aside)
    with pytest.raises(StoreMissing, match="was moved"), store.writing() as connection:
        note(connection, "gone with the file")
    store.path.write_bytes(aside.read_bytes())
    with pytest.raises(StoreMissing, match="another was put in its place"), store.writing() as connection:
        note(connection, "gone with the file")
    aside.replace(store.path)
    with store.writing() as connection:
        note(connection, "after")
    with store.reading() as connection:
        assert notes(connection) == 2


def test_an_error_of_the_driver_holds_no_patient_data(store: Store) -> None:
    with store.writing() as connection:
        connection.execute(insert(person).values(id="p1", added_at="now", family_name="ZQXCANARY"))
    with pytest.raises(exc.IntegrityError) as told, store.writing() as connection:
        connection.execute(insert(person).values(id="p1", added_at="now", family_name="ZQXCANARY"))
    assert "ZQXCANARY" not in str(told.value)
    with pytest.raises(exc.IntegrityError), store.writing() as connection:
        connection.execute(insert(person).values(id="p2"))


def test_journal_and_audit_are_only_ever_added_to(store: Store) -> None:
    with store.writing() as connection:
        note(connection, "what happened")
    for statement in (
        update(audit).values(detail="something else"),
        delete(audit),
        insert(audit).prefix_with("OR REPLACE").values(sequence=1, at="", user_id="", action=""),
    ):
        with pytest.raises(exc.IntegrityError, match="only ever added to"), store.writing() as connection:
            connection.execute(statement)
    with store.reading() as connection:
        assert connection.execute(select(audit.c.detail)).scalars().all() == ["what happened"]


def test_an_entry_cannot_belong_to_nobody(store: Store) -> None:
    row = dict.fromkeys(
        ("section", "entry", "field", "value", "save_id", "recorded_at", "author_id", "author_name"), "x"
    ) | dict.fromkeys(("author_role", "author_organisation", "source", "laptop_id", "id"), "x")
    with pytest.raises(exc.IntegrityError, match="FOREIGN KEY"), store.writing() as connection:
        connection.execute(insert(change).values(person_id="nobody", op="set", **row))


def test_one_transaction_at_a_time(store: Store) -> None:
    with store.writing(), pytest.raises(RuntimeError, match="already"), store.reading():
        pass
    with store.reading(), pytest.raises(RuntimeError, match="already"), store.writing():
        pass
    with store.reading(), pytest.raises(RuntimeError, match="already"):
        store.checkpoint()


def test_another_thread_cannot_come_between(store: Store) -> None:
    told: list[str] = []

    def elsewhere() -> None:
        try:
            with store.reading():
                told.append("it could")
        except RuntimeError as error:
            told.append(str(error))

    with store.writing():
        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
    assert "another thread" in told[0]
    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert told[1] == "it could", "one thread after the other is nothing wrong"


def test_closed_it_says_so_and_closing_again_does_nothing(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(RuntimeError, match="closed"), store.reading():
        pass


def test_a_checkpoint_leaves_everything_in_the_main_file(store: Store, tmp_path: Path) -> None:
    with store.writing() as connection:
        note(connection, "first")
    assert (tmp_path / "record.db-wal").stat().st_size > 0
    store.checkpoint()
    assert (tmp_path / "record.db-wal").stat().st_size == 0


def test_a_checkpoint_that_has_to_wait_for_a_reader_is_no_error(store: Store) -> None:
    with store.writing() as connection:
        note(connection, "first")
    reader = connect(store.place)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM fact").fetchone()
    with store.writing() as connection:
        note(connection, "second")
    began = time.monotonic()
    store.checkpoint()
    assert time.monotonic() - began < 4, "saving would wait as long"
    reader.close()
    with store.reading() as connection:
        assert notes(connection) == 2


def test_a_reader_on_another_connection_holds_nothing_up(store: Store) -> None:
    reader = connect(store.place)
    reader.execute("BEGIN")
    before = reader.execute("SELECT count(*) FROM audit").fetchone()
    with store.writing() as connection:
        note(connection, "while somebody reads")
    assert reader.execute("SELECT count(*) FROM audit").fetchone() == before
    reader.close()


def test_the_mark_of_use_comes_with_the_first_save_and_goes_at_the_end(store: Store, reopened: Reopen) -> None:
    assert not store.was_left_in_use()
    with store.reading() as connection:
        notes(connection)
    assert not store.was_left_in_use()
    with store.writing() as connection:
        note(connection, "first")
    assert store.was_left_in_use()
    store.close()
    again = reopened()
    assert not again.was_left_in_use()


def test_the_mark_reaches_the_main_file_as_soon_as_nobody_reads(store: Store) -> None:
    with store.writing() as connection:
        note(connection, "so that the log has something in it")
    store._raw.execute("UPDATE fact SET value = 'no' WHERE name = 'store_in_use'")
    store._marked = False
    reader = connect(store.place)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM fact").fetchone()
    with store.writing() as connection:
        note(connection, "while somebody reads")
    assert not store._marked
    reader.close()
    with store.writing() as connection:
        note(connection, "when they have gone")
    assert store._marked


def test_closed_while_somebody_reads_it_is_closed_in_order_all_the_same(store: Store, reopened: Reopen) -> None:
    with store.writing() as connection:
        note(connection, "so that the log has something in it")
    reader = connect(store.place)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM fact").fetchone()
    with store.writing() as connection:
        note(connection, "while somebody reads")
    store.close()
    reader.close()
    assert not store.path.with_name("record.db-wal").exists()
    with reopened().reading() as connection:
        assert notes(connection) == 2


def test_a_mark_that_never_reached_the_main_file_is_taken_away_too(store: Store, reopened: Reopen) -> None:
    reader = connect(store.place)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM fact").fetchone()
    with store.writing() as connection:
        note(connection, "while somebody reads")
    assert not store._marked
    store.close()
    reader.close()
    assert not reopened().was_left_in_use()


def test_damage_met_while_reading_is_told(closed: StorePlace, reopened: Reopen) -> None:
    store = reopened()
    content = bytearray(closed.path.read_bytes())
    for page in range(2, len(content) // 4096):
        content[page * 4096 + 100] ^= 1
    closed.path.write_bytes(content)
    with pytest.raises(StoreDamaged), store.reading() as connection:
        connection.execute(select(audit)).all()


def test_a_new_store_never_takes_the_place_of_another(closed: StorePlace) -> None:
    before = closed.path.read_bytes()
    with pytest.raises(StoreError, match="already"):
        create_store(closed.path, closed.key, closed.store_id)
    assert closed.path.read_bytes() == before


def test_a_new_store_has_its_name_only_when_it_is_whole(place: StorePlace) -> None:
    def fails(_: object) -> None:
        assert not place.path.exists()
        raise KeyError

    with pytest.raises(KeyError):
        create_store(place.path, place.key, place.store_id, fill=fails)
    assert not place.path.exists()
    unfinished_beside(place.path).write_bytes(b"cut off")

    def fills(connection: Connection) -> None:
        connection.execute(insert(fact).values(name="laptop_id", value="laptop-1"))

    prepared = prepare_store(place.path, place.key, place.store_id, fill=fills)
    assert not place.path.exists()
    put_in_place(prepared, place.path)
    assert [file.name for file in place.path.parent.iterdir()] == ["record.db"]


def test_a_store_that_cannot_be_written_is_told_at_once(place: StorePlace, tmp_path: Path) -> None:
    nowhere = tmp_path / "not there" / "record.db"
    with pytest.raises(StoreFull):
        create_store(nowhere, place.key, place.store_id)
