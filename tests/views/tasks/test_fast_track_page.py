"""The page of Fast Tracks: the most urgent clock first, in words, and how often the hours are kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eolc_desktop.desktop.settings import ThemeName
from eolc_desktop.views.places import Place
from eolc_desktop.views.tasks.fast_track_page import FastTrackPage
from tests.views.conftest import AHMED, EWA, LOOKS, PEGGY, Office, walked


@pytest.fixture
def tracks(office: Office) -> str:
    """Thursday 12 November 2026, 14:32: one form not confirmed, one slipped, one kept."""
    office.person(AHMED, fast_track={"sent_at": "2026-11-12T09:00:00+00:00", "sent_to": "the duty desk"})
    office.person(
        EWA, fast_track={"received_at": "2026-11-06T09:00:00+00:00", "started_at": "2026-11-07T10:00:00+00:00"}
    )
    return office.person(PEGGY, fast_track={"received_at": "2026-11-09T09:00:00+00:00", "sent_to": "the duty desk"})


def test_clocks_stand_with_what_to_do_and_lead_to_where_it_is_recorded(office: Office, tracks: str) -> None:
    page = office.show(FastTrackPage(office.desk))
    assert page.says("2 under way; 1 over the 48 hours; 1 whose receipt is not confirmed.")
    assert page.says("The 48 hours ended Wednesday 11-Nov-2026 09:00: 29 hours ago.")
    assert page.says("Next: ask the duty desk whether the form has come")
    wanted: list[tuple[str, str]] = []
    office.desk.entry_wanted.connect(lambda person_id, at: wanted.append((person_id, at)))
    page.press("Open the Fast Track of SMITH, Margaret Rose (Mrs)")
    assert wanted == [(tracks, "fast_track/main")]


def test_more_cards_are_shown_when_asked_for_and_one_is_spoken_of_as_one(office: Office) -> None:
    for number in range(11):
        office.person({**AHMED, "family_name": f"Khan {number}"}, fast_track={"sent_at": "2026-11-12T09:00:00+00:00"})
    page = office.show(FastTrackPage(office.desk))
    page.wait_until_has("Show 6 more people")
    page.press("Show 6 more people")
    page.wait_until_has("Show 1 more person")
    page.press("Show 1 more person")
    page.wait_until_has("Open the Fast Track of KHAN 9, Ahmed (Mr)")
    assert not page.has("Show 1 more person")


def test_the_hours_kept_are_said_by_day_with_what_they_count(office: Office, tracks: str) -> None:
    page = office.show(FastTrackPage(office.desk))
    assert page.says("In all: 1 of 2 kept.")
    assert page.says("Friday: 1 received; care within 48 hours for 1 of 1, half of them within 25 hours.")
    assert page.says("Monday: 1 received; care within 48 hours for 0 of 1.")
    assert page.says("By the day on which the form was received.")


def test_the_words_follow_the_clock_and_every_change_and_no_card_moves_by_itself(office: Office, tracks: str) -> None:
    fast_track = FastTrackPage(office.desk)
    page = office.show(fast_track)
    peggys = page.reach("Open the Fast Track of SMITH, Margaret Rose (Mrs)")
    assert fast_track._clock.isActive(), "nobody would look at the clock"
    office.clock.advance(hours=1)
    fast_track._clock.timeout.emit()
    office.settle()
    assert page.says("The 48 hours ended Wednesday 11-Nov-2026 09:00: 30 hours ago.")
    office.write(tracks, "fast_track", {"decided_at": "2026-11-12T15:00:00+00:00"})
    assert page.says("Agreed Thursday 12-Nov-2026 15:00, and the care has not begun.")
    assert not page.has("Show the list as it is now")
    office.write(tracks, "fast_track", {"started_at": "2026-11-12T15:20:00+00:00"})
    assert page.field("Open the Fast Track of SMITH, Margaret Rose (Mrs)") is peggys, (
        "a card went away under the pointer"
    )
    assert page.focused_name() == "Open the Fast Track of SMITH, Margaret Rose (Mrs)"
    page.press("Show the list as it is now")
    office.settle()
    assert page.says("1 under way; 1 whose receipt is not confirmed.")
    assert page.says("2 running.")
    assert not page.has("Show the list as it is now")


def test_it_is_reached_from_the_tasks(office: Office, tracks: str) -> None:
    shell, page = office.shell()
    page.key("Ctrl+3")
    office.settle()
    page.press("Fast Track clocks")
    office.settle()
    assert isinstance(shell.places.page, FastTrackPage)
    page.press("Back")
    assert shell.places.place == Place("tasks")


@pytest.mark.parametrize(("colours", "percent", "size"), LOOKS)
def test_it_is_reached_read_and_never_cut_off(
    office: Office,
    tracks: str,
    dress: Callable[[ThemeName, int], None],
    colours: ThemeName,
    percent: int,
    size: tuple[int, int],
) -> None:
    dress(colours, percent)
    page = office.show(FastTrackPage(office.desk), *size)
    assert walked(page) == []
