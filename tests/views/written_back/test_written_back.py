"""A form brought back, by keys: read in the worker, whose it is shown, who filled it in asked, each answer settled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from eolc_desktop.care_plan.plan import Edit
from eolc_desktop.desktop.settings import ThemeName
from eolc_desktop.documents.fillable import make_form
from eolc_desktop.record import journal
from eolc_desktop.services import plans
from eolc_desktop.services import written_back as services
from eolc_desktop.views.written_back.page import WrittenBackPage
from tests.documents.test_fillable import with_pikepdf
from tests.pages import Page
from tests.prepared_files import PreparedFiles
from tests.services.test_written_back import MATTERS
from tests.views.conftest import AHMED, LOOKS, PEGGY, Office, walked

STRENGTH = "about_me/main/strength"


def filled_in(office: Office, folder: Path, **more: str) -> tuple[str, Path]:
    """A form of Peggy that her daughter filled in, as a file."""
    person_id = office.person(PEGGY, about_me={"most_important": "My own bed."})

    def make() -> bytes:
        with office.session.store.writing() as connection:
            edit = Edit("contacts", "anna", "name", "Anna Smith")
            journal.append(connection, office.session.pen(), person_id, [edit])
        form = services.prepare_form(office.session, person_id)
        path = folder / "out.pdf"
        services.save_form(office.session, form, make_form(form.order), path)
        return path.read_bytes()

    path = folder / "back.pdf"
    path.write_bytes(with_pikepdf(office.on_store(make), {MATTERS: "The garden, too.", **more}))
    return person_id, path


def open_page(
    office: Office, person_id: str = "", width: int = 1366, height: int = 706
) -> tuple[WrittenBackPage, Page]:
    shown = WrittenBackPage(office.desk, person_id)
    page = office.show(shown, width, height)
    shown.focus_first()
    return shown, page


def held(office: Office, path: Path, prepared_files: PreparedFiles, page: Page, who: str = "Anna Smith") -> None:
    prepared_files.paths.append(path)
    page.press("Choose the file…")
    page.wait_until_has("Hold these answers", milliseconds=20_000)
    page.choose("Who filled it in?", who)
    page.press("Hold these answers")
    page.wait_until_says("held on this computer, encrypted", 10_000)


def test_a_form_is_read_held_and_settled_answer_by_answer(
    office: Office, tmp_path: Path, prepared_files: PreparedFiles
) -> None:
    person_id, path = filled_in(office, tmp_path, **{STRENGTH: "Radio 3"})
    _shown, page = open_page(office)
    prepared_files.paths.append(path)
    page.press("Choose the file…")
    page.wait_until_has("Hold these answers", milliseconds=20_000)
    assert page.says("SMITH, Margaret Rose (Mrs) · Born 05-Apr-1941")
    page.press("Hold these answers")
    assert page.says("Please say who filled it in.")
    page.choose("Who filled it in?", "Anna Smith")
    page.press("Hold these answers")
    page.wait_until_says("2 answers wait to be read together", 10_000)
    assert page.says("My own bed.")
    assert page.says("“The garden, too.”")
    matters = "About me – What matters most to me (12-Nov-2026 14:32)"
    page.press("Confirmed with Peggy: their own words", matters)
    page.wait_until_says("1 answer waits", 10_000)
    strength = "About me – What gives me strength (12-Nov-2026 14:32)"
    page.press("Keep as what Anna Smith says", strength)
    page.wait_until_says("No answers wait.", 10_000)
    plan = office.on_store(lambda: plans.read_plan(office.session, person_id))
    assert plan.text("about_me", "most_important") == "The garden, too."
    assert plan.text("about_me", "strength") == ""
    assert len(plan.entries("conversations")) == 1


def test_what_the_person_wrote_alone_is_no_relatives_word(
    office: Office, tmp_path: Path, prepared_files: PreparedFiles
) -> None:
    _person_id, path = filled_in(office, tmp_path)
    _shown, page = open_page(office)
    held(office, path, prepared_files, page, "Peggy, alone")
    page.wait_until_has("Confirmed with Peggy: their own words")
    assert not page.says("Keep as what")


def test_a_foreign_file_is_refused_in_words_and_nothing_is_held(
    office: Office, tmp_path: Path, prepared_files: PreparedFiles
) -> None:
    office.person()
    odd = tmp_path / "odd.pdf"
    odd.write_bytes(b"%PDF-1.7 nothing of ours")
    _shown, page = open_page(office)
    prepared_files.paths.append(odd)
    page.press("Choose the file…")
    page.wait_until_says("damaged", 20_000)
    assert page.says("Nothing was taken from it")
    assert not page.has("Hold these answers")


def test_a_form_of_somebody_else_is_not_taken_on_this_persons_page(
    office: Office, tmp_path: Path, prepared_files: PreparedFiles
) -> None:
    _peggy, path = filled_in(office, tmp_path)
    _shown, page = open_page(office, office.person(AHMED))
    prepared_files.paths.append(path)
    page.press("Choose the file…")
    page.wait_until_says("belongs to somebody else on this computer", 20_000)


def test_a_form_that_is_not_taken_is_put_away(office: Office, tmp_path: Path, prepared_files: PreparedFiles) -> None:
    _person_id, path = filled_in(office, tmp_path)
    shown, page = open_page(office)
    prepared_files.paths.append(path)
    page.press("Choose the file…")
    page.wait_until_has("Do not take it", milliseconds=20_000)
    page.press("Do not take it")
    assert shown._data == b""
    assert office.on_store(lambda: services.waiting(office.session)) == ()


@pytest.mark.parametrize(("look", "percent", "size"), LOOKS)
def test_everything_can_be_heard_reached_and_read(
    office: Office, tmp_path: Path, prepared_files: PreparedFiles, dress: Callable[[ThemeName, int], None],
    look: ThemeName, percent: int, size: tuple[int, int],
) -> None:  # fmt: skip
    dress(look, percent)
    _person_id, path = filled_in(office, tmp_path)
    _shown, page = open_page(office, "", *size)
    prepared_files.paths.append(path)
    page.press("Choose the file…")
    page.wait_until_has("Hold these answers", milliseconds=20_000)
    assert walked(page) == []
    page.choose("Who filled it in?", "Anna Smith")
    page.press("Hold these answers")
    page.wait_until_has("Put aside", milliseconds=10_000)
    assert walked(page) == []
