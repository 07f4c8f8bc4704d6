"""A Fast Track by keyboard alone, from the signed form to the step-down, across Christmas, a weekend and a holiday."""

from __future__ import annotations

from datetime import datetime

from eolc_desktop.care_plan.fast_track_clock import clock_of
from eolc_desktop.clock import LOCAL
from eolc_desktop.services import plans
from eolc_desktop.views.places import Place
from eolc_desktop.views.shell import Shell
from eolc_desktop.views.tasks.fast_track_page import FastTrackPage
from tests.pages import Page
from tests.views.conftest import PEGGY, Office

CHRISTMAS_EVE = datetime(2026, 12, 24, 15, 0, tzinfo=LOCAL)
"""A Thursday: Friday is Christmas Day, then a weekend, and Boxing Day is kept on the Monday."""
MRS_SMITH = "SMITH, Margaret Rose (Mrs)"


def record(office: Office, shell: Shell, page: Page, **typed: str) -> None:
    """Open the form from the clocks, type what is new, and save: keys alone."""
    clocks(office, shell, page)
    if page.has(f"Open the Fast Track of {MRS_SMITH}"):
        page.press(f"Open the Fast Track of {MRS_SMITH}")
    else:
        find(office, shell, page)
    page.wait_until_has("Sent to", milliseconds=10_000)
    for name, words in typed.items():
        label = name.replace("_", " ")
        page.wait_until_has(label, milliseconds=10_000)
        if label == "How it stands":
            page.choose(label, words)
        elif label in ("Sent to",):
            page.type(label, words)
        elif "," in words:
            day, time = words.split(",")
            page.type(label, day)
            page.type(f"{label}: time", time)
        else:
            page.type(label, words)
    page.choose("Who told you?", "The person")
    page.key("Ctrl+Return")
    page.wait_until_says("Saved on this laptop", milliseconds=10_000)
    office.settle()


def find(office: Office, shell: Shell, page: Page) -> None:
    """Before the form is signed there is no clock: the person is found, and their sections are gone through."""
    page.key("Ctrl+F")
    page.keys("smith")
    page.wait_until_says(MRS_SMITH, milliseconds=10_000)
    office.settle()
    page.key("Return")
    office.settle()
    for _ in range(60):
        if getattr(shell.places.currentWidget(), "page_title", "") == "Continuing healthcare (Fast Track)":
            return
        page.key("Ctrl+PgDown")
        office.settle()


def clocks(office: Office, shell: Shell, page: Page) -> None:
    page.key("Ctrl+1")
    page.key("Ctrl+7")
    office.settle()
    assert isinstance(shell.places.currentWidget(), FastTrackPage)


def test_from_the_signed_form_to_the_step_down_across_christmas(office: Office) -> None:
    office.clock.now = CHRISTMAS_EVE
    peggy = office.person(PEGGY, fast_track={"stage": "preparing"})
    shell, page = office.shell()
    record(office, shell, page, Signed="24/12/2026,10:00", Sent="24/12/2026,10:30", Sent_to="the duty desk")
    office.clock.advance(hours=1)
    clocks(office, shell, page)
    assert page.says("Sent to the duty desk Thursday 24-Dec-2026 10:30. Its receipt is not confirmed.")
    assert page.has(f"Letter to escalate: {MRS_SMITH}"), "nobody confirmed receipt within four hours"
    page.press(f"Evidence pack: {MRS_SMITH}")
    assert shell.places.place == Place("printing", peggy, "fast-track")
    record(office, shell, page, Receipt_confirmed="24/12/2026,16:00")
    clocks(office, shell, page)
    assert page.says("The 48 hours end Saturday 26-Dec-2026 16:00: 48 hours left.")
    assert page.says("Friday 25-Dec-2026 is a bank holiday, and Saturday 26-Dec-2026 is at the weekend.")
    assert not page.has(f"Letter to escalate: {MRS_SMITH}")
    office.clock.now = datetime(2026, 12, 28, 9, 0, tzinfo=LOCAL)
    clocks(office, shell, page)
    assert page.says("The 48 hours ended Saturday 26-Dec-2026 16:00: 41 hours ago.")
    page.press(f"Letter to escalate: {MRS_SMITH}")
    assert shell.places.place == Place("printing", peggy, "fast-track-letter")
    record(office, shell, page, Decided="28/12/2026,11:00")
    office.clock.now = datetime(2026, 12, 29, 12, 0, tzinfo=LOCAL)
    record(office, shell, page, Care_package_started="29/12/2026,09:00", Package_reviewed_on="29/3/2027")
    clocks(office, shell, page)
    assert page.says("No Fast Track is under way.")
    assert page.says("1 running.")
    assert page.says("The package is looked at again on Monday 29-Mar-2027.")
    assert page.says("In all: 0 of 1 kept.")
    assert page.says("Thursday: 1 received; care within 48 hours for 0 of 1")
    office.clock.now = datetime(2027, 3, 29, 10, 0, tzinfo=LOCAL)
    record(office, shell, page, How_it_stands="Reviewed and stepped down")
    clocks(office, shell, page)
    assert page.says("No package is running.")
    plan = office.on_store(lambda: plans.read_plan(office.session, peggy))
    track = plan.entry("fast_track")
    assert track is not None
    assert clock_of(track.values, plan.as_of).achieved is False
