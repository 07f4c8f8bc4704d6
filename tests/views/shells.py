"""What several tests of the signed-in window ask of it."""

from __future__ import annotations

from eolc_desktop.views.actions import Deed
from eolc_desktop.views.person.page import PersonPage
from eolc_desktop.views.shell import Shell
from tests.views.conftest import Office


def deeds(shell: Shell) -> list[Deed]:
    return list(shell.actions_list.list)


def wait_for_plan(office: Office, shell: Shell) -> PersonPage:
    page = shell.places.page
    assert isinstance(page, PersonPage)
    office.qtbot.waitUntil(lambda: page.plan is not None, timeout=10_000)
    return page
