"""The form for one entry of a section, made from the section's description."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from time import perf_counter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from eolc_desktop.care_plan.check import Problem, Severity, check_entry
from eolc_desktop.care_plan.fields import Authorship, Kind, Section, Value, is_empty
from eolc_desktop.care_plan.own_words import NOT_A_CLINICIANS, holds_statements
from eolc_desktop.care_plan.plan import Change, Edit, Entry, Plan, Source, Told
from eolc_desktop.desktop.after_paint import AfterPaint
from eolc_desktop.desktop.building import building
from eolc_desktop.views.forms.editor import Surroundings
from eolc_desktop.views.forms.field_row import FieldRow
from eolc_desktop.views.forms.showing import is_put_away, laid_out_once, lines_in_view, set_shown

FIRST_ROWS = 4
"""More than a small laptop shows at first, of rows that are a few lines high."""
SECONDS_AT_A_TIME = 0.006
"""The rest is made in portions that hold up neither a key nor a repaint."""


def spoken_names(section: Section, within: str = "") -> dict[str, str]:
    """How each field's controls are named aloud: by its label, with the label of the field before where two are alike.

    `within` names the entry where its form stands on a page with another one.
    """
    labels = [field.label for field in section.fields]
    names: dict[str, str] = {}
    leading = ""
    for field in section.fields:
        alone = labels.count(field.label) == 1
        name = field.label if alone or not leading else f"{leading} {field.label}"
        names[field.key] = f"{within}: {name}" if within else name
        if alone:
            leading = field.label
    return names if len(set(names.values())) == len(names) else _told_apart(section, names)


def _told_apart(section: Section, names: dict[str, str]) -> dict[str, str]:
    # A form of somebody else's may ask for a "Name" in each of its groups, or three times in one: then by number.
    counts = Counter(names.values())
    apart = {
        f.key: f"{f.group}: {names[f.key]}" if f.group and counts[names[f.key]] > 1 else names[f.key]
        for f in section.fields
    }
    counts = Counter(apart.values())
    said: Counter[str] = Counter()
    for key, name in apart.items():
        if counts[name] > 1:
            said[name] += 1
            apart[key] = f"{name} ({said[name]})"
    return apart


class SectionForm(QWidget):
    """Shows the items of one entry and takes what is typed.

    Signals:
        edited: something was typed or chosen.
        grown: every row that applies is there now.
        confirm_wanted: the key of an item that is said to hold still.
        history_wanted: the key of an item whose history was asked for.
        state_wanted: the key of an item that no longer stands, an `EntryState` and the reason.
    """

    edited = Signal()
    grown = Signal()
    confirm_wanted = Signal(str)
    history_wanted = Signal(str)
    state_wanted = Signal(str, object, str)

    def __init__(
        self,
        section: Section,
        around: Surroundings,
        entry: Entry | None = None,
        within: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.section = section
        self._around = around
        self.rows: dict[str, FieldRow] = {}
        self._names = spoken_names(section, within)
        self._entry = entry
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(20)
        self._earlier: Sequence[Change] = ()
        self._last = ""
        self._rest = AfterPaint(self)
        self._rest.due.connect(self._on_rest)
        self._show_what_applies(self._rows_at_first())

    # What was typed

    def is_changed(self) -> bool:
        """Whether anything here differs from what is recorded."""
        return any(row.is_changed() for row in self.rows.values())

    def values(self) -> dict[str, Value]:
        """The entry as it would stand if what is typed were saved."""
        recorded = self._entry.values if self._entry else {}
        return recorded | {key: row.value() for key, row in self.rows.items()}

    def changed_values(self) -> dict[str, Value]:
        """What would be recorded, by field."""
        return {key: row.value() for key, row in self.rows.items() if row.is_changed()}

    def edits(self, entry_id: str, told: Told, parent: str = "") -> list[Edit]:
        """What is to be recorded: each item with the change that its author was looking at."""
        edits = []
        for key, row in self.rows.items():
            if row.is_changed():
                value = row.value()
                base = row.base.change_id if row.base else ""
                if base or not is_empty(value):
                    kept = None if is_empty(value) else value
                    edits.append(Edit(self.section.key, entry_id, key, kept, base=base, parent=parent, told=told))
        return edits

    def draft(self) -> dict[str, Value]:
        """What a draft keeps: everything typed, also what cannot be recorded as it is."""
        return {key: row.typed() for key, row in self.rows.items() if row.is_changed()}

    def bases(self) -> dict[str, str]:
        """The change that the author of each typed item was looking at."""
        return {key: row.base.change_id if row.base else "" for key, row in self.rows.items() if row.is_changed()}

    def resume(self, draft: Mapping[str, Value], bases: Mapping[str, str]) -> None:
        """Put a draft into the form. What changed since is said beside each item."""
        for key, typed in draft.items():
            if key in self.section:
                self._row(key).resume(typed, bases.get(key, ""))
        self._show_what_applies()

    def take(self, entry: Entry | None, around: Surroundings, *, own: bool = False) -> None:
        """Take a newer plan; what is being typed stays. `own`: this user's own save did it."""
        self._entry = entry
        self._around = around
        for key, row in self.rows.items():
            row.take(entry.items.get(key) if entry else None, around, own=own)
        self._show_what_applies()

    # What is wrong

    def problems(self, told: Told) -> list[Problem]:
        """What stops what is typed from being saved as it is; nothing else ever does."""
        found = []
        for key, row in self.rows.items():
            if words := row.problem():
                found.append(Problem(key, words, Severity.UNUSABLE))
            elif row.has_moved():
                found.append(Problem(key, "This changed meanwhile. Say which of the two stands.", Severity.UNUSABLE))
            elif told.source is Source.CLINICIAN and row.is_changed() and row.field.authorship is Authorship.VOICE:
                found.append(Problem(key, NOT_A_CLINICIANS, Severity.UNUSABLE))
        if not found:
            changed = self.changed_values()
            found = [p for p in check_entry(self.section, self.values()) if p.unusable and p.field_key in changed]
        return found

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say each problem beside its item, and put the keyboard on the first."""
        said = {problem.field_key: problem.says for problem in problems if problem.field_key in self.section}
        for key in said:
            self._row(key)
        for key, row in self.rows.items():
            row.show_problem(said.get(key, "").removeprefix(f"{row.field.label}: "))
        first = next((row for key, row in self.rows.items() if key in said), None)
        if first is not None:
            first.begin()

    def show_doubts(self) -> None:
        """Say beside each item what may be worth a second look. What was saved stays saved."""
        found = check_entry(self.section, self.values(), self._around.today)
        said = {problem.field_key: problem.says for problem in found if problem.severity is Severity.DOUBTFUL}
        for key, row in self.rows.items():
            row.show_doubt(said.get(key, "").removeprefix(f"{row.field.label}: "))

    def show_history(self, key: str, changes: Sequence[Change]) -> None:
        """Answer `history_wanted`."""
        if key in self.rows:
            self.rows[key].show_history(changes)

    @property
    def is_growing(self) -> bool:
        """Whether rows that apply are still being made."""
        return self._rest.is_waiting

    @property
    def holds_statements(self) -> bool:
        """Whether anything here has earlier words that could be shown beneath."""
        recorded = self._entry.items if self._entry else {}
        return any(holds_statements(field) and field.key in recorded for field in self.section.fields)

    def show_earlier(self, changes: Sequence[Change]) -> None:
        """Put the person's earlier words beneath those that stand. `changes` are those of this entry."""
        self._earlier = changes
        for row in self.rows.values():
            self._show_earlier_of(row)

    def _show_earlier_of(self, row: FieldRow) -> None:
        if self._earlier and holds_statements(row.field):
            row.show_earlier([change for change in self._earlier if change.field == row.field.key])

    # The keyboard

    def begin(self) -> None:
        """Put the keyboard on the first item."""
        for row in self._visible_rows():
            row.begin()
            return

    def begin_at(self, key: str) -> None:
        """Put the keyboard on an item, or on the first where it is not shown."""
        if key in self.section and self._applies(key):
            self._row(key).begin()
        else:
            self.begin()

    def put_aside(self) -> None:
        """Take away what was typed: what is recorded stands again."""
        for row in self.rows.values():
            row.put_aside()
        self._show_what_applies()

    def go_on(self) -> None:
        """Put the keyboard back on the item that was written last."""
        self.begin_at(self._last)

    def step(self, by: int) -> None:
        """Put the keyboard on the next item (1) or the one before (-1)."""
        rows = self._visible_rows()
        here = next((place for place, row in enumerate(rows) if row.has_keyboard()), -1 if by > 0 else len(rows))
        if 0 <= here + by < len(rows):
            rows[here + by].begin()

    def row_with_keyboard(self) -> str:
        """The key of the item that has the keyboard, or ""."""
        return next((key for key, row in self.rows.items() if row.has_keyboard()), "")

    def _visible_rows(self) -> list[FieldRow]:
        return [self.rows[field.key] for field in self.section.fields if self._is_shown(field.key)]

    def _is_shown(self, key: str) -> bool:
        return key in self.rows and not is_put_away(self.rows[key])

    # Building

    def _shown_keys(self) -> list[str]:
        values = self.values()
        return [field.key for field in self.section.visible(values) if not self._says_nothing(field.key, values)]

    def _applies(self, key: str) -> bool:
        return key in self._shown_keys()

    def _rows_at_first(self) -> int:
        # Guessed, as measuring would mean making them: what is seen at once is made at once, and nothing else.
        lines = lines_in_view(self)
        rows = 0
        for key in self._shown_keys()[:FIRST_ROWS]:
            if lines <= 0:
                break
            rows += 1
            field = self.section[key]
            lines -= 4 + bool(field.help) + (4 if field.kind is Kind.LONG_TEXT else 0)
        return max(rows, 1)

    def _show_what_applies(self, most_new: int | None = None) -> None:
        # A long form is there at once with the rows that are seen first; the others follow while it is looked at.
        shown = self._shown_keys()
        missing = [key for key in shown if key not in self.rows]
        with laid_out_once(self._box):
            for key in missing[:most_new]:
                self._add(key)
            for key, row in self.rows.items():
                set_shown(row, key in shown or row.is_changed())
            self._show_headings()
        if most_new is not None and len(missing) > most_new:
            self._rest.begin()

    def _show_headings(self) -> None:
        before = ""
        for row in self._visible_rows():
            row.lead(row.field.group != before)
            before = row.field.group

    def _on_rest(self) -> None:
        until = perf_counter() + SECONDS_AT_A_TIME
        missing = [key for key in self._shown_keys() if key not in self.rows]
        with building(self), laid_out_once(self._box):
            while missing and perf_counter() < until:
                key = missing.pop(0)
                self._add(key)
                set_shown(self.rows[key], True)
            self._show_headings()
        if missing:
            self._rest.begin()
        else:
            self.grown.emit()

    def _says_nothing(self, key: str, values: Mapping[str, Value]) -> bool:
        # What the program itself sets is only shown once it is there: nobody can fill it in.
        return self.section[key].authorship is Authorship.AUTOMATIC and is_empty(values.get(key))

    def _row(self, key: str) -> FieldRow:
        if key not in self.rows:
            self._add(key)
        return self.rows[key]

    def _add(self, key: str) -> None:
        item = self._entry.items.get(key) if self._entry else None
        row = FieldRow(self.section[key], item, self._around, self._names[key], self, self.section.key)
        row.changed.connect(self._on_changed)
        row.grown.connect(self.grown)
        row.confirm_wanted.connect(self.confirm_wanted)
        row.history_wanted.connect(self.history_wanted)
        row.state_wanted.connect(self.state_wanted)
        order = [field.key for field in self.section.fields]
        place = sum(1 for other in self.rows if order.index(other) < order.index(key))
        self.rows[key] = row
        self._box.insertWidget(place, row)
        self._show_earlier_of(row)

    def _on_changed(self) -> None:
        row = self.sender()
        if isinstance(row, FieldRow):
            self._last = row.field.key
        rows = len(self.rows)
        self._show_what_applies()
        if len(self.rows) != rows:
            self.grown.emit()
        self.edited.emit()


def entry_of(plan: Plan, section: str, entry_id: str) -> Entry | None:
    """The entry with this id, whether it stands or not, or None."""
    return next((entry for entry in plan.all_entries(section) if entry.id == entry_id), None)
