"""The saved views of the caseload, each counted again from every plan read by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, event, insert

from eolc_desktop.care_plan import home_ready
from eolc_desktop.care_plan.conflicts import Conflict
from eolc_desktop.care_plan.fast_track_clock import clock_of
from eolc_desktop.care_plan.fields import MAIN, is_empty
from eolc_desktop.care_plan.merge import ClashItem
from eolc_desktop.care_plan.plan import NOT_STATED, EntryState, Item, Plan
from eolc_desktop.care_plan.said import Said
from eolc_desktop.documents.lists import ListedPerson
from eolc_desktop.models.tables import conflict, shared_person
from eolc_desktop.paths import Profile
from eolc_desktop.record import people as listing
from eolc_desktop.record.caseload_views import CONDITIONS
from eolc_desktop.record.conflicts import put_conflict
from eolc_desktop.services import caseload_export, caseload_table, caseload_views, homes, list_printing, people, plans
from eolc_desktop.services.caseload_views import VIEWS
from eolc_desktop.services.invented.filling import fill
from eolc_desktop.services.session import Session
from eolc_desktop.views import person_words
from tests.authors import AT, NURSE
from tests.fixed_clock import FixedClock
from tests.services.opened import opened_session

EVERYBODY = 91


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    profile = Profile(tmp_path_factory.mktemp("views") / "profile")
    profile.make_private()
    with opened_session(profile, FixedClock(), made_up=True) as session:
        fill(session, EVERYBODY - 1, 7)
        people.add_person(session, {"family_name": "Newcomer"})
        mine = replace(session, user=replace(session.user, name="Jo Okafor"))
        _withdraw_some(mine)
        yield mine


def _withdraw_some(session: Session) -> None:
    """Take back a CPR decision, a place and a Fast Track, which the views must then not count as recorded."""
    for plan in _read(session):
        for section in ("cpr", "places", "fast_track"):
            if plan.entry(section) is not None and plan.text("person", "family_name") < "E":
                plans.set_state(session, plan, section, MAIN, EntryState.WITHDRAWN, "Another person's")


def _read(session: Session) -> list[Plan]:
    with session.store.reading() as connection:
        ids = listing.all_ids(connection)
    return [plans.read_plan(session, person_id) for person_id in ids]


def _alive(plan: Plan) -> bool:
    return not plan.text("death", "died_on")


def _name(words: str) -> str:
    return words.split(",")[0].split(" (")[0].casefold()


def _fast_track(plan: Plan) -> bool:
    entry = plan.entry("fast_track")
    return _alive(plan) and entry is not None and clock_of(entry.values, plan.as_of).is_running


def _weekend(plan: Plan) -> bool:
    entries = {key: [(entry.id, entry.values) for entry in plan.entries(key)] for key in home_ready.FIELDS}
    checks = home_ready.checks(entries, plan.catalogue, plan.today, home_ready.closed_until(plan.today))
    return _alive(plan) and any(check.is_open for check in checks)


def _by(plan: Plan) -> str:
    return (plan.today + timedelta(days=14)).isoformat()


COUNTED: dict[str, Callable[[Plan], bool]] = {
    "mine": lambda plan: (
        "jo okafor"
        in (_name(plan.text("key_people", "key_worker_name")), _name(plan.text("plan_control", "review_responsible")))
    ),
    "new": lambda plan: plan.created_at is not None and plan.as_of - plan.created_at <= timedelta(days=14),
    "red_and_amber": lambda plan: _alive(plan) and plan.text("plan_control", "rag") in ("red", "amber"),
    "review_due": lambda plan: _alive(plan) and "" < plan.text("plan_control", "review_date") <= _by(plan),
    "no_place": lambda plan: _alive(plan) and is_empty(plan.value("places", "preferred_death")),
    "no_cpr": lambda plan: _alive(plan) and plan.text("cpr", "decision") in ("", "no_decision"),
    "fast_track": _fast_track,
    "weekend": _weekend,
    "after_death": lambda plan: not _alive(plan),
}


@pytest.mark.parametrize("view", COUNTED)
def test_a_view_holds_whom_the_plans_themselves_say(filled: Session, view: str) -> None:
    expected = {plan.person_id for plan in _read(filled) if COUNTED[view](plan)}
    page = people.caseload(filled, limit=EVERYBODY, view=view)
    assert {row.id for row in page.rows} == expected
    assert (page.total, page.everyone) == (len(expected), EVERYBODY)
    assert 0 < len(expected) < EVERYBODY, "a view that holds nobody, or everybody, proves nothing"
    assert [row.family_name for row in page.rows] == [
        row.family_name for row in people.caseload(filled, limit=EVERYBODY).rows if row.id in expected
    ], "in the order of names"


def test_conflicts_and_what_waits_to_be_shared_come_from_the_exchange(filled: Session) -> None:
    assert people.caseload(filled, view="conflicts").total == people.caseload(filled, view="waiting").total == 0
    one, other = people.caseload(filled, limit=2).rows
    with filled.store.writing() as connection:
        connection.execute(insert(shared_person), {"person_id": one.id, "waiting_since": "2026-11-12"})
        waits = Conflict("c1", other.id, ("field", "cpr", MAIN, "decision"), (), AT, NURSE)
        put_conflict(connection, waits)
        put_conflict(connection, replace(waits, id="c2", person_id=one.id, settled_by=NURSE, settled_at=AT))
    assert [row.id for row in people.caseload(filled, view="waiting").rows] == [one.id]
    assert [row.id for row in people.caseload(filled, view="conflicts").rows] == [other.id]


@pytest.mark.hazard("H04")
def test_a_cpr_decision_in_conflict_is_never_listed_as_one_that_holds_nor_as_missing(filled: Session) -> None:
    missing = people.caseload(filled, view="no_cpr").rows[0]
    with filled.store.writing() as connection:
        said = Said(Item("not_for", "k1", AT, NURSE, NOT_STATED))
        item = ClashItem(("cpr", MAIN, "decision"), None, said, None)
        put_conflict(connection, Conflict("c3", missing.id, ("group", "cpr"), (item,), AT, NURSE))
    try:
        assert missing.id not in {row.id for row in people.caseload(filled, view="no_cpr", limit=EVERYBODY).rows}
        shown = caseload_export.shown(filled, caseload_table.Wanted(), (missing.id,))
        assert shown.words(shown.rows[0], "cpr") == person_words.cpr_words(shown.rows[0]) == "CONFLICT"
        (line,) = list_printing.prepare_list(filled, "caseload-list", (missing.id,)).listed.people
        assert isinstance(line, ListedPerson)
        assert "CONFLICT" in line.cells[0]
    finally:
        with filled.store.writing() as connection:
            connection.execute(delete(conflict).where(conflict.c.id == "c3"))


def test_what_is_typed_finds_among_those_shown(filled: Session) -> None:
    dead = people.caseload(filled, limit=EVERYBODY, view="after_death").rows[0]
    typed = dead.nhs_number or dead.family_name
    assert dead.id in {row.id for row in people.caseload(filled, typed, view="after_death").rows}
    assert dead.id not in {row.id for row in people.caseload(filled, typed, view="no_cpr").rows}


def test_each_view_is_one_question(filled: Session) -> None:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    with filled.store.reading() as connection:
        engine = connection.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        for view in CONDITIONS:
            people.caseload(filled, view=view)  # whose homes are ready is worked out once a day
            asked.clear()
            people.caseload(filled, view=view)
            rows = [statement for statement in asked if "family_name" in statement]
            assert len(rows) == 1, view
            assert len(asked) <= 4, "the rows, how many, and of how many"
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_homes_are_read_some_at_a_time_in_a_quiet_moment_and_again_only_where_a_plan_changed(filled: Session) -> None:
    filled.homes.found.clear()
    assert not homes.get_ready(filled), "fewer than are read at once"
    known = dict(filled.homes.found)
    assert set(homes.to_look_at(filled)) == {who for who, (_version, is_open) in known.items() if is_open}
    someone = homes.to_look_at(filled)[0]
    filled.homes.found[someone] = (known[someone][0] - 1, False)
    assert someone in homes.to_look_at(filled), "what was found in an older version is not believed"


def test_every_view_has_words_and_every_choice_a_condition() -> None:
    assert [view.key for view in VIEWS if view.key] == list(CONDITIONS)


def test_the_choice_is_kept_for_each_user(filled: Session) -> None:
    caseload_views.keep_view(filled, "no_place")
    assert caseload_views.kept_view(filled) == "no_place"
    other = replace(filled, user=replace(filled.user, id="somebody-else"))
    assert caseload_views.kept_view(other) == ""
    caseload_views.keep_view(filled, "")
    assert caseload_views.kept_view(filled) == ""
