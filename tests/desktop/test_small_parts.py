"""The clipboard, the icons, the feed of changes, and what importing each part costs."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eolc_desktop.desktop import icons
from eolc_desktop.desktop.changes import ChangeFeed
from eolc_desktop.desktop.clipboard import PRIVATE, PrivateClipboard
from eolc_desktop.paths import resources

ROOT = Path(__file__).resolve().parents[2]
NAMES = sorted(path.stem for path in (resources() / "icons").glob("*.svg"))


# The clipboard


def test_what_is_copied_is_marked_for_every_clipboard_manager(qapp: QApplication) -> None:
    clipboard = QGuiApplication.clipboard()
    copying = PrivateClipboard(clipboard)
    copying.copy("999 000 0018")
    formats = set(clipboard.mimeData().formats())
    assert set(PRIVATE) <= formats
    assert bytes(clipboard.mimeData().data("x-kde-passwordManagerHint").data()) == b"secret"
    assert clipboard.text() == "999 000 0018"
    copying.clear()
    assert clipboard.text() == ""


def test_it_is_taken_back_after_a_while(qtbot: QtBot) -> None:
    clipboard = QGuiApplication.clipboard()
    copying = PrivateClipboard(clipboard)
    copying.copy("999 000 0018")
    timer = copying.findChild(QTimer)
    assert timer is not None
    assert timer.interval() == 10_000
    timer.start(1)
    qtbot.waitUntil(lambda: clipboard.text() == "")


def test_what_was_copied_meanwhile_stays(qapp: QApplication) -> None:
    clipboard = QGuiApplication.clipboard()
    copying = PrivateClipboard(clipboard)
    copying.copy("999 000 0018")
    clipboard.setText("a shopping list")
    copying.clear()
    assert clipboard.text() == "a shopping list"
    clipboard.clear()


# The icons


def ink(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_drawn_in_the_colour_asked_for(qapp: QApplication, name: str) -> None:
    image = icons.pixmap(name, "#005eb8", 48).toImage()
    assert ink(image) == {"#005eb8"}
    edge = [image.pixelColor(x, y).alpha() for x in range(48) for y in (0, 47)]
    assert max(edge) == 0, "the drawing touches the edge"


@pytest.mark.parametrize("path", sorted((resources() / "icons").rglob("*.svg")), ids=lambda path: path.stem)
def test_icons_are_plain_drawings(path: Path) -> None:
    """Nothing but lines: no script, no link to anywhere, no words."""
    allowed = {"svg", "path", "circle", "rect"}
    root = ET.parse(path).getroot()
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= allowed
    assert root.get("viewBox") == "0 0 24 24"


def test_there_are_enough_icons() -> None:
    assert len(NAMES) >= 20
    needed = {"lock", "search", "person", "people", "calendar", "print", "settings", "import", "clock", "help"}
    assert needed | {"information", "success", "warning", "error", "close", "back", "add", "edit", "phone"} <= set(
        NAMES
    )


def test_an_icon_is_sharp_at_twice_the_scale(qapp: QApplication) -> None:
    assert icons.pixmap("lock", "#000000", 20, 2.0).toImage().width() == 40
    assert icons.pixmap("lock", "#000000", 20, 2.0).deviceIndependentSize().width() == 20


def test_an_icon_nobody_drew_is_a_fault(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icons.pixmap("unicorn", "#000000", 20)


@pytest.mark.parametrize(("drawn", "source"), [("tick", "tick"), ("arrow", "chevron-down")])
def test_the_drawings_of_the_style_sheet_are_those_of_the_icons(drawn: str, source: str) -> None:
    """Qt takes pictures in a style sheet from a file only, so these hold their colour; the lines are the same."""
    lines = {element.get("d") for element in ET.parse(resources() / "icons" / f"{source}.svg").iter()} - {None}
    for tone, colour in (("light", "#ffffff"), ("dark", "#000000")):
        root = ET.parse(resources() / "icons" / "drawn" / f"{drawn}-{tone}.svg").getroot()
        assert {element.get("d") for element in root.iter()} - {None} == lines
        assert QColor(root.get("stroke") or "") == QColor(colour)


# Changes


def test_a_change_is_told_to_every_view(qtbot: QtBot) -> None:
    feed, change = ChangeFeed(), object()
    with qtbot.waitSignal(feed.changed) as told:
        feed.tell(change)
    assert told.args == [change]


# The cost of starting


def modules_after(statement: str) -> set[str]:
    program = f"import sys\n{statement}\nprint('\\n'.join(sys.modules))"
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    return set(ended.stdout.split())


def test_dressing_the_unlock_window_loads_no_more_of_qt() -> None:
    loaded = modules_after(
        "import eolc_desktop.desktop.theme, eolc_desktop.desktop.icons, eolc_desktop.desktop.background, "
        "eolc_desktop.desktop.single_instance, eolc_desktop.desktop.idle_lock, eolc_desktop.desktop.crash_window, "
        "eolc_desktop.desktop.warm_up, eolc_desktop.desktop.settings, eolc_desktop.desktop.changes, "
        "eolc_desktop.desktop.crash"
    )
    qt = {name for name in loaded if name.startswith("PySide6.Qt")}
    assert qt == {"PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets"}
    heavy = {"sqlalchemy", "sqlcipher3", "argon2", "cryptography", "reportlab", "fhir", "pydantic", "multiprocessing"}
    assert loaded & heavy == set()


def test_the_widgets_load_no_more_of_qt() -> None:
    loaded = modules_after(
        "from eolc_desktop.views.widgets import ask, empty_state, labelled_row, message_bar, section_heading, tag"
    )
    assert {name for name in loaded if name.startswith("PySide6.Qt")} == {
        "PySide6.QtCore",
        "PySide6.QtGui",
        "PySide6.QtWidgets",
    }


def test_the_worker_and_the_log_know_no_qt() -> None:
    loaded = modules_after("import eolc_desktop.desktop.worker, eolc_desktop.logs")
    assert not [name for name in loaded if name.startswith("PySide6")]
