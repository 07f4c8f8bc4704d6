"""Whether the record is as it was written: the chain of seals, the values that stand, the head kept outside."""

from __future__ import annotations

import heapq
import hmac
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, func, select

from eolc_desktop.models.sealing import (
    AUDIT,
    AUDIT_COLUMNS,
    CHANGE,
    CHANGE_COLUMNS,
    START,
    Seal,
    add_seals,
    digest_of,
    key_of,
)
from eolc_desktop.models.tables import audit, change, current, disposal, seal
from eolc_desktop.record import listing
from eolc_desktop.record.listing import streamed
from eolc_desktop.record.plans import REPLAYED, replay

_SEALS = select(seal).order_by(seal.c.number)
_CHANGES = select(*(change.c[name] for name in CHANGE_COLUMNS)).order_by(change.c.sequence)
_AUDIT = select(*(audit.c[name] for name in AUDIT_COLUMNS)).order_by(audit.c.sequence)
_CURRENT_COLUMNS = ("person_id", "section", "entry", "field", "value", "parent", "set_by", "confirmed_by")
_PARTS = itemgetter(*(CHANGE_COLUMNS.index(name) for name in REPLAYED))
_OF_PERSON: BindParameter[str] = bindparam("of_person")
_THEIR_SEALS = _SEALS.where(seal.c.person_id == _OF_PERSON)
_BEFORE_THEIRS = select(seal.c.number + 1, seal.c.mac).where(
    seal.c.number.in_(select(seal.c.number - 1).where(seal.c.person_id == _OF_PERSON).correlate(None))
)
_THEIR_CHANGES = _CHANGES.where(change.c.person_id == _OF_PERSON)
_THEIR_VALUES = select(*(current.c[name] for name in _CURRENT_COLUMNS)).where(current.c.person_id == _OF_PERSON)
"""Made once: a list of thousands has each of them asked for everybody on it."""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest seal at some moment, as it is kept outside the file: its number and its code."""

    number: int
    mac: str


@dataclass(frozen=True, slots=True)
class Trust:
    """What a look at the seals found.

    `lines` are sentences for the user, without patient data; none when everything fits. `people` are those whose own
    lines do not fit; when something else does not, or the file is older than it should be, nobody's plan is to be
    trusted (`whole` is False). `head` is the newest seal that was found.
    """

    whole: bool
    people: frozenset[str]
    lines: tuple[str, ...]
    head: Head

    @property
    def ok(self) -> bool:
        """Whether everything fits."""
        return self.whole and not self.people


@dataclass(slots=True)
class _Found:
    whole: bool = True
    people: set[str] = field(default_factory=set)
    lines: list[str] = field(default_factory=list)

    def all_in_doubt(self, words: str) -> None:
        self.whole = False
        if words not in self.lines:
            self.lines.append(words)


def seal_save(connection: Connection, person_id: str, lines: Sequence[Mapping[str, Any]]) -> None:
    """Seal the lines of one save of one person, in the transaction that wrote them."""
    seal_saves(connection, [(person_id, lines)])


def seal_saves(connection: Connection, saves: Sequence[tuple[str, Sequence[Mapping[str, Any]]]]) -> None:
    """Seal saves in the order in which their lines were written."""
    add_seals(
        connection,
        [
            (
                CHANGE,
                person_id,
                lines[0]["sequence"],
                lines[-1]["sequence"],
                digest_of([line[name] for name in CHANGE_COLUMNS] for line in lines),
            )
            for person_id, lines in saves
            if lines
        ],
    )


def head_of(connection: Connection) -> Head:
    """The newest seal."""
    newest = connection.execute(select(seal.c.number, seal.c.mac).order_by(seal.c.number.desc()).limit(1)).first()
    return Head(newest.number, newest.mac) if newest else Head(0, START)


def seal_at(connection: Connection, number: int) -> Head | None:
    """The seal with this number, or None: then this record is older than it, or another."""
    found = connection.execute(select(seal.c.number, seal.c.mac).where(seal.c.number == number)).first()
    return Head(found.number, found.mac) if found else None


Rest = Callable[[], None]
"""What a long look does after every few rows: nothing, or wait a moment so that others get on; it may raise to end."""


def never_rest() -> None:
    """Go on at once."""


def check_all(connection: Connection, kept: Head | None = None, rest: Rest = never_rest) -> Trust:
    """Look at every seal, everything they cover, and every value that follows from it. About 1 s for 100,000 lines.

    `kept` is the head that was kept outside the file. Reads only; every kind of damage is reported, none raises; what
    `rest` raises passes through.
    """
    found = _Found()
    head = _check_seals(connection, found, rest)
    _check_current(connection, found, rest)
    # The columns of the caseload carry the CPR decision.
    found.people.update(listing.differing(connection, rest))
    if kept is not None:
        _check_head(connection, kept, head, found)
    if found.people:
        count = "one person" if len(found.people) == 1 else f"{len(found.people):,} people"
        found.lines.append(f"What is recorded about {count} is not as it was written.")
    return Trust(found.whole, frozenset(found.people), tuple(found.lines), head)


def forget_pages(connection: Connection) -> None:
    """Forget every page that was read; what is being written stays. What is read next is what the file holds now: a
    page that was read before would hide, while the record is open, that an older one was put in its place."""
    connection.exec_driver_sql("PRAGMA shrink_memory")


def person_fits(connection: Connection, person_id: str) -> bool:
    """Whether one person's plan is as it was written: their seals, their lines, and the values that stand.

    A few milliseconds. Done whenever a plan is opened and before anything leaves. Looks at what the file holds now.
    """
    forget_pages(connection)
    return _plan_fits(connection, person_id)


def listed_fits(connection: Connection, person_id: str) -> bool:
    """Whether one person's plan is as it was written, and the columns by which they are listed follow from it.

    For one person of many: begin with `forget_pages`, once for all of them.
    """
    return _plan_fits(connection, person_id) and listing.follows(connection, person_id)


def _plan_fits(connection: Connection, person_id: str) -> bool:
    key = key_of(connection)
    of_person = {"of_person": person_id}
    seals = [Seal(*row) for row in connection.execute(_THEIR_SEALS, of_person).fetchall()]
    before: dict[int, str] = {row[0]: row[1] for row in connection.execute(_BEFORE_THEIRS, of_person)}
    rows = list(map(tuple, connection.execute(_THEIR_CHANGES, of_person).fetchall()))
    lines = {row[0]: row for row in rows}
    for one in reversed(seals):  # the newest first: numbers of lines that were disposed of may be used again
        mac = START if one.number == 1 else before.get(one.number)
        if mac is None or not hmac.compare_digest(one.code(key, mac), one.mac):
            return False
        covered = [lines.pop(number) for number in range(one.first, one.last + 1) if number in lines]
        if digest_of(covered) != one.body and (covered or not has_left(connection, person_id)):
            return False
    return not lines and _stands(connection, person_id, rows)


def has_left(connection: Connection, person_id: str) -> bool:
    """Whether what was recorded of a person was once disposed of here: then the lines that older seals cover are gone,
    also when the person came back."""
    return connection.execute(select(disposal.c.person_id).where(disposal.c.person_id == person_id)).first() is not None


def _stands(connection: Connection, person_id: str, lines: Iterable[Sequence[Any]]) -> bool:
    wanted = connection.execute(_THEIR_VALUES, {"of_person": person_id})
    standing = {row[1:4]: row[4:] for row in map(tuple, wanted.fetchall())}
    try:
        return standing == replay(_PARTS(line) for line in lines)
    except KeyError:
        # A confirmation of something that was never set: a line before it is gone.
        return False


def _check_seals(connection: Connection, found: _Found, rest: Rest) -> Head:
    key = key_of(connection)
    gone = frozenset(connection.execute(select(disposal.c.person_id)).scalars())
    lines = {CHANGE: _Lines(connection, _CHANGES, rest), AUDIT: _Lines(connection, _AUDIT, rest)}
    head = Head(0, START)
    for row in connection.execution_options(stream_results=True).execute(_SEALS).mappings():
        one = Seal(**row)
        if one.number != head.number + 1 or not hmac.compare_digest(one.code(key, head.mac), one.mac):
            found.all_in_doubt("The chain of what was saved is broken: something was changed, or put back, outside it.")
        head = Head(one.number, one.mac)
        covered, strays = lines[one.kind].upto(one.first, one.last)
        if strays:
            found.all_in_doubt("There are entries that the program did not write.")
        if digest_of(covered) != one.body and not (not covered and one.person_id in gone):
            if one.kind == AUDIT:
                found.all_in_doubt("The list of who looked and printed is not as it was written.")
            else:
                found.people.add(one.person_id)
    if lines[CHANGE].has_more():
        found.all_in_doubt("There are entries that the program did not write.")
    return head


class _Lines:
    """Lines in their order, taken a seal at a time."""

    def __init__(self, connection: Connection, wanted: Any, rest: Rest) -> None:
        self._rows: Iterator[Any] = streamed(connection, wanted, rest)
        self._next: Any = next(self._rows, None)

    def upto(self, first: int, last: int) -> tuple[list[Sequence[Any]], int]:
        """The lines from `first` to `last`, and how many before them no seal covers."""
        covered: list[Sequence[Any]] = []
        strays = 0
        while self._next is not None and self._next[0] <= last:
            if self._next[0] >= first:
                covered.append(tuple(self._next))
            else:
                strays += 1
            self._next = next(self._rows, None)
        return covered, strays

    def has_more(self) -> bool:
        return self._next is not None


def _check_current(connection: Connection, found: _Found, rest: Rest) -> None:
    """Compare the current values with the last lines of the journal that set and confirmed them.

    Both are read side by side in the order of their keys, so that at no time more than one of each is in memory.
    """
    item = (change.c.person_id, change.c.section, change.c.entry, change.c.field)
    latest = select(*item, func.max(change.c.sequence)).where(change.c.op == "set").group_by(*item).order_by(*item)
    standing = (
        select(
            current.c.person_id,
            current.c.section,
            current.c.entry,
            current.c.field,
            current.c.set_by,
            (current.c.value == change.c.value).label("same"),
        )
        .outerjoin(change, change.c.sequence == current.c.set_by)
        .order_by(current.c.person_id, current.c.section, current.c.entry, current.c.field)
    )
    both = heapq.merge(streamed(connection, latest, rest), streamed(connection, standing, rest), key=_item_of)
    for (person_id, *_), rows in groupby(both, _item_of):
        match [tuple(row[4:]) for row in rows]:
            case [(last,), (set_by, same)] if last == set_by and same:
                pass
            case _:
                found.people.add(person_id)


def _item_of(row: Sequence[Any]) -> tuple[str, str, str, str]:
    return row[0], row[1], row[2], row[3]


def _check_head(connection: Connection, kept: Head, head: Head, found: _Found) -> None:
    if head.number < kept.number:
        missing = kept.number - head.number
        count = "1 save is" if missing == 1 else f"{missing:,} saves are"
        found.all_in_doubt(
            f"An older copy of the record is in its place: {count} missing that were made on this laptop."
        )
        return
    there = seal_at(connection, kept.number)
    if kept.number and (there is None or not hmac.compare_digest(there.mac, kept.mac)):
        found.all_in_doubt("This is not the record that was last used on this laptop, or it was changed outside it.")
