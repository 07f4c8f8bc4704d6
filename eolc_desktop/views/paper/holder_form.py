"""Asked kindly after a page was made, and never required: who has it, where is it kept, what did it replace."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal, Slot
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.dates import moment_words
from eolc_desktop.care_plan.paper_copies import PaperCopy
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.services.paper_copies import Holder
from eolc_desktop.views.forms.choice_buttons import Tick
from eolc_desktop.views.forms.choice_editors import ChoiceList
from eolc_desktop.views.forms.group import Group
from eolc_desktop.views.paper.words import title_of
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

THE_PERSON = ""
SOMEBODY_ELSE = "else"
USUAL_PLACES = (
    "In the yellow folder",
    "On the fridge door",
    "In the drawer by the bed",
    "By the telephone",
    "With the medicines",
    "In the care home’s file",
)
MUST_NOT_BE_TOLD = "must_not_be_told"


class HolderForm(QWidget):
    """Two questions about a page, and which older pages came back. Everything may be left open.

    Signals:
        told: a `Holder` and the entries of the pages that were replaced.
        skipped: not now.
    """

    told = Signal(object, object)
    skipped = Signal()

    def __init__(self, plan: Plan, older: Sequence[PaperCopy] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = WrappedLabel("Who has this copy?", Look.HEADING)
        self._why = WrappedLabel(
            "Then it can be replaced when something on it changes. You can leave this open.", Look.SECONDARY
        )
        called = plan.called or "The person"
        people = [(THE_PERSON, f"{called} – at home")]
        people += [
            (contact.id, ", ".join(part for part in (contact.text("name"), contact.text("relationship")) if part))
            for contact in plan.entries("contacts")
            if contact.text("name") and contact.value("involvement") != MUST_NOT_BE_TOLD
        ]
        people.append((SOMEBODY_ELSE, "Somebody else, or a team"))
        self._who = ChoiceList("Who has this copy?", people)
        self._who.choose(THE_PERSON)
        self._who.group.idClicked.connect(self._on_who)
        self._words = QLineEdit()
        self._words.setMaxLength(200)
        self._words_row = LabelledRow("Who, in words", self._words)
        self._words_row.hide()
        self._where = QLineEdit()
        self._where.setMaxLength(300)
        completer = QCompleter(QStringListModel(list(USUAL_PLACES)), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._where.setCompleter(completer)
        self._where.setPlaceholderText(USUAL_PLACES[0])
        where = LabelledRow("Where is it kept?", self._where, is_optional=True)
        self._keep = QPushButton("Keep this")
        wear(self._keep, Look.PRIMARY)
        self._keep.clicked.connect(self._on_keep)
        self._where.returnPressed.connect(self._on_keep)
        skip = QPushButton("Not now")
        skip.clicked.connect(self.skipped)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._keep)
        row.addWidget(skip)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self._title, self._why, self._who, self._words_row, where):
            column.addWidget(widget)
        self._older: dict[str, Tick] = {}
        if older:
            column.addWidget(self._older_pages(older))
        column.addLayout(row)
        column.addStretch(1)
        self.setFocusProxy(self._who.first())

    def _older_pages(self, older: Sequence[PaperCopy]) -> QWidget:
        heading = "Older copies that are still about: which came back?"
        group = Group(heading)
        column = QVBoxLayout(group)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        column.addWidget(WrappedLabel(heading, Look.FIELD_LABEL))
        for copy in older:
            made = f", made {moment_words(copy.made_at)}" if copy.made_at else ""
            where = f" – {copy.whereabouts}" if copy.whereabouts else ""
            tick = Tick(f"{title_of(copy)}{made}{where}")
            tick.setAccessibleName(f"Came back: {title_of(copy)}")
            self._older[copy.entry] = tick
            column.addWidget(tick)
        return group

    def show_holder(self, copy: PaperCopy) -> None:
        """Begin with what is known of a page."""
        if copy.contact:
            self._who.choose(copy.contact)
        self._where.setText(copy.kept_where)

    @Slot()
    def _on_who(self) -> None:
        # The keyboard stays: whoever goes through the choices with the arrows must be able to go on.
        self._words_row.setVisible(self._who.chosen() == SOMEBODY_ELSE)

    @Slot()
    def _on_keep(self) -> None:
        who = str(self._who.chosen())
        words = self._words.text() if who == SOMEBODY_ELSE else ""
        if who == THE_PERSON:
            words = "The person, at home"
        holder = Holder("" if who in (THE_PERSON, SOMEBODY_ELSE) else who, words, self._where.text())
        self.told.emit(holder, [entry for entry, tick in self._older.items() if tick.isChecked()])
