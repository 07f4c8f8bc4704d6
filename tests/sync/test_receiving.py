"""Receiving many people: whoever is whole is merged while the rest is still read; and a plan is never half of one."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import patch

import pytest

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.said import Place
from eolc_desktop.sync import found_again, sending
from eolc_desktop.sync.names import entry_key, manifest_key, stamps_in
from tests.sync.simulator.laptop import CONSENT, PLACES, Laptop
from tests.sync.simulator.mutants import MUTANTS
from tests.sync.simulator.oracle import tables
from tests.sync.simulator.profile import Profile
from tests.sync.simulator.server import LONGEST, Habits
from tests.sync.simulator.world import World

PHONE: Place = ("person", MAIN, "phone")
EMAIL: Place = ("person", MAIN, "email")


def two_laptops(**habits: bool) -> World:
    world = World(1, Profile(laptops=2, most_entries=50, habits=Habits(**habits)))
    world.quiet = world.server.is_quiet = True
    return world


def share(world: World, laptop: Laptop, people: int) -> list[str]:
    """Share people one after the other; their ids."""
    shared = []
    for _ in range(people):
        person_id = world.uuid().hex
        for place in (*PLACES, CONSENT):
            laptop.record(person_id, place, "given" if place == CONSENT else f"v:{laptop.new_id()}")
        world.now[0] += LONGEST + 1
        world._exchange(laptop)
        shared.append(person_id)
    return shared


def read_on(world: World, laptop: Laptop) -> str:
    """Let the next request of a laptop be answered; what it is for, or "" at the end of the exchange."""
    if laptop.steps is None:
        return ""
    message = world.waiting[laptop.name]
    for _ in range(3):  # to the server, its answer, and back
        world._move(message)
    return str((message.request.body or {}).get("entry", [{}])[0].get("request", {}).get("url", message.request.path))


def says(laptop: Laptop, person_id: str) -> dict[Place, object]:
    return {place: said.item.value for place, said in laptop.ledger.version(person_id).items()}


def test_whoever_is_whole_is_merged_while_others_are_still_being_read() -> None:
    world = two_laptops()
    here, there = world.laptops
    people = share(world, here, 4)
    there.setup = replace(there.setup, page=12)
    there.begin()
    world._step(there, None)
    standing = [len(there.known_people())]
    while read_on(world, there):
        standing.append(len(there.known_people()))
        for person_id in there.known_people():
            assert says(there, person_id) == says(here, person_id)  # whole, or not there at all
    assert standing[-1] == len(people)
    assert {1, 2} & set(standing), standing  # some were there before the last page came


def test_what_was_merged_before_the_line_broke_is_whole_and_the_rest_comes_next_time() -> None:
    world = two_laptops()
    here, there = world.laptops
    people = share(world, here, 4)
    there.setup = replace(there.setup, page=12)
    there.begin()
    world._step(there, None)
    while not there.known_people():
        assert read_on(world, there)
    there.crash()
    world.waiting.clear()
    world.messages.clear()
    early = there.known_people()
    assert 0 < len(early) < len(people)
    world.now[0] += LONGEST + 1
    world._exchange(there)
    assert {p: says(there, p) for p in people} == {p: says(here, p) for p in people}
    assert [c for p in people for c in there.ledger.conflicts(p)] == []


@pytest.mark.parametrize("begins", [False, True])
def test_what_a_server_lost_although_its_manifest_names_it_is_sent_again(begins: bool) -> None:
    """A change to it was refused for its version for ever: the manifest said that nothing had moved."""
    world = two_laptops(if_match_on_nothing_creates=begins)
    here, there = world.laptops
    (person_id,) = share(world, here, 1)
    world.now[0] += LONGEST + 1
    world._exchange(there)
    lost = entry_key(person_id, PHONE[0], PHONE[1])
    world.oracle.was_restored = True
    del world.server.history[lost], world.server.moments[lost]
    there.record(person_id, PHONE, "0113 496 0001")
    for laptop in (there, there, here):
        world.now[0] += LONGEST + 1
        world._exchange(laptop)
    assert world.server.current(lost) is not None
    assert not tables(there).person(person_id).waiting_since
    assert says(here, person_id)[PHONE] == "0113 496 0001"
    assert says(here, person_id) == says(there, person_id)


def test_that_is_so_because_what_it_is_about_to_begin_is_asked_for_too() -> None:
    with MUTANTS["looks_only_for_what_it_knows"](), pytest.raises(AssertionError):
        test_what_a_server_lost_although_its_manifest_names_it_is_sent_again(False)


def set_back_while_a_change_is_on_its_way() -> tuple[World, str]:
    """A server that begins what is not there, set back after it was read and before it was written to."""
    world = two_laptops(if_match_on_nothing_creates=True)
    here, _there = world.laptops
    before = world.server.snapshot()
    (person_id,) = share(world, here, 1)
    world.now[0] += LONGEST + 1
    world._exchange(here)
    here.record(person_id, PHONE, "0113 496 0001")
    here.begin()
    world._step(here, None)
    read_on(world, here)
    world.server.restore(before)
    world.oracle.was_restored, world.oracle.restored_at = True, world.now[0]
    while read_on(world, here):
        pass
    return world, person_id


def test_a_manifest_leaves_out_what_went_with_a_server_and_may_not_leave_any_more() -> None:
    """The first part of a first share went with the server, the last began a manifest there that names it all."""
    world = World(1, Profile(laptops=2, most_entries=4, habits=Habits(if_match_on_nothing_creates=True, etags=True)))
    world.quiet = world.server.is_quiet = True
    here, there = world.laptops
    person_id = world.uuid().hex
    wish: Place = ("about_me", MAIN, "most_important")
    for place in (CONSENT, wish, *PLACES):
        here.record(person_id, place, "given" if place == CONSENT else f"v:{here.new_id()}")
    before = world.server.snapshot()
    here.begin()
    world._step(here, None)
    key = entry_key(person_id, *wish[:2])
    while world.server.current(key) is None:
        read_on(world, here)
    world.server.restore(before)
    world.oracle.was_restored, world.oracle.restored_at = True, world.now[0]
    while read_on(world, here):
        pass
    assert key in named(world, person_id), "so it stands at first"
    here.record(person_id, ("kept_back", "k1", "what"), ["about_me.most_important"])
    for laptop in (here, there, here):
        world.now[0] += LONGEST + 1
        world._exchange(laptop)
    assert all(world.server.current(one) is not None for one in named(world, person_id))
    assert key not in named(world, person_id)
    assert set(says(there, person_id)) == {CONSENT, *PLACES} - {wish}
    assert says(here, person_id)[wish]


def named(world: World, person_id: str) -> list[str]:
    """What the manifest on the server names."""
    return list(stamps_in(world.server.current(manifest_key(person_id))))


def set_back_after_another_read(*, fresh: bool) -> tuple[World, str]:
    """A server that was set back to before somebody was shared, and whoever shared them may not do so any more.

    Another laptop has read them by then. `fresh`: it had not yet finished reading, and goes on after the setting back.
    """
    world = two_laptops()
    here, there = world.laptops
    share(world, there, 1)
    before = world.server.snapshot()
    (person_id,) = share(world, here, 1)
    there.begin()
    world._step(there, None)
    if fresh:
        read_on(world, there)
    else:
        while read_on(world, there):
            pass
    world.server.restore(before)
    world.oracle.was_restored, world.oracle.restored_at = True, world.now[0]
    while read_on(world, there):
        pass
    assert there.ledger.version(person_id), "it has them"
    here.record(person_id, CONSENT, "withdrawn")
    for laptop in (here, there):
        world.now[0] += LONGEST + 1
        world._exchange(laptop)
    return world, person_id


@pytest.mark.hazard("H29")
@pytest.mark.parametrize("fresh", [False, True])
def test_who_only_read_a_record_notices_that_it_went_with_the_server(fresh: bool) -> None:
    """Otherwise it would say that all is shared, and would never hear that consent was withdrawn."""
    world, person_id = set_back_after_another_read(fresh=fresh)
    here, there = world.laptops
    assert there.outcome is not None
    assert there.outcome.restored
    assert world.server.current(manifest_key(person_id)) is not None
    for laptop in (here, there):
        world.now[0] += LONGEST + 1
        world._exchange(laptop)
    assert says(there, person_id)[CONSENT] == "withdrawn"


def test_what_was_found_last_is_what_notices_it() -> None:
    with patch.object(found_again, "look", lambda *_: None):
        world, person_id = set_back_after_another_read(fresh=False)
        assert world.server.current(manifest_key(person_id)) is None


def test_what_only_a_search_passes_over_is_as_it_was() -> None:
    """Nothing is taken from its absence: asked by name, the server has it."""
    world = two_laptops()
    here, there = world.laptops
    people = share(world, here, 2)
    world.now[0] += LONGEST + 1
    world._exchange(there)
    key = manifest_key(people[-1])
    moment = world.server.moments.pop(key)  # the server's index forgets it
    before = {p: dict(there.ledger.version(p)) for p in people}
    world._exchange(there)
    assert there.outcome is not None
    assert (there.outcome.stopped, there.outcome.restored) == (None, False)
    assert {p: dict(there.ledger.version(p)) for p in people} == before
    held = there.ledger.resource(key)
    assert held is not None
    assert held.base_version, "it was asked for by name"
    assert not tables(there).person(people[-1]).staged
    world.server.moments[key] = moment


@pytest.mark.hazard("H29")
def test_a_server_set_back_since_it_was_read_is_noticed_as_it_takes_the_change() -> None:
    """It begins what it should have replaced: all the rest of that person went too, and is sent again at once."""
    world, person_id = set_back_while_a_change_is_on_its_way()
    here, there = world.laptops
    assert here.outcome is not None
    assert here.outcome.restored
    world._exchange(there)
    assert says(there, person_id) == says(here, person_id)
    assert says(there, person_id)[PHONE] == "0113 496 0001"


def test_that_look_is_what_notices_it() -> None:
    with patch.object(sending, "_replaced_nothing", lambda *_: False):
        world, person_id = set_back_while_a_change_is_on_its_way()
        here, there = world.laptops
        assert here.outcome is not None
        assert not here.outcome.restored
        world._exchange(there)
        assert says(there, person_id) != says(here, person_id)


def brought_back_by_two_at_once() -> bool:
    """A server that has no guard of its own was set back to before somebody was shared; two laptops bring them back at
    the same moment, each with something new in the same entry. Whether both know both in the end."""
    world = two_laptops()
    here, there = world.laptops
    before = world.server.snapshot()
    (person_id,) = share(world, here, 1)
    world.now[0] += LONGEST + 1
    world._exchange(there)
    world.server.restore(before)
    world.oracle.was_restored, world.oracle.restored_at = True, world.now[0]
    here.record(person_id, PHONE, "0113 496 0001")
    there.record(person_id, EMAIL, "p.smith@example.org")
    for laptop in world.laptops:
        laptop.begin()
        world._step(laptop, None)
        while (world.waiting[laptop.name].request.body or {}).get("type") != "transaction":
            read_on(world, laptop)
    for laptop in world.laptops:
        while read_on(world, laptop):
            pass
    for laptop in (*world.laptops, *world.laptops):
        world.now[0] += LONGEST + 1
        world._exchange(laptop)
    both = {PHONE: "0113 496 0001", EMAIL: "p.smith@example.org"}
    return all(says(laptop, person_id) | both == says(laptop, person_id) for laptop in world.laptops)


@pytest.mark.hazard("H29")
def test_of_two_who_bring_somebody_back_at_once_neither_writes_over_the_other() -> None:
    assert brought_back_by_two_at_once()


def test_the_door_is_what_keeps_them_from_it() -> None:
    with MUTANTS["no_door"]():
        assert not brought_back_by_two_at_once()
