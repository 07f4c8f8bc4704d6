"""Figures that take long to count: progress that is true, a stop that leaves the page usable, and the way on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eolc_desktop.desktop.settings import ThemeName
from eolc_desktop.services import measures
from eolc_desktop.services.measures import Counting
from eolc_desktop.services.session import Session
from eolc_desktop.views.our_service import counting_line
from eolc_desktop.views.our_service.measures_page import MeasuresPage
from tests.pages import Page
from tests.views.conftest import AHMED, LOOKS, PEGGY, Office, walked

DIED = {"died_on": "2026-10-01", "place": "home"}


class Held:
    """Counts in the service's own way, but only so many portions until it is let go on."""

    def __init__(self, portions: int) -> None:
        self.left = portions
        self._go_on = measures.go_on

    def __call__(self, session: Session, counting: Counting) -> Counting:
        if self.left:
            self.left -= 1
            return self._go_on(session, counting)
        return counting


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    monkeypatch.setattr(counting_line, "SHOWN_AFTER", 0)
    made = Held(1)
    monkeypatch.setattr(measures, "go_on", made)
    return made


def shown(office: Office, width: int = 1366, height: int = 706) -> Page:
    page = office.show(MeasuresPage(office.desk), width, height)
    office.qtbot.waitUntil(lambda: page.says("Counting: 0 of "), timeout=10_000)
    office.qtbot.waitUntil(lambda: page.has("Stop counting"), timeout=10_000)
    return page


def test_counting_says_how_far_it_is_and_ends_with_the_figures(office: Office, held: Held) -> None:
    office.person(PEGGY, death=DIED)
    page = shown(office)
    held.left = 1_000
    office.qtbot.waitUntil(lambda: page.says("1 people are recorded in all"), timeout=10_000)
    assert not page.has("Stop counting")
    assert not page.has("Count again")
    assert not page.says("Counting:")


def test_stopped_counting_leaves_the_page_usable_and_can_be_asked_for_again(office: Office, held: Held) -> None:
    office.person(PEGGY, death=DIED)
    page = shown(office)
    page.reach("Stop counting")
    page.key("Space")
    office.qtbot.waitUntil(lambda: page.says("Stopped before everybody was counted."), timeout=10_000)
    assert not page.says("are recorded in all"), "nothing half counted is shown"
    assert page.has("Count again")
    held.left = 1_000
    page.press("Count again")
    office.qtbot.waitUntil(lambda: page.says("1 people are recorded in all"), timeout=10_000)
    assert not page.says("Stopped")


def test_somebody_who_is_added_meanwhile_is_counted(office: Office, held: Held) -> None:
    office.person(PEGGY, death=DIED)
    page = shown(office)
    office.person(AHMED, death=DIED)
    assert isinstance(page.root, MeasuresPage)
    page.root.refresh()
    held.left = 1_000
    office.qtbot.waitUntil(lambda: page.says("2 people are recorded in all"), timeout=10_000)


@pytest.mark.parametrize("number", range(len(LOOKS)))
def test_it_is_worked_without_eyes_or_pointer_while_it_counts(
    office: Office, held: Held, dress: Callable[[ThemeName, int], None], number: int
) -> None:
    theme, per_cent, size = LOOKS[number]
    dress(theme, per_cent)
    office.person(PEGGY, death=DIED)
    assert walked(shown(office, *size)) == []
