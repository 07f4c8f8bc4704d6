"""The strip that says a plan cannot be trusted: there as soon as it is known, and not to be closed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from eolc_desktop.models.opening import connect
from eolc_desktop.services import trust
from eolc_desktop.views.safety.doubt_strip import DoubtStrip
from tests.views.conftest import AHMED, LOOKS, Office, walked

pytestmark = pytest.mark.hazard("H30")
SAYS = "What is shown here cannot be trusted"


def change_the_first_line(office: Office) -> None:
    def change() -> None:
        raw = connect(office.session.store.place)
        raw.execute("DROP TRIGGER change_is_never_updated")
        raw.execute("UPDATE change SET value = '\"Smythe\"' WHERE sequence = 1")
        raw.close()

    office.do(change)


def test_it_says_so_on_that_persons_plan_only(office: Office) -> None:
    who, other = office.person(), office.person(AHMED)
    change_the_first_line(office)
    shell, page = office.shell()
    shell.show_person(other)
    office.settle()
    assert not page.says(SAYS)
    shell.show_person(who)
    page.wait_until_says(SAYS)
    assert page.says("This person’s plan is not as it was written.")
    assert not shell.doubt.findChildren(QPushButton), "there is nothing to close it with"
    shell.show_caseload()
    office.settle()
    assert not page.says(SAYS)


@pytest.mark.parametrize(("theme_name", "percent", "size"), LOOKS)
def test_it_is_on_every_page_when_the_whole_record_is_in_doubt(
    office: Office, dress: object, theme_name: str, percent: int, size: tuple[int, int]
) -> None:
    dress(theme_name, percent)  # type: ignore[operator]
    office.person()
    office.session.doubt.lines = ("An older copy of the record is in its place: 3 saves are missing.",)
    shell, page = office.shell(*size)
    page.wait_until_says(SAYS)
    shell.show_settings()
    page.wait_until_says(SAYS)
    shell.show_today()
    office.settle()
    assert isinstance(shell.doubt, DoubtStrip)
    assert walked(page) == []
    assert trust.doubt_about(office.session)
