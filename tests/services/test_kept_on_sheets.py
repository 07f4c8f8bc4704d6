"""What somebody keeps back stands on no sheet about several people, and the sheet says that something is left out."""

from __future__ import annotations

import re

import pytest

from eolc_desktop.care_plan.fields import Value
from eolc_desktop.documents.making import ListOrder, make
from eolc_desktop.documents.raster import text_of
from eolc_desktop.documents.service_sheets import SheetOrder
from eolc_desktop.services import across_people, meetings, palliative_register, weekend
from eolc_desktop.services.meetings import Said, Task
from eolc_desktop.services.session import Session
from tests.services.test_experience_and_registers import person

OTHER: dict[str, dict[str, Value]] = {"person": {"family_name": "Brown", "given_names": "Rose"}}
HERS: dict[str, Value] = {"family_name": "Smith", "given_names": "Margaret"}


def words(order: ListOrder | SheetOrder) -> str:
    return re.sub(r"\s+", " ", " ".join(text_of(make(order))))


def keeper(session: Session, what: list[str], **more: dict[str, Value]) -> str:
    kept: dict[str, Value] = {"what": [*what]}
    return person(session, {"person": HERS, "kept_back/k": kept} | more)


ANTICIPATORY: dict[str, Value] = {"state": "box_issued", "where_kept": "Zqkitchen"}
CARER: dict[str, Value] = {"has_carer": "has", "strain": 9, "night_cover": "none"}


def test_the_weekend_check_leaves_out_what_is_kept_back_whether_it_is_ready_or_not(session: Session) -> None:
    person(session, OTHER | {"carer": CARER})
    everything = words(weekend.prepare(session))
    assert "9 of 10" in everything
    assert "Not on this list" not in everything
    keeper(session, ["carer", "anticipatory"], carer=CARER | {"strain": 8}, anticipatory=ANTICIPATORY)
    page = words(weekend.prepare(session))
    assert "SMITH, Margaret" in page
    assert "8 of 10" not in page
    assert page.count("Not on this list") == 3, "two cells, and what that means"
    assert "does not mean that nothing is recorded" in page
    assert "9 of 10" in page, "of the other person nothing is left out"


def test_one_home_s_check_leaves_it_out_too(session: Session) -> None:
    kept = keeper(session, ["carer"], carer=CARER)
    page = words(weekend.prepare(session, person_id=kept))
    assert "9 of 10" not in page
    assert "Not on this list" in page


REGISTERED: dict[str, Value] = {
    "on_register": "on",
    "registered_on": "2026-05-01",
    "register_words": "Zqwhy",
    "tools": ["spict"],
    "tool_result": "Zqresult",
    "surprise_question": "not_surprised",
}


@pytest.mark.parametrize(
    ("what", "gone", "stays"),
    [
        (["prognosis"], ("Zqwhy", "Zqresult", "SPICT", "surprised"), ("since 01-May-2026",)),
        (["person.religion"], ("Zqwhy", "Zqresult"), ("since 01-May-2026", "SPICT", "would not be surprised")),
    ],
)
def test_the_register_leaves_out_what_would_tell_what_is_kept_back(
    session: Session, what: list[str], gone: tuple[str, ...], stays: tuple[str, ...]
) -> None:
    keeper(session, what, register=REGISTERED)
    page = words(palliative_register.prepare(session))
    assert not [one for one in gone if one in page]
    assert not [one for one in stays if one not in page]
    assert "More about why: Not on this list" in page
    on_screen = " ".join(palliative_register.register(session).people[0].stands.words)
    assert "Zqwhy" in on_screen, "on the screen nothing is left out"


def test_the_register_of_somebody_who_keeps_nothing_back_is_whole(session: Session) -> None:
    person(session, OTHER | {"register": REGISTERED})
    page = words(palliative_register.prepare(session))
    assert "Zqwhy" in page
    assert "Not on this list" not in page


def minutes_of(session: Session, *person_ids: str) -> str:
    agenda = meetings.begin(session, person_ids, "Jo Okafor")
    for one in person_ids:
        said = Said(
            "red", f"Zqsaid{one[-6:]}", f"Zqdecided{one[-6:]}", (Task(f"Zqtask{one[-6:]}", "Priya", "2026-12-03"),)
        )
        meetings.record(session, agenda.meeting.id, one, said)
    return words(meetings.minutes(session, agenda.meeting.id))


def test_minutes_hold_no_free_words_of_somebody_who_keeps_something_back(session: Session) -> None:
    kept, other = keeper(session, ["person.religion"]), person(session, OTHER)
    page = minutes_of(session, kept, other)
    for word in ("Zqsaid", "Zqdecided", "Zqtask"):
        assert word + kept[-6:] not in page
        assert word + other[-6:] in page
    assert page.count("at this person’s own wish") == 1
    assert page.count("Priya, by 03-Dec-2026") == 2, "who does it, and by when, stands there for both"
    assert page.count("Red – days") == 2


def test_minutes_tell_no_prognosis_that_is_kept_back(session: Session) -> None:
    assert "Red" not in minutes_of(session, keeper(session, ["prognosis"]))


def test_what_is_kept_back_in_words_only_keeps_the_team_s_words_off_the_minutes(session: Session) -> None:
    kept = person(session, {"person": HERS, "kept_back/k": {"what_words": "the debts"}})
    page = minutes_of(session, kept)
    assert "Zqsaid" not in page
    assert "debts" not in page


@pytest.mark.parametrize(
    ("register", "section", "values"),
    [
        ("speak_up", "speak_up/s1", {"what": "Zqhers", "on": "2026-11-01"}),
        ("disagreements", "disagreements/d1", {"about": "Zqhers"}),
        ("carers", "carer", {"has_carer": "has", "if_carer_ill": "Zqhers", "strain": 9}),
        ("children", "household/h1", {"name": "Zqhers", "who": "child"}),
    ],
)
def test_a_line_of_voices_that_is_kept_back_is_left_out_whole_and_said(
    session: Session, register: str, section: str, values: dict[str, Value]
) -> None:
    theirs = {key: "Zqtheirs" if value == "Zqhers" else value for key, value in values.items()}
    kept = person(session, {"person": HERS, "kept_back/k": {"what": [section.partition("/")[0]]}, section: values})
    other = person(session, OTHER | {section: theirs})
    found = across_people.read(session, register)
    assert {line.row.id for line in found.lines} == {kept, other}, "on the screen nothing is left out"
    page = words(across_people.prepare_sheet(session, found, {kept: "SMITH", other: "BROWN"}))
    assert "SMITH" not in page
    assert "Zqhers" not in page
    assert "Zqtheirs" in page
    assert "left out at the wish" in page


def test_a_grieving_person_who_must_not_be_told_is_on_no_sheet(session: Session) -> None:
    kept = person(
        session,
        {
            "person": HERS,
            "death": {"died_on": "2026-10-01"},
            "contacts/c1": {"name": "Zqjohn", "involvement": "must_not_be_told"},
            "bereavement/b1": {"contact": "c1", "state": "planned"},
        },
    )
    found = across_people.read(session, across_people.BEREAVED)
    assert found.lines[0].cells[0] == "Zqjohn"
    page = words(across_people.prepare_sheet(session, found, {kept: "SMITH"}))
    assert "Zqjohn" not in page
    assert "left out at the wish" in page
