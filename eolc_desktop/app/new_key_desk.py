"""Giving the closed record another key while the window is covered, and saying what came of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from eolc_desktop.clock import Clock
from eolc_desktop.desktop.background import Background
from eolc_desktop.errors import UserError
from eolc_desktop.models.key_file import Costs, Method
from eolc_desktop.models.rekeying import Rekeyed
from eolc_desktop.paths import Profile
from eolc_desktop.services import new_key
from eolc_desktop.views.widgets.ask import Answer, Question, question


class NewKeyDesk(QObject):
    """Works after the record was closed, on the store's own thread.

    Signals:
        over: what came of it was read; the program starts afresh at the unlock page.
    """

    over = Signal()

    def __init__(self, window: QWidget, background: Background, profile: Profile, clock: Clock, costs: Costs) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._profile = profile
        self._clock = clock
        self._costs = costs

    def begin(self, passphrase: str) -> None:
        """Give the record another key, now that nobody has it open."""
        self._background.run(
            "another key",
            lambda: new_key.new_key(self._profile, passphrase, self._clock, costs=self._costs),
            done=self._on_done,
            failed=self._on_failed,
        )

    @Slot(object)
    def _on_done(self, result: tuple[Rekeyed, str]) -> None:
        done, code = result
        self._say("The record has another key now", done_words(done, code))

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        self._say("The record’s key was not changed", str(error))

    def _say(self, heading: str, words: str) -> None:
        asked = Question(heading, heading, (Answer("", "Go to the unlock page"),), words)
        question(self._window, asked, self._on_read)

    def _on_read(self, _key: str) -> None:
        self.over.emit()


def done_words(done: Rekeyed, code: str) -> str:
    """What was done, in words; the new recovery code where somebody's was of an earlier version."""
    lines = [
        "Whoever kept a copy of the old key opens nothing with it.",
        f"Backups turned to the new key: {done.backups}. Removed because they could not be: {done.backups_gone}.",
    ]
    if done.backups_old:
        lines.append(
            f"Backups that still open with the old key, because the disk refused: {done.backups_old}. Delete them."
        )
    if code:
        lines.append(f"Your recovery code was of an earlier version. This is the new one, shown once: {code}")
    if any(method is not Method.RECOVERY_CODE for _user, method in done.left_behind) or len(done.left_behind) > 1:
        lines.append("Some ways in of others were of an earlier version and open nothing now: add them again.")
    return "\n".join(lines)
