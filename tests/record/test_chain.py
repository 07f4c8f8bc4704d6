"""Nothing is altered unseen: pages and files that are put back, and lines that are changed from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlcipher3 import dbapi2 as sqlcipher

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import Edit, Op
from eolc_desktop.errors import StoreError
from eolc_desktop.models.opening import PAGE_BYTES, StorePlace, connect
from eolc_desktop.models.sealing import seal_audit, seal_everything
from eolc_desktop.models.store import Store, open_store, second_look
from eolc_desktop.record import audit, chain, journal, plans
from eolc_desktop.record.chain import Head, Trust
from eolc_desktop.record.journal import Pen
from eolc_desktop.record.rows import new_id
from tests.authors import AT

pytestmark = pytest.mark.hazard("H30")

FOR, NOT_FOR = "for", "not_for"


def people_in(store: Store, pen: Pen, count: int = 40) -> list[str]:
    """Some people, each with a CPR decision and enough words that the tables have many pages."""
    made = []
    with store.writing() as connection:
        for place in range(count):
            person_id = new_id()
            edits = [
                Edit("person", MAIN, "family_name", f"Person {place}"),
                Edit("cpr", MAIN, "decision", FOR),
                Edit("about_me", MAIN, "most_important", f"{place} " + "my own bed and the window open " * 20),
            ]
            journal.append_new_people(connection, pen, [(person_id, edits)])
            audit.note(connection, AT, "nurse-1", "opened", person_id)
            made.append(person_id)
        seal_audit(connection)
    return made


def decide(store: Store, pen: Pen, person_id: str, decision: str) -> None:
    with store.writing() as connection:
        _value, base = journal.current_value(connection, person_id, "cpr", MAIN, "decision")
        journal.append(connection, pen, person_id, [Edit("cpr", MAIN, "decision", decision, base=base)])


def looked(store: Store, kept: Head | None = None) -> Trust:
    with store.reading() as connection:
        return chain.check_all(connection, kept)


def head(store: Store) -> Head:
    with store.reading() as connection:
        return chain.head_of(connection)


def fits(store: Store, person_id: str) -> bool:
    with store.reading() as connection:
        return chain.person_fits(connection, person_id)


@pytest.fixture
def peggy(store: Store, pen: Pen) -> str:
    return people_in(store, pen)[7]


def test_what_was_saved_by_the_program_fits(store: Store, pen: Pen, peggy: str) -> None:
    decide(store, pen, peggy, NOT_FOR)
    found = looked(store, head(store))
    assert found.ok
    assert found.lines == ()
    assert fits(store, peggy)


def test_a_confirmation_an_undone_save_and_an_empty_one_fit(store: Store, pen: Pen, peggy: str) -> None:
    with store.writing() as connection:
        _value, base = journal.current_value(connection, peggy, "cpr", MAIN, "decision")
        edit = Edit("cpr", MAIN, "decision", FOR, base=base)
        assert journal.append(connection, pen, peggy, [edit]).touched == ()
        journal.append(connection, pen, peggy, [replace(edit, op=Op.CONFIRM)])
    with suppress(RuntimeError), store.writing() as connection:
        journal.append(connection, pen, peggy, [replace(edit, value=NOT_FOR)])
        raise RuntimeError
    with store.reading() as connection:
        assert journal.current_value(connection, peggy, "cpr", MAIN, "decision")[0] == FOR
    assert looked(store, head(store)).ok


# What somebody could do to a record that they can open


def meddle(store: Store, *statements: str) -> None:
    """Change the tables past the program, the guards put out of the way first."""
    raw = connect(store.place)
    for trigger in (
        "change_is_never_updated",
        "change_is_never_deleted",
        "audit_is_never_deleted",
        "seal_is_never_deleted",
    ):
        raw.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        raw.execute(statement)
    raw.close()


CHANGED = "UPDATE change SET value = '\"not_for\"' WHERE sequence = 5"
MEDDLING = {
    "a line of the journal is changed": (CHANGED,),
    "its author is changed": ("UPDATE change SET author_name = 'Somebody Else' WHERE sequence = 5",),
    "it and the value that stands are changed": (CHANGED, "UPDATE current SET value = '\"not_for\"' WHERE set_by = 5"),
    "only the value that stands is changed": ("UPDATE current SET value = '\"not_for\"' WHERE set_by = 5",),
    "the value that stands is gone": ("DELETE FROM current WHERE set_by = 5",),
    "only the caseload's column is changed": ("UPDATE person SET cpr_decision = 'not_for' WHERE number = 2",),
    "a line is taken out": ("PRAGMA foreign_keys = OFF", "DELETE FROM change WHERE sequence = 5"),
    "a line is added": (
        "INSERT INTO change SELECT 9999, 'x', person_id, section, entry, field, op, '\"not_for\"', parent, "
        "base_change, 's', recorded_at, author_id, author_name, author_role, author_organisation, source, "
        "source_detail, reason, laptop_id FROM change WHERE sequence = 5",
    ),
    "who looked is taken out": ("DELETE FROM audit WHERE sequence = 3",),
    "a seal is taken out": ("DELETE FROM seal WHERE number = 3",),
    "the last seal and its lines are taken out": (
        "PRAGMA foreign_keys = OFF",
        "DELETE FROM current WHERE person_id = (SELECT person_id FROM seal WHERE kind = 'change' ORDER BY number DESC)",
        "DELETE FROM change WHERE sequence > 117",
        "DELETE FROM seal WHERE number >= 40",
        "UPDATE person SET family_name = '', cpr_decision = '' WHERE number = 40",
    ),
}


@pytest.mark.parametrize("statements", MEDDLING.values(), ids=MEDDLING)
def test_whatever_is_changed_past_the_program_is_found(
    store: Store, pen: Pen, peggy: str, statements: tuple[str, ...]
) -> None:
    kept = head(store)
    meddle(store, *statements)
    found = looked(store, kept)
    assert not found.ok
    assert found.lines
    assert "Person" not in " ".join(found.lines), "what is found names nobody"


def test_one_persons_changed_line_is_found_when_their_plan_is_opened(store: Store, pen: Pen) -> None:
    first, second, *_others = people_in(store, pen, 4)
    meddle(store, CHANGED)
    assert fits(store, first)
    assert not fits(store, second)
    assert looked(store).people == {second}


# What somebody can do who cannot open it: put back what they copied


@pytest.fixture
def reopened(store: Store) -> Iterator[Callable[[], Store]]:
    opened: list[Store] = []

    def reopen() -> Store:
        opened.append(open_store(store.path, store.place.key, store.store_id))
        return opened[-1]

    yield reopen
    for one in opened:
        one.close()


def sound_to_sqlite(place: StorePlace) -> bool:
    raw = connect(place)
    try:
        seals = raw.execute("PRAGMA cipher_integrity_check").fetchall()
        return bool(seals == [] and raw.execute("PRAGMA quick_check").fetchall() == [("ok",)])
    except sqlcipher.DatabaseError:
        return False
    finally:
        raw.close()


def told(connection: Connection) -> list[object]:
    """Everything that the tables of the record hold."""
    return [
        connection.exec_driver_sql(f"SELECT * FROM {table}").all()
        for table in ("person", "change", "current", "audit", "seal")
    ]


def test_a_long_look_rests_and_ends_when_it_is_told_to(store: Store, pen: Pen) -> None:
    class Ended(Exception):
        pass

    people_in(store, pen, 90)
    rests: list[int] = []

    def end_at_the_third() -> None:
        rests.append(len(rests))
        if len(rests) == 3:
            raise Ended

    with store.reading() as connection, pytest.raises(Ended):
        chain.check_all(connection, rest=end_at_the_third)
    with store.reading() as connection:
        assert chain.check_all(connection, rest=lambda: rests.append(0)).ok
    assert len(rests) > 4


def test_an_old_page_in_place_of_the_newer_one_is_found(store: Store, pen: Pen, tmp_path: Path) -> None:
    """SQLCipher's seals say that all is well: each old page is whole in itself."""
    who = people_in(store, pen)[7]
    store.close()
    old = store.path.read_bytes()
    again = open_store(store.path, store.place.key, store.store_id)
    decide(again, pen, who, NOT_FOR)
    kept = head(again)
    with again.reading() as connection:
        truth = told(connection)
    again.close()
    new = store.path.read_bytes()
    pages = [
        number
        for number in range(1, len(old) // PAGE_BYTES)
        if old[number * PAGE_BYTES : (number + 1) * PAGE_BYTES] != new[number * PAGE_BYTES : (number + 1) * PAGE_BYTES]
    ]
    missed_by_sqlite = 0
    shown_wrongly = 0
    for number in pages:
        start = number * PAGE_BYTES
        store.path.write_bytes(new[:start] + old[start : start + PAGE_BYTES] + new[start + PAGE_BYTES :])
        if not sound_to_sqlite(store.place):
            continue
        replayed = open_store(store.path, store.place.key, store.store_id)
        with replayed.reading() as connection:
            if told(connection) == truth:
                # The page that says whether the file was closed in order: nothing of the record is on it.
                continue
            missed_by_sqlite += 1
            value, _base = journal.current_value(connection, who, "cpr", MAIN, "decision")
            shown_wrongly += value == FOR
            assert not chain.check_all(connection, kept).ok, f"page {number} was put back unseen"
            if value == FOR:
                assert not chain.person_fits(connection, who), "and it is found when that plan is opened"
        replayed.close()
    assert missed_by_sqlite >= 2, "the test must put back pages that SQLite and SQLCipher think are sound"
    assert shown_wrongly, "one of them turns the decision round"


def test_an_old_page_put_back_while_the_record_is_open_is_found(store: Store, pen: Pen) -> None:
    """SQLite has read the page already, and would not look at the file again."""
    who = people_in(store, pen)[7]
    store.checkpoint()
    old = store.path.read_bytes()
    decide(store, pen, who, NOT_FOR)
    store.checkpoint()
    new = store.path.read_bytes()
    turned_round = 0
    for start in range(PAGE_BYTES, len(old), PAGE_BYTES):
        before, now = old[start : start + PAGE_BYTES], new[start : start + PAGE_BYTES]
        if before == now:
            continue
        assert fits(store, who), "and what it was read from is kept in memory"
        put_page(store.path, start, before)
        if decision_in_the_file(store.place, who) == FOR:
            turned_round += 1
            assert not fits(store, who), "an older page was put back unseen"
        put_page(store.path, start, now)
    assert turned_round, "one of the pages turns the decision round"


def put_page(path: Path, start: int, page: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(page)


def decision_in_the_file(place: StorePlace, person_id: str) -> str:
    """What stands in the file by itself, for whoever opens it now; "" where it does not hold together."""
    try:
        with second_look(place) as connection:
            return str(journal.current_value(connection, person_id, "cpr", MAIN, "decision")[0])
    except StoreError:
        return ""


def test_an_old_file_in_place_of_the_newer_one_is_found_by_the_head_alone(
    store: Store, pen: Pen, peggy: str, reopened: Callable[[], Store]
) -> None:
    store.close()
    old = store.path.read_bytes()
    newer = reopened()
    for decision in (NOT_FOR, FOR, NOT_FOR):
        decide(newer, pen, peggy, decision)
    kept = head(newer)
    newer.close()
    store.path.write_bytes(old)
    back = reopened()
    assert looked(back).ok, "in itself it is whole"
    found = looked(back, kept)
    assert not found.ok
    assert "3 saves are missing" in found.lines[0]


def test_another_history_of_the_same_length_is_found(
    store: Store, pen: Pen, peggy: str, reopened: Callable[[], Store]
) -> None:
    store.close()
    old = store.path.read_bytes()
    one = reopened()
    decide(one, pen, peggy, NOT_FOR)
    kept = head(one)
    one.close()
    store.path.write_bytes(old)
    other = reopened()
    decide(other, pen, peggy, NOT_FOR)
    assert looked(other).ok
    assert not looked(other, kept).ok


def test_a_record_from_before_there_were_seals_is_sealed_as_it_stands(store: Store, pen: Pen, peggy: str) -> None:
    meddle(store, "DELETE FROM seal", "DELETE FROM fact WHERE name = 'seal_key'")
    with store.writing() as connection:
        connection.info.clear()
        seal_everything(connection)
    found = looked(store, head(store))
    assert found.ok
    assert found.head.number == 41
    with store.reading() as connection:
        assert plans.replayed(connection, peggy)


def test_the_key_of_the_seals_is_made_once(store: Store, pen: Pen, reopened: Callable[[], Store]) -> None:
    people_in(store, pen, 2)

    def key(connection: Connection) -> str:
        return str(connection.exec_driver_sql("SELECT value FROM fact WHERE name = 'seal_key'").scalar_one())

    with store.reading() as connection:
        before = key(connection)
    store.close()
    again = reopened()
    people_in(again, pen, 2)
    with again.reading() as connection:
        assert key(connection) == before
    assert looked(again).ok
