"""Every section's form as a screen reader and a keyboard meet it, at every size of text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.fields import MAIN, Value
from eolc_desktop.care_plan.plan import Edit
from eolc_desktop.desktop.settings import ThemeName
from eolc_desktop.views.forms.reading_order import controls_in_order
from eolc_desktop.views.forms.section_form import spoken_names
from eolc_desktop.views.person.draft_offer import Place
from tests import accessibility
from tests.pages import Page
from tests.plans import canary
from tests.views.person.conftest import Ward, go, page_of

SECTIONS = [section.key for section in built_in()]
Dress = Callable[[ThemeName, int], None]


def filled(ward: Ward) -> str:
    """A person with something in every field of every section."""
    who = ward.person()
    known = ward.plan(who)
    edits = []
    for section in ward.session.catalogue:
        entry = section.fixed_entries[0].id if section.fixed_entries else ("one" if section.repeats else MAIN)
        parent = "1" if section.parent else ""
        for field in section.fields:
            value: Value = canary(section, field)
            if field.links_to:
                value = "one"
            item = known.item(section.key, field.key, entry)
            base = item.change_id if item else ""
            edits.append(Edit(section.key, entry, field.key, value, base=base, parent=parent))
    ward.write(who, edits)
    return who


def show(page: Page, ward: Ward, key: str, entry: str, qtbot: QtBot) -> None:
    """Show the form of one entry of a section, whole."""
    shown = page_of(page)
    assert shown.plan is not None
    section = shown.plan.catalogue[key]
    parent = "1" if section.parent else ""
    if entry == "" or section.repeats or section.fixed_entries:
        form = shown.places.open_entry(Place(key, entry, parent), shown.plan, shown.around)
    else:
        go(page, key, qtbot)
        found = shown.places.entry_page
        assert found is not None
        form = found
    qtbot.waitUntil(lambda: not form.form.is_growing, timeout=5000)
    form.begin()
    ward.on_store(lambda: True)


def fits(page: Page, qtbot: QtBot, where: str) -> None:
    """Nothing is cut off once the page has been laid out, which Qt does with the next events."""

    def whole() -> None:
        assert accessibility.cut_off(page.root) == [], where

    qtbot.waitUntil(whole, timeout=3000)


def entry_of(key: str) -> str:
    section = built_in()[key]
    return section.fixed_entries[0].id if section.fixed_entries else ("one" if section.repeats else MAIN)


@pytest.mark.parametrize("key", SECTIONS)
def test_every_form_can_be_read_aloud_and_worked_by_key(ward: Ward, qtbot: QtBot, key: str) -> None:
    page = ward.open(filled(ward))
    show(page, ward, key, entry_of(key), qtbot)
    assert accessibility.faults(page.root) == []
    assert accessibility.unreached(page.root) == []
    read = controls_in_order(page_of(page).places.shown_page)
    expected = [spoken(w) for w in read if w.isVisible() and w.isEnabled() and w.focusPolicy().value & 1]
    page_of(page).places.begin()
    order = accessibility.tab_order(page.root)
    at = order.index(expected[0])
    from_the_top = order[at:] + order[:at]
    assert [name for name in from_the_top if name in expected] == expected, "Tab does not follow the reading order"


def spoken(widget: QWidget) -> str:
    return next(node.name for node in accessibility.tree(widget) if node.thing is widget)


@pytest.mark.parametrize("key", [key for key in SECTIONS if built_in()[key].repeats])
def test_a_new_entry_can_be_worked_by_key(ward: Ward, qtbot: QtBot, key: str) -> None:
    page = ward.open(ward.person())
    show(page, ward, key, "", qtbot)
    assert accessibility.faults(page.root) == []
    assert accessibility.unreached(page.root) == []


@pytest.mark.parametrize(
    ("look", "percent", "width", "height"),
    [("light", 100, 1366, 706), ("dark", 100, 1024, 600), ("light", 200, 1366, 706), ("bright", 200, 1024, 600)],
)
def test_nothing_is_cut_off_at_any_size(
    ward: Ward, qtbot: QtBot, dress: Dress, look: ThemeName, percent: int, width: int, height: int
) -> None:
    dress(look, percent)
    page = ward.open(filled(ward), width, height)
    qtbot.waitUntil(lambda: not page_of(page).places.glance.is_growing)
    fits(page, qtbot, "at a glance")
    for key in SECTIONS:
        show(page, ward, key, entry_of(key), qtbot)
        fits(page, qtbot, key)
        assert page_of(page).size().width() == width, f"{key} makes the window wider"
        assert page_of(page).size().height() == height, f"{key} makes the window higher"
    page_of(page).go_to("history")
    page.wait_until_says("saves.")
    fits(page, qtbot, "history")


@pytest.mark.parametrize("percent", [100, 200])
def test_every_target_is_large_enough_for_a_shaking_hand(ward: Ward, qtbot: QtBot, dress: Dress, percent: int) -> None:
    dress("light", percent)
    page = ward.open(filled(ward), 1366, 706)
    for key in ("person", "about_me", "cpr", "contacts"):
        show(page, ward, key, entry_of(key), qtbot)
        assert accessibility.small_targets(page.root, 36) == [], key


def test_the_other_places_are_walked_too(ward: Ward, qtbot: QtBot) -> None:
    page = ward.open(filled(ward))
    shown = page_of(page)
    qtbot.waitUntil(lambda: not shown.places.glance.is_growing)
    assert accessibility.faults(page.root) == []
    assert accessibility.unreached(page.root) == []
    for key in ("contacts", "commitments", "history"):
        go(page, key, qtbot)
        ward.on_store(lambda: True)
        assert accessibility.faults(page.root) == [], key
        assert accessibility.unreached(page.root) == [], key


def test_tab_begins_with_who_this_is(ward: Ward) -> None:
    page = ward.open(ward.person())
    page.reach("Copy NHS number")
    assert accessibility.tab_order(page.root)[:4] == [
        "Copy NHS number",
        "Show more about who this is",
        "Sections of the plan",
        "What matters to Peggy",
    ]


def test_no_two_fields_of_a_section_are_called_the_same_aloud() -> None:
    for section in built_in():
        names = spoken_names(section)
        assert len(set(names.values())) == len(names), section.key
