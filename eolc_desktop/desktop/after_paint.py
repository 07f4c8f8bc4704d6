"""Work that can wait until what was asked to be painted is on the screen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal, Slot

BEHIND_THE_PAINT = -2
"""Qt posts the request to paint with priority -1 (Qt::LowEventPriority), and delivers what is lower after it."""
ROUNDS = 3
"""What is posted while events are delivered waits for the next round: in the first everything finds its place, in the
second it is painted, and the third is for whoever waits to see it."""


class AfterPaint(QObject):
    """Says when to go on: after the paint that is due, and then in a turn of the program's loop of its own.

    A timer of no time alone does not wait for the paint: on Windows it comes first always, elsewhere now and then.

    Signals:
        due: go on now.
    """

    due = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rounds = 0
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._on_turn)

    @property
    def is_waiting(self) -> bool:
        """Whether `due` is still to come."""
        return bool(self._rounds)

    def begin(self) -> None:
        """Wait for the paint. Calling it again meanwhile does nothing."""
        if not self._rounds:
            self._rounds = ROUNDS
            self._post()

    def stop(self) -> None:
        """Wait no longer; nothing is due."""
        self._rounds = 0
        self._turn.stop()
        QCoreApplication.removePostedEvents(self, QEvent.Type.User.value)

    def customEvent(self, _event: QEvent) -> None:
        """One round is over. After the last the next turn is ours."""
        if self._rounds > 1:
            self._rounds -= 1
            self._post()
        elif self._rounds:
            self._turn.start()

    def _post(self) -> None:
        QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), BEHIND_THE_PAINT)

    @Slot()
    def _on_turn(self) -> None:
        self._rounds = 0
        self.due.emit()
