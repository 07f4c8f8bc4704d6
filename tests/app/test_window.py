"""The program from unlocking to locking, on real key slots: who gets in, what is kept, and what is gone afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eolc_desktop import policy
from eolc_desktop.app import upkeep
from eolc_desktop.app.opening import begin_session, make_record
from eolc_desktop.app.start import ProgramWindow
from eolc_desktop.app.window import LOCKED, LOCKED_AT, Program
from eolc_desktop.desktop.settings import Loaded, Settings, load
from eolc_desktop.desktop.single_instance import SingleInstance
from eolc_desktop.desktop.theme import Theme
from eolc_desktop.errors import SettingsIgnored
from eolc_desktop.models.backup import make_backup
from eolc_desktop.models.key_file import Argon2idCost, Costs, ScryptCost
from eolc_desktop.models.keys import KeySlots
from eolc_desktop.models.opening import StorePlace
from eolc_desktop.paths import Profile
from eolc_desktop.record import audit
from eolc_desktop.services import backups, people, plans, sign_in
from eolc_desktop.services.session import Session
from eolc_desktop.services.sign_in import NewUser
from eolc_desktop.views.places import Place
from eolc_desktop.views.unlock import UnlockPage
from tests.fixed_clock import FixedClock
from tests.pages import Page
from tests.strictness import ExpectedLog

CHEAP = Costs(Argon2idCost(64, 1, 1), ScryptCost(2))
CRASH_LOG = "eolc_desktop.desktop.crash"
WORDS = "lantern orchard pebble seven"
JO = NewUser("Jo Okafor", "district nurse", "Airedale community team")


class Laptop:
    """A profile, and the program that is started on it, again and again."""

    def __init__(self, qapp: QApplication, theme: Theme, profile: Profile, clock: FixedClock, qtbot: QtBot) -> None:
        self.qapp = qapp
        self.theme = theme
        self.profile = profile
        self.clock = clock
        self.qtbot = qtbot
        self.code = ""
        self.replaced: list[tuple[str, ...]] = []
        self.programs: list[Program] = []
        self.window: ProgramWindow | None = None
        self.page: Page | None = None

    def make(self, fill: Callable[[Session], object] | None = None, made_up: bool = False) -> None:
        """Make the record, as a first run does."""
        made = make_record(self.profile, JO, WORDS, self.clock, costs=CHEAP, made_up=made_up)
        self.code = made.recovery_code
        if fill is not None:
            fill(begin_session(made.store, made.user_id, self.profile, self.clock))
        made.store.close()

    def start(self, locked_at: str = "", loaded: Loaded | None = None) -> Page:
        """Start the program up to its unlock page."""
        window = ProgramWindow()
        self.qtbot.addWidget(window)
        unlock = UnlockPage(locked_at)
        window.show_page(unlock, "Unlock")
        program = Program(
            self.qapp,
            window,
            self.profile,
            self.theme,
            loaded or load(self.profile.settings),
            clock=self.clock,
            costs=CHEAP,
            replace=lambda *arguments: self.replaced.append(arguments),
        )
        self.programs.append(program)
        self.window = window
        with self.qtbot.waitActive(window, timeout=5000):
            window.show()
            window.activateWindow()
        unlock.focus_first()
        program.take_over(unlock)
        self.page = Page(self.qtbot, window)
        return self.page

    @property
    def program(self) -> Program:
        """The program that runs."""
        return self.programs[-1]

    def unlock(self, page: Page, words: str = WORDS) -> None:
        """Type the passphrase and wait until the record is open."""
        page.keys(words)
        page.key(Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.program.shell is not None, timeout=10_000)
        page.wait_until_says("Jo Okafor, district nurse")

    def settle(self) -> None:
        """Wait until what was asked of the store is done."""
        done: list[bool] = []
        work = self.program.background.run("a test waits", lambda: True)
        work.done.connect(done.append)
        self.qtbot.waitUntil(lambda: bool(done), timeout=10_000)

    def read(self, look: Callable[[Session], object]) -> object:
        """Open the closed record and look."""
        opened = sign_in.unlock(self.profile, WORDS, self.clock, costs=CHEAP)
        try:
            return look(begin_session(opened.store, opened.user_id, self.profile, self.clock))
        finally:
            opened.store.close()

    def lock(self, page: Page) -> None:
        """Lock, and wait until the process would have been replaced."""
        count = len(self.replaced)
        page.key("Ctrl+L")
        self.qtbot.waitUntil(lambda: len(self.replaced) > count, timeout=10_000)


@pytest.fixture
def laptop(qapp: QApplication, theme: Theme, profile: Profile, clock: FixedClock, qtbot: QtBot) -> Iterator[Laptop]:
    made = Laptop(qapp, theme, profile, clock, qtbot)
    yield made
    os.environ.pop(LOCKED_AT, None)
    for program in made.programs:
        program.end()


def add_peggy(session: Session) -> str:
    values = {
        "family_name": "Smith",
        "given_names": "Margaret Rose",
        "birth_date": "1941-04-05",
        "nhs_number": "9990000018",
    }
    return people.add_person(session, values).plan.person_id


# Getting in


def test_the_passphrase_opens_today(laptop: Laptop) -> None:
    laptop.make(add_peggy)
    page = laptop.start()
    laptop.unlock(page)
    assert laptop.window is not None
    assert laptop.window.windowTitle() == "Today – EoLC Desktop"
    assert page.says("Thursday 12-Nov-2026")


def test_a_wrong_passphrase_opens_nothing_and_is_said(laptop: Laptop) -> None:
    laptop.make()
    page = laptop.start()
    page.keys("not this one at all")
    page.key(Qt.Key.Key_Return)
    page.wait_until_says("That passphrase does not open this record.")
    assert laptop.program.shell is None
    page.keys(WORDS)
    page.key(Qt.Key.Key_Return)
    laptop.qtbot.waitUntil(lambda: laptop.program.shell is not None, timeout=10_000)


def test_after_several_wrong_tries_there_is_a_wait_that_outlives_the_program(laptop: Laptop) -> None:
    laptop.make()
    page = laptop.start()
    for _ in range(4):
        page.keys("not this one at all")
        page.key(Qt.Key.Key_Return)
        laptop.settle()
    page.wait_until_says("please try again in 2 seconds")
    laptop.program.end()
    again = laptop.start()
    assert again.says("please try again in 2 seconds")


def test_the_recovery_code_opens_it_and_asks_for_a_new_passphrase(laptop: Laptop) -> None:
    laptop.make()
    page = laptop.start()
    page.press("Use the recovery code")
    page.keys(laptop.code.lower())
    page.key(Qt.Key.Key_Return)
    laptop.qtbot.waitUntil(lambda: laptop.program.shell is not None, timeout=10_000)
    page.wait_until_says("You unlocked with the recovery code. Please choose a new passphrase.")
    assert page.focused_name() == "New passphrase"
    new = "kettle meadow quilt eleven"
    page.keys(new)
    page.type("New passphrase once more", new)
    page.press("Change the passphrase")
    page.wait_until_says("The passphrase was changed")
    laptop.program.end()
    assert sign_in.prove(laptop.profile, new, laptop.clock, costs=CHEAP).user_id


def test_who_signed_in_and_how_is_noted(laptop: Laptop) -> None:
    laptop.make()
    page = laptop.start()
    laptop.unlock(page)
    laptop.program.end()

    def look(session: Session) -> list[tuple[str, object]]:
        with session.store.reading() as connection:
            return [(line.action, line.detail.get("how")) for line in audit.lines(connection)]

    assert ("signed in", "passphrase") in laptop.read(look)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (lambda profile: profile.store.unlink(), "The record is not in its place on this computer."),
        (lambda profile: profile.store.write_bytes(b""), "The record’s file is empty"),
        (lambda profile: profile.keys.unlink(), "The file that holds this record’s keys is not in its place."),
        (lambda profile: profile.keys.write_text("{}"), "The file that holds this record’s keys is damaged."),
    ],
)
def test_what_is_wrong_with_the_files_is_said_before_anything_is_typed(
    laptop: Laptop, harm: Callable[[Profile], object], says: str
) -> None:
    laptop.make()
    backup_of(laptop)
    for second in laptop.profile.folder.glob("keys.json.prev"):
        second.unlink()
    harm(laptop.profile)
    page = laptop.start()
    page.wait_until_says(says)
    assert page.has("Restore from a backup…")


def backup_of(laptop: Laptop) -> None:
    opened = sign_in.prove(laptop.profile, WORDS, laptop.clock, costs=CHEAP)
    slots = KeySlots.load(laptop.profile.keys, costs=CHEAP, clock=laptop.clock)
    place = StorePlace(laptop.profile.store, opened.key, slots.store_id)
    make_backup(place, laptop.profile.keys, laptop.profile.backups, laptop.clock)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"SQLite format 3\0" + bytes(9000), "belongs to another program or another laptop"),
        (os.urandom(20_000), "not this record"),
        (None, "damaged"),
    ],
)
def test_a_file_that_is_not_the_record_is_told_from_a_damaged_one(
    laptop: Laptop, content: bytes | None, says: str
) -> None:
    laptop.make(add_peggy)
    whole = bytearray(laptop.profile.store.read_bytes())
    whole[200:400] = bytes(200)
    laptop.profile.store.write_bytes(bytes(whole) if content is None else content)
    page = laptop.start()
    page.keys(WORDS)
    page.key(Qt.Key.Key_Return)
    page.wait_until_says(says, 10_000)
    assert laptop.program.shell is None


def restore_the_backup(laptop: Laptop, page: Page) -> None:
    """Choose the one backup there is, and unlock with it."""
    page.press("Restore from a backup…")
    laptop.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=5000)
    laptop.qtbot.waitUntil(lambda: QApplication.activeWindow() is QApplication.activeModalWidget(), timeout=5000)
    assert laptop.window is not None
    page.dialog().press("The one of 12-Nov-2026 14:32")
    page.wait_until_says("Type your passphrase and press Unlock")
    with laptop.qtbot.waitActive(laptop.window, timeout=5000):
        laptop.window.activateWindow()  # the screenless platform gives the window back only when it is asked to
    page.retype("Passphrase", WORDS)
    page.key(Qt.Key.Key_Return)
    laptop.qtbot.waitUntil(lambda: laptop.program.shell is not None, timeout=20_000)
    page.wait_until_has("Changed last")


def test_a_backup_is_put_in_the_place_of_a_damaged_record(laptop: Laptop, expected_log: ExpectedLog) -> None:
    expected_log.expect(CRASH_LOG)
    laptop.make(add_peggy)
    backup_of(laptop)
    damaged = os.urandom(20_000)
    laptop.profile.store.write_bytes(damaged)
    page = laptop.start()
    page.keys(WORDS)
    page.key(Qt.Key.Key_Return)
    page.wait_until_has("Restore from a backup…", milliseconds=10_000)
    restore_the_backup(laptop, page)
    aside = laptop.profile.folder.glob("record-set-aside-*.db")
    assert [path.read_bytes() for path in aside] == [damaged], "the damaged file is kept"


def test_who_goes_back_to_the_program_of_before_can_restore_the_backup_of_before(
    laptop: Laptop, expected_log: ExpectedLog
) -> None:
    expected_log.expect(CRASH_LOG)
    laptop.make(add_peggy)
    backup_of(laptop)
    opened = sign_in.unlock(laptop.profile, WORDS, laptop.clock, costs=CHEAP)
    opened.store._raw.execute("PRAGMA user_version = 9999")
    opened.store.close()
    newer = laptop.profile.store.read_bytes()
    page = laptop.start()
    page.keys(WORDS)
    page.key(Qt.Key.Key_Return)
    page.wait_until_says("newer version of the program", 10_000)
    assert not page.has("Read only, in an emergency…")
    restore_the_backup(laptop, page)
    aside = laptop.profile.folder.glob("record-set-aside-*.db")
    assert [path.read_bytes() for path in aside] == [newer], "what the newer program recorded is kept"


def test_a_record_of_a_newer_program_is_not_touched(laptop: Laptop) -> None:
    laptop.make()
    opened = sign_in.unlock(laptop.profile, WORDS, laptop.clock, costs=CHEAP)
    opened.store._raw.execute("PRAGMA user_version = 9999")
    opened.store.close()
    before = laptop.profile.store.read_bytes()
    page = laptop.start()
    page.keys(WORDS)
    page.key(Qt.Key.Key_Return)
    page.wait_until_says("newer version of the program", 10_000)
    assert laptop.profile.store.read_bytes() == before


# The first run


def test_the_first_run_makes_a_record_and_ends_on_today(laptop: Laptop) -> None:
    page = laptop.start()
    assert page.says("Step 1 of 4")
    page.keys("Jo Okafor")
    page.type("Your role (optional)", "district nurse")
    page.press("Continue")
    page.keys(WORDS)
    page.type("Passphrase once more", WORDS)
    page.press("Make the record")
    page.wait_until_says("Step 3 of 4", 20_000)
    window = laptop.window
    assert window is not None
    code = window.page._code._code  # type: ignore[union-attr]
    page.type("Type the last 4 characters from your copy", code[-4:])
    page.press("I have a copy: continue")
    page.wait_until_says("Step 4 of 4")
    page.press("Work on this computer")
    page.wait_until_says("There is nobody on this computer yet")
    assert page.focused_name() == "Add a person"
    laptop.program.end()
    slots = KeySlots.load(laptop.profile.keys, costs=CHEAP, clock=laptop.clock)
    assert {slot.user_name for slot in slots.slots} == {"Jo Okafor"}
    names = laptop.read(lambda session: (session.user.name, session.user.role, session.made_up))
    assert names == ("Jo Okafor", "district nurse", False)


def test_a_first_run_that_was_cut_off_after_the_record_was_made_goes_on_with_the_passphrase(laptop: Laptop) -> None:
    page = laptop.start()
    page.keys("Jo Okafor")
    page.press("Continue")
    page.keys(WORDS)
    page.type("Passphrase once more", WORDS)
    page.press("Make the record")
    page.wait_until_says("Step 3 of 4", 20_000)
    assert laptop.window is not None
    laptop.window.close()
    again = laptop.start()
    again.keys(WORDS)
    again.key(Qt.Key.Key_Return)
    laptop.qtbot.waitUntil(lambda: laptop.program.shell is not None, timeout=10_000)


# Locking and the end


def test_locking_covers_at_once_keeps_what_was_typed_and_starts_afresh(laptop: Laptop) -> None:
    laptop.make(add_peggy)
    page = laptop.start()
    laptop.unlock(page)
    page.key("Ctrl+N")
    page.keys("Nowak")
    page.key("Ctrl+L")
    assert laptop.window is not None
    assert isinstance(laptop.window.page, UnlockPage), "the cover is there before anything else happens"
    assert not page.says("Nowak")
    assert laptop.window.windowTitle() == "Locked – EoLC Desktop"
    laptop.qtbot.waitUntil(lambda: bool(laptop.replaced), timeout=10_000)
    assert laptop.replaced == [(LOCKED,)]
    assert os.environ[LOCKED_AT] == "14:32"
    drafts = laptop.read(lambda session: plans.kept_drafts(session))
    assert [draft.values["family_name"] for draft in drafts] == ["Nowak"]  # type: ignore[attr-defined]


def test_after_locking_nothing_runs_and_the_profile_is_free(laptop: Laptop) -> None:
    laptop.make()
    page = laptop.start()
    laptop.unlock(page)
    laptop.lock(page)
    names = [thread.name for thread in threading.enumerate()]
    assert not [name for name in names if name.startswith(("store-", "free-"))]
    other = SingleInstance(laptop.profile.lock)
    assert other.claim()
    other.release()
    assert not laptop.profile.store.with_name("record.db-wal").exists(), "the main file alone is the whole record"


def test_the_same_user_is_offered_the_same_person_with_a_check_of_who_that_is(laptop: Laptop) -> None:
    ids: list[str] = []
    laptop.make(lambda session: ids.append(add_peggy(session)))
    page = laptop.start()
    laptop.unlock(page)
    assert laptop.program.shell is not None
    laptop.program.shell.show_person(ids[0])
    page.wait_until_says("SMITH, Margaret Rose")
    laptop.settle()
    laptop.lock(page)
    again = laptop.start(locked_at="14:32")
    assert again.says("Locked at 14:32. What you were writing is kept.")
    assert not again.says("SMITH"), "a locked screen names nobody"
    laptop.unlock(again)
    again.wait_until_has("Continue with SMITH, Margaret Rose")
    assert again.says("Born 05-Apr-1941 (85y) · NHS No. 999\u00a0000\u00a00018")
    laptop.qtbot.waitUntil(lambda: again.focused_name() == "Continue with SMITH, Margaret Rose", timeout=5000)
    again.key(Qt.Key.Key_Space)
    assert laptop.program.shell is not None
    assert laptop.program.shell.places.place.person_id == ids[0]


def test_locking_from_a_list_offers_nobody(laptop: Laptop) -> None:
    laptop.make(add_peggy)
    page = laptop.start()
    laptop.unlock(page)
    page.key("Ctrl+2")
    laptop.settle()
    laptop.lock(page)
    again = laptop.start(locked_at="14:32")
    laptop.unlock(again)
    again.wait_until_has("Changed last")
    assert not again.says("Continue with")


def pass_quietly(laptop: Laptop, seconds: int) -> None:
    """Let time go by without a key, as the idle lock sees it: a longer gap between two looks would mean sleep."""
    for _ in range(seconds // 5):
        laptop.clock.advance(seconds=5)
        laptop.program._idle._on_time()


def test_a_computer_that_slept_is_locked_before_anything_is_seen(laptop: Laptop) -> None:
    laptop.make()
    page = laptop.start()
    laptop.unlock(page)
    laptop.clock.advance(hours=8)
    page.key("Ctrl+2")
    assert laptop.window is not None
    assert isinstance(laptop.window.page, UnlockPage)
    laptop.qtbot.waitUntil(lambda: bool(laptop.replaced), timeout=10_000)


def test_it_locks_by_itself_when_nobody_is_there(laptop: Laptop) -> None:
    laptop.make()
    page = laptop.start()
    laptop.unlock(page)
    pass_quietly(laptop, seconds=275)
    assert page.says("press any key to go on")
    assert laptop.replaced == []
    pass_quietly(laptop, seconds=30)
    laptop.qtbot.waitUntil(lambda: bool(laptop.replaced), timeout=10_000)


def test_the_organisations_minutes_hold_whatever_was_chosen(
    laptop: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "policy.toml"
    path.write_text("longest_idle_minutes = 2", encoding="utf-8")
    path.chmod(0o644)
    monkeypatch.setattr(policy, "policy_file", lambda: path)
    laptop.make()
    page = laptop.start(loaded=Loaded(Settings(idle_minutes=15)))
    laptop.unlock(page)
    assert laptop.program.shell is not None
    laptop.program.shell.settings_chosen.emit(Settings(idle_minutes=14))
    pass_quietly(laptop, seconds=130)
    laptop.qtbot.waitUntil(lambda: bool(laptop.replaced), timeout=10_000)


def test_a_policy_that_cannot_be_read_is_said_after_unlocking(
    laptop: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "policy.toml"
    path.write_text("longest_idle_minutes = ", encoding="utf-8")
    path.chmod(0o644)
    monkeypatch.setattr(policy, "policy_file", lambda: path)
    laptop.make()
    page = laptop.start()
    laptop.unlock(page)
    assert page.says("policy file could not be read")
    assert page.says("printing goes on")


def test_help_is_there_before_anybody_is_signed_in(laptop: Laptop) -> None:
    laptop.make()
    page = laptop.start()
    page.key("F1")
    assert page.says("The first morning")
    assert page.says("Type your passphrase and press Enter")
    page.key(Qt.Key.Key_Escape)
    assert not page.says("The first morning")
    laptop.unlock(page)


def test_a_key_keeps_it_open(laptop: Laptop) -> None:
    laptop.make()
    page = laptop.start()
    laptop.unlock(page)
    pass_quietly(laptop, seconds=275)
    assert page.says("press any key to go on")
    page.key(Qt.Key.Key_Shift)
    assert not page.says("press any key to go on")
    assert laptop.replaced == []


def test_closing_the_window_keeps_what_was_typed(laptop: Laptop) -> None:
    laptop.make()
    page = laptop.start()
    laptop.unlock(page)
    page.key("Ctrl+N")
    page.keys("Nowak")
    page.key("Ctrl+Q")
    drafts = laptop.read(lambda session: plans.kept_drafts(session))
    assert [draft.values["family_name"] for draft in drafts] == ["Nowak"]  # type: ignore[attr-defined]


def test_the_title_of_a_made_up_record_says_so(laptop: Laptop) -> None:
    laptop.make(made_up=True)
    page = laptop.start()
    laptop.unlock(page)
    assert laptop.window is not None
    assert laptop.window.windowTitle() == "Today (made-up people) – EoLC Desktop"
    page.key("Ctrl+2")
    assert laptop.window.windowTitle() == "Caseload (made-up people) – EoLC Desktop"


# Settings, second starts, faults


def test_what_was_chosen_is_kept_for_the_next_start(laptop: Laptop) -> None:
    laptop.make()
    page = laptop.start()
    laptop.unlock(page)
    page.key("Ctrl++")
    page.key("Ctrl+B")
    kept = load(laptop.profile.settings).settings
    assert (kept.text_percent, kept.theme) == (110, "bright")


def test_a_settings_file_that_could_not_be_read_is_told(laptop: Laptop) -> None:
    laptop.make()
    notice = SettingsIgnored("The settings file could not be read.", "Nothing was touched.", "Choose yours again.")
    page = laptop.start(loaded=Loaded(Settings(), notice))
    laptop.unlock(page)
    assert page.says("The settings file could not be read. Nothing was touched. Choose yours again.")


def test_a_second_start_raises_the_first_and_ends(laptop: Laptop, expected_log: ExpectedLog) -> None:
    expected_log.expect(CRASH_LOG)  # the screenless platform says that it raises nothing
    laptop.make()
    laptop.start()
    first = laptop.window
    assert first is not None
    first.showMinimized()
    command = [sys.executable, "-m", "eolc_desktop", "--profile", str(laptop.profile.folder)]
    second = subprocess.Popen(command, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    laptop.qtbot.waitUntil(lambda: second.poll() is not None, timeout=30_000)
    assert second.returncode == 0
    assert not first.isMinimized()


def test_a_fault_opens_the_crash_window_and_the_program_goes_on(laptop: Laptop, expected_log: ExpectedLog) -> None:
    expected_log.expect(CRASH_LOG)
    laptop.make()
    page = laptop.start()
    laptop.unlock(page)
    laptop.program._crashes.met.emit("a report")
    crash = laptop.program._crash_desk.window
    assert crash is not None
    assert crash.isVisible()
    page.key("Ctrl+2")
    assert laptop.program.shell is not None
    assert laptop.program.shell.places.page_title == "Caseload"
    crash.restart_asked.emit()
    laptop.qtbot.waitUntil(lambda: bool(laptop.replaced), timeout=10_000)


def test_after_a_fault_it_restarts_to_the_lock_screen_before_anybody_is_signed_in_too(
    laptop: Laptop, expected_log: ExpectedLog
) -> None:
    expected_log.expect(CRASH_LOG)
    laptop.make()
    laptop.start()
    laptop.program._crashes.met.emit("a report")
    crash = laptop.program._crash_desk.window
    assert crash is not None
    crash.restart_asked.emit()
    laptop.qtbot.waitUntil(lambda: laptop.replaced == [(LOCKED,)], timeout=10_000)
    claimed = SingleInstance(laptop.profile.lock)
    assert claimed.claim(), "the profile is given up first"
    claimed.release()


def test_a_backup_is_made_when_the_newest_is_old(laptop: Laptop) -> None:
    laptop.make(add_peggy)
    page = laptop.start()
    laptop.unlock(page)
    laptop.program._upkeep._first_look.stop()  # the record is looked at below, from this thread
    laptop.program._upkeep._on_time_to_back_up()
    laptop.qtbot.waitUntil(lambda: bool(list(laptop.profile.backups.glob("record-2*.db"))), timeout=20_000)
    made = list(laptop.profile.backups.glob("record-2*.db"))
    session = laptop.program.desk.session if laptop.program.desk else None
    assert session is not None
    upkeep._backed_up_when_old(session)
    assert list(laptop.profile.backups.glob("record-2*.db")) == made, "one of today is enough"
    laptop.clock.advance(days=2)
    upkeep._backed_up_when_old(session)
    assert len(list(laptop.profile.backups.glob("record-2*.db"))) == 2


def test_the_window_keeps_its_place(laptop: Laptop, tmp_path: Path) -> None:
    laptop.make()
    laptop.start()
    assert laptop.window is not None
    laptop.window.resize(1111, 666)
    laptop.program.end()
    assert load(laptop.profile.settings).settings.window_geometry


def test_a_visitor_says_why_before_anything_is_shown(laptop: Laptop) -> None:
    def become_a_visitor(session: Session) -> None:
        with session.store.writing() as connection:
            connection.exec_driver_sql("DELETE FROM user_role")
            connection.exec_driver_sql("INSERT INTO user_role SELECT id, 'visitor' FROM user")

    laptop.make(become_a_visitor)
    page = laptop.start()
    page.keys(WORDS)
    page.key(Qt.Key.Key_Return)
    page.wait_until_says("Why do you need to read?")
    assert laptop.program.shell is None
    page.press("Go on")
    page.wait_until_says("Please say in a few words why you need to read.")
    page.type("Your reason", "complaint of 3 November")
    page.press("Go on")
    laptop.qtbot.waitUntil(lambda: laptop.program.shell is not None, timeout=10_000)
    assert laptop.program.desk is not None
    assert laptop.program.desk.session.visit.reason == "complaint of 3 November"


def test_it_locks_while_it_waits_for_the_reason(laptop: Laptop) -> None:
    def become_a_visitor(session: Session) -> None:
        with session.store.writing() as connection:
            connection.exec_driver_sql("UPDATE user_role SET role = 'visitor' WHERE role = 'nurse'")
            connection.exec_driver_sql("DELETE FROM user_role WHERE role <> 'visitor'")

    laptop.make(become_a_visitor)
    page = laptop.start()
    page.keys(WORDS)
    page.key(Qt.Key.Key_Return)
    page.wait_until_says("Why do you need to read?")
    laptop.program.lock()
    laptop.qtbot.waitUntil(lambda: bool(laptop.replaced), timeout=10_000)


def test_what_the_system_says_locks(laptop: Laptop) -> None:
    laptop.make()
    page = laptop.start()
    laptop.unlock(page)
    laptop.program._watch.leaving.emit()
    laptop.qtbot.waitUntil(lambda: bool(laptop.replaced), timeout=10_000)


@pytest.mark.hazard("H10")
def test_a_damaged_record_is_read_from_its_backup_and_nothing_stays(laptop: Laptop) -> None:
    def fill(session: Session) -> None:
        add_peggy(session)
        backups.back_up(session)

    laptop.make(fill)
    laptop.profile.store.write_bytes(b"x" * 40_960)
    page = laptop.start()
    page.keys(WORDS)
    page.key(Qt.Key.Key_Return)
    page.wait_until_says("Read only, in an emergency…")
    page.press("Read only, in an emergency…")
    page.wait_until_says("a copy is opened, for reading only")
    page.keys(WORDS)
    page.key(Qt.Key.Key_Return)
    page.wait_until_says("You are reading the backup of 12-Nov-2026")
    desk = laptop.program.desk
    assert desk is not None
    copy = desk.session.profile.folder
    assert copy.exists()
    laptop.lock(page)
    laptop.qtbot.waitUntil(lambda: not copy.exists(), timeout=10_000)
    assert laptop.profile.store.read_bytes() == b"x" * 40_960, "the damaged file is left as it is"


def test_the_record_is_given_another_key_from_the_window(laptop: Laptop, expected_log: ExpectedLog) -> None:
    expected_log.expect(CRASH_LOG)  # the screenless platform says that it gives no window a size
    laptop.make()
    before = laptop.profile.store.read_bytes()
    page = laptop.start()
    laptop.unlock(page)
    assert laptop.program.shell is not None
    laptop.program.shell.places.go(Place("new_key"))
    page.type("Your own passphrase", WORDS)
    page.press("Lock, and give the record another key")
    laptop.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=20_000)
    page.dialog().press("Go to the unlock page")
    laptop.qtbot.waitUntil(lambda: laptop.replaced == [(LOCKED,)], timeout=10_000)
    assert laptop.profile.store.read_bytes()[4096:8192] != before[4096:8192]
    assert laptop.read(lambda session: session.user.name) == "Jo Okafor"
