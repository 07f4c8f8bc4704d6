"""People taken to another laptop on a stick: only that laptop opens the file, and it is merged there as sync does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from eolc_desktop.care_plan.conflicts import Choice
from eolc_desktop.care_plan.plan import Edit
from eolc_desktop.errors import ImportRefused, InvalidValue, NotAllowed
from eolc_desktop.models import carried_file
from eolc_desktop.paths import Profile
from eolc_desktop.record import journal
from eolc_desktop.services import carrying, conflicts, laptops, people, plans
from eolc_desktop.services.carrying import Carried, TakenOver
from eolc_desktop.services.session import Session
from tests.authors import DOCTOR
from tests.fixed_clock import FixedClock
from tests.sessions import DOCTOR_USER, begin


@pytest.fixture
def other(tmp_path: Path, clock: FixedClock) -> Iterator[Session]:
    """The laptop of somebody else."""
    session = replace(begin(Profile(tmp_path / "other"), clock, DOCTOR_USER), laptop_id="laptop-2")
    yield session
    session.store.close()


@pytest.fixture
def person_id(session: Session) -> str:
    """Somebody on the first laptop who agreed to sharing."""
    with session.store.writing() as connection:
        made = journal.add_person(connection, session.pen())
    record(session, made, ("person", "family_name", "Hartley"), ("person", "given_names", "Rose"))
    record(session, made, ("consent", "to_share", "given"))
    return made


def record(session: Session, person_id: str, *values: tuple[str, str, object]) -> None:
    """Record something now, seeing what stands."""
    with session.store.writing() as connection:
        edits = []
        for section, key, value in values:
            _value, base = journal.current_value(connection, person_id, section, "main", key)
            edits.append(Edit(section, "main", key, value, base=base))  # type: ignore[arg-type]
        journal.append(connection, session.pen(), person_id, edits)


def says(session: Session, person_id: str, section: str, key: str) -> object:
    """What stands on a laptop."""
    return plans.open_plan(session, person_id).value(section, key)


def carry(one: Session, to: Session, path: Path, person_ids: list[str] | None = None) -> Carried:
    """Write a file to its end."""
    writing = carrying.begin_carrying(one, laptops.my_address(to), person_ids, path)
    while (carried := carrying.carry_on(one, writing)) is None:
        pass
    return carried


def bring(one: Session, to: Session, path: Path) -> TakenOver:
    """Take everybody from one laptop to another."""
    carry(one, to, path)
    return carrying.take_over(to, carrying.look_into(to, path))


def test_a_person_arrives_with_every_value_under_its_author(
    session: Session, other: Session, person_id: str, tmp_path: Path
) -> None:
    path = tmp_path / "stick.eolc"
    carried = carry(session, other, path)
    assert (carried.people, carried.not_among) == (1, ())
    shown = carrying.look_into(other, path)
    (arriving,) = shown.people
    assert (arriving.name, arriving.is_new, shown.is_met) == ("HARTLEY, Rose", True, False)
    assert people.caseload(other, limit=0).total == 0
    taken = carrying.take_over(other, shown)
    assert (taken.new_people, taken.conflicts) == (1, 0)
    there = plans.open_plan(other, person_id)
    assert there.value("consent", "to_share") == "given"
    item = there.item("person", "family_name")
    assert item is not None
    assert item.recorded_by == session.user.author
    again = carrying.take_over(other, carrying.look_into(other, path))
    assert (again.new_people, again.changed_people, again.conflicts) == (0, 0, 0)
    assert carrying.look_into(other, path).is_met


def test_a_wrong_recipient_cannot_open_it_nor_anybody_read_it(
    session: Session, other: Session, person_id: str, tmp_path: Path, clock: FixedClock
) -> None:
    path = tmp_path / "stick.eolc"
    carry(session, other, path)
    content = path.read_bytes()
    assert b"Hartley" not in content
    third = begin(Profile(tmp_path / "third"), clock, DOCTOR_USER)
    try:
        with pytest.raises(ImportRefused, match="another laptop"):
            carrying.look_into(third, path)
        # Whoever writes their own address over the recipient's still has not the key.
        mine = laptops.my_address(third).key
        path.write_bytes(content.replace(laptops.my_address(other).key, mine))
        with pytest.raises(ImportRefused, match="damaged"):
            carrying.look_into(third, path)
    finally:
        third.store.close()


def test_what_is_cut_off_or_changed_is_refused_whole(
    session: Session, other: Session, person_id: str, tmp_path: Path
) -> None:
    path = tmp_path / "stick.eolc"
    carry(session, other, path)
    content = path.read_bytes()
    for place in range(0, len(content), 11):
        changed = bytearray(content)
        changed[place] ^= 1
        for bad in (bytes(changed), content[:place]):
            path.write_bytes(bad)
            with pytest.raises(ImportRefused):
                carrying.look_into(other, path)
    assert people.caseload(other, limit=0).total == 0


def test_pieces_cannot_change_places_nor_the_end_be_taken_off(tmp_path: Path) -> None:
    mine, theirs = carried_file.new_key(), carried_file.new_key()
    path = tmp_path / "file"
    with path.open("wb") as file:
        writer = carried_file.Writer(file, mine, carried_file.address_of(theirs))
        for piece in (b"one", b"two", b"six"):
            writer.add(piece)
        writer.finish()
    with path.open("rb") as file:
        opened = carried_file.read(file, theirs)
        assert (opened.first, list(opened.rest), opened.sender.key) == (
            b"one",
            [b"two", b"six"],
            carried_file.address_of(mine).key,
        )
    whole = path.read_bytes()
    size = (len(whole) - 116) // 3
    head, one, two, six = whole[:116], *(whole[116 + size * n : 116 + size * (n + 1)] for n in range(3))
    for bad in (head + two + one + six, head + one + two, head + one + six, head + one + two + six + six, head):
        path.write_bytes(bad)
        with path.open("rb") as file, pytest.raises(ImportRefused):
            list(carried_file.read(file, theirs).rest)


def test_what_only_one_changed_is_taken_over_and_what_both_changed_is_asked(
    session: Session, other: Session, person_id: str, tmp_path: Path
) -> None:
    path = tmp_path / "stick.eolc"
    record(session, person_id, ("cpr", "decision", "for_cpr"), ("person", "preferred_name", "Rosie"))
    bring(session, other, path)
    record(session, person_id, ("cpr", "decision", "not_for_cpr"))
    record(other, person_id, ("person", "preferred_name", "Rose"))
    assert bring(session, other, path).conflicts == 0
    assert says(other, person_id, "cpr", "decision") == "not_for_cpr"
    assert says(other, person_id, "person", "preferred_name") == "Rose"
    record(session, person_id, ("cpr", "decision", "for_cpr"))
    record(other, person_id, ("cpr", "decision", "modified_cpr"))
    taken = bring(session, other, path)
    assert taken.conflicts == 1
    (conflict,) = conflicts.conflicts(other)
    row = next(row for row in conflict.rows if row.place == ("cpr", "main", "decision"))
    assert row.base != row.mine != row.theirs != row.base
    assert bring(session, other, path).conflicts == 0, "the same conflict is found once"


def test_both_ways_at_once_end_alike_once_somebody_settles(
    session: Session, other: Session, person_id: str, tmp_path: Path
) -> None:
    one, two = tmp_path / "one.eolc", tmp_path / "two.eolc"
    bring(session, other, one)
    record(session, person_id, ("cpr", "decision", "for_cpr"))
    record(other, person_id, ("cpr", "decision", "not_for_cpr"))
    carry(session, other, one)
    carry(other, session, two)
    for here, path in ((other, one), (session, two)):
        carrying.take_over(here, carrying.look_into(here, path))
    (conflict,), (there,) = conflicts.conflicts(session), conflicts.conflicts(other)
    assert conflict.id == there.id
    for choice, stands in ((Choice.THEIRS, "not_for_cpr"),):
        conflicts.settle(session, conflict, choice, "Spoke with the GP")
        bring(session, other, one)
        assert not conflicts.conflicts(other)
        assert says(session, person_id, "cpr", "decision") == stands
        assert says(other, person_id, "cpr", "decision") == stands
    bring(other, session, two)
    assert says(session, person_id, "cpr", "decision") == "not_for_cpr"
    assert not conflicts.conflicts(session)


def test_settled_on_both_laptops_differently_it_is_asked_once_more(
    session: Session, other: Session, person_id: str, tmp_path: Path
) -> None:
    one, two = tmp_path / "one.eolc", tmp_path / "two.eolc"
    bring(session, other, one)
    record(session, person_id, ("cpr", "decision", "for_cpr"))
    record(other, person_id, ("cpr", "decision", "not_for_cpr"))
    carry(session, other, one)
    carry(other, session, two)
    for here, path in ((other, one), (session, two)):
        carrying.take_over(here, carrying.look_into(here, path))
        (conflict,) = conflicts.conflicts(here)
        conflicts.settle(here, conflict, Choice.THEIRS, "As they said")
    assert says(session, person_id, "cpr", "decision") != says(other, person_id, "cpr", "decision")
    assert bring(session, other, one).conflicts == 1


def test_coming_back_to_an_earlier_value_is_newer_than_what_it_replaced(
    session: Session, other: Session, person_id: str, tmp_path: Path
) -> None:
    one, two = tmp_path / "one.eolc", tmp_path / "two.eolc"
    bring(session, other, one)
    record(session, person_id, ("person", "preferred_name", "Rosie"))
    record(other, person_id, ("person", "preferred_name", "Rose"))
    bring(session, other, one)
    (conflict,) = conflicts.conflicts(other)
    conflicts.settle(other, conflict, Choice.MINE, "She says Rose")
    assert bring(other, session, two).conflicts == 0
    assert says(session, person_id, "person", "preferred_name") == "Rose"
    assert bring(session, other, one).conflicts == 0
    assert says(other, person_id, "person", "preferred_name") == "Rose"


def test_without_consent_nothing_of_a_person_leaves(session: Session, other: Session, tmp_path: Path) -> None:
    with session.store.writing() as connection:
        person_id = journal.add_person(connection, session.pen())
    record(session, person_id, ("person", "family_name", "Moss"))
    path = tmp_path / "stick.eolc"
    carried = carry(session, other, path)
    assert carried.people == 0
    assert [reason for _name, reason in carried.not_among] == [
        "Consent to share is not recorded yet. Nothing is sent until it is."
    ]
    assert not path.exists()


def test_an_address_is_read_whole_or_refused(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "address.txt"
    laptops.save_address(session, path)
    mine = laptops.my_address(session)
    assert laptops.read_address(session, path) == mine
    assert carried_file.address_in(f"  {mine.text.lower()} ").key == mine.key
    for wrong in (mine.text[:-2], mine.text[:-1] + "A", "", "EOLC-", mine.text.replace("-", "x")):
        with pytest.raises(InvalidValue):
            carried_file.address_in(wrong)
    with pytest.raises(NotAllowed):
        carrying.begin_carrying(session, mine, None, tmp_path / "x")


def test_who_recorded_what_stays_with_it(session: Session, other: Session, person_id: str, tmp_path: Path) -> None:
    bring(session, other, tmp_path / "one.eolc")
    record(other, person_id, ("person", "preferred_name", "Rosie"))
    bring(other, session, tmp_path / "two.eolc")
    item = plans.open_plan(session, person_id).item("person", "preferred_name")
    assert item is not None
    assert item.recorded_by == DOCTOR


@pytest.mark.hazard("H39")
def test_made_up_people_never_come_among_real_ones(
    session: Session, other: Session, person_id: str, tmp_path: Path
) -> None:
    path = tmp_path / "stick.eolc"
    carry(replace(session, made_up=True), other, path)
    with pytest.raises(ImportRefused, match="made-up people"):
        carrying.look_into(other, path)
