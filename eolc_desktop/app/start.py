"""The start of the window: paint the unlock page, then load everything else while the passphrase is typed.

Everything imported here is waited for by somebody at a bedside, so it is Qt and little else; a test holds the list.
"""

from __future__ import annotations

import gc
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QFont, QIcon, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from eolc_desktop.app.first_dress import dress_first
from eolc_desktop.desktop.in_turns import InTurns
from eolc_desktop.desktop.settings import load
from eolc_desktop.desktop.warm_up import WarmUp
from eolc_desktop.errors import StoreFull
from eolc_desktop.paths import PROGRAM, Profile, resources
from eolc_desktop.views.unlock import UnlockPage

if TYPE_CHECKING:
    from eolc_desktop.app.window import Program
    from eolc_desktop.desktop.settings import Loaded
    from eolc_desktop.desktop.theme import Theme

TITLE = "EoLC Desktop"
LEAST_SIZE = (800, 480)
"""Pixels. The pages are made for 1024 by 600 and more; a smaller screen scrolls."""
USUAL_SIZE = (1280, 700)
LOADED_WHILE_TYPING = (
    "sqlcipher3",
    "argon2.low_level",
    "cryptography.hazmat.primitives.ciphers.aead",
    "eolc_desktop.models.load_sqlalchemy",
    "eolc_desktop.services.sign_in",
    "eolc_desktop.app.opening",
    "eolc_desktop.services.caseload_table",
    "eolc_desktop.services.caseload_details",
    "eolc_desktop.services.emergency",
    "eolc_desktop.services.going_out",
    "eolc_desktop.services.restoring",
    "eolc_desktop.services.second_look",
    "eolc_desktop.services.search",
    "eolc_desktop.services.sharing_status",
    "eolc_desktop.services.tasks",
    "eolc_desktop.services.today",
    "eolc_desktop.services.users",
    "eolc_desktop.services.visits",
    "eolc_desktop.care_plan.readiness",
)
"""On a thread of its own, in the order they are needed: the key, the store, what is done with it. Nothing of Qt."""
THEN_ITS_WINDOWS = (
    "eolc_desktop.app.entrance",
    "eolc_desktop.views.desk",
    "eolc_desktop.views.panes",
    "eolc_desktop.views.shell_actions",
    "eolc_desktop.views.forms.choice_editors",
    "eolc_desktop.views.caseload.details",
    "eolc_desktop.views.caseload.page",
    "eolc_desktop.views.today",
    "eolc_desktop.views.shell",
    "eolc_desktop.app.upkeep",
    "eolc_desktop.app.window",
    "eolc_desktop.views.forms.editors",
    "eolc_desktop.views.forms.field_row",
    "eolc_desktop.views.person.entry_list",
    "eolc_desktop.views.person.glance_page",
    "eolc_desktop.views.person.page",
    "PySide6.QtNetwork",
)
"""What shows it, on the window's thread, the page of a person last but what hears a second start."""
AFTER_PAINTING = 40
"""Milliseconds after the first picture until loading begins, so that a first key is answered before."""
LOOK_AGAIN = 15
"""Milliseconds between looks at whether everything is loaded."""

TURN = 0.001
"""Seconds after which another thread of Python gets its turn. The window gives its turn away with most calls into Qt;
while the store reads, it would wait for it again for 5 ms each time, Python's own measure: 60 calls make a pause."""


