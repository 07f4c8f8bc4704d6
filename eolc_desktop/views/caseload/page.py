"""The caseload page: everybody on this laptop, found as you type. It shows many people, so it has no banner."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from eolc_desktop.desktop.background import Work
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.record.people import Page, PersonRow
from eolc_desktop.services import people
from eolc_desktop.services.caseload_views import view_of
from eolc_desktop.services.session import Changes, Session
from eolc_desktop.views.caseload.model import FIRST_PAGE, NEXT_PAGE, CaseloadModel
from eolc_desktop.views.caseload.table import CaseloadTable
from eolc_desktop.views.caseload.view_choice import ViewChoice
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.identity import IdentityLine
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.empty_state import EmptyState
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

LINES_FOR_ALL = 22
MOST_RENEWED = 50
"""Changed people whose rows are renewed where they stand; after more, the list is read again when it is next shown."""


def _rows_of(session: Session, person_ids: Sequence[str]) -> tuple[PersonRow, ...]:
    """The lines of these people as they are now."""
    rows = (people.person_row(session, person_id) for person_id in person_ids)
    return tuple(row for row in rows if row is not None)


class CaseloadPage(QWidget):
    """The list, the box that filters it, and a line that says who is highlighted.

    The search box keeps the keyboard: arrows move the highlight, Enter opens. The list is never put in another order
    while it is looked at (hazard H01): what changed is shown where it stands, and a button reads the list again.

    Signals:
        person_chosen: a `PersonRow` whose plan is to be opened.
        print_chosen: the `PersonRow` for whom something is to be printed.
    """

    person_chosen = Signal(object)
    print_chosen = Signal(object)
    page_title = "Caseload"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked: Work | None = None
        self._typed = ""
        self._is_stale = True
        self._enter_waits = False
        self._model = CaseloadModel(desk.session.catalogue, desk.now, self)
        self._model.more_wanted.connect(self._on_more_wanted)
        self._build()
        desk.changed.connect(self._on_changed)

    def leave(self) -> None:
        """Nothing is written on this page, so there is nothing to keep."""

    def focus_first(self) -> None:
        """Give the keyboard to the search box."""
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._search.selectAll()

    def search(self, typed: str) -> None:
        """Show those who are found by these words."""
        self._search.setText(typed)

    # The page

    def _build(self) -> None:
        self._title = WrappedLabel("Caseload", Look.TITLE)
        self._add = QPushButton("Add a person")
        self._add.clicked.connect(self._desk.add_person_wanted)
        self._says = WrappedLabel("", Look.SECONDARY)
        self._again = QPushButton("Show the list as it is now")
        wear(self._again, Look.QUIET)
        self._again.clicked.connect(self._on_again)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self._title)
        head.addWidget(self._says, 1)
        head.addWidget(self._again)
        head.addWidget(self._add)
        self._view = ViewChoice(self._desk)
        self._view.chosen.connect(self._on_view)
        label = QLabel("Find")
        wear(label, Look.FIELD_LABEL)
        self._search = QLineEdit()
        self._search.setPlaceholderText("Name, NHS number, postcode or date of birth")
        self._search.setAccessibleName("Find in the caseload by name, NHS number, postcode or date of birth")
        self._search.textChanged.connect(self._on_typed)
        self._search.installEventFilter(self)
        label.setBuddy(self._search)
        self._everyone_button = QPushButton("Show everyone")
        self._everyone_button.clicked.connect(self._on_show_everyone)
        find = QHBoxLayout()
        find.setSpacing(8)
        find.addWidget(self._view)
        find.addWidget(label)
        find.addWidget(self._search, 1)
        find.addWidget(self._everyone_button)
        self._table = CaseloadTable(self._model)
        self._table.chosen.connect(self.person_chosen)
        self._table.highlighted.connect(self._on_highlighted)
        self._table.typed_here.connect(self._on_typed_in_table)
        self._empty = EmptyState("")
        self._empty.chosen.connect(self._on_empty_chosen)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        self._line = IdentityLine(self._desk)
        self._open = QPushButton("Open the plan")
        wear(self._open, Look.PRIMARY)
        self._open.clicked.connect(self._table.open_highlighted)
        self._print = QPushButton("Print…")
        self._print.clicked.connect(self._on_print)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self._hint = WrappedLabel("The arrows move through the list, Enter opens a plan.", Look.SECONDARY)
        foot.addWidget(self._hint, 1)
        foot.addWidget(self._line, 1)
        foot.addStretch(0)
        foot.addWidget(self._print)
        foot.addWidget(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(find)
        column.addWidget(self._stack, 1)
        column.addLayout(foot)
        self._again.hide()
        self._everyone_button.hide()
        printing = QAction("Print for the highlighted person…", self)
        printing.setShortcut(QKeySequence(QKeySequence.StandardKey.Print))
        printing.triggered.connect(self._on_print)
        self.addAction(printing)
        self._print_action = printing
        choosing = QAction("Choose which people are shown", self)
        if self._desk.settings.has_custom_shortcuts:
            choosing.setShortcut(QKeySequence("Ctrl+Shift+V"))
        choosing.triggered.connect(self._view.begin)
        self.addAction(choosing)
        self._on_highlighted(None)

    def _show_what_fits(self) -> None:
        """In a low window, or with very large text, every line that says what can be seen elsewhere belongs to the
        list. Look-alikes are marked in their rows, and asked about when a plan is opened."""
        has_room = self.height() >= self.fontMetrics().lineSpacing() * LINES_FOR_ALL
        row = self._table.current_person
        self._title.setVisible(has_room)
        self._hint.setVisible(has_room and row is None)
        self._line.setVisible(has_room and row is not None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what there is no room for."""
        super().resizeEvent(event)
        self._show_what_fits()

    # Reading

    def showEvent(self, event: QShowEvent) -> None:
        """Read the list anew when it is no longer what the record holds."""
        super().showEvent(event)
        if self._is_stale:
            self._ask()

    def _ask(self) -> None:
        """Read the first page of what is typed; an older question that is still under way is dropped."""
        view = self._view.key
        if view is None:
            return  # which view the user chose last is being read, and the list is then
        if self._asked is not None:
            self._asked.cancel()
        self._is_stale = False
        self._asked = self._desk.run(
            "caseload", people.caseload, self._typed, 0, FIRST_PAGE, view, done=self._on_found, failed=self._on_failed
        )

    @Slot(object)
    def _on_found(self, page: Page) -> None:
        self._asked = None
        before = self._table.current_person
        self._model.show_page(page)
        self._say(page.total, page.everyone)
        self._again.hide()
        self._stack.setCurrentWidget(self._table if page.rows else self._empty)
        place = self._model.place_of(before.id) if before is not None else -1
        self._table.highlight(place if place >= 0 else (0 if self._typed.strip() else -1))
        enter_waited, self._enter_waits = self._enter_waits, False
        if enter_waited and self._typed.strip() and page.total == 1:
            self._table.open_highlighted()

    @Slot(int)
    def _on_more_wanted(self, offset: int) -> None:
        self._desk.run(
            "more of the caseload",
            people.caseload,
            self._typed,
            offset,
            NEXT_PAGE,
            self._view.key or "",
            done=self._on_more,
            failed=self._on_failed,
        )

    @Slot(object)
    def _on_more(self, page: Page) -> None:
        if self._asked is None:
            self._model.add_page(page)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._asked = None
        self._model.give_up_fetching()
        self._desk.told.emit(error)

    def _say(self, total: int, of: int) -> None:
        typed, view = self._typed.strip(), view_of(self._view.key or "")
        everyone = "1 person" if of == 1 else f"{of:,} people"
        if typed:
            match = "matches" if total == 1 else "match"
            words = f"{total:,} of {everyone} {match} “{typed}”"
            among = f" among those shown: {view.within}" if view.key else " on this computer"
            self._empty.say(
                f"No one matches “{typed}”{among}",
                "" if view.key else "People you are not caring for are not kept here.",
                "Show everyone",
            )
            words += f", among: {view.within}" if view.key else ""
        elif view.key and of:
            words = f"Showing {total:,} of {of:,}: {view.within}"
            self._empty.say(f"Nobody here is in this view: {view.within}", "", "Show everyone")
        else:
            words = everyone
            self._empty.say("There is nobody on this computer yet", "", "Add a person")
        is_part = bool(typed or (view.key and of))
        self._says.setText(words if total or (is_part and not typed) else "")
        self._everyone_button.setVisible(is_part and total > 0)
        self._add.setVisible(is_part or total > 0)
        if is_part:
            announce(self, words if total else self._empty.words.text())

    # What the user does

    @Slot(str)
    def _on_typed(self, typed: str) -> None:
        self._typed = typed
        self._ask()

    @Slot(str)
    def _on_view(self, _key: str) -> None:
        if self.isVisible():
            self._ask()
        else:
            self._is_stale = True

    def _on_enter(self) -> None:
        """Open who is highlighted. When the answer to the last letters is still under way, nobody has seen who that
        will be: then only a single match opens by itself."""
        if self._asked is None:
            self._table.open_highlighted()
        else:
            self._enter_waits = True

    @Slot()
    def _on_show_everyone(self) -> None:
        self._view.choose("")
        self._search.clear()
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_empty_chosen(self) -> None:
        if self._empty.button.text() == "Show everyone":
            self._on_show_everyone()
        else:
            self._desk.add_person_wanted.emit()

    @Slot()
    def _on_again(self) -> None:
        self._ask()
        self.focus_first()

    @Slot(str)
    def _on_typed_in_table(self, text: str) -> None:
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._search.setText(text)

    @Slot(object)
    def _on_highlighted(self, row: PersonRow | None) -> None:
        self._line.show_person(row)
        self._show_what_fits()
        for button in (self._open, self._print):
            button.setVisible(row is not None)
        self._print_action.setEnabled(row is not None)

    @Slot()
    def _on_print(self) -> None:
        if (row := self._table.current_person) is not None:
            self.print_chosen.emit(row)

    # What changed meanwhile

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.drafts_only or not changes.people:
            return
        if len(changes.people) > MOST_RENEWED:
            self._list_has_changed()
        elif not self._is_stale:
            self._desk.run("renew rows", _rows_of, sorted(changes.people), done=self._on_renewed)

    @Slot(object)
    def _on_renewed(self, rows: Sequence[PersonRow]) -> None:
        known = {row.id: self._model.person(row.id) for row in rows}
        is_missing = self._model.renew(rows)
        is_renamed = any(
            (was.family_name, was.given_names) != (row.family_name, row.given_names)
            for row in rows
            if (was := known[row.id]) is not None
        )
        # In a view somebody may belong no more, or now: nobody is taken away under the pointer, it is offered.
        if is_missing or is_renamed or self._view.key:
            self._list_has_changed()

    def _list_has_changed(self) -> None:
        """Read again at once when nobody looks; else offer to, so that nothing moves under the pointer."""
        if self.isVisible():
            self._again.show()
        else:
            self._is_stale = True

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While the search box has the keyboard, arrows move the highlight, Enter opens and Esc shows everyone."""
        if watched is self._search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_PageDown: self._table.rows_a_screen(),
                Qt.Key.Key_PageUp: -self._table.rows_a_screen(),
            }
            key = Qt.Key(event.key())
            if key in steps:
                self._table.move_highlight(steps[key])
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_enter()
                return True
            if key == Qt.Key.Key_Escape and self._typed:
                self._search.clear()
                return True
        return super().eventFilter(watched, event)
