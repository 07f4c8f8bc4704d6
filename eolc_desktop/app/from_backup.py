"""A new laptop from a backup: finds it, puts it in place, and says what it holds before anybody works on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from eolc_desktop import policy
from eolc_desktop.app.came_in import CameIn
from eolc_desktop.app.opening import begin_session
from eolc_desktop.care_plan.dates import moment_words
from eolc_desktop.desktop import settings as settings_file
from eolc_desktop.desktop.idle_lock import IdleLock
from eolc_desktop.models.key_file import Method
from eolc_desktop.models.ways import Way, by_passphrase, by_recovery_code
from eolc_desktop.services import restoring, this_computer
from eolc_desktop.views.begin_with_backup import BeginWithBackupPage
from eolc_desktop.views.guide.where import RESTORE

if TYPE_CHECKING:
    from eolc_desktop.app.start import ProgramWindow
    from eolc_desktop.clock import Clock
    from eolc_desktop.desktop.background import Background
    from eolc_desktop.models.backup import Backup
    from eolc_desktop.models.key_file import Costs
    from eolc_desktop.paths import Profile
    from eolc_desktop.services.restoring import AfterRestore


class FromBackup(QObject):
    """Works the page.

    Signals:
        came_in: a `CameIn`, once whoever unlocked has read what this laptop holds.
        left: to begin without a backup.
        left_alone: the record is open and nobody is there, or the computer slept: begin afresh, at the unlock page.
    """

    guide_place = RESTORE
    came_in = Signal(object)
    left = Signal()
    left_alone = Signal()

    def __init__(
        self, window: ProgramWindow, background: Background, profile: Profile, clock: Clock, costs: Costs
    ) -> None:
        super().__init__(window)
        self._background = background
        self._profile = profile
        self._clock = clock
        self._costs = costs
        self._backup: Backup | None = None
        self._came_in: CameIn | None = None
        minutes = policy.load().idle_minutes(settings_file.load(profile.settings).settings.idle_minutes)
        self._idle = IdleLock(minutes, clock, parent=self)
        self._idle.lock_now.connect(self._on_left_alone)
        page = BeginWithBackupPage()
        page.chosen.connect(self._on_chosen)
        page.passphrase_given.connect(self._on_passphrase)
        page.recovery_code_given.connect(self._on_recovery_code)
        page.left.connect(self.left)
        page.finished.connect(self._on_finished)
        self._page = page
        window.show_page(page, page.page_title)
        page.focus_first()
        folder = profile.folder
        background.run(
            "look at the disk", lambda: this_computer.disk_encryption(folder), done=page.show_disk, uses_store=False
        )

    @Slot(object)
    def _on_chosen(self, path: Path) -> None:
        self._background.run(
            "look for a backup",
            lambda: restoring.backup_at(path),
            done=self._on_found,
            failed=self._page.show_problem,
            uses_store=False,
        )

    @Slot(object)
    def _on_found(self, backup: Backup) -> None:
        self._backup = backup
        self._page.show_backup(moment_words(backup.made_at), backup.path.name)

    @Slot(str)
    def _on_passphrase(self, passphrase: str) -> None:
        self._restore(by_passphrase(passphrase))

    @Slot(str)
    def _on_recovery_code(self, code: str) -> None:
        self._restore(by_recovery_code(code))

    def _restore(self, way: Way) -> None:
        profile, clock, costs, backup = self._profile, self._clock, self._costs, self._backup
        if backup is None:
            return

        def restore() -> tuple[CameIn, AfterRestore, int]:
            profile.make_private()
            signed_in = restoring.restore(profile, backup, way, clock, costs=costs)
            try:
                begun = begin_session(signed_in.store, signed_in.user_id, profile, clock, costs=costs)
                after = restoring.note_restored(begun, backup.made_at, is_new_laptop=True)
                # Anew: the laptop has an id of its own now, under which everything is recorded from here on.
                session = begin_session(signed_in.store, signed_in.user_id, profile, clock, costs=costs)
                count = restoring.people_held(session)
            except BaseException:
                signed_in.store.close()
                raise
            proof = signed_in.unlocked if signed_in.method is Method.RECOVERY_CODE else None
            return CameIn(session, signed_in.method, proof), after, count

        self._background.run("begin with a backup", restore, done=self._on_restored, failed=self._page.show_problem)

    @Slot(object)
    def _on_restored(self, done: tuple[CameIn, AfterRestore, int]) -> None:
        self._came_in, after, count = done
        self._page.show_holds(after.words, count)
        self._idle.start()

    @Slot()
    def _on_left_alone(self) -> None:
        if self._came_in is not None:
            # Not while the event is delivered that showed it.
            QTimer.singleShot(0, self, self.left_alone.emit)

    @Slot()
    def _on_finished(self) -> None:
        self._idle.stop()
        came_in, self._came_in = self._came_in, None
        if came_in is not None:
            self.came_in.emit(came_in)

    def close(self) -> None:
        """The window is closed before anybody went on: the record is closed in order."""
        self._idle.stop()
        if self._came_in is not None:
            self._background.run("close the record", self._came_in.session.store.close)
