"""The composition root of the window: everything that is made once, from unlocking to locking.

Loaded by the warm-up thread while the passphrase is typed; nothing here is needed for the first picture.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from eolc_desktop import logs
from eolc_desktop.app.came_in import CameIn
from eolc_desktop.app.entrance import LOCKED_BY, Entrance
from eolc_desktop.app.first_pages import FirstPages
from eolc_desktop.app.opening import note_signed_in
from eolc_desktop.app.pages import PAGES
from eolc_desktop.app.recovery_code_paper import RecoveryCodePaper
from eolc_desktop.app.rehearsal import rehearse
from eolc_desktop.app.start import ProgramWindow
from eolc_desktop.app.upkeep import Upkeep
from eolc_desktop.care_plan.dates import time_words
from eolc_desktop.clock import Clock, system_clock
from eolc_desktop.desktop import settings as settings_file
from eolc_desktop.desktop.background import Background
from eolc_desktop.desktop.crash import CrashReporter, refuse_memory_dumps
from eolc_desktop.desktop.crash_window import CrashDesk
from eolc_desktop.desktop.idle_lock import IdleLock
from eolc_desktop.desktop.restart import replace_process
from eolc_desktop.desktop.rubbish import RubbishRound
from eolc_desktop.desktop.session_watch import SessionWatch
from eolc_desktop.desktop.settings import Loaded, Settings
from eolc_desktop.desktop.single_instance import SingleInstance
from eolc_desktop.desktop.theme import Theme
from eolc_desktop.desktop.worker import Worker
from eolc_desktop.errors import UserError
from eolc_desktop.models.key_file import STANDARD, Costs
from eolc_desktop.paths import Profile
from eolc_desktop.policy import NO_POLICY
from eolc_desktop.services import emergency, organisation, trust, users
from eolc_desktop.services import today as today_services
from eolc_desktop.services.after_unlocking import after_unlocking
from eolc_desktop.services.roles import asks_for_reason
from eolc_desktop.services.session import Session
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.shell import Shell
from eolc_desktop.views.shell_pages import PageMakers
from eolc_desktop.views.unlock import UnlockPage
from eolc_desktop.views.users.reason_page import ReasonPage

LOCKED = "--locked"
LOCKED_AT = "EOLC_LOCKED_AT"
"""Environment variable by which the program before tells the one after when it was locked: a time of day, no more."""
WORKER_NEEDS = ("eolc_desktop.documents.showing",)


class Program(QObject):
    """What runs once the libraries are loaded: the way in, the signed-in window, locking and the end.

    Signals:
        opened: the `Shell`, once somebody is signed in and it is shown.
    """

    opened = Signal(object)

    def __init__(
        self,
        app: QApplication,
        window: ProgramWindow,
        profile: Profile,
        theme: Theme,
        loaded: Loaded,
        *,
        clock: Clock = system_clock,
        costs: Costs = STANDARD,
        pages: PageMakers = PAGES,
        replace: Callable[..., object] = replace_process,
    ) -> None:
        super().__init__(window)
        self.shell: Shell | None = None
        self.desk: Desk | None = None
        self._app = app
        self._window = window
        self._profile = profile
        self._theme = theme
        self._settings = loaded.settings
        self._notice = loaded.notice
        self._clock = clock
        self._costs = costs
        self._pages = pages
        self._replace = replace
        self._session: Session | None = None
        self._came_in: CameIn | None = None
        self._is_ending = False
        self._is_listening = False
        refuse_memory_dumps()
        self._log = logs.start(profile.logs)
        self._instance = SingleInstance(profile.lock, self)
        self._instance.raise_asked.connect(self._on_raise_asked)
        self._crashes = CrashReporter(clock, self)
        self._crash_desk = CrashDesk(self)
        self._crashes.met.connect(self._crash_desk.show)
        self._crashes.unheard.connect(self._on_unheard)
        self._crash_desk.restart_asked.connect(self._on_restart_asked)
        self._crashes.install(profile.logs)
        self.background = Background(self)
        self._rubbish = RubbishRound(self, lambda: self._desk_before.sharing.is_running)
        self._rubbish.begin()
        self._worker = Worker(WORKER_NEEDS)
        self._paper = RecoveryCodePaper(self.background, self._worker, clock, window)
        self._upkeep = Upkeep(self.background, self)
        self._upkeep.failed.connect(self._on_unheard)
        self._idle = IdleLock(self._settings.idle_minutes, clock, parent=self)
        self._idle.warned.connect(self._on_idle_warned)
        self._idle.kept_open.connect(self._on_kept_open)
        self._idle.lock_now.connect(self._on_lock_now)
        self._watch = SessionWatch(self)
        self._watch.leaving.connect(self.lock)
        self._desk_before = Desk(None, self.background, self._worker, self._settings, self)
        self._first_pages = FirstPages(window, self._new_shell, (self._desk_before.sharing.watch_network, self._listen))
        self.entrance = Entrance(window, self.background, self._paper, profile, clock, costs)
        self.entrance.came_in.connect(self._on_came_in)
        self.entrance.left_alone.connect(self._on_restart_asked)
        window.closing.connect(self.end)

    def take_over(self, page: UnlockPage) -> bool:
        """Take the profile and work the unlock page. False when another copy of the program has the profile: its
        window is brought to the front, and this one closes."""
        if not self._instance.claim():
            if self._instance.ask_first_to_show():
                self._window.close()
                return False
            page.show_trouble(
                UserError(
                    "The program is open already on this record, and does not answer.",
                    "Nothing was changed.",
                    "Please look for its window, or restart the computer.",
                )
            )
            return False
        self._instance.listen()
        self.entrance.take_over(page)
        if self.entrance.asks_for_passphrase:
            self._first_pages.begin()
            clock = self._clock
            self.background.begin()
            self.background.run("rehearse", lambda: rehearse(clock), uses_store=False)
        return True

    # Signed in

    @Slot(object)
    def _on_came_in(self, came_in: CameIn) -> None:
        session = came_in.session
        self._session = session
        self._idle.set_minutes(session.policy.idle_minutes(self._settings.idle_minutes))
        if asks_for_reason(session):
            page = ReasonPage(session.user)
            page.given.connect(self._on_reason_given)
            self._came_in = came_in
            self._window.show_page(page, page.page_title)
            page.focus_first()
            self._idle.start()
            return
        self._paper.belongs_to(session.user.name, session.user.organisation)
        desk = self._desk_before
        desk.settings = self._settings
        desk.begin(session)
        shell = self._first_pages.take()
        shell.lock_wanted.connect(self.lock)
        desk.new_key_wanted.connect(self._on_new_key_wanted)
        shell.quit_wanted.connect(self._window.close)
        shell.settings_chosen.connect(self._on_settings_chosen)
        shell.title_changed.connect(self._on_title_changed)
        shell.print_code_wanted.connect(self._paper.print_page)
        shell.save_code_wanted.connect(self._paper.save_page)
        self._paper.said.connect(shell.message.say)
        self._paper.failed.connect(shell.message.tell)
        self.desk, self.shell = desk, shell
        self._idle.start()
        self.background.run("note who signed in", lambda: note_signed_in(session, came_in.method))
        if self._notice is not None:
            shell.message.tell(self._notice)
        elif policy_notices := organisation.notices(session.policy):
            shell.message.tell(UserError(policy_notices[0], organisation.STRICT, organisation.ASK))
        if came_in.proof is not None:
            shell.offer_new_passphrase(came_in.proof)
        self._upkeep.looked.connect(shell.doubt.look)
        if not session.reading_only:
            self._upkeep.begin(session)
            desk.sharing.begin()
            desk.run("after unlocking", after_unlocking, done=self._on_after_unlocking)
        # With what is on it, and not a moment before without: it would be laid out and painted twice.
        shell.first_reading.finished.connect(self._show_shell)

    @Slot()
    def _show_shell(self) -> None:
        shell = self.shell
        if shell is None or self._is_ending:
            return
        self._window.show_page(shell, "")
        self._on_title_changed(shell.places.page_title)
        shell.places.focus_page()
        # Where the passphrase was typed too fast for it, or not asked for: after the first page is on the screen.
        QTimer.singleShot(0, self, self._listen)
        self.opened.emit(shell)

    def _new_shell(self) -> Shell:
        return Shell(self._desk_before, self._pages, self._costs)

    @Slot(str)
    def _on_after_unlocking(self, words: str) -> None:
        if words and self.shell is not None:
            self.shell.message.say(words)

    @Slot(str)
    def _on_reason_given(self, reason: str) -> None:
        session = self._session
        if session is not None:
            self.background.run(
                "say why", lambda: users.say_why(session, reason), done=self._on_reason_kept, failed=self._on_no_reason
            )

    @Slot(object)
    def _on_reason_kept(self, _nothing: object) -> None:
        if self._came_in is not None:
            self._on_came_in(self._came_in)

    @Slot(object)
    def _on_no_reason(self, error: UserError) -> None:
        if isinstance(self._window.page, ReasonPage):
            self._window.page.refuse(error)

    @Slot(object)
    def _on_settings_chosen(self, chosen: Settings) -> None:
        self._settings = chosen
        if self.desk is not None and self.shell is not None:
            self.desk.settings = chosen
            self.shell.use_settings(chosen)
        self._theme.use(chosen)
        policy = self._session.policy if self._session is not None else NO_POLICY
        self._idle.set_minutes(policy.idle_minutes(chosen.idle_minutes))
        self._keep_settings()

    def _keep_settings(self) -> None:
        try:
            settings_file.save(self._settings, self._profile.settings)
        except OSError:
            if self.shell is not None:
                self.shell.message.tell(
                    UserError(
                        "What you chose could not be kept: the disk is full, or cannot be written to.",
                        "It holds until you lock or quit.",
                        "Please make some room on the disk.",
                    )
                )

    @Slot(str)
    def _on_title_changed(self, title: str) -> None:
        made_up = self._session is not None and self._session.made_up
        self._window.show_title(f"{title} (made-up people)" if made_up else title)

    @Slot(object)
    def _on_unheard(self, error: UserError) -> None:
        if self.desk is not None:
            self.desk.told.emit(error)

    @Slot()
    def _on_raise_asked(self) -> None:
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()

    # Locking and the end

    @Slot()
    def _listen(self) -> None:
        """Hear from the system that the user is leaving. It loads Qt's library for the bus."""
        if not self._is_ending and not self._is_listening:
            self._is_listening = True
            self._watch.start(window_id=int(self._window.winId()))

    @Slot(int)
    def _on_idle_warned(self, seconds: int) -> None:
        if self.shell is not None:
            self.shell.show_lock_warning(seconds)

    @Slot()
    def _on_kept_open(self) -> None:
        if self.shell is not None:
            self.shell.hide_lock_warning()

    @Slot()
    def lock(self) -> None:
        """Lock now: cover the screen at once, keep what is being written, then start afresh at the unlock page."""
        if self._session is None:
            return
        if not self._is_ending:
            self._idle.stop()
            self._on_lock_now()

    @Slot()
    def _on_restart_asked(self) -> None:
        """After a fault, or left alone: lock, or, where nobody is signed in, begin afresh all the same."""
        if self._session is not None:
            self.lock()
        elif not self._is_ending:
            self._is_ending = True
            self.entrance.close()
            self._start_afresh()

    @Slot()
    def _on_lock_now(self) -> None:
        if self._is_ending or self._session is None:
            return
        self._cover("Locking…")
        # After the cover is painted: nothing of the record may be seen again.
        QTimer.singleShot(0, self, self._start_afresh)

    def _cover(self, words: str) -> None:
        """Cover the window at once, and close the record after what is being written was kept."""
        assert self._session is not None
        self._is_ending = True
        locked_at = time_words(self._clock())
        person_id = self.shell.leave() if self.shell is not None else ""
        cover = UnlockPage(locked_at)
        cover.show_busy(words)
        self._window.show_page(cover, "Locked")
        self.shell = None
        self._close_record(person_id)
        os.environ[LOCKED_AT] = locked_at
        os.environ[LOCKED_BY] = self._session.user.id

    @Slot(str)
    def _on_new_key_wanted(self, passphrase: str) -> None:
        """Close the record, give it another key, and start afresh once what came of it was read."""
        if self._session is None or self._is_ending:
            return
        from eolc_desktop.app.new_key_desk import NewKeyDesk  # noqa: PLC0415  wanted once in years

        self._idle.stop()
        self._cover("Giving the record another key. This takes a moment…")
        desk = NewKeyDesk(self._window, self.background, self._profile, self._clock, self._costs)
        desk.over.connect(self._start_afresh)
        desk.begin(passphrase)

    @Slot()
    def _start_afresh(self) -> None:
        self._let_go()
        self._replace(LOCKED)

    @Slot()
    def end(self) -> None:
        """Keep what is being written and close everything in order: the window was closed."""
        if self._is_ending:
            return
        self._is_ending = True
        self._idle.stop()
        self._first_pages.stop()
        if self._session is not None:
            self._close_record(self.shell.leave() if self.shell is not None else "")
        else:
            self.entrance.close()
        self._let_go()

    def _close_record(self, person_id: str) -> None:
        """Close the record on its own thread, after everything that was given before: drafts too. Nothing that comes
        back from there meanwhile may ask for more of it."""
        session = self._session
        self._upkeep.stop()
        if self.desk is not None:
            self.desk.close()
        if session is not None:

            def close() -> None:
                try:
                    today_services.remember_open(session, person_id)
                    trust.keep_head(session)
                finally:
                    session.store.close()
                    emergency.end(session)

            self.background.run("close the record", close)

    def _let_go(self) -> None:
        """End threads and processes, and give the profile up."""
        self._crash_desk.close()
        self._worker.close()
        self.background.close()
        self._rubbish.end()
        geometry = bytes(self._window.saveGeometry().toBase64().data()).decode()
        if geometry != self._settings.window_geometry:
            self._settings = self._settings.changed(window_geometry=geometry)
            self._keep_settings()
        self._instance.release()
        self._crashes.remove()
        logs.stop(self._log)
