"""The ground every test stands on: no screen, no network of the user's, one clock, one font, nothing left behind."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from eolc_desktop import views
from eolc_desktop.desktop.background import Background
from eolc_desktop.desktop.settings import Settings, ThemeName
from eolc_desktop.desktop.theme import Theme
from eolc_desktop.paths import Profile, resources
from eolc_desktop.views.widgets.ask import replace_asking
from tests import hazards, leaks, register
from tests.fixed_clock import FixedClock
from tests.pages import OpenWindow, Page
from tests.pictures import Pictures
from tests.prepared_files import PreparedFiles
from tests.strictness import expected_log, note_timers, nothing_left_behind

__all__ = ["expected_log", "nothing_left_behind"]

FONT = "Noto Sans"
POINTS = 11

_unwalked = pytest.StashKey[list[str]]()
_leaked = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("eolc-desktop")
    group.addoption("--onscreen", action="store_true", help="open real windows, to watch")
    group.addoption("--explore", action="store_true", help="let Hypothesis look for new examples")
    group.addoption("--accept-screens", action="store_true", help="take how windows look now as the pictures of record")


def pytest_configure(config: pytest.Config) -> None:
    note_timers()
    # The gate asks the same everywhere and every time; `make explore` looks for what nobody has thought of yet.
    hypothesis.settings.register_profile("gate", derandomize=True, database=None, deadline=None)
    hypothesis.settings.register_profile("explore", print_blob=True, deadline=None)
    hypothesis.settings.load_profile("explore" if config.getoption("--explore") else "gate")
    if not config.getoption("--onscreen"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if not hasattr(config, "workerinput"):
        os.environ[register.FOLDER] = tempfile.mkdtemp(prefix="eolc-walked-")
        config.add_cleanup(lambda: shutil.rmtree(os.environ.pop(register.FOLDER), ignore_errors=True))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if named := hazards.hazards_of(item.nodeid):
            item.add_marker(pytest.mark.hazard(*named))


def pytest_collection_finish() -> None:
    # What is there before the first test stays: the checks after each test need not look through it again.
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    config = session.config
    _look_for_leaks(session)
    if exitstatus != pytest.ExitCode.OK or hasattr(config, "workerinput") or not register.is_whole_suite(config):
        return
    unwalked = register.defined_in(views) - register.walked(Path(os.environ[register.FOLDER]))
    if unwalked:
        config.stash[_unwalked] = sorted(unwalked)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _look_for_leaks(session: pytest.Session) -> None:
    """Look over everything this run left behind (each worker over its own), and fail the run for what is found."""
    folder = Path(os.environ[register.FOLDER])
    factory = getattr(session.config, "_tmp_path_factory", None)
    kept = folder / f"leaks-{os.getpid()}.txt"
    if factory is not None and folder.exists():
        found = leaks.found_in(leaks.places_in(factory.getbasetemp()))
        if found:
            kept.write_text("\n".join(found), encoding="utf-8")
    if hasattr(session.config, "workerinput"):
        return
    told = sorted(
        {line for path in folder.glob("leaks-*.txt") for line in path.read_text(encoding="utf-8").split("\n")}
    )
    if told:
        session.config.stash[_leaked] = told
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    leaked = terminalreporter.config.stash.get(_leaked, [])
    if leaked:
        terminalreporter.section("what was recorded about people stands in files that must not hold it", red=True)
        for line in leaked:
            terminalreporter.line(line)
    unwalked = terminalreporter.config.stash.get(_unwalked, [])
    if unwalked:
        terminalreporter.section("views that no test walked as a screen reader would", red=True)
        for name in unwalked:
            terminalreporter.line(f"{name}: call tests.accessibility.faults on a window that shows it")


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home folder of the tests' own, and no way to the user's desktop: nothing of theirs is read or written."""
    home = tmp_path_factory.mktemp("home")
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    moved = {
        "HOME": home,
        "USERPROFILE": home,
        "LOCALAPPDATA": home / "local",
        "APPDATA": home / "roaming",
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_DATA_HOME": home / ".local" / "share",
        "XDG_STATE_HOME": home / ".local" / "state",
        "XDG_CACHE_HOME": home / ".cache",
        "XDG_RUNTIME_DIR": runtime,
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, folder in moved.items():
            patch.setenv(name, str(folder))
        patch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
        yield home


@pytest.fixture
def clock() -> FixedClock:
    """Thursday 12 November 2026, 14:32 in London, until the test moves it."""
    return FixedClock()


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    """An empty profile of the test's own."""
    made = Profile(tmp_path / "profile")
    made.make_private()
    return made


@pytest.fixture(scope="session")
def _theme(qapp: QApplication) -> Theme:
    """The one theme of the process, on one font, with nothing that blinks or slides: pictures come out the same."""
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    for path in sorted((resources() / "fonts").glob("NotoSans-*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
    qapp.setFont(QFont(FONT if FONT in QFontDatabase.families() else "DejaVu Sans", POINTS))
    qapp.setQuitOnLastWindowClosed(False)
    qapp.setCursorFlashTime(0)
    for effect in (Qt.UIEffect.UI_AnimateCombo, Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_AnimateTooltip):
        qapp.setEffectEnabled(effect, False)
    made = Theme(qapp)
    made.watch()
    return made


@pytest.fixture
def theme(_theme: Theme) -> Iterator[Theme]:
    """The theme, light at 100 per cent until the test asks for another."""
    _theme.watch()  # a test of the start may have taken it away
    _theme.use(Settings(theme="light"))
    _theme._focus_ring.note_pointer()
    yield _theme
    _theme.use(Settings(theme="light"))


@pytest.fixture
def dress(theme: Theme) -> Callable[[ThemeName, int], None]:
    """Dress the program in a theme ("light", "dark", "bright") at a size of text in per cent."""

    def dress(name: ThemeName, percent: int = 100) -> None:
        theme.use(Settings(theme=name, text_percent=percent))

    return dress


@pytest.fixture
def page(qtbot: QtBot, theme: Theme) -> OpenWindow:
    """Open a window (of this size in pixels, when given), wait until it takes keys, and return it as a `Page`."""

    kept: list[QWidget] = []

    def open_window(widget: QWidget, width: int = 0, height: int = 0) -> Page:
        qtbot.addWidget(widget)
        kept.append(widget)
        if width and height:
            widget.resize(width, height)
        with qtbot.waitActive(widget, timeout=5000):
            widget.show()
            widget.activateWindow()
        return Page(qtbot, widget)

    return open_window


@pytest.fixture
def pictures(request: pytest.FixtureRequest, theme: Theme) -> Pictures:
    """Compare windows with their pictures of record: `pictures.matches(window, name)`."""
    return Pictures(accept=request.config.getoption("--accept-screens"))


@pytest.fixture(autouse=True)
def prepared_files() -> Iterator[PreparedFiles]:
    """No test opens the system's file window: put the paths it would choose into `prepared_files.paths`."""
    prepared = PreparedFiles()
    before = replace_asking(prepared)
    yield prepared
    replace_asking(before)
    assert prepared.paths == [], "a file was prepared and never asked for"


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    """The two lanes; the test fails when work outlives it."""
    made = Background()
    yield made
    assert made.close(), "work in the free lane outlived its test"
    made.deleteLater()
