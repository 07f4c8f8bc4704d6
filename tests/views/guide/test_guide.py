"""The guide: opened where it is wanted, read by keyboard, true to the program, and printed without anybody in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget

from eolc_desktop.app.pages import PAGES
from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.desktop.settings import ThemeName
from eolc_desktop.documents.guide import chapters, keys
from eolc_desktop.views.guide import where
from eolc_desktop.views.guide.chapter_view import ChapterView
from eolc_desktop.views.guide.pane import GuidePane
from eolc_desktop.views.person import rail
from eolc_desktop.views.person.page import PersonPage
from eolc_desktop.views.places import Place
from eolc_desktop.views.shell import Shell
from tests.pages import Page
from tests.prepared_files import PreparedFiles
from tests.views.conftest import LOOKS, Office, walked

OF_THE_SHELL = {"today", "caseload", "settings", "add_person", "person", "printing", "importing"}
OWN_PAGES = {rail.VISIT, rail.FINDINGS, rail.MEASURES, rail.FILES, rail.HISTORY, rail.COMPARE, rail.GLANCE}


def pane_of(shell: Shell) -> GuidePane:
    found = shell.findChild(GuidePane)
    assert isinstance(found, GuidePane)
    return found


def is_in_view(pane: GuidePane, section: str) -> bool:
    """Whether the heading of a section is in view."""
    view = pane._scroll.widget()
    assert isinstance(view, ChapterView)
    return not view.sections[section].visibleRegion().isEmpty()


def wait_for(office: Office, pane: GuidePane, section: str) -> None:
    office.qtbot.waitUntil(lambda: is_in_view(pane, section))


def test_every_kind_of_page_has_its_place_in_the_guide() -> None:
    assert OF_THE_SHELL | set(PAGES.others) == set(where.PAGES), "say in views/guide/where.py where it is explained"
    sections = {f"{chapter.key}#{part.key}" for chapter in chapters() for part in chapter.parts}
    named = {*where.PAGES.values(), *where.WITHIN_A_PLAN.values(), where.FIRST_RUN, where.UNLOCK, where.TROUBLE}
    named.add(where.RESTORE)
    assert named <= sections
    assert set(where.WITHIN_A_PLAN) <= {section.key for section in built_in()} | OWN_PAGES


def test_it_opens_where_the_page_is_explained_and_esc_closes_it(office: Office) -> None:
    shell, page = office.shell()
    for kind, title, section in (
        ("paper", "Printing", "codes"),
        ("settings", "The first morning", "settings"),
        ("tasks", "At the desk", "tasks"),
    ):
        shell.places.go(Place(kind))
        office.settle()
        page.key("F1")
        pane = pane_of(shell)
        assert pane.isVisible()
        assert pane.chapter.title == title
        wait_for(office, pane, section)
        page.key(Qt.Key.Key_Escape)
        assert not pane.isVisible()


def test_a_section_of_a_plan_has_help_of_its_own(office: Office) -> None:
    who = office.person()
    shell, page = office.shell()
    shell.show_person(who, "cpr")
    shown = shell.places.page
    assert isinstance(shown, PersonPage)
    office.qtbot.waitUntil(lambda: shown.plan is not None, timeout=10_000)
    office.settle()
    page.key("F1")
    assert pane_of(shell).chapter.key == "a-visit"
    wait_for(office, pane_of(shell), "decisions")


def test_every_key_in_it_is_a_key_of_the_program_and_none_is_missing(office: Office) -> None:
    who = office.person()
    shell, _page = office.shell()
    shell.show_person(who)
    shown = shell.places.page
    assert isinstance(shown, PersonPage)
    office.qtbot.waitUntil(lambda: shown.plan is not None, timeout=10_000)
    office.settle()
    there = {(deed.words, deed.keys) for deed in shell.actions_list.list if deed.keys}
    assert set(keys()) == there, "resources/guide/keys.txt is not what the program has"


@pytest.mark.parametrize(("theme_name", "percent", "size"), LOOKS)
def test_it_is_read_without_a_pointer_in_every_look(
    office: Office, dress: Callable[[ThemeName, int], None], theme_name: ThemeName, percent: int, size: tuple[int, int]
) -> None:
    dress(theme_name, percent)
    shell, page = office.shell(*size)
    page.key("F1")
    office.settle()
    pane = pane_of(shell)
    listed = pane.findChild(QListWidget)
    assert isinstance(listed, QListWidget)
    for row in range(listed.count()):
        listed.setCurrentRow(row)
        assert pane._scroll.horizontalScrollBar().maximum() == 0, "words are pushed out of sight"
    walked(Page(office.qtbot, pane))


def test_the_guide_is_saved_without_a_record_in_it(
    office: Office, tmp_path: Path, prepared_files: PreparedFiles
) -> None:
    _shell, page = office.shell()
    page.key("F1")
    out = tmp_path / "guide.pdf"
    prepared_files.paths.append(out)
    page.press("Save the guide as a PDF…")
    office.qtbot.waitUntil(out.exists, timeout=60_000)
    office.settle()
    assert out.read_bytes().startswith(b"%PDF")
