"""What goes on by itself while somebody is signed in: looking at the seals, keeping their head, and backups."""

from __future__ import annotations

import threading
from datetime import timedelta

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from eolc_desktop.desktop.background import Background
from eolc_desktop.errors import UserError
from eolc_desktop.services import backups, homes, tasks, trust
from eolc_desktop.services.session import Session

FIRST_AFTER = 60_000
"""Milliseconds after unlocking until a backup is made, when the newest is old."""
FIRST_LOOK_AFTER = 2_000
"""Milliseconds after unlocking until every seal is looked at and lists are got ready: a second of work, or more, and
the first pages are to be on the screen before. The newest seal was compared already, and each plan's own are when it
is opened or printed."""
REST = 0.03
"""Seconds of rest after every few rows of that look: without it, each plan that is opened meanwhile takes half as long
again. So it takes about three minutes for 2,000 people."""
AGAIN_AFTER = 30 * 60_000
"""Milliseconds between two looks at whether a backup is due, and at all the seals."""
HEAD_AFTER = 60_000
"""Milliseconds between two times that the newest seal is kept outside the record."""
BETWEEN_HOMES = 2_000
"""Milliseconds between two readings of homes, a hundred people each: who opens a plan then hardly waits."""
BACKUP_AGE = timedelta(hours=20)


def _backed_up_when_old(session: Session) -> None:
    """Make a backup when the newest one is old, while work goes on. Runs in the free lane."""
    now = session.clock()
    # One that was made while the clock was ahead says nothing of how old the newest is.
    newest = max((kept.made_at for kept in backups.kept_backups(session) if kept.made_at <= now), default=None)
    if newest is None or now - newest > BACKUP_AGE:
        backups.back_up(session)
    else:
        backups.catch_up(session)


class LookEnded(UserError):
    """The record is being closed: the look at its seals ends where it is."""

    def __init__(self) -> None:
        super().__init__("The look at the record was ended.", "Nothing was changed.", "")


class Upkeep(QObject):
    """Begins when somebody is signed in and ends before the record is closed.

    Signals:
        looked: the seals were looked at; ask `trust.doubt_about` what was found.
        failed: a `UserError` about a backup.
    """

    looked = Signal()
    failed = Signal(object)

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._session: Session | None = None
        self._ending = threading.Event()
        self._first_look = QTimer(self)
        self._first_look.setSingleShot(True)
        self._first_look.setInterval(FIRST_LOOK_AFTER)
        self._first_look.timeout.connect(self._on_time_to_look)
        self._back_up_later = QTimer(self)
        self._back_up_later.setInterval(FIRST_AFTER)
        self._back_up_later.timeout.connect(self._on_time_to_back_up)
        self._homes_later = QTimer(self)
        self._homes_later.setSingleShot(True)
        self._homes_later.setInterval(BETWEEN_HOMES)
        self._homes_later.timeout.connect(self._get_homes_ready)
        self._keep_head = QTimer(self)
        self._keep_head.setInterval(HEAD_AFTER)
        self._keep_head.timeout.connect(self._on_time_to_keep)

    def begin(self, session: Session) -> None:
        """Look at the seals, now and from time to time, and go on from there."""
        self._session = session
        self._ending.clear()
        self._first_look.start()
        self._back_up_later.start()
        self._keep_head.start()

    def stop(self) -> None:
        """Begin nothing any more."""
        self._session = None
        self._ending.set()
        self._first_look.stop()
        self._back_up_later.stop()
        self._keep_head.stop()
        self._homes_later.stop()

    def _get_lists_ready(self) -> None:
        """Read a few plans at a time until what is to be done can be listed at once."""
        session = self._session
        if session is not None:
            self._background.run("get the tasks ready", lambda: tasks.get_ready(session), done=self._on_some_ready)

    @Slot(object)
    def _on_some_ready(self, are_more: bool) -> None:
        if are_more:
            self._get_lists_ready()
        elif self._session is not None:
            self._homes_later.start()

    @Slot()
    def _get_homes_ready(self) -> None:
        session = self._session
        if session is not None:
            self._background.run(
                "get the homes ready", lambda: homes.get_ready(session), done=self._on_some_homes_ready
            )

    @Slot(object)
    def _on_some_homes_ready(self, are_more: bool) -> None:
        if self._session is not None and are_more:
            self._homes_later.start()

    @Slot()
    def _on_time_to_look(self) -> None:
        session = self._session
        if session is not None:
            self._get_lists_ready()
            self._background.run(
                "look at the seals",
                lambda: trust.look_whole(session, self._rest),
                done=self._on_looked,
                failed=self._on_not_looked,
                uses_store=False,
            )

    def _rest(self) -> None:
        if self._ending.wait(REST):
            raise LookEnded

    @Slot(object)
    def _on_looked(self, _doubt: object) -> None:
        if self._session is not None:
            self.looked.emit()

    @Slot(object)
    def _on_not_looked(self, error: UserError) -> None:
        # A record too damaged to be looked at says so itself; Settings has the whole check.
        if self._session is not None:
            self.failed.emit(error)

    @Slot()
    def _on_time_to_back_up(self) -> None:
        if self._back_up_later.interval() == AGAIN_AFTER:
            self._on_time_to_look()
        self._back_up_later.setInterval(AGAIN_AFTER)
        session = self._session
        if session is not None:
            self._background.run(
                "back up", lambda: _backed_up_when_old(session), failed=self._on_not_backed_up, uses_store=False
            )

    @Slot(object)
    def _on_not_backed_up(self, error: UserError) -> None:
        if self._session is not None:
            self.failed.emit(error)

    @Slot()
    def _on_time_to_keep(self) -> None:
        session = self._session
        if session is not None:
            self._background.run("keep the newest seal", lambda: trust.keep_head(session), failed=self._on_not_kept)

    @Slot(object)
    def _on_not_kept(self, _error: UserError) -> None:
        # The disk is full: saving says so where it matters, and this is tried again in a minute.
        return
