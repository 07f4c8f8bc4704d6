"""Editors for what is chosen: one option, several, yes or no, and an entry of another section."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QVBoxLayout, QWidget

from eolc_desktop.care_plan.fields import Absence, Value, absence_of, is_empty
from eolc_desktop.care_plan.words import display, entry_title
from eolc_desktop.views.forms.choice_buttons import ARROWS, Choice, Tick
from eolc_desktop.views.forms.editor import Editor, Surroundings
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.forms.group import Group
from eolc_desktop.views.forms.showing import set_shown

MOST_BUTTONS = 9
"""A longer list of choices opens on request, so that the page stays calm."""
MOST_LETTERS = 46
"""Width of a list that opens, in letters, at most."""
SHORT_WORDS = 30
"""Choices whose words are all shorter than this stand beside each other."""


class Menu(QComboBox):
    """A list that opens on request. The mouse wheel scrolls the page and never changes an answer by accident."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)

    def minimumSizeHint(self) -> QSize:
        """As narrow as a narrow page needs; the open list shows the words in full."""
        size = super().minimumSizeHint()
        return QSize(min(size.width(), self.fontMetrics().averageCharWidth() * 18), size.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()


class ChoiceList(Group):
    """Choices of which one holds. Digits 1 to 9 choose while it has the keyboard; the arrows move."""

    def __init__(self, called: str, choices: Sequence[tuple[Hashable, str]], parent: QWidget | None = None) -> None:
        super().__init__(called, parent)
        self.group = QButtonGroup(self)
        self.buttons: dict[Hashable, Choice] = {}
        beside = all(len(words) <= SHORT_WORDS for _key, words in choices)
        layout = FlowLayout(self) if beside else QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        if not beside:
            layout.setSpacing(0)
        for key, words in choices:
            button = Choice(words, self)
            self.group.addButton(button)
            self.buttons[key] = button
            layout.addWidget(button)

    def chosen(self) -> Hashable:
        """The key of the choice that holds; None for none."""
        return next((key for key, button in self.buttons.items() if button.isChecked()), None)

    def choose(self, key: Hashable) -> None:
        """Let a choice hold, without telling anyone."""
        if (button := self.buttons.get(key)) is not None:
            button.setChecked(True)
        self._one_stop_for_tab()

    def first(self) -> QWidget:
        """The button that takes the keyboard: the one that holds, else the first."""
        buttons = list(self.buttons.values())
        return next((button for button in buttons if button.isChecked()), buttons[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by digit."""
        place = event.key() - Qt.Key.Key_1.value
        buttons = list(self.buttons.values())
        if event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier) and (
            0 <= place < min(9, len(buttons))
        ):
            buttons[place].setFocus(Qt.FocusReason.ShortcutFocusReason)
            buttons[place].click()
            return
        by = ARROWS.get(event.key(), 0)
        if by and (there := next((n for n, button in enumerate(buttons) if button.hasFocus()), None)) is not None:
            following = buttons[(there + by) % len(buttons)]
            following.setFocus(Qt.FocusReason.OtherFocusReason)
            following.click()
            return
        super().keyPressEvent(event)

    def _one_stop_for_tab(self) -> None:
        # Tab enters the list once and the arrows move in it; Qt does so itself only after the first choice.
        entry = self.first()
        for button in self.buttons.values():
            policy = Qt.FocusPolicy.StrongFocus if button is entry else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)


class OneOfEditor(Editor):
    """One of several answers, each with its words: the common part of choices, yes or no, and links."""

    always_a_menu = False
    _foreign: tuple[Value, str] | None

    def typed(self) -> Value:
        """The answer that is chosen."""
        return self._answers.get(self._chosen(), (None, ""))[0]

    def set_value(self, value: Value) -> None:
        """Choose an answer; one that is not among the choices is added as it came, so that nothing is lost."""
        key = self._key_of(value)
        if key not in self._answers:
            self._foreign = (value, self._foreign_words(value))
            self._offer()
        self._choose(key)

    def focus_target(self) -> QWidget:
        """The list, or the button that holds."""
        if self._list is not None:
            return self._list.first()
        return self._menu or self

    def describe(self, words: str) -> None:
        """Have help and problems read out with every choice, for any of them may take the keyboard."""
        if self._menu is not None:
            self._menu.setAccessibleDescription(words)
        if self._list is not None:
            for button in self._list.buttons.values():
                button.setAccessibleDescription(words)

    def choices(self) -> list[tuple[Value, str]]:
        """The answers on offer besides absences and nothing at all."""
        raise NotImplementedError

    def _foreign_words(self, value: Value) -> str:
        return display(self.field, value, links=self.around.plan.links)

    def _build(self) -> None:
        self._foreign = None
        self._menu: Menu | None = None
        self._list: ChoiceList | None = None
        self._answers: dict[str, tuple[Value, str]] = {}
        self._offer()

    def _all_answers(self) -> dict[str, tuple[Value, str]]:
        offered = [*self.choices()]
        if self._foreign is not None:
            offered.append(self._foreign)
        offered += [(absence.value_to_store, absence.words) for absence in self.field.may_be]
        offered.append((None, self.field.missing_words))
        return {self._key_of(value): (value, words) for value, words in offered}

    @staticmethod
    def _key_of(value: Value) -> str:
        return "" if is_empty(value) else repr(value)

    def _offer(self) -> None:
        chosen = self._chosen()
        self._answers = self._all_answers()
        for old in (self._menu, self._list):
            if old is not None:
                self.box.removeWidget(old)
                old.setParent(None)
                old.deleteLater()
        if self.always_a_menu or len(self.choices()) > MOST_BUTTONS:
            self._list = None
            self._menu = Menu(self)
            self._menu.setAccessibleName(self.called)
            for key, (_value, words) in self._answers.items():
                self._menu.addItem(words, key)
            longest = max(len(words) for _value, words in self._answers.values())
            self._menu.setMinimumContentsLength(min(longest, MOST_LETTERS))
            self._menu.activated.connect(self._on_chosen)
            self.box.addWidget(self._menu, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._menu = None
            self._list = ChoiceList(self.called, [(key, words) for key, (_value, words) in self._answers.items()], self)
            self._list.group.buttonClicked.connect(self._on_chosen)
            self.box.addWidget(self._list)
            set_shown(self._list, True)
        self._choose(chosen)

    def _chosen(self) -> str:
        if self._list is not None:
            return str(self._list.chosen() or "")
        return str(self._menu.currentData() or "") if self._menu is not None else ""

    def _choose(self, key: str) -> None:
        if self._menu is not None:
            self._menu.setCurrentIndex(max(0, self._menu.findData(key)))
        if self._list is not None:
            self._list.choose(key)

    def _on_chosen(self) -> None:
        if self._list is not None:
            self._list.choose(self._list.chosen())
        self.changed.emit()


class ChoiceEditor(OneOfEditor):
    """One option of the field."""

    def choices(self) -> list[tuple[Value, str]]:
        """The options in use."""
        return [(option.key, option.label) for option in self.field.options if not option.retired]


class YesNoEditor(OneOfEditor):
    """Yes, no, or not asked yet."""

    def choices(self) -> list[tuple[Value, str]]:
        """Yes and no."""
        return [(True, "Yes"), (False, "No")]


class LinkEditor(OneOfEditor):
    """An entry of another section, such as one of the people who matter."""

    always_a_menu = True

    def choices(self) -> list[tuple[Value, str]]:
        """The entries that stand, by their names."""
        plan = self.around.plan
        if self.field.links_to not in plan.catalogue:
            return []
        section = plan.catalogue[self.field.links_to]
        return [
            (entry.id, entry_title(section, entry.id, entry.values, links=plan.links))
            for entry in plan.entries(section.key)
        ]

    def look_around(self, around: Surroundings) -> None:
        """Offer the entries of a newer plan."""
        super().look_around(around)
        if self._all_answers() != self._answers:
            self._offer()


class ChoicesEditor(Editor):
    """Any number of options."""

    def typed(self) -> Value:
        """The keys that are ticked, in the order of the options; an absence; or None for nothing."""
        for absence, tick in self._absences.items():
            if tick.isChecked():
                return absence.value_to_store
        return [key for key, tick in self._ticks.items() if tick.isChecked()] or None

    def set_value(self, value: Value) -> None:
        """Tick what is recorded; a key that is not among the options is added as it came."""
        absence = absence_of(value)
        keys = value if isinstance(value, list) else []
        for key in keys:
            if key not in self._ticks:
                self._add(key, display(self.field, [key]))
        for key, tick in self._ticks.items():
            tick.setChecked(key in keys)
        for known, tick in self._absences.items():
            tick.setChecked(known is absence)

    def focus_target(self) -> QWidget:
        """The first tick."""
        return next(iter([*self._ticks.values(), *self._absences.values()]), self._rows)

    def _build(self) -> None:
        options = [option for option in self.field.options if not option.retired]
        self._rows = Group(self.called, self)
        self._ticks: dict[str, Tick] = {}
        self._absences: dict[Absence, Tick] = {}
        beside = all(len(option.label) <= SHORT_WORDS for option in options)
        self._layout = FlowLayout(self._rows) if beside else QVBoxLayout(self._rows)
        self._layout.setContentsMargins(0, 0, 0, 0)
        if not beside:
            self._layout.setSpacing(0)
        for option in options:
            self._add(option.key, option.label)
        self.box.addWidget(self._rows)
        for absence in self.field.may_be:
            self._absences[absence] = self._tick(absence.words)
            self._layout.addWidget(self._absences[absence])

    def _add(self, key: str, words: str) -> None:
        self._ticks[key] = self._tick(words)
        self._layout.addWidget(self._ticks[key])

    def _tick(self, words: str) -> Tick:
        tick = Tick(words, self._rows)
        tick.clicked.connect(self._on_ticked)
        return tick

    def _on_ticked(self) -> None:
        pressed = self.sender()
        absent = pressed in self._absences.values()
        for tick in self._absences.values():
            if tick is not pressed:
                tick.setChecked(False)
        if absent:
            for tick in self._ticks.values():
                tick.setChecked(False)
        self.changed.emit()
