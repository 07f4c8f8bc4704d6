"""Going to a page that is made for it: keys typed at once land in it, watchers see them, and lists lie as styled."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QVBoxLayout, QWidget

from eolc_desktop.desktop.event_watch import EventWatch
from eolc_desktop.desktop.style_sheet import FOCUS_PROPERTY
from eolc_desktop.views.places import Place, Places
from tests.views.conftest import AHMED, PEGGY, Office


class Watcher:
    """Notes what it sees of the whole program."""

    def __init__(self) -> None:
        self.seen: list[QEvent.Type] = []

    def look(self, _watched: QObject, event: QEvent) -> bool:
        self.seen.append(event.type())
        return False


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("meeting", "About whom"),
        ("register", "Who of the register is shown"),
        ("across", "Register"),
        ("fast_track", "Back"),
        ("review", "Back"),
    ],
)
def test_keys_typed_as_soon_as_a_page_was_asked_for_land_where_it_begins(
    office: Office, qapp: QApplication, kind: str, name: str
) -> None:
    office.person(PEGGY)
    shell, page = office.shell()
    watcher = Watcher()
    EventWatch.of(qapp).add((QEvent.Type.KeyPress,), watcher.look)
    page.key("Ctrl+2")  # by keyboard from here on
    shell.places.go(Place(kind))
    begins = focused()
    assert (begins.accessibleName() or begins.property("text")) == name
    assert begins.property(FOCUS_PROPERTY) is True
    seen = len(watcher.seen)
    QTest.keyClick(begins, Qt.Key.Key_Shift)
    assert len(watcher.seen) > seen
    office.settle()
    office.settle()
    assert focused() is begins


def test_by_pointer_the_page_that_is_gone_to_shows_no_ring(office: Office) -> None:
    office.person(AHMED)
    shell, page = office.shell()
    QTest.mouseClick(page.field("Caseload"), Qt.MouseButton.LeftButton)
    shell.places.go(Place("meeting"))
    assert not focused().property(FOCUS_PROPERTY)


def test_items_of_a_list_that_was_measured_before_it_was_styled_lie_below_one_another(office: Office) -> None:
    """Qt keeps the places of items from before the style sheet was known."""

    def make(_place: Place) -> QWidget:
        made = QWidget()
        listed = QListWidget()
        listed.addItems([f"Person {number}" for number in range(5)])
        listed.setCurrentRow(1)
        QVBoxLayout(made).addWidget(listed)
        return made

    places = Places(make)
    office.show(places)
    places.go(Place("somewhere"))
    office.settle()
    listed = places.findChild(QListWidget)
    assert isinstance(listed, QListWidget)
    items = [listed.visualItemRect(listed.item(row)) for row in range(listed.count())]
    assert all(above.bottom() < below.top() for above, below in pairwise(items))
    assert {area.height() for area in items} == {listed.sizeHintForRow(0)}
