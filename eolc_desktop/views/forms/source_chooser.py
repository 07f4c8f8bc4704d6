"""Who told you? Asked once for a save, in one line, quickly answered by keyboard."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from eolc_desktop.care_plan.plan import Source, Told
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.forms.choice_editors import Menu
from eolc_desktop.views.forms.envelope_words import WHO_TOLD
from eolc_desktop.views.forms.flow import FlowLayout

ASK = "Who told you?"


class SourceChooser(QWidget):
    """Chooses where what is being saved comes from; the choice stays for the rest of the visit to this person.

    Signals:
        chosen: the source, or what is said about it, changed.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = FlowLayout(self, across=8)
        label = QLabel("&Who told you?")
        wear(label, Look.FIELD_LABEL)
        self._menu = Menu()
        self._menu.setAccessibleName(ASK)
        self._menu.addItem("Choose", None)
        for source, words, _asked in WHO_TOLD:
            self._menu.addItem(words, source.value)
        self._menu.setMinimumContentsLength(max(len(words) for _source, words, _asked in WHO_TOLD) - 4)
        label.setBuddy(self._menu)
        self._detail = QLineEdit()
        self._detail.setMaxLength(200)
        self._detail.setMinimumWidth(self._detail.fontMetrics().averageCharWidth() * 26)
        layout.addWidget(label)
        layout.addWidget(self._menu)
        layout.addWidget(self._detail)
        self._menu.activated.connect(self._on_chosen)
        self._detail.textEdited.connect(self.chosen)
        self._ask_for_detail()

    def told(self) -> Told:
        """The source as it will be recorded; `NOT_STATED` until one is chosen."""
        chosen = self._menu.currentData()
        if not isinstance(chosen, str):
            return Told()
        return Told(Source(chosen), self._detail.text().strip() if self._asks(chosen) else "")

    def set_told(self, told: Told) -> None:
        """Show a source, such as the one of a draft."""
        self._menu.setCurrentIndex(max(0, self._menu.findData(told.source.value)))
        self._detail.setText(told.detail)
        self._ask_for_detail()

    def ask(self) -> None:
        """Take the keyboard, so that the question can be answered."""
        self._menu.setFocus()

    @staticmethod
    def _asks(source: object) -> str:
        return next((asked for known, _words, asked in WHO_TOLD if known == source), "")

    def _on_chosen(self) -> None:
        self._ask_for_detail()
        self.chosen.emit()

    def _ask_for_detail(self) -> None:
        asked = self._asks(self._menu.currentData())
        self._detail.setVisible(bool(asked))
        self._detail.setPlaceholderText(asked)
        self._detail.setAccessibleName(f"{ASK} {asked}" if asked else "")
