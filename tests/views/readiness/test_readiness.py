"""The register and the weekend check: each page counted again from the plans, and worked without eyes or pointer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from eolc_desktop.care_plan import bank_holidays, home_ready
from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.home_ready import Ready, closed_until
from eolc_desktop.care_plan.plan import Edit
from eolc_desktop.desktop.settings import ThemeName
from eolc_desktop.documents.making import make
from eolc_desktop.documents.raster import text_of
from eolc_desktop.record import journal
from eolc_desktop.services import palliative_register, settings, weekend
from eolc_desktop.services.palliative_register import DUE, NOT_ON, UNKNOWN
from eolc_desktop.services.roles import Right, may
from eolc_desktop.views.readiness.register_page import PalliativeRegisterPage
from eolc_desktop.views.readiness.weekend_page import HomeReadyPage, WeekendPage
from tests.views.conftest import AHMED, EWA, LOOKS, PEGGY, Office, walked

NURSES = {"first_call_name": "Night nurses", "first_call_phone": "0113 496 0100"}
READY: dict[str, dict[str, Value]] = {
    "anticipatory": {"state": "not_needed"},
    "carer": {"has_carer": "has", "strain": 3, "night_cover": "family"},
}


@pytest.fixture
def people(office: Office) -> list[str]:
    on: dict[str, Value] = {
        "on_register": "on", "registered_on": "2026-05-01", "tools": ["spict"], "tool_on": "2026-05-01",
          "surprise_question": "not_surprised"}  # fmt: skip
    peggy = office.person(PEGGY, register=on, plan_control={"last_mdt": "2026-08-01"}, prognosis={"band": "weeks"})
    ahmed = office.person(AHMED, register={"on_register": "on"}, plan_control={"last_mdt": "2026-10-01"})
    ewa = office.person(EWA)
    return [peggy, ahmed, ewa]


# The register


def test_the_register_says_who_why_and_whose_review_is_due(office: Office, people: list[str]) -> None:
    page = office.show(PalliativeRegisterPage(office.desk))
    assert page.says("2 of 3 people are on the register; the team reviewed 1 of them in the last three months.")
    assert page.says("PC001")
    due = office.on_store(lambda: palliative_register.register(office.session, DUE))
    assert [one.row.id for one in due.people] == [people[0]]
    words = " ".join(due.people[0].stands.words)
    for part in ("since 01-May-2026", "SPICT", "would not be surprised", "01-Aug-2026, more than three months ago"):
        assert part in words
    assert office.on_store(lambda: palliative_register.register(office.session, NOT_ON)).people == ()
    assert [
        one.row.id for one in office.on_store(lambda: palliative_register.register(office.session, UNKNOWN)).people
    ] == [people[2]]


def test_a_prognosis_is_for_those_who_may_record_one_and_never_on_paper(office: Office, people: list[str]) -> None:
    read = office.on_store(lambda: palliative_register.register(office.session))
    shown = {one.row.id: one.stands.prognosis for one in read.people}
    assert bool(shown[people[0]]) == may(office.session, Right.DECIDE)
    order = office.on_store(lambda: palliative_register.prepare(office.session))
    words = " ".join(" ".join(text_of(make(order))).split())
    assert "SPICT" in words
    assert "prognosis" not in words.casefold()


# The weekend


def test_offices_open_again_on_the_day_after_weekends_and_holidays() -> None:
    assert closed_until(date(2026, 11, 12)) == date(2026, 11, 13)
    assert closed_until(date(2026, 11, 13)) == date(2026, 11, 16)
    assert closed_until(date(2026, 12, 24)) == date(2026, 12, 29), "Christmas, a weekend, and Boxing Day kept on Monday"
    bank_holidays.use_proclaimed(frozenset({date(2026, 11, 16)}))
    try:
        assert closed_until(date(2026, 11, 13)) == date(2026, 11, 17)
    finally:
        bank_holidays.use_proclaimed(frozenset())


def checks_of(office: Office, person_id: str) -> dict[str, tuple[Ready, str]]:
    read = office.on_store(lambda: weekend.home_of(office.session, person_id))
    return {check.key: (check.state, check.words) for check in read.homes[0].checks}


def entry(office: Office, person_id: str, section: str, entry_id: str, **values: object) -> None:
    def put() -> object:
        with office.session.store.writing() as connection:
            edits = [Edit(section, entry_id, key, value) for key, value in values.items()]  # type: ignore[arg-type]
            return journal.append(connection, office.session.pen(), person_id, edits)

    office.do(put)


def test_silence_is_said_to_be_silence(office: Office) -> None:
    found = checks_of(office, office.person(EWA))
    assert all(state is Ready.UNKNOWN for state, _words in found.values())


def test_what_is_recorded_is_said_and_what_has_run_out_is_named(office: Office) -> None:
    who = office.person(
        PEGGY,
        anticipatory={
            "state": "box_issued",
            "where_kept": "Fridge",
            "chart_in_house": True,
            "chart_valid_until": "2026-11-12",
        },
        carer={"has_carer": "has", "strain": 8, "night_cover": "none"},
    )
    entry(office, who, "medicine_stock", "s1", name={"text": "midazolam"}, expires_on="2026-11-20", state="in_house")
    entry(office, who, "equipment", "e1", what="bed", state="ordered")
    entry(
        office,
        who,
        "who_to_call",
        "w1",
        when=["night"],
        first_call_name="Night nurses",
        first_call_phone="0113 496 0100",
    )
    found = checks_of(office, who)
    assert found["medicines"][0] is Ready.READY
    assert found["chart"] == (Ready.LOOK, "In the house, valid until 12-Nov-2026"), "it ends before Friday morning"
    assert found["expiry"] == (Ready.LOOK, "midazolam 20-Nov-2026")
    assert found["equipment"][0] is Ready.LOOK
    assert found["night"] == (Ready.LOOK, "Nobody at night")
    assert found["strain"] == (Ready.LOOK, "8 of 10")
    assert found["calls"] == (Ready.LOOK, "Nobody is named at the weekend")
    page = office.show(WeekendPage(office.desk))
    assert page.says("1 of 1 homes have something to look at")
    home = office.show(HomeReadyPage(office.desk, who))
    wanted: list[tuple[str, str]] = []
    office.desk.entry_wanted.connect(lambda person_id, at: wanted.append((person_id, at)))
    home.press("Open where it stands: Cover at night")
    assert wanted == [(who, "carer/main")]
    order = office.on_store(lambda: weekend.prepare(office.session))
    assert "midazolam" in " ".join(text_of(make(order)))


def test_a_home_with_nothing_to_look_at_is_not_listed(office: Office) -> None:
    who = office.person(AHMED, **READY)
    entry(office, who, "equipment", "e1", what="bed", state="in_place")
    entry(
        office,
        who,
        "who_to_call",
        "w1",
        when=["night", "weekend"],
        first_call_name="Nurses",
        first_call_phone="0113 496 0100",
    )
    assert not any(
        check.is_open for check in office.on_store(lambda: weekend.home_of(office.session, who)).homes[0].checks
    )
    assert office.show(WeekendPage(office.desk)).says(WeekendPage.nobody)
    assert home_ready.summary(()) == ""


def test_bank_holidays_that_come_once_are_set_kept_and_counted(office: Office) -> None:
    try:
        kept = office.on_store(lambda: settings.set_bank_holidays(office.session, "16/11/2026\n08/05/2023"))
        assert kept == ("2023-05-08", "2026-11-16")
        assert office.on_store(lambda: settings.facts(office.session)).bank_holidays == kept
        assert closed_until(date(2026, 11, 13)) == date(2026, 11, 17)
    finally:
        bank_holidays.use_proclaimed(frozenset())


@pytest.mark.parametrize(("colours", "percent", "size"), LOOKS)
def test_they_are_worked_without_eyes_or_pointer(
    office: Office,
    people: list[str],
    dress: Callable[[ThemeName, int], None],
    colours: ThemeName,
    percent: int,
    size: tuple[int, int],
) -> None:
    dress(colours, percent)
    for made in (
        PalliativeRegisterPage(office.desk),
        WeekendPage(office.desk),
        HomeReadyPage(office.desk, people[0]),
    ):
        assert walked(office.show(made, *size)) == []
