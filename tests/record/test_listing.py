"""The columns of the caseload say what the plans say: after any history, and in a record of an earlier version."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from eolc_desktop.care_plan import listed
from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.conflicts import Conflict
from eolc_desktop.care_plan.fast_track_clock import BY_STAGE, clock_of
from eolc_desktop.care_plan.fields import MAIN, Absence, Value, absence_of
from eolc_desktop.care_plan.merge import ClashItem, Line
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, NOT_STATED, Edit, EntryState, Item, Op, Plan
from eolc_desktop.care_plan.said import Said
from eolc_desktop.models.opening import connect
from eolc_desktop.models.service_tables import service_change
from eolc_desktop.models.store import Store, open_store
from eolc_desktop.models.tables import person
from eolc_desktop.record import chain, conflicts, journal, our_service, people, plans
from eolc_desktop.record.journal import Pen
from eolc_desktop.record.rows import new_id
from tests.authors import AT, DOCTOR, NURSE

NOTHING = Catalogue(())
PLACES = sorted(
    {*listed.TEXTS, *listed.ANSWERS, *listed.LATEST, ("fast_track", "sent_at"), ("fast_track", "started_at")}
)
VALUES = st.one_of(
    st.none(),
    st.sampled_from([*BY_STAGE, "red", "Jo Okafor, district nurse", "", "2026-11-01", "2026-11", AT.isoformat()]),
    st.sampled_from([absence.value_to_store for absence in Absence]),
    st.just({"text": "Cancer of the bowel", "code": "363406005"}),
    st.booleans(),
)
STATES = st.sampled_from([state.value for state in EntryState])
# One of each kind of column, so that values and states of one entry often meet.
OFTEN = (
    ("person", "family_name"),
    ("cpr", "decision"),
    ("places", "preferred_death"),
    ("conversations", "on"),
    ("fast_track", "stage"),
    ("fast_track", "sent_at"),
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["saved", "merged", "put aside"]),
        st.sampled_from(OFTEN),
        st.sampled_from([MAIN, "e1"]),
        st.one_of(st.tuples(st.just(True), STATES), st.tuples(st.just(False), VALUES)),
    ),
    min_size=8,
    max_size=25,
)
Step = tuple[str, tuple[str, str], str, tuple[bool, Value]]


def columns(connection: Connection, person_id: str) -> dict[str, str]:
    wanted = select(*(person.c[name] for name in listed.COLUMNS)).where(person.c.id == person_id)
    return dict(connection.execute(wanted).one()._mapping)


def said_by(plan: Plan) -> dict[str, str]:
    """What the columns should say, read from the plan by itself."""

    def value(section: str, field: str) -> Value:
        entries = plan.all_entries(section) if section == "person" else plan.entries(section)
        found = next((entry.items.get(field) for entry in entries if entry.id == MAIN), None)
        return found.value if found is not None else None

    def answered(found: Value) -> str:
        if absence := absence_of(found):
            return f'{{"absent":"{absence.value}"}}'
        return str(found["text"]) if isinstance(found, dict) else found if isinstance(found, str) else ""

    texts = {column: found if isinstance(found := value(*of), str) else "" for of, column in listed.TEXTS.items()}
    answers = {column: answered(value(*of)) for of, column in listed.ANSWERS.items()}
    latest = {
        column: max((entry.text(field) for entry in plan.entries(section) if entry.text(field)[:1] == "2"), default="")
        for (section, field), column in listed.LATEST.items()
    }
    steps = {key: value("fast_track", key) for key in ("stage", "sent_at", "started_at")}
    state = clock_of(steps, AT).state
    return texts | answers | latest | {"fast_track_state": state.name.lower() if state else ""}


def take(store: Store, person_id: str, number: int, step: Step) -> None:
    how, (section, field), entry, (is_state, value) = step
    field = ENTRY_ITSELF if is_state else field
    at = AT + timedelta(minutes=number)
    pen = Pen(NURSE, at, "laptop-1")
    with store.writing() as connection:
        if how == "saved":
            _stands, base = journal.current_value(connection, person_id, section, entry, field)
            journal.append(connection, pen, person_id, [Edit(section, entry, field, value, base=base)])
        else:
            said = None if how == "put aside" else Said(Item(value, new_id(), at, DOCTOR, NOT_STATED))
            journal.append_merged(connection, pen, person_id, [Line((section, entry, field), Op.SET, said)])


@pytest.mark.hazard("H04")
def test_after_any_history_the_columns_say_what_the_plan_says(store: Store) -> None:
    @given(steps=STEPS)
    @settings(max_examples=40, deadline=None)
    def check(steps: list[Step]) -> None:
        with store.writing() as connection:
            person_id = journal.add_person(connection, Pen(NURSE, AT, "laptop-1"))
        for number, step in enumerate(steps):
            take(store, person_id, number, step)
        with store.reading() as connection:
            there = columns(connection, person_id)
            assert there == said_by(plans.plan_of(connection, NOTHING, person_id, AT))
        with store.writing() as connection:
            plans.rebuild(connection, person_id)
            assert columns(connection, person_id) == there

    check()
    with store.reading() as connection:
        assert chain.check_all(connection).ok


@pytest.mark.parametrize("column", ["stage", "fast_track_state", "last_meeting", "preferred_death", "key_worker"])
def test_a_column_changed_behind_the_journal_is_seen(store: Store, pen: Pen, column: str) -> None:
    with store.writing() as connection:
        person_id = journal.add_person(connection, pen)
        journal.append(connection, pen, person_id, [Edit("plan_control", MAIN, "rag", "red")])
        assert chain.check_all(connection).ok
        connection.exec_driver_sql(f"UPDATE person SET {column} = 'x'")
        assert chain.check_all(connection).people == {person_id}


def clash(field: str, mine: Value, theirs: Value) -> ClashItem:
    one, other = (Said(Item(value, new_id(), AT, DOCTOR, NOT_STATED)) for value in (mine, theirs))
    return ClashItem(("cpr", MAIN, field), None, one, other)


@pytest.mark.hazard("H04")
def test_two_cpr_decisions_are_told_until_they_are_settled(store: Store, pen: Pen) -> None:
    decision = clash("decision", "for", "not_for")
    where = clash("form_location", "In the hall", "By the bed")
    with store.writing() as connection:
        one, other = (journal.add_person(connection, pen) for _ in range(2))
        found = Conflict("c1", one, ("group", "cpr"), (decision, where), AT, NURSE)
        conflicts.put_conflict(connection, found)
        only_where = (clash("decision", "for", "for"), where)
        conflicts.put_conflict(connection, Conflict("c2", other, ("group", "cpr"), only_where, AT, NURSE))
        rows = {row.id: row.cpr_conflict for row in people.listed(connection).rows}
        assert rows == {one: True, other: False}
        conflicts.put_conflict(connection, replace(found, settled_by=DOCTOR, settled_at=AT, reason="Asked her"))
        assert not any(row.cpr_conflict for row in people.listed(connection).rows)


def test_a_record_of_the_version_before_gets_its_columns(store: Store, pen: Pen) -> None:
    """As version 10 had it: without the new columns, and with what a withdrawn entry had said."""
    with store.writing() as connection:
        for number in range(3):
            person_id = journal.add_person(connection, pen)
            wanted = [Edit(*of, "2026-11-01") for of in ((s, MAIN, f) for s, f in PLACES) if of[0] != "fast_track"]
            wanted += [Edit("conversations", "e1", "on", "2026-11-20"), Edit("fast_track", MAIN, "stage", "sent")]
            journal.append(connection, pen, person_id, wanted)
            if number:
                state = Edit(("death", "plan_control")[number - 1], MAIN, ENTRY_ITSELF, EntryState.WITHDRAWN.value)
                journal.append(connection, pen, person_id, [state])
        found = Conflict("c1", person_id, ("group", "cpr"), (clash("decision", "for", "not_for"),), AT, NURSE)
        conflicts.put_conflict(connection, found)
    with store.reading() as connection:
        before = connection.exec_driver_sql("SELECT * FROM person").all(), people.listed(connection)
    place = store.place
    store.close()
    place.path.with_name("keys.json").write_text("{}")  # for the backup that is made first
    raw = connect(place)
    for name in ("stage", "plan_status", "review_responsible", "key_worker", "practice", "diagnosis", "on_register",
                 "fast_track", "fast_track_state", "just_in_case", "last_meeting", "last_conversation"):  # fmt: skip
        raw.execute(f"ALTER TABLE person DROP COLUMN {name}")
    raw.execute("UPDATE person SET died_on = '2026-11-01', preferred_death = ''")
    raw.execute("DROP INDEX ix_conflict_open")
    raw.execute("ALTER TABLE conflict DROP COLUMN about_cpr")
    for trigger in ("updated", "deleted"):
        raw.execute(f"DROP TRIGGER service_change_is_never_{trigger}")
    raw.execute("UPDATE alembic_version SET version_num = '0010'")
    raw.execute("PRAGMA user_version = 10")
    raw.close()
    store = open_store(place.path, place.key, place.store_id)
    try:
        with store.reading() as connection:
            after = connection.exec_driver_sql("SELECT * FROM person").all(), people.listed(connection)
            assert after == before
            assert chain.check_all(connection).ok
    finally:
        store.close()


@pytest.mark.parametrize(
    "statement", ["UPDATE service_change SET value = '\"0113 496 0102\"'", "DELETE FROM service_change"]
)
def test_what_the_organisation_keeps_of_itself_is_only_added_to(store: Store, statement: str) -> None:
    with store.writing() as connection:
        our_service.append(connection, NURSE, AT, [Edit("services", "s1", "phone", "0113 496 0101")])
    with pytest.raises(DBAPIError, match="only ever added to"), store.writing() as connection:
        connection.exec_driver_sql(statement)
    with store.reading() as connection:
        assert connection.execute(select(service_change.c.value)).scalars().all() == ['"0113 496 0101"']
