"""What is counted and listed across people: own forms after a death, concerns, carers, children, the bereaved."""

from __future__ import annotations

from dataclasses import replace

from eolc_desktop.care_plan.fields import Kind, Option, Part, Section, Value
from eolc_desktop.care_plan.item_classes import fact
from eolc_desktop.care_plan.plan import Edit
from eolc_desktop.record import journal
from eolc_desktop.services import across_people, experience
from eolc_desktop.services.session import Session

FORM = Section(
    key="own_bereaved",
    title="How was it for you?",
    part=Part.OWN_FORMS,
    repeats=True,
    fields=(
        fact(key="kind", label="Were people kind?", standard="own", kind=Kind.CHOICE,
             options=(Option("yes", "Yes"), Option("mostly", "Mostly"), Option("no", "No"))),
        fact(key="told", label="Were you told enough?", standard="own", kind=Kind.YES_NO),
        fact(key="words", label="Anything else", standard="own", kind=Kind.LONG_TEXT),
    ),
)  # fmt: skip


def person(session: Session, values: dict[str, dict[str, Value]]) -> str:
    """Begin a record; sections that repeat are given as "speak_up/one"."""
    edits = [
        Edit(place.partition("/")[0], place.partition("/")[2] or "main", key, value)
        for place, of_place in values.items()
        for key, value in of_place.items()
    ]
    with session.store.writing() as connection:
        person_id = journal.add_person(connection, session.pen())
        journal.append(connection, session.pen(), person_id, edits)
    return person_id


def test_answers_on_an_own_form_are_counted_after_a_death(session: Session) -> None:
    session = replace(session, catalogue=session.catalogue.with_sections([FORM]))
    died: dict[str, Value] = {"died_on": "2026-10-01"}
    person(session, {"death": died, "own_bereaved/a": {"kind": "yes", "told": False}, "own_bereaved/b": {"kind": "no"}})
    person(session, {"death": died, "own_bereaved/c": {"kind": "yes", "told": {"absent": "declined"}}})
    person(session, {"own_bereaved/d": {"kind": "mostly"}})
    assert experience.forms(session) == (("own_bereaved", "How was it for you?"),)
    read = experience.read(session, "own_bereaved")
    assert (read.after_death, read.living) == (3, 1)
    kind, told = read.questions
    assert (kind.answers, kind.answered) == ((("Yes", 2), ("Mostly", 0), ("No", 1)), 3)
    assert (told.answers, told.answered) == ((("Yes", 0), ("No", 1)), 1)
    assert "fewer than 5" in str(experience.prepare_sheet(session, read).blocks)


def test_registers_list_what_waits_and_lead_to_it(session: Session) -> None:
    one = person(
        session,
        {
            "person": {"family_name": "Smith"},
            "speak_up/s1": {"what": "Nobody rang back.", "on": "2026-11-01"},
            "speak_up/s2": {"what": "Long ago", "state": "closed"},
            "disagreements/d1": {"about": "Where", "state": "settled"},
            "household/h1": {"name": "Ivy", "who": "child", "age": 9},
            "carer": {"has_carer": "has", "strain": 9, "assessment": "done", "if_carer_ill": "Sitter"},
        },
    )
    person(session, {"carer": {"has_carer": "has", "strain": 2, "assessment": "done", "if_carer_ill": "Sitter"}})
    concerns = across_people.read(session, "speak_up")
    assert [(line.row.id, line.place, line.cells[2]) for line in concerns.lines] == [
        (one, "speak_up/s1", "Nobody rang back.")
    ]
    assert concerns.says == "1 not closed, of 2 recorded."
    assert len(across_people.read(session, "speak_up", everything=True).lines) == 2
    assert across_people.read(session, "disagreements").lines == ()
    assert [line.cells for line in across_people.read(session, "children").lines] == [
        ("Ivy", "Child under 18", "9", "Nothing recorded")
    ]
    assert across_people.read(session, "carers").says == "1 to be looked at, of 2 recorded."


def test_the_bereaved_are_listed_by_day_and_deaths_with_nobody_named_too(session: Session) -> None:
    died: dict[str, Value] = {"died_on": "2026-10-01"}
    contact: dict[str, Value] = {"name": "John", "phone": "0113 496 0101"}
    waiting: dict[str, Value] = {"contact": "c1", "state": "planned", "follow_up_on": "2026-11-01"}
    person(session, {"death": died, "contacts/c1": contact, "bereavement/b1": waiting})
    person(session, {"death": died, "bereavement/b2": {"name": "Ann", "state": "closed"}})
    person(session, {"death": died})
    read = across_people.read(session, across_people.BEREAVED)
    assert [line.cells[0] for line in read.lines] == ["John", "Nobody is named yet"]
    assert read.lines[0].cells[1] == "0113 496 0101"
    assert read.says == "1 waiting, 1 of them overdue; 1 deaths with nobody named; 1 reached or closed."
