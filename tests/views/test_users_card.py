"""Who uses this laptop, in Settings: added by who looks after it, changed, closed off; their work stays."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.errors import WrongPassphrase
from eolc_desktop.models import keys
from eolc_desktop.models.store import create_store
from eolc_desktop.paths import Profile
from eolc_desktop.record import users as user_rows
from eolc_desktop.services import sign_in
from eolc_desktop.services.session import Session
from eolc_desktop.views.users.users_card import UsersCard
from eolc_desktop.views.widgets.ask import QuestionDialog
from tests.pages import Page
from tests.services.laptop import CHEAP, GOOD, OTHER
from tests.sessions import NURSE_USER
from tests.views.conftest import LOOKS, Office, walked

NOW = "Your own passphrase, to change who uses this laptop"


@pytest.fixture
def held(office: Office, profile: Profile) -> Iterator[Office]:
    """The office on a record whose user has a passphrase."""
    store_id, key = str(uuid4()), secrets.token_bytes(32)
    office.do(office.session.store.close)
    profile.store.unlink()

    def make() -> Session:
        keys.create_slots(
            profile.keys, NURSE_USER.id, NURSE_USER.name, GOOD, office.clock, store_id=store_id, key=key, costs=CHEAP
        )
        store = create_store(profile.store, key, store_id)
        with store.writing() as connection:
            user_rows.add(connection, NURSE_USER, office.clock())
        return Session(store, NURSE_USER, office.clock, built_in(), "laptop-1", profile, costs=CHEAP)

    made = office.on_store(make)
    office.desk.session = made
    yield office
    office.settle()
    office.do(made.store.close)


def shown(office: Office, width: int = 900, height: int = 706) -> tuple[UsersCard, Page]:
    card = UsersCard(office.desk)
    around = QScrollArea()
    around.setWidgetResizable(True)
    around.setWidget(card)
    page = office.show(around, width, height)
    card.refresh()
    office.settle()
    return card, page


def opens(office: Office, passphrase: str) -> bool:
    try:
        sign_in.prove(office.session.profile, passphrase, office.clock, costs=CHEAP)
    except WrongPassphrase:
        return False
    return True


def add_ben(page: Page, may: str = "Nurse") -> None:
    page.press("Add somebody…")
    page.type("Their name", "Ben Li")
    page.choose("What they may do", may)
    page.type("Their passphrase", OTHER)
    page.type("Their passphrase once more", OTHER)
    page.retype(NOW, GOOD)
    page.press("Add this person")
    page.wait_until_says("They were added.")


def people(office: Office) -> dict[str, user_rows.User]:
    def look() -> dict[str, user_rows.User]:
        with office.session.store.reading() as connection:
            return {one.name: one for one in user_rows.all_users(connection)}

    return office.on_store(look)


def answer(card: UsersCard, qtbot: QtBot, words: str) -> None:
    """Press the answer of the question that lies over the page."""
    dialogs = card.window().findChildren(QuestionDialog)
    qtbot.waitUntil(lambda: any(dialog.isVisible() for dialog in dialogs), timeout=5000)
    (dialog,) = [dialog for dialog in dialogs if dialog.isVisible()]
    (button,) = [button for button in dialog.findChildren(QPushButton) if button.text() == words]
    button.click()


@pytest.mark.hazard("H38")
def test_somebody_is_added_with_a_passphrase_of_their_own(held: Office) -> None:
    _card, page = shown(held)
    add_ben(page)
    assert opens(held, OTHER)
    assert people(held)["Ben Li"].roles == {"nurse"}
    page.wait_until_says("Ben Li")
    assert "added a user" in held.audit_actions()


def test_nobody_is_added_without_the_right_passphrase_of_who_is_here(held: Office) -> None:
    _card, page = shown(held)
    page.press("Add somebody…")
    page.press("Add this person")
    page.wait_until_says("Please type their name.")
    page.type("Their name", "Ben Li")
    page.choose("What they may do", "Coordinator")
    page.type("Their passphrase", OTHER)
    page.type("Their passphrase once more", OTHER)
    page.press("Add this person")
    page.wait_until_says("Please type it first.")
    page.type(NOW, "not the one at all")
    page.press("Add this person")
    page.wait_until_says("That passphrase does not open this record.")
    assert set(people(held)) == {NURSE_USER.name}
    assert not opens(held, OTHER)


def test_what_they_may_do_is_changed_and_who_looks_after_it_stays(held: Office, qtbot: QtBot) -> None:
    card, page = shown(held)
    add_ben(page)
    page.wait_until_says("Change what Ben Li may do…")
    page.press("Change what Ben Li may do…")
    answer(card, qtbot, "Visitor, who may only read, with a reason")
    page.wait_until_says("Changed. It holds from the next time they unlock.")
    assert people(held)["Ben Li"].roles == {"visitor"}
    with qtbot.waitActive(page.root, timeout=5000):
        page.root.activateWindow()
    card.setFocus()
    page.press(f"{NURSE_USER.name} no longer looks after it")
    page.wait_until_says("Nobody would be left who looks after this laptop.")


@pytest.mark.hazard("H38")
def test_a_leaver_opens_nothing_any_more_and_their_work_stays(held: Office, qtbot: QtBot) -> None:
    card, page = shown(held)
    add_ben(page)
    ben = people(held)["Ben Li"]
    mine = held.session
    held.desk.session = replace(mine, user=ben)
    who = held.person()
    held.desk.session = mine
    page.retype(NOW, GOOD)
    page.press("Close Ben Li off…")
    answer(card, qtbot, "Close Ben Li off")
    page.wait_until_says("They were closed off, here and in every backup.")
    assert not opens(held, OTHER)
    assert people(held)["Ben Li"].closed

    def authors() -> set[str]:
        with held.session.store.reading() as connection:
            rows = connection.exec_driver_sql("SELECT author_name FROM change WHERE person_id = ?", (who,))
            return set(rows.scalars())

    assert held.on_store(authors) == {"Ben Li"}
    assert [line for line in held.audit_actions() if line == "closed a user off"]


def test_who_does_not_look_after_the_laptop_sees_and_changes_nothing(held: Office) -> None:
    held.desk.session = replace(held.session, user=replace(held.session.user, roles=frozenset({"nurse"})))
    _card, page = shown(held)
    assert page.says(NURSE_USER.name)
    assert not page.has("Add somebody…")
    assert not page.has(NOW)


@pytest.mark.parametrize(("theme_name", "percent", "size"), LOOKS)
def test_it_can_be_walked(held: Office, dress: object, theme_name: str, percent: int, size: tuple[int, int]) -> None:
    dress(theme_name, percent)  # type: ignore[operator]
    _card, page = shown(held, *size)
    page.press("Add somebody…")
    assert walked(page) == []
