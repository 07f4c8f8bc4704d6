"""Writes invented people into a store, with the history of how each record came about, or only as they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from random import Random

from sqlalchemy import Connection

from eolc_desktop.care_plan.plan import Edit, Op
from eolc_desktop.errors import NotAllowed
from eolc_desktop.record import journal
from eolc_desktop.record import people as listing
from eolc_desktop.record.journal import Pen
from eolc_desktop.services.invented.numbers import nhs_numbers
from eolc_desktop.services.invented.one_person import person_id_of, tell_outline, tell_person
from eolc_desktop.services.invented.telling import Save, Telling
from eolc_desktop.services.session import Session

EVERY_WHOLE = 40
"""Without histories, one in so many still has a whole plan, so that opening one can be compared at any size."""
_IN_ONE_SAVE = 2_000
_IN_ONE_TRANSACTION = 100


def fill(session: Session, people: int, seed: int, histories: bool = True, years: int = 0) -> int:
    """Write an invented caseload and return how many people were added.

    With `histories` each record is several saves over months by several authors; without, everybody has the values
    that are listed and searched, and every fortieth person a whole plan. With `years` it is the caseload of a service
    over so many years: most of its people have died, on days spread over them. The same seed, clock and (empty) store
    give the same people, and a larger caseload begins with the smaller one. Raises NotAllowed for a store that is not
    for demonstration: invented people never stand beside real ones (hazard H39).
    """
    refuse_beside_real_people(session)
    numbers = nhs_numbers(Random(seed), _numbers_taken(session))  # noqa: S311  has to come out the same every time
    if histories:
        now = session.clock()
        write(session, (tell_person(seed, place, next(numbers), now, years) for place in range(people)))
    else:
        _write_as_they_stand(session, people, seed, numbers, years)
    return people


def refuse_beside_real_people(session: Session) -> None:
    """Raise NotAllowed for a store that is not marked as made up."""
    if not session.made_up:
        raise NotAllowed("Invented people are only for demonstration and training.", "Nothing was added.")


def whole_plans(seed: int, people: int) -> tuple[str, ...]:
    """The ids of those who have a whole plan in a caseload without histories."""
    return tuple(person_id_of(seed, place) for place in range(0, people, EVERY_WHOLE))


def write(session: Session, tellings: Iterable[Telling]) -> None:
    """Write records save by save, as their authors would have, a hundred people to a transaction."""
    waiting = iter(tellings)
    while chunk := list(islice(waiting, _IN_ONE_TRANSACTION)):
        with session.store.writing() as connection:
            for telling in chunk:
                _write_one(session, connection, telling)


def _write_one(session: Session, connection: Connection, telling: Telling) -> None:
    first, *later = telling.saves
    pen = Pen(first.author, first.at, session.laptop_id)
    journal.append_new_people(connection, pen, [(telling.person_id, first.edits)])
    recorded = {_place(edit) for edit in first.edits}
    for save in later:
        edits = _based(connection, telling.person_id, save.edits, recorded)
        journal.append(connection, Pen(save.author, save.at, session.laptop_id), telling.person_id, edits)
        recorded |= {_place(edit) for edit in edits}


def _based(
    connection: Connection, person_id: str, edits: Sequence[Edit], recorded: set[tuple[str, str, str]]
) -> list[Edit]:
    """The edits, each with the change it follows."""
    based = []
    for edit in edits:
        if edit.op is Op.CONFIRM or _place(edit) in recorded:
            _value, base = journal.current_value(connection, person_id, *_place(edit))
            based.append(replace(edit, base=base))
        else:
            based.append(edit)
    return based


def _place(edit: Edit) -> tuple[str, str, str]:
    return edit.section, edit.entry, edit.field


def _write_as_they_stand(session: Session, people: int, seed: int, numbers: Iterator[str], years: int) -> None:
    now = session.clock()
    whole = frozenset(range(0, people, EVERY_WHOLE))
    saves: Iterator[tuple[str, Save]] = (
        (telling.person_id, telling.as_one_save())
        for place in range(people)
        for telling in [(tell_person if place in whole else tell_outline)(seed, place, next(numbers), now, years)]
    )
    for turn, chunk in enumerate(iter(lambda: list(islice(saves, _IN_ONE_SAVE)), [])):
        author = chunk[0][1].author
        pen = Pen(author, now - timedelta(hours=1 + turn), session.laptop_id)
        with session.store.writing() as connection:
            journal.append_new_people(connection, pen, [(person_id, save.edits) for person_id, save in chunk])


def _numbers_taken(session: Session) -> frozenset[str]:
    with session.store.reading() as connection:
        total = listing.listed(connection, limit=1).total
        rows = listing.listed(connection, limit=total).rows if total else ()
    return frozenset(row.nhs_number for row in rows)
