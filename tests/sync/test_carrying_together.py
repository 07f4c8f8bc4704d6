"""Whatever two laptops record, carry and settle in whatever order: they never differ without somebody being asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eolc_desktop.care_plan.conflicts import Choice
from eolc_desktop.care_plan.plan import Edit
from eolc_desktop.care_plan.said import Place, content
from eolc_desktop.paths import Profile
from eolc_desktop.record import journal, versions
from eolc_desktop.services import conflicts, sharing
from eolc_desktop.services.session import Session
from eolc_desktop.sync import carrying
from eolc_desktop.sync.ports import ServerAbilities
from eolc_desktop.sync.store_ledger import StoreLedger
from tests.fixed_clock import FixedClock
from tests.sessions import DOCTOR_USER, begin

PLACES: tuple[Place, ...] = (("person", "main", "preferred_name"), ("cpr", "main", "decision"))
VALUES = {PLACES[0]: ["Rose", "Rosie", "Meg"], PLACES[1]: ["for", "not_for"]}
STEPS = st.one_of(
    st.tuples(st.just("record"), st.booleans(), st.sampled_from(PLACES), st.integers(0, 2)),
    st.tuples(st.just("carry"), st.booleans()),
    st.tuples(st.just("settle"), st.booleans(), st.sampled_from([Choice.MINE, Choice.THEIRS])),
)


@dataclass
class Two:
    """Two laptops, and the same person on both."""

    laptops: tuple[Session, Session]
    clock: FixedClock
    person_id: str = ""
    unseen: tuple[dict[Place, str], dict[Place, str]] = ({}, {})
    """What each laptop has recorded since its last file went to the other: the change, by its place."""

    def meet(self) -> None:
        """Somebody new, known to both."""
        with self.laptops[0].store.writing() as connection:
            self.person_id = journal.add_person(connection, self.laptops[0].pen())
        self.unseen = ({}, {})
        self.record(0, ("consent", "main", "to_share"), "given")
        self.carry(0)

    def clash(self) -> None:
        """Both record different things, and each takes the other's file, made before."""
        place = PLACES[0]
        for who in (0, 1):
            self.record(who, place, VALUES[place][who])
        files = [self.pack(who) for who in (0, 1)]
        for who in (0, 1):
            self.take(1 - who, files[who])

    def record(self, who: int, place: Place, value: str) -> None:
        """Somebody records something, seeing what stands there."""
        self.clock.advance(seconds=1)
        session = self.laptops[who]
        if place in PLACES and self.stands(who)[place] == value:
            return  # saying what stands already is no change
        with session.store.writing() as connection:
            _value, base = journal.current_value(connection, self.person_id, *place)
            journal.append(connection, session.pen(), self.person_id, [Edit(*place, value, base=base)])
        self.unseen[who][place] = self.change(who, place)

    def change(self, who: int, place: Place) -> str:
        """The change that stands at a place."""
        with self.laptops[who].store.reading() as connection:
            return journal.current_value(connection, self.person_id, *place)[1]

    def carry(self, who: int) -> None:
        """One laptop's file is taken over by the other."""
        self.take(1 - who, self.pack(who))

    def pack(self, who: int) -> object:
        """The file of one laptop."""
        self.clock.advance(seconds=1)
        one = self.laptops[who]
        with one.store.reading() as connection:
            setup = sharing.setup_for(one, ServerAbilities())
            packet, _leaving = carrying.pack(StoreLedger(connection, one.pen()), setup, self.person_id)
        self.unseen[who].clear()
        return carrying.to_json(packet)

    def take(self, who: int, file: object) -> None:
        """Take a file over: what stood and was not seen by its maker is never gone without a conflict that holds it."""
        self.clock.advance(seconds=1)
        session, before = self.laptops[who], self.stands(who)
        unseen = [place for place, change in self.unseen[who].items() if change == self.change(who, place)]
        setup = sharing.setup_for(session, ServerAbilities())
        with session.store.writing() as connection:
            ledger = StoreLedger(connection, session.pen())
            carrying.take(ledger, setup, carrying.from_json(setup, file))
            kept = {
                (item.place, content(item.mine, item.place))
                for conflict in ledger.conflicts(self.person_id)
                for item in conflict.items
            }
        after = self.stands(who)
        for place in unseen:
            assert before[place] in (after[place], None) or (place, before[place]) in kept, (place, before, after)

    def settle(self, who: int, choice: Choice) -> None:
        """Somebody settles whatever waits on their laptop."""
        self.clock.advance(seconds=1)
        session = self.laptops[who]
        for shown in conflicts.conflicts(session, self.person_id):
            conflicts.settle(session, shown, choice, "They said so")

    def stands(self, who: int) -> dict[Place, object]:
        """What stands on a laptop."""
        with self.laptops[who].store.reading() as connection:
            version = versions.version_of(connection, self.person_id)
        return {place: content(version.get(place), place) for place in PLACES}

    def asked(self, who: int) -> set[Place]:
        """What somebody is asked about on a laptop."""
        open_ones = conflicts.conflicts(self.laptops[who], self.person_id)
        return {row.place for shown in open_ones for row in shown.rows}


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    clock = FixedClock()
    folder: Path = tmp_path_factory.mktemp("two")
    one = begin(Profile(folder / "one"), clock)
    other = replace(begin(Profile(folder / "other"), clock, DOCTOR_USER), laptop_id="laptop-2")
    yield Two((one, other), clock)
    one.store.close()
    other.store.close()


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(clashes=st.booleans(), steps=st.lists(STEPS, max_size=10))
def test_they_never_differ_without_somebody_being_asked(
    two: Two, clashes: bool, steps: list[tuple[object, ...]]
) -> None:
    two.meet()
    if clashes:
        two.clash()
    for kind, who, *rest in steps:
        if kind == "record":
            place, number = rest
            two.record(int(bool(who)), place, VALUES[place][int(number) % len(VALUES[place])])  # type: ignore[index,call-overload,arg-type]
        elif kind == "carry":
            two.carry(int(bool(who)))
        else:
            two.settle(int(bool(who)), rest[0])  # type: ignore[arg-type]
    two.carry(0)
    two.carry(1)
    differ = {place for place in PLACES if two.stands(0)[place] != two.stands(1)[place]}
    assert differ <= two.asked(0) & two.asked(1), (differ, two.asked(0), two.asked(1))
    for _ in range(6):
        two.settle(0, Choice.THEIRS)
        two.carry(0)
        two.carry(1)
        if not two.asked(0) | two.asked(1):
            break
    assert not two.asked(0) | two.asked(1)
    assert two.stands(0) == two.stands(1)
