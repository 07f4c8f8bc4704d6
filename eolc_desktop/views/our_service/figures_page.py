"""What the pages with figures have in common: the figures in words at the left, all about the chosen one beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidgetItem, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.services.session import Changes
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.choice_editors import Menu
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.our_service.people_behind import Behind
from eolc_desktop.views.places import Place
from eolc_desktop.views.titled_page import TitledPage
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.scrolling import scrolling
from eolc_desktop.views.widgets.worded_list import WordedList
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

LEAST_LETTERS = 20


class FiguresPage(TitledPage):
    """A page of this kind puts its `choices` above, what a figure is made of into `detail`, reads in `refresh()`,
    answers with `list_figures`, and shows one of them in `show_figure`."""

    scrolls = False
    list_name = ""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent=parent)
        line = QWidget()
        self.choices = FlowLayout(line, across=16, at_bottom=True)
        self.says = WrappedLabel("", Look.SECONDARY)
        self.list = WordedList()
        self.list.setAccessibleName(self.list_name)
        self.list.setMinimumWidth(self.fontMetrics().averageCharWidth() * LEAST_LETTERS)
        self.list.currentRowChanged.connect(self._on_row)
        self._title, self._figure = WrappedLabel("", Look.HEADING), WrappedLabel("", Look.KEY_LINE)
        inside = QWidget()
        self.detail = QVBoxLayout(inside)
        self.detail.setContentsMargins(16, 12, 16, 12)
        self.detail.setSpacing(8)
        self.detail.addWidget(self._title)
        self.detail.addWidget(self._figure)
        scroll = scrolling(inside)
        wear(scroll, Look.CARD)
        scroll.hide()  # until there are figures: its buttons and tables say nothing before
        self._beside = scroll
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(self.list, 2)
        body.addWidget(scroll, 3)
        self.column.addWidget(line)
        self.column.addWidget(self.says)
        self.column.addLayout(body, 1)
        desk.changed.connect(self._on_changed)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._on_painted)

    def focus_first(self) -> None:
        """Give the keyboard to the figures."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_choice(self, words: str, chosen: Callable[..., Any]) -> Menu:
        """Add a choice by which the figures are made."""
        menu = Menu()
        menu.setMinimumContentsLength(24)
        menu.setAccessibleName(words)
        menu.activated.connect(chosen)
        self.choices.addWidget(LabelledRow(words, menu))
        return menu

    # Reading

    def showEvent(self, event: QShowEvent) -> None:
        """Count anew, once the page is painted: what counts would take turns with what paints."""
        super().showEvent(event)
        self._soon.start()

    @Slot()
    def refresh(self) -> None:
        """Count anew, as it is chosen above."""
        raise NotImplementedError

    @Slot()
    def _on_painted(self) -> None:
        self.refresh()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and not changes.drafts_only:
            self.refresh()

    def list_figures(self, figures: Sequence[tuple[str, str]]) -> None:
        """List these figures, each a title and a sentence; the one that was chosen stays chosen."""
        row = min(max(0, self.list.currentRow()), len(figures) - 1)
        self.list.blockSignals(True)
        self.list.clear()
        for title, says in figures:
            item = QListWidgetItem(f"{title}\n{says}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}: {says}")
            self.list.addItem(item)
        self.list.fit()
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)
        self._beside.setVisible(bool(figures))
        self._on_row(row)

    @Slot(int)
    def _on_row(self, row: int) -> None:
        item = self.list.item(row)
        if item is not None:
            title, _, says = item.text().partition("\n")
            self._title.setText(title)
            self._figure.setText(says)
            self.show_figure(row)

    def show_figure(self, row: int) -> None:
        """Show what the figure in a row is made of."""
        raise NotImplementedError

    def go_behind(self, title: str, words: str, ids: Sequence[str]) -> None:
        """Go to the people behind a figure."""
        self.desk.place_wanted.emit(Place("behind", document=Behind(title, words, tuple(ids)).kept()))
