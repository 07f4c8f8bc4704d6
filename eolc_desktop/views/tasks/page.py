"""Tasks: everything that is to be done, by owner and day, for the whole caseload or for one person."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QWidget

from eolc_desktop.care_plan.dates import today
from eolc_desktop.desktop.background import Work
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.errors import UserError
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services import people, tasks
from eolc_desktop.services.plans import SaveResult
from eolc_desktop.services.roles import Right, may
from eolc_desktop.services.session import Changes
from eolc_desktop.services.tasks import ANYBODY, DAYS, MOST_SHOWN, NOBODY, Task, Wanted
from eolc_desktop.services.tasks import TaskList as Read
from eolc_desktop.views import person_words
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.choice_editors import Menu
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.person.page_actions import PageActions
from eolc_desktop.views.places import Place
from eolc_desktop.views.tasks.task_list import TaskList
from eolc_desktop.views.titled_page import TitledPage
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.empty_state import EmptyState
from eolc_desktop.views.widgets.labelled_row import beside_its_label
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

TO_DO, DONE = "To do", "Done"
MARK, MARK_OPEN = "Mark as done", "Mark as not done"
NOT_BY_MARKING = "This is done by recording what came of it: open it."


class TasksPage(TitledPage):
    """The list, and the choice of whose, when, and whether done. The list never moves by itself while it is looked at:
    what others change is offered, and what the user marks is read again at once."""

    page_title = "Tasks"
    scrolls = False

    def __init__(self, desk: Desk, person_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent=parent)
        self._person_id = person_id
        self._asked: Work | None = None
        self._limit = MOST_SHOWN
        self._is_marking = False
        self._build()
        actions = PageActions(self, has_custom_keys=desk.settings.has_custom_shortcuts)
        actions.add("Mark as done, or as not done", self._on_mark, "Ctrl+D")
        desk.changed.connect(self._on_changed)
        if person_id:
            desk.run("whose tasks", people.person_row, person_id, done=self._on_row)

    @classmethod
    def for_place(cls, desk: Desk, place: Place) -> TasksPage:
        """The page for a place."""
        return cls(desk, place.person_id)

    def focus_first(self) -> None:
        """Give the keyboard to the list; to the choices above it while it is empty."""
        target = self._list if self._stack.currentWidget() is self._list else self._whose
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # The page

    def _build(self) -> None:
        self._who = WrappedLabel("", Look.KEY_LINE)
        if not self._person_id:
            self._who.hide()
        self._says = WrappedLabel("", Look.SECONDARY)
        self._again = self.button("Show the list as it is now", self.refresh, Look.QUIET)
        self._again.hide()
        tracks = self.button("Fast Track clocks", self._on_tracks)
        self.put_beside_back(self._again, tracks)
        # The tasks of everybody are a place of their own; those of one person are come to from a plan.
        self.back.setVisible(bool(self._person_id))
        tracks.setVisible(not self._person_id)
        self._whose, self._when, self._done = Menu(), Menu(), Menu()
        for key, words in DAYS.items():
            self._when.addItem(words, key)
        for words in (TO_DO, DONE):
            self._done.addItem(words, words == DONE)
        self._whose.addItem("Everybody’s", ANYBODY)
        choices = QWidget()
        row = FlowLayout(choices, across=16)
        for label, menu, spoken in (
            ("Whose", self._whose, "Whose tasks are shown"),
            ("When", self._when, "Due when"),
            ("Show", self._done, "To do, or done"),
        ):
            menu.setMinimumContentsLength(20)
            menu.setAccessibleName(spoken)
            menu.activated.connect(self._on_chosen)
            row.addWidget(beside_its_label(label, menu))
        self._list = TaskList()
        self._list.chosen.connect(self._on_open_task)
        self._list.highlighted.connect(self._on_highlighted)
        self._empty = EmptyState("")
        self._empty.chosen.connect(self._on_everything)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._empty)
        self._hint = WrappedLabel("", Look.SECONDARY)
        self._more = QPushButton(f"List {MOST_SHOWN} more")
        self._more.clicked.connect(self._on_more)
        self._mark = QPushButton(MARK)
        self._mark.clicked.connect(self._on_mark)
        self._open = QPushButton("Open where it stands")
        wear(self._open, Look.PRIMARY)
        self._open.clicked.connect(self._on_open)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._hint, 1)
        for button in (self._more, self._mark, self._open):
            button.hide()
            foot.addWidget(button)
        column = self.column
        column.setSpacing(8)
        column.addWidget(self._who)
        column.addWidget(self._says)
        column.addWidget(choices)
        column.addWidget(self._stack, 1)
        column.addLayout(foot)

    # Reading

    def showEvent(self, event: QShowEvent) -> None:
        """Read the list anew."""
        super().showEvent(event)
        self.refresh()

    @property
    def _wanted(self) -> Wanted:
        return Wanted(
            str(self._whose.currentData()), str(self._when.currentData()), bool(self._done.currentData()),
            self._person_id,
        )  # fmt: skip

    @Slot()
    def refresh(self) -> None:
        """Read the list anew; an older reading that is still under way is dropped."""
        if self._asked is not None:
            self._asked.cancel()
        self._again.hide()
        self._asked = self.desk.run("read tasks", tasks.tasks, self._wanted, self._limit, done=self._on_read)

    @Slot(object)
    def _on_row(self, row: PersonRow | None) -> None:
        if row is not None:
            self._who.setText(person_words.identity_line(row, today(self.desk.now())))

    @Slot(object)
    def _on_read(self, read: Read) -> None:
        self._asked = None
        was_empty = self._stack.currentWidget() is self._empty
        had_focus = self._list.hasFocus() or self._whose.hasFocus()
        self._fill_owners(read)
        self._list.show_tasks(read.tasks, read.as_of, names_people=not self._person_id)
        self._stack.setCurrentWidget(self._list if read.tasks else self._empty)
        self._say(read)
        self._more.setVisible(read.found > len(read.tasks))
        if had_focus and not was_empty and not read.tasks:
            self._whose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill_owners(self, read: Read) -> None:
        own = tasks.own_key(self.desk.session)
        chosen = str(self._whose.currentData())
        self._whose.clear()
        self._whose.addItem("Everybody’s", ANYBODY)
        self._whose.addItem(f"Mine ({read.own})", own)
        self._whose.addItem(f"Nobody named ({read.nobodys})", NOBODY)
        for owner in read.owners:
            if owner.key != own:
                self._whose.addItem(f"{owner.name} ({owner.waiting})", owner.key)
        if self._whose.findData(chosen) < 0:
            # The one who was chosen has nothing left to do, and stays chosen: the list says that it is a part.
            self._whose.addItem(f"{chosen.title()} (0)", chosen)
        self._whose.setCurrentIndex(self._whose.findData(chosen))

    def _say(self, read: Read) -> None:
        wanted = self._wanted
        overdue = f"; {read.overdue:,} overdue" if read.overdue else ""
        everything = f"{read.waiting:,} to do{overdue}"
        narrowed = [
            menu.currentText().rpartition(" (")[0] or menu.currentText()
            for menu in (self._whose, self._when)
            if menu.currentData()
        ]
        if wanted.done:
            words = f"{read.found:,} done" + (f": {', '.join(narrowed)}" if narrowed else "")
        elif narrowed:
            words = f"Showing {read.found:,} of {everything}: {', '.join(narrowed)}"
        else:
            words = everything
        if read.found > len(read.tasks):
            words += f". The first {len(read.tasks):,} are listed"
        self._says.setText(words)
        none = "Nothing is marked as done" if wanted.done else "Nothing waiting"
        self._empty.say(
            f"{none}: {', '.join(narrowed)}" if narrowed else f"{none}.",
            "" if wanted.done or not narrowed else f"{everything}.",
            "Show everything to do" if narrowed or wanted.done else "",
        )
        announce(self, words)

    # What the user does

    @Slot()
    def _on_chosen(self) -> None:
        self._limit = MOST_SHOWN
        self.refresh()

    @Slot()
    def _on_everything(self) -> None:
        for menu in (self._whose, self._when, self._done):
            menu.setCurrentIndex(0)
        self._on_chosen()
        self._whose.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_tracks(self) -> None:
        self.desk.place_wanted.emit(Place("fast_track"))

    @Slot()
    def _on_more(self) -> None:
        self._limit += MOST_SHOWN
        self.refresh()

    @Slot(object)
    def _on_highlighted(self, task: Task | None) -> None:
        self._open.setVisible(task is not None)
        can_mark = task is not None and task.to_do.can_be_marked and may(self.desk.session, Right.RECORD)
        self._mark.setVisible(can_mark)
        self._mark.setText(MARK_OPEN if task is not None and task.to_do.is_done else MARK)
        by_opening = task is not None and not task.to_do.can_be_marked
        self._hint.setText(NOT_BY_MARKING if by_opening else "The arrows move through the list, Enter opens.")

    @Slot()
    def _on_open(self) -> None:
        if (task := self._list.current_task) is not None:
            self._on_open_task(task)

    @Slot(object)
    def _on_open_task(self, task: Task) -> None:
        self.desk.entry_wanted.emit(task.row.id, f"{task.to_do.section}/{task.to_do.entry}")

    @Slot()
    def _on_mark(self) -> None:
        task = self._list.current_task
        if task is None or self._is_marking:
            return
        if not task.to_do.can_be_marked:
            announce(self, NOT_BY_MARKING)
            return
        self._is_marking = True
        self.desk.run(
            "mark a task", tasks.mark, task.row.id, task.to_do, not task.to_do.is_done,
            done=self._on_marked, failed=self._on_not_marked,
        )  # fmt: skip

    @Slot(object)
    def _on_marked(self, _result: SaveResult) -> None:
        self._is_marking = False
        where = TO_DO if self._done.currentData() else DONE
        self.desk.told.emit(f"Kept on this computer. It stands under “{where}” now, and can be marked back there.")
        self.refresh()

    @Slot(object)
    def _on_not_marked(self, error: UserError) -> None:
        self._is_marking = False
        self.desk.told.emit(error)
        self.refresh()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if not self._is_marking and not changes.drafts_only and self.isVisible():
            self._again.show()
