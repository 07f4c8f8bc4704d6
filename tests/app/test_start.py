"""The first tenth of a second: what it loads, that keys are taken, and that a passphrase given early is not lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from eolc_desktop.app.opening import make_record
from eolc_desktop.app.pages import PAGES
from eolc_desktop.app.start import LOADED_WHILE_TYPING, THEN_ITS_WINDOWS, Start
from eolc_desktop.clock import system_clock
from eolc_desktop.desktop.settings import load
from eolc_desktop.desktop.theme import Theme
from eolc_desktop.paths import Profile
from eolc_desktop.services.sign_in import NewUser
from eolc_desktop.views.person.own_pages import OWN_PAGES
from tests import accessibility

WORDS = "lantern orchard pebble seven"
HEAVY = (
    "sqlalchemy",
    "sqlcipher3",
    "alembic",
    "argon2",
    "cryptography",
    "keyring",
    "reportlab",
    "pypdfium2",
    "pikepdf",
    "uharfbuzz",
    "fhir",
    "pydantic",
    "multiprocessing",
    "concurrent.futures",
    "zoneinfo",
    "logging.handlers",
    "PySide6.QtNetwork",
    "PySide6.QtPrintSupport",
    "PySide6.QtTest",
)
"""What nobody waits for before the passphrase can be typed."""
OURS = {
    "eolc_desktop",
    "eolc_desktop.__main__",
    "eolc_desktop.app",
    "eolc_desktop.app.command_line",
    "eolc_desktop.app.first_dress",
    "eolc_desktop.app.start",
    "eolc_desktop.desktop",
    "eolc_desktop.desktop.in_turns",
    "eolc_desktop.desktop.looks",
    "eolc_desktop.desktop.plain_imports",
    "eolc_desktop.desktop.settings",
    "eolc_desktop.desktop.style_sheet",
    "eolc_desktop.desktop.tokens",
    "eolc_desktop.desktop.warm_up",
    "eolc_desktop.errors",
    "eolc_desktop.paths",
    "eolc_desktop.views",
    "eolc_desktop.views.secret_field",
    "eolc_desktop.views.unlock",
    "eolc_desktop.views.unlock_parts",
}
"""Everything of ours that the first picture needs. A module that is added here makes every start slower."""

AT_FIRST_PICTURE = """
import json, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import eolc_desktop.app.start as start

def told(self):
    focused = QApplication.focusWidget()
    print(json.dumps({"modules": sorted(sys.modules), "focused": type(focused).__name__ if focused else ""}))
    QTimer.singleShot(0, QApplication.quit)

start.Start._on_painted = told
from eolc_desktop.app.command_line import main
sys.exit(main(["--profile", sys.argv[1]]))
"""

DRESSED_TWICE = """
import sys
from pathlib import Path
from PySide6.QtGui import QFont, QFontDatabase
from eolc_desktop.app.first_dress import dress_first
from eolc_desktop.app.start import make_app
from eolc_desktop.desktop.settings import Settings
from eolc_desktop.paths import resources
from eolc_desktop.views.unlock import UnlockPage

app = make_app()
for path in sorted((resources() / "fonts").glob("NotoSans-*.ttf")):
    QFontDatabase.addApplicationFont(str(path))
app.setFont(QFont("Noto Sans", 10))
font = app.font()
settings = Settings(theme=sys.argv[2], text_percent=int(sys.argv[3]), has_large_targets=sys.argv[4] == "large")

def picture():
    page.repaint()
    for _ in range(6):
        app.processEvents()
    return page.grab().toImage()

dress_first(app, settings)
page = UnlockPage("14:32")
page.resize(1280, 700)
page.show()
page.focus_first()
before = picture()
from eolc_desktop.desktop.theme import Theme
app.setFont(font)
theme = Theme(app)
theme.use(settings)
print(before == picture(), before.size().toTuple())
"""

ALL_LOADED = """
import gc, sys
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid
import eolc_desktop.app.start as start

before = start.Start._on_loaded

def look(self):
    before(self)
    if self.program is not None:
        gc.unfreeze()
        ui = QApplication.instance().thread()
        objects = [thing for thing in gc.get_objects() if isinstance(thing, QObject) and isValid(thing)]
        print(len(objects) > 20, sorted(type(thing).__name__ for thing in objects if thing.thread() is not ui))
        self.window.close()
        QApplication.quit()

start.Start._on_loaded = look
from eolc_desktop.app.command_line import main
sys.exit(main(["--profile", sys.argv[1]]))
"""


KEPT_IN_MEMORY = """
import json, linecache, sys
from PySide6.QtWidgets import QApplication
import eolc_desktop.app.start as start

before = start.Start._on_loaded

def look(self):
    before(self)
    if self.program is not None:
        texts = [name for name in linecache.cache if "eolc_desktop/models" in name or "sqlalchemy/" in name]
        ours = ("views.printing.page", "views.settings_page", "views.measures.page", "views.visit.page")
        early = ["asyncio", "PySide6.QtPrintSupport", *(f"eolc_desktop.{name}" for name in ours)]
        print(json.dumps([texts, [name for name in early if name in sys.modules]]))
        self.window.close()
        QApplication.quit()

start.Start._on_loaded = look
from eolc_desktop.app.command_line import main
sys.exit(main(["--profile", sys.argv[1]]))
"""


BY_KEYBOARD = """
import sys
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
import eolc_desktop.app.start as start
from eolc_desktop.desktop.style_sheet import FOCUS_PROPERTY

