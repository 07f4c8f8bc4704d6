"""What every view is given: the session, the lanes for slow work, and the signals by which views speak."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from eolc_desktop.desktop.background import Background, Work
from eolc_desktop.desktop.settings import Settings
from eolc_desktop.desktop.worker import Worker
from eolc_desktop.errors import UserError
from eolc_desktop.services.session import Changes, Session
from eolc_desktop.views.attempt import Attempt
from eolc_desktop.views.sharing.exchanging import Exchanging


class Desk(QObject):
    """The signed-in user's desk. Views ask it to run services; they never touch the store and never call each other.

    `sharing` exchanges with the shared record and knows, in words, how that stands. A desk may be set up before anybody
    signed in, so that pages are made, empty, while the passphrase is typed: what needs the session waits for `begun`.

    Signals:
        begun: somebody signed in; from now on there is a session.
        changed: a `Changes`, after a write; each view decides whether to read again.
        told: a `UserError` or a plain sentence for the message bar.
        person_wanted: a person's id, to open their plan.
        entry_wanted: a person's id and "section/entry", to open their plan where something stands.
        print_wanted: a person's id and the key of a document ("" for the usual one), to open the print page.
        import_wanted, add_person_wanted, caseload_wanted: to open those pages.
        place_wanted: a `Place`, to open any other page.
        new_key_wanted: a passphrase that was proved, to close the record and give it another key.
    """

    begun = Signal()
    changed = Signal(object)
    told = Signal(object)
    person_wanted = Signal(str)
    entry_wanted = Signal(str, str)
    print_wanted = Signal(str, str)
    import_wanted = Signal()
    add_person_wanted = Signal()
    caseload_wanted = Signal()
    place_wanted = Signal(object)
    new_key_wanted = Signal(str)

    def __init__(
        self,
        session: Session | None,
        background: Background,
        worker: Worker,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.background = background
        self.worker = worker
        self.settings = settings
        self.sharing = Exchanging(self)
        self._is_closed = False

    def close(self) -> None:
        """Nothing more is asked of the record: it is about to be closed. What was asked for already still runs, and
        whoever hears of it and asks again is passed over."""
        self._is_closed = True
        self.sharing.close()

    @property
    def session(self) -> Session:
        """The session. Raises RuntimeError before anybody signed in."""
        if self._session is None:
            message = "nobody has signed in yet"
            raise RuntimeError(message)
        return self._session

    @session.setter
    def session(self, session: Session) -> None:
        self._session = session

    def begin(self, session: Session) -> None:
        """Somebody signed in."""
        self._session = session
        self.begun.emit()

    def when_begun(self, act: Callable[[], object]) -> None:
        """Call a method of a view once there is a session: now, where there is one."""
        if self._session is not None:
            act()
        else:
            self.begun.connect(act)

    def now(self) -> datetime:
        """The present moment, in UTC, by the program's clock."""
        return self.session.clock()

    def run(
        self,
        name: str,
        service: Callable[..., Any],
        *arguments: Any,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[UserError], object] | None = None,
    ) -> Work:
        """Run `service(session, *arguments)` on the store lane.

        `done` and `failed` must be bound methods of a QObject: they are called on the UI thread, and dropped when the
        view has gone. A result with `changes` is made known to every view first. Without `failed`, what a user can
        be told goes to the message bar; anything else is a fault of the program.

        A service that wants its user's signature first is asked for once more when the passphrase was given; `failed`
        hears of it only when it was not.
        """
        if self._is_closed:
            return self.background.pass_over(name)
        work = self.background.run(name, lambda: service(self.session, *arguments))
        work.done.connect(self._make_known)
        if done is not None:
            work.done.connect(done)
        attempt = Attempt(self, lambda: self.run(name, service, *arguments, done=done, failed=failed))
        work.finished.connect(attempt.end)
        work.failed.connect(attempt.hear)
        attempt.failed.connect(failed or self._tell)
        return work

    def run_elsewhere(
        self,
        name: str,
        function: Callable[..., Any],
        *arguments: Any,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[UserError], object] | None = None,
    ) -> Work:
        """Run a function of plain data in the worker process: documents, FHIR. Same rules for `done` and `failed`."""
        work = self.background.run(name, lambda: self.worker.submit(function, *arguments).result(), uses_store=False)
        if done is not None:
            work.done.connect(done)
        work.failed.connect(failed or self._tell)
        return work

    @Slot(object)
    def _make_known(self, result: object) -> None:
        changes = result if isinstance(result, Changes) else getattr(result, "changes", None)
        if isinstance(changes, Changes):
            self.changed.emit(changes)

    @Slot(object)
    def _tell(self, error: UserError) -> None:
        self.told.emit(error)
