"""Exchanges with the shared record while somebody works: by hand, on a timer, when the network returns, at unlock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from eolc_desktop.desktop.background import Work
from eolc_desktop.desktop.worker import WorkerFault
from eolc_desktop.errors import Cancelled, PrintFailed, SignInNeeded, UserError
from eolc_desktop.services import sharing_status
from eolc_desktop.services.roles import Right, may
from eolc_desktop.services.session import Changes, Session
from eolc_desktop.services.sharing_status import NOT_SET_UP, Status, people_words
from eolc_desktop.services.sharing_use import Hold
from eolc_desktop.sync.timing import Rhythm

if TYPE_CHECKING:
    from PySide6.QtNetwork import QNetworkInformation

    from eolc_desktop.documents.making import Order
    from eolc_desktop.sync.exchange import Outcome
    from eolc_desktop.sync.http import SignsIn
    from eolc_desktop.sync.tally import Tally
    from eolc_desktop.views.desk import Desk

SOON = 4.0
"""Seconds after something was saved, or somebody unlocked: what is typed in one go is sent in one go."""


class Exchanging(QObject):
    """One exchange at a time, in the free lane; the store is used in short turns between other work.

    Nothing waits for it: it can be stopped at any moment, and locking stops it.

    Signals:
        stands: how sharing stands was read anew: see `status` and `words`.
        went_on: true words about the exchange under way; "" when none is.
        ended: an exchange ended; the `UserError` that stopped it, or None.
    """

    stands = Signal()
    went_on = Signal(str)
    ended = Signal(object)
    _told = Signal(str)
    _browse = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.status: Status | None = None
        self.progress = ""
        self._hold: Hold | None = None
        self._signed_in: SignsIn | None = None
        self._work: Work | None = None
        self._begun: datetime | None = None
        self._outcome: Outcome | None = None
        self._is_over = False
        self._by_itself = False
        self._rhythm = Rhythm()
        self._network: QNetworkInformation | None = None
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._on_time)
        self._told.connect(self._on_told)
        self._browse.connect(self._on_browse)
        desk.changed.connect(self._on_changed)

    # How it stands

    @property
    def is_running(self) -> bool:
        """Whether an exchange is under way."""
        return self._work is not None

    @property
    def is_set_up(self) -> bool:
        """Whether this laptop uses a shared record, as far as that was read."""
        return self.status is not None and self.status.is_set_up

    def words(self) -> str:
        """One line for the foot of the window."""
        if self.progress:
            return self.progress
        return self.status.in_short(self._desk.now()) if self.status is not None else NOT_SET_UP

    def after_saving(self) -> str:
        """What is said of sharing beside "saved"."""
        return "It waits to be shared." if self.is_set_up else "Not shared."

    def look(self) -> None:
        """Read anew how sharing stands."""
        if not self._is_over:
            self._desk.run("how sharing stands", sharing_status.status, done=self._on_status)

    # Exchanging

    def begin(self) -> None:
        """Somebody unlocked: exchange soon, then in a rhythm, and when the network returns."""
        self._by_itself = True
        self.watch_network()
        self.look()
        self._soon()

    @Slot()
    def share_now(self) -> None:
        """Exchange now, by hand."""
        if self._may_begin(is_asked=True):
            self._rhythm.begin_anew()
            self._run("exchange", self._exchange)

    @Slot()
    def sign_in(self) -> None:
        """Sign in to the shared record in the computer's own browser, then exchange."""
        if self._may_begin(is_asked=True):
            self._run("sign in to the shared record", self._sign_in_and_exchange)

    @Slot()
    def stop(self) -> None:
        """Stop the exchange under way. What was not shared waits, as after a cut."""
        if self._hold is not None:
            self._hold.stop()

    def forget_sign_in(self) -> None:
        """Another shared record was chosen, or another way in: no token of the one before is used again."""
        self._signed_in = None
        self.stop()
        self.look()

    def close(self) -> None:
        """The program locks or ends: nothing of an exchange touches the store any more."""
        self._is_over = True
        self._next.stop()
        self.stop()

    def _may_begin(self, *, is_asked: bool) -> bool:
        session = self._desk.session
        if self._is_over or self.is_running:
            return False
        allowed = may(session, Right.SHARE) and not session.reading_only
        if is_asked and not allowed:
            self._desk.told.emit("You may not share records on this laptop.")
        return allowed and (is_asked or self.is_set_up)

    def _run(self, name: str, job: Callable[[Session, Hold], Outcome]) -> None:
        session, hold = self._desk.session, Hold()
        self._next.stop()
        self._hold, self._begun = hold, self._desk.now()
        self._say("Sharing…")
        work = self._desk.background.run(name, lambda: job(session, hold), uses_store=False)
        work.done.connect(self._on_exchanged)
        work.failed.connect(self._on_stopped)
        self._work = work

    # On the thread of the exchange

    def _on_store(self, function: Callable[[], Any]) -> Any:
        return self._desk.background.call_on_store(lambda: self._unless_over(function))

    def _unless_over(self, function: Callable[[], Any]) -> Any:
        if self._is_over:
            raise Cancelled("The program locks.", "What was not shared yet waits on this laptop.", "")
        return function()

    def _exchange(self, session: Session, hold: Hold) -> Outcome:
        return self._with_server(session, hold, browse=False)

    def _sign_in_and_exchange(self, session: Session, hold: Hold) -> Outcome:
        return self._with_server(session, hold, browse=True)

    def _with_server(self, session: Session, hold: Hold, *, browse: bool) -> Outcome:
        from eolc_desktop.services import shared_record  # noqa: PLC0415  on this thread: it loads the network

        def keep(token: str) -> None:
            self._on_store(lambda: shared_record.keep_sign_in(session, token))

        signed_in = self._signed_in
        http = self._on_store(lambda: shared_record.connect(session, keep, signed_in))
        with hold.of(http):
            if browse:
                shared_record.sign_in_with(http, self._browse.emit, hold.stopped)
            self._signed_in = http.signs_in
            return shared_record.exchange_beside(
                session, http, self._told.emit, self._on_store, self._tell_steps, self._draw
            )

    def _draw(self, order: Order) -> bytes:
        from eolc_desktop.documents.making import make  # noqa: PLC0415  the worker process draws

        if self._is_over:
            raise Cancelled("The program locks.", "What was not shared yet waits on this laptop.", "")
        try:
            return self._desk.worker.submit(make, order).result()
        except WorkerFault:
            raise PrintFailed(
                "The PDF for the shared record could not be made.", "The plan itself is shared.", "It is tried again."
            ) from None

    def _tell_steps(self, tally: Tally) -> None:
        parts = [f"received {tally.received:,} {'record' if tally.received == 1 else 'records'}"]
        if tally.sent:
            waiting = self._on_store(lambda: sharing_status.still_waiting(self._desk.session))
            parts.append(f"sent {tally.sent:,}, {people_words(waiting)} still to send" if waiting else "sent all")
        self._told.emit(f"Sharing: {'; '.join(parts)}…")

    # Back on the UI thread

    @Slot(str)
    def _on_told(self, words: str) -> None:
        if self.is_running:
            self._say(words)

    @Slot(str)
    def _on_browse(self, address: str) -> None:
        self._say("Sign in in the browser window that has opened. It waits for two minutes.")
        QDesktopServices.openUrl(QUrl(address))

    @Slot(object)
    def _on_exchanged(self, outcome: Outcome) -> None:
        stopped = outcome.stopped
        error = None
        if stopped is not None:
            safe = "What was not shared yet waits on this laptop."
            error = UserError(stopped.reason, safe, "It is tried again by itself; you can go on working.")
        self._end(outcome, error)

    @Slot(object)
    def _on_stopped(self, error: UserError) -> None:
        self._end(None, error)

    def _end(self, outcome: Outcome | None, error: UserError | None) -> None:
        self._work = self._hold = None
        self._say("")
        if self._is_over:
            return
        sign_in = isinstance(error, SignInNeeded)
        self._outcome = outcome
        reason = error.happened if error is not None else ""
        self._desk.run("note an exchange", _noted, outcome, reason, sign_in, self._begun, done=self._on_noted)
        self.ended.emit(error)

    @Slot(object)
    def _on_noted(self, noted: tuple[Status, Changes]) -> None:
        status, changes = noted
        self._on_status(status)
        if changes.people:
            self._desk.changed.emit(changes)
        if self._by_itself:
            from eolc_desktop.sync.asking import Stopped  # noqa: PLC0415  loaded by now
            from eolc_desktop.sync.exchange import Outcome  # noqa: PLC0415

            ended = self._outcome or Outcome(Stopped(""), 0, 0, 0, restored=False)
            self._in(self._rhythm.after(ended, something_waits=status.waiting_since is not None))

    @Slot(object)
    def _on_status(self, status: Status) -> None:
        self.status = status
        self.stands.emit()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if not changes.drafts_only and self.is_set_up and not self.is_running:
            self.look()
            self._soon()

    @Slot()
    def _on_time(self) -> None:
        if self._may_begin(is_asked=False):
            self._run("exchange", self._exchange)

    @Slot()
    def _on_network(self) -> None:
        from PySide6.QtNetwork import QNetworkInformation  # noqa: PLC0415  loaded by now

        there = QNetworkInformation.instance()
        if there is not None and there.reachability() is QNetworkInformation.Reachability.Online:
            self._rhythm.begin_anew()
            self._soon()

    @Slot()
    def watch_network(self) -> None:
        """Hear when the network returns; it takes Qt some hundredths of a second to begin."""
        from PySide6.QtNetwork import QNetworkInformation  # noqa: PLC0415  that the first picture does not wait for

        wanted = QNetworkInformation.Feature.Reachability
        if self._network is None and QNetworkInformation.loadBackendByFeatures(wanted):
            self._network = QNetworkInformation.instance()
            self._network.reachabilityChanged.connect(self._on_network)

    def _soon(self) -> None:
        if self._by_itself:
            self._in(self._rhythm.chance.uniform(SOON / 2, SOON * 2))

    def _in(self, seconds: float) -> None:
        if not self._is_over and not self.is_running:
            waits = self._next.remainingTime() if self._next.isActive() else None
            if waits is None or waits > seconds * 1000:
                self._next.start(round(seconds * 1000))

    def _say(self, words: str) -> None:
        self.progress = words
        self.went_on.emit(words)
        self.stands.emit()


def _noted(
    session: Session, outcome: Outcome | None, reason: str, sign_in: bool, begun: datetime
) -> tuple[Status, Changes]:
    """Keep how an exchange ended, and find whose plans it may have changed. Runs on the store thread."""
    status = sharing_status.note_exchange(session, outcome, reason, sign_in=sign_in)
    return status, Changes(sharing_status.received_since(session, begun))
