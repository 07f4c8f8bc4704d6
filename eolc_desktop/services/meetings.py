"""Meetings of the team: whom they are about, what is decided for each, by whom and by when, and the minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from eolc_desktop.care_plan.dates import date_words, today
from eolc_desktop.care_plan.fields import MAIN, Value
from eolc_desktop.care_plan.plan import Edit, Plan
from eolc_desktop.care_plan.to_do import ToDo
from eolc_desktop.care_plan.words import display
from eolc_desktop.documents.making import ListOrder
from eolc_desktop.documents.minutes import Minutes, MinutesPerson
from eolc_desktop.errors import InvalidValue, UserError
from eolc_desktop.record import audit, meetings, people, plans
from eolc_desktop.record.meetings import LATER, TALKED, Meeting, OnAgenda
from eolc_desktop.record.people import PersonRow
from eolc_desktop.record.rows import moment_text, new_id
from eolc_desktop.services import list_printing, tasks
from eolc_desktop.services import plans as plan_services
from eolc_desktop.services.kept_on_sheets import KeptOff, kept_off, nothing_kept
from eolc_desktop.services.plans import SaveResult
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Changes, Session

MOST_TO_DO = 6


@dataclass(frozen=True, slots=True)
class Task:
    """Something that is given to somebody: what, to whom, and by when ("2026-11-14", or "")."""

    what: str
    owner: str
    due_on: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What is recorded about one person: the stage agreed ("" for none), what was said and decided, tasks."""

    stage: str = ""
    discussed: str = ""
    decided: str = ""
    tasks: tuple[Task, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return not (self.stage or self.discussed.strip() or self.decided.strip() or self.tasks)


@dataclass(frozen=True, slots=True)
class OneOfThem:
    """One person of the agenda, as the list shows them."""

    row: PersonRow
    on: OnAgenda


@dataclass(frozen=True, slots=True)
class Agenda:
    """A meeting and whom it is about."""

    meeting: Meeting
    people: tuple[OneOfThem, ...]

    @property
    def left(self) -> int:
        """How many have not been talked about, nor put off."""
        return sum(not one.on.state for one in self.people)


@dataclass(frozen=True, slots=True)
class Before:
    """What the meeting should know of a person: the last meeting, how they are, what is open; and what was said today.

    `prognosis` is what says or hints how long they may live: not shown while family are in the room.
    """

    person: OneOfThem
    number: int
    of: int
    last: tuple[str, ...]
    facts: tuple[str, ...]
    prognosis: tuple[str, ...]
    to_do: tuple[ToDo, ...]
    said: Said
    given: tuple[Task, ...]
    as_of: date


@needs(Right.READ)
def kept(session: Session) -> tuple[Meeting, ...]:
    """The meetings, the latest first."""
    with session.store.reading() as connection:
        return meetings.latest(connection)


@needs(Right.RECORD)
def begin(
    session: Session, person_ids: Sequence[str], attendees: str, apologies: str = "", title: str = "", on: str = ""
) -> Agenda:
    """Begin a meeting about these people, in this order. Raises InvalidValue with nobody on its agenda."""
    if not person_ids:
        raise InvalidValue("There is nobody on the agenda.", "Nothing was begun.", "Choose whom it is about.", "people")
    now = session.clock()
    held_on = on or today(now).isoformat()
    with session.store.writing() as connection:
        given = (held_on, title.strip(), attendees.strip(), apologies.strip(), person_ids, now, session.user.id)
        meeting_id = meetings.begin(connection, *given)
        audit.note(connection, now, session.user.id, "began a meeting", "", {"people": len(person_ids)})
        return _agenda(connection, meeting_id)


@needs(Right.READ)
def agenda(session: Session, meeting_id: str) -> Agenda:
    """A meeting and whom it is about. Raises UserError for one that is not here."""
    with session.store.reading() as connection:
        return _agenda(connection, meeting_id)


@needs(Right.READ)
def before(session: Session, meeting_id: str, person_id: str) -> Before:
    """What the meeting should know of one person, noted in the audit as a look at their plan."""
    plan = plan_services.open_plan(session, person_id)
    found = tasks.tasks(session, tasks.Wanted(person_id=person_id), MOST_TO_DO)
    of = agenda(session, meeting_id)
    number, person = next((n, one) for n, one in enumerate(of.people, 1) if one.row.id == person_id)
    met = sorted(plan.entries("team_reviews"), key=lambda entry: entry.text("on"))
    past = [entry for entry in met if entry.id != person.on.entry]
    last = past[-1] if past else None
    last_words: list[str] = []
    if last is not None:
        last_words.append(f"Last meeting {date_words(last.text('on'))}")
        last_words += [f"{label}: {words}" for label, key in (("Decided", "decided"), ("Talked about", "discussed"))
                       if (words := last.text(key))]  # fmt: skip
    today_entry = plan.entry("team_reviews", person.on.entry) if person.on.entry else None
    said = Said(
        today_entry.text("stage"), today_entry.text("discussed"), today_entry.text("decided")
    ) if today_entry is not None else Said(stage=plan.text("plan_control", "rag"))  # fmt: skip
    return Before(
        person, number, len(of.people), tuple(last_words), _facts(plan), _prognosis(plan),
        tuple(task.to_do for task in found.tasks), said, _given(plan, person.on), today(session.clock()),
    )  # fmt: skip


@needs(Right.RECORD)
def record(session: Session, meeting_id: str, person_id: str, said: Said) -> SaveResult | None:
    """Record what was said about one person: a meeting in their plan, tasks, and the stage, in one save.

    What was recorded before at the same meeting is brought up to date; tasks are added. Returns None where nothing was
    said: the person is then noted as talked about, and nothing stands in their plan.
    """
    with session.store.reading() as connection:
        of = _agenda(connection, meeting_id)
    on = next(one.on for one in of.people if one.row.id == person_id)
    if said.is_empty and not on.entry:
        _note(session, meeting_id, person_id, TALKED, on)
        return None
    plan = plan_services.read_plan(session, person_id)
    entry = on.entry or new_id()
    given = {new_id(): task for task in said.tasks}
    result = plan_services.record(session, person_id, _edits(plan, of.meeting, entry, said, given))
    noted = OnAgenda(person_id, on.place, TALKED, entry, (*on.tasks, *given))
    _note(session, meeting_id, person_id, TALKED, noted)
    return result


@needs(Right.RECORD)
def put_off(session: Session, meeting_id: str, person_id: str) -> None:
    """Note that somebody was not talked about, and is for another meeting."""
    with session.store.reading() as connection:
        on = next(one for one in meetings.agenda(connection, meeting_id) if one.person_id == person_id)
    _note(session, meeting_id, person_id, LATER, on)


@needs(Right.RECORD)
def end(session: Session, meeting_id: str, attendees: str, apologies: str, next_on: str) -> Changes:
    """End a meeting: who was there, and when the next one is, stand in the plan of everybody who was talked about."""
    with session.store.reading() as connection:
        of = _agenda(connection, meeting_id)
    touched: set[str] = set()
    for one in of.people:
        if one.on.state == TALKED and one.on.entry:
            plan = plan_services.read_plan(session, one.row.id)
            values: dict[str, Value] = {"attendees": attendees.strip() or None, "next_on": next_on or None}
            plan_services.save_entry(session, plan, "team_reviews", one.on.entry, values)
            touched.add(one.row.id)
    now = session.clock()
    with session.store.writing() as connection:
        head = {"attendees": attendees.strip(), "apologies": apologies.strip(), "next_on": next_on}
        meetings.change(connection, meeting_id, **head, ended_at=moment_text(now))
        audit.note(connection, now, session.user.id, "ended a meeting", "", {"people": len(touched)})
    return Changes(frozenset(touched))


@needs(Right.PRINT)
def minutes(session: Session, meeting_id: str) -> ListOrder:
    """The minutes, to be printed or saved: who was there, and for each person what was decided, by whom and by when.

    Of somebody who keeps anything back no free words are in it, which may repeat that: they stand in the plan.
    """
    with session.store.reading() as connection:
        of = _agenda(connection, meeting_id)
        plans_of = {
            one.row.id: plans.plan_of(connection, session.catalogue, one.row.id, session.clock(), session.user.id)
            for one in of.people
        }
        off = kept_off(connection, session.catalogue, list(plans_of))
    meeting = of.meeting
    nothing = nothing_kept(session.catalogue)
    lines = tuple(_in_minutes(one, plans_of[one.row.id], off.get(one.row.id, nothing)) for one in of.people)
    made = Minutes(
        meeting.title, date_words(meeting.held_on), meeting.attendees, meeting.apologies,
        date_words(meeting.next_on) if meeting.next_on else "", lines,
    )  # fmt: skip
    return list_printing.order_of(session, "minutes", made, [one.row.id for one in of.people])


@needs(Right.READ)
def next_day(session: Session, meeting_id: str) -> str:
    """A day to begin with for the next meeting: four weeks on."""
    held_on = agenda(session, meeting_id).meeting.held_on
    return (date.fromisoformat(held_on) + timedelta(days=28)).isoformat() if len(held_on) == 10 else ""


def _agenda(connection: Connection, meeting_id: str) -> Agenda:
    found = meetings.of(connection, meeting_id)
    if found is None:
        raise UserError("This meeting is not on this laptop.", "Nothing was changed.", "Choose it from the list.")
    on = meetings.agenda(connection, meeting_id)
    rows = {row.id: row for row in people.rows_of(connection, [one.person_id for one in on])}
    return Agenda(found, tuple(OneOfThem(rows[one.person_id], one) for one in on if one.person_id in rows))


def _note(session: Session, meeting_id: str, person_id: str, state: str, on: OnAgenda) -> None:
    with session.store.writing() as connection:
        meetings.note_person(connection, meeting_id, person_id, state, on.entry, on.tasks)


def _edits(plan: Plan, meeting: Meeting, entry: str, said: Said, given: dict[str, Task]) -> list[Edit]:
    values: dict[str, Value] = {
        "on": meeting.held_on,
        "attendees": meeting.attendees or None,
        "stage": said.stage or None,
        "discussed": said.discussed.strip() or None,
        "decided": said.decided.strip() or None,
    }
    edits = plan_services.edits_for(plan, "team_reviews", entry, values)
    for key, task in given.items():
        one: dict[str, Value] = {
            "what": task.what, "owner": task.owner or None, "due_on": task.due_on or None, "state": "to_do",
            "from_where": "meeting",
        }  # fmt: skip
        edits += plan_services.edits_for(plan, "tasks", key, one)
    control: dict[str, Value] = {"last_mdt": meeting.held_on}
    if said.stage:
        control["rag"] = said.stage
    if meeting.attendees:
        control["mdt_attendees"] = meeting.attendees
    return [*edits, *plan_services.edits_for(plan, "plan_control", MAIN, control)]


def _given(plan: Plan, on: OnAgenda) -> tuple[Task, ...]:
    entries = (plan.entry("tasks", key) for key in on.tasks)
    return tuple(Task(e.text("what"), e.text("owner"), e.text("due_on")) for e in entries if e is not None)


def _facts(plan: Plan) -> tuple[str, ...]:
    wanted = (
        ("Preferred place of death", "places", "preferred_death"),
        ("Key worker", "key_people", "key_worker_name"),
        ("Review planned", "plan_control", "review_date"),
        ("Just-in-case medicines", "anticipatory", "state"),
        ("Carer’s strain, 0 to 10", "carer", "strain"),
    )
    words = [f"{label}: {plan.words(section, key) or 'not recorded'}" for label, section, key in wanted]
    decided = plan.text("cpr", "decision") not in ("", "no_decision")
    return (*words, f"CPR recommendation: {'recorded' if decided else 'not recorded'}")


def _prognosis(plan: Plan) -> tuple[str, ...]:
    found = []
    for label, section, key in (("AKPS", "akps", "score"), ("Phase of illness", "phase", "phase")):
        entries = sorted(plan.entries(section), key=lambda entry: entry.text("on"))
        if entries:
            last = entries[-1]
            found.append(f"{label}: {_shown(plan, section, key, last.value(key))} ({date_words(last.text('on'))})")
    return tuple(found)


def _shown(plan: Plan, section: str, key: str, value: Value) -> str:
    return display(plan.catalogue[section][key], value)


def _in_minutes(one: OneOfThem, plan: Plan, off: KeptOff) -> MinutesPerson:
    entry = plan.entry("team_reviews", one.on.entry) if one.on.entry else None
    who = list_printing.listed_person(one.row, ())
    given = tuple(_given_words(task, off) for task in _given(plan, one.on))
    state = {LATER: "Not talked about: for another meeting.", TALKED: ""}.get(one.on.state, "Not talked about.")
    if entry is None:
        return MinutesPerson(who.name, who.born, who.nhs_number, state or "Talked about; nothing was recorded.")
    stage = "" if off.stays("prognosis", ("band",)) else entry.text("stage")  # "Red – days" tells a prognosis
    words = _shown(plan, "team_reviews", "stage", stage) if stage else ""
    said = ("", "") if off.keeps_something else (entry.text("discussed"), entry.text("decided"))
    return MinutesPerson(
        who.name, who.born, who.nhs_number, state, words, *said, given, left_out=off.keeps_something
    )  # fmt: skip


def _given_words(task: Task, off: KeptOff) -> str:
    what = "A next step, whose words stand in the plan" if off.keeps_something else task.what
    when = f"by {date_words(task.due_on)}" if task.due_on else "no date"
    return ", ".join(part for part in (what, task.owner or "nobody named", when) if part)
