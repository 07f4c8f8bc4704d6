"""A list of what the organisation keeps of itself, and the form of the one that is chosen: services, risks."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidgetItem, QVBoxLayout, QWidget

from eolc_desktop.care_plan.fields import Section
from eolc_desktop.care_plan.our_service.sections import catalogue
from eolc_desktop.care_plan.plan import NOT_STATED, Entry, EntryState, Plan
from eolc_desktop.care_plan.words import display, entry_title
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.errors import UserError
from eolc_desktop.record.rows import new_id
from eolc_desktop.services import our_service
from eolc_desktop.services.our_service import DEPRIVATION, DIRECTORY
from eolc_desktop.services.roles import Right, may
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.editor import Surroundings
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.forms.section_form import SectionForm
from eolc_desktop.views.our_service.entry_files import EntryFiles
from eolc_desktop.views.person.page_actions import PageActions
from eolc_desktop.views.places import Place
from eolc_desktop.views.titled_page import TitledPage
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.scrolling import scrolling
from eolc_desktop.views.widgets.worded_list import WordedList
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

SAVED = "Saved on this laptop."
NOT_SAVED = "What you typed is not saved yet: save it (Ctrl+Enter), or put it aside."
WHY = "No longer offered, or entered by mistake"


class EntriesPage(TitledPage):
    """The entries of one section at the left, the form at the right. Nothing typed is lost by choosing another."""

    scrolls = False

    def __init__(self, desk: Desk, section: Section, parent: QWidget | None = None) -> None:
        super().__init__(desk, section.title, parent=parent)
        self.section = section
        self._plan: Plan | None = None
        self._form: SectionForm | None = None
        self._entry_id = ""
        self._wanted = ""
        self._may = may(desk.session, Right.RECORD)
        self.column.addWidget(WrappedLabel(section.intro, Look.SECONDARY))
        self._search = QLineEdit()
        self._search.setAccessibleName("Find")
        self._search.setPlaceholderText("Find by any word")
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._fill)
        self._search.setVisible(section.key == DIRECTORY)
        self._list = WordedList()
        self._list.setAccessibleName(section.title)
        self._list.currentItemChanged.connect(self._on_item)
        self._count = WrappedLabel("", Look.SECONDARY)
        left = QVBoxLayout()
        left.setSpacing(8)
        for widget in (self._search, self._count, self._list, self._buttons()):
            left.addWidget(widget)
        left.setStretchFactor(self._list, 1)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addLayout(left, 2)
        body.addWidget(self._right(), 3)
        self.column.addLayout(body, 1)
        actions = PageActions(self, has_custom_keys=desk.settings.has_custom_shortcuts)
        actions.add("Save", self._on_save, "Ctrl+Return", "Ctrl+Enter", is_custom=False)

    @classmethod
    def for_place(cls, desk: Desk, place: Place) -> EntriesPage:
        """The page for a place, whose document is the key of the section, and after a stroke an entry."""
        section, _, entry = place.document.partition("/")
        page = cls(desk, catalogue()[section])
        page._wanted = entry
        return page

    def focus_first(self) -> None:
        """Give the keyboard to the search, else to the list."""
        target = self._search if self.section.key == DIRECTORY else self._list
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # Building

    def _buttons(self) -> QWidget:
        line = QWidget()
        row = FlowLayout(line, across=8)
        if self.section.repeats:
            self._add = self.button(f"Add a {self.section.entry_name}", self._on_add)
            row.addWidget(self._add)
            self._add.setEnabled(self._may)
        if self.section.key in (DIRECTORY, DEPRIVATION):
            files = EntryFiles(self.desk, self.section, self)
            files.brought.connect(self._on_brought)
            files.said.connect(self._say)
            for button in files.buttons:
                row.addWidget(button)
        return line

    def _right(self) -> QWidget:
        self._title = WrappedLabel("", Look.HEADING)
        self._lead = WrappedLabel("", Look.SECONDARY)
        self._before = WrappedLabel("", Look.META)
        self._said = WrappedLabel("")
        self._save = self.button("Save", self._on_save, Look.PRIMARY)
        self._aside = self.button("Put aside what I typed", self._on_aside)
        self._off = self.button("Take off the list", self._on_off)
        self._off.setVisible(self.section.repeats)
        foot = QWidget()
        row = FlowLayout(foot, across=8)
        for button in (self._save, self._aside, self._off):
            button.setEnabled(False)
            row.addWidget(button)
        inside = QWidget()
        self._box = QVBoxLayout(inside)
        self._box.setContentsMargins(16, 12, 16, 16)
        self._box.setSpacing(12)
        for widget in (self._title, self._lead, self._before):
            self._box.addWidget(widget)
        self._box.addWidget(self._said)
        self._box.addWidget(foot)
        self._box.addStretch(1)
        scroll = scrolling(inside)
        wear(scroll, Look.CARD)
        return scroll

    # Reading

    def showEvent(self, event: QShowEvent) -> None:
        """Read what is kept."""
        super().showEvent(event)
        if self._plan is None:
            self.desk.run("read our service", our_service.read, done=self._on_read)

    @Slot(object)
    def _on_read(self, plan: Plan) -> None:
        self._plan = plan
        if self._wanted:
            self._entry_id, self._wanted = self._wanted, ""
        self._fill()
        if self._list.currentItem() is None and self._list.count():
            self._list.setCurrentRow(0)
        elif not self._list.count():
            self._show_entry("")

    @Slot()
    def _fill(self) -> None:
        plan = self._plan
        if plan is None:
            return
        chosen = self._entry_id
        self._list.blockSignals(True)
        self._list.clear()
        entries = self._entries(plan)
        for entry_id, words in entries:
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, entry_id)
            self._list.addItem(item)
            if entry_id == chosen:
                self._list.setCurrentItem(item)
        self._list.fit()
        self._list.blockSignals(False)
        every = len(plan.entries(self.section.key))
        found = f"{len(entries):,} of {every:,}" if self._search.text().strip() else f"{every:,}"
        self._count.setText(f"{found} {'kept' if every else 'kept yet'}." if self.section.repeats else "")
        self._count.setVisible(self.section.repeats)
        if self._list.currentItem() is not None and self._form is None:
            self._on_item()

    def _entries(self, plan: Plan) -> list[tuple[str, str]]:
        if self.section.fixed_entries:
            return [(one.id, f"{one.title}\n{self._state(plan, one.id)}") for one in self.section.fixed_entries]
        if self.section.key == DIRECTORY:
            entries = our_service.found(plan, self._search.text())
        else:
            entries = plan.entries(self.section.key)
        return [(entry.id, self._line(entry)) for entry in entries]

    def _state(self, plan: Plan, entry_id: str) -> str:
        if not plan.text(self.section.key, "colour", entry_id):
            return "Not looked at yet"
        return plan.words(self.section.key, "colour", entry_id)

    def _line(self, entry: Entry) -> str:
        title = entry_title(self.section, entry.id, entry.values)
        more = [
            display(self.section[key], entry.value(key))
            for key in ("kind", "phone", "hours", "impact", "likelihood", "state")
            if key in self.section and entry.text(key)
        ]
        if self.section.key == "risks":
            more = [
                f"{self.section[key].label}: {display(self.section[key], entry.value(key)).lower()}"
                for key in ("impact", "likelihood")
                if entry.text(key)
            ]
        return f"{title}\n{' · '.join(more)}" if more else title

    # The form

    @Slot()
    def _on_item(self) -> None:
        item = self._list.currentItem()
        wanted = str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""
        if self._form is not None and self._form.is_changed() and wanted != self._entry_id:
            self._say(NOT_SAVED)
            self._fill()
            return
        self._show_entry(wanted)

    def _show_entry(self, entry_id: str) -> None:
        plan = self._plan
        if plan is None:
            return
        if self._form is not None:
            self._box.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
            self._form = None
        self._entry_id = entry_id
        self._say("")
        if not entry_id:
            self._title.setText("Nothing is kept here yet." if self.section.repeats else "")
            self._lead.setText("")
            self._allow()
            return
        entry = plan.entry(self.section.key, entry_id)
        fixed = self.section.fixed(entry_id)
        if fixed is not None:
            title, lead = fixed.title, fixed.wording
        else:
            title = entry_title(self.section, entry.id, entry.values) if entry else f"New {self.section.entry_name}"
            lead = ""
        self._title.setText(title)
        self._lead.setText(lead)
        self._lead.setVisible(bool(lead))
        self._form = SectionForm(self.section, Surroundings(plan, self.desk.now()), entry)
        self._form.setEnabled(self._may)
        self._form.edited.connect(self._allow)
        self._box.insertWidget(3, self._form)
        self._form.show()
        self._allow()
        self._before.hide()
        if fixed is not None:
            self.desk.run("colours over time", our_service.over_time, self.section.key, "colour", done=self._on_colours)

    @Slot(object)
    def _on_colours(self, steps: tuple[our_service.Step, ...]) -> None:
        field = self.section["colour"]
        said = [
            f"{display(field, step.value).split(':')[0]} since {step.at:%d-%b-%Y}"
            for step in steps
            if step.entry == self._entry_id and step.value
        ]
        self._before.setText("Over time: " + "; ".join(said) + "." if len(said) > 1 else "")
        self._before.setVisible(len(said) > 1)

    @Slot()
    def _allow(self) -> None:
        changed = self._form is not None and self._form.is_changed()
        self._save.setEnabled(changed)
        self._aside.setEnabled(changed)
        known = self._plan is not None and self._plan.entry(self.section.key, self._entry_id) is not None
        self._off.setEnabled(known and not changed and self._may)

    @Slot()
    def _on_add(self) -> None:
        if self._form is not None and self._form.is_changed():
            self._say(NOT_SAVED)
            return
        self._list.setCurrentRow(-1)
        self._show_entry(new_id())
        if self._form is not None:
            self._form.begin()

    @Slot()
    def _on_save(self) -> None:
        if self._form is None or not self._form.is_changed():
            return
        problems = self._form.problems(NOT_STATED)
        self._form.show_problems(problems)
        if not problems:
            values = self._form.changed_values()
            self.desk.run(
                "save our service", our_service.save, self.section.key, self._entry_id, values, done=self._on_saved,
                failed=self._on_failed,
            )  # fmt: skip

    @Slot(object)
    def _on_saved(self, plan: Plan) -> None:
        self._plan = plan
        had = self._save.hasFocus()
        self._show_entry(self._entry_id)
        self._search.blockSignals(True)
        self._search.clear()
        self._search.blockSignals(False)
        self._fill()
        self._say(SAVED)
        if had:
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        self._say(str(error))

    @Slot()
    def _on_aside(self) -> None:
        if self._form is not None:
            self._form.put_aside()
            self._allow()

    @Slot()
    def _on_off(self) -> None:
        state = partial(our_service.set_state, state=EntryState.WITHDRAWN, reason=WHY)
        self.desk.run("take off a list", state, self.section.key, self._entry_id, done=self._on_taken_off)

    @Slot(object)
    def _on_taken_off(self, plan: Plan) -> None:
        self._plan = plan
        self._entry_id = ""
        self._fill()
        self._list.setCurrentRow(0)
        self._on_item()
        self._say("Taken off the list. What was recorded of it stays in the record.")

    @Slot(object)
    def _on_brought(self, plan: Plan) -> None:
        self._plan = plan
        self._fill()
        self._say("Brought in, and kept on this computer.")

    @Slot(str)
    def _say(self, words: str) -> None:
        self._said.setText(words)
        self._said.setVisible(bool(words))
        if words:
            announce(self, words)
