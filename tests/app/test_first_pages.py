"""The window and the pages that are made while the passphrase is typed: empty, and used once."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from eolc_desktop.views.caseload.page import CaseloadPage
from eolc_desktop.views.caseload.table import CaseloadTable
from eolc_desktop.views.people_list import PeopleList
from eolc_desktop.views.shell import Shell
from eolc_desktop.views.today import TodayPage
from tests.app.laptop import Laptop, add_peggy, laptop

__all__ = ["laptop"]


def pages(laptop: Laptop) -> list[QWidget]:
    assert laptop.window is not None
    return [*laptop.window.findChildren(TodayPage), *laptop.window.findChildren(CaseloadPage)]


def test_they_wait_unseen_with_nobody_on_them_and_are_used_after_unlocking(laptop: Laptop) -> None:
    laptop.make(add_peggy)
    page = laptop.start()
    laptop.qtbot.waitUntil(lambda: len(pages(laptop)) == 2, timeout=10_000)
    made = pages(laptop)
    assert laptop.window is not None
    (shell,) = laptop.window.findChildren(Shell)
    assert not any(one.isVisible() for one in (shell, *made))
    assert not any(deed.action.isEnabled() for deed in shell.actions_list.list), "nobody has signed in"
    lists = [view.model() for one in made for view in (*one.findChildren(PeopleList), *one.findChildren(CaseloadTable))]
    assert [model.rowCount() for model in lists] == [0, 0, 0, 0]
    with pytest.raises(RuntimeError, match="nobody has signed in"):
        _ = laptop.program._desk_before.session
    laptop.unlock(page)
    page.wait_until_says("Changed last")
    page.key("Ctrl+2")
    page.wait_until_says("1 person")
    assert pages(laptop) == made, "the same two pages, and no others"
    assert laptop.program.shell is shell
    assert any(deed.action.isEnabled() for deed in shell.actions_list.list)
    assert shell.places.currentWidget() is made[1]


def test_whoever_is_quicker_has_them_all_the_same(laptop: Laptop) -> None:
    laptop.make(add_peggy)
    page = laptop.start()
    laptop.unlock(page)
    page.key("Ctrl+2")
    page.wait_until_says("1 person")
    assert len(pages(laptop)) == 2
