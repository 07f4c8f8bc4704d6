"""The unlock page: takes exactly what is typed, says in words why it did not open, and never names anybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from eolc_desktop.desktop.settings import ThemeName
from eolc_desktop.errors import StoreDamaged, WrongPassphrase
from eolc_desktop.views.secret_field import SecretField
from eolc_desktop.views.unlock import UnlockPage
from tests.pages import OpenWindow, Page
from tests.views.conftest import LOOKS, walked

WRONG = WrongPassphrase("That passphrase does not open this record.", "Nothing is lost.", "Please try again.")


@pytest.fixture
def unlock(page: OpenWindow) -> Page:
    shown = page(UnlockPage(), 1366, 706)
    page_of(shown).focus_first()
    return shown


def page_of(shown: Page) -> UnlockPage:
    assert isinstance(shown.root, UnlockPage)
    return shown.root


def given(shown: Page) -> list[str]:
    taken: list[str] = []
    page_of(shown).passphrase_given.connect(taken.append)
    return taken


def test_the_field_takes_keys_at_once_and_hides_them(unlock: Page) -> None:
    assert unlock.focused_name() == "Passphrase"
    unlock.keys("four dry words")
    field = unlock.field("Passphrase")
    assert isinstance(field, QLineEdit)
    assert field.echoMode() is QLineEdit.EchoMode.Password


def test_what_was_typed_is_given_exactly(unlock: Page) -> None:
    """Spaces at the ends are part of a passphrase."""
    taken = given(unlock)
    unlock.keys(" four dry words ")
    unlock.key(Qt.Key.Key_Return)
    unlock.press("Unlock")
    assert taken == [" four dry words ", " four dry words "]


def test_nothing_typed_is_nothing_tried(unlock: Page) -> None:
    taken = given(unlock)
    unlock.key(Qt.Key.Key_Return)
    assert taken == []
    assert unlock.says("Please type your passphrase.")


def test_it_can_be_shown(unlock: Page) -> None:
    unlock.keys("four dry words")
    unlock.press("Show the passphrase")
    field = unlock.field("Passphrase")
    assert isinstance(field, QLineEdit)
    assert field.echoMode() is QLineEdit.EchoMode.Normal
    unlock.press("Hide the passphrase")
    assert field.echoMode() is QLineEdit.EchoMode.Password


def test_it_can_be_pasted(unlock: Page) -> None:
    """WCAG 2.2, 3.3.8: a password manager has to be able to fill it in."""
    field = unlock.field("Passphrase")
    assert isinstance(field, QLineEdit)
    field.insert("pasted words")
    taken = given(unlock)
    unlock.key(Qt.Key.Key_Return)
    assert taken == ["pasted words"]


def test_caps_lock_is_noticed_from_the_letters(unlock: Page) -> None:
    field = unlock.field("Passphrase")
    QTest.keyClicks(field, "A", Qt.KeyboardModifier.NoModifier)
    assert unlock.says("Caps Lock is on")
    QTest.keyClicks(field, "a", Qt.KeyboardModifier.NoModifier)
    assert not unlock.says("Caps Lock is on")
    QTest.keyClicks(field, "A", Qt.KeyboardModifier.ShiftModifier)
    assert not unlock.says("Caps Lock is on")
    QTest.keyClicks(field, "a", Qt.KeyboardModifier.ShiftModifier)
    assert unlock.says("Caps Lock is on")
    QTest.keyClick(field, Qt.Key.Key_CapsLock)
    assert not unlock.says("Caps Lock is on")


def test_a_figure_says_nothing_about_caps_lock(unlock: Page) -> None:
    unlock.keys("7")
    assert not unlock.says("Caps Lock is on")


def test_a_wrong_passphrase_is_said_and_can_be_typed_over(unlock: Page) -> None:
    taken = given(unlock)
    unlock.keys("wrong")
    page_of(unlock).show_refused(WRONG)
    assert unlock.says("That passphrase does not open this record. Nothing is lost. Please try again.")
    unlock.keys("right")
    unlock.key(Qt.Key.Key_Return)
    assert taken == ["right"], "what was wrong is selected, so that typing replaces it"


def test_the_wait_is_counted_down_in_words(unlock: Page, qtbot: QtBot) -> None:
    taken = given(unlock)
    page_of(unlock).show_refused(WRONG, seconds=1)
    assert unlock.says("please try again in 1 second.")
    unlock.keys("right")
    unlock.key(Qt.Key.Key_Return)
    assert taken == [], "nothing is tried while there is a wait"
    assert unlock.read("Passphrase") == "right", "and what was typed meanwhile stays"
    unlock.wait_until_says("You can try again now.")
    unlock.key(Qt.Key.Key_Return)
    assert taken == ["right"]


def test_while_it_opens_nothing_is_tried_twice(unlock: Page) -> None:
    taken = given(unlock)
    unlock.keys("right")
    page_of(unlock).show_busy()
    unlock.key(Qt.Key.Key_Return)
    assert taken == []
    assert unlock.says("Opening the record…")
    assert unlock.read("Passphrase") == "right"


def test_the_recovery_code_is_asked_for_in_the_same_field(unlock: Page) -> None:
    codes: list[str] = []
    page_of(unlock).recovery_code_given.connect(codes.append)
    unlock.keys("half a passphrase")
    unlock.press("Use the recovery code")
    assert unlock.focused_name() == "Recovery code"
    assert unlock.read("Recovery code") == ""
    unlock.keys("ABCD-EFGH")
    unlock.key(Qt.Key.Key_Return)
    assert codes == ["ABCD-EFGH"]
    unlock.press("Use the passphrase")
    assert unlock.focused_name() == "Passphrase"
    field = unlock.field("Passphrase")
    assert isinstance(field, SecretField)
    assert field.echoMode() is QLineEdit.EchoMode.Password, "what was shown for the code is hidden again"


def test_the_key_store_is_offered_only_to_who_chose_it(unlock: Page, qtbot: QtBot) -> None:
    assert not unlock.has("Use this computer’s key store")
    page_of(unlock).offer_keyring(True)
    with qtbot.waitSignal(page_of(unlock).keyring_wanted):
        unlock.press("Use this computer’s key store")


def test_trouble_with_the_record_is_said_with_what_can_be_done(unlock: Page, qtbot: QtBot) -> None:
    error = StoreDamaged("The record is damaged.", "The file is kept as it is.", "Please restore a backup.")
    page_of(unlock).show_trouble(error, can_restore=True)
    assert unlock.says("The record is damaged. The file is kept as it is. Please restore a backup.")
    assert not unlock.has("Open the record as it is")
    with qtbot.waitSignal(page_of(unlock).restore_wanted):
        unlock.press("Restore from a backup…")
    page_of(unlock).show_trouble(error, can_open_anyway=True)
    with qtbot.waitSignal(page_of(unlock).open_anyway_wanted):
        unlock.press("Open the record as it is")


def test_when_it_was_locked_is_said(page: OpenWindow) -> None:
    assert page(UnlockPage("14:32"), 1366, 706).says("Locked at 14:32. What you were writing is kept.")


def test_who_can_help_is_said_truly(unlock: Page) -> None:
    unlock.press("Who can help")
    assert unlock.says("Wrong tries never delete anything.")
    assert unlock.says("Works without a network.")


@pytest.mark.parametrize(("colours", "percent", "size"), LOOKS)
def test_it_is_read_and_worked_without_eyes_or_pointer(
    page: OpenWindow, dress: Callable[[ThemeName, int], None], colours: ThemeName, percent: int, size: tuple[int, int]
) -> None:
    dress(colours, percent)
    shown = page(UnlockPage("14:32"), *size)
    page_of(shown).offer_keyring(True)
    page_of(shown).show_trouble(WRONG, can_open_anyway=True, can_restore=True)
    page_of(shown).focus_first()
    assert walked(shown) == []


BOTH = (("1", "Jo Okafor"), ("2", "Ben Li"))


@pytest.mark.hazard("H38")
def test_where_several_people_share_the_laptop_it_asks_who_first(page: OpenWindow) -> None:
    shown = page(UnlockPage(), 1366, 706)
    page_of(shown).ask_who(BOTH)
    assert shown.focused_name() == "Who are you?"
    taken = given(shown)
    shown.type("Passphrase", "four dry words")
    shown.press("Unlock")
    assert shown.says("Please choose who you are.")
    assert taken == []
    shown.choose("Who are you?", "Ben Li")
    shown.press("Unlock")
    assert (taken, page_of(shown).user_id) == (["four dry words"], "2")
    shown.press("Use the recovery code")
    assert not shown.has("Who are you?")
    assert page_of(shown).user_id is None


def test_the_arrows_go_past_a_name_and_a_letter_goes_on_from_it(page: OpenWindow) -> None:
    shown = page(UnlockPage(), 1366, 706)
    page_of(shown).ask_who((*BOTH, ("3", "Dr Amina Khan")))
    for user_id in ("2", "3", "1"):  # in the order of their names
        shown.key(Qt.Key.Key_Down)
        assert page_of(shown).user_id == user_id
        assert shown.focused_name() == "Who are you?", "the one wanted may stand further down"
    shown.keys("b")
    assert page_of(shown).user_id == "2"
    assert shown.focused_name() == "Passphrase"


def test_after_a_lock_whoever_was_here_is_chosen_and_one_person_alone_is_not_asked(page: OpenWindow) -> None:
    shown = page(UnlockPage(locked_at="14:27"), 1366, 706)
    page_of(shown).ask_who(BOTH, "1")
    assert shown.read("Who are you?") == "Jo Okafor"
    assert shown.focused_name() == "Passphrase"
    assert walked(shown) == []
    alone = page(UnlockPage(), 1366, 706)
    page_of(alone).ask_who(BOTH[:1], "1")
    assert not alone.has("Who are you?")
