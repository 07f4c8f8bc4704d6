"""Panes over the page that are only read: what they are made of, and the shortcuts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from eolc_desktop.desktop.looks import Look
from eolc_desktop.views.actions import Actions
from eolc_desktop.views.overlay import Overlay
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


class ReadingPane(Overlay):
    """A pane with something to read and a button to close it."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(f"{title}, text")
        self._close = QPushButton("Close")
        self._close.clicked.connect(self.close_pane)
        self.column.addWidget(self._scroll)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addWidget(self._close)
        self.buttons.addStretch(1)
        self.column.addLayout(self.buttons)
        self.setFocusProxy(self._close)

    def show_words(self, parts: Sequence[tuple[str, str]]) -> None:
        """Show these headings and what stands under each."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        for heading, words in parts:
            if heading:
                column.addSpacing(6)
                column.addWidget(WrappedLabel(heading, Look.HEADING))
            column.addWidget(WrappedLabel(words))
        column.addStretch(1)
        self._scroll.setWidget(inside)

    def open(self) -> None:
        """Show the pane; the keyboard is on its button."""
        super().open()
        self._close.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def place(self) -> None:
        """As tall as its words, scrolled where the window is not."""
        inside = self._scroll.widget()
        layout = inside.layout() if inside is not None else None
        if layout is not None:
            self.fit_list(self._scroll, layout.totalHeightForWidth(self.inner_width() - 40) + 8)
        super().place()

    def move_by(self, rows: int) -> None:
        """Scroll."""
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.value() + rows * self.fontMetrics().lineSpacing())

    def choose(self) -> None:
        """Close."""
        self.close_pane()


class ShortcutSheet(Overlay):
    """Every action with its keys, as they are now."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__("Keyboard shortcuts", parent)
        self._actions = actions
        self._table = QTableWidget(0, 2)
        self._table.setAccessibleName("Shortcuts")
        self._table.setHorizontalHeaderLabels(["To do this", "Press"])
        self._table.verticalHeader().hide()
        self._table.setShowGrid(False)
        self._table.setWordWrap(True)
        self._table.setTabKeyNavigation(False)
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self._table.horizontalHeader()
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._close = QPushButton("Close")
        self._close.clicked.connect(self.close_pane)
        self.column.addWidget(self._table)
        self.column.addWidget(self._close, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self._table)

    def open(self) -> None:
        """Show the actions that have keys."""
        deeds = [deed for deed in self._actions if deed.keys]
        self._table.setRowCount(len(deeds))
        for place, deed in enumerate(deeds):
            for column, words in enumerate((deed.words, deed.keys)):
                self._table.setItem(place, column, QTableWidgetItem(words))
        self._table.setCurrentCell(0, 0)
        super().open()
        self._table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def place(self) -> None:
        """Use the height there is."""
        # The rows wrap to the width of the columns, and those follow the width of the pane.
        self.setFixedWidth(self.sheet_width())
        self.column.activate()
        self._table.resizeRowsToContents()
        rows = sum(self._table.rowHeight(place) for place in range(self._table.rowCount()))
        self.fit_list(self._table, rows + self._table.horizontalHeader().height() + 8)
        super().place()

    def move_by(self, rows: int) -> None:
        """Move the highlight."""
        last = self._table.rowCount() - 1
        self._table.setCurrentCell(max(0, min(last, self._table.currentRow() + rows)), 0)

    def choose(self) -> None:
        """Close."""
        self.close_pane()
