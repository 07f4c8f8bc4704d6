"""The print page, driven by keys: what it shows, what it asks, what it saves, and that nothing is left on the disk."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import Edit
from eolc_desktop.desktop.background import Background
from eolc_desktop.desktop.settings import Settings
from eolc_desktop.desktop.worker import Worker
from eolc_desktop.documents.raster import text_of
from eolc_desktop.documents.showing import Shown
from eolc_desktop.paths import Profile
from eolc_desktop.record import audit, journal
from eolc_desktop.services import paper_copies
from eolc_desktop.services.session import Session
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.printing.page import PrintPage
from eolc_desktop.views.widgets import ask
from tests import accessibility
from tests.fixed_clock import FixedClock
from tests.pages import OpenWindow, Page
from tests.sessions import begin

PERSON = {
    "family_name": "Smith",
    "given_names": "Margaret Rose",
    "title": "Mrs",
    "preferred_name": "Peggy",
    "birth_date": "1941-04-05",
    "nhs_number": "9990000018",
}


class SavesTo(ask.Ask):
    """Chooses the file that the test names, as a user would in the system's own window."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.suggested = ""

    def file_to_save(
        self,
        parent: QWidget,
        title: str,
        kinds: Sequence[ask.FileKind],
        suggested: str,
        chosen: Callable[[Path], object],
    ) -> None:
        self.suggested = suggested
        chosen(self.path)


@pytest.fixture
def session(profile: Profile, clock: FixedClock, background: Background, qtbot: QtBot) -> Session:
    made: list[Session] = []
    work = background.run("begin", lambda: begin(profile, clock))
    work.done.connect(made.append)
    qtbot.waitUntil(lambda: bool(made), timeout=10_000)
    return made[0]


def on_store(background: Background, qtbot: QtBot, function: Callable[[], object]) -> object:
    results: list[object] = []
    work = background.run("test", function)
    work.done.connect(results.append)
    qtbot.waitUntil(lambda: bool(results), timeout=10_000)
    return results[0]


@pytest.fixture
def desk(session: Session, background: Background, qtbot: QtBot) -> Iterator[Desk]:
    worker = Worker()
    desk = Desk(session, background, worker, Settings())
    yield desk
    worker.close()
    background.run("close", session.store.close)
    desk.deleteLater()


@pytest.fixture
def person_id(session: Session, background: Background, qtbot: QtBot) -> str:
    def fill() -> str:
        with session.store.writing() as connection:
            pen = session.pen()
            person_id = journal.add_person(connection, pen)
            edits = [Edit("person", MAIN, key, value) for key, value in PERSON.items()]
            edits += [
                Edit("about_me", MAIN, "most_important", "My own bed, the window open, and the garden."),
                Edit("about_me", MAIN, "fears", "Being taken in at night."),
                Edit("contacts", "anna", "name", "Anna Smith"),
                Edit("contacts", "anna", "relationship", "Daughter"),
                Edit("contacts", "carl", "name", "Carl Smith"),
                Edit("contacts", "carl", "involvement", "must_not_be_told"),
                Edit("who_to_call", "night", "situation", "Pain or worry at night"),
                Edit("who_to_call", "night", "first_call_name", "Hospice line"),
                Edit("who_to_call", "night", "first_call_phone", "01943 496 0199"),
            ]
            journal.append(connection, pen, person_id, edits)
            return person_id

    return str(on_store(background, qtbot, fill))


@pytest.fixture
def shown(desk: Desk, person_id: str, page: OpenWindow, qtbot: QtBot) -> Page:
    window = PrintPage(desk, person_id)
    opened = page(window, 1366, 706)
    ready(window, qtbot)
    return opened


def ready(window: PrintPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window._save.isEnabled(), timeout=20_000)


def made_anew(window: PrintPage, before: Shown | None, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window._shown is not before and window._save.isEnabled(), timeout=20_000)


def window_of(shown: Page) -> PrintPage:
    assert isinstance(shown.root, PrintPage)
    return shown.root


def test_it_says_whose_copy_this_is_and_what_is_left_out(shown: Page) -> None:
    words = "\n".join(shown.words())
    assert "SMITH, Margaret Rose (Mrs)" in words
    assert "5 April 1941" in words
    assert "must not be told" in words
    assert not shown.field("Reader: Carl Smith").isEnabled()


def test_a_yes_brings_the_item_onto_the_page_and_no_takes_it_off_again(shown: Page, qtbot: QtBot) -> None:
    window = window_of(shown)
    name = "Print What matters to them"
    for said_yes in (True, False):
        before = window._shown
        shown.tick(name, ticked=said_yes)
        made_anew(window, before, qtbot)
        assert window._shown is not None
        assert ("taken in at night" in " ".join("".join(text_of(window._shown.pdf)).split())) is said_yes


