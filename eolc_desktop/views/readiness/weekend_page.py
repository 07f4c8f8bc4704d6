"""The weekend check: whose home is not ready until offices open again; for the whole caseload, or for one person."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan import home_ready
from eolc_desktop.care_plan.dates import day_words, today
from eolc_desktop.care_plan.fast_track_clock import DAYS
from eolc_desktop.care_plan.home_ready import Check
from eolc_desktop.desktop.background import Work
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.services import weekend
from eolc_desktop.services.caseload_views import VIEWS, WEEKEND
from eolc_desktop.services.roles import Right, may
from eolc_desktop.services.session import Changes
from eolc_desktop.services.weekend import WeekendCheck
from eolc_desktop.views import person_words
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.group import Group
from eolc_desktop.views.list_page import ListPage
from eolc_desktop.views.people_list import PersonLine
from eolc_desktop.views.places import Place
from eolc_desktop.views.printing.sheets import Sheets
from eolc_desktop.views.titled_page import TitledPage
from eolc_desktop.views.widgets.emptied import emptied
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

FILE_NAME = "weekend-check.pdf"
NOTE = "What is recorded, and what is not: medicines, chart and expiry, equipment, nights, the carer, whom to call."


def until_words(read: WeekendCheck) -> str:
    """ "Looking ahead to Monday 16-Nov-2026"."""
    return f"Looking ahead to {DAYS[read.until.weekday()]} {day_words(read.until)}"


class WeekendPage(ListPage):
    """The living of a view of the caseload, those with most to look at first. Enter opens the home of one."""

    page_title = "Weekend check"
    list_name = "Homes to look at before the weekend"
    nobody = "Everything that is looked at is ready."

    def fill(self) -> None:
        """The choice of whom, and what is done with the list."""
        self.note.setText(NOTE)
        views = [(view.key, view.words) for view in VIEWS if view.key not in ("after_death", WEEKEND)]
        self._view = self.add_choice("Show", "Whose homes are looked at", views)
        self._sheets = Sheets(self.desk, self)
        self.open.setText("Look at this home")
        if may(self.desk.session, Right.PRINT):
            for words, done in (("Save as PDF…", self._on_save), ("Print", self._on_print)):
                button = QPushButton(words)
                button.clicked.connect(done)
                self.buttons.addWidget(button)

    @property
    def _chosen(self) -> str:
        return str(self._view.currentData() or "")

    def read(self) -> Work:
        """Ask for the homes."""
        return self.desk.run("the weekend check", weekend.check, self._chosen, done=self._on_read)

    @Slot(object)
    def _on_read(self, read: WeekendCheck) -> None:
        lines = [PersonLine(home.row, home_ready.summary(home.checks)) for home in read.homes]
        many = f"{len(lines):,} of {read.looked_at:,} homes have something to look at"
        self.show_list(lines, f"{until_words(read)}. {many}.")

    @Slot(object)
    def _on_chosen(self, row: object) -> None:
        self.desk.place_wanted.emit(Place("home_ready", str(getattr(row, "id", ""))))

    @Slot()
    def _on_save(self) -> None:
        self._sheets.save(weekend.prepare, FILE_NAME, self._chosen)

    @Slot()
    def _on_print(self) -> None:
        self._sheets.print(weekend.prepare, self._chosen)


class HomeReadyPage(TitledPage):
    """One home, line by line, with the way to each line that is open."""

    page_title = "Is the home ready?"

    def __init__(self, desk: Desk, person_id: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent=parent)
        self._person_id = person_id
        self._sheets = Sheets(desk, self)
        self._who = WrappedLabel("", Look.KEY_LINE)
        self._says = WrappedLabel("", Look.SECONDARY)
        if may(desk.session, Right.PRINT):
            self.put_beside_back(self.button("Save as PDF…", self._on_save), self.button("Print", self._on_print))
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.column.addWidget(self._who)
        self.column.addWidget(self._says)
        self.column.addLayout(self._list)
        self.column.addStretch(1)
        desk.changed.connect(self._on_changed)
        self.refresh()

    @classmethod
    def for_place(cls, desk: Desk, place: Place) -> HomeReadyPage:
        """The page for a place."""
        return cls(desk, place.person_id)

    def refresh(self) -> None:
        """Read the lines anew."""
        self.desk.run("is the home ready", weekend.home_of, self._person_id, done=self._on_read)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self._person_id in changes.people and not changes.drafts_only:
            self.refresh()

    @Slot(object)
    def _on_read(self, read: WeekendCheck) -> None:
        emptied(self._list)
        for home in read.homes:
            self._who.setText(person_words.identity_line(home.row, today(self.desk.now())))
            to_look = "Nothing to look at" if not home.open else f"{home.open} to look at"
            self._says.setText(f"{until_words(read)}. {to_look}.")
            for check in home.checks:
                self._list.addWidget(self._card(check))

    def _card(self, check: Check) -> QWidget:
        card = QFrame()
        wear(card, Look.CARD)
        group = Group(check.label)
        outer = QVBoxLayout(card)
        outer.setContentsMargins(16, 8, 16, 8)
        outer.addWidget(group)
        row = QVBoxLayout(group)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(WrappedLabel(f"{check.label}: {check.state.value.lower()}", Look.FIELD_LABEL))
        row.addWidget(WrappedLabel(check.words))
        if check.is_open:
            button = QPushButton("Open")
            button.setAccessibleName(f"Open where it stands: {check.label}")
            button.setProperty("at", check.at)
            button.clicked.connect(self._on_open)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    @Slot()
    def _on_open(self) -> None:
        self.desk.entry_wanted.emit(self._person_id, str(self.sender().property("at")))

    @Slot()
    def _on_save(self) -> None:
        self._sheets.save(weekend.prepare, FILE_NAME, "", self._person_id)

    @Slot()
    def _on_print(self) -> None:
        self._sheets.print(weekend.prepare, "", self._person_id)
