"""The window follows what the services decide: a visitor says why first, and can only read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from eolc_desktop.services.session import Visit
from eolc_desktop.views.users.reason_page import ReasonPage
from tests.sessions import NURSE_USER
from tests.views.conftest import LOOKS, Office, walked


def actions(office: Office, roles: frozenset[str]) -> dict[str, bool]:
    visitor = replace(office.session.user, roles=roles)
    office.desk.session = replace(office.session, user=visitor, visit=Visit("complaint of 3 November"))
    shell, _page = office.shell()
    shell.show_person(office.person())
    office.settle()
    return {deed.words: deed.action.isEnabled() for deed in shell.actions_list.list}


def test_what_may_not_be_done_is_switched_off_with_the_reason(office: Office) -> None:
    allowed = actions(office, frozenset({"visitor"}))
    for words in ("Import people from a file", "Add a person", "Print for this person", "Two records of one person"):
        assert not allowed[words], words
    assert allowed["Who has seen this record"]
    assert allowed["Lock"]


def test_who_may_finds_everything_switched_on(office: Office) -> None:
    allowed = actions(office, NURSE_USER.roles)
    for words in ("Import people from a file", "Add a person", "Print for this person", "Who has seen this record"):
        assert allowed[words], words


@pytest.mark.parametrize(("theme_name", "percent", "size"), LOOKS)
def test_the_question_can_be_walked(
    office: Office, dress: Callable[..., None], theme_name: str, percent: int, size: tuple[int, int]
) -> None:
    dress(theme_name, percent)
    page = office.show(ReasonPage(NURSE_USER), *size)
    assert walked(page) == []