def test_a_saved_copy_goes_where_it_was_told_and_is_noted(
    shown: Page, qtbot: QtBot, tmp_path: Path, background: Background, session: Session, person_id: str
) -> None:
    asking = SavesTo(tmp_path / "copy.pdf")
    before = ask.replace_asking(asking)
    try:
        shown.press("Save as PDF…")
        qtbot.waitUntil(lambda: shown.says("Saved."), timeout=20_000)
    finally:
        ask.replace_asking(before)
    assert "Smith" not in asking.suggested
    assert "own bed" in " ".join("".join(text_of((tmp_path / "copy.pdf").read_bytes())).split())

    def noted() -> tuple[str, ...]:
        with session.store.reading() as connection:
            return tuple(line.action for line in audit.lines(connection, person_id))

    assert on_store(background, qtbot, noted) == ("saved",)


def test_without_a_printer_it_says_so_and_offers_to_save(shown: Page) -> None:
    assert shown.says("No printer found")
    assert not shown.field("Print").isEnabled()


def test_leaving_drops_what_is_being_made(desk: Desk, person_id: str, page: OpenWindow, qtbot: QtBot) -> None:
    window = PrintPage(desk, person_id)
    window.leave()
    page(window, 1024, 600)
    with qtbot.waitSignal(desk.background.run("nothing", lambda: None).finished):
        pass
    assert window._prepared is None


def test_everything_can_be_heard_and_reached(shown: Page) -> None:
    assert accessibility.faults(window_of(shown)) == []


def test_after_a_save_it_asks_who_has_the_copy_and_enters_the_answer(
    shown: Page, qtbot: QtBot, tmp_path: Path, background: Background, session: Session, person_id: str
) -> None:
    window = window_of(shown)
    codes = []
    for number in (1, 2):
        assert window._shown is not None
        codes.append(window._shown.check_code)
        before = ask.replace_asking(SavesTo(tmp_path / f"copy-{number}.pdf"))
        try:
            shown.press("Save as PDF…")
            shown.wait_until_has("Keep this", milliseconds=20_000)
        finally:
            ask.replace_asking(before)
        if number == 1:
            shown.choose("Who has this copy?", "Anna Smith, Daughter")
            shown.type("Where is it kept? (optional)", "Yellow folder")
            assert accessibility.faults(window) == []
        else:
            shown.tick(f"Came back: My plan for care, check code {codes[0][:3]} {codes[0][3:]}")
        shown.press("Keep this")
        qtbot.waitUntil(lambda: not shown.has("Keep this"), timeout=20_000)
        ready(window, qtbot)
    assert codes[0] != codes[1], "two pages with one code could not be told apart"
    register = on_store(background, qtbot, lambda: paper_copies.register_of(session, person_id))
    assert isinstance(register, paper_copies.Register)
    newer, older = sorted(register.copies, key=lambda copy: codes.index(copy.code), reverse=True)
    assert (older.whereabouts, older.state) == ("Anna Smith, Daughter; kept: Yellow folder", "replaced")
    assert newer.is_out


def test_a_page_that_does_not_come_out_is_noted_and_the_next_has_another_code(
    shown: Page, qtbot: QtBot, tmp_path: Path, background: Background, session: Session, person_id: str
) -> None:
    window = window_of(shown)
    failed = window._shown
    before = ask.replace_asking(SavesTo(tmp_path / "no such folder" / "copy.pdf"))
    try:
        with qtbot.waitSignal(window.desk.told, timeout=20_000):
            shown.press("Save as PDF…")
    finally:
        ask.replace_asking(before)
    made_anew(window, failed, qtbot)
    assert failed is not None
    assert window._shown is not None
    assert window._shown.check_code != failed.check_code
    answer = on_store(background, qtbot, lambda: paper_copies.look_up(session, failed.check_code))
    assert isinstance(answer, paper_copies.Answer)
    assert "never finished" in answer.says


def test_a_saved_copy_can_be_locked_with_a_password(shown: Page, qtbot: QtBot, tmp_path: Path) -> None:
    window = window_of(shown)
    asking = SavesTo(tmp_path / "locked.pdf")
    before = ask.replace_asking(asking)
    try:
        shown.tick("Lock the saved file with a password")
        shown.type("Password of the saved file", "short")
        shown.press("Save as PDF…")
        assert shown.says("at least 8 letters")
        assert asking.suggested == "", "nothing is asked for before the password will do"
        shown.retype("Password of the saved file", "walnut kettle")
        assert accessibility.faults(window) == []
        shown.press("Save as PDF…")
        qtbot.waitUntil(lambda: shown.says("Saved, locked with the password."), timeout=20_000)
    finally:
        ask.replace_asking(before)
    data = (tmp_path / "locked.pdf").read_bytes()
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(data))
    with pikepdf.open(io.BytesIO(data), password="walnut kettle") as document:
        assert document.encryption.bits == 256
        assert document.allow.accessibility
        assert document.allow.print_highres
    assert b"own bed" not in data
    shown.press("Not now")
    assert shown.read("Lock the saved file with a password") == "not ticked", "the next copy begins without it"
