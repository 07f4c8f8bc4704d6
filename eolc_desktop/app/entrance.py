"""The way in: unlocking by passphrase, recovery code or key store, the first run, and restoring a backup."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from eolc_desktop.app.entrance_words import TO_READ, TO_RESTORE, no_room, only_read, trouble
from eolc_desktop.app.opening import begin_session, make_record
from eolc_desktop.app.recovery_code_paper import RecoveryCodePaper
from eolc_desktop.app.start import ProgramWindow
from eolc_desktop.care_plan.dates import moment_words
from eolc_desktop.clock import Clock
from eolc_desktop.desktop.background import Background
from eolc_desktop.errors import (
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
from eolc_desktop.models.keys import Unlocked, WaitFirst
from eolc_desktop.models.store import LastSavesMissing
from eolc_desktop.models.ways import Way, by_keyring, by_passphrase, by_recovery_code
from eolc_desktop.paths import Profile
from eolc_desktop.services import emergency, restoring, settings, sign_in, this_computer
from eolc_desktop.services.first_run_refused import RecordReady, record_ready
from eolc_desktop.services.session import Session
from eolc_desktop.services.sign_in import ProfileState, SignedIn, WaysIn
from eolc_desktop.services.this_computer import DiskEncryption
from eolc_desktop.views.first_run import Chosen, FirstRunPage
from eolc_desktop.views.guide.where import FIRST_RUN, UNLOCK
from eolc_desktop.views.unlock import UnlockPage
from eolc_desktop.views.users.reason_page import ReasonPage
from eolc_desktop.views.widgets.ask import Answer, Question, question

if TYPE_CHECKING:
    from eolc_desktop.views.guide.pane import GuidePane

LOCKED_BY = "EOLC_LOCKED_BY"
"""Environment variable by which the program before tells the one after who was here: a random id, no more."""
READABLE = (StoreDamaged, StoreEmpty, StoreForeign, StoreMissing, KeySlotsDamaged)
"""What a backup can be read instead of, in an emergency."""
RESTORABLE = (*READABLE, StoreTooNew)
"""What a backup helps with: also going back to the program of before an upgrade."""
BACKUPS_OFFERED = 5


@dataclass(frozen=True, slots=True)
class CameIn:
    """An open record: the session, how its user came in, and the proof with which the ways in can be changed."""

    session: Session
    method: Method
    proof: Unlocked | None = None
    recovery_code: str = ""


class Entrance(QObject):
    """Works the unlock page and the first run.

    Signals:
        came_in: a `CameIn`, once the record is open.
    """

    came_in = Signal(object)

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
        self._first: FirstRunPage | None = None
        self._made: CameIn | None = None
        self._again: Callable[[bool], None] | None = None
        self._use: Callable[[Way], None] = self._unlock_by
        """What is done with what was typed: unlock, read in an emergency, or restore."""
        self._offered: dict[str, Backup] = {}
        self._restoring: Backup | None = None
        self._guide: GuidePane | None = None
        window.help_wanted.connect(self._on_help)
        paper.said.connect(self._on_paper_said)
        paper.failed.connect(self._on_paper_failed)

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
        if page is None or not isinstance(page, (UnlockPage, FirstRunPage, ReasonPage)):
            return
        if self._guide is None or self._guide.around is not page:
            self._guide = GuidePane(page, may_print=False)
        if self._guide.isVisible():
            self._guide.close_pane()
            return
        self._guide.show_place(FIRST_RUN if isinstance(page, FirstRunPage) else UNLOCK)
        self._guide.open()

    def _show_ways_in(self, ways: WaysIn) -> None:
        if self._unlock is not None:
            self._unlock.offer_keyring(len(ways.with_keyring) == 1)
            self._unlock.ask_who(ways.people, os.environ.pop(LOCKED_BY, ""))
            if ways.seconds_to_wait:
                self._unlock.show_refused(WaitFirst(ways.seconds_to_wait), ways.seconds_to_wait)

    # Unlocking

    @Slot(str)
    def _on_passphrase(self, passphrase: str) -> None:
        self._use(by_passphrase(passphrase, self._unlock.user_id if self._unlock is not None else None))

    @Slot(str)
    def _on_recovery_code(self, code: str) -> None:
        self._use(by_recovery_code(code))

    @Slot()
    def _on_keyring(self) -> None:
        self._use(by_keyring())

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
        self._again = None
        self._unlock = None
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
        """Whether there is something to restore, and a disk that would take it."""
        return not self._profile.takes_nothing and self._has_backups()

    @Slot()
    def _on_restore(self) -> None:
        kept = list_backups(self._profile.backups)[:BACKUPS_OFFERED]
        if not kept or self._unlock is None:
            return
        self._offered = {str(place): backup for place, backup in enumerate(kept)}
        answers = [Answer(key, f"The one of {moment_words(backup.made_at)}") for key, backup in self._offered.items()]
        question(
            self._window,
            Question(
                "Restore from a backup",
                "Which backup shall take the record’s place?",
                (Answer("", "Restore nothing"), *answers),
                "What was recorded after it was made is not in it. The file that is there now is set aside, never "
                "deleted. You will be asked for your passphrase or your recovery code.",
            ),
            self._on_backup_chosen,
        )

    @Slot(str)
    def _on_backup_chosen(self, key: str) -> None:
        backup = self._offered.get(key)
        page = self._unlock
        if backup is None or page is None:
            return
        self._restoring = backup
        self._use = self._restore_by
        page.show_purpose(TO_RESTORE)
        page.focus_first()

    def _restore_by(self, way: Way) -> None:
        profile, clock, costs, backup = self._profile, self._clock, self._costs, self._restoring
        if backup is not None:
            self._open(lambda _anyway: sign_in.restore(profile, backup, way, clock, costs=costs), restored=backup)

    # The first run

    def _show_first_run(self) -> None:
        page = FirstRunPage()
        page.record_wanted.connect(self._on_record_wanted)
        page.print_code_wanted.connect(self._paper.print_page)
        page.save_code_wanted.connect(self._paper.save_page)
        page.code_kept.connect(self._on_code_kept)
        page.finished.connect(self._on_first_run_finished)
        self._first = page
        self._window.show_page(page, page.page_title)
        page.focus_first()
        folder = self._profile.folder
        self._background.run(
            "look at the disk", lambda: this_computer.disk_encryption(folder), done=self._on_disk, uses_store=False
        )

    @Slot(object)
    def _on_disk(self, found: DiskEncryption) -> None:
        if self._first is not None:
            self._first.show_disk(found)

    @Slot(object)
    def _on_record_wanted(self, chosen: Chosen) -> None:
        profile, clock, costs = self._profile, self._clock, self._costs

        def make() -> CameIn:
            made = make_record(profile, chosen.who, chosen.passphrase, clock, costs=costs)
            try:
                session = begin_session(made.store, made.user_id, profile, clock, costs=costs)
            except UserError:
                made.store.close()
                raise record_ready() from None
            return CameIn(session, Method.PASSPHRASE, recovery_code=made.recovery_code)

        self._paper.belongs_to(chosen.who.name, chosen.who.organisation)
        self._background.run("make the record", make, done=self._on_made, failed=self._on_not_made)

    @Slot(object)
    def _on_made(self, made: CameIn) -> None:
        self._made = CameIn(made.session, made.method)
        if self._first is not None:
            self._first.show_recovery_code(made.recovery_code)

    @Slot(object)
    def _on_not_made(self, error: UserError) -> None:
        if self._first is None:
            return
        if isinstance(error, RecordReady):
            self._first = None
            page = UnlockPage()
            self._window.show_page(page, "Unlock")
            self.take_over(page)
            page.show_trouble(error, can_read=True)
            page.focus_first()
            return
        self._first.show_problem(error)

    @Slot()
    def _on_code_kept(self) -> None:
        if self._made is not None:
            session = self._made.session
            self._background.run("recovery code kept", lambda: settings.recovery_code_kept(session))

    @Slot()
    def _on_first_run_finished(self) -> None:
        made, self._made = self._made, None
        self._first = None
        if made is not None:
            self.came_in.emit(made)

    @Slot(str)
    def _on_paper_said(self, words: str) -> None:
        if self._first is not None:
            self._first.say(words)

    @Slot(object)
    def _on_paper_failed(self, error: UserError) -> None:
        if self._first is not None:
            self._first.show_problem(error)

    def close(self) -> None:
        """The window is closed before anybody came in: a record that was just made is closed in order."""
        if self._made is not None:
            store = self._made.session.store
            self._background.run("close the record", store.close)
