"""The one list of what is to be done: from every part of the plan, by owner and day, marked in the entry itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from eolc_desktop.care_plan import to_do
from eolc_desktop.care_plan.fields import MAIN, Value
from eolc_desktop.care_plan.plan import Edit, EntryState
from eolc_desktop.care_plan.to_do import ToDo, due_words
from eolc_desktop.errors import StoreFull, UserError
from eolc_desktop.record import across, journal, to_do_lines
from eolc_desktop.services import plans, tasks
from eolc_desktop.services.session import Session
from eolc_desktop.services.tasks import HasChanged, Task, Wanted
from tests.fixed_clock import FixedClock

TODAY = date(2026, 11, 12)


def person(session: Session, entries: Mapping[tuple[str, str], Mapping[str, Value]], name: str = "Smith") -> str:
    with session.store.writing() as connection:
        person_id = journal.add_person(connection, session.pen())
        edits = [Edit("person", MAIN, "family_name", name)]
        for (section, entry), values in entries.items():
            edits += [Edit(section, entry, key, value) for key, value in values.items()]
        journal.append(connection, session.pen(), person_id, edits)
    return person_id


EVERYWHERE: dict[tuple[str, str], dict[str, Value]] = {
    ("tasks", "t1"): {"what": "Order a bed", "owner": "Ali Reid", "due_on": "2026-11-09", "state": "waiting"},
    ("tasks", "t2"): {"what": "Ring the GP", "owner": "Nurse Test", "due_on": "2026-11-01", "state": "done"},
    ("next_steps", "s1"): {"what": "Night sitter", "who": "ali reid, co-ordinator", "by_when": "2026-11-12"},
    ("next_contacts", "c1"): {"on": "2026-11-13", "with_whom": "Jo Okafor", "how": "home_visit"},
    ("actions", "a1"): {"what": {"text": "Pressure care"}, "who": "Carers", "status": "under_way"},
    ("commitments", "3"): {
        "state": "not_yet",
        "next_action": "Agree who is key worker",
        "next_action_owner": "Jo Okafor",
        "next_action_due": "2026-11-20",
    },
    ("commitments", "4"): {"state": "met", "next_action": "Nothing more"},
    ("team_reviews", "m1"): {"on": "2026-10-01", "next_on": "2026-11-01"},
    ("team_reviews", "m2"): {"on": "2026-11-02", "next_on": "2026-11-30"},
    ("plan_control", MAIN): {"review_date": "2026-11-10", "review_responsible": "Jo Okafor"},
    ("fast_track", MAIN): {"received_at": "2026-11-12T09:00:00+00:00", "sent_to": "the desk"},
    ("key_people", MAIN): {"key_worker_name": "Jo Okafor"},
}


def said(found: tuple[Task, ...]) -> list[tuple[str, str, str]]:
    return [(due_words(one.to_do, TODAY), one.to_do.kind.partition(":")[0], one.to_do.what) for one in found]


def test_everything_is_gathered_with_its_day_in_words_the_earliest_first(session: Session) -> None:
    person(session, EVERYWHERE)
    found = tasks.tasks(session)
    assert said(found.tasks) == [
        ("Overdue by 3 days (09-Nov-2026)", "Task", "Order a bed"),
        ("Overdue by 2 days (10-Nov-2026)", "Review", "Review of the plan"),
        ("Today", "Next step", "Night sitter"),
        ("Tomorrow (13-Nov-2026)", "Next contact", "Visit at home"),
        ("By 14-Nov-2026 09:00", "Fast Track", "Ask the desk for the decision, and record it"),
        ("By 20-Nov-2026", "Commitment", "Agree who is key worker"),
        ("By 30-Nov-2026", "Team meeting", "Next team meeting"),
        ("No date", "Action", "Pressure care"),
    ]
    assert (found.waiting, found.overdue, found.nobodys) == (8, 2, 0)
    assert [(owner.name, owner.waiting) for owner in found.owners] == [
        ("Ali Reid", 2),
        ("Carers", 1),
        ("Jo Okafor", 4),
        ("The whole team", 1),
    ]


@pytest.mark.parametrize(
    ("wanted", "whats"),
    [
        (Wanted(owner="ali reid"), ["Order a bed", "Night sitter"]),
        (Wanted(owner="the whole team"), ["Next team meeting"]),
        (Wanted(owner=tasks.NOBODY), []),
        (Wanted(day="overdue"), ["Order a bed", "Review of the plan"]),
        (Wanted(day="today"), ["Order a bed", "Review of the plan", "Night sitter"]),
        (Wanted(day="undated"), ["Pressure care"]),
        (Wanted(owner="ali reid", day="overdue"), ["Order a bed"]),
        (Wanted(done=True), ["Ring the GP"]),
    ],
)
def test_it_is_narrowed_by_owner_by_day_and_by_what_is_done(session: Session, wanted: Wanted, whats: list[str]) -> None:
    person(session, EVERYWHERE)
    found = tasks.tasks(session, wanted)
    assert [one.to_do.what for one in found.tasks] == whats
    assert (found.found, found.waiting) == (len(whats), 8), "a part says that it is a part"


def test_one_persons_are_theirs_alone(session: Session) -> None:
    person(session, EVERYWHERE)
    other = person(session, {("tasks", "x"): {"what": "Write to the daughter"}}, "Jones")
    found = tasks.tasks(session, Wanted(person_id=other))
    assert [one.to_do.what for one in found.tasks] == ["Write to the daughter"]
    assert [one.to_do.what for one in tasks.tasks(session, Wanted(owner=tasks.NOBODY)).tasks] == [
        "Write to the daughter"
    ]
    assert tasks.tasks(session).waiting == 9


def test_after_a_death_only_what_is_still_somebodys_to_do_is_listed(session: Session) -> None:
    person(session, EVERYWHERE | {("death", MAIN): {"died_on": "2026-11-11"}})
    assert {one.to_do.kind for one in tasks.tasks(session).tasks} == {"Task", "Next step"}


def test_an_entry_withdrawn_is_nothing_to_do(session: Session) -> None:
    person_id = person(session, EVERYWHERE)
    plan = plans.read_plan(session, person_id)
    plans.set_state(session, plan, "tasks", "t1", EntryState.ENTERED_IN_ERROR, "Another person's")
    assert "Order a bed" not in [one.to_do.what for one in tasks.tasks(session).tasks]


def test_marking_done_is_an_edit_of_the_entry_and_can_be_taken_back(session: Session, clock: FixedClock) -> None:
    person_id = person(session, EVERYWHERE)
    first = tasks.tasks(session).tasks[0]
    clock.advance(hours=1)
    result = tasks.mark(session, person_id, first.to_do, done=True)
    assert result.changes.touches(person_id)
    entry = plans.read_plan(session, person_id).entry("tasks", "t1")
    assert entry is not None
    assert entry.values["state"] == "done"
    assert (entry.values["done_on"], entry.values["done_by"]) == ("2026-11-12", session.user.name)
    assert entry.items["state"].recorded_at == clock()
    done = next(t for t in tasks.tasks(session, Wanted(done=True)).tasks if t.to_do.entry == "t1")
    tasks.mark(session, person_id, done.to_do, done=False)
    entry = plans.read_plan(session, person_id).entry("tasks", "t1")
    assert entry is not None
    assert (entry.value("state"), entry.value("done_on"), entry.value("done_by")) == ("to_do", None, None)


def test_what_was_changed_since_it_was_shown_is_not_written_over(session: Session) -> None:
    person_id = person(session, EVERYWHERE)
    shown = tasks.tasks(session).tasks[0].to_do
    plan = plans.read_plan(session, person_id)
    plans.save_entry(session, plan, "tasks", "t1", {"state": "not_needed"})
    with pytest.raises(HasChanged):
        tasks.mark(session, person_id, shown, done=True)


def test_a_review_is_not_done_by_marking_it(session: Session) -> None:
    person_id = person(session, EVERYWHERE)
    review = next(one.to_do for one in tasks.tasks(session).tasks if one.to_do.kind == "Review")
    assert not review.can_be_marked
    with pytest.raises(UserError, match="not done by marking"):
        tasks.mark(session, person_id, review, done=True)


def test_plans_are_read_again_only_when_they_changed_and_the_list_in_few_questions(session: Session) -> None:
    asked: list[str] = []
    ids = [person(session, EVERYWHERE, f"Person {number}") for number in range(12)]
    with session.store.reading() as connection:
        engine = connection.engine
    event.listen(engine, "before_cursor_execute", lambda _c, _u, statement, *_rest: asked.append(statement))
    assert tasks.tasks(session).waiting == 8 * 12
    asked.clear()
    assert tasks.tasks(session).waiting == 8 * 12
    assert sum("FROM current" in statement for statement in asked) == 2, "the Fast Track clocks, and no plan"
    assert sum(statement.startswith("SELECT") for statement in asked) <= 8, "whatever the number of people"
    assert not any(statement.startswith(("INSERT", "DELETE", "UPDATE")) for statement in asked)
    plan = plans.read_plan(session, ids[3])
    plans.set_state(session, plan, "tasks", "t1", EntryState.WITHDRAWN, "Asked for twice")
    assert tasks.tasks(session).waiting == 8 * 12 - 1


PLACES = {
    "tasks": ("t1", "state"),
    "next_steps": ("s1", "state"),
    "actions": ("a2", "status"),
    "closure": ("z", "state"),
}


@given(steps=st.lists(st.tuples(st.sampled_from(list(PLACES)), st.sampled_from(["done", "to_do", ""])), min_size=1))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_kept_ready_is_what_the_plans_say(session: Session, steps: list[tuple[str, str]]) -> None:
    """Whatever is recorded, withdrawn or put right, the list is the one that the plans give when read from nothing."""
    who = person(session, EVERYWHERE)
    for section, state in steps[:6]:
        entry, field = PLACES[section]
        plan = plans.read_plan(session, who)
        if state:
            plans.save_entry(session, plan, section, entry, {field: state})
        elif plan.entry(section, entry) is not None:
            plans.set_state(session, plan, section, entry, EntryState.WITHDRAWN, "Not ours")
        tasks.get_ready(session)
    for done in (False, True):
        found = tasks.tasks(session, Wanted(done=done), 10_000)
        assert {(one.row.id, one.to_do) for one in found.tasks} == gathered(session, done=done)


def gathered(session: Session, *, done: bool) -> set[tuple[str, ToDo]]:
    """Everything to do, from each plan by itself."""
    found: set[tuple[str, ToDo]] = set()
    with session.store.reading() as connection:
        for fields in (to_do.LASTING, to_do.CLOCKED):
            for who, entries in across.entries(connection, fields):
                said = to_do_lines.by_section(entries)
                lines = (
                    to_do.lasting(said, session.catalogue)
                    if fields is to_do.LASTING
                    else to_do.clocked(said, session.clock())
                )
                found |= {(who, one) for one in lines if one.is_done == done}
    return found


def test_a_full_disk_keeps_nothing_ready_and_the_list_is_whole(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    person(session, EVERYWHERE)
    tasks.tasks(session)
    person(session, EVERYWHERE, "Khan")

    def full(*_given: object) -> None:
        raise StoreFull("The disk is full.", "Nothing was kept.", "Make room.")

    monkeypatch.setattr(to_do_lines, "renew", full)
    found = tasks.tasks(session)
    assert (found.waiting, found.found, len(found.tasks)) == (16, 16, 16)
    assert not tasks.get_ready(session)
