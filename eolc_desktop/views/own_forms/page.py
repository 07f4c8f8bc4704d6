"""The organisation's own forms: those that are kept, and a new one read before it is taken in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.dates import day_words, today
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.errors import UserError
from eolc_desktop.fhir.reading import MAX_BYTES
from eolc_desktop.services import own_forms
from eolc_desktop.services.own_forms import OfferedForm, Preview
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.forms.reading_order import put_tab_in_reading_order
from eolc_desktop.views.own_forms.preview import FormPreview
from eolc_desktop.views.places import Place
from eolc_desktop.views.titled_page import TitledPage
from eolc_desktop.views.widgets import ask
from eolc_desktop.views.widgets.emptied import emptied
from eolc_desktop.views.widgets.message_bar import Kind
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

KINDS = (ask.FileKind("FHIR forms in JSON", ("json",)), ask.FileKind("All files", ("*",)))
INTRODUCTION = (
    "A form of your own (a FHIR R4 Questionnaire) becomes a section of every plan, like the built-in ones: it is "
    "filled in, checked and kept with its history. It is never printed for a family."
)
NOTHING = "No form of your own yet."


class OwnFormsPage(TitledPage):
    """Lists the forms, and shows a new one before it is taken in."""

    page_title = "Forms of your own"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, lead=INTRODUCTION, parent=parent)
        self._shown: Preview | None = None
        self._preview: FormPreview | None = None
        self._choose = QPushButton("Choose a form…")
        wear(self._choose, Look.PRIMARY)
        self._choose.clicked.connect(self._on_choose)
        self.column.addWidget(self._choose, 0, Qt.AlignmentFlag.AlignLeft)
        self._place = QVBoxLayout()
        self.column.addLayout(self._place)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.column.addLayout(self._list)
        self.column.addStretch(1)
        self._read_list()

    @classmethod
    def for_place(cls, desk: Desk, _place: Place) -> OwnFormsPage:
        """The page for a place."""
        return cls(desk)

    def leave(self) -> None:
        """Put a form that was only looked at away."""
        self._forget()

    def focus_first(self) -> None:
        """Take the keyboard."""
        self._choose.setFocus(Qt.FocusReason.OtherFocusReason)

    # Choosing and deciding

    @Slot()
    def _on_choose(self) -> None:
        ask.file_to_open(self, "Choose a form", KINDS, self.read_file)

    def read_file(self, path: Path) -> None:
        """Read a form and show what it would become."""
        self._forget()
        self.message.close_message()
        work = self.desk.background.run("read a form", lambda: _read(path), uses_store=False)
        work.done.connect(self._on_read)
        work.failed.connect(self.message.tell)

    @Slot(object)
    def _on_read(self, data: bytes) -> None:
        self.desk.run("look at a form", own_forms.preview, data, done=self._on_preview, failed=self.message.tell)

    @Slot(object)
    def _on_preview(self, shown: Preview) -> None:
        self._shown = shown
        self._preview = FormPreview(shown)
        self._preview.accepted.connect(self._on_accepted)
        self._preview.refused.connect(self._on_refused)
        self._place.addWidget(self._preview)
        put_tab_in_reading_order(self)
        self._preview.begin()

    @Slot()
    def _on_accepted(self) -> None:
        if self._shown is not None:
            self.desk.run(
                "take a form in", own_forms.accept, self._shown, done=self._on_taken, failed=self.message.tell
            )

    @Slot()
    def _on_refused(self) -> None:
        self._forget()
        self.focus_first()

    @Slot(object)
    def _on_taken(self, catalogue: Catalogue) -> None:
        title = self._shown.form.title if self._shown is not None else "The form"
        self._forget()
        self._use(catalogue)
        self.message.say(f"“{title}” is now a section of every plan that is opened.", Kind.SUCCESS)

    def _use(self, catalogue: Catalogue) -> None:
        self.desk.session = replace(self.desk.session, catalogue=catalogue)
        self._read_list()
        self.focus_first()

    def _forget(self) -> None:
        self._shown = None
        if self._preview is not None:
            self._preview.hide()
            self._preview.deleteLater()
            self._preview = None

    # The list

    def _read_list(self) -> None:
        self.desk.run("list the forms", own_forms.offered_forms, done=self._show)

    @Slot(object)
    def _show(self, forms: tuple[OfferedForm, ...]) -> None:
        emptied(self._list)
        if not forms:
            self._list.addWidget(WrappedLabel(NOTHING, Look.SECONDARY))
        for form in forms:
            self._list.addWidget(self._row(form))
        put_tab_in_reading_order(self)

    def _row(self, form: OfferedForm) -> QFrame:
        frame = QFrame()
        wear(frame, Look.CARD)
        box = QVBoxLayout(frame)
        box.setContentsMargins(16, 12, 16, 12)
        box.addWidget(WrappedLabel(form.title, Look.KEY_LINE, frame))
        version = f"Version {form.version}. " if form.version else ""
        questions = f"{form.questions} questions. " if form.questions != 1 else "1 question. "
        taken = f"Taken in {day_words(today(form.accepted_at))} by {form.accepted_by}."
        state = "" if form.offered else "No longer offered; what was answered stays in each plan. "
        box.addWidget(
            WrappedLabel(f"{state}{version}{questions if form.offered else ''}{taken}", Look.SECONDARY, frame)
        )
        line = QWidget(frame)
        flow = FlowLayout(line)
        words = "Offer it no longer" if form.offered else "Offer it again"
        button = QPushButton(words, line)
        button.setAccessibleName(f"{words}: {form.title}")
        button.setProperty("form", form.key)
        button.setProperty("offer", not form.offered)
        button.clicked.connect(self._on_offer)
        flow.addWidget(button)
        box.addWidget(line)
        return frame

    @Slot()
    def _on_offer(self) -> None:
        button = self.sender()
        if button is not None:
            key, offered = str(button.property("form")), bool(button.property("offer"))
            self.desk.run("offer a form", own_forms.offer, key, offered, done=self._use, failed=self.message.tell)


def _read(path: Path) -> bytes:
    """The bytes of a file, no more than a form may have and one. Raises UserError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError:
        raise UserError(
            "The file could not be read.", "Nothing was taken in.", "Check that it is still there, and try again."
        ) from None
