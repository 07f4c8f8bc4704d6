"""One request of a view, which may turn out to want the user's signature before it is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from eolc_desktop.errors import NotAllowed, UserError
from eolc_desktop.services import users
from eolc_desktop.services.roles import SignatureWanted

if TYPE_CHECKING:
    from eolc_desktop.views.desk import Desk


class Attempt(QObject):
    """Hears how a request went. Where the passphrase is wanted, asks for it over the window and has it done again.

    Signals:
        failed: what went wrong, for the view that asked.
    """

    failed = Signal(object)

    def __init__(self, desk: Desk, again: Callable[[], object]) -> None:
        super().__init__(desk)
        self._desk = desk
        self._again = again
        self._asks = False

    @Slot(object)
    def hear(self, error: UserError) -> None:
        """Pass on what went wrong, or ask for the signature that is wanted."""
        window = QApplication.activeWindow() or next(iter(QApplication.topLevelWidgets()), None)
        if not isinstance(error, SignatureWanted) or window is None:
            self.failed.emit(error)
            return
        # Loaded when it is first needed: most visits record no CPR decision.
        from eolc_desktop.views.users.sign_dialog import SignDialog  # noqa: PLC0415

        self._asks = True
        self._dialog = SignDialog(self._desk.session.user, window.window())
        self._dialog.given.connect(self._on_given)
        self._dialog.declined.connect(self._on_declined)
        self._dialog.open()

    @Slot()
    def end(self) -> None:
        """The request was answered; nothing more is heard of it unless a signature is being asked for."""
        if not self._asks:
            self.deleteLater()

    @Slot(str)
    def _on_given(self, passphrase: str) -> None:
        self._desk.run("sign", users.sign, passphrase, done=self._on_signed, failed=self._on_refused)

    @Slot(object)
    def _on_signed(self, _nothing: object) -> None:
        self._dialog.accept()
        self._again()
        self.deleteLater()

    @Slot(object)
    def _on_refused(self, error: UserError) -> None:
        self._dialog.refuse(error)

    @Slot()
    def _on_declined(self) -> None:
        self.failed.emit(
            NotAllowed("This was not signed, so nothing was saved.", "What you typed is kept.", "Save it when you can.")
        )
        self.deleteLater()
