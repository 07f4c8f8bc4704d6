"""A CPR decision is saved under the name of whoever typed the passphrase for it, and otherwise not at all."""

from __future__ import annotations

import secrets
from dataclasses import replace
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.errors import UserError
from eolc_desktop.models import keys
from eolc_desktop.paths import Profile
from eolc_desktop.services import plans
from eolc_desktop.services.session import Signature
from eolc_desktop.views.users.sign_dialog import SignDialog
from tests import accessibility
from tests.pages import Page
from tests.services.laptop import CHEAP
from tests.sessions import NURSE_USER
from tests.views.conftest import LOOKS, Office, walked

GOOD = "violet tractor pond marmalade"


class Heard(QWidget):
    """A view that records a CPR decision."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.done: list[object] = []
        self.errors: list[UserError] = []
        self._office = office

    def record(self, person_id: str) -> None:
        plan = self._office.on_store(lambda: plans.read_plan(self._office.session, person_id))
        values = {"decision": "not_for", "decided_at": "2026-11-02"}
        self._office.desk.run("r", plans.save_entry, plan, "cpr", MAIN, values, done=self.hear, failed=self.fail)

    def hear(self, result: object) -> None:
        self.done.append(result)

    def fail(self, error: UserError) -> None:
        self.errors.append(error)


@pytest.fixture
def heard(office: Office, profile: Profile) -> Heard:
    keys.create_slots(
        profile.keys,
        NURSE_USER.id,
        NURSE_USER.name,
        GOOD,
        office.clock,
        store_id=str(uuid4()),
        key=secrets.token_bytes(32),
        costs=CHEAP,
    )
    office.desk.session = replace(office.session, signature=Signature(), costs=CHEAP)
    heard = Heard(office)
    office.show(heard)
    return heard


def dialog_of(heard: Heard, qtbot: QtBot) -> Page:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), SignDialog), timeout=5000)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    return Page(qtbot, dialog)


def decision(office: Office, person_id: str) -> str:
    return office.on_store(lambda: plans.read_plan(office.session, person_id).text("cpr", "decision"))


@pytest.mark.hazard("H38")
def test_it_is_saved_once_the_passphrase_was_given(office: Office, heard: Heard, qtbot: QtBot) -> None:
    who = office.person()
    heard.record(who)
    dialog = dialog_of(heard, qtbot)
    assert decision(office, who) == ""
    assert dialog.says("This CPR decision is recorded under the name of Jo Okafor, district nurse.")
    dialog.type("Your passphrase", "not the one at all")
    dialog.press("Sign and save")
    dialog.wait_until_says("That passphrase does not open this record.")
    assert decision(office, who) == ""
    dialog.retype("Your passphrase", GOOD)
    dialog.press("Sign and save")
    qtbot.waitUntil(lambda: bool(heard.done), timeout=5000)
    assert decision(office, who) == "not_for"
    assert heard.errors == []


@pytest.mark.hazard("H38")
def test_going_back_saves_nothing_and_says_so(office: Office, heard: Heard, qtbot: QtBot) -> None:
    who = office.person()
    heard.record(who)
    dialog_of(heard, qtbot).press("Go back without saving")
    qtbot.waitUntil(lambda: bool(heard.errors), timeout=5000)
    assert "nothing was saved" in heard.errors[0].happened
    assert decision(office, who) == ""


@pytest.mark.parametrize(("theme_name", "percent", "size"), LOOKS)
def test_it_can_be_walked(office: Office, dress: object, theme_name: str, percent: int, size: tuple[int, int]) -> None:
    dress(theme_name, percent)  # type: ignore[operator]
    behind = QWidget()
    office.show(behind, *size)
    dialog = SignDialog(NURSE_USER, behind)
    page = office.show(dialog, min(600, size[0]), 0)
    assert walked(page) == []
    assert accessibility.faults(dialog) == []
