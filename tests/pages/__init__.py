"""Drives a window the way a person without a pointer does: by what the labels say, with keys alone."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QEvent, QModelIndex, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests import accessibility

Key = Qt.Key


class OpenWindow(Protocol):
    """What the fixture `page` is: opens a window and returns it as a `Page`."""

    def __call__(self, widget: QWidget, width: int = 0, height: int = 0) -> Page:
        """Show the window, at this size in pixels when given, and wait until it takes keys."""


class Page:
    """A window, or a part of one, and the keys that work it.

    Every control is found by its spoken name and come to with Tab: a test that can press a button proves that someone
    who sees nothing and has no pointer can. `group` tells two controls of one name apart by the group they stand in.
    """

    def __init__(self, qtbot: QtBot, root: QWidget) -> None:
        self.qtbot = qtbot
        self.root = root

    def field(self, name: str, group: str | None = None) -> QWidget:
        """Return the one control of that name; an AssertionError lists the names there are."""
        return accessibility.find(self.root, name, group)

    def has(self, name: str, group: str | None = None) -> bool:
        """Whether there is one control of that name."""
        try:
            self.field(name, group)
        except AssertionError:
            return False
        return True

    def reach(self, name: str, group: str | None = None) -> QWidget:
        """Go to a control with Tab, and with the arrow keys inside a group of choices."""
        target = self.field(name, group)
        assert target.isEnabled(), f"{name!r} is switched off"
        wanted = {target, target.focusProxy()} - {None}
        ways = wanted | accessibility.same_group(target)
        start = self._focused() or self._begin(target)
        there: QWidget | None = start
        for _ in range(accessibility.MOST_TABS):
            if there in ways:
                break
            self.key(Key.Key_Tab)
            there = self._focused()
            assert there is not start, f"{name!r} cannot be come to with Tab"
        assert there in ways, f"{name!r} was not reached in {accessibility.MOST_TABS} Tabs"
        if there not in wanted:
            self._arrow_to(target, name)
        return target

    def type(self, name: str, text: str, group: str | None = None) -> None:
        """Go to a field and type after what it holds. A new line is typed as Enter."""
        self.reach(name, group)
        self.key("End" if isinstance(self._focused(), QLineEdit | QComboBox) else "Ctrl+End")
        self.keys(text)

    def retype(self, name: str, text: str, group: str | None = None) -> None:
        """Go to a field and type in place of what it holds."""
        self.reach(name, group)
        self.key("Ctrl+A")
        self.key(Key.Key_Delete)
        self.keys(text)

    def choose(self, name: str, option: str) -> None:
        """Choose an option: of a drop-down list or a list of that name, or a radio button of the group of that name."""
        groups = {node.group for node in accessibility.tree(self.root) if node.is_control}
        if name in groups:
            button = self.reach(option, name)
            assert isinstance(button, QAbstractButton)
            if not button.isChecked():
                self.key(Key.Key_Space)
            assert button.isChecked(), f"{option!r} of {name!r} did not take"
            return
        control = self.reach(name)
        if isinstance(control, QComboBox):
            self._choose_in_box(control, name, option)
        else:
            assert isinstance(control, QAbstractItemView), f"{name!r} offers no choice"
            self._choose_in_view(control, name, option)

    def tick(self, name: str, group: str | None = None, *, ticked: bool = True) -> None:
        """Tick a box, or with `ticked=False` take the tick away."""
        box = self.reach(name, group)
        assert isinstance(box, QAbstractButton)
        assert box.isCheckable(), f"{name!r} cannot be ticked"
        if box.isChecked() != ticked:
            self.key(Key.Key_Space)
        assert box.isChecked() == ticked, f"{name!r} did not take"

    def press(self, name: str, group: str | None = None) -> None:
        """Press a button with the space bar."""
        button = self.reach(name, group)
        assert isinstance(button, QAbstractButton), f"{name!r} is no button"
        self.key(Key.Key_Space)

    def read(self, name: str, group: str | None = None) -> str:
        """Return what a control says: its text, its chosen option, or "ticked" and "not ticked"."""
        control = self.field(name, group)
        if isinstance(control, QLineEdit):
            return control.text()
        if isinstance(control, QPlainTextEdit | QTextEdit):
            return control.toPlainText()
        if isinstance(control, QComboBox):
            return control.currentText()
        if isinstance(control, QAbstractItemView):
            return _row(control.currentIndex()) if control.currentIndex().isValid() else ""
        assert isinstance(control, QAbstractButton), f"{name!r} says nothing"
        return ("ticked" if control.isChecked() else "not ticked") if control.isCheckable() else control.text()

    def description(self, name: str, group: str | None = None) -> str:
        """Return what is read out after the name of a control: its help and what is wrong with it."""
        return self.field(name, group).accessibleDescription()

    def words(self) -> list[str]:
        """Return every text that stands in the window and is no control, from the top."""
        return [
            node.name
            for node in accessibility.tree(self.root)
            if node.name and not node.is_control and isinstance(node.thing, QLabel)
        ]

    def says(self, text: str) -> bool:
        """Whether the window says this somewhere, in a label or on a control."""
        return any(text in node.name or text in node.description for node in accessibility.tree(self.root))

    def wait_until_says(self, text: str, milliseconds: int = 5000) -> None:
        """Wait until the window says this."""

        def says() -> None:
            assert self.says(text), f"the window does not say {text!r}; it says {self.words()}"

        self.qtbot.waitUntil(says, timeout=milliseconds)

    def wait_until_has(self, name: str, group: str | None = None, milliseconds: int = 5000) -> QWidget:
        """Wait until there is a control of that name, and return it."""
        self.qtbot.waitUntil(lambda: self.has(name, group), timeout=milliseconds)
        return self.field(name, group)

    def key(self, key: Qt.Key | str) -> None:
        """Press one key, or a chord such as "Ctrl+F", where the focus is."""
        target = self._focused() or self.root
        if isinstance(key, str):
            QTest.keySequence(target, QKeySequence(key))
        else:
            QTest.keyClick(target, key)

    def keys(self, text: str) -> None:
        """Type text where the focus is."""
        for letter in text:
            target = self._focused() or self.root
            if letter == "\n":
                QTest.keyClick(target, Key.Key_Return)
            else:
                QTest.keyClicks(target, letter)

    def focused_name(self) -> str:
        """Return the spoken name of the control that has the focus; "" for none."""
        focused = self._focused()
        names = [node.name for node in accessibility.tree(self.root) if focused is not None and node.thing is focused]
        return names[0] if names else ""

    def dialog(self) -> Page:
        """Return the dialog that lies over the window."""
        over = QApplication.activeModalWidget() or QApplication.activeWindow()
        assert over is not None
        assert over is not self.root.window(), "no dialog is open"
        return Page(self.qtbot, over)

    def _focused(self) -> QWidget | None:
        return QApplication.focusWidget()

    def _begin(self, target: QWidget) -> QWidget:
        """Nothing has the focus yet, as in a window just opened: Tab puts it on the first control."""
        window = target.window()
        QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))
        QTest.keyClick(window, Key.Key_Tab)
        focused = self._focused()
        assert focused is not None, "no control of this window takes the keyboard"
        return focused

    def _arrow_to(self, target: QWidget, name: str) -> None:
        # Which arrow goes on depends on how the buttons lie; none goes round from the last to the first.
        for keys in ((Key.Key_Down, Key.Key_Right), (Key.Key_Up, Key.Key_Left)):
            moved = True
            while moved and self._focused() is not target:
                before = self._focused()
                for key in keys:
                    if self._focused() is before:
                        self.key(key)
                moved = self._focused() is not before
        assert self._focused() is target, f"the arrow keys do not come to {name!r}"

    def _choose_in_box(self, box: QComboBox, name: str, option: str) -> None:
        self.key(Key.Key_Home)
        for _ in range(box.count()):
            if box.currentText() == option:
                return
            self.key(Key.Key_Down)
        offered = [box.itemText(place) for place in range(box.count())]
        assert box.currentText() == option, f"{name!r} does not offer {option!r}; it offers {offered}"

    def _choose_in_view(self, view: QAbstractItemView, name: str, option: str) -> None:
        model = view.model()
        self.key("Ctrl+Home")
        for _ in range(model.rowCount(QModelIndex()) + 1):
            if view.currentIndex().isValid() and option in _row(view.currentIndex()):
                return
            self.key(Key.Key_Down)
        rows = [_row(model.index(row, 0)) for row in range(model.rowCount(QModelIndex()))]
        message = f"{name!r} has no row with {option!r}; it has {rows}"
        raise AssertionError(message)


def choices(page: Page, group: str) -> list[str]:
    """Return the names of the radio buttons and boxes of a group, in order."""
    return [
        node.name
        for node in accessibility.tree(page.root)
        if node.is_control and node.group == group and isinstance(node.thing, QRadioButton | QAbstractButton)
    ]


def _row(index: QModelIndex) -> str:
    model: QAbstractItemModel = index.model()
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    cells = (index.siblingAtColumn(column) for column in range(columns))
    return " ".join(str(cell.data()) for cell in cells if cell.data() is not None)
