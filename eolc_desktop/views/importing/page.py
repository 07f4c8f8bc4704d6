"""The import page: choose a file, read what would come in and what would not, decide, bring it in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.dates import today
from eolc_desktop.desktop.background import Work
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.errors import ChangedElsewhere, UserError
from eolc_desktop.fhir.importing import propose_file
from eolc_desktop.fhir.proposal import Proposed
from eolc_desktop.services import importing
from eolc_desktop.services.importing import ImportPreview, ImportResult
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.reading_order import put_tab_in_reading_order
from eolc_desktop.views.importing.person_block import PersonBlock, notes_block
from eolc_desktop.views.widgets import ask
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.emptied import emptied
from eolc_desktop.views.widgets.message_bar import Kind, MessageBar
from eolc_desktop.views.widgets.scrolling import scrolling
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

KINDS = (ask.FileKind("FHIR files in JSON", ("json",)), ask.FileKind("All files", ("*",)))
_ROOM_ABOVE = 120
"""Pixels of the page to keep in view around a question that has the keyboard."""
INTRODUCTION = (
    "A FHIR R4 file from another system: one person, or a bundle. You will see what would come in and what would not. "
    "Nothing is brought in before you say so, and nothing that is recorded here is written over.",
    "Who the person is, their allergies, the people close to them, their GP and care team can come in. A CPR status or "
    "a death comes in only when you say yes to it by itself. Medicines, results and visits stay where they are.",
)
_BACK = "Back"
_NOTHING = "Do not bring anything in"


class ImportPage(QWidget):
    """Shows a FHIR file before it is brought in, then brings in all of it or nothing.

    Signals:
        closed: the page was left without bringing anything in.
    """

    closed = Signal()
    page_title = "Import"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._work: Work | None = None
        self._file_name = ""
        self._shown: ImportPreview | None = None
        self._blocks: list[PersonBlock] = []
        self._build()

    def leave(self) -> None:
        """Put the preview away: nothing of a file is kept that was not brought in."""
        if self._work is not None:
            self._work.cancel()
            self._work = None
        self._forget()

    def focus_first(self) -> None:
        """Give the keyboard to the button that chooses a file, or to the preview."""
        (self._scroll if self._shown is not None else self._choose).setFocus(Qt.FocusReason.OtherFocusReason)

    # The page

    def _build(self) -> None:
        self._message = MessageBar()
        self._state = WrappedLabel("", Look.SECONDARY)
        self._state.hide()
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(24, 16, 24, 16)
        self._column.setSpacing(16)
        self._column.addWidget(WrappedLabel("Import from a FHIR file", Look.TITLE))
        self._introduction = [WrappedLabel(words) for words in INTRODUCTION]
        for label in self._introduction:
            self._column.addWidget(label)
        self._column.addWidget(self._state)
        self._preview = QVBoxLayout()
        self._preview.setSpacing(16)
        self._column.addLayout(self._preview)
        self._column.addStretch(1)
        self._scroll = scrolling(self._inside)
        self._scroll.setAccessibleName("What is in the file")
        self._choose = self._button("Choose a file…", self._on_choose, Look.PRIMARY)
        self._bring_in = self._button("Bring in", self._on_bring_in, Look.PRIMARY)
        self._bring_in.hide()
        self._cancel = self._button(_BACK, self._on_cancel)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 8, 24, 12)
        foot.setSpacing(12)
        foot.addWidget(self._bring_in)
        foot.addWidget(self._choose)
        foot.addWidget(self._cancel)
        foot.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._message)
        page.addWidget(self._scroll, 1)
        page.addLayout(foot)
        self.setFocusProxy(self._choose)

    def _button(self, words: str, pressed: object, look: Look | None = None) -> QPushButton:
        button = QPushButton(words)
        button.clicked.connect(pressed)
        if look is not None:
            wear(button, look)
        return button

    # Choosing and reading

    @Slot()
    def _on_choose(self) -> None:
        ask.file_to_open(self, "Choose a FHIR file", KINDS, self.read_file)

    def read_file(self, path: Path) -> None:
        """Read a file in the worker process and show what it would bring in."""
        self._message.close_message()
        self._forget()
        self._file_name = path.name
        self._say("Reading the file…")
        self._wait(True)
        self._work = self.desk.run_elsewhere(
            "read a FHIR file",
            propose_file,
            str(path),
            today(self.desk.now()),
            done=self._on_proposed,
            failed=self._on_failed,
        )

    @Slot(object)
    def _on_proposed(self, proposed: Proposed) -> None:
        self._work = self.desk.run(
            "preview an import",
            importing.preview,
            self._file_name,
            proposed,
            done=self._on_preview,
            failed=self._on_failed,
        )

    @Slot(object)
    def _on_preview(self, shown: ImportPreview) -> None:
        self._work = None
        self._wait(False)
        self._shown = shown
        many = len(shown.people) > 1
        count = f"{len(shown.people):,} people" if many else "one person"
        self._say(f"{shown.file_name}: {shown.proposed.what}, with {count} in it. Nothing has been brought in yet.")
        self._show_introduction(False)
        if shown.notes:
            self._preview.addWidget(notes_block(shown.notes))
        reasons = self.desk.session.catalogue["person"]["nhs_number_missing_reason"].options
        for person in shown.people:
            block = PersonBlock(person, reasons, today(self.desk.now()), many)
            self._blocks.append(block)
            self._preview.addWidget(block)
        if shown.left_out:
            self._preview.addWidget(WrappedLabel("Does not come in, and is about nobody in particular", Look.HEADING))
            self._preview.addWidget(WrappedLabel("\n".join(f"•  {line}" for line in shown.left_out)))
        self._choose.setText("Choose another file…")
        wear(self._choose, None)
        self._bring_in.setText("Bring in" if not many else "Bring in as decided")
        self._bring_in.show()
        self._cancel.setText(_NOTHING)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        put_tab_in_reading_order(self._scroll, self._bring_in, self._choose, self._cancel)
        self._scroll.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.verticalScrollBar().setValue(0)
        announce(self, self._state.text())

    # Bringing in

    @Slot()
    def _on_bring_in(self) -> None:
        if self._work is not None or self._shown is None:
            return
        for block in self._blocks:
            if missing := block.ask_for_what_is_missing():
                if (focused := self.focusWidget()) is not None:
                    self._scroll.ensureWidgetVisible(focused, 0, _ROOM_ABOVE)
                self._message.say(missing, Kind.WARNING)
                return
        choices = {block.shown.place: block.choice() for block in self._blocks}
        if all(choice.leave for choice in choices.values()):
            self._on_cancel()
            return
        self._wait(True)
        self._work = self.desk.run(
            "bring in a FHIR file",
            importing.accept,
            self._shown,
            choices,
            done=self._on_brought_in,
            failed=self._on_failed,
        )

    @Slot(object)
    def _on_brought_in(self, result: ImportResult) -> None:
        self._work = None
        self._wait(False)
        self._forget()
        number = len(result.person_ids)
        people = "One person was" if number == 1 else f"{number:,} people were"
        self.desk.told.emit(f"{people} brought in and saved on this laptop.")
        if number == 1:
            self.desk.person_wanted.emit(result.person_ids[0])
        else:
            self.desk.caseload_wanted.emit()

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        self._work = None
        self._wait(False)
        if self._shown is None or isinstance(error, ChangedElsewhere):
            self._forget()
        self._message.tell(error)

    @Slot()
    def _on_cancel(self) -> None:
        self.leave()
        self.closed.emit()

    # States

    def _say(self, words: str) -> None:
        self._state.setText(words)
        self._state.setVisible(bool(words))

    def _show_introduction(self, shown: bool) -> None:
        for label in self._introduction:
            label.setVisible(shown)

    def _wait(self, waiting: bool) -> None:
        self._choose.setEnabled(not waiting)
        self._bring_in.setEnabled(not waiting)

    def _forget(self) -> None:
        """Empty the page: what was shown of a file is gone."""
        self._shown = None
        self._blocks = []
        emptied(self._preview)
        self._say("")
        self._show_introduction(True)
        self._cancel.setText(_BACK)
        self._bring_in.hide()
        self._choose.setText("Choose a file…")
        wear(self._choose, Look.PRIMARY)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
