"""The banner: whose plan this is, always in view, in full, in the order of the NHS display rules."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.care_plan.under_18 import OUTSIDE, is_under_18
from eolc_desktop.desktop.clipboard import PrivateClipboard
from eolc_desktop.desktop.looks import PROPERTY, Look, dress_again, wear
from eolc_desktop.desktop.theme import current
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.forms.showing import set_shown
from eolc_desktop.views.person import banner_words
from eolc_desktop.views.person.banner_words import AllergyState, Fact
from eolc_desktop.views.person.conflict_strip import ConflictStrip
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


class PersonBanner(QFrame):
    """Shows who the person is. It is never covered, never moved, and shows one person only."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self._short = False
        self._conflicts = ConflictStrip(desk, self)
        self._copy = PrivateClipboard(QGuiApplication.clipboard(), self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self._zone_1 = _Identity(self)
        self._zone_2 = QFrame(self)
        wear(self._zone_2, Look.STATUS)
        row = FlowLayout(self._zone_2, across=24, down=2)
        row.setContentsMargins(16, 4, 16, 4)
        self._more = QPushButton("Show more", self._zone_2)
        self._more.setCheckable(True)
        self._more.setAccessibleName("Show more about who this is")
        wear(self._more, Look.QUIET)
        self._more.clicked.connect(self._fill_zone_2)
        self._address, self._reached, self._needs = (
            WrappedLabel(parent=self._zone_2),
            WrappedLabel(parent=self._zone_2),
            WrappedLabel(parent=self._zone_2),
        )
        self._allergies = WrappedLabel(look=Look.FIELD_LABEL, parent=self._zone_2)
        self._age = WrappedLabel(f"⚠ {OUTSIDE}", Look.FIELD_LABEL, self._zone_2)
        for part in (self._age, self._more, self._address, self._reached, self._needs, self._allergies):
            row.addWidget(part)
        self._zone_1.copy.clicked.connect(self.copy_number)
        box.addWidget(self._zone_1)
        box.addWidget(self._zone_2)
        box.addWidget(self._conflicts)

    def show_plan(self, plan: Plan) -> None:
        """Show the person of this plan."""
        self._plan = plan
        self._zone_1.show_plan(plan)
        self._conflicts.show_plan(plan)
        who = banner_words.spoken_identity(plan)
        self.setAccessibleName(who)
        self._more.setAccessibleDescription(who)
        self._fill_zone_2()

    def set_short(self, short: bool) -> None:
        """On a low window only the allergies stand beneath who this is, until more is asked for."""
        if short != self._short:
            self._short = short
            self._zone_1.set_short(short)
            self._fill_zone_2()

    def copy_number(self) -> None:
        """Copy the NHS number for a moment."""
        if self._plan is not None and banner_words.nhs_number(self._plan):
            self._copy.copy(banner_words.nhs_number(self._plan))
            announce(self, "NHS number copied for ten seconds")

    def begin(self) -> None:
        """Take the keyboard (F6): what is read out first is who this is."""
        self._more.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear(self) -> None:
        """Show nobody; nothing of the person stays on the clipboard."""
        self._copy.clear()
        self._plan = None
        self._zone_1.clear()
        self._conflicts.clear()
        self._more.setChecked(False)
        self._more.setAccessibleDescription("")
        self.setAccessibleName("")
        for part in (self._address, self._reached, self._needs, self._allergies):
            part.setText("")
        set_shown(self._age, False)

    def _fill_zone_2(self) -> None:
        plan = self._plan
        if plan is None:
            return
        whole = self._more.isChecked()
        set_shown(self._age, is_under_18(plan))
        for part in (self._address, self._reached, self._needs):
            set_shown(part, whole or not self._short)
        self._more.setText("Show less" if whole else "Show more")
        address, now_at = banner_words.address(plan), banner_words.now_at(plan)
        reached = banner_words.reached_at(plan)
        if not whole:
            address = now_at or address
            reached = reached.split(" · ")[0]
        elif now_at:
            address = f"{address}. Now at: {now_at}"
        self._address.setText(f"{'Now at' if now_at and not whole else 'Address'}  {address}")
        self._reached.setText(f"Phone{' and e-mail' if whole else ''}  {reached}")
        self._needs.setText(f"Needs  {banner_words.needs(plan)}")
        allergies = banner_words.allergies(plan)
        mark = "" if allergies.state is AllergyState.NONE_KNOWN else "⚠ "
        self._allergies.setText(f"{mark}{allergies.words}")


class _Identity(QFrame):
    """Zone 1: the name, and the facts by which a person is told apart from all others."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._died = False
        self._short = False
        self._has_number = False
        row = FlowLayout(self, across=28, down=2)
        row.setContentsMargins(16, 8, 16, 8)
        names = QWidget(self)
        column = QVBoxLayout(names)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._name = WrappedLabel(look=Look.NAME, parent=names)
        self._preferred = WrappedLabel(look=Look.BANNER_LABEL, parent=names)
        column.addWidget(self._name)
        column.addWidget(self._preferred)
        row.addWidget(names)
        self._row = row
        self._facts: list[_FactLabel] = []
        self.copy = QPushButton("Copy", self)
        self.copy.setAccessibleName("Copy NHS number")

    def show_plan(self, plan: Plan) -> None:
        """Show the person of this plan."""
        self._set_died(banner_words.has_died(plan))
        self._name.setText(plan.banner_name)
        preferred = plan.text("person", "preferred_name")
        self._preferred.setText(f"Preferred name  {preferred}" if preferred else "")
        set_shown(self._preferred, bool(preferred))
        facts = banner_words.identity(plan)
        if [fact.label for fact in facts] != [label.fact.label for label in self._facts]:
            self._lay_out(facts)
        for label, fact in zip(self._facts, facts, strict=True):
            label.show_fact(fact)
        self._has_number = bool(banner_words.nhs_number(plan))
        self.set_short(self._short)

    def clear(self) -> None:
        """Show nobody."""
        self._set_died(False)
        self._has_number = False
        self._name.setText("")
        self._preferred.setText("")
        for label in self._facts:
            label.show_fact(Fact(label.fact.label, ""))

    def set_short(self, short: bool) -> None:
        """On a low window the number is copied by key or menu, not by a button."""
        self._short = short
        set_shown(self.copy, self._has_number and not short)

    def paintEvent(self, event: QPaintEvent) -> None:
        """After a death the ground is another colour and hatched too, so that no screen can hide it (PAB-0055)."""
        super().paintEvent(event)
        if self._died:
            lines = QColor(current().tokens.banner_died.text)
            lines.setAlphaF(0.22)
            painter = QPainter(self)
            painter.fillRect(self.rect(), QBrush(lines, Qt.BrushStyle.BDiagPattern))
            painter.end()

    def _set_died(self, died: bool) -> None:
        self._died = died
        ground = Look.BANNER_DIED if died else Look.BANNER
        if self.property(PROPERTY) != ground.value:
            wear(self, ground)
            # The words take their colours from the ground they stand on.
            for words in self.findChildren(WrappedLabel):
                dress_again(words)
            self.update()

    def _lay_out(self, facts: tuple[Fact, ...]) -> None:
        for label in self._facts:
            self._row.removeWidget(label)
            label.deleteLater()
        self._row.removeWidget(self.copy)
        self._facts = [_FactLabel(fact, self) for fact in facts]
        for label in self._facts:
            self._row.addWidget(label)
            if label.fact.label == "NHS No.":
                self._row.addWidget(self.copy)


class _FactLabel(QWidget):
    """A weak label over a strong value, neither of them ever cut off."""

    def __init__(self, fact: Fact, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fact = fact
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._label = WrappedLabel(fact.label, Look.BANNER_LABEL, self)
        self._value = WrappedLabel(look=Look.BANNER_VALUE, parent=self)
        column.addWidget(self._label)
        column.addWidget(self._value)

    def show_fact(self, fact: Fact) -> None:
        """Show another value."""
        self.fact = fact
        self._value.setText(fact.value)
        self._value.setAccessibleName(f"{fact.label} {fact.spoken or fact.value}" if fact.value else "")
