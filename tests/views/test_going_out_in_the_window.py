"""What the window says when something that would leave is not as it was written: who, what is safe, what to do next."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from eolc_desktop.models.opening import connect
from eolc_desktop.services import going_out
from eolc_desktop.services.going_out import MARKED
from eolc_desktop.views.caseload.taking_out import TakingOut
from eolc_desktop.views.places import Place
from eolc_desktop.views.safety.seen_page import SeenPage
from tests.pages import Page
from tests.prepared_files import PreparedFiles
from tests.views.conftest import AHMED, PEGGY, Office

pytestmark = pytest.mark.hazard("H30")
WHO = "This is about SMITH, Margaret Rose (Mrs)."
NEXT = "Settings says what was found."


@pytest.fixture
def doubted(office: Office) -> str:
    """Peggy, whose name was changed in the file itself; Ahmed beside her is as he was written."""
    office.person(AHMED)
    who = office.person(PEGGY)

    def change() -> None:
        raw = connect(office.session.store.place)
        raw.execute("UPDATE current SET value = '\"Rosie\"' WHERE field = 'preferred_name' AND person_id = ?", (who,))
        raw.close()

    office.do(change)
    return who


def chosen(office: Office, page: Page, words: str) -> None:
    """Choose in the menu of the list."""
    button = page.root.findChild(TakingOut)
    assert isinstance(button, TakingOut)
    (action,) = [one for one in button.menu().actions() if words in one.text().replace("&", "")]
    action.trigger()


@pytest.mark.parametrize("words", ["Save it for a spreadsheet", "Save it as a PDF", "Save it for a meeting"])
def test_a_list_with_somebody_in_doubt_is_refused_by_name(
    office: Office,
    doubted: str,
    tmp_path: Path,
    prepared_files: PreparedFiles,
    monkeypatch: pytest.MonkeyPatch,
    words: str,
) -> None:
    monkeypatch.setattr(going_out, "AT_A_TIME", 1)
    shell, page = office.shell()
    shell.show_caseload()
    office.settle()
    prepared_files.paths.append(tmp_path / "list")
    monkeypatch.setattr(going_out, "PORTION_SECONDS", 1e-9)
    chosen(office, page, words)
    page.wait_until_says(WHO, 20_000)
    assert page.says("can be saved: something that is recorded is not as it was written")
    assert page.says("Nothing was saved.")
    assert page.says(NEXT)
    assert list(tmp_path.glob("*list*")) == []


def test_how_far_the_looking_is_stands_on_the_screen(
    office: Office, tmp_path: Path, prepared_files: PreparedFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.crowd(30)
    told: list[object] = []
    office.desk.told.connect(told.append)
    monkeypatch.setattr(going_out, "PORTION_SECONDS", 1e-9)
    shell, page = office.shell()
    shell.show_caseload()
    office.settle()
    prepared_files.paths.append(tmp_path / "list.csv")
    chosen(office, page, "Save it for a spreadsheet")
    page.wait_until_says("Saved: 30 people", 20_000)
    assert told[:2] == [
        "Looking whether the record is as it was written: 10 of 30 people.",
        "Looking whether the record is as it was written: 20 of 30 people.",
    ]
    assert len((tmp_path / "list.csv").read_text("utf-8-sig").splitlines()) == 31


def test_data_out_says_who_is_not_in_the_file(
    office: Office, doubted: str, tmp_path: Path, prepared_files: PreparedFiles
) -> None:
    shell, page = office.shell()
    shell.places.go(Place("data_out"))
    office.settle()
    prepared_files.paths.append(tmp_path / "plans.ndjson")
    page.choose("What to take out", "The plans, as JSON: one line for each person")
    page.press("Choose where, and begin…")
    page.wait_until_says("Written: 1 person, 1 line.")
    assert page.says("1 person was left out: What is recorded is not as it was written")
    assert page.says(WHO)
    assert page.says(NEXT)
    assert "Rosie" not in (tmp_path / "plans.ndjson").read_text("utf-8")


def test_what_a_person_asks_for_is_given_and_says_that_it_is_in_doubt(
    office: Office, doubted: str, tmp_path: Path, prepared_files: PreparedFiles
) -> None:
    made = SeenPage(office.desk, doubted)
    page = office.show(made)
    made.focus_first()
    page.wait_until_says(MARKED)
    prepared_files.paths.append(tmp_path / "all.zip")
    page.press("Save everything that is held…")
    page.wait_until_says("It says that what is recorded is not as it was written, and cannot be trusted.")
    with zipfile.ZipFile(tmp_path / "all.zip") as file:
        assert MARKED in file.read("record.txt").decode()
