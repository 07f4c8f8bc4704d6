"""About: what the program is made of, what changed, and the licences, read by keyboard and without a network."""

from __future__ import annotations

from eolc_desktop.views.about import what_changed
from tests.views.conftest import Office, walked


def test_about_says_versions_changes_and_licences(office: Office) -> None:
    shell, page = office.shell()
    shell.panes.show_about()
    page.wait_until_says("SQLCipher 4.", 20_000)
    assert page.says("It never advises on care")
    assert page.says("What changed: added")
    page.press("Licences…")
    assert page.has("Libraries and fonts")
    walked(page)


def test_what_changed_is_the_newest_part_of_the_changelog() -> None:
    found = what_changed()
    assert found
    assert all(words.startswith("•  ") for _heading, words in found)
