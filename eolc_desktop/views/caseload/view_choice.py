"""The choice above the caseload: which of its views is shown, kept for each user."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.services import caseload_views
from eolc_desktop.services.caseload_views import VIEWS
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.choice_editors import Menu


class ViewChoice(QWidget):
    """Shows which view is chosen. `key` is None until it is known what the user chose last.

    Signals:
        chosen: the key of a view, "" for everyone; also when it is known what was kept.
    """

    chosen = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.key: str | None = None
        label = QLabel("Show")
        wear(label, Look.FIELD_LABEL)
        self._menu = Menu()
        self._menu.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._menu.setAccessibleName("Which people of the caseload are shown")
        for view in VIEWS:
            self._menu.addItem(view.words, view.key)
        self._menu.activated.connect(self._on_activated)
        label.setBuddy(self._menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label)
        row.addWidget(self._menu)
        desk.when_begun(self._read)

    @Slot()
    def _read(self) -> None:
        self._desk.run("kept view of the caseload", caseload_views.kept_view, done=self._on_kept)

    def begin(self) -> None:
        """Take the keyboard, and open the list."""
        self._menu.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._menu.showPopup()

    def choose(self, key: str) -> None:
        """Choose a view, and keep the choice."""
        self._menu.setCurrentIndex(self._menu.findData(key))
        if key != self.key:
            self.key = key
            self._desk.run("keep the view of the caseload", caseload_views.keep_view, key)
            self.chosen.emit(key)

    @Slot(object)
    def _on_kept(self, key: str) -> None:
        if self.key is None:
            self.key = key
            self._menu.setCurrentIndex(self._menu.findData(key))
            self.chosen.emit(key)

    @Slot(int)
    def _on_activated(self, _index: int) -> None:
        self.choose(str(self._menu.currentData()))
