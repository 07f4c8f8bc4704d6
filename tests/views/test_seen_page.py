"""The page that tells a person who has seen their record, and takes out what is held about them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eolc_desktop.services import people, plans
from eolc_desktop.services.session import Visit
from eolc_desktop.views.safety.seen_page import SeenPage
from tests.pages import Page
from tests.prepared_files import PreparedFiles
from tests.views.conftest import LOOKS, Office, walked


@pytest.fixture
def who(office: Office) -> str:
    made = office.person()
    office.on_store(lambda: plans.open_plan(office.session, made))
    return made


def shown(office: Office, who: str, *size: int) -> tuple[SeenPage, Page]:
    made = SeenPage(office.desk, who)
    page = office.show(made, *(size or (1366, 706)))
    made.focus_first()
    return made, page


def test_it_says_who_looked_and_what_they_did(office: Office, who: str) -> None:
    _made, page = shown(office, who)
    page.wait_until_says("Looked at the plan.")
    assert page.says("Jo Okafor, district nurse")
    assert page.says("1 person is on this list.")


def test_the_list_and_everything_held_are_saved_and_noted(
    office: Office, who: str, tmp_path: Path, prepared_files: PreparedFiles
) -> None:
    _made, page = shown(office, who)
    prepared_files.paths += [tmp_path / "list.pdf", tmp_path / "all.zip"]
    page.press("Save this list as a PDF…")
    page.wait_until_says("Saved, and noted in this list.")
    page.wait_until_says("Saved this list.")
    page.press("Save everything that is held…")
    page.wait_until_says("Took the record out as a file.")
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "all.zip").read_bytes().startswith(b"PK")


def test_a_visitor_reads_the_list_and_takes_nothing_out(office: Office, who: str) -> None:
    visitor = replace(office.session.user, roles=frozenset({"visitor"}))
    office.desk.session = replace(office.session, user=visitor, visit=Visit("complaint of 3 November"))
    _made, page = shown(office, who)
    page.wait_until_says("Looked at the plan.")
    for button in ("Save this list as a PDF…", "Save everything that is held…", "Take this person off the lists"):
        assert not page.has(button)


@pytest.mark.hazard("H34")
def test_somebody_is_taken_off_the_lists_only_with_a_reason(office: Office, who: str) -> None:
    made, page = shown(office, who)
    left: list[bool] = []
    made.gone.connect(lambda: left.append(True))
    page.press("Take this person off the lists")
    page.wait_until_says("Please say why.")
    page.type("Why this person is to be taken off the lists", "the file of another team")
    page.press("Take this person off the lists")
    office.qtbot.waitUntil(lambda: left == [True], timeout=5000)
    assert office.on_store(lambda: people.caseload(office.session).total) == 0


@pytest.mark.parametrize(("theme_name", "percent", "size"), LOOKS)
def test_it_can_be_walked(
    office: Office, who: str, dress: object, theme_name: str, percent: int, size: tuple[int, int]
) -> None:
    dress(theme_name, percent)  # type: ignore[operator]
    _made, page = shown(office, who, *size)
    page.wait_until_says("Looked at the plan.")
    assert walked(page) == []
