"""The calm window that says the program met a fault."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look, wear

HAPPENED = "The program met a fault."
SAFE = "What you had typed is kept. What was saved before is not touched."
NEXT = (
    "You can go on working. If something does not work as it should, restart to the lock screen. "
    "The details say where in the program it happened; they hold nothing about any person."
)


class CrashWindow(QWidget):
    """Says what happened, what is safe and what to do. More faults are added to the details of the same window.

    Signals:
        restart_asked: the user wants to restart to the lock screen.
    """

    restart_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("A fault – EoLC Desktop")
        wear(self, Look.PAGE)
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName("Details for support")
        copy, restart, close = (
            QPushButton("Copy details"),
            QPushButton("Restart to the lock screen"),
            QPushButton("Go on"),
        )
        copy.clicked.connect(self._on_copy)
        restart.clicked.connect(self.restart_asked)
        close.clicked.connect(self.close)
        wear(close, Look.PRIMARY)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (close, restart, copy):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        for words, look in ((HAPPENED, Look.HEADING), (SAFE, None), (NEXT, None)):
            label = QLabel(words)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            wear(label, look)
            column.addWidget(label)
        column.addWidget(self.details, 1)
        column.addLayout(buttons)
        self.resize(720, 480)
        close.setFocus()

    def add(self, report: str) -> None:
        """Add a report to the details."""
        before = self.details.toPlainText()
        self.details.setPlainText(f"{before}\n\n{report}" if before else report)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())


class CrashDesk(QObject):
    """Shows the crash window when it is wanted: one, however many faults there are.

    Signals:
        restart_asked: the user wants to restart to the lock screen.
    """

    restart_asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.window: CrashWindow | None = None

    @Slot(str)
    def show(self, report: str) -> None:
        """Show a report, in the window that is already open if there is one."""
        if self.window is None:
            self.window = CrashWindow()
            self.window.restart_asked.connect(self.restart_asked)
        self.window.add(report)
        self.window.show()
        self.window.raise_()

    @Slot()
    def close(self) -> None:
        """Close the window for good: at lock and at exit."""
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None
