"""Who uses this laptop: the list, adding somebody, changing what they may do, and closing off somebody who leaves."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look
from eolc_desktop.errors import InvalidValue, UserError, WrongPassphrase
from eolc_desktop.services import users
from eolc_desktop.services.roles import CARE_ROLES, Right, Role, may
from eolc_desktop.services.users import AddedUser, UserLine
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.recovery_code_card import RecoveryCodeCard
from eolc_desktop.views.settings_cards import Card
from eolc_desktop.views.users.add_user_form import AddUserForm
from eolc_desktop.views.widgets.ask import Answer, Question, question
from eolc_desktop.views.widgets.emptied import emptied
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

WHAT_ENFORCES = (
    "Each person unlocks with a passphrase of their own. What each may do is decided by this program: somebody with "
    "other programs who can unlock the record could read all of it."
)


def roles_words(held: frozenset[str]) -> str:
    """What somebody may do, in a few words."""
    return "; ".join(role.words for role in Role if role in held) or "Nothing"


class UsersCard(Card):
    """Everybody sees who uses the laptop; only who looks after it changes anything.

    Signals:
        print_code_wanted, save_code_wanted: the recovery code of somebody new, to go on its page.
    """

    print_code_wanted = Signal(str)
    save_code_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Who uses this laptop", desk, parent)
        self._lines: tuple[UserLine, ...] = ()
        self._closing = ""
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._now = QLineEdit()
        self._now.setEchoMode(QLineEdit.EchoMode.Password)
        self._now.setMaxLength(1024)
        self._now_row = LabelledRow(
            "Your own passphrase, to change who uses this laptop", self._now, help_text="Asked for each time."
        )
        self._form = AddUserForm()
        self._form.hide()
        self._add = QPushButton("Add somebody…")
        self._add.clicked.connect(self._on_add)
        self._code = RecoveryCodeCard()
        self._code.print_wanted.connect(self.print_code_wanted)
        self._code.save_wanted.connect(self.save_code_wanted)
        self._code.confirmed.connect(self._on_code_kept)
        self._code.hide()
        self.add(WrappedLabel(WHAT_ENFORCES, Look.SECONDARY))
        self.column.addLayout(self._list)
        self.add(self._now_row, self._form, self._code, self.outcome)
        self.add_buttons(self._add)
        for widget in (self._now_row, self._add):
            widget.setVisible(self._may_change)

    @property
    def _may_change(self) -> bool:
        return may(self.desk.session, Right.LOOK_AFTER)

    def refresh(self) -> None:
        """Read who uses the laptop."""
        self.desk.run("who uses this laptop", users.all_users, done=self._on_users, failed=self.tell)

    def forget(self) -> None:
        """Forget passphrases that were typed and a code that is still shown."""
        self._now.clear()
        self._form.clear()
        self._form.hide()
        self._code.forget()
        self._code.hide()
        self._add.setText("Add somebody…")

    @Slot(object)
    def _on_users(self, lines: tuple[UserLine, ...]) -> None:
        self._lines = lines
        emptied(self._list)
        for line in lines:
            self._list.addWidget(self._row(line))

    def _row(self, line: UserLine) -> QWidget:
        user = line.user
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        is_me = user.id == self.desk.session.user.id
        name = f"{user.name} (you)" if is_me else user.name
        who = ", ".join(part for part in (name, user.role, user.organisation) if part)
        column.addWidget(WrappedLabel(who, Look.FIELD_LABEL))
        state = "Closed off: does not unlock this laptop any more." if user.closed else roles_words(user.roles)
        begun = "1 draft was begun" if line.drafts == 1 else f"{line.drafts} drafts were begun"
        drafts = f" {begun} and not saved." if line.drafts and not is_me else ""
        column.addWidget(WrappedLabel(f"{state}{drafts}", Look.SECONDARY))
        if self._may_change and not user.closed:
            buttons = FlowLayout(across=8)
            buttons.addWidget(_button(f"Change what {user.name} may do…", partial(self._on_change, line)))
            keeps = Role.ADMINISTRATOR in user.roles
            words = f"{user.name} no longer looks after it" if keeps else f"Let {user.name} look after this laptop"
            buttons.addWidget(_button(words, partial(self._on_look_after, line)))
            if not is_me:
                buttons.addWidget(_button(f"Close {user.name} off…", partial(self._on_close, line)))
            column.addLayout(buttons)
        return holder

    # Adding

    @Slot()
    def _on_add(self) -> None:
        if not self._form.isVisible():
            self._form.show()
            self._add.setText("Add this person")
            self._form.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        chosen = self._form.chosen()
        if chosen is not None and (mine := self._mine()):
            self._add.setEnabled(False)
            who, roles, passphrase = chosen
            self.desk.run(
                "add a user",
                users.add_user,
                mine,
                who,
                roles,
                passphrase,
                done=self._on_added,
                failed=self._on_failed,
            )

    @Slot(object)
    def _on_added(self, added: AddedUser) -> None:
        self.forget()
        self._add.setEnabled(True)
        self.say("They were added. This is their recovery code, shown once; it belongs to them.", Look.INFORMATION)
        self._code.show_code(added.recovery_code)
        self._code.show()
        self._code.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    @Slot()
    def _on_code_kept(self) -> None:
        self._code.forget()
        self._code.hide()
        self.say("They can unlock with their own passphrase now: lock, and let them try.")

    # Changing and closing off

    def _on_change(self, line: UserLine) -> None:
        answers = tuple(Answer(role.value, role.words) for role in CARE_ROLES)
        self._changing = line
        question(
            self.window(),
            Question(
                "What somebody may do",
                f"What may {line.user.name} do?",
                (Answer("", "Leave it as it is"), *answers),
                "It holds from the next time they unlock.",
            ),
            self._on_role_chosen,
        )

    @Slot(str)
    def _on_role_chosen(self, key: str) -> None:
        if key:
            keeps = self._changing.user.roles & {Role.ADMINISTRATOR}
            self._set_roles(self._changing, {Role(key), *(Role(role) for role in keeps)})

    def _on_look_after(self, line: UserLine) -> None:
        held = {Role(role) for role in line.user.roles}
        self._set_roles(line, held ^ {Role.ADMINISTRATOR})

    def _set_roles(self, line: UserLine, roles: set[Role]) -> None:
        self.desk.run(
            "what a user may do", users.set_roles, line.user.id, roles, done=self._on_changed, failed=self.tell
        )

    @Slot(object)
    def _on_changed(self, _nothing: object) -> None:
        self.say("Changed. It holds from the next time they unlock.")
        # The buttons are made anew for what holds now, and the keyboard must not be left on one that has gone.
        self._now.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def _on_close(self, line: UserLine) -> None:
        if not self._mine():
            return
        self._closing = line.user.id
        question(
            self.window(),
            Question(
                "Close somebody off",
                f"Close {line.user.name} off from this laptop?",
                (Answer("", "Leave it as it is"), Answer("close", f"Close {line.user.name} off", Look.PRIMARY)),
                "Their passphrase, recovery code and key store open the record no more, here and in every backup. What "
                "they recorded stays, under their name; drafts they did not save cannot be read by others.",
            ),
            self._on_close_chosen,
        )

    @Slot(str)
    def _on_close_chosen(self, key: str) -> None:
        mine = self._now.text()
        if key and mine:
            given = (mine, self._closing)
            self.desk.run("close a user off", users.close_off, *given, done=self._on_closed, failed=self._on_failed)

    @Slot(object)
    def _on_closed(self, _nothing: object) -> None:
        self.forget()
        self.say(
            "They were closed off, here and in every backup. If they could have copied the record and its keys while "
            "they used it, give the record another key as well: quit, then run “eolc-desktop new-key”."
        )
        self.refresh()

    def _mine(self) -> str:
        typed = self._now.text()
        self._now_row.show_problem("" if typed else "Please type it first.", is_announced=True)
        if not typed:
            self._now.setFocus(Qt.FocusReason.OtherFocusReason)
        return typed

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        self._add.setEnabled(True)
        if isinstance(error, WrongPassphrase):
            self._now_row.show_problem(error.happened, is_announced=True)
            self._now.setFocus(Qt.FocusReason.OtherFocusReason)
            self._now.selectAll()
        elif isinstance(error, InvalidValue) and self._form.isVisible():
            self._form.refuse(error)
        else:
            self.tell(error)


def _button(words: str, pressed: Callable[[], object]) -> QPushButton:
    made = QPushButton(words)
    made.clicked.connect(lambda: pressed())
    return made
