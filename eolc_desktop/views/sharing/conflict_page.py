"""One conflict: before, put aside and shared side by side in words; a named person says which holds, and why."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.conflicts import Choice, SideBySide
from eolc_desktop.care_plan.dates import moment_words
from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, EntryState, Plan
from eolc_desktop.care_plan.said import Place as Spot
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.errors import InvalidValue, UserError
from eolc_desktop.services import conflicts, plans
from eolc_desktop.services.conflicts import ConflictShown
from eolc_desktop.services.roles import Right, may
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.choice_editors import ChoiceList, Menu
from eolc_desktop.views.forms.editor import Editor, Surroundings
from eolc_desktop.views.forms.editors import editor_for
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.places import Place
from eolc_desktop.views.sharing.detail_page import DetailPage
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.part import Part
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

INTRO = (
    "Two people recorded different things without seeing each other’s. Neither is lost, and the program never chooses. "
    "Ask before you decide, if you can. Until this is settled both versions stand in the plan and on every page."
)
CHOICES = (
    ("shared", "What the shared record says holds"),
    ("aside", "What was put aside holds instead"),
    ("each", "Item by item, or written anew"),
)
SHARED, ASIDE, ANEW = "shared", "aside", "anew"
BESIDE = 96
"""From this width on, in letters, the versions stand beside each other."""


class ConflictPage(DetailPage):
    """Shows one conflict of one person."""

    page_title = "Two versions"

    def __init__(self, desk: Desk, person_id: str, conflict_id: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, person_id, INTRO, parent)
        self._id = conflict_id
        self._shown: ConflictShown | None = None
        self._rows: dict[Spot, _Row] = {}
        self._about = Part()
        self._settle = Part()
        self.column.addWidget(self._about)
        self.column.addWidget(self._settle)
        self.column.addStretch(1)
        self._choice: ChoiceList | None = None
        self._reason = QLineEdit()
        self._settle.hide()
        self.refresh()

    @classmethod
    def for_place(cls, desk: Desk, place: Place) -> ConflictPage:
        """The page for a place."""
        return cls(desk, place.person_id, place.document)

    def refresh(self) -> None:
        """Read the conflict anew, and the plan that its editors look around in."""
        self.desk.run("read a conflict", _read, self.person_id, self._id, done=self._on_read, failed=self.tell)

    @Slot(object)
    def _on_read(self, read: tuple[ConflictShown | None, Plan]) -> None:
        shown, plan = read
        self._shown = shown
        self._rows = {}
        if shown is None:
            self._about.begin("There is no such conflict any more.")
            return
        self._about.begin(shown.title)
        found = f"Found {moment_words(shown.found_at)}{f', while {shown.found_by} shared' if shown.found_by else ''}."
        self._about.say(found, Look.SECONDARY)
        around = Surroundings(plan, self.desk.now())
        for row in shown.rows:
            made = _Row(row, shown.put_aside.get(row.place), plan, around, can_choose=shown.is_open)
            self._rows[row.place] = made
            self._about.add(made)
        if not shown.is_open:
            how = {Choice.THEIRS: "The shared version holds", Choice.MINE: "The version put aside holds"}
            words = how.get(shown.choice, "Written anew") if shown.choice is not None else "Settled"
            when = moment_words(shown.settled_at) if shown.settled_at is not None else ""
            self._about.say(f"{words}. {shown.settled_by}, {when}. Reason: {shown.reason}", Look.SUCCESS)
        self._offer(shown)
        self._lay_out()

    def _offer(self, shown: ConflictShown) -> None:
        allowed = may(self.desk.session, Right.RECORD)
        self._settle.setVisible(shown.is_open)
        if not shown.is_open:
            return
        self._settle.begin("Say what holds")
        if not allowed:
            self._settle.say("You may read this and not settle it. Tell somebody who records in plans.")
            return
        self._choice = ChoiceList("What holds", CHOICES)
        self._choice.choose(None)
        self._choice.group.buttonClicked.connect(self._on_choice)
        self._settle.add(self._choice)
        self._reason = QLineEdit()
        self._reason.setMaxLength(300)
        self._reason_row = LabelledRow("Why", self._reason, help_text="A short reason. It stays with the decision.")
        self._settle.add(self._reason_row)
        buttons = QWidget()
        row = FlowLayout(buttons, across=8)
        save = QPushButton("Save the decision")
        wear(save, Look.PRIMARY)
        save.clicked.connect(self._on_save)
        later = QPushButton("Decide later, and ask first")
        later.clicked.connect(self.closed)
        row.addWidget(save)
        row.addWidget(later)
        self._settle.add(buttons)

    @Slot()
    def _on_choice(self) -> None:
        each = self._choice is not None and self._choice.chosen() == "each"
        for row in self._rows.values():
            row.let_choose(each)

    @Slot()
    def _on_save(self) -> None:
        chosen = self._choice.chosen() if self._choice is not None else None
        if self._shown is None or self._choice is None:
            return
        if chosen is None:
            self.tell(UserError("Please say what holds.", "Nothing was changed.", "Choose one of the three."))
            self._choice.first().setFocus(Qt.FocusReason.OtherFocusReason)
            return
        values: dict[Spot, Value] | None = None
        choice = {"shared": Choice.THEIRS, "aside": Choice.MINE}.get(str(chosen), Choice.ANEW)
        if choice is Choice.ANEW:
            values = {}
            for place, row in self._rows.items():
                if problem := row.problem():
                    self.tell(UserError(problem, "Nothing was changed, and what you chose is kept.", ""))
                    row.begin()
                    return
                if row.is_changed:
                    values[place] = row.value()
        given = (self._shown, choice, self._reason.text(), values)
        self.desk.run("settle a conflict", conflicts.settle, *given, done=self._on_settled, failed=self._on_refused)

    @Slot(object)
    def _on_settled(self, _changes: object) -> None:
        self.done("Settled. It goes to the others with your reason, and the plan says CONFLICT here no more.")
        self.focus_first()
        self.refresh()

    @Slot(object)
    def _on_refused(self, error: UserError) -> None:
        if isinstance(error, InvalidValue) and not self._reason.text().strip():
            self._reason_row.show_problem(error.happened, is_announced=True)
            self._reason.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.tell(error)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the versions stand beside each other where there is room."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        is_wide = self.width() >= self.fontMetrics().averageCharWidth() * BESIDE
        for row in self._rows.values():
            row.set_wide(is_wide)


def _read(session: object, person_id: str, conflict_id: str) -> tuple[ConflictShown | None, Plan]:
    """One conflict and the plan. Runs on the store thread."""
    found = conflicts.conflicts(session, person_id, open_only=False)  # type: ignore[arg-type]
    shown = next((one for one in found if one.id == conflict_id), None)
    return shown, plans.read_plan(session, person_id)  # type: ignore[arg-type]


class _Row(QFrame):
    """One item of a conflict: before, put aside, shared; and, item by item, which of them holds."""

    def __init__(self, row: SideBySide, aside: Value, plan: Plan, around: Surroundings, *, can_choose: bool) -> None:
        super().__init__()
        self._aside = aside
        differs = row.mine != row.theirs
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(4)
        column.addWidget(WrappedLabel(row.label, Look.FIELD_LABEL))
        self._beside = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._beside.setSpacing(12)
        if differs:
            self._beside.addWidget(_version("Before both", row.base, ""), 1)
            self._beside.addWidget(_version("Put aside", row.mine, row.mine_by), 1)
            self._beside.addWidget(_version("In the shared record", row.theirs, row.theirs_by), 1)
        else:
            self._beside.addWidget(_version("The same in both", row.theirs, row.theirs_by), 1)
        column.addLayout(self._beside)
        self._menu = Menu()
        self._menu.setAccessibleName(f"Which holds: {row.label}")
        for key, words in ((SHARED, "As in the shared record"), (ASIDE, "As put aside"), (ANEW, "Written anew")):
            self._menu.addItem(words, key)
        self._menu.activated.connect(self._on_menu)
        section, _entry, key = row.place
        field = plan.catalogue.field(section, key)
        self._editor: Editor | Menu | None = None
        if key == ENTRY_ITSELF:
            self._editor = Menu()
            self._editor.setAccessibleName(f"Written anew: {row.label}")
            for state in EntryState:
                self._editor.addItem(state.words, state.value)
        elif field is not None:
            self._editor = editor_for(field, around, f"Written anew: {row.label}")
            item = next((e.items.get(key) for e in plan.all_entries(section) if e.id == row.place[1]), None)
            self._editor.set_value(item.value if item is not None else None)
        else:
            self._menu.removeItem(2)
        self._can_choose = can_choose and differs
        for part in (self._menu, self._editor):
            if part is not None:
                column.addWidget(part)
                part.hide()

    @property
    def is_changed(self) -> bool:
        """Whether something else than what the shared record says is to hold."""
        return str(self._menu.currentData()) != SHARED

    def set_wide(self, wide: bool) -> None:
        """Put the versions beside each other, or beneath."""
        directions = QBoxLayout.Direction
        self._beside.setDirection(directions.LeftToRight if wide else directions.TopToBottom)

    def let_choose(self, each: bool) -> None:
        """Offer the choice of this item alone."""
        self._menu.setVisible(each and self._can_choose)
        self._on_menu()

    def begin(self) -> None:
        """Take the keyboard."""
        self._menu.setFocus(Qt.FocusReason.OtherFocusReason)

    def problem(self) -> str:
        """Why what was written anew cannot be recorded; "" when it can."""
        is_anew = self._menu.currentData() == ANEW and isinstance(self._editor, Editor)
        return self._editor.problem() if is_anew and isinstance(self._editor, Editor) else ""

    def value(self) -> Value:
        """What holds by this choice, where that is not what stands."""
        if self._menu.currentData() == ASIDE:
            return self._aside
        if isinstance(self._editor, Editor):
            return self._editor.value()
        return str(self._editor.currentData()) if self._editor is not None else None

    @Slot()
    def _on_menu(self) -> None:
        if self._editor is not None:
            self._editor.setVisible(not self._menu.isHidden() and self._menu.currentData() == ANEW)


def _version(title: str, words: str, by: str) -> QFrame:
    """One version in a frame of its own."""
    frame = QFrame()
    wear(frame, Look.STATUS)
    column = QVBoxLayout(frame)
    column.setContentsMargins(10, 6, 10, 6)
    column.setSpacing(2)
    column.addWidget(WrappedLabel(title, Look.SECONDARY))
    column.addWidget(WrappedLabel(words))
    if by:
        column.addWidget(WrappedLabel(by, Look.SECONDARY))
    column.addStretch(1)
    return frame
