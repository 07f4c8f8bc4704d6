"""The page on which the record is given another key: it proves who asks, and hands on to the program."""

from __future__ import annotations

import pytest

from eolc_desktop.errors import WrongPassphrase
from eolc_desktop.services import users
from eolc_desktop.services.session import Session
from eolc_desktop.views.safety.new_key_page import NewKeyPage
from tests.pages import Page
from tests.views.conftest import LOOKS, Office, walked

RIGHT = "four dry words"


@pytest.fixture(autouse=True)
def signing(monkeypatch: pytest.MonkeyPatch) -> None:
    """There are no key slots in this record: one passphrase is right."""

    def sign(_session: Session, typed: str) -> None:
        if typed != RIGHT:
            raise WrongPassphrase("That passphrase does not open this record.", "", "")

    monkeypatch.setattr(users, "sign", sign)


def shown(office: Office, *size: int) -> Page:
    made = NewKeyPage(office.desk)
    page = office.show(made, *(size or (1366, 706)))
    made.focus_first()
    return page


def test_it_hands_on_only_what_was_proved_and_forgets_it(office: Office) -> None:
    asked: list[str] = []
    office.desk.new_key_wanted.connect(asked.append)
    page = shown(office)
    page.press("Lock, and give the record another key")
    page.wait_until_says("Please type your passphrase.")
    page.type("Your own passphrase", "something else")
    page.press("Lock, and give the record another key")
    page.wait_until_says("That passphrase does not open this record.")
    assert asked == []
    page.retype("Your own passphrase", RIGHT)
    page.press("Lock, and give the record another key")
    office.qtbot.waitUntil(lambda: asked == [RIGHT], timeout=5000)
    assert page.read("Your own passphrase") == ""


@pytest.mark.parametrize(("theme_name", "percent", "size"), LOOKS)
def test_it_can_be_walked(office: Office, dress: object, theme_name: str, percent: int, size: tuple[int, int]) -> None:
    dress(theme_name, percent)  # type: ignore[operator]
    assert walked(shown(office, *size)) == []
