"""How far changes have been read: what is stamped early and seen late is found; what is certain is read no more."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest

from eolc_desktop.care_plan.fields import MAIN, Value
from eolc_desktop.sync import how_far
from eolc_desktop.sync.effects import Request, Response
from eolc_desktop.sync.staging import moment
from tests.sync.simulator.laptop import CONSENT, PLACES, Laptop
from tests.sync.simulator.list_mutants import LIST_MUTANTS
from tests.sync.simulator.memory import MemoryLedger
from tests.sync.simulator.profile import Profile
from tests.sync.simulator.server import LONGEST, Habits
from tests.sync.simulator.world import World

OVERLAP = LONGEST + 5
NAME = ("person", MAIN, "family_name")


def two_laptops(*, lists_changes: bool = False) -> World:
    made = World(1, Profile(laptops=2, habits=Habits(lists_changes=lists_changes)))
    made.quiet = made.server.is_quiet = True
    return made


def exchanged(world: World, laptop: Laptop) -> list[str]:
    """Exchange; the searches that the first batch asked for."""
    before = world.server.asked
    asked: list[Request] = []
    answer = world.server.answer

    def listening(request: Request, *given: object) -> Response:
        asked.append(request)
        return answer(request, *given)  # type: ignore[arg-type]

    world.server.answer = listening  # type: ignore[method-assign,assignment]
    world._exchange(laptop)
    world.server.answer = answer  # type: ignore[method-assign]
    assert world.server.asked - before == len(asked)
    return [
        entry["request"]["url"]
        for request in asked
        if request.body is not None and request.body["type"] == "batch"
        for entry in request.body["entry"]
    ]


def busy_morning(world: World, people: int = 6) -> None:
    """One laptop shares many people; the other receives them."""
    ann, bob = world.laptops
    for _ in range(people):
        person_id = world.uuid().hex
        for place, value in ((NAME, "Smith"), (CONSENT, "given"), *((place, "so") for place in PLACES)):
            ann.record(person_id, place, value)
    world._exchange(ann)
    world._exchange(bob)


def test_what_came_in_a_busy_morning_is_not_read_at_every_exchange_of_a_quiet_evening() -> None:
    world = two_laptops()
    busy_morning(world)
    bob = world.laptops[1]
    at_once = len(exchanged(world, bob))
    world.now[0] += OVERLAP
    assert len(exchanged(world, bob)) == at_once, "once more, for what was still under way"
    quiet = exchanged(world, bob)
    assert len(quiet) < at_once
    newest = moment(bob.ledger.mark("read:QuestionnaireResponse")).isoformat(timespec="milliseconds")
    assert [url for url in quiet if url.startswith("QuestionnaireResponse") and quote(newest) in url]


def what_was_under_way(*, lists_changes: bool = False) -> Value:
    """A change-set is stamped before the newest that was seen, and comes to be seen by others after it: what is known
    of it in the end."""
    world = two_laptops(lists_changes=lists_changes)
    busy_morning(world)
    ann, bob = world.laptops
    world.now[0] += 3
    person_id = bob.known_people()[0]
    bob.record(person_id, PLACES[0], "late")
    bob.begin()
    world._step(bob, None)
    message = world.waiting[bob.name]
    while message.request.body is None or message.request.body["type"] != "transaction":
        world._move(message)
        message = world.waiting[bob.name]
    stamped = world.server.stamp()
    world.now[0] += LONGEST - 5
    ann.record(ann.known_people()[1], PLACES[0], "newer")
    for _ in range(3):
        world._exchange(ann)  # sees the newer change, stamped after the one that is still under way
    world.now[0] += 4
    answer = world.server.answer(message.request, message.token, stamped, message)
    assert answer.status == 200
    world.now[0] += OVERLAP
    for _ in range(3):
        world._exchange(ann)
    return ann.ledger.version(person_id)[PLACES[0]].item.value


@pytest.mark.parametrize("lists_changes", [False, True])
def test_what_was_under_way_then_is_found(lists_changes: bool) -> None:
    assert what_was_under_way(lists_changes=lists_changes) == "late"


def test_that_is_what_the_overlap_of_the_list_is_for() -> None:
    with LIST_MUTANTS["list_without_overlap"]():
        assert what_was_under_way(lists_changes=True) != "late"


@pytest.fixture
def reading() -> tuple[Laptop, MemoryLedger]:
    world = World(1, Profile(laptops=1, habits=Habits()))
    ledger = world.laptops[0].ledger
    assert isinstance(ledger, MemoryLedger)
    return world.laptops[0], ledger


def after(laptop: Laptop, seconds: int) -> None:
    laptop.world_now[0] += seconds


def read(laptop: Laptop, ledger: MemoryLedger, newest: str = "") -> str:
    """One reading that meets `newest`; from when it read."""
    begun = how_far.start(ledger, laptop.setup, "List")
    ripe = how_far.ripe(ledger, laptop.setup, ["List"])["List"]
    how_far.keep(ledger, "List", newest)
    how_far.note(ledger, laptop.setup, "List", ripe)
    return begun


FIRST, LATER = "2026-11-01T10:00:00.000+00:00", "2026-11-01T10:00:10.000+00:00"


def earlier(text: str) -> str:
    return (moment(text) - timedelta(seconds=OVERLAP)).isoformat(timespec="milliseconds")


def test_the_overlap_is_read_until_it_has_gone_by_and_once_more(reading: tuple[Laptop, MemoryLedger]) -> None:
    laptop, ledger = reading
    assert read(laptop, ledger, FIRST) == ""
    assert read(laptop, ledger) == earlier(FIRST)
    after(laptop, OVERLAP - 1)
    assert read(laptop, ledger) == earlier(FIRST)
    after(laptop, 1)
    assert read(laptop, ledger) == earlier(FIRST), "this reading is the one that makes it certain"
    assert read(laptop, ledger) == FIRST


def test_something_newer_begins_the_wait_again(reading: tuple[Laptop, MemoryLedger]) -> None:
    laptop, ledger = reading
    read(laptop, ledger, FIRST)
    after(laptop, OVERLAP)
    read(laptop, ledger)
    read(laptop, ledger, LATER)
    assert read(laptop, ledger) == FIRST, "never before what is certain"
    after(laptop, OVERLAP)
    read(laptop, ledger)
    assert read(laptop, ledger) == LATER


def test_where_a_row_may_have_been_passed_over_nothing_is_certain(reading: tuple[Laptop, MemoryLedger]) -> None:
    laptop, ledger = reading
    read(laptop, ledger, FIRST)
    after(laptop, OVERLAP)
    ripe = how_far.ripe(ledger, laptop.setup, ["List"])["List"]
    how_far.keep_unsure(ledger, "List", FIRST)
    how_far.note(ledger, laptop.setup, "List", ripe)
    assert read(laptop, ledger) == earlier(FIRST)


def test_a_clock_that_is_put_back_makes_nothing_certain(reading: tuple[Laptop, MemoryLedger]) -> None:
    laptop, ledger = reading
    read(laptop, ledger, FIRST)
    after(laptop, -3 * OVERLAP)
    read(laptop, ledger)
    after(laptop, OVERLAP - 1)
    assert read(laptop, ledger) == earlier(FIRST)
    assert read(laptop, ledger) == earlier(FIRST)


def test_a_server_that_was_set_back_is_read_from_the_beginning(reading: tuple[Laptop, MemoryLedger]) -> None:
    laptop, ledger = reading
    read(laptop, ledger, FIRST)
    after(laptop, OVERLAP)
    read(laptop, ledger)
    ledger.forget_bases()
    assert read(laptop, ledger) == ""
