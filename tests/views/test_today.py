"""Today: where you left off first, then reviews and changes; nothing is expected of those who have died."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView

from eolc_desktop.desktop.settings import ThemeName
from eolc_desktop.record import users
from eolc_desktop.services import plans
from eolc_desktop.services import today as services
from eolc_desktop.services.settings import CODE_WAITS, recovery_code_kept
from eolc_desktop.views.people_list import LINE, PersonLine
from eolc_desktop.views.today import TodayPage
from tests.pages import Page
from tests.views.conftest import AHMED, EWA, LOOKS, MARY, PEGGY, Office, walked


def listed(page: Page, name: str) -> list[PersonLine]:
    if not page.has(name):
        return []
    view = page.field(name)
    assert isinstance(view, QAbstractItemView)
    return [view.model().index(row, 0).data(LINE) for row in range(view.model().rowCount())]


def family_names(page: Page, name: str) -> list[str]:
    return [line.row.family_name for line in listed(page, name)]


def open_today(office: Office, width: int = 1366, height: int = 706) -> Page:
    shown = TodayPage(office.desk)
    shown.focus_first()
    return office.show(shown, width, height)


def test_an_empty_record_offers_real_first_actions(office: Office) -> None:
    page = open_today(office)
    assert page.says("There is nobody on this computer yet")
    assert page.focused_name() == "Add a person"
    with office.qtbot.waitSignal(office.desk.add_person_wanted):
        page.press("Add a person")
    with office.qtbot.waitSignal(office.desk.import_wanted):
        page.press("Import people from a file")
    page.press("Look round with made-up people")
    assert page.says("eolc-desktop demo")


def test_the_day_is_named(office: Office) -> None:
    assert open_today(office).says("Thursday 12-Nov-2026")


def test_reviews_are_listed_the_earliest_first_and_only_those_that_are_near(office: Office) -> None:
    office.person(PEGGY, plan_control={"review_date": "2026-11-20"})
    office.person(AHMED, plan_control={"review_date": "2026-11-10"})
    office.person(EWA, plan_control={"review_date": "2027-03-01"})
    page = open_today(office)
    assert family_names(page, "Reviews planned") == ["Khan", "Smith"]
    assert [line.note for line in listed(page, "Reviews planned")] == [
        "Review was planned for 10-Nov-2026",
        "Review planned for 20-Nov-2026",
    ]


def test_nobody_who_has_died_is_in_a_list_of_what_is_to_be_done(office: Office) -> None:
    office.person(PEGGY, plan_control={"review_date": "2026-11-13"}, death={"died_on": "2026-11-11"})
    page = open_today(office)
    assert family_names(page, "Reviews planned") == []
    assert family_names(page, "Changed last") == ["Smith"]
    assert page.field("Changed last")
    spoken = page.field("Changed last").model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)  # type: ignore[attr-defined]
    assert "died 11 November 2026" in spoken


def test_what_was_begun_is_offered_with_its_sections(office: Office) -> None:
    peggy = office.person(PEGGY)
    office.do(lambda: plans.keep_draft(office.session, peggy, "cpr/main", {"decision": "for_cpr"}, 1))
    page = open_today(office)
    (line,) = listed(page, "Begun and not saved")
    assert line.row.family_name == "Smith"
    assert office.session.catalogue["cpr"].title in line.note
    assert line.note.endswith(", kept 12-Nov-2026 14:32")


def test_a_person_who_was_begun_to_be_added_is_gone_on_with(office: Office) -> None:
    office.person(PEGGY)
    office.do(lambda: plans.keep_draft(office.session, services.NOBODY, "person/new", {"family_name": "Nowak"}, 0))
    page = open_today(office)
    assert page.says("You began to add a person, kept 12-Nov-2026 14:32.")
    assert not page.says("Nowak"), "who that is stands in the form, not in a list"
    with office.qtbot.waitSignal(office.desk.add_person_wanted):
        page.press("Go on adding the person")


def test_a_recovery_code_that_nobody_has_shown_to_hold_is_said(office: Office) -> None:
    office.do(lambda: know(office, CODE_WAITS, "yes"))
    page = open_today(office)
    assert page.says("Nobody has shown yet that there is a copy of your recovery code.")
    assert isinstance(page.root, TodayPage)
    with office.qtbot.waitSignal(page.root.settings_wanted):
        page.press("Open Settings")
    office.do(lambda: recovery_code_kept(office.session))
    assert not open_today(office).says("recovery code")


def know(office: Office, name: str, value: str) -> None:
    with office.session.store.writing() as connection:
        users.know(connection, name, value)


def test_whose_plan_was_open_is_the_first_thing_after_unlocking(office: Office) -> None:
    """One press of Enter, and who that is was read before: name, date of birth and NHS number stand above it."""
    peggy = office.person(PEGGY)
    office.person(AHMED)
    office.do(lambda: services.remember_open(office.session, peggy))
    page = open_today(office)
    assert page.focused_name() == "Continue with SMITH, Margaret Rose (Mrs)"
    assert page.says("SMITH, Margaret Rose (Mrs) · Born 05-Apr-1941 (85y) · NHS No. 999\u00a0000\u00a00018")
    chosen: list[str] = []
    assert isinstance(page.root, TodayPage)
    page.root.continue_chosen.connect(lambda row: chosen.append(row.id))
    page.key(Qt.Key.Key_Space)
    assert chosen == [peggy]


def test_another_user_is_not_offered_where_the_first_left_off(office: Office) -> None:
    peggy = office.person(PEGGY)
    office.do(lambda: services.remember_open(office.session, peggy))
    office.desk.session = replace(office.session, user=replace(office.session.user, id="somebody-else"))
    page = open_today(office)
    assert not page.says("Continue with")


def test_a_similar_name_is_said_beside_the_name(office: Office) -> None:
    peggy = office.person(PEGGY)
    office.person(MARY)
    office.do(lambda: services.remember_open(office.session, peggy))
    assert open_today(office).says("NHS No. 999\u00a0000\u00a00018 · Similar name")


def test_enter_opens_from_a_list(office: Office) -> None:
    office.person(PEGGY)
    office.clock.advance(minutes=5)
    office.person(AHMED)
    page = open_today(office)
    chosen: list[str] = []
    assert isinstance(page.root, TodayPage)
    page.root.person_chosen.connect(lambda row: chosen.append(row.family_name))
    page.reach("Changed last")
    page.key(Qt.Key.Key_Down)
    page.key(Qt.Key.Key_Return)
    assert chosen == ["Smith"]


def test_it_is_read_again_after_a_change(office: Office) -> None:
    peggy = office.person(PEGGY)
    page = open_today(office)
    office.write(peggy, "plan_control", {"review_date": "2026-11-14"})
    assert family_names(page, "Reviews planned") == ["Smith"]


@pytest.mark.parametrize(("colours", "percent", "size"), LOOKS)
def test_it_is_read_and_worked_without_eyes_or_pointer(
    office: Office, dress: Callable[[ThemeName, int], None], colours: ThemeName, percent: int, size: tuple[int, int]
) -> None:
    dress(colours, percent)
    peggy = office.person(PEGGY, plan_control={"review_date": "2026-11-14"})
    office.person(AHMED)
    office.do(lambda: services.remember_open(office.session, peggy))
    office.do(lambda: plans.keep_draft(office.session, peggy, "cpr/main", {"decision": "for_cpr"}, 1))
    assert walked(open_today(office, *size)) == []


def test_the_first_actions_are_walked_too(office: Office, dress: Callable[[ThemeName, int], None]) -> None:
    dress("light", 200)
    page = open_today(office, 1024, 560)
    page.press("Look round with made-up people")
    assert walked(page) == []
