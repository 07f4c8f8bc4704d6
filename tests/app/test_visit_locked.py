"""Locking in the middle of a visit: what was typed is kept, and the nurse comes back to the same question."""

from __future__ import annotations

from PySide6.QtCore import Qt

from eolc_desktop.views.person.page import PersonPage
from eolc_desktop.views.visit.page import VisitPage
from tests.app.laptop import Laptop, add_peggy, laptop
from tests.pages import Page

__all__ = ["laptop"]

WORDS = "I want to hear the garden."
ASKED = "What matters most to Margaret now?"


def visit_on(laptop: Laptop) -> VisitPage | None:
    shell = laptop.program.shell
    person = shell.places.currentWidget() if shell is not None else None
    own = person.places.own_page if isinstance(person, PersonPage) else None
    return own if isinstance(own, VisitPage) and own.visit is not None else None


def come_back(laptop: Laptop, page: Page) -> None:
    page.wait_until_has("Continue with SMITH, Margaret Rose", milliseconds=10_000)
    page.press("Continue with SMITH, Margaret Rose")
    page.wait_until_has("Go on with the visit", milliseconds=10_000)
    page.key("Ctrl+R")
    laptop.qtbot.waitUntil(lambda: visit_on(laptop) is not None, timeout=10_000)


def test_locking_in_the_middle_of_a_visit_loses_no_letter_and_comes_back_to_the_same_step(laptop: Laptop) -> None:
    laptop.make(add_peggy)
    page = laptop.start()
    laptop.unlock(page)
    page.key("Ctrl+F")
    page.keys("smith")
    page.wait_until_says("1 person matches.", milliseconds=10_000)
    page.key(Qt.Key.Key_Return)
    page.wait_until_has("Begin a visit", milliseconds=10_000)
    page.key("Ctrl+R")
    laptop.qtbot.waitUntil(lambda: visit_on(laptop) is not None, timeout=10_000)
    page.press("Step 5: What is still wanted")
    page.wait_until_has(ASKED, milliseconds=10_000)
    page.type(ASKED, WORDS)
    laptop.lock(page)  # at once: within the second in which what is typed is kept by itself
    assert not laptop.window or "Margaret" not in laptop.window.windowTitle()

    again = laptop.start("14:32")
    assert not again.says("Margaret")
    laptop.unlock(again)
    come_back(laptop, again)
    visit = visit_on(laptop)
    assert visit is not None
    assert visit.visit is not None
    assert visit.visit.step == "missing"
    again.wait_until_has(ASKED, milliseconds=10_000)
    assert again.read(ASKED) == WORDS
