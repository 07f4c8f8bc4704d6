"""The journal is the truth: nothing is lost from it, and the current values are what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.fields import MAIN, Absence
from eolc_desktop.care_plan.merge import Line
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, Edit, EntryState, Op, Plan, Source, Told
from eolc_desktop.errors import ChangedElsewhere
from eolc_desktop.models.store import Store
from eolc_desktop.models.tables import change, current
from eolc_desktop.record import history, journal, plans
from eolc_desktop.record.journal import Pen
from eolc_desktop.record.rows import from_text
from tests.authors import AT, DOCTOR, NURSE

NOTHING = Catalogue(())


def stored(store: Store, person_id: str) -> list[dict[str, object]]:
    with store.reading() as connection:
        rows = connection.execute(
            select(current)
            .where(current.c.person_id == person_id)
            .order_by(current.c.section, current.c.entry, current.c.field)
        )
        return [dict(row._mapping) for row in rows]


def put(store: Store, pen: Pen, person_id: str, edits: Sequence[Edit]) -> journal.Saved:
    with store.writing() as connection:
        return journal.append(connection, pen, person_id, edits)


@pytest.fixture
def person_id(store: Store, pen: Pen) -> str:
    with store.writing() as connection:
        return journal.add_person(connection, pen)


def base_of(store: Store, person_id: str, section: str, field: str, entry: str = MAIN) -> str:
    with store.reading() as connection:
        return journal.current_value(connection, person_id, section, entry, field)[1]


def test_a_value_comes_back_with_its_whole_envelope(store: Store, pen: Pen, person_id: str) -> None:
    told = Told(Source.FAMILY, "her daughter Anna")
    put(store, pen, person_id, [Edit("about_me", MAIN, "most_important", "My own bed.", told=told)])
    with store.reading() as connection:
        plan = plans.plan_of(connection, NOTHING, person_id, AT)
    item = plan.item("about_me", "most_important")
    assert item is not None
    assert (item.value, item.recorded_at, item.recorded_by, item.told) == ("My own bed.", AT, NURSE, told)
    assert item.confirmed_at is None
    assert plan.version == 1


def test_confirming_is_not_changing(store: Store, pen: Pen, person_id: str) -> None:
    put(store, pen, person_id, [Edit("cpr", MAIN, "decision", "not_for")])
    base = base_of(store, person_id, "cpr", "decision")
    later = Pen(DOCTOR, AT + timedelta(days=3), "laptop-2")
    put(store, later, person_id, [Edit("cpr", MAIN, "decision", "not_for", Op.CONFIRM, base)])
    with store.reading() as connection:
        plan = plans.plan_of(connection, NOTHING, person_id, AT)
    item = plan.item("cpr", "decision")
    assert item is not None
    assert (item.recorded_by, item.confirmed_by, item.confirmed_at) == (NURSE, DOCTOR, AT + timedelta(days=3))
    assert plan.version == 1
    assert base_of(store, person_id, "cpr", "decision") == base


def test_a_new_value_takes_the_confirmation_away(store: Store, pen: Pen, person_id: str) -> None:
    put(store, pen, person_id, [Edit("cpr", MAIN, "decision", "not_for")])
    base = base_of(store, person_id, "cpr", "decision")
    put(store, pen, person_id, [Edit("cpr", MAIN, "decision", "not_for", Op.CONFIRM, base)])
    put(store, pen, person_id, [Edit("cpr", MAIN, "decision", "for", base=base)])
    with store.reading() as connection:
        item = plans.plan_of(connection, NOTHING, person_id, AT).item("cpr", "decision")
    assert item is not None
    assert item.confirmed_at is None


@pytest.mark.parametrize("op", [Op.SET, Op.CONFIRM])
def test_nobody_writes_over_or_confirms_what_they_have_not_seen(store: Store, pen: Pen, person_id: str, op: Op) -> None:
    put(store, pen, person_id, [Edit("cpr", MAIN, "decision", "not_for")])
    seen = base_of(store, person_id, "cpr", "decision")
    put(store, pen, person_id, [Edit("cpr", MAIN, "decision", "for", base=seen)])
    before = stored(store, person_id)
    with pytest.raises(ChangedElsewhere):
        put(store, pen, person_id, [Edit("cpr", MAIN, "reason", "x"), Edit("cpr", MAIN, "decision", "x", op, seen)])
    assert stored(store, person_id) == before


def test_a_value_equal_to_what_stands_is_not_a_change(store: Store, pen: Pen, person_id: str) -> None:
    put(store, pen, person_id, [Edit("person", MAIN, "family_name", "Smith")])
    base = base_of(store, person_id, "person", "family_name")
    assert put(store, pen, person_id, [Edit("person", MAIN, "family_name", "Smith", base=base)]).touched == ()
    assert put(store, pen, person_id, [Edit("person", MAIN, "given_names", None)]).touched == ()
    with store.reading() as connection:
        assert len(history.changes_of(connection, person_id)) == 1


def test_confirming_what_is_not_there_is_refused(store: Store, pen: Pen, person_id: str) -> None:
    with pytest.raises(ValueError, match="nothing recorded"):
        put(store, pen, person_id, [Edit("cpr", MAIN, "decision", "not_for", Op.CONFIRM)])


def test_a_withdrawn_entry_stays_in_the_record_with_its_reason(store: Store, pen: Pen, person_id: str) -> None:
    put(store, pen, person_id, [Edit("contacts", "c1", "name", "Anna Smith")])
    put(store, pen, person_id, [Edit("contacts", "c1", ENTRY_ITSELF, "withdrawn", reason="Moved away")])
    with store.reading() as connection:
        plan = plans.plan_of(connection, NOTHING, person_id, AT)
    assert plan.entries("contacts") == ()
    (entry,) = plan.all_entries("contacts")
    assert (entry.state, entry.reason, entry.value("name")) == (EntryState.WITHDRAWN, "Moved away", "Anna Smith")


@pytest.mark.parametrize("statement", ["UPDATE change SET value = '1'", "DELETE FROM change", "DELETE FROM audit"])
def test_the_file_itself_refuses_to_alter_the_journal(store: Store, pen: Pen, person_id: str, statement: str) -> None:
    put(store, pen, person_id, [Edit("cpr", MAIN, "decision", "not_for")])
    if "audit" in statement:
        from eolc_desktop.record import audit  # noqa: PLC0415

        with store.writing() as connection:
            audit.note(connection, AT, "nurse-1", "opened")
    with pytest.raises(DBAPIError, match="only ever added to"), store.writing() as connection:
        connection.exec_driver_sql(statement)


ITEMS = st.tuples(
    st.sampled_from(["person", "cpr", "contacts", "places", "death"]),
    st.sampled_from([MAIN, "e1", "e2"]),
    st.sampled_from(["family_name", "decision", "name", "preferred_death", "died_on"]),
)
VALUES = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.booleans(),
    st.integers(0, 10),
    st.lists(st.sampled_from(["a", "b", "c"]), max_size=3),
    st.sampled_from([absence.value_to_store for absence in Absence]),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("set"), ITEMS, VALUES),
        st.tuples(st.just("confirm"), ITEMS, st.none()),
        st.tuples(st.just("state"), ITEMS, st.sampled_from([state.value for state in EntryState])),
    ),
    max_size=25,
)


def test_current_values_are_what_the_journal_says_and_no_value_leaves_history(store: Store) -> None:
    @given(steps=STEPS)
    @settings(max_examples=60, deadline=None)
    def check(steps: list[tuple[str, tuple[str, str, str], object]]) -> None:
        _walk(store, steps)

    check()


def _walk(store: Store, steps: list[tuple[str, tuple[str, str, str], object]]) -> None:
    pen = Pen(NURSE, AT, "laptop-1")
    with store.writing() as connection:
        person_id = journal.add_person(connection, pen)
    expected: dict[tuple[str, str, str], object] = {}
    ever: list[object] = []
    seen = [_read(store, person_id)]
    for number, (what, (section, entry, field), value) in enumerate(steps):
        key = (section, entry, ENTRY_ITSELF if what == "state" else field)
        with store.reading() as connection:
            stands, base = journal.current_value(connection, person_id, *key)
        pen = replace(pen, author=(NURSE, DOCTOR)[number % 2], at=AT + timedelta(minutes=number))
        # Going on from any plan that was read before is the same as reading everything.
        for known in seen[-3:]:
            assert _read(store, person_id, known) == _read(store, person_id)
        seen.append(_read(store, person_id, seen[-1]))
        if what == "confirm":
            if base:
                put(store, pen, person_id, [Edit(*key, stands, Op.CONFIRM, base)])
            continue
        saved = put(store, pen, person_id, [Edit(*key, value, base=base, reason="because")])  # type: ignore[arg-type]
        if saved.touched:
            expected[key] = value
            ever.append(value)
    with store.reading() as connection:
        lines = history.changes_of(connection, person_id)
        replay = plans.replayed(connection, person_id)
        columns = connection.exec_driver_sql("SELECT * FROM person ORDER BY number DESC").mappings().first()
    assert [line.value for line in lines if line.op is Op.SET] == ever
    assert _values(store, person_id) == expected
    before = stored(store, person_id)
    assert replay == before
    with store.writing() as connection:
        plans.rebuild(connection, person_id)
    assert stored(store, person_id) == before
    with store.reading() as connection:
        assert connection.exec_driver_sql("SELECT * FROM person ORDER BY number DESC").mappings().first() == columns


def _read(store: Store, person_id: str, known: Plan | None = None) -> Plan:
    with store.reading() as connection:
        return plans.plan_of(connection, NOTHING, person_id, AT, known=known)


def test_nothing_is_read_on_from_a_plan_that_was_cut_down(store: Store, pen: Pen, person_id: str) -> None:
    edits = [Edit("cpr", MAIN, "decision", "not_for"), Edit("about_me", MAIN, "most_important", "My own bed.")]
    put(store, pen, person_id, edits)
    plan = _read(store, person_id)
    for_family = replace(plan, sections={"about_me": plan.sections["about_me"]})
    assert _read(store, person_id, for_family) == plan


def _values(store: Store, person_id: str) -> dict[tuple[str, str, str], object]:
    return {
        (str(row["section"]), str(row["entry"]), str(row["field"])): from_text(str(row["value"]))
        for row in stored(store, person_id)
    }


def test_the_negative_control_a_current_value_changed_behind_the_journal_is_seen(
    store: Store, pen: Pen, person_id: str
) -> None:
    put(store, pen, person_id, [Edit("cpr", MAIN, "decision", "not_for")])
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE current SET value = '\"for\"'")
    with store.reading() as connection:
        replay = plans.replayed(connection, person_id)
    assert replay != stored(store, person_id)


def test_many_new_people_at_once_are_the_same_as_one_by_one(store: Store, pen: Pen) -> None:
    edits = [Edit("person", MAIN, "family_name", "O'Brien-Łukasz"), Edit("contacts", "c1", "name", "Anna")]
    with store.writing() as connection:
        journal.append_new_people(connection, pen, [("bulk", edits)])
        single = journal.add_person(connection, pen)
        journal.append(connection, pen, single, edits)
        rows = connection.execute(select(change.c.person_id, change.c.section, change.c.value)).all()
    assert [row[1:] for row in rows if row[0] == "bulk"] == [row[1:] for row in rows if row[0] == single]
    bulk, one = stored(store, "bulk"), stored(store, single)
    for row in (*bulk, *one):
        del row["person_id"], row["set_by"]
    assert bulk == one


def test_one_save_records_each_item_once(store: Store, pen: Pen, person_id: str) -> None:
    put(store, pen, person_id, [Edit("cpr", MAIN, "decision", "not_for")])
    base = base_of(store, person_id, "cpr", "decision")
    both = [Edit("cpr", MAIN, "decision", "for", base=base), Edit("cpr", MAIN, "decision", "not_for", Op.CONFIRM, base)]
    with pytest.raises(ValueError, match="each item once"):
        put(store, pen, person_id, both)


def test_a_withdrawal_that_a_merge_puts_aside_leaves_the_entry_standing(store: Store, pen: Pen, person_id: str) -> None:
    put(store, pen, person_id, [Edit("cpr", MAIN, "decision", "not_for")])
    put(store, pen, person_id, [Edit("cpr", MAIN, ENTRY_ITSELF, EntryState.WITHDRAWN.value)])
    with store.writing() as connection:
        journal.append_merged(connection, pen, person_id, [Line(("cpr", MAIN, ENTRY_ITSELF), Op.SET, None)])
    plan = _read(store, person_id)
    assert plan.text("cpr", "decision") == "not_for"
