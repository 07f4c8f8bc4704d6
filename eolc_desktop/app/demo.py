"""The demonstration: a throw-away record of made-up people, and a visit driven through the real window by keys."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget

from eolc_desktop.app.hand import Hand, NotThere
from eolc_desktop.app.opening import begin_session, make_record
from eolc_desktop.app.start import Start, make_app, open_window
from eolc_desktop.care_plan.dates import day_words, moment_words, today
from eolc_desktop.care_plan.fields import Audience
from eolc_desktop.care_plan.promises import QUESTIONS
from eolc_desktop.clock import system_clock
from eolc_desktop.desktop.settings import Settings, load
from eolc_desktop.desktop.theme import Theme
from eolc_desktop.paths import Profile, resources
from eolc_desktop.record import people
from eolc_desktop.services import plans, settings, sign_in
from eolc_desktop.services.invented.filling import fill
from eolc_desktop.services.invented.stories import tell_stories
from eolc_desktop.services.sign_in import NewUser
from eolc_desktop.views.person.page import PersonPage
from eolc_desktop.views.shell import Shell
from eolc_desktop.views.widgets import ask

PASSPHRASE = "a made-up record to look at"  # noqa: S105  protects nobody: everybody in this record is invented
NURSE = NewUser("Jo Okafor", "District nurse", "Airedale community team (made up)")
FOLDER_PREFIX = "eolc-demo-"
RECORD = "profile"
"""The record's folder within the demonstration's."""
PEOPLE = 150
YEARS = 5
"""Over so many years most of them have died: there is something to count."""
SEED = 2026
NUMBER_TO_CALL = "01632 960 150"
SAMPLE = Path("sample") / "synthea" / "Maida_Gerhold_40f86343-0170-40ca-b4ca-21ab9094da93.json"
ANSWER = "Yes. I know that somebody will come, even at night."
SIZE = (1366, 706)
WORDS = "I want to stay in my own bed, with the window open, and hear the garden."
SETTLE_SECONDS = 0.4
"""How long a page is given to lay itself out before its picture is taken."""
DONE = "What the demonstration did"


def has_display() -> bool:
    """Whether there is a screen to open a window on."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run(out: Path, say: Callable[[str], None] = print) -> int:
    """Show the program on made-up people: in a window where there is a screen, else driven, with pictures in `out`.

    Returns the exit status. The record is in a temporary folder that is removed at the end.
    """
    folder = Path(tempfile.mkdtemp(prefix=FOLDER_PREFIX))
    profile = Profile(folder / RECORD)
    try:
        say(f"Making a record of {PEOPLE + 3} made-up people …")
        prepare(profile)
        if has_display():
            say(f"The passphrase of this made-up record is: {PASSPHRASE}")
            return _in_a_window(profile, folder)
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        return _driven(profile, out, say)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def go_on(folder: Path, locked_at: str) -> int:
    """Go on with the demonstration in this folder after it was locked; it is removed at the end, and no other ever is.

    Returns the exit status. Raises ValueError for a folder that is not a demonstration's.
    """
    if not folder.name.startswith(FOLDER_PREFIX) or folder.parent != Path(tempfile.gettempdir()):
        message = "that is not the folder of a demonstration"
        raise ValueError(message)
    _lock_comes_back_to(folder)
    try:
        return open_window(Profile(folder / RECORD), locked_at)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _lock_comes_back_to(folder: Path) -> None:
    """Locking replaces the process by the command that started it: this demonstration then, and not another one."""
    again = ["demo", "--record", str(folder)]
    sys.argv[1:] = again
    sys.orig_argv[:] = [sys.executable, "-m", "eolc_desktop", *again]


def make_only(folder: Path, say: Callable[[str], None] = print) -> int:
    """Make the made-up record in a new folder, to look at with `--profile`. Returns the exit status."""
    if folder.exists() and any(folder.iterdir()):
        say(f"There is something in {folder} already. Nothing was made. Choose a new folder.")
        return 1
    prepare(Profile(folder))
    say(f"A record of {PEOPLE + 3} made-up people is in {folder}. Its passphrase is: {PASSPHRASE}")
    return 0


