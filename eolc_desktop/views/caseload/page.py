"""The caseload page: everybody on this laptop, found as you type. It shows many people, so it has no banner."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from eolc_desktop.desktop.background import Work
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services import caseload_table
from eolc_desktop.services.caseload_table import Arrangement, Listed, Wanted
from eolc_desktop.services.session import Changes
from eolc_desktop.views.caseload.beside import Beside
from eolc_desktop.views.caseload.model import FIRST_PAGE, NEXT_PAGE, CaseloadModel
from eolc_desktop.views.caseload.search_keys import SearchKeys
from eolc_desktop.views.caseload.table import CaseloadTable
from eolc_desktop.views.caseload.taking_out import TakingOut
from eolc_desktop.views.caseload.view_choice import ViewChoice
from eolc_desktop.views.caseload.words import EVERYONE, said
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.identity import IdentityLine
from eolc_desktop.views.person.page_actions import PageActions
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.empty_state import EmptyState
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

LINES_FOR_ALL = 22
MOST_RENEWED = 50
"""Changed people whose rows are renewed where they stand; after more, the list is read again when it is next shown."""


class CaseloadPage(QWidget):
    """The list, the box that filters it, and a line that says who is highlighted.

    The search box keeps the keyboard: arrows move the highlight, Enter opens, Ctrl+Space picks. The list is
    never put in another order while it is looked at (hazard H01), but by its user: what changed is shown where it
    stands, and a button reads the list again.

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
        self._model = CaseloadModel(lambda: desk.session.catalogue, desk.now, self)
        self._model.more_wanted.connect(self._on_more_wanted)
        self._model.picked_changed.connect(self._on_picked)
        self._arranged: Arrangement | None = None
        self._build()
        desk.changed.connect(self._on_changed)
        desk.when_begun(self._read_arrangement)

    @Slot()
    def _read_arrangement(self) -> None:
        self._desk.run("kept arrangement of the caseload", caseload_table.kept, done=self._on_kept)

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
        self._out = TakingOut(self._desk)
        self._arrange = QPushButton("Arrange…")
        self._arrange.clicked.connect(self._on_arrange)
        self._beside = QPushButton("Details")
        self._beside.setCheckable(True)
        self._beside.setAccessibleName("Details of the highlighted person beside the list")
        self._beside.clicked.connect(self._show_beside)
        head = _row(16, self._title, self._says, self._again, self._beside, self._arrange, self._out, self._add)
        head.setStretchFactor(self._says, 1)
        self._view = ViewChoice(self._desk)
        self._view.chosen.connect(self._on_view)
        label = QLabel("Find")
        wear(label, Look.FIELD_LABEL)
        self._search = QLineEdit()
        self._search.setPlaceholderText("Name, NHS number, postcode or date of birth")
        self._search.setAccessibleName("Find in the caseload by name, NHS number, postcode or date of birth")
        self._search.textChanged.connect(self._on_typed)
        label.setBuddy(self._search)
        self._everyone_button = QPushButton("Show everyone")
        self._everyone_button.clicked.connect(self._on_show_everyone)
        find = _row(8, self._view, label, self._search, self._everyone_button)
        find.setStretchFactor(self._search, 1)
        self._table = CaseloadTable(self._model)
        self._table.chosen.connect(self.person_chosen)
        self._table.highlighted.connect(self._on_highlighted)
        self._table.typed_here.connect(self._on_typed_in_table)
        self._table.sort_wanted.connect(self._on_sort_wanted)
        self._empty = EmptyState("")
        self._empty.chosen.connect(self._on_empty_chosen)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        SearchKeys(self._search, self._table, self._on_enter)
        self._pane = Beside(self._desk, self)
        self._pane.arranged.connect(self._on_arranged)
        self._pane.closed.connect(self._on_panel_closed)
        self._pane.changed.connect(self._show_what_fits)
        self._unpick = QPushButton("Pick nobody")
        self._unpick.clicked.connect(self._model.pick_none)
        self._unpick.hide()
        self._line = IdentityLine(self._desk)
        self._open = QPushButton("Open the plan")
        wear(self._open, Look.PRIMARY)
        self._open.clicked.connect(self._table.open_highlighted)
        self._print = QPushButton("Print…")
        self._print.clicked.connect(self._on_print)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self._hint = WrappedLabel("The arrows move through the list, Enter opens a plan, Space picks.", Look.SECONDARY)
        foot.addWidget(self._hint, 1)
        foot.addWidget(self._line, 1)
        foot.addStretch(0)
        foot.addWidget(self._unpick)
        foot.addWidget(self._print)
        foot.addWidget(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(find)
        middle = _row(8, self._stack, self._pane)
        middle.setStretchFactor(self._stack, 1)
        column.addLayout(middle, 1)
        column.addLayout(foot)
        self._again.hide()
        self._everyone_button.hide()
        actions = PageActions(self, has_custom_keys=self._desk.settings.has_custom_shortcuts)
        self._print_action = actions.add("Print for the highlighted person…", self._on_print, "Ctrl+P", is_custom=False)
        actions.add("Choose which people are shown", self._view.begin, "Ctrl+Shift+V")
        actions.add("Arrange the list", self._on_arrange, "Ctrl+Shift+A")
        actions.add("Details beside the list", self._beside.click, "Ctrl+Shift+D")
        actions.add("This list: print it, save it, or take it to a meeting", self._out.begin, "Ctrl+Shift+L")
        actions.add("Pick the highlighted person, or put them back", self._table.pick_highlighted, "Ctrl+Space")
        self._on_highlighted(None)

    def _show_what_fits(self) -> None:
        """In a low window, or with very large text, every line that says what can be seen elsewhere belongs to the
        list. Look-alikes are marked in their rows, and asked about when a plan is opened."""
        has_room = self.height() >= self.fontMetrics().lineSpacing() * LINES_FOR_ALL
        row = self._table.current_person
        self._title.setVisible(has_room)
        is_beside = self._pane.says_who
        self._hint.setVisible(has_room and (row is None or is_beside))
        self._line.setVisible(has_room and row is not None and not is_beside)
        self._stack.setVisible(self._pane.fit(self.width()))

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
        if view is None or self._arranged is None:
            return  # which view the user chose last is being read, and the list is then
        if self._asked is not None:
            self._asked.cancel()
        self._is_stale = False
        wanted = self._wanted
        self._asked = self._desk.run(
            "caseload", caseload_table.listed, wanted, 0, FIRST_PAGE, done=self._on_found, failed=self._on_failed
        )
        self._pane.show_wanted(wanted)

    @property
    def _wanted(self) -> Wanted:
        return Wanted(self._typed, self._view.key or "", self._arranged or Arrangement())

    @Slot(object)
    def _on_found(self, listed: Listed) -> None:
        self._asked = None
        page = listed.page
        before = self._table.current_person
        self._model.arrange(self._wanted.arranged.columns)
        self._model.show_page(listed)
        self._table.fit()
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
            caseload_table.listed,
            self._wanted,
            offset,
            NEXT_PAGE,
            done=self._on_more,
            failed=self._on_failed,
        )

    @Slot(object)
    def _on_more(self, listed: Listed) -> None:
        if self._asked is None:
            self._model.add_page(listed)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._asked = None
        self._model.give_up_fetching()
        self._desk.told.emit(error)

    def _say(self, total: int, of: int) -> None:
        what = said(self._wanted, total, of, self._desk.session.catalogue)
        self._empty.say(what.empty, what.hint, what.button)
        self._out.show_wanted(self._wanted, what.within)
        self._says.setText(what.words if total or (what.is_part and not self._typed.strip()) else "")
        self._everyone_button.setVisible(what.is_part and total > 0)
        self._add.setVisible(what.is_part or total > 0)
        if what.is_part and self.isVisible():
            announce(self, what.words if total else what.empty)

    # How it is arranged

    @Slot(object)
    def _on_kept(self, arranged: Arrangement) -> None:
        self._arranged = arranged
        self._ask()  # also while another page is shown: it is likely to be wanted next

    @Slot(object)
    def _on_arranged(self, arranged: Arrangement) -> None:
        self._arranged = arranged
        self._desk.run("keep how the caseload is arranged", caseload_table.keep, arranged)
        self._ask()

    @Slot(str)
    def _on_sort_wanted(self, key: str) -> None:
        how = self._wanted.arranged
        self._on_arranged(replace(how, sort=key, descending=how.sort == key and not how.descending))

    @Slot()
    def _on_arrange(self) -> None:
        self._pane.arrange(not self._pane.is_arranging, self._table.current_person)
        if self._pane.is_arranging:
            self._pane.focus_panel()
        else:
            self.focus_first()

    @Slot()
    def _on_panel_closed(self) -> None:
        self._pane.arrange(False, self._table.current_person)
        self._arrange.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show_beside(self) -> None:
        self._pane.show_details(self._beside.isChecked(), self._table.current_person)

    @Slot()
    def _on_picked(self) -> None:
        picked = self._model.picked
        self._out.show_picked(picked)
        self._unpick.setVisible(bool(picked))
        announce(self, "1 person picked" if len(picked) == 1 else f"{len(picked)} people picked")

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
        self._arranged = replace(self._wanted.arranged, narrowed=())
        self._view.choose("")
        self._search.clear()
        self._ask()
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_empty_chosen(self) -> None:
        if self._empty.button.text() == EVERYONE:
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
        self._pane.show_person(row)
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
            who = sorted(changes.people)
            self._desk.run("renew rows", caseload_table.of_people, who, done=self._on_renewed)

    @Slot(object)
    def _on_renewed(self, rows: tuple[PersonRow, ...]) -> None:
        known = {row.id: self._model.person(row.id) for row in rows}
        is_missing = self._model.renew(rows)
        is_renamed = any(
            (was.family_name, was.given_names) != (row.family_name, row.given_names)
            for row in rows
            if (was := known[row.id]) is not None
        )
        # In a view somebody may belong no more, or now: nobody is taken away under the pointer, it is offered.
        how = self._wanted.arranged
        if is_missing or is_renamed or self._view.key or how.narrowed or how.group:
            self._list_has_changed()

    def _list_has_changed(self) -> None:
        """Read again at once when nobody looks; else offer to, so that nothing moves under the pointer."""
        if self.isVisible():
            self._again.show()
        else:
            self._is_stale = True


def _row(spacing: int, *widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(spacing)
    for widget in widgets:
        row.addWidget(widget)
    return row
