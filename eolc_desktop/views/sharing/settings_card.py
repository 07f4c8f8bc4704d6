"""Settings of sharing: which shared record, how to sign in there, and what it can be trusted with before it is used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QWidget

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.errors import InvalidValue, UserError
from eolc_desktop.services import organisation
from eolc_desktop.services.roles import Right, may
from eolc_desktop.services.session import Session
from eolc_desktop.services.sharing_use import Hold
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.choice_editors import Menu
from eolc_desktop.views.settings_cards import Card
from eolc_desktop.views.widgets import ask
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from eolc_desktop.services.shared_record import RecordSettings
    from eolc_desktop.sync.capabilities import Capabilities

WAYS = (
    ("browser", "As myself, in the browser"),
    ("key", "As this program, with a private key"),
    ("token", "With a token that I was given"),
    ("nothing", "No sign-in (for training, with made-up people only)"),
)
EXAMPLE = "For example: https://record.example.nhs.uk/fhir"
NOT_USED = "No shared record is used. Everything stays on this laptop."
KEPT_SECRET = "Kept. Type another to replace it."  # noqa: S105


class SharingCard(Card):
    """Everybody sees what is used; only who looks after the laptop changes it, after the server was tried."""

    _browse = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Sharing with a team", desk, parent)
        self._known: RecordSettings | None = None
        self._tried: Capabilities | None = None
        self._tried_for: RecordSettings | None = None
        self._hold: Hold | None = None
        self._authority = ""
        self._fixed = False
        self._state = WrappedLabel("")
        self._result = WrappedLabel("")
        self._result.setMargin(8)
        self._findings = WrappedLabel("", Look.SECONDARY)
        self._address = QLineEdit()
        self._address.setMaxLength(300)
        self._way = Menu()
        for key, words in WAYS:
            self._way.addItem(words, key)
        self._client, self._scope, self._key_id = QLineEdit(), QLineEdit(), QLineEdit()
        self._secret = QPlainTextEdit()
        self._secret.setTabChangesFocus(True)
        self._secret.setFixedHeight(self.fontMetrics().lineSpacing() * 4)
        for field in (self._client, self._scope, self._key_id):
            field.setMaxLength(300)
        self._ca = WrappedLabel("")
        self._rows = {
            "address": LabelledRow("Address of the shared record", self._address, help_text=EXAMPLE),
            "sign_in": LabelledRow("How to sign in", self._way),
            "client_id": LabelledRow("Id of this program there", self._client, help_text="Whoever runs it gives it."),
            "scope": LabelledRow("What is asked for (scope)", self._scope, is_optional=True),
            "key_id": LabelledRow("Id of the key", self._key_id, is_optional=True),
            "secret": LabelledRow("Token or private key", self._secret, help_text="It is kept encrypted."),
        }
        self._choose_ca = QPushButton("Choose a certificate authority…")
        self._no_ca = QPushButton("Use this computer’s own certificates")
        self._try = QPushButton("Try this server")
        self._stop = QPushButton("Stop trying")
        self._use = QPushButton("Use this shared record")
        self._none = QPushButton("Use none")
        self._sign_in = QPushButton("Sign in now")
        wear(self._use, Look.PRIMARY)
        self._choose_ca.clicked.connect(self._on_choose_ca)
        self._no_ca.clicked.connect(self._on_no_ca)
        self._try.clicked.connect(self._on_try)
        self._stop.clicked.connect(self._on_stop)
        self._use.clicked.connect(self._on_use)
        self._none.clicked.connect(self._on_none)
        self._sign_in.clicked.connect(desk.sharing.sign_in)
        self._way.activated.connect(self._arrange)
        self._browse.connect(self._on_browse)
        self.add(self._state, *self._rows.values(), self._ca)
        self.add_buttons(self._choose_ca, self._no_ca)
        self.add(self._result, self._findings, self.outcome)
        self.add_buttons(self._try, self._stop, self._use, self._none, self._sign_in)
        self._may_change = may(desk.session, Right.LOOK_AFTER)
        self._show_result()
        self._arrange()

    def refresh(self) -> None:
        """Read what is used; what is being typed stays."""
        if not self._is_typed:
            self.desk.run("settings of sharing", _read, done=self._on_read, failed=self.tell)

    def forget(self) -> None:
        """A token or key that was typed must not stay on the screen."""
        self._secret.clear()
        self._on_stop()

    @property
    def _is_typed(self) -> bool:
        fields = (self._address, self._client, self._scope, self._key_id)
        return any(field.isModified() for field in fields) or bool(self._secret.toPlainText())

    # What is used

    @Slot(object)
    def _on_read(self, read: tuple[RecordSettings | None, Capabilities | None, str, str]) -> None:
        self._known, self._tried, fixed_address, fixed_authority = read
        self._tried_for = self._known
        known = self._known
        self._fixed = bool(fixed_address)
        self._address.setText(fixed_address or (known.address if known else ""))
        self._address.setReadOnly(self._fixed or not self._may_change)
        self._rows["address"].say_help(organisation.SET_BY if self._fixed else EXAMPLE)
        self._authority = fixed_authority or (known.authority if known else "")
        self._choose_ca.setEnabled(not fixed_authority)
        way = known.sign_in.value if known else ("nothing" if self.desk.session.made_up else "browser")
        self._way.setCurrentIndex(self._way.findData(way))
        for field, words in (
            (self._client, known.client_id if known else ""),
            (self._scope, known.scope if known else ""),
            (self._key_id, known.key_id if known else ""),
        ):
            field.setText(words)
        self._state.setText(f"In use: {known.address}" if known else NOT_USED)
        self._show_result()
        self._arrange()

    def _show_result(self) -> None:
        tried = self._tried
        self._result.setVisible(tried is not None)
        self._findings.setVisible(tried is not None and self._may_change)
        if tried is not None:
            wear(self._result, Look.SUCCESS if tried.may_write else Look.WARNING)
            self._result.setText(f"{tried.words} {tried.clock_words}".strip())
            self._findings.setText("\n".join(finding.words for finding in tried.findings))

    @Slot()
    def _arrange(self) -> None:
        way = self._way.currentData()
        wanted = {"address", "sign_in"}
        wanted |= {"browser": {"client_id", "scope"}, "key": {"client_id", "scope", "key_id", "secret"}}.get(way, set())
        wanted |= {"secret"} if way == "token" else set()
        for key, row in self._rows.items():
            row.setVisible(key in wanted and self._may_change)
        for field in (self._client, self._scope, self._key_id):
            field.setReadOnly(not self._may_change)
        has_secret = self._known is not None and bool(self._known.secret) and self._known.sign_in.value == way
        self._rows["secret"].say_help(KEPT_SECRET if has_secret else "It is kept encrypted.")
        own = "An authority of your organisation’s own vouches for the server." if self._authority else ""
        self._ca.setText(own or "This computer’s own certificates vouch for the server.")
        self._ca.setVisible(self._may_change)
        busy = self._hold is not None
        for button, shown in (
            (self._choose_ca, self._may_change),
            (self._no_ca, self._may_change and bool(self._authority) and self._choose_ca.isEnabled()),
            (self._try, self._may_change and not busy),
            (self._stop, busy),
            (self._use, self._may_change and not busy and self._tried is not None),
            (self._none, self._may_change and not busy and self._known is not None and not self._fixed),
            (self._sign_in, self._known is not None and self._known.sign_in.value == "browser"
             and may(self.desk.session, Right.SHARE)),
        ):  # fmt: skip
            button.setVisible(shown)

    # Trying and using

    def _typed(self) -> RecordSettings:
        from eolc_desktop.services.shared_record import RecordSettings, SignInBy  # noqa: PLC0415  loads the network

        way = SignInBy(str(self._way.currentData()))
        secret = self._secret.toPlainText().strip()
        if not secret and self._known is not None and self._known.sign_in is way:
            secret = self._known.secret
        return RecordSettings(
            self._address.text().strip(),
            self._authority,
            self._known.proxy if self._known is not None else "",
            way,
            self._client.text().strip() if way in (SignInBy.BROWSER, SignInBy.KEY) else "",
            self._scope.text().strip() if way in (SignInBy.BROWSER, SignInBy.KEY) else "",
            secret if way in (SignInBy.TOKEN, SignInBy.KEY) else "",
            self._key_id.text().strip() if way is SignInBy.KEY else "",
        )

    @Slot()
    def _on_try(self) -> None:
        from eolc_desktop.services import shared_record  # noqa: PLC0415  loads the network when it is wanted

        for row in self._rows.values():
            row.show_problem("")
        session, wanted, hold = self.desk.session, self._typed(), Hold()
        try:
            shared_record.checked(wanted, session.policy, made_up=session.made_up)
        except UserError as error:
            self._on_refused(error)
            return
        self._hold, self._tried, self._tried_for = hold, None, wanted
        self._show_result()
        self.say("Trying the server. Nothing of anybody’s is sent.", Look.INFORMATION)
        browse = self._browse.emit
        self.run_beside(
            "try a shared record",
            lambda: shared_record.try_server(
                wanted, session.policy, session.clock, hold, made_up=session.made_up, open_browser=browse
            ),
            self._on_tried,
            self._on_not_tried,
        )
        self._arrange()

    @Slot(str)
    def _on_browse(self, address: str) -> None:
        self.say("Sign in in the browser window that has opened. It waits for two minutes.", Look.INFORMATION)
        QDesktopServices.openUrl(QUrl(address))

    @Slot()
    def _on_stop(self) -> None:
        if self._hold is not None:
            self._hold.stop()

    @Slot(object)
    def _on_tried(self, found: Capabilities) -> None:
        had_focus = self._stop.hasFocus() or self._try.hasFocus()
        self._hold, self._tried = None, found
        self.say(f"Tried. {found.words}", Look.SUCCESS if found.may_write else Look.WARNING)
        self._show_result()
        self._result.hide()  # said just now, in the line above the buttons
        self._arrange()
        if had_focus:
            self._use.setFocus()

    @Slot(object)
    def _on_not_tried(self, error: UserError) -> None:
        self._hold = None
        self._arrange()
        self._on_refused(error)

    @Slot()
    def _on_use(self) -> None:
        wanted = self._typed()
        if wanted != self._tried_for:
            self.say("Something was changed since it was tried. Please try it again first.", Look.WARNING)
            return
        self._change(wanted, self._tried)

    @Slot()
    def _on_none(self) -> None:
        self._change(None, None)

    def _change(self, wanted: RecordSettings | None, found: Capabilities | None) -> None:
        from eolc_desktop.services import shared_record  # noqa: PLC0415  loaded by now

        given = (wanted, found)
        self.desk.run(
            "choose a shared record", shared_record.change, *given, done=self._on_changed, failed=self._on_refused
        )

    @Slot(object)
    def _on_changed(self, _nothing: object) -> None:
        self._secret.clear()
        for field in (self._address, self._client, self._scope, self._key_id):
            field.setModified(False)
        self.say("Saved. Sharing says what leaves, before and after.")
        self.desk.sharing.forget_sign_in()
        self.refresh()

    @Slot(object)
    def _on_refused(self, error: UserError) -> None:
        key = error.field_key if isinstance(error, InvalidValue) else ""
        row = self._rows.get({"token": "secret", "key": "secret"}.get(key, key))
        if row is not None:
            row.show_problem(f"{error.happened} {error.next_step}".strip(), is_announced=True)
        else:
            self.tell(error)

    # The certificate authority

    @Slot()
    def _on_choose_ca(self) -> None:
        kinds = (ask.FileKind("Certificate", ("pem", "crt", "cer")),)
        ask.file_to_open(self, "Choose the certificate authority", kinds, self._on_ca)

    def _on_ca(self, path: Path) -> None:
        from eolc_desktop.services import shared_record  # noqa: PLC0415  loads the network when it is wanted

        self.say("")  # what was said of the one before
        self.run_beside("read a certificate", lambda: shared_record.certificate_in(path), self._on_ca_read)

    @Slot(object)
    def _on_ca_read(self, text: str) -> None:
        self._authority = text
        self.say("The certificate was read. It counts once the server was tried and is used.", Look.INFORMATION)
        self._arrange()

    @Slot()
    def _on_no_ca(self) -> None:
        self._authority = ""
        self._arrange()


def _read(session: Session) -> tuple[Any, Any, str, str]:
    """What is used, what was found of it, and what the organisation fixes. Runs on the store thread."""
    from eolc_desktop.services import shared_record  # noqa: PLC0415  loads the network when it is wanted

    rule = organisation.shared_record_rule(session.policy)
    authority = organisation.authority_set(session.policy) or ""
    address = rule.address if rule is not None else ""
    return shared_record.settings(session), shared_record.found(session), address, authority
