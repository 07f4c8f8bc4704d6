"""The first run: four steps by keyboard, a code shown once and proved to be kept, plain words about the disk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from eolc_desktop.desktop.settings import ThemeName
from eolc_desktop.errors import StoreFull
from eolc_desktop.models.recovery_code import new_secret, write_code
from eolc_desktop.services.sign_in import NewUser
from eolc_desktop.services.this_computer import DiskEncryption
from eolc_desktop.views.first_run import Chosen, FirstRunPage
from eolc_desktop.views.passphrase_form import strength_words
from eolc_desktop.views.recovery_code_card import is_end_of
from tests.pages import OpenWindow, Page
from tests.views.conftest import LOOKS, walked

WORDS = "lantern orchard pebble seven"
CODE = write_code(bytes(range(16)))


@pytest.fixture
def first(page: OpenWindow) -> Page:
    shown = page(FirstRunPage(), 1366, 706)
    page_of(shown).focus_first()
    return shown


def page_of(shown: Page) -> FirstRunPage:
    assert isinstance(shown.root, FirstRunPage)
    return shown.root


def to_passphrase(shown: Page) -> None:
    shown.type("Your name", "Jo  Okafor ")
    shown.type("Your role (optional)", "district nurse")
    shown.press("Continue")


def to_code(shown: Page) -> list[Chosen]:
    wanted: list[Chosen] = []
    page_of(shown).record_wanted.connect(wanted.append)
    to_passphrase(shown)
    shown.type("Passphrase", WORDS)
    shown.type("Passphrase once more", WORDS)
    shown.press("Make the record")
    page_of(shown).show_recovery_code(CODE)
    return wanted


def test_each_step_says_where_it_is(first: Page) -> None:
    assert first.says("Step 1 of 4")
    assert first.says("Who you are")
    to_passphrase(first)
    assert first.says("Step 2 of 4")


def test_a_name_is_needed_and_nothing_else(first: Page) -> None:
    first.press("Continue")
    assert first.says("Step 1 of 4")
    assert "Please type your name." in first.description("Your name")
    assert first.focused_name() == "Your name"
    first.keys("Jo")
    first.key(Qt.Key.Key_Return)
    assert first.says("Step 2 of 4")


def test_what_was_chosen_is_what_the_record_is_made_with(first: Page) -> None:
    wanted = to_code(first)
    assert wanted == [Chosen(NewUser("Jo Okafor", "district nurse", ""), WORDS)]


def test_going_back_keeps_what_was_typed(first: Page) -> None:
    to_passphrase(first)
    first.press("Back")
    assert first.read("Your name") == "Jo  Okafor "


@pytest.mark.parametrize(
    ("typed", "again", "says"),
    [
        ("", "", "Please choose a passphrase."),
        ("short", "short", "at least 12 characters"),
        ("passwordpassword", "passwordpassword", "guessed"),
        (WORDS, "lantern orchard pebble eight", "These two are not the same."),
    ],
)
def test_a_passphrase_that_will_not_do_is_said_beside_it(first: Page, typed: str, again: str, says: str) -> None:
    wanted: list[Chosen] = []
    page_of(first).record_wanted.connect(wanted.append)
    to_passphrase(first)
    first.type("Passphrase", typed)
    first.type("Passphrase once more", again)
    first.press("Make the record")
    assert wanted == []
    assert first.says(says)
    assert first.says("Step 2 of 4")


def test_the_strength_is_said_in_words(first: Page) -> None:
    to_passphrase(first)
    first.type("Passphrase", "lantern orc")
    assert first.says("Please use at least 12 characters")
    first.keys("hard")
    assert first.says("This will do.")
    first.keys(" pebble")
    assert first.says("Good.")
    first.keys(" seven")
    assert first.says("Very good")


def test_a_name_makes_a_poor_passphrase() -> None:
    assert "your name" in strength_words("Margaret Okafor", "Margaret Okafor")


def test_the_passphrase_is_hidden_until_it_is_asked_for(first: Page) -> None:
    to_passphrase(first)
    field = first.field("Passphrase")
    assert isinstance(field, QLineEdit)
    assert field.echoMode() is QLineEdit.EchoMode.Password
    first.tick("Show what I type")
    assert field.echoMode() is QLineEdit.EchoMode.Normal


def test_a_full_disk_is_said_and_can_be_tried_again(first: Page) -> None:
    to_passphrase(first)
    first.type("Passphrase", WORDS)
    first.type("Passphrase once more", WORDS)
    first.press("Make the record")
    page_of(first).show_problem(StoreFull("The disk is full.", "Nothing was made.", "Make some room."))
    assert first.says("The disk is full. Nothing was made. Make some room.")
    first.press("Make the record")


def test_the_code_is_shown_whole_and_has_to_be_typed_back(first: Page, qtbot: QtBot) -> None:
    to_code(first)
    assert first.says("Step 3 of 4")
    shown = " ".join(first.words()).replace(" ", "")
    assert "".join(",".join(CODE.split("-")).split(",")) in shown.replace(",", "").replace("-", "")
    kept: list[bool] = []
    page_of(first).code_kept.connect(lambda: kept.append(True))
    first.type("Type the last 4 characters from your copy", "0000" if not CODE.endswith("0000") else "1111")
    first.press("I have a copy: continue")
    assert kept == []
    assert first.says("Please compare with your copy")
    first.retype("Type the last 4 characters from your copy", CODE[-4:].lower())
    first.press("I have a copy: continue")
    assert kept == [True]
    assert first.says("Step 4 of 4")


def test_the_code_is_nowhere_once_it_was_kept(first: Page) -> None:
    to_code(first)
    first.type("Type the last 4 characters from your copy", CODE[-4:])
    first.press("I have a copy: continue")
    held = [label.text() + label.accessibleName() for label in page_of(first).findChildren(QLineEdit)]
    held += [widget.accessibleName() for widget in page_of(first).findChildren(type(page_of(first)._disk))]
    held += [widget.text() for widget in page_of(first).findChildren(type(page_of(first)._disk))]
    assert not any(CODE[:4] in text for text in held)


def test_there_is_no_way_back_from_a_code_that_is_shown_once(first: Page) -> None:
    to_code(first)
    assert not first.has("Back")


def test_printing_and_saving_give_the_code_to_the_paper(first: Page, qtbot: QtBot) -> None:
    to_code(first)
    with qtbot.waitSignal(page_of(first).print_code_wanted, check_params_cb=lambda code: code == CODE):
        first.press("Print the page…")
    with qtbot.waitSignal(page_of(first).save_code_wanted, check_params_cb=lambda code: code == CODE):
        first.press("Save the page as a PDF…")


@pytest.mark.parametrize("found", list(DiskEncryption))
def test_what_was_found_about_the_disk_is_said_plainly(first: Page, qtbot: QtBot, found: DiskEncryption) -> None:
    to_code(first)
    first.type("Type the last 4 characters from your copy", CODE[-4:])
    first.press("I have a copy: continue")
    page_of(first).show_disk(found)
    assert first.says(found.words)
    with qtbot.waitSignal(page_of(first).finished):
        first.press("Work on this computer")


def test_the_end_of_a_code_is_read_as_people_write_it() -> None:
    for _ in range(50):
        code = write_code(new_secret())
        end = code[-4:]
        assert is_end_of(code, end.lower())
        assert is_end_of(code, f" {end[:2]} {end[2:]} ")
        assert is_end_of(code, end.replace("0", "o").replace("1", "l"))
        assert not is_end_of(code, code[:4]) or code[:4] == end
        assert not is_end_of(code, "")


@pytest.mark.parametrize(("colours", "percent", "size"), LOOKS)
@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_it_is_read_and_worked_without_eyes_or_pointer(
    page: OpenWindow,
    dress: Callable[[ThemeName, int], None],
    colours: ThemeName,
    percent: int,
    size: tuple[int, int],
    step: int,
) -> None:
    dress(colours, percent)
    shown = page(FirstRunPage(), *size)
    page_of(shown).focus_first()
    if step == 2:
        to_passphrase(shown)
        shown.type("Passphrase", "short")
    elif step > 2:
        to_code(shown)
    if step == 4:
        shown.type("Type the last 4 characters from your copy", CODE[-4:])
        shown.press("I have a copy: continue")
        page_of(shown).show_disk(DiskEncryption.NOT_FOUND)
    assert shown.says(f"Step {step} of 4")
    assert walked(shown) == []
