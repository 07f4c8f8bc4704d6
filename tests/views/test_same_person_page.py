"""The page on which two records of one person are compared and joined, by keys, and taken apart again."""

from __future__ import annotations

import pytest

from eolc_desktop.services import people, plans
from eolc_desktop.views.safety.same_person_page import SamePersonPage
from tests.pages import Page
from tests.views.conftest import AHMED, LOOKS, PEGGY, Office, walked

pytestmark = pytest.mark.hazard("H34")


@pytest.fixture
def two(office: Office) -> tuple[str, str]:
    office.person(AHMED)
    one = office.person(PEGGY)
    other = office.person(
        PEGGY | {"family_name": "Smyth", "postcode": "LS21 1AB"}, places={"preferred_death": "own_home"}
    )
    return one, other


def shown(office: Office, *size: int) -> Page:
    made = SamePersonPage(office.desk)
    page = office.show(made, *(size or (1366, 706)))
    made.focus_first()
    return page


def listed(office: Office) -> int:
    return office.on_store(lambda: people.caseload(office.session).total)


def compare(page: Page) -> None:
    page.press("Compare pair 1")
    page.wait_until_says("Compared below")


def test_they_are_joined_after_every_difference_was_answered_and_taken_apart(
    office: Office, two: tuple[str, str]
) -> None:
    page = shown(office)
    page.wait_until_says("They have the same NHS number.")
    compare(page)
    page.press("Join these two records")
    page.wait_until_says("Please say which holds")
    assert listed(office) == 3
    page.choose("Who they are: Family name", "Kept record: Smith")
    page.choose("Who they are: Postcode", "Other record: LS21 1AB")
    page.press("Join these two records")
    page.wait_until_says("Please say why.")
    page.type("How you know, or why", "made on two laptops")
    page.press("Join these two records")
    page.wait_until_says("Joined. Nothing was lost")
    assert listed(office) == 2
    plan = office.on_store(lambda: plans.read_plan(office.session, two[0]))
    assert plan.text("person", "family_name") == "Smith"
    assert plan.text("person", "postcode") == "LS21 1AB"
    assert plan.text("places", "preferred_death") == "own_home"
    page.wait_until_says("Joined into another record")
    page.type("How you know, or why", "they are sisters")
    page.press("Take apart: SMYTH, Margaret Rose (Mrs)")
    page.wait_until_says("They are listed again.")
    assert listed(office) == 3


def test_nobody_is_said_to_be_nobody(office: Office) -> None:
    office.person(AHMED)
    page = shown(office)
    page.wait_until_says("no two people here have one NHS number")


@pytest.mark.parametrize(("theme_name", "percent", "size"), LOOKS)
def test_it_can_be_walked(
    office: Office, two: tuple[str, str], dress: object, theme_name: str, percent: int, size: tuple[int, int]
) -> None:
    dress(theme_name, percent)  # type: ignore[operator]
    page = shown(office, *size)
    page.wait_until_says("They have the same NHS number.")
    compare(page)
    assert walked(page) == []
