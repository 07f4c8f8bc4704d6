"""Reads a window as a screen reader would, and says what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QDialog,
    QLabel,
    QMainWindow,
    QPlainTextEdit,
    QRadioButton,
    QTextEdit,
    QWidget,
)

from tests import register

Role = QAccessible.Role

CONTROLS = frozenset(
    {
        Role.EditableText,
        Role.ComboBox,
        Role.CheckBox,
        Role.RadioButton,
        Role.Button,
        Role.ButtonMenu,
        Role.ButtonDropDown,
        Role.SpinBox,
        Role.Slider,
        Role.Dial,
        Role.List,
        Role.Table,
        Role.Tree,
        Role.Link,
    }
)
"""Roles of what a person can act on: each needs a name, alone of its kind, and a way there by keyboard."""

MOST_TABS = 400


@dataclass(frozen=True)
class Node:
    """One thing a screen reader comes to."""

    depth: int
    role: QAccessible.Role
    name: str
    description: str
    group: str
    """The spoken name of the group it stands in: two "Yes" in two groups are told apart by it."""
    thing: QObject | None

    @property
    def is_control(self) -> bool:
        """Whether a person can act on it. Parts that Qt makes inside its own widgets are spoken as the whole."""
        own_part = self.thing is not None and self.thing.objectName().startswith("qt_")
        return self.role in CONTROLS and isinstance(self.thing, QWidget) and not own_part


def spoken_name(node: QAccessibleInterface) -> str:
    """Return what a screen reader says a thing is called.

    On Linux Qt gives a combo box its current text for a name, and screen readers go by the label that points to it.
    """
    if node.role() == Role.ComboBox:
        thing = node.object()
        own = thing.accessibleName() if isinstance(thing, QWidget) else ""
        labels = (
            other.text(QAccessible.Text.Name)
            for other, kind in node.relations()
            if kind & QAccessible.RelationFlag.Label
        )
        return own or " ".join(labels)
    return str(node.text(QAccessible.Text.Name))


def tree(widget: QWidget) -> Iterator[Node]:
    """Return every visible thing in a window, in the order of the accessibility tree."""

    def walk(node: QAccessibleInterface | None, depth: int, group: str) -> Iterator[Node]:
        if node is None or not node.isValid() or node.state().invisible:
            return
        name, role = spoken_name(node), node.role()
        yield Node(depth, role, name, str(node.text(QAccessible.Text.Description)), group, node.object())
        inner = name if role == Role.Grouping and name else group
        for place in range(node.childCount()):
            yield from walk(node.child(place), depth + 1, inner)

    yield from walk(QAccessible.queryAccessibleInterface(widget), 0, "")


def find(root: QWidget, name: str, group: str | None = None) -> QWidget:
    """Return the one control of that spoken name (in that group); an AssertionError lists what there is instead."""
    controls = [node for node in tree(root) if node.is_control]
    hits = [node.thing for node in controls if node.name == name and group in (None, node.group)]
    if len(hits) != 1:
        there = ", ".join(sorted({f"{node.group + ': ' if node.group else ''}{node.name!r}" for node in controls}))
        message = f"{len(hits)} controls are called {name!r}; there are: {there}"
        raise AssertionError(message)
    found = hits[0]
    assert isinstance(found, QWidget)
    return found


def faults(window: QWidget) -> list[str]:
    """Return what would stop someone who cannot see the window or cannot use a pointer; note the views as walked."""
    found: list[str] = []
    seen: set[tuple[str, str]] = set()
    if isinstance(window, QMainWindow | QDialog) and not window.windowTitle():
        found.append("the window has no title")
    nodes = list(tree(window))
    for node in nodes:
        control = node.thing
        if not node.is_control or not isinstance(control, QWidget):
            continue
        kind = type(control).__name__
        place = f" in {node.group!r}" if node.group else ""
        if not node.name.strip():
            found.append(f"a {kind}{place} has no name")
            continue
        if (node.group, node.name) in seen:
            found.append(f"two controls{place} are called {node.name!r}")
        seen.add((node.group, node.name))
        if control.isEnabled():
            found += _keyboard_faults(control, node.name)
    register.record(_kinds(window, nodes))
    return found


def _keyboard_faults(control: QWidget, name: str) -> Iterator[str]:
    # Qt lets Tab come to the checked button of a group alone; the arrow keys go on to the others.
    if not any(_can_be_reached(way) for way in {control, *same_group(control)}):
        yield f"{name!r} cannot be reached with the keyboard"
    if isinstance(control, QPlainTextEdit | QTextEdit) and not control.isReadOnly() and not control.tabChangesFocus():
        yield f"{name!r} keeps the Tab key, and with it everyone who uses a keyboard"
    if isinstance(control, QAbstractItemView) and control.tabKeyNavigation():
        yield f"{name!r} uses Tab to go through its items; the arrow keys do that"


def _can_be_reached(control: QWidget) -> bool:
    proxy = control.focusProxy() or control
    return bool(proxy.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _kinds(window: QWidget, nodes: list[Node]) -> set[type]:
    """The classes of all visible widgets in the window, with those they are made from."""
    widgets = [node.thing for node in nodes if isinstance(node.thing, QWidget)]
    return {kind for widget in (window, *widgets) for kind in type(widget).__mro__ if issubclass(kind, QWidget)}


def tab_order(window: QWidget, most: int = MOST_TABS) -> list[str]:
    """Return the names of the controls in the order Tab visits them, from the one that has the focus, once round."""
    visited = [widget for widget in _once_round(most) if window.isAncestorOf(widget)]
    return [spoken_name(QAccessible.queryAccessibleInterface(widget)) for widget in visited]


def unreached(window: QWidget) -> list[str]:
    """Return the names of enabled controls that going round with Tab never comes to.

    A radio button counts as reached when Tab comes to any of its group: the arrow keys go on from there.
    """
    reached = set(_once_round(MOST_TABS))
    missed = []
    for node in tree(window):
        control = node.thing
        if node.is_control and isinstance(control, QWidget) and control.isEnabled():
            ways = {control, *same_group(control)}
            if not ways & reached and control.focusProxy() not in reached:
                missed.append(node.name)
    return missed


def _once_round(most: int) -> list[QWidget]:
    visited: list[QWidget] = []
    there = QApplication.focusWidget()
    while there is not None and there not in visited and len(visited) < most:
        visited.append(there)
        QTest.keyClick(there, Qt.Key.Key_Tab)
        there = QApplication.focusWidget()
    return visited


def same_group(control: QWidget) -> set[QWidget]:
    """Return all radio buttons of a button's group: Tab comes to one of them, the arrow keys to the others."""
    if not isinstance(control, QRadioButton):
        return set()
    if control.group() is not None:
        return set(control.group().buttons())
    parent = control.parentWidget()
    return set(parent.findChildren(QRadioButton)) if parent is not None else set()


