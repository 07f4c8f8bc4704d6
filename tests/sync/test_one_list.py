"""Asking for everything that changed in one list: when it is done, and that nothing is missed for it.

What is written here by “another program” is named by no manifest, so that nothing but the reading itself can find it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from unittest.mock import patch

from eolc_desktop.sync import all_changes, how_far
from eolc_desktop.sync.names import key_of
from eolc_desktop.sync.receiving import COMPARE_EVERY, MANIFESTS, types_of
from tests.sync.simulator.laptop import PLACES, Laptop
from tests.sync.simulator.list_mutants import LIST_MUTANTS
from tests.sync.simulator.profile import Profile
from tests.sync.simulator.server import Habits, resources
from tests.sync.simulator.world import World
from tests.sync.test_how_far import OVERLAP, busy_morning, exchanged
from tests.sync.test_receiving import read_on, share

LONGER_THAN_THE_OVERLAP = OVERLAP + 10


def a_team(*, page: int = 50, **habits: Any) -> tuple[World, Laptop, Laptop]:
    """Two laptops that know the same people, and a server that lists changes."""
    world = World(1, Profile(laptops=2, habits=Habits(lists_changes=True, **habits)))
    world.quiet = world.server.is_quiet = True
    here, there = world.laptops
    there.setup = replace(there.setup, page=page)
    busy_morning(world, people=3)
    return world, here, there


def lists(urls: list[str]) -> list[str]:
    return [url for url in urls if url.startswith("_history")]


def another_program_writes(world: World, resource: dict[str, Any]) -> None:
    world.server._put(key_of(resource), {**resource, "language": "en"}, world.now[0])


def is_known(laptop: Laptop, key: str) -> bool:
    known = laptop.ledger.resource(key)
    return known is not None and known.latest is not None and known.latest.get("language") == "en"


def test_a_quiet_exchange_asks_one_question() -> None:
    world, _here, there = a_team()
    exchanged(world, there)
    world.now[0] += LONGER_THAN_THE_OVERLAP
    for _ in range(2):
        asked = exchanged(world, there)
        assert len(lists(asked)) == 1
        assert {url.partition("/")[0] for url in asked} - {lists(asked)[0]} <= {"Provenance"}, "and for the receipts"


def test_what_another_recorded_comes_with_it() -> None:
    world, here, there = a_team()
    exchanged(world, there)
    here.record(here.known_people()[0], PLACES[0], "0113 496 0001")
    exchanged(world, here)
    assert len(lists(exchanged(world, there))) == 1
    assert there.ledger.version(here.known_people()[0])[PLACES[0]].item.value == "0113 496 0001"


def test_once_a_week_everything_is_compared_all_the_same() -> None:
    world, _here, there = a_team()
    exchanged(world, there)
    world.now[0] += int(COMPARE_EVERY.total_seconds()) + 1
    asked = exchanged(world, there)
    assert lists(asked) == []
    assert [url for url in asked if url.startswith("List?") and "_lastUpdated=" not in url]


def test_a_list_that_did_not_do_is_not_asked_for_again_for_a_while() -> None:
    """Where other systems write much beside what is read, it would be fetched in vain at every exchange."""
    world, _here, there = a_team(largest_page=3)
    exchanged(world, there)
    asked = [exchanged(world, there) for _ in range(3)]
    assert [len(lists(urls)) for urls in asked] == [1, 0, 0]
    assert all([url for url in urls if url.startswith("QuestionnaireResponse?")] for urls in asked)
    world.now[0] += int(all_changes.PAUSE.total_seconds())
    assert len(lists(exchanged(world, there))) == 1


def test_where_a_row_may_have_been_passed_over_the_types_are_searched() -> None:
    world, _here, there = a_team()
    exchanged(world, there)
    kinds = types_of(there.setup)
    start = all_changes.start(there.ledger, there.setup, kinds, "2026-11-01T10:00:00.000+00:00")
    assert start
    all_changes.note(there.ledger, there.setup, kinds, "", "", sure=False)
    assert all_changes.start(there.ledger, there.setup, kinds, "2026-11-01T10:00:00.000+00:00") == ""


def written_while_a_long_reading_went_on() -> bool:
    """A Task of another program, written after the first page of Tasks was read, and long before the last manifest was.
    Whether it is known in the end."""
    world = World(1, Profile(laptops=2, habits=Habits(lists_changes=True)))
    world.quiet = world.server.is_quiet = True
    here, there = world.laptops
    there.setup = replace(there.setup, page=2)
    people = share(world, here, 6)
    there.begin()
    world._step(there, None)
    read_on(world, there)
    task = {"resourceType": "Task", "id": "of-the-ward", "status": "requested", "intent": "order"}
    another_program_writes(world, {**task, "for": {"reference": f"Patient/{people[0]}"}})
    world.now[0] += LONGER_THAN_THE_OVERLAP // 2
    read_on(world, there)
    world.now[0] += LONGER_THAN_THE_OVERLAP // 2
    here.record(people[-1], PLACES[0], "0113 496 0001")
    world._exchange(here)
    while read_on(world, there):
        pass
    asked = [url for _ in range(3) for url in exchanged(world, there)]
    assert lists(asked)
    return is_known(there, key_of(task))


def test_what_was_written_while_a_long_reading_went_on_is_found() -> None:
    assert written_while_a_long_reading_went_on()


def test_a_long_reading_counts_as_far_as_was_known_when_it_began() -> None:
    note = all_changes.note

    def as_far_as_the_newest(ledger: Any, setup: Any, kinds: Any, _until: str, ripe: str, *, sure: bool) -> None:
        note(ledger, setup, kinds, all_changes.newest_of(ledger, kinds), ripe, sure=sure)

    with patch.object(all_changes, "note", as_far_as_the_newest):
        assert not written_while_a_long_reading_went_on()


def found_after_half_a_reading(mistake: str = "") -> bool:
    """Another program changed entries; then a reading broke off after the manifests, newer than that, were read."""
    world, _here, there = a_team(page=2)
    exchanged(world, there)
    all_changes.in_vain(there.ledger, there.setup)
    world.now[0] += LONGER_THAN_THE_OVERLAP
    changed = [key_of(resource) for resource in list(resources(world.server, "QuestionnaireResponse"))[:6]]
    for key in changed:
        another_program_writes(world, world.server.current(key) or {})
    world.now[0] += LONGER_THAN_THE_OVERLAP
    for resource in list(resources(world.server, "List")):
        another_program_writes(world, resource)
    there.begin()
    world._step(there, None)
    before = how_far.newest(there.ledger, MANIFESTS)
    while how_far.newest(there.ledger, MANIFESTS) == before:
        assert read_on(world, there)
    world._crash(there)
    assert not all(is_known(there, key) for key in changed)
    world.now[0] += int(all_changes.PAUSE.total_seconds())
    if mistake:
        with LIST_MUTANTS[mistake]():
            asked = exchanged(world, there)
    else:
        asked = exchanged(world, there)
    assert lists(asked)
    return all(is_known(there, key) for key in changed)


def test_what_a_reading_that_broke_off_did_not_come_to_is_in_the_next_list() -> None:
    assert found_after_half_a_reading()
    assert not found_after_half_a_reading("list_after_half_a_reading")
