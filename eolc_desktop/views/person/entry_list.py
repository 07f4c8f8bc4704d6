"""The entries of a section that repeats: each in a few words, with what can be done about it."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.fields import Audience, Authorship, Kind, Section, is_empty
from eolc_desktop.care_plan.plan import Entry, EntryState, Plan
from eolc_desktop.care_plan.words import asking, entry_title, value_words
from eolc_desktop.desktop.after_paint import AfterPaint
from eolc_desktop.desktop.building import building
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.forms.envelope_words import when_words
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.forms.showing import lines_in_view, set_shown
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

FIRST_ENTRIES = 4
"""More than a small laptop shows at first; the others follow while these are looked at."""
SECONDS_AT_A_TIME = 0.006
"""They are made in portions that hold up neither a key nor a repaint."""
LINES_AN_ENTRY = 4
"""What an entry takes besides its facts: its title, its buttons and its edges."""
LETTERS_A_LINE = 100
"""More than a line of facts holds: guessed so, an entry is never thought longer than it is."""
MOST_FACTS = 5
"""A summary says so many things about an entry; the rest is one step away."""


def summary_lines(plan: Plan, section: Section, entry: Entry) -> list[str]:
    """The first few recorded things about an entry, besides what it is called by; nothing that is kept hidden, and
    nothing that the program keeps for itself. One telephone number speaks for itself; of several each is named."""
    told = [
        field
        for field in section.fields
        if not is_empty(entry.value(field.key))
        and not (field.key in section.entry_title or field.sensitive or field.authorship is Authorship.AUTOMATIC)
    ]
    one_phone = [field.kind for field in told].count(Kind.PHONE) == 1
    lines = []
    for field in told[:MOST_FACTS]:
        words = value_words(field, entry.value(field.key), plan.links)
        alone = field.kind is Kind.PHONE and one_phone
        lines.append(words if alone else f"{asking(field.name(Audience.STAFF))} {words}")
    return lines


def last_known_words(entry: Entry) -> str:
    """When somebody last said that any of this is so, and who wrote it down."""
    items = list(entry.items.values())
    if not items:
        return ""
    latest = max(items, key=lambda item: item.last_known_at)
    confirmed = latest.confirmed_at is not None
    by = latest.confirmed_by if confirmed and latest.confirmed_by else latest.recorded_by
    verb = "Confirmed" if confirmed else "Recorded"
    return ", ".join(part for part in (f"{verb} {when_words(latest.last_known_at)}", by.name) if part) + "."


class EntryList(QWidget):
    """Lists the entries that stand, offers another, and shows those that no longer stand on request.

    Signals:
        entry_wanted: the id of an entry to open; "" for a new one.
        confirm_wanted: the id of an entry that is said to hold still.
        grown: every entry is there now.
    """

    entry_wanted = Signal(str)
    confirm_wanted = Signal(str)
    grown = Signal()

    def __init__(self, section: Section, parent_entry: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.section = section
        self._parent_entry = parent_entry
        self._plan: Plan | None = None
        self._views: dict[str, _EntryView] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        self._nothing = WrappedLabel("Nothing recorded yet.", Look.SECONDARY, self)
        self._add = QPushButton(_words_to_add(section.entry_name), self)
        self._add.clicked.connect(self._on_add)
        self._past = QPushButton(self)
        self._past.setCheckable(True)
        wear(self._past, Look.QUIET)
        self._past.clicked.connect(self._fill)
        self._standing = QVBoxLayout()
        self._standing.setSpacing(12)
        self._gone = QVBoxLayout()
        self._gone.setSpacing(12)
        left = Qt.AlignmentFlag.AlignLeft
        box.addWidget(self._nothing)
        box.addLayout(self._standing)
        box.addWidget(self._add, 0, left)
        box.addWidget(self._past, 0, left)
        box.addLayout(self._gone)
        set_shown(self._add, section.repeats)
        self._rest = AfterPaint(self)
        self._rest.due.connect(self._on_rest)

    def show_plan(self, plan: Plan) -> None:
        """Show the entries of a plan."""
        self._plan = plan
        self._fill()

    def begin(self, entry_id: str = "") -> None:
        """Take the keyboard: on an entry, else on the first one, else on the button that adds one."""
        if entry_id and entry_id not in self._views:
            self._place(None)
        view = self._views.get(entry_id) or next(iter(self._views.values()), None)
        if view is not None:
            view.begin()
        else:
            self._add.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def is_growing(self) -> bool:
        """Whether entries are still being made."""
        return self._rest.is_waiting

    def entries(self) -> list[Entry]:
        """The entries that stand, or every fixed one, recorded or not."""
        plan = self._plan
        if plan is None:
            return []
        if self.section.fixed_entries:
            known = {entry.id: entry for entry in plan.entries(self.section.key)}
            return [known.get(f.id, Entry(f.id, self.section.key, {})) for f in self.section.fixed_entries]
        return list(plan.entries(self.section.key, self._parent_entry or None))

    def _past_entries(self) -> list[Entry]:
        if self._plan is None:
            return []
        return [
            entry
            for entry in self._plan.all_entries(self.section.key)
            if entry.state is not EntryState.CURRENT and (not self._parent_entry or entry.parent == self._parent_entry)
        ]

    def _fill(self) -> None:
        if not self._place(self._entries_at_first()):
            self._rest.begin()

    def _entries_at_first(self) -> int:
        # Guessed, as measuring would mean making them: what is seen at once is made at once, and nothing else.
        plan = self._plan
        if plan is None:
            return FIRST_ENTRIES
        lines = lines_in_view(self)
        entries = 0
        for entry in self.entries()[:FIRST_ENTRIES]:
            if lines <= 0:
                break
            entries += 1
            facts = summary_lines(plan, self.section, entry)
            lines -= LINES_AN_ENTRY + sum(1 + len(words) // LETTERS_A_LINE for words in facts)
        return max(entries, 1)

    def _on_rest(self) -> None:
        until = perf_counter() + SECONDS_AT_A_TIME
        most = len(self._views) + 1
        with building(self):
            while not (is_whole := self._place(most)) and perf_counter() < until:
                most += 1
        if is_whole:
            self.grown.emit()
        else:
            self._rest.begin()

    def _place(self, most: int | None) -> bool:
        """Show the entries, making views until there are so many (None: all); whether every one is there now."""
        plan = self._plan
        if plan is None:
            return True
        standing, past = self.entries(), self._past_entries()
        set_shown(self._nothing, not standing)
        past_shown = self._past.isChecked() and bool(past)
        count = f"{len(past)} that no longer {'stands' if len(past) == 1 else 'stand'}"
        self._past.setText(f"Hide {count}" if past_shown else f"Show {count}")
        set_shown(self._past, bool(past))
        wanted = {entry.id: (entry, self._standing) for entry in standing}
        if past_shown:
            wanted |= {entry.id: (entry, self._gone) for entry in past}
        for gone in set(self._views) - set(wanted):
            view = self._views.pop(gone)
            view.hide()
            view.deleteLater()
        for entry_id, (entry, layout) in wanted.items():
            if entry_id not in self._views:
                if most is not None and len(self._views) >= most:
                    continue
                made = self._views[entry_id] = _EntryView(self.section, self)
                made.opened.connect(self.entry_wanted)
                made.confirmed.connect(self.confirm_wanted)
            shown = self._views[entry_id]
            layout.removeWidget(shown)
            layout.addWidget(shown)
            shown.show_entry(plan, entry)
            set_shown(shown, True)
        return len(self._views) == len(wanted)

    def _on_add(self) -> None:
        self.entry_wanted.emit("")


class _EntryView(QFrame):
    """One entry in a few words."""

    opened = Signal(str)
    confirmed = Signal(str)

    def __init__(self, section: Section, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._section = section
        self._id = ""
        wear(self, Look.CARD)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 8)
        box.setSpacing(4)
        self._title = WrappedLabel(look=Look.HEADING, parent=self)
        self._facts = WrappedLabel(parent=self)
        self._beneath: dict[Look, WrappedLabel] = {}
        """The wording of a promise, and that an entry does not stand: made where there is one to show."""
        self._box = box
        row = QWidget(self)
        self._known = WrappedLabel(look=Look.META, parent=row)
        flow = FlowLayout(row, across=12)
        self._open, self._still = QPushButton("Change", row), QPushButton("Still so", row)
        wear(self._still, Look.QUIET)
        for widget in (self._open, self._still, self._known):
            flow.addWidget(widget)
        for part in (self._title, self._facts, row):
            box.addWidget(part)
        self._open.clicked.connect(self._on_opened)
        self._still.clicked.connect(self._on_confirmed)

    def show_entry(self, plan: Plan, entry: Entry) -> None:
        """Show an entry."""
        self._id = entry.id
        fixed = self._section.fixed(entry.id)
        title = entry_title(self._section, entry.id, entry.values, links=plan.links)
        stands = entry.state is EntryState.CURRENT
        lines = summary_lines(plan, self._section, entry)
        self._title.setText(f"{fixed.id}. {title}" if fixed else title)
        self._say(Look.SECONDARY, fixed.wording if fixed else "")
        self._facts.setText("\n".join(lines) or ("Nothing recorded yet" if fixed and not entry.items else ""))
        set_shown(self._facts, bool(self._facts.text()))
        reason = f". {entry.reason}" if entry.reason else ""
        self._say(Look.FIELD_LABEL, "" if stands else f"{entry.state.words}{reason}")
        self._known.setText(last_known_words(entry))
        set_shown(self._known, bool(entry.items))
        set_shown(self._still, stands and bool(entry.items))
        self._open.setText("Change" if stands and entry.items else "Open")
        self._open.setAccessibleName(f"{self._open.text()}: {title}")
        self._still.setAccessibleName(f"Still so: {title}")

    def _say(self, look: Look, words: str) -> None:
        if words and look not in self._beneath:
            self._beneath[look] = WrappedLabel(look=look, parent=self)
            self._box.insertWidget(self._box.indexOf(self._facts), self._beneath[look])
        if look in self._beneath:
            self._beneath[look].setText(words)
            set_shown(self._beneath[look], bool(words))

    def begin(self) -> None:
        """Take the keyboard."""
        self._open.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_opened(self) -> None:
        self.opened.emit(self._id)

    def _on_confirmed(self) -> None:
        self.confirmed.emit(self._id)


def _words_to_add(entry_name: str) -> str:
    """What the button says: "Add a next step", "Add an action", "Add another plan"."""
    if not entry_name:
        return "Add"
    if entry_name.startswith("other "):
        return f"Add an{entry_name}"
    return f"Add {'an' if entry_name[0] in 'aeio' else 'a'} {entry_name}"
