"""The screens before anybody is signed in, and the first run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from eolc_desktop.app.entrance_words import TO_READ, only_read
from eolc_desktop.care_plan.dates import moment_words
from eolc_desktop.errors import WrongPassphrase
from eolc_desktop.services.restoring import AfterRestore
from eolc_desktop.services.this_computer import DiskEncryption
from eolc_desktop.views.begin_with_backup import HOLDS, UNLOCK, BeginWithBackupPage
from eolc_desktop.views.first_run import FirstRunPage
from eolc_desktop.views.unlock import UnlockPage
from tests.screens.stage import Stage

CODE = "7KDM-29QA-HX4T-3WZP-E8RB-6NFC-51VG"
"""A recovery code that opens nothing."""


def unlock(stage: Stage) -> QWidget:
    page = UnlockPage()
    page.offer_keyring(True)
    stage.show(page)
    return page


def unlock_who(stage: Stage) -> QWidget:
    page = UnlockPage()
    stage.show(page)
    page.ask_who((("1", "Jo Okafor"), ("2", "Ben Li"), ("3", "Dr Amina Khan")))
    return page


def unlock_refused(stage: Stage) -> QWidget:
    page = UnlockPage(locked_at="14:27")
    stage.show(page)
    QTest.keyClicks(page._field, "not the one")
    page.show_refused(
        WrongPassphrase(
            "That passphrase does not open this record.",
            "Nothing is lost, and nothing is ever deleted because of wrong tries.",
            "Try again, or use the recovery code.",
        )
    )
    return page


def unlock_to_read(stage: Stage) -> QWidget:
    """A disk that takes nothing, and a passphrase that is forgotten."""
    page = UnlockPage()
    stage.show(page)
    page.show_trouble(only_read(), can_read=True)
    page.show_purpose(TO_READ)
    page._on_other_way()
    stage.settle()
    return page


def first_run(step: int) -> Callable[[Stage], QWidget]:
    def play(stage: Stage) -> QWidget:
        page = FirstRunPage()
        stage.show(page)
        if step >= 1:
            for field_, words in ((page._name, "Jo Okafor"), (page._role, "district nurse")):
                QTest.keyClicks(field_, words)
            QTest.keyClick(page._name, Qt.Key.Key_Return)
        if step >= 2:
            page.show_recovery_code(CODE)
        if step >= 3:
            page._on_code_confirmed()
            page.show_disk(DiskEncryption.NOT_FOUND)
        stage.settle()
        return page

    return play


def from_backup(step: int) -> Callable[[Stage], QWidget]:
    made_at = datetime(2026, 11, 11, 17, 5, tzinfo=UTC)

    def play(stage: Stage) -> QWidget:
        page = BeginWithBackupPage()
        stage.show(page)
        if step >= UNLOCK:
            page.show_backup(moment_words(made_at), "record-20261111T170500000Z.db")
        if step >= HOLDS:
            page.show_holds(AfterRestore(made_at, made_at).words, 87)
            page.show_disk(DiskEncryption.FOUND)
        stage.settle()
        return page

    return play


# The caseload
