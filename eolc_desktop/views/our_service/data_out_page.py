"""Data out: what to take, what each line holds, the first rows as they would be; then progress that can be stopped."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look
from eolc_desktop.errors import UserError
from eolc_desktop.services import data_out
from eolc_desktop.services.data_out import Job
from eolc_desktop.services.data_out_kinds import HELD_TOO, LEFT_OUT, WARNING, WITHOUT_NAMES, Kind
from eolc_desktop.services.going_out import WHAT_NEXT, WHY
from eolc_desktop.services.roles import Right, may
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.choice_buttons import Tick
from eolc_desktop.views.forms.choice_editors import ChoiceList
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.our_service.number_table import NumberTable
from eolc_desktop.views.places import Place
from eolc_desktop.views.titled_page import TitledPage
from eolc_desktop.views.widgets import ask
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

WHAT = "What to take out"
MOST_NAMED = 12


class DataOutPage(TitledPage):
    """The choice, the fields, a preview, and one file that is written a few people at a time."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Data out", parent=parent)
        self._job: Job | None = None
        self._what = ChoiceList(WHAT, [(kind, kind.words) for kind in Kind])
        self._what.choose(Kind.EXTRACT)
        self._what.group.idClicked.connect(self._on_what)
        self._keepers = 0
        self._with_kept = Tick("Hold what people keep back, too")
        self._with_kept.toggled.connect(self._say_what_is_in_it)
        self._warning = WrappedLabel("", Look.WARNING)
        self._warning.setMargin(10)
        self._start = self.button("Choose where, and begin…", self._on_start, Look.PRIMARY)
        self._start.setEnabled(may(desk.session, Right.SHARE))
        self._stop = self.button("Stop", self._on_stop)
        self._new_key = self.button("Begin a new key for the letters", self._on_new_key)
        self._new_key.setEnabled(may(desk.session, Right.LOOK_AFTER))
        self._bar = QProgressBar()
        self._bar.setAccessibleName("Progress")
        self._bar.setTextVisible(False)
        self._says = WrappedLabel("")
        line = QWidget()
        row = FlowLayout(line, across=8)
        for button in (self._start, self._stop, self._new_key):
            row.addWidget(button)
        self._fields = NumberTable("What each line holds", ("Column", "What it holds"))
        self._first_words = WrappedLabel("The first lines, as they would be written", Look.HEADING)
        self._preview = QVBoxLayout()
        for widget in (
            WrappedLabel(WHAT, Look.HEADING), self._what, self._with_kept, self._warning, line, self._bar, self._says,
        ):  # fmt: skip
            self.column.addWidget(widget)
        self.column.addWidget(WrappedLabel("What each line holds", Look.HEADING))
        self.column.addWidget(self._fields)
        self.column.addWidget(self._first_words)
        self.column.addLayout(self._preview)
        self.column.addStretch(1)
        self._lines = WrappedLabel("")
        self._preview.addWidget(self._lines)
        for hidden in (self._stop, self._bar, self._says):
            hidden.hide()

    @classmethod
    def for_place(cls, desk: Desk, _place: Place) -> DataOutPage:
        """The page for a place."""
        return cls(desk)

    def leave(self) -> None:
        """A file that is being written is stopped, and nothing of it stays: also when the program locks or ends."""
        job, self._job = self._job, None
        if job is not None:
            self.desk.run("stop data out", data_out.stop, job)

    def focus_first(self) -> None:
        """Give the keyboard to the choice."""
        self._what.first().setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _kind(self) -> Kind:
        return Kind(str(self._what.chosen()))

    def showEvent(self, event: QShowEvent) -> None:
        """Show what is chosen."""
        super().showEvent(event)
        self._on_what()
        if may(self.desk.session, Right.SHARE):
            self.desk.run("count who keeps something back", data_out.keepers, done=self._on_keepers)

    @Slot()
    def _on_what(self) -> None:
        kind = self._kind
        self._with_kept.setChecked(False)
        self._with_kept.setVisible(kind.can_hold_what_stays)
        self._say_what_is_in_it()
        self._fields.show_rows([(one.key, one.words) for one in kind.fields])
        self._new_key.setVisible(not kind.has_names)
        for widget in (self._first_words, self._lines):
            widget.setVisible(not kind.has_names)
        if may(self.desk.session, Right.SHARE) and not kind.has_names:
            self.desk.run("preview an extract", data_out.preview, kind, done=self._on_preview)

    @Slot()
    def _say_what_is_in_it(self) -> None:
        kind = self._kind
        if not kind.has_names:
            self._warning.setText(WITHOUT_NAMES)
            return
        people = "1 person" if self._keepers == 1 else f"{self._keepers:,} people"
        count = f" This concerns {people} here." if self._keepers else " Nobody here has anything of the kind recorded."
        self._warning.setText(f"{WARNING}\n\n{HELD_TOO if self._with_kept.isChecked() else LEFT_OUT}{count}")

    @Slot(object)
    def _on_keepers(self, count: int) -> None:
        self._keepers = count
        self._say_what_is_in_it()

    @Slot(object)
    def _on_preview(self, rows: tuple[tuple[str, ...], ...]) -> None:
        names = tuple(one.key for one in self._kind.fields)
        lines = "\n".join(", ".join(cell or "–" for cell in row) for row in (names, *rows))
        self._lines.setText(lines if rows else "Nobody is recorded.")

    # Under way

    @Slot()
    def _on_start(self) -> None:
        if self._job is not None:
            return
        kind = self._kind
        ending = kind.file_name.rsplit(".", 1)[1]
        ask.file_to_save(self, "Where to", [ask.FileKind(ending.upper(), (ending,))], kind.file_name, self._on_path)

    def _on_path(self, path: Path) -> None:
        begin = partial(data_out.begin, holds_what_stays=self._with_kept.isChecked())
        self.desk.run("begin data out", begin, self._kind, path, done=self._on_begun)

    @Slot(object)
    def _on_begun(self, job: Job) -> None:
        self._job = job
        self._bar.setRange(0, max(1, len(job.ids)))
        self._show_running(True)
        self._stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_written(job)

    @Slot(object)
    def _on_written(self, job: Job) -> None:
        if job is not self._job:
            return  # it was stopped meanwhile
        self._bar.setValue(job.done)
        self._says.setText(f"{job.done:,} of {len(job.ids):,} people written")
        if job.is_over:
            self._job = None
            self._end(written_words(job))
        else:
            self.desk.run("write data out", data_out.go_on, job, done=self._on_written, failed=self._on_failed)

    @Slot()
    def _on_stop(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            self._stop.setEnabled(False)
            self.desk.run("stop data out", data_out.stop, job, done=self._on_stopped, failed=self._on_failed)

    @Slot(object)
    def _on_stopped(self, job: Job) -> None:
        self._end(written_words(job) if job.is_done else "Stopped. Nothing of the file was left behind.")

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        self._job = None
        self._end(error.words)

    def _end(self, words: str) -> None:
        self._show_running(False)
        self._says.setText(words)
        announce(self, words)
        self._start.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_running(self, running: bool) -> None:
        for widget in (self._bar, self._stop):
            widget.setVisible(running)
        self._says.show()
        self._stop.setEnabled(running)
        for other in (self._what, self._with_kept, self._start, self._new_key, self.back):
            other.setEnabled(not running)

    @Slot()
    def _on_new_key(self) -> None:
        self.desk.run("new key for pseudonyms", data_out.new_key, done=self._on_key)

    @Slot(object)
    def _on_key(self, _nothing: object) -> None:
        self._says.setText("From now on the letters are others: this extract cannot be joined with earlier ones.")
        self._says.show()
        self._on_what()


def written_words(job: Job) -> str:
    """What was written, in words, and who is not in it."""
    many = "1 person" if job.written == 1 else f"{job.written:,} people"
    lines = [f"Written: {many}, {'1 line' if job.lines == 1 else f'{job.lines:,} lines'}."]
    if job.left_out:
        lines.append(f"{job.left_out:,} people were left out: nothing of them may leave.")
    if job.doubted:
        many = "1 person was" if len(job.doubted) == 1 else f"{len(job.doubted):,} people were"
        lines.append(f"{many} left out: {WHY} {WHAT_NEXT}")
        lines += [who for who in list(job.doubted.values())[:MOST_NAMED] if who]
    return "\n".join(lines)