def small_targets(window: QWidget, least: int = 40) -> list[str]:
    """Return the controls that are less than `least` pixels high or wide: too small for a shaking or gloved hand."""
    found = []
    for node in tree(window):
        control = node.thing
        if node.is_control and isinstance(control, QWidget) and min(control.width(), control.height()) < least:
            found.append(f"{node.name!r} is {control.width()} by {control.height()}")
    return found


def cut_off(window: QWidget) -> list[str]:
    """Return labels and buttons whose words do not fit, and pages that must be pushed sideways to be read."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel | QAbstractButton) and widget.text():
            needed = _room_for(widget)
            if widget.height() < needed.height() or widget.width() < needed.width():
                found.append(
                    f"{widget.text()!r} needs {needed.width()} by {needed.height()}, "
                    f"has {widget.width()} by {widget.height()}"
                )
        if isinstance(widget, QAbstractScrollArea) and widget.horizontalScrollBar().maximum() > 0:
            found.append(f"{type(widget).__name__} {widget.accessibleName()!r} scrolls sideways")
    return found


def _room_for(widget: QLabel | QAbstractButton) -> QSize:
    if widget.hasHeightForWidth():
        return QSize(0, widget.heightForWidth(widget.width()))
    lines = widget.text().replace("&&", "&").split("\n")
    letters = widget.fontMetrics()
    words = QSize(max(letters.horizontalAdvance(line) for line in lines), letters.height() * len(lines))
    return words.expandedTo(widget.sizeHint())
