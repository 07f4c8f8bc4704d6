"""Records whose time is over: the organisation's rule, who it concerns, deleting them for good, and the log of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.dates import date_words, moment_words
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.errors import InvalidValue, UserError, WrongPassphrase
from eolc_desktop.record.disposal import Disposed
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services import retention
from eolc_desktop.services.retention import Due
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.choice_buttons import Tick
from eolc_desktop.views.person_words import name_words, nhs_words
from eolc_desktop.views.places import Place
from eolc_desktop.views.settings_cards import Card
from eolc_desktop.views.titled_page import TitledPage
from eolc_desktop.views.widgets.ask import Answer, Question, question
from eolc_desktop.views.widgets.emptied import emptied
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

WIDEST = 900
MOST_SHOWN = 100
LEAD = (
    "What is deleted here is this laptop’s copy, for good. Other laptops, the shared record and paper have their own "
    "rules. Backups made before still hold it until they are thinned out."
)


class RetentionPage(TitledPage):
    """For whoever looks after the laptop. Nothing is ever deleted by itself: somebody chooses whom, and signs."""

    page_title = "Records whose time is over"
    widest = WIDEST

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, lead=LEAD, parent=parent)
        self._rule = _RuleCard(desk)
        self._due = _DueCard(desk)
        self._log = _LogCard(desk)
        self._rule.changed.connect(self.refresh)
        self._due.changed.connect(self.refresh)
        for card in (self._rule, self._due, self._log):
            self.column.addWidget(card)
        self.column.addStretch(1)
        self.refresh()

    @classmethod
    def for_place(cls, desk: Desk, _place: Place) -> RetentionPage:
        """The page as the window makes it."""
        return cls(desk)

    def leave(self) -> None:
        """Forget a passphrase that was typed."""
        self._due.forget()

    @Slot()
    def refresh(self) -> None:
        """Read the rule, whom it concerns, and the log."""
        self.desk.run("whose time is over", retention.due, done=self._on_due, failed=self._due.tell)
        self.desk.run("what was disposed of", retention.log, done=self._log.show_log, failed=self._log.tell)

    @Slot(object)
    def _on_due(self, found: Due) -> None:
        self._rule.show_years(found.years)
        self._due.show_due(found)


class _RuleCard(Card):
    """How many years records are kept.

    Signals:
        changed: another number of years is kept now.
    """

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("The rule", desk)
        self._years = QLineEdit()
        self._years.setMaxLength(2)
        self._years.returnPressed.connect(self._on_save)
        self._row = LabelledRow(
            "Whole years after the death that a record is kept",
            self._years,
            help_text=f"The NHS Records Management Code says {retention.STANDARD_YEARS} years for adults.",
        )
        save = QPushButton("Save the rule")
        save.clicked.connect(self._on_save)
        self.add(self._row, self.outcome)
        self.add_buttons(save)

    def show_years(self, years: int) -> None:
        """Show the rule in force."""
        if not self._years.isModified():
            self._years.setText(str(years))

    @Slot()
    def _on_save(self) -> None:
        self._row.show_problem("")
        typed = self._years.text().strip()
        years = int(typed) if typed.isascii() and typed.isdigit() else 0
        self.desk.run("keep a rule", retention.set_years, years, done=self._on_saved, failed=self._on_no)

    @Slot(object)
    def _on_saved(self, _nothing: object) -> None:
        self._years.setModified(False)
        self.say("Saved.")
        self.changed.emit()

    @Slot(object)
    def _on_no(self, error: UserError) -> None:
        if isinstance(error, InvalidValue):
            self._row.show_problem(error.happened, is_announced=True)
        else:
            self.tell(error)


class _DueCard(Card):
    """Whose time is over, each with a tick; nobody is ticked before somebody did it.

    Signals:
        changed: records were deleted.
    """

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("Whose time is over", desk)
        self._words = WrappedLabel("")
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._ticks: list[tuple[Tick, str]] = []
        self._passphrase = QLineEdit()
        self._passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._passphrase.setMaxLength(1024)
        self._row = LabelledRow("Your own passphrase, to delete them", self._passphrase)
        self._delete = QPushButton("Delete the records that are ticked…")
        wear(self._delete, Look.DESTRUCTIVE)
        self._delete.clicked.connect(self._on_delete)
        self.add(self._words, self._list, self._row, self.outcome)
        self.add_buttons(self._delete)

    def forget(self) -> None:
        """Forget a passphrase that was typed."""
        self._passphrase.clear()

    def show_due(self, found: Due) -> None:
        """Show whose time is over by the rule."""
        had_focus = any(tick.hasFocus() for tick, _id in self._ticks) or self._delete.hasFocus()
        emptied(self._rows)
        self._ticks = []
        for row in found.people[:MOST_SHOWN]:
            tick = Tick(_line(row))
            self._rows.addWidget(tick)
            self._ticks.append((tick, row.id))
        count = len(found.people)
        if not count:
            words = f"Nobody: nobody here died more than {found.years} years ago."
        else:
            words = f"1 person, by the rule of {found.rule}." if count == 1 else f"{count} people: {found.rule}."
            if count > MOST_SHOWN:
                words += f" The first {MOST_SHOWN} are shown."
        self._words.setText(words)
        for part in (self._list, self._row, self._delete):
            part.setVisible(count > 0)
        if had_focus and self._ticks:
            self._ticks[0][0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> list[str]:
        return [person_id for tick, person_id in self._ticks if tick.isChecked()]

    @Slot()
    def _on_delete(self) -> None:
        self._row.show_problem("")
        count = len(self._chosen())
        if not count:
            self.say("Please tick whose record is to be deleted.", Look.WARNING)
        elif not self._passphrase.text():
            self._row.show_problem("Please type your passphrase.", is_announced=True)
            self._passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            many = "1 record" if count == 1 else f"{count} records"
            asked = Question(
                "Delete for good",
                f"Delete {many} from this laptop?",
                (Answer("", "Keep them"), Answer("delete", f"Delete {many} for good", Look.DESTRUCTIVE)),
                "This cannot be undone. That it was done, when, by whom and by which rule stays in the log.",
            )
            question(self, asked, self._on_answer)

    def _on_answer(self, key: str) -> None:
        if key == "delete":
            given = (self._chosen(), self._passphrase.text())
            self.desk.run("dispose of records", retention.dispose, *given, done=self._on_gone, failed=self._on_no)

    @Slot(object)
    def _on_gone(self, _changes: object) -> None:
        self.forget()
        self.say("Deleted, and written down in the log.")
        self.changed.emit()

    @Slot(object)
    def _on_no(self, error: UserError) -> None:
        if isinstance(error, WrongPassphrase):
            self._row.show_problem(error.happened, is_announced=True)
            self._passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.tell(error)


class _LogCard(Card):
    """What was ever disposed of: random ids only, for nothing else is known of them any more."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("What was deleted before", desk)
        self._lines = WrappedLabel("")
        self.add(self._lines, self.outcome)

    @Slot(object)
    def show_log(self, log: tuple[Disposed, ...]) -> None:
        """Show the log, the latest first."""
        lines = [
            f"{moment_words(line.at)}: record {line.person_id[-8:]}, {line.changes} entries, by the rule “{line.rule}”"
            for line in log[:MOST_SHOWN]
        ]
        if len(log) > MOST_SHOWN:
            lines.append(f"and {len(log) - MOST_SHOWN} more")
        self._lines.setText("\n".join(lines) or "Nothing.")


def _line(row: PersonRow) -> str:
    return f"{name_words(row)}, NHS No. {nhs_words(row)}, died {date_words(row.died_on)}"