before = start.Start._on_loaded

def look(self):
    before(self)
    if self.program is not None:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached = QApplication.focusWidget()
        print(reached is not self.unlock, bool(reached.property(FOCUS_PROPERTY)))
        self.window.close()
        QApplication.quit()

start.Start._on_loaded = look
from eolc_desktop.app.command_line import main
sys.exit(main(["--profile", sys.argv[1]]))
"""


def run(code: str, profile: Path, *more: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, str(profile), *more],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout


@pytest.fixture
def made(profile: Profile) -> Profile:
    """A profile with a record, as it stands when the program is started."""
    make_record(profile, NewUser("Jo Okafor", "district nurse", ""), WORDS, system_clock).store.close()
    return profile


def test_the_first_picture_needs_little_more_than_qt(made: Profile) -> None:
    seen = json.loads(run(AT_FIRST_PICTURE, made.folder))
    modules = set(seen["modules"])
    assert {name for name in modules if name.split(".")[0] == "eolc_desktop"} - OURS == set()
    assert [name for name in HEAVY if name in modules] == []
    assert seen["focused"] == "SecretField", "the field takes keys in the first picture"


@pytest.mark.parametrize(
    ("colours", "percent", "targets"),
    [("light", 100, ""), ("dark", 125, ""), ("bright", 200, ""), ("system", 100, "large")],
)
def test_the_first_picture_looks_as_it_does_under_the_theme(
    profile: Profile, colours: str, percent: int, targets: str
) -> None:
    """The page is dressed before the theme is loaded; nobody must see it change."""
    assert run(DRESSED_TWICE, profile.folder, colours, str(percent), targets).strip() == "True (1280, 700)"


def test_what_is_made_while_loading_lives_on_the_ui_thread(made: Profile) -> None:
    """An object of Qt made at import by the warm-up thread would never hear a queued signal."""
    assert run(ALL_LOADED, made.folder).strip() == "True []"


def test_no_source_text_stays_in_memory_and_what_few_open_is_not_loaded(made: Profile) -> None:
    """PySide has every module's text read and kept when it is imported, unless its `import` is taken out again."""
    texts, early = json.loads(run(KEPT_IN_MEMORY, made.folder))
    assert texts == []
    assert early == []


def test_every_page_of_the_window_and_of_a_plan_can_be_loaded(qapp: QApplication) -> None:
    """Their modules are named by words; this is where a wrong word shows."""
    for place, own in OWN_PAGES.items():
        assert own.load().title == own.title, place
    nothing: tuple[Any, ...] = ()
    for make in (PAGES.person, PAGES.printing, PAGES.importing):
        with pytest.raises(TypeError, match=r"Page\.__init__"):
            make(*nothing)
    for make_at in PAGES.others.values():
        with pytest.raises(TypeError, match="for_place"):
            make_at(*nothing)


def test_the_started_program_shows_where_the_keyboard_is(made: Profile) -> None:
    assert run(BY_KEYBOARD, made.folder).strip() == "True True"


def test_what_is_loaded_while_typing_can_be_loaded_and_what_a_thread_loads_is_nothing_of_qt() -> None:
    """A class of Qt's that is made on another thread than the window's can end the program."""
    code = f"""
import importlib, sys
import eolc_desktop.app.start
before = set(sys.modules)
for name in {LOADED_WHILE_TYPING!r}: importlib.import_module(name)
windows = "PySide6", "shiboken6", "eolc_desktop.views", "eolc_desktop.desktop"
assert not [name for name in set(sys.modules) - before if name.startswith(windows)]
for name in {THEN_ITS_WINDOWS!r}:
    count = len(sys.modules)
    importlib.import_module(name)
    assert len(sys.modules) - count < 45, f"{{name}} is too much for one turn"
assert "eolc_desktop.app.window" in sys.modules
"""
    subprocess.run(
        [sys.executable, "-c", code], check=True, timeout=60, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    )


def test_a_passphrase_given_before_everything_is_loaded_opens_the_record(
    qapp: QApplication, theme: Theme, made: Profile, qtbot: QtBot
) -> None:
    start = Start(qapp, made, theme, load(made.settings))
    qtbot.addWidget(start.window)
    shells: list[object] = []
    start.ready.connect(lambda program: program.opened.connect(shells.append))
    with qtbot.waitActive(start.window, timeout=5000):
        start.show()
    field = accessibility.find(start.window, "Passphrase")
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, WORDS)
    start.unlock.passphrase_given.emit(field.text())
    assert start.program is None, "it was given before anything was loaded"
    qtbot.waitUntil(lambda: bool(shells), timeout=30_000)
    assert start.window.windowTitle() == "Today – EoLC Desktop"
    start.window.close()
    start.deleteLater()


def test_the_minimum_size_fits_a_small_screen(qapp: QApplication, theme: Theme, profile: Profile, qtbot: QtBot) -> None:
    start = Start(qapp, profile, theme, load(profile.settings), locked_at="14:32")
    qtbot.addWidget(start.window)
    assert start.window.minimumWidth() <= 1024
    assert start.window.minimumHeight() <= 600
    assert start.window.windowTitle() == "Locked – EoLC Desktop"
    start.deleteLater()
