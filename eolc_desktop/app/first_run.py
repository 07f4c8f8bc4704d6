"""The first run: makes the record, and sees that there is a copy of its recovery code before anybody works on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from eolc_desktop.app.came_in import CameIn
from eolc_desktop.app.opening import begin_session, make_record
from eolc_desktop.errors import UserError
from eolc_desktop.models.key_file import Method
from eolc_desktop.services import settings, this_computer
from eolc_desktop.services.first_run_refused import RecordReady, record_ready
from eolc_desktop.views.first_run import Chosen, FirstRunPage
from eolc_desktop.views.guide.where import FIRST_RUN

if TYPE_CHECKING:
    from eolc_desktop.app.recovery_code_paper import RecoveryCodePaper
    from eolc_desktop.app.start import ProgramWindow
    from eolc_desktop.clock import Clock
    from eolc_desktop.desktop.background import Background
    from eolc_desktop.models.key_file import Costs
    from eolc_desktop.paths import Profile


class FirstRun(QObject):
    """Works the page.

    Signals:
        came_in: a `CameIn`, once the last step was left.
        backup_wanted: to begin with a backup of another laptop instead.
        is_ready: an error that says how: the record was made although the disk refused, and waits to be unlocked.
    """

    guide_place = FIRST_RUN
    came_in = Signal(object)
    backup_wanted = Signal()
    is_ready = Signal(object)

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
        self._background = background
        self._paper = paper
        self._profile = profile
        self._clock = clock
        self._costs = costs
        self._made: CameIn | None = None
        page = FirstRunPage()
        page.record_wanted.connect(self._on_record_wanted)
        page.print_code_wanted.connect(paper.print_page)
        page.save_code_wanted.connect(paper.save_page)
        page.code_kept.connect(self._on_code_kept)
        page.finished.connect(self._on_finished)
        page.backup_wanted.connect(self.backup_wanted)
        paper.said.connect(page.say)
        paper.failed.connect(page.show_problem)
        self._page = page
        window.show_page(page, page.page_title)
        page.focus_first()
        folder = profile.folder
        background.run(
            "look at the disk", lambda: this_computer.disk_encryption(folder), done=page.show_disk, uses_store=False
        )

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
        self._page.show_recovery_code(made.recovery_code)

    @Slot(object)
    def _on_not_made(self, error: UserError) -> None:
        if isinstance(error, RecordReady):
            self.is_ready.emit(error)
        else:
            self._page.show_problem(error)

    @Slot()
    def _on_code_kept(self) -> None:
        if self._made is not None:
            session = self._made.session
            self._background.run("recovery code kept", lambda: settings.recovery_code_kept(session))

    @Slot()
    def _on_finished(self) -> None:
        made, self._made = self._made, None
        if made is not None:
            self.came_in.emit(made)

    def close(self) -> None:
        """The window is closed before anybody went on: the record that was just made is closed in order."""
        if self._made is not None:
            self._background.run("close the record", self._made.session.store.close)
