"""Find a person from anywhere (Ctrl+F): type a few letters, Enter opens."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from eolc_desktop.desktop.background import Work
from eolc_desktop.desktop.looks import Look
from eolc_desktop.record.people import Page, PersonRow
from eolc_desktop.services import people
from eolc_desktop.services.paper_copies import code_in
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.identity import IdentityLine
from eolc_desktop.views.overlay import Overlay
from eolc_desktop.views.people_list import PeopleList, PersonLine
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

MOST_SHOWN = 12


class FindPane(Overlay):
    """People found as their name is typed; what can be done with them is done while the box keeps the keyboard.

    Signals:
        person_chosen: the `PersonRow` whose plan is to be opened.
        print_chosen: the `PersonRow` for whom something is to be printed.
        code_chosen: the check code of a page, typed here or read by a scanner that types.
    """

    person_chosen = Signal(object)
    print_chosen = Signal(object)
    code_chosen = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("Find a person", parent)
        self._desk = desk
        self._asked: Work | None = None
        self._typed = ""
        self._enter_waits = False
        self._label = QLabel("Name, NHS number, postcode or date of birth")
        self._box_field = QLineEdit()
        self._box_field.setClearButtonEnabled(False)
        self._box_field.textChanged.connect(self._on_typed)
        self._label.setBuddy(self._box_field)
        self._box_field.setAccessibleName("Find a person by name, NHS number, postcode or date of birth")
        self._says = WrappedLabel("", Look.SECONDARY)
        self._list = PeopleList("People found", desk.now, grows=False)
        self._list.chosen.connect(self._on_chosen)
        self._list.highlighted.connect(self._on_highlighted)
        self._list.hide()
        self._line = IdentityLine(desk)
        self._line.said.connect(self._resettle)
        self._line.hide()
        self._keys = WrappedLabel("Enter opens the plan · Ctrl+P prints · Esc closes", Look.META)
        for widget in (self._label, self._box_field, self._says, self._list, self._line, self._keys):
            self.column.addWidget(widget)
        self.use_box(self._box_field)
        printing = QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self)
        printing.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        printing.activated.connect(self._on_print)
        self._say_nothing_typed()

    def open(self) -> None:
        """Show the pane; what was typed last is selected, so that typing begins anew."""
        self._ask(self._box_field.text())
        super().open()

    def place(self) -> None:
        """Give the list the room that is left, and scroll it when there are more."""
        for part in (self._label, self._keys):
            part.setVisible(not self.is_low)
        rows = sum(self._list.sizeHintForRow(place) for place in range(len(self._list.lines)))
        self.fit_list(self._list, rows + 2 * self._list.frameWidth() + 2)
        super().place()

    def move_by(self, rows: int) -> None:
        """Move the highlight among the people found."""
        self._list.move_highlight(rows)

    def choose(self) -> None:
        """Open the plan of the highlighted person. When the answer to the last letters is still under way, nobody has
        seen who that will be: then only a single match opens by itself."""
        if self._asked is not None:
            self._enter_waits = True
        elif not self._list.lines and (code := code_in(self._typed)):
            self.close_pane()
            self.code_chosen.emit(code)
        elif (row := self._list.current_person) is not None:
            self._on_chosen(row)

    @Slot(str)
    def _on_typed(self, typed: str) -> None:
        self._ask(typed)

    def _ask(self, typed: str) -> None:
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None
        self._typed = typed
        self._enter_waits = False
        if not typed.strip():
            self._list.show_lines(())
            self._list.hide()
            self._line.hide()
            self._say_nothing_typed()
            self._resettle()
            return
        self._asked = self._desk.run(
            "find", people.caseload, typed, 0, MOST_SHOWN, done=self._on_found, failed=self._on_failed
        )

    @Slot(object)
    def _on_found(self, page: Page) -> None:
        self._asked = None
        self._list.show_lines([PersonLine(row) for row in page.rows])
        self._list.setVisible(bool(page.rows))
        self._list.highlight(0)
        is_code = not page.rows and bool(code_in(self._typed))
        if is_code:
            self._line.hide()
            words = "No one matches, but this can be the check code of a page. Enter looks the page up."
        elif not page.rows:
            self._line.hide()
            words = (
                f"No one matches “{self._typed.strip()}” on this computer. "
                "People you are not caring for are not kept here."
            )
        elif page.total > len(page.rows):
            words = f"The first {len(page.rows)} of {page.total:,} people who match. Type more to narrow it down."
        else:
            words = "1 person matches." if page.total == 1 else f"{page.total} people match."
        self._says.setText(words)
        announce(self, words)
        self._resettle()
        enter_waited, self._enter_waits = self._enter_waits, False
        if enter_waited and (page.total == 1 or is_code):
            self.choose()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._asked = None
        self._desk.told.emit(error)

    def _say_nothing_typed(self) -> None:
        self._says.setText("Type the beginning of a name. Accents, hyphens and capitals do not matter.")

    @Slot()
    def _resettle(self) -> None:
        if self.isVisible():
            self.place()

    @Slot(object)
    def _on_highlighted(self, row: PersonRow | None) -> None:
        needs_check = row is not None and row.looks_alike
        self._line.setVisible(needs_check)
        self._line.show_person(row if needs_check else None)
        self._resettle()

    @Slot(object)
    def _on_chosen(self, row: PersonRow) -> None:
        self.close_pane()
        self.person_chosen.emit(row)

    @Slot()
    def _on_print(self) -> None:
        row = self._list.current_person
        if row is not None and self._asked is None:
            self.close_pane()
            self.print_chosen.emit(row)
