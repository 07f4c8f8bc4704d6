"""What is made once the page was painted: a turn later, so that what was pressed meanwhile is heard first."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot


class AfterPaint(QTimer):
    """Waits until what is to be painted was, and then for one turn of the program's loop more.

    A timer of no time alone comes due in the very turn in which the page is painted, and holds up what comes next.

    Signals:
        due: go on now.
    """

    due = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._is_painted = False
        self.setSingleShot(True)
        self.setInterval(0)
        self.timeout.connect(self._on_turn)

    def begin(self) -> None:
        """Wait for the paint that was asked for a moment ago."""
        self._is_painted = False
        self.start()

    @Slot()
    def _on_turn(self) -> None:
        if self._is_painted:
            self.due.emit()
        else:
            self._is_painted = True
            self.start()
