"""The second step: what may still hold, read out section by section; one key says that it does."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.dates import day_words, today
from eolc_desktop.care_plan.fields import MAIN, Section, is_empty
from eolc_desktop.care_plan.freshness import STANDING, old_items, standing_words
from eolc_desktop.care_plan.plan import Item, Plan
from eolc_desktop.care_plan.words import asking, entry_title, value_words
from eolc_desktop.desktop.looks import Look
from eolc_desktop.errors import ChangedElsewhere, UserError
from eolc_desktop.services import confirming, plans
from eolc_desktop.services.plans import SaveResult
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.person.since_read import SinceRead, since_read
from eolc_desktop.views.person.stands_now import HEADING
from eolc_desktop.views.visit.step import Step, focus
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.emptied import emptied
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

ASKED_AT_EVERY_VISIT = (
    "allergies", "cpr", "conveyance", "places", "anticipatory", "medicine_stock", "contacts", "who_to_call",
    "key_people", "home_access",
)  # fmt: skip
"""What somebody would act on tonight. Other sections join when something in them is past its age."""
MOST_LINES = 8


class StillStep(Step):
    """Shows what is recorded, the oldest first, and takes "still so" for a whole section in one action."""

    name = "still_so"
    heading = "What still holds"

    def build(self) -> None:
        """Make the page."""
        self.say("Read each out. “Still so” says that it holds, and changes nothing.", Look.SECONDARY)
        self._said = self.say("", Look.FIELD_LABEL)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.box.addLayout(self._list)
        self._buttons: dict[str, QPushButton] = {}
        self._ways: dict[str, QPushButton] = {}
        self._had_keyboard = False
        self._read = self.plan
        self._asked: dict[str, tuple[SinceRead, ...]] = {}
        self._wanted = ""
        self.take(self.plan)

    def take(self, plan: Plan) -> None:
        """Show what is left to confirm."""
        super().take(plan)
        was_in = self._had_keyboard or self.isAncestorOf(self.window().focusWidget() or self.window())
        self._had_keyboard = False
        emptied(self._list)
        self._buttons.clear()
        self._ways.clear()
        waiting = to_confirm(plan)
        for key in self._asked:  # also where all of it was recorded today: by somebody else, and not read out yet
            if key not in (section.key for section in waiting) and _items(plan, key):
                waiting.append(plan.catalogue[key])
        for section in waiting:
            self._list.addWidget(self._card(section))
        done = _confirmed_today(plan)
        left = f"{len(waiting)} to read out." if waiting else "Nothing is left to read out."
        self._said.setText(f"{left} {_counted(done)} recorded or confirmed today." if done else left)
        self.grown.emit()
        if was_in:
            self.begin()

    def begin(self) -> bool:
        """Take the keyboard: the way to what is asked about, where one more Enter confirms nothing; else the first
        that waits."""
        if self._wanted in self._ways:
            return focus(self._ways[self._wanted])
        return focus(next(iter(self._buttons.values()), None))

    def _card(self, section: Section) -> QWidget:
        frame, box = self.card()
        box.addWidget(WrappedLabel(section.title, Look.FIELD_LABEL, frame))
        lines = lines_of(self.plan, section)
        more = len(lines) - MOST_LINES
        shown = [*lines[:MOST_LINES], *([f"and {more} more"] if more > 0 else [])]
        box.addWidget(WrappedLabel("\n".join(shown), parent=frame))
        asked = self._asked.get(section.key, ())
        if asked:
            said = "\n".join([HEADING, *(one.says for one in asked)])
            box.addWidget(WrappedLabel(said, Look.FIELD_ERROR, frame))
        box.addWidget(WrappedLabel(known_words(self.plan, section), Look.META, frame))
        row = QWidget(frame)
        flow = FlowLayout(row, across=12)
        words = "Still so, as it says now" if asked else "Still so"
        still = QPushButton(words, row)
        still.setAccessibleName(f"{words}: {section.title}")
        still.setProperty("section", section.key)
        still.clicked.connect(self._on_still)
        self._buttons[section.key] = still
        flow.addWidget(still)
        self._ways[section.key] = self.way("Change", f"Change: {section.title}", section.key, "", row)
        flow.addWidget(self._ways[section.key])
        box.addWidget(row)
        return frame

    @Slot()
    def _on_still(self) -> None:
        key = str(self.sender().property("section"))
        self._had_keyboard = True
        if self._ask(key):
            return
        for button in self._buttons.values():
            button.setEnabled(False)  # a second press would speak of another section than the one that was read
        self._wanted = key
        self.desk.run(
            "confirm a section",
            confirming.confirm_sections,
            self.plan,
            [key],
            done=self._on_done,
            failed=self._on_failed,
        )

    def _ask(self, key: str) -> bool:
        """Say what of a section was changed since it was read out, once for each change; False where nothing was."""
        changed = since_read(self._read, self.plan, (key,))
        if not changed or changed == self._asked.get(key):
            return False
        self._asked[key] = changed
        self._wanted = key
        announce(self, " ".join([HEADING, *(one.says for one in changed)]), is_urgent=True)
        self.take(self.plan)
        return True

    @Slot(object)
    def _on_done(self, result: SaveResult) -> None:
        self._had_keyboard = True
        self._asked.pop(self._wanted, None)
        self._wanted = ""
        self.take(result.plan)

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        if isinstance(error, ChangedElsewhere):
            self.desk.run("read a plan again", plans.read_plan, self.plan.person_id, self.plan, done=self._on_read)
        else:
            self._wanted = ""
        self.desk.told.emit(error)
        for button in self._buttons.values():
            button.setEnabled(True)

    @Slot(object)
    def _on_read(self, plan: Plan) -> None:
        self.plan = plan
        if not self._ask(self._wanted):
            self._wanted = ""
            self.take(plan)


def to_confirm(plan: Plan) -> list[Section]:
    """The sections to read out: those past their age first, then what is asked at every visit; what was recorded or
    confirmed today is left out."""
    if not is_empty(plan.value("death", "died_on")):
        return []
    old = list(dict.fromkeys(found.section.key for found in old_items(plan)))
    keys = [*old, *(key for key in ASKED_AT_EVERY_VISIT if key not in old)]
    fresh = set(_confirmed_today(plan))
    return [plan.catalogue[key] for key in keys if key in plan.catalogue and key not in fresh and _items(plan, key)]


def _items(plan: Plan, key: str) -> list[Item]:
    return [item for entry in plan.entries(key) for item in entry.items.values() if not is_empty(item.value)]


def _confirmed_today(plan: Plan) -> list[str]:
    """The sections in which everything recorded is known to be so from today."""
    found = []
    for section in plan.catalogue:
        items = _items(plan, section.key)
        if items and all(today(item.last_known_at) == plan.today for item in items):
            found.append(section.key)
    return found


def lines_of(plan: Plan, section: Section) -> list[str]:
    """What is recorded in a section in words, an entry or an item a line; nothing that is kept hidden."""
    lines = []
    for entry in plan.entries(section.key):
        parts = []
        for field in section.fields:
            value = entry.value(field.key)
            if not is_empty(value) and not field.sensitive and field.key not in section.entry_title:
                parts.append(f"{asking(field.label)} {value_words(field, value, plan.links)}")
        if entry.id == MAIN:
            lines += parts
        else:
            title = entry_title(section, entry.id, entry.values, links=plan.links)
            lines.append("; ".join([title, *parts]))
    return lines


def known_words(plan: Plan, section: Section) -> str:
    """When the oldest item of a section was last known to be so, and whether that is longer ago than it stays fresh."""
    items = _items(plan, section.key)
    oldest = min(items, key=lambda item: item.last_known_at)
    if section.key == STANDING and (decision := plan.item("cpr", "decision")) is not None:
        return standing_words(plan, decision)
    by = oldest.confirmed_by or oldest.recorded_by
    verb = "Last confirmed" if oldest.confirmed_at else "Recorded"
    said = f"{verb} {day_words(today(oldest.last_known_at))}, {by.name or 'author not known'}."
    is_old = any(found.section.key == section.key for found in old_items(plan))
    return f"{said} May be out of date: is it still so?" if is_old else said


def _counted(keys: list[str]) -> str:
    return "1 section was" if len(keys) == 1 else f"{len(keys)} sections were"