def prepare(profile: Profile) -> None:
    """Make a record marked as made up, and fill it: a caseload, and the stories this project began with."""
    profile.make_private()
    made = make_record(profile, NURSE, PASSPHRASE, system_clock, made_up=True)
    try:
        session = begin_session(made.store, made.user_id, profile, system_clock)
        settings.recovery_code_kept(session)
        settings.set_number_to_call(session, NUMBER_TO_CALL)
        fill(session, PEOPLE, SEED, years=YEARS)
        tell_stories(session)
    finally:
        made.store.close()


def _in_a_window(profile: Profile, folder: Path) -> int:
    _lock_comes_back_to(folder)
    app = make_app()
    start = _start(app, profile)
    hand = Hand(start.window)
    _unlock(start, hand)
    hand.wait_until(lambda: _shell(start) is not None, "the caseload")
    shell = _shell(start)
    if shell is not None:
        shell.show_caseload()
    return app.exec()


def _driven(profile: Profile, out: Path, say: Callable[[str], None]) -> int:
    app = make_app()
    for file in sorted((resources() / "fonts").glob("NotoSans-*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    font = app.font()
    font.setFamily("Noto Sans")
    app.setFont(font)
    out.mkdir(parents=True, exist_ok=True)
    visit = Visit(app, profile, out, say)
    asking = ask.replace_asking(visit.chooser)
    try:
        visit.make()
    except NotThere as missing:
        say(f"The demonstration stopped: there is no “{missing}” on the screen.")
        visit.picture("where it stopped")
        return 1
    finally:
        ask.replace_asking(asking)
        visit.close()
    say(f"Done. Look in {out}/ : the PDFs, a picture of each step, and summary.txt.")
    return 0


def _start(app: QApplication, profile: Profile) -> Start:
    loaded = load(profile.settings)
    theme = Theme(app)
    theme.use(Settings(theme="light") if not has_display() else loaded.settings)
    start = Start(app, profile, theme, loaded)
    start.window.resize(*SIZE)
    start.show()
    return start


def _unlock(start: Start, hand: Hand) -> None:
    hand.wait_until(lambda: start.program is not None, "the program, loaded")
    hand.type("Passphrase", PASSPHRASE)
    hand.keys(Qt.Key.Key_Return)


def _shell(start: Start) -> Shell | None:
    return start.program.shell if start.program is not None else None


class Chooser(ask.Ask):
    """Answers the questions for a file as somebody at the screen would."""

    def __init__(self) -> None:
        super().__init__()
        self.to_open = resources() / SAMPLE
        self.save_in = Path()

    def file_to_open(self, *asked: object) -> None:
        """Choose the sample file."""
        chosen = asked[-1]
        if callable(chosen):
            chosen(self.to_open)

    def file_to_save(self, *asked: object) -> None:
        """Save under the name suggested, in the folder of the demonstration."""
        suggested, chosen = asked[-2:]
        if callable(chosen):
            chosen(self.save_in / str(suggested))


class Visit:
    """One visit: unlock, import a person, record what they say, print their copies, quit, open again."""

    def __init__(self, app: QApplication, profile: Profile, out: Path, say: Callable[[str], None]) -> None:
        self.chooser = Chooser()
        self.chooser.save_in = out
        self._app = app
        self._profile = profile
        self._out = out
        self._say = say
        self._lines: list[str] = []
        self._pictures = 0
        self._start: Start | None = None
        self._hand = Hand(QWidget())

    def make(self) -> None:
        """Go through the visit. Raises NotThere when something a nurse would need is missing."""
        self._begin()
        self._import()
        self._record()
        self._print()
        self._quit()
        self._open_again()
        summary = "\n".join([DONE, f"{moment_words(system_clock())}", "", *self._lines, ""])
        (self._out / "summary.txt").write_text(summary, encoding="utf-8")

    def picture(self, what: str) -> None:
        """Keep a picture of the window as it is now."""
        if self._start is None:
            return
        self._hand.rest(SETTLE_SECONDS)
        self._pictures += 1
        name = f"{self._pictures:02d}-{what.replace(' ', '-').lower()}.png"
        self._start.window.grab().save(str(self._out / name))
        self._note(f"{what} ({name})")

    def close(self) -> None:
        """Close the window, if it is open."""
        if self._start is not None:
            self._start.window.close()
            self._start = None

    # The steps

    def _begin(self) -> None:
        self._start = start = _start(self._app, self._profile)
        self._hand = hand = Hand(start.window)
        hand.wait_until(lambda: hand.has("Passphrase"), "Passphrase")
        self.picture("Locked")
        _unlock(start, hand)
        hand.wait_until(lambda: _shell(start) is not None and hand.says("Changed last"), "Today")
        self.picture("Today")

    def _import(self) -> None:
        hand = self._hand
        self._signed_in().show_import()
        hand.press("Choose a file…")
        hand.wait_until(lambda: hand.has("Bring in"), "Bring in")
        self.picture("What is in the file")
        hand.press("Bring in")
        hand.wait_until(lambda: hand.says("At a glance"), "the plan that was brought in")
        self.picture("The person who was brought in")

    def _record(self) -> None:
        hand = self._hand
        self._go_to("about_me")
        hand.type("What matters most now", WORDS)
        self._save("What matters in their own words")
        self._go_to("commitments")
        hand.press("Open: Honest conversations")
        hand.press("Met")
        self._save("A commitment")
        self._go_to("compact")
        hand.press("Add an occasion")
        hand.type("Asked on", day_words(today(system_clock()), Audience.FAMILY))
        hand.press("Yes")
        hand.type(f"1. {QUESTIONS[0].plain} In their own words", ANSWER)
        self._save("The seven questions")

    def _print(self) -> None:
        hand = self._hand
        self._go_to("glance")
        hand.press("Print for the family")
        for document in ("My plan for care", "Our commitment to you", "My agreement with my care team"):
            hand.wait_until(lambda: hand.has("Save as PDF…"), "Save as PDF…")
            hand.press(document)
            hand.wait_until(lambda: hand.has("Save as PDF…"), "Save as PDF…")
            self.picture(f"Preview {document}")
            hand.press("Save as PDF…")
            hand.wait_until(lambda: hand.has("Not now"), "the question who has the copy")
            hand.press("Not now")
            self._note(f"Saved as a PDF: {document}")

    def _quit(self) -> None:
        self.close()
        self._app.processEvents()
        self._note("Closed the program.")

    def _open_again(self) -> None:
        opened = sign_in.unlock(self._profile, PASSPHRASE)
        try:
            session = begin_session(opened.store, opened.user_id, self._profile, system_clock)
            with session.store.reading() as connection:
                person_id = people.latest(connection, 1)[0].id
            plan = plans.read_plan(session, person_id)
        finally:
            opened.store.close()
        kept = plan.text("about_me", "most_important") == WORDS
        self._note("Opened the record again: every word is there." if kept else "The words were NOT there again.")
        if not kept:
            raise NotThere("what was recorded")

    # Small things

    def _signed_in(self) -> Shell:
        shell = _shell(self._start) if self._start is not None else None
        if shell is None:
            raise NotThere("the signed-in window")
        return shell

    def _go_to(self, place: str) -> None:
        page = self._signed_in().places.currentWidget()
        if not isinstance(page, PersonPage):
            raise NotThere("the person's plan")
        page.show_place(place)
        self._app.processEvents()

    def _save(self, what: str) -> None:
        self._hand.choose("Who told you?", "The person")
        self._hand.press("Save")
        self._hand.wait_until(lambda: self._hand.says("Saved on this laptop"), "Saved on this laptop")
        self.picture(what)

    def _note(self, line: str) -> None:
        self._lines.append(line)
        self._say(f"  {line}")
