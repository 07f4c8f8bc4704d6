"""Settings: how the program looks, when it locks, who you are, how you unlock, and the care of what is kept here."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.desktop.settings import IDLE_MINUTES, Settings
from eolc_desktop.models.key_file import STANDARD, Costs
from eolc_desktop.models.keys import Unlocked
from eolc_desktop.services.organisation import SET_BY
from eolc_desktop.views.appearance import SIZES
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.choice_buttons import Tick
from eolc_desktop.views.forms.choice_editors import Menu
from eolc_desktop.views.fresh_card import FreshCard
from eolc_desktop.views.holidays_card import HolidaysCard
from eolc_desktop.views.safety.organisation_card import OrganisationCard
from eolc_desktop.views.safety.second_place_card import SecondPlaceCard
from eolc_desktop.views.safety.trust_card import TrustCard
from eolc_desktop.views.settings_cards import DataCard, NumberCard, WhoCard
from eolc_desktop.views.sharing.settings_card import SharingCard
from eolc_desktop.views.users.users_card import UsersCard
from eolc_desktop.views.ways_in_card import WaysInCard
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.scrolling import scrolling
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

THEMES = (
    ("system", "As this computer is set"),
    ("light", "Light"),
    ("dark", "Dark, for the evening"),
    ("bright", "Bright light, for the sun"),
)
MINUTES = (1, 2, 3, 5, 10, 15)
WIDEST_LETTERS = 84


class SettingsPage(QWidget):
    """What the user can choose. Every choice takes hold at once.

    Signals:
        settings_chosen: the new `Settings`, to be kept and put into force.
        print_code_wanted, save_code_wanted: a new recovery code, to go on its page.
        user_changed: the `User`, named anew.
    """

    settings_chosen = Signal(object)
    print_code_wanted = Signal(str)
    save_code_wanted = Signal(str)
    user_changed = Signal(object)
    page_title = "Settings"

    def __init__(self, desk: Desk, costs: Costs = STANDARD, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._settings = desk.settings
        self._who = WhoCard(desk)
        self._who.user_changed.connect(self.user_changed)
        self._number = NumberCard(desk)
        self._holidays = HolidaysCard(desk)
        self._ways = WaysInCard(desk, costs)
        self._ways.print_code_wanted.connect(self.print_code_wanted)
        self._ways.save_code_wanted.connect(self.save_code_wanted)
        self._users = UsersCard(desk)
        self._users.print_code_wanted.connect(self.print_code_wanted)
        self._users.save_code_wanted.connect(self.save_code_wanted)
        self._second = SecondPlaceCard(desk)
        self._trust = TrustCard(desk)
        self._fresh = FreshCard(desk)
        self._data = DataCard(desk)
        self._sharing = SharingCard(desk)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(16)
        column.addWidget(WrappedLabel("Settings", Look.TITLE))
        for card in (
            self._look_card(),
            self._lock_card(),
            OrganisationCard(desk.session.policy),
        ):
            column.addWidget(card)
        kept = QWidget()
        for_kept = QVBoxLayout(kept)
        for_kept.setContentsMargins(0, 0, 0, 0)
        for_kept.setSpacing(16)
        for card in (
            self._who,
            self._number,
            self._holidays,
            self._fresh,
            self._ways,
            self._users,
            self._sharing,
            self._data,
            self._second,
            self._trust,
        ):
            for_kept.addWidget(card)
        column.addWidget(kept)
        if desk.session.reading_only:
            # What would be changed here is a copy: it would seem to be kept, and be gone at the lock.
            kept.hide()
        column.addStretch(1)
        self._holder = inside
        across = QWidget()
        row = QHBoxLayout(across)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(inside)
        row.addStretch(1)
        self._scroll = scrolling(across)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._scroll)
        self.show_settings(desk.settings)

    def leave(self) -> None:
        """Forget passphrases that were typed and a code that is still shown: they must not stay on the screen."""
        for part in (self._ways, self._users, self._trust, self._sharing):
            part.forget()

    def focus_first(self) -> None:
        """Give the keyboard to the first choice, or to the new passphrase while one is asked for."""
        if self._ways.asks_for_passphrase:
            self._ways.begin()
            self._scroll.ensureWidgetVisible(self._ways)
            return
        self._theme.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_settings(self, settings: Settings) -> None:
        """Show what is in force, whoever changed it."""
        self._settings = settings
        self._theme.setCurrentIndex(self._theme.findData(settings.theme))
        if self._size.findData(settings.text_percent) < 0:
            self._size.addItem(f"{settings.text_percent} %", settings.text_percent)
        self._size.setCurrentIndex(self._size.findData(settings.text_percent))
        minutes = self._desk.session.policy.idle_minutes(settings.idle_minutes)
        if self._minutes.findData(minutes) < 0:
            self._minutes.addItem(_minutes_words(minutes), minutes)
        self._minutes.setCurrentIndex(self._minutes.findData(minutes))
        for tick, is_on in ((self._large, settings.has_large_targets), (self._keys, settings.has_custom_shortcuts)):
            tick.setChecked(is_on)

    def choose_new_passphrase(self, proof: Unlocked) -> None:
        """Bring the choice of a new passphrase into view, with the keyboard on it, after the recovery code was used."""
        self._ways.use_proof(proof)
        self._scroll.ensureWidgetVisible(self._ways)

    # The cards that are only settings

    def _look_card(self) -> QFrame:
        self._theme, self._size = Menu(), Menu()
        for key, words in THEMES:
            self._theme.addItem(words, key)
        for percent in SIZES:
            self._size.addItem(f"{percent} %", percent)
        self._large = Tick("Larger buttons, for gloves and touch")
        self._keys = Tick("Use the program’s own shortcuts (Ctrl+K and others)")
        self._theme.activated.connect(self._on_chosen)
        self._size.activated.connect(self._on_chosen)
        self._large.clicked.connect(self._on_chosen)
        self._keys.clicked.connect(self._on_chosen)
        return card(
            "How it looks",
            LabelledRow("Colours", self._theme, help_text="Ctrl+B changes to bright light and back."),
            LabelledRow("Size of the text", self._size, help_text="Ctrl++ and Ctrl+- change it anywhere."),
            self._large,
            self._keys,
        )

    def _lock_card(self) -> QFrame:
        self._minutes = Menu()
        policy = self._desk.session.policy
        most = policy.idle_minutes(IDLE_MINUTES[1])
        for minutes in sorted({*(minutes for minutes in MINUTES if minutes <= most), most}):
            self._minutes.addItem(_minutes_words(minutes), minutes)
        by_whom = f" {SET_BY}" if policy.decides("longest_idle_minutes") else ""
        self._minutes.activated.connect(self._on_chosen)
        return card(
            "Locking",
            LabelledRow(
                "Lock when nobody has used the program for",
                self._minutes,
                help_text=f"At most {_minutes_words(most)}.{by_whom} Ctrl+L locks at once. What you write is kept.",
            ),
        )

    @Slot()
    def _on_chosen(self) -> None:
        chosen = self._settings.changed(
            theme=str(self._theme.currentData()),
            text_percent=int(self._size.currentData()),
            idle_minutes=int(self._minutes.currentData()),
            has_large_targets=self._large.isChecked(),
            has_custom_shortcuts=self._keys.isChecked(),
        )
        if chosen != self._settings:
            self._settings = chosen
            self.settings_chosen.emit(chosen)

    # What Qt tells

    def showEvent(self, event: QShowEvent) -> None:
        """Read what the record knows."""
        super().showEvent(event)
        if self._desk.session.reading_only:
            return
        for part in (
            self._who,
            self._number,
            self._holidays,
            self._fresh,
            self._ways,
            self._users,
            self._sharing,
            self._data,
            self._second,
            self._trust,
        ):
            part.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lines short enough to read."""
        super().resizeEvent(event)
        letters = self.fontMetrics().averageCharWidth()
        self._holder.setFixedWidth(min(self.width() - 48, letters * WIDEST_LETTERS))


def card(title: str, *parts: QWidget) -> QFrame:
    """A card with a heading and these parts under each other."""
    frame = QFrame()
    wear(frame, Look.CARD)
    column = QVBoxLayout(frame)
    column.setContentsMargins(16, 12, 16, 16)
    column.setSpacing(12)
    column.addWidget(WrappedLabel(title, Look.HEADING))
    for part in parts:
        column.addWidget(part)
    return frame


def _minutes_words(minutes: int) -> str:
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
