"""Somebody under 18 on the screen: said to be outside the adult standard, and a place for who decides."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from eolc_desktop.care_plan.under_18 import OUTSIDE, SECTION
from eolc_desktop.views.forms.choice_editors import Menu
from eolc_desktop.views.person.rail import FINDINGS
from tests.views.conftest import walked
from tests.views.person.conftest import PEGGY, Ward, go, page_of

TOM = {**PEGGY, "title": "Master", "given_names": "Tom", "preferred_name": "Tom", "birth_date": "2012-03-12"}


def offered(ward: Ward, person_id: str) -> tuple[bool, list[str]]:
    page = ward.open(person_id)
    places = [key for key, _name in page_of(page).rail.places()]
    said = page.says(OUTSIDE)
    ward.close(page)
    return said, places


def test_it_is_said_and_there_is_a_place_for_parental_responsibility(ward: Ward, qtbot: QtBot) -> None:
    child = ward.person(person=TOM)
    page = ward.open(child)
    assert page.says(OUTSIDE)
    assert "under 18" in page_of(page).banner.accessibleName()
    assert walked(page) == []
    go(page, FINDINGS, qtbot)
    page.wait_until_says("Not recorded: who has parental responsibility and who decides")
    go(page, SECTION, qtbot)
    assert page.says("Not every parent has it")
    ward.close(page)


def test_an_adult_s_plan_says_nothing_of_it_unless_it_was_recorded(ward: Ward) -> None:
    said, places = offered(ward, ward.person())
    assert not said
    assert SECTION not in places
    _said, places = offered(ward, ward.person(parental_responsibility__anna={"name": "Anna Reed"}))
    assert SECTION in places


def test_the_list_of_sections_in_a_narrow_window_says_the_same(ward: Ward) -> None:
    for values, offered_there in ((PEGGY, False), (TOM, True)):
        page = ward.open(ward.person(person=values), 640, 560)
        menu = next(m for m in page.root.findChildren(Menu) if m.accessibleName().startswith("Sections of the plan"))
        assert menu.isVisible()
        assert (menu.findData(SECTION) >= 0) is offered_there
        ward.close(page)
