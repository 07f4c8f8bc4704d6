"""The experience of bereaved carers, and other forms of the organisation's own, with their answers counted."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look
from eolc_desktop.services import experience
from eolc_desktop.services.experience import Experience
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.choice_editors import Menu
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.our_service.number_table import NumberTable
from eolc_desktop.views.our_service.sheet_buttons import Preparing, SheetButtons
from eolc_desktop.views.places import Place
from eolc_desktop.views.titled_page import TitledPage
from eolc_desktop.views.widgets.emptied import emptied
from eolc_desktop.views.widgets.empty_state import EmptyState
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

NONE = "No form yet whose answers can be counted."
NONE_DETAIL = (
    "Take in a form of your organisation’s own: for example the questions you ask those who were close to somebody who "
    "died. Filled in after a death, its answers are counted here."
)


class ExperiencePage(TitledPage):
    """One form at a time, each question with a table of its answers."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "What the bereaved tell us", parent=parent)
        self._read: Experience | None = None
        self._which = Menu()
        self._which.setAccessibleName("Form")
        self._which.setMinimumContentsLength(28)
        self._which.activated.connect(self.refresh)
        line = QWidget()
        row = FlowLayout(line, across=16, at_bottom=True)
        self._sheets = SheetButtons(desk, self._preparing)
        row.addWidget(LabelledRow("Form", self._which))
        row.addWidget(self._sheets)
        self._line = line
        self._says = WrappedLabel("", Look.KEY_LINE)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._none = EmptyState(NONE, NONE_DETAIL, "Forms of your own")
        self._none.chosen.connect(self._on_own_forms)
        self._none.hide()
        self.column.addWidget(line)
        self.column.addWidget(self._says)
        self.column.addWidget(self._none)
        self.column.addLayout(self._list)
        self.column.addStretch(1)

    @classmethod
    def for_place(cls, desk: Desk, _place: Place) -> ExperiencePage:
        """The page for a place."""
        return cls(desk)

    def focus_first(self) -> None:
        """Give the keyboard to the choice of the form."""
        target = self._which if self._which.count() else self.back
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Read which forms there are."""
        super().showEvent(event)
        self.desk.run("read own forms", experience.forms, done=self._on_forms)

    @Slot(object)
    def _on_forms(self, forms: tuple[tuple[str, str], ...]) -> None:
        chosen = self._which.currentData()
        self._which.clear()
        for key, title in forms:
            self._which.addItem(title, key)
        self._which.setCurrentIndex(max(0, self._which.findData(chosen)))
        self._line.setVisible(bool(forms))
        self._says.setVisible(bool(forms))
        self._none.setVisible(not forms)
        if forms:
            self.refresh()

    @Slot()
    def _on_own_forms(self) -> None:
        self.desk.place_wanted.emit(Place("own_forms"))

    @Slot()
    def refresh(self) -> None:
        """Count anew."""
        self.desk.run("count a form", experience.read, str(self._which.currentData()), done=self._on_read)

    @Slot(object)
    def _on_read(self, read: Experience) -> None:
        self._read = read
        self._says.setText(
            f"Filled in {read.after_death:,} times after a death, which are counted here; {read.living:,} times before."
        )
        emptied(self._list)
        for number, question in enumerate(read.questions, 1):
            self._list.addWidget(WrappedLabel(question.label, Look.FIELD_LABEL))
            table = NumberTable(f"{number}. {question.label}", ("Answer", "Number", "Of those who answered"))
            table.show_rows([(words, f"{count:,}", f"{question.answered:,}") for words, count in question.answers])
            self._list.addWidget(table)

    def _preparing(self) -> Preparing | None:
        read = self._read
        if read is None:
            return None
        return lambda session: experience.prepare_sheet(session, read)
