"""What still holds, read out in the house while somebody else writes in the same plan."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import Edit
from eolc_desktop.services.session import Changes
from tests import accessibility
from tests.authors import DOCTOR, NURSE
from tests.pages import Page
from tests.views.person.conftest import Ward, ward
from tests.views.visit.test_page import at_step

__all__ = ["ward"]
PLACES = "Preferred place of care and death"
ASKED = "This changed after you read it, so nothing is confirmed yet."


def reading_out(ward: Ward, who: str, qtbot: QtBot) -> Page:
    page = ward.open(who)
    page.key("Ctrl+R")
    at_step(page, "since", qtbot, ward)
    page.key("Ctrl+PgDown")
    at_step(page, "still_so", qtbot, ward)
    return page


@pytest.mark.parametrize(
    ("more", "heard"),
    [({}, False), ({"preferred_care": "home"}, False), ({"preferred_care": "home"}, True)],
    ids=["all of it, unseen", "one of two, unseen", "one of two, beneath her eyes"],
)
def test_a_section_that_changed_since_it_was_read_out_is_read_out_again_first(
    ward: Ward, qtbot: QtBot, more: dict[str, str], heard: bool
) -> None:
    who = ward.person(places={"preferred_death": "home", **more}, allergies={"status": "none_known"})
    page = reading_out(ward, who, qtbot)
    base = ward.plan(who).item("places", "preferred_death")
    assert base is not None
    ward.write(who, [Edit("places", MAIN, "preferred_death", "hospice", base=base.change_id)], DOCTOR)
    if heard:
        ward.desk.changed.emit(Changes(frozenset((who,))))
        ward.on_store(lambda: True)
        page.wait_until_says("Hospice")
    page.press(f"Still so: {PLACES}")
    page.wait_until_says(ASKED)
    assert page.says("said Own home; it now says Hospice (Dr A Khan, consultant, 12-Nov-2026 14:32).")
    assert page.focused_name() == f"Change: {PLACES}", "one more key would confirm it"
    assert accessibility.faults(page.root) == []
    items = ward.plan(who).entries("places")[0].items
    assert all(item.confirmed_at is None for item in items.values())
    page.press(f"Still so, as it says now: {PLACES}")
    qtbot.waitUntil(lambda: not page.has(f"Still so, as it says now: {PLACES}"), timeout=5000)
    items = ward.plan(who).entries("places")[0].items
    assert all(item.confirmed_by == NURSE for item in items.values())
    assert items["preferred_death"].value == "hospice"
    assert page.focused_name() == "Still so: Allergies"