class ProgramWindow(QWidget):
    """The one window of the program: it shows the unlock page, the first run, or the signed-in shell.

    Signals:
        painted: it was painted for the first time.
        closing: the user closed it; what is being written is to be kept.
        help_wanted: F1 on a page that has no menus, such as that to unlock.
    """

    painted = Signal()
    closing = Signal()
    help_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._is_painted = False
        self._stack = QStackedLayout(self)
        self.setMinimumSize(*LEAST_SIZE)
        self.resize(*USUAL_SIZE)

    @property
    def page(self) -> QWidget | None:
        """What the window shows."""
        return self._stack.currentWidget()

    def show_page(self, page: QWidget, title: str) -> None:
        """Show a page instead of the one before, which is let go."""
        before = self._stack.currentWidget()
        self.keep_page(page)
        self._stack.setCurrentWidget(page)
        self.show_title(title)
        if before is not None:
            self._stack.removeWidget(before)
            before.hide()
            before.deleteLater()

    def keep_page(self, page: QWidget) -> None:
        """Have a page wait, hidden, until it is shown."""
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)

    def show_title(self, title: str) -> None:
        """Name the kind of page in the title, which is seen in task lists and never holds a person's name."""
        self.setWindowTitle(f"{title} – {TITLE}" if title else TITLE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that there is something to see."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            # After the event: what follows may take a while, and the page is to be on the screen first.
            QTimer.singleShot(0, self, self.painted.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 asks for help wherever no action of the page's own has it."""
        if event.key() == Qt.Key.Key_F1:
            self.help_wanted.emit()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is being written before the window goes."""
        self.closing.emit()
        super().closeEvent(event)


class Start(QObject):
    """Shows the unlock page and hands over to the program once that is loaded; a passphrase given before is kept.

    Signals:
        ready: the `Program` has taken over.
    """

    ready = Signal(object)

    def __init__(
        self,
        app: QApplication,
        profile: Profile,
        theme: Theme | None,
        loaded: Loaded,
        locked_at: str = "",
        font: QFont | None = None,
    ) -> None:
        """`theme` is None where the program was dressed for its first picture alone, and `font` then the one that the
        computer gave it: the theme is made from that afterwards."""
        super().__init__(app)
        self.program: Program | None = None
        self._app = app
        self._profile = profile
        self._theme = theme
        self._font = font or app.font()
        self._loaded = loaded
        self._warm = WarmUp(LOADED_WHILE_TYPING)
        self._windows = InTurns(self._warm, THEN_ITS_WINDOWS, self)
        self._windows.loaded.connect(self._on_loaded)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_AGAIN)
        self._look.timeout.connect(self._on_look)
        self._given: str | None = None
        self.window = ProgramWindow()
        self.unlock = UnlockPage(locked_at)
        self.unlock.passphrase_given.connect(self._on_passphrase)
        self.window.show_page(self.unlock, "Locked" if locked_at else "Unlock")
        geometry = loaded.settings.window_geometry
        if geometry:
            self.window.restoreGeometry(QByteArray.fromBase64(geometry.encode()))
        self.window.painted.connect(self._on_painted)

    def show(self) -> None:
        """Show the window, its field ready for keys."""
        self.window.show()
        self.window.activateWindow()
        self.unlock.focus_first()

    @Slot()
    def _on_painted(self) -> None:
        QTimer.singleShot(AFTER_PAINTING, self, self._begin_to_load)

    @Slot()
    def _begin_to_load(self) -> None:
        # This makes an object of Qt when it is imported, and that has to live on the UI thread.
        import eolc_desktop.views.widgets.ask  # noqa: F401, PLC0415

        if self._theme is None:
            from eolc_desktop.desktop.theme import Theme  # noqa: PLC0415

            # From here on the program follows the computer's own settings too.
            self._app.setFont(self._font)
            self._theme = Theme(self._app)
            self._theme.use(self._loaded.settings)
        from eolc_desktop.desktop.one_heap import use_one_heap  # noqa: PLC0415

        use_one_heap()
        self._app.setWindowIcon(QIcon(str(resources() / "eolc-desktop.svg")))
        self._warm.start()
        self._look.start()

    @Slot(str)
    def _on_passphrase(self, passphrase: str) -> None:
        if self.program is None:
            self._given = passphrase
            self.unlock.show_busy()

    @Slot()
    def _on_look(self) -> None:
        if not self._warm.is_done or self._theme is None:
            return
        self._look.stop()
        self._warm.wait()
        self._windows.start()

    @Slot()
    def _on_loaded(self) -> None:
        assert self._theme is not None
        # The first object that Qt made by itself has PySide look through every class it knows, 35 ms: now, while the
        # passphrase is typed, and not after Enter.
        self.window.findChildren(QObject)
        self._theme.watch()
        from eolc_desktop.app.window import Program  # noqa: PLC0415  loaded by now, and never before

        gc.freeze()  # what was loaded stays for good: nobody need look for rubbish in all of that
        sys.setswitchinterval(TURN)
        self.unlock.passphrase_given.disconnect(self._on_passphrase)
        self.program = Program(self._app, self.window, self._profile, self._theme, self._loaded)
        self.program.take_over(self.unlock)
        given, self._given = self._given, None
        if given is not None:
            self.unlock.passphrase_given.emit(given)
        self.ready.emit(self.program)


def make_app() -> QApplication:
    """Make Qt's application object, named for the desktop."""
    # The style is given here: setting it later makes PySide load all that a style can be asked, 6 ms.
    app = QApplication([PROGRAM, "-style", "fusion"])
    app.setApplicationName(PROGRAM)
    app.setApplicationDisplayName(TITLE)
    app.setDesktopFileName(PROGRAM)
    return app


def open_window(profile: Profile, locked_at: str = "", say_when_ready: bool = False) -> int:
    """Open the program on a profile and run it to its end. Returns the exit status.

    `say_when_ready` prints a line once the passphrase can be typed, and ends: so the start can be timed from outside,
    that of the packaged program too. A second start on the same profile brings the first one's window to the front
    instead, and ends.
    """
    app = make_app()
    if profile.lock.exists() and _is_open_already(profile):
        return 0
    with suppress(StoreFull):  # the window comes all the same: a plan can be read from a disk that takes nothing
        profile.make_private()
    loaded = load(profile.settings)
    font = app.font()
    dress_first(app, loaded.settings)
    start = Start(app, profile, None, loaded, locked_at, font)
    start.show()
    if say_when_ready:
        start.window.painted.connect(_say_ready)
    return app.exec()


@Slot()
def _say_ready() -> None:
    print("ready", flush=True)
    QApplication.quit()


def _is_open_already(profile: Profile) -> bool:
    from eolc_desktop.desktop.single_instance import SingleInstance  # noqa: PLC0415  only when there is a lock file

    instance = SingleInstance(profile.lock)
    if instance.claim():
        instance.release()
        return False
    if not instance.ask_first_to_show():
        print("The program is open already on this record, and does not answer.", file=sys.stderr)
    return True
