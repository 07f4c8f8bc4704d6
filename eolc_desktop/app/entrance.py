"""The way in: unlocking by passphrase, recovery code or key store, the first run, and restoring a backup."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from eolc_desktop.app.came_in import CameIn
from eolc_desktop.app.entrance_words import TO_READ, TO_RESTORE, no_room, only_read, trouble
from eolc_desktop.app.opening import begin_session
from eolc_desktop.app.recovery_code_paper import RecoveryCodePaper
from eolc_desktop.app.start import ProgramWindow
from eolc_desktop.care_plan.dates import moment_words
from eolc_desktop.clock import Clock
from eolc_desktop.desktop.background import Background
from eolc_desktop.errors import (
    BackupFailed,
    KeyringUnavailable,
    KeySlotsDamaged,
    StoreDamaged,
    StoreEmpty,
    StoreForeign,
    StoreFull,
    StoreMissing,
    StoreTooNew,
    UserError,
    WrongPassphrase,
)
from eolc_desktop.models.backup import Backup, list_backups
from eolc_desktop.models.key_file import Costs, Method
from eolc_desktop.models.keys import WaitFirst
from eolc_desktop.models.store import LastSavesMissing
from eolc_desktop.models.ways import Way, by_keyring, by_passphrase, by_recovery_code
from eolc_desktop.paths import Profile
from eolc_desktop.services import emergency, restoring, sign_in
from eolc_desktop.services.sign_in import ProfileState, SignedIn, WaysIn
from eolc_desktop.views.guide.where import UNLOCK
from eolc_desktop.views.unlock import UnlockPage
from eolc_desktop.views.users.reason_page import ReasonPage
from eolc_desktop.views.widgets.ask import BACKUP_FILES, Answer, Question, file_to_open, question

if TYPE_CHECKING:
    from eolc_desktop.app.first_run import FirstRun
    from eolc_desktop.app.from_backup import FromBackup
    from eolc_desktop.views.guide.pane import GuidePane

LOCKED_BY = "EOLC_LOCKED_BY"
"""Environment variable by which the program before tells the one after who was here: a random id, no more."""
READABLE = (StoreDamaged, StoreEmpty, StoreForeign, StoreMissing, KeySlotsDamaged)
"""What a backup can be read instead of, in an emergency."""
RESTORABLE = (*READABLE, StoreTooNew)
"""What a backup helps with: also going back to the program of before an upgrade."""
BACKUPS_OFFERED = 5
ELSEWHERE = "elsewhere"


class Entrance(QObject):
    """Works the unlock page, and has a new laptop begun.

    Signals:
        came_in: a `CameIn`, once the record is open.
        left_alone: a record is open that nobody came to work on: begin afresh.
    """

    came_in = Signal(object)
    left_alone = Signal()

    def __init__(
        self,
        window: ProgramWindow,
        background: Background,
        paper: RecoveryCodePaper,
        profile: Profile,
        clock: Clock,
        costs: Costs,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._paper = paper
        self._profile = profile
        self._clock = clock
        self._costs = costs
        self._unlock: UnlockPage | None = None
        self._new: FirstRun | FromBackup | None = None
        self._again: Callable[[bool], None] | None = None
        self._use: Callable[[Way], None] = self._unlock_by
        """What is done with what was typed: unlock, read in an emergency, or restore."""
        self._with_keyring: tuple[str, ...] = ()
        self._who: str | None = None
        self._offered: dict[str, Backup] = {}
        self._restoring: Backup | None = None
        self._guide: GuidePane | None = None
        window.help_wanted.connect(self._on_help)

    def take_over(self, page: UnlockPage) -> None:
        """Work this page, or show the first run where there is no record yet."""
        state = sign_in.profile_state(self._profile, self._costs)
        if state is ProfileState.NEW:
            self._show_first_run()
            return
        self._unlock = page
        page.passphrase_given.connect(self._on_passphrase)
        page.recovery_code_given.connect(self._on_recovery_code)
        page.keyring_wanted.connect(self._on_keyring)
        page.who_chosen.connect(self._on_who_chosen)
        page.open_anyway_wanted.connect(self._on_open_anyway)
        page.restore_wanted.connect(self._on_restore)
        page.reading_wanted.connect(self._on_reading)
        if state is not ProfileState.READY:
            page.show_trouble(trouble(state), can_restore=self._can_restore(), can_read=self._has_backups())
        elif self._profile.takes_nothing:
            page.show_trouble(only_read(), can_read=True)
        try:
            self._show_ways_in(sign_in.ways_in(self._profile, self._clock, self._costs))
        except KeySlotsDamaged:
            return

    @property
    def asks_for_passphrase(self) -> bool:
        """Whether there is a record, which somebody is about to unlock."""
        return self._unlock is not None

    @Slot()
    def _on_help(self) -> None:
        """Open the guide over the page that is shown, or close it again. The signed-in window has its own."""
        from eolc_desktop.views.guide.pane import GuidePane  # noqa: PLC0415  with its pictures, when it is wanted

        page = self._window.page
        if page is None or not (self._new is not None or isinstance(page, (UnlockPage, ReasonPage))):
            return
        if self._guide is None or self._guide.around is not page:
            self._guide = GuidePane(page, may_print=False)
        if self._guide.isVisible():
            self._guide.close_pane()
            return
        self._guide.show_place(self._new.guide_place if self._new is not None else UNLOCK)
        self._guide.open()

    def _show_ways_in(self, ways: WaysIn) -> None:
        if self._unlock is not None:
            self._with_keyring = ways.with_keyring
            self._unlock.ask_who(ways.people, os.environ.pop(LOCKED_BY, ""))
            self._on_who_chosen()
            if ways.seconds_to_wait:
                self._unlock.show_refused(WaitFirst(ways.seconds_to_wait), ways.seconds_to_wait)

    @Slot()
    def _on_who_chosen(self) -> None:
        """Offer the key store to whoever chose it, and to nobody else: it would open the record under their name."""
        page = self._unlock
        if page is not None:
            self._who = page.user_id
            page.offer_keyring(len(self._with_keyring) == 1 if self._who is None else self._who in self._with_keyring)

    # Unlocking

    @Slot(str)
    def _on_passphrase(self, passphrase: str) -> None:
        self._use(by_passphrase(passphrase, self._unlock.user_id if self._unlock is not None else None))

    @Slot(str)
    def _on_recovery_code(self, code: str) -> None:
        self._use(by_recovery_code(code))

    @Slot()
    def _on_keyring(self) -> None:
        self._use(by_keyring(self._who))

    def _unlock_by(self, way: Way) -> None:
        profile, clock, costs = self._profile, self._clock, self._costs
        self._open(lambda anyway: sign_in.unlock_by(profile, way, clock, costs=costs, even_if_saves_are_missing=anyway))

    def _open(
        self, unlock: Callable[[bool], SignedIn], *, anyway: bool = False, restored: Backup | None = None
    ) -> None:
        """Unlock on the store's own thread, which is where the store lives from then on."""
        profile, clock, costs = self._profile, self._clock, self._costs
        if self._unlock is not None:
            self._unlock.show_busy()

        def come_in() -> CameIn:
            signed_in = unlock(anyway)
            try:
                session = begin_session(signed_in.store, signed_in.user_id, profile, clock, costs=costs)
                if restored is not None:
                    restoring.note_restored(session, restored.made_at, is_new_laptop=False)
            except BaseException:
                signed_in.store.close()
                raise
            proof = signed_in.unlocked if signed_in.method is Method.RECOVERY_CODE else None
            return CameIn(session, signed_in.method, proof)

        self._again = lambda is_told: self._open(unlock, anyway=is_told)
        self._background.run("unlock", come_in, done=self._on_came_in, failed=self._on_refused)

    @Slot(object)
    def _on_came_in(self, came_in: CameIn) -> None:
        self._again = self._unlock = self._new = None
        self.came_in.emit(came_in)

    @Slot(object)
    def _on_refused(self, error: UserError) -> None:
        page = self._unlock
        if page is None:
            return
        if isinstance(error, LastSavesMissing):
            page.show_trouble(error, can_open_anyway=True, can_restore=self._can_restore())
            return
        self._again = None
        if isinstance(error, WaitFirst):
            page.show_refused(error, error.seconds)
        elif isinstance(error, WrongPassphrase):
            page.show_refused(error, sign_in.ways_in(self._profile, self._clock, self._costs).seconds_to_wait)
        elif isinstance(error, KeyringUnavailable):
            page.show_refused(error)
        elif isinstance(error, StoreFull):
            page.show_trouble(only_read() if self._profile.takes_nothing else no_room(error), can_read=True)
        elif isinstance(error, BackupFailed):
            page.show_trouble(error, can_restore=self._can_restore(), can_read=self._has_backups())
        else:
            can_restore = isinstance(error, RESTORABLE) and self._can_restore()
            page.show_trouble(error, can_restore=can_restore, can_read=isinstance(error, READABLE))

    @Slot()
    def _on_open_anyway(self) -> None:
        again, self._again = self._again, None
        if again is not None:
            again(True)

    # Reading in an emergency

    @Slot()
    def _on_reading(self) -> None:
        if self._unlock is not None:
            self._use = self._read_by
            self._unlock.show_purpose(TO_READ)
            self._unlock.focus_first()

    def _read_by(self, way: Way) -> None:
        profile, clock, costs = self._profile, self._clock, self._costs
        if self._unlock is not None:
            self._unlock.show_busy("Opening a copy to read…")

        def read() -> CameIn:
            found = emergency.read_only(profile, way, clock, costs=costs)
            # Without the proof: a new passphrase, as after a recovery code, could not be kept.
            return CameIn(found.session, found.method)

        self._background.run("read in an emergency", read, done=self._on_came_in, failed=self._on_refused)

    # Restoring

    def _has_backups(self) -> bool:
        return bool(list_backups(self._profile.backups))

    def _can_restore(self) -> bool:
        """Whether the disk would take it. Where there is no backup on this laptop, there may be one elsewhere."""
        return not self._profile.takes_nothing

    @Slot()
    def _on_restore(self) -> None:
        kept = list_backups(self._profile.backups)[:BACKUPS_OFFERED]
        if self._unlock is None:
            return
        self._offered = {str(place): backup for place, backup in enumerate(kept)}
        answers = [Answer(key, f"The one of {moment_words(backup.made_at)}") for key, backup in self._offered.items()]
        question(
            self._window,
            Question(
                "Restore from a backup",
                "Which backup shall take the record’s place?",
                (Answer("", "Restore nothing"), *answers, Answer(ELSEWHERE, "One that is somewhere else…")),
                "What was recorded after it was made is not in it. The file that is there now is set aside, never "
                "deleted. You will be asked for your passphrase or your recovery code.",
            ),
            self._on_backup_chosen,
        )

    @Slot(str)
    def _on_backup_chosen(self, key: str) -> None:
        if key == ELSEWHERE:
            file_to_open(self._window, "Choose the file of a backup", BACKUP_FILES, self._on_path)
        elif key in self._offered:
            self._on_backup_found(self._offered[key])

    def _on_path(self, path: Path) -> None:
        self._background.run(
            "look for a backup",
            lambda: restoring.backup_at(path),
            done=self._on_backup_found,
            failed=self._on_refused,
            uses_store=False,
        )

    @Slot(object)
    def _on_backup_found(self, backup: Backup) -> None:
        page = self._unlock
        if page is None:
            return
        self._restoring = backup
        self._use = self._restore_by
        page.show_purpose(TO_RESTORE)
        page.focus_first()

    def _restore_by(self, way: Way) -> None:
        profile, clock, costs, backup = self._profile, self._clock, self._costs, self._restoring
        if backup is not None:
            self._open(lambda _anyway: restoring.restore(profile, backup, way, clock, costs=costs), restored=backup)

    # A new laptop

    @Slot()
    def _show_first_run(self) -> None:
        from eolc_desktop.app.first_run import FirstRun  # noqa: PLC0415  wanted once in a laptop’s life

        self._new = FirstRun(self._window, self._background, self._paper, self._profile, self._clock, self._costs)
        self._new.came_in.connect(self._on_came_in)
        self._new.backup_wanted.connect(self._on_backup_wanted)
        self._new.is_ready.connect(self._on_ready_after_all)

    @Slot()
    def _on_backup_wanted(self) -> None:
        """A new laptop begins with a backup of another."""
        from eolc_desktop.app.from_backup import FromBackup  # noqa: PLC0415  wanted once in a laptop’s life

        self._new = FromBackup(self._window, self._background, self._profile, self._clock, self._costs)
        self._new.came_in.connect(self._on_came_in)
        self._new.left.connect(self._show_first_run)
        self._new.left_alone.connect(self.left_alone)

    @Slot(object)
    def _on_ready_after_all(self, error: UserError) -> None:
        """The record was made, though the disk refused something: it is unlocked as any other."""
        self._new = None
        page = UnlockPage()
        self._window.show_page(page, "Unlock")
        self.take_over(page)
        page.show_trouble(error, can_read=True)
        page.focus_first()

    def close(self) -> None:
        """The window is closed before anybody came in: a record that was just made is closed in order."""
        if self._new is not None:
            self._new.close()
