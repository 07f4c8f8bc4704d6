"""The unlock page: no patient data, the passphrase field ready for keys, and plain words when it does not open.

This is what the program shows first, so it loads next to nothing: even Qt's own list of names (`Qt.Key` and its kin)
takes PySide 20 ms to make, and is asked for only after somebody has typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, SignalInstance, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from eolc_desktop import __version__
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.errors import UserError
from eolc_desktop.views.secret_field import SecretField
from eolc_desktop.views.unlock_parts import at_left, dressed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QScrollArea

    from eolc_desktop.views.unlock_who import WhoRow

COLUMN_LETTERS = 62
"""The page is one column, about this many letters wide."""
CODE_HELP = (
    "Type the 28 letters and numbers from the page you kept apart from the laptop. Spaces, hyphens and capitals do not "
    "matter."
)


class UnlockPage(QWidget):
    """Asks for the passphrase, or the recovery code, and says in words how it went.

    Signals:
        passphrase_given, recovery_code_given: what was typed, exactly.
        keyring_wanted: to unlock with the computer's own key store.
        who_chosen: somebody else was chosen of those who use this laptop: `user_id` says who.
        open_anyway_wanted: to open a record whose last saves are missing, after it was said.
        restore_wanted: to restore the record from a backup, after it was said that it cannot be read.
        reading_wanted: to read a copy, after it was said that the record itself cannot be opened.
    """

    passphrase_given = Signal(str)
    recovery_code_given = Signal(str)
    keyring_wanted = Signal()
    who_chosen = Signal()
    open_anyway_wanted = Signal()
    restore_wanted = Signal()
    reading_wanted = Signal()
    page_title = "Locked"

    def __init__(self, locked_at: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asks_for_code = False
        self._seconds = 0
        # Most people never see these: what is not there costs the start nothing.
        self._message: QLabel | None = None
        self._who: WhoRow | None = None
        self._scroll: QScrollArea | None = None
        self._keyring: QPushButton | None = None
        self._anyway: QPushButton | None = None
        self._restore: QPushButton | None = None
        self._read: QPushButton | None = None
        self._purpose = ""
        self._is_busy = False
        self._countdown = QTimer(self)
        self._countdown.setInterval(1000)
        self._countdown.timeout.connect(self._on_second)
        self._build(locked_at)

    # What the program tells the page

    def offer_keyring(self, offered: bool) -> None:
        """Show or hide the button for the computer's own key store."""
        if offered and self._keyring is None:
            self._keyring = QPushButton("Use this computer’s key store")
            self._keyring.clicked.connect(self.keyring_wanted)
            wear(self._keyring, Look.QUIET)
            self._others.insertLayout(1, at_left(self._keyring))
        if self._keyring is not None:
            self._keyring.setVisible(offered)
        self._let_it_scroll()

    def ask_who(self, people: Sequence[tuple[str, str]], chosen: str = "") -> None:
        """Ask who it is, where several people use this laptop: their ids and names. `chosen` is whoever was here."""
        if len(people) > 1 and self._who is None:
            from eolc_desktop.views.unlock_who import WhoRow  # noqa: PLC0415

            self._who = WhoRow(people, chosen)
            self._who.next_wanted.connect(self.focus_first)
            self._who.chosen.connect(self.who_chosen)
            self._column.insertWidget(self._column.indexOf(self._label), self._who)
            self._who.show()
            self._message_place += 1
            self.focus_first()
            self._let_it_scroll()

    @property
    def user_id(self) -> str | None:
        """Who it is, where that was asked; None for whoever's passphrase it turns out to be."""
        return self._who.user_id if self._who is not None and not self._asks_for_code else None

    def show_busy(self, words: str = "Opening the record…") -> None:
        """Say that the record is being opened; what was typed stays where it is."""
        self._is_busy = True
        self._say(words, Look.INFORMATION)
        self._settle()

    def show_refused(self, error: UserError, seconds: int = 0) -> None:
        """Say why it did not open, and after wrong tries how long to wait; the field takes keys at once."""
        self._is_busy = False
        self._seconds = seconds
        if seconds:
            self._countdown.start()
            self._say_wait(announce=True)
        else:
            self._say(" ".join(p for p in (error.happened, error.safe, error.next_step) if p), Look.WARNING)
        self._settle()
        self._field.setFocus()
        self._field.selectAll()

    def show_trouble(
        self, error: UserError, *, can_open_anyway: bool = False, can_restore: bool = False, can_read: bool = False
    ) -> None:
        """Say what is wrong with the record itself, and offer what can be done about it."""
        self._is_busy = False
        self._say(" ".join(part for part in (error.happened, error.safe, error.next_step) if part), Look.ERROR)
        self._anyway = self._offer(self._anyway, can_open_anyway, "Open the record as it is", self.open_anyway_wanted)
        self._restore = self._offer(self._restore, can_restore, "Restore from a backup…", self.restore_wanted)
        self._read = self._offer(self._read, can_read, "Read only, in an emergency…", self.reading_wanted)
        self._settle()

    def show_purpose(self, words: str) -> None:
        """Say what unlocking is for, where it does not simply open the record; it stands beside each way in."""
        self._purpose = words
        self._say(words, Look.INFORMATION)

    def focus_first(self) -> None:
        """Give the field the keyboard, or the list of names where nobody is chosen yet; what is typed takes the place
        of what is in the field."""
        if self._who is not None and not self._who.user_id and not self._asks_for_code:
            self._who.setFocus()
            return
        self._field.setFocus()
        self._field.selectAll()

    # The page

    def _build(self, locked_at: str) -> None:
        title = QLabel("EoLC Desktop")
        dressed(title, Look.TITLE)
        beneath = QLabel(
            f"Locked at {locked_at}. What you were writing is kept."
            if locked_at
            else "Care plans, kept on this computer."
        )
        beneath.setWordWrap(True)
        self._label = QLabel()
        dressed(self._label, Look.FIELD_LABEL)
        self._field = SecretField()
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._field.setMaxLength(1024)
        self._field.caps_lock.connect(self._on_caps_lock)
        self._field.returnPressed.connect(self._on_enter)
        self._label.setBuddy(self._field)
        self._show = QPushButton("Show")
        self._show.setCheckable(True)
        self._show.toggled.connect(self._on_show)
        self._caps = QLabel()
        dressed(self._caps, Look.FIELD_ERROR)
        self._unlock = QPushButton("Unlock")
        dressed(self._unlock, Look.PRIMARY)
        self._unlock.clicked.connect(self._on_enter)
        self._other_way = QPushButton("Use the recovery code")
        self._other_way.clicked.connect(self._on_other_way)
        self._who_helps = QPushButton("Who can help")
        self._who_helps.clicked.connect(self._on_who_helps)
        for button in (self._other_way, self._who_helps):
            dressed(button, Look.QUIET)

        field_row = QHBoxLayout()
        field_row.addWidget(self._field, 1)
        field_row.addWidget(self._show)
        column = QVBoxLayout()
        column.setSpacing(8)
        for widget in (title, beneath):
            column.addWidget(widget)
        column.addSpacing(20)
        column.addWidget(self._label)
        column.addLayout(field_row)
        column.addWidget(self._caps)
        column.addLayout(at_left(self._unlock))
        self._message_place = column.count()
        column.addSpacing(12)
        self._others = QVBoxLayout()
        self._others.setSpacing(0)
        for button in (self._other_way, self._who_helps):
            # Under each other, so that nothing is cut off with large text.
            self._others.addLayout(at_left(button))
        column.addLayout(self._others)
        self._column = column
        holder = QWidget()
        holder.setLayout(column)
        self._holder = holder
        middle = QWidget()
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(holder)
        across.addStretch(1)
        down = QVBoxLayout(middle)
        down.setContentsMargins(24, 24, 24, 24)
        down.addStretch(1)
        down.addLayout(across)
        down.addStretch(1)
        self._middle = middle
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 0, 24, 12)
        offline, version = QLabel("Works without a network."), QLabel(f"Version {__version__}")
        foot.addWidget(offline)
        foot.addStretch(1)
        foot.addWidget(version)
        for label in (offline, version, beneath):
            dressed(label, Look.SECONDARY)
        self._page = QVBoxLayout(self)
        self._page.setContentsMargins(0, 0, 0, 0)
        self._page.addWidget(middle, 1)
        self._page.addLayout(foot)
        self.setFocusProxy(self._field)
        self._name_controls()
        self._settle()

    def _name_controls(self) -> None:
        what = "Recovery code" if self._asks_for_code else "Passphrase"
        self._label.setText(what)
        self._field.setAccessibleName(what)
        self._show.setText("Hide" if self._show.isChecked() else "Show")
        self._show.setAccessibleName(f"{self._show.text()} the {what.lower()}")

    def _settle(self) -> None:
        """Let the controls follow what is going on."""
        waits = self._is_busy or self._seconds > 0
        self._unlock.setEnabled(not waits)
        self._field.setReadOnly(self._is_busy)
        if self._keyring is not None:
            self._keyring.setEnabled(not self._is_busy)

    def _offer(
        self, button: QPushButton | None, offered: bool, words: str, wanted: SignalInstance
    ) -> QPushButton | None:
        """Show a button beneath the message, or hide it; it is made when it is first needed."""
        if offered and button is None:
            button = QPushButton(words)
            button.clicked.connect(wanted)
            place = self._column.indexOf(self._message) + 1 if self._message is not None else self._message_place
            self._column.insertLayout(place, at_left(button))
        if button is not None:
            button.setVisible(offered)
        self._let_it_scroll()
        return button

    def _let_it_scroll(self) -> None:
        """Put the page into a scrolling one when it is higher than the window: with large text, or much to say."""
        needed = self._middle.heightForWidth(self.width())
        if self._scroll is None and needed > self.height() - 4 * self.fontMetrics().height():
            # A window that is large enough needs none of this.
            from PySide6.QtCore import Qt  # noqa: PLC0415
            from PySide6.QtWidgets import QScrollArea  # noqa: PLC0415

            self._scroll = QScrollArea()
            self._scroll.setWidgetResizable(True)
            self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self._page.replaceWidget(self._middle, self._scroll)
            self._page.setStretchFactor(self._scroll, 1)
            self._scroll.setWidget(self._middle)

    def _say(self, words: str, look: Look, *, announce: bool = True) -> None:
        if self._message is None:
            # Nothing is said before somebody has done something, and what wraps words is not loaded before.
            from PySide6.QtCore import Qt  # noqa: PLC0415

            from eolc_desktop.views.widgets.wrapped_label import WrappedLabel  # noqa: PLC0415

            self._message = WrappedLabel()
            self._message.setContentsMargins(12, 10, 12, 10)
            self._message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._column.insertWidget(self._message_place, self._message)
        wear(self._message, look)
        self._message.setText(words)
        self._message.setVisible(bool(words))
        self._let_it_scroll()
        if words and announce:
            self._read_out(words)

    def _read_out(self, words: str) -> None:
        from eolc_desktop.views.widgets.announce import announce  # noqa: PLC0415

        announce(self, words, is_urgent=True)

    def _say_wait(self, *, announce: bool) -> None:
        count = "1 second" if self._seconds == 1 else f"{self._seconds} seconds"
        self._say(
            f"That did not open the record, and nothing is lost. After several wrong tries there is a short wait: "
            f"please try again in {count}.",
            Look.WARNING,
            announce=announce,
        )

    # What the user does

    @Slot()
    def _on_enter(self) -> None:
        typed = self._field.text()
        if self._is_busy or self._seconds:
            return
        if not typed:
            self._say(f"Please type your {self._label.text().lower()}.", Look.WARNING)
        elif self._who is not None and not self._who.user_id and not self._asks_for_code:
            self._say("Please choose who you are.", Look.WARNING)
            self.focus_first()
        elif self._asks_for_code:
            self.recovery_code_given.emit(typed)
        else:
            self.passphrase_given.emit(typed)

    @Slot(bool)
    def _on_show(self, shown: bool) -> None:
        self._field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._name_controls()

    @Slot()
    def _on_other_way(self) -> None:
        to_code = self._asks_for_code = not self._asks_for_code
        if self._who is not None:
            self._who.setVisible(not to_code)
        self._other_way.setText("Use the passphrase" if to_code else "Use the recovery code")
        self._field.clear()
        # A code is copied from paper letter by letter: it helps to see it, and nobody can remember it.
        self._show.setChecked(to_code)
        self._name_controls()
        if to_code:
            self._say(" ".join(part for part in (self._purpose, CODE_HELP) if part), Look.INFORMATION)
        elif self._purpose:
            self._say(self._purpose, Look.INFORMATION)
        elif self._message is not None:
            self._message.hide()
        self.focus_first()

    @Slot()
    def _on_who_helps(self) -> None:
        self._say(
            "Two things open this record: your passphrase, and the recovery code on the page that was printed when the "
            "record was made. Whoever keeps that page for you can help. Nobody else can: not your organisation, and "
            "not the makers of this program. Wrong tries never delete anything.",
            Look.INFORMATION,
        )

    @Slot()
    def _on_second(self) -> None:
        self._seconds -= 1
        if self._seconds > 0:
            self._say_wait(announce=False)
            return
        self._countdown.stop()
        self._seconds = 0
        self._say("You can try again now.", Look.INFORMATION)
        self._settle()

    # Caps Lock

    @Slot(bool)
    def _on_caps_lock(self, is_on: bool) -> None:
        self._caps.setText("Caps Lock is on" if is_on else "")
        if is_on:
            self._read_out("Caps Lock is on")

    # Size

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column inside the window."""
        super().resizeEvent(event)
        self._fit_column()

    def _fit_column(self) -> None:
        letters = self.fontMetrics().averageCharWidth()
        room = max(240, self.width() - 120)
        self._holder.setFixedWidth(min(room, max(letters * COLUMN_LETTERS, 480)))
        self._let_it_scroll()
