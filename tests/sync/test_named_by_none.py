"""Entries that no manifest names: what the server has is merged and named, what went with a server is sent again."""

from __future__ import annotations

import pytest

from eolc_desktop.care_plan.said import Place
from eolc_desktop.sync.names import entry_key, manifest_key, stamps_in
from tests.sync.simulator.laptop import Laptop
from tests.sync.simulator.mutants import MUTANTS
from tests.sync.simulator.oracle import tables
from tests.sync.simulator.profile import Profile
from tests.sync.simulator.server import LONGEST, Habits
from tests.sync.simulator.world import World
from tests.sync.test_receiving import read_on, says, share, two_laptops

OURS: Place = ("goals", "g7", "goal")
THEIRS: Place = ("goals", "g8", "goal")
LOST: Place = ("goals", "g9", "goal")


@pytest.fixture
def met() -> tuple[World, str, str]:
    """A server that was set back after two laptops had read one person, and before they sent: the numbers of the
    versions meet, so that the second writes a manifest without what the first has just sent. Both lids are closed
    before an answer comes. The person, and the entry that no manifest names."""
    world = two_laptops()
    here, there = world.laptops
    (person_id,) = share(world, here, 1)
    exchange(world, there)
    before = world.server.snapshot()
    share(world, here, 1)  # it goes with the server too, so that this laptop notices, next time
    here.record(person_id, OURS, "to see the sea")
    until_it_sends(world, here)
    there.record(person_id, LOST, "went with the server")
    world._exchange(there)
    there.record(person_id, THEIRS, "to be at home")
    until_it_sends(world, there)
    world.server.restore(before)
    world.oracle.was_restored, world.oracle.restored_at = True, world.now[0]
    for laptop in (here, there):
        for _ in range(2):  # to the server, and its answer
            world._move(world.waiting[laptop.name])
        world._crash(laptop)
    key = entry_key(person_id, *OURS[:2])
    assert world.server.current(key) is not None
    assert key not in named(world, person_id)
    return world, person_id, key


def until_it_sends(world: World, laptop: Laptop) -> None:
    """Let an exchange run until what it sends is on its way."""
    laptop.begin()
    world._step(laptop, None)
    while (world.waiting[laptop.name].request.body or {}).get("type") != "transaction":
        read_on(world, laptop)


def exchange(world: World, *laptops: Laptop) -> None:
    for laptop in laptops:
        world.now[0] += LONGEST + 1
        world._exchange(laptop)


def named(world: World, person_id: str) -> list[str]:
    """What the manifest on the server names."""
    return list(stamps_in(world.server.current(manifest_key(person_id))))


@pytest.mark.hazard("H29")
def test_it_is_named_again_and_what_is_recorded_later_goes_out(met: tuple[World, str, str]) -> None:
    """It was kept as received and not merged: later work on it waited for ever, and the laptop said “all shared”."""
    world, person_id, key = met
    here, there = world.laptops
    exchange(world, here, there)
    assert key in named(world, person_id)
    here.record(person_id, OURS, "to see the sea once more")
    exchange(world, here, there, here)
    assert says(there, person_id)[OURS] == "to see the sea once more"
    assert says(here, person_id) == says(there, person_id)
    assert not tables(here).person(person_id).waiting_since


def test_what_went_again_before_it_was_asked_for_by_name_is_sent_again(met: tuple[World, str, str]) -> None:
    """What a search found is not believed where no manifest names it."""
    world, person_id, key = met
    here, there = world.laptops
    world.now[0] += LONGEST + 1
    here.begin()
    world._step(here, None)
    while (known := here.ledger.resource(key)) is None or known.seen is None:
        assert read_on(world, here)
    del world.server.history[key], world.server.moments[key]
    while read_on(world, here):
        pass
    exchange(world, here, there)
    assert world.server.current(key) is not None
    assert says(there, person_id)[OURS] == "to see the sea"


def gone_with_the_laptop_that_sent_it() -> bool:
    """One laptop shared an entry, and another read it; the server was set back to before, the first is never opened
    again, and a third writes a manifest without it. Whether the third knows the entry in the end."""
    world = World(1, Profile(laptops=3, most_entries=50, habits=Habits()))
    world.quiet = world.server.is_quiet = True
    here, there, lost = world.laptops
    (person_id,) = share(world, here, 1)
    exchange(world, there, lost)
    before = world.server.snapshot()
    lost.record(person_id, LOST, "to be read to")
    exchange(world, lost, here)
    assert says(here, person_id)[LOST] == "to be read to"
    world.server.restore(before)
    world.oracle.was_restored, world.oracle.restored_at = True, world.now[0]
    there.record(person_id, THEIRS, "to be at home")
    for _ in range(2):
        exchange(world, there, here)
    exchange(world, there)
    return LOST in says(there, person_id)


def test_what_is_named_no_more_and_went_with_a_server_is_sent_again_by_whoever_has_it() -> None:
    assert gone_with_the_laptop_that_sent_it()


def test_that_it_is_named_no_more_is_what_shows_it() -> None:
    with MUTANTS["older_than_known"]():
        assert not gone_with_the_laptop_that_sent_it()
