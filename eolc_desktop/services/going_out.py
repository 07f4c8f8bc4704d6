"""What may leave while something that is recorded is not as it was written: one place for every way out (H30).

Nothing of a person in doubt leaves, on paper, in a file or to the shared record. A list that several people stand on is
refused whole, since whoever holds it takes it for whole; a file with a line or a document of each person leaves out
those in doubt, and says who. Only what a person asks for about themselves goes out all the same, and says that it is
in doubt (docs/decisions/0014).
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import Connection

from eolc_desktop.care_plan.plan import banner_name
from eolc_desktop.errors import NotAsWritten
from eolc_desktop.record import chain, people
from eolc_desktop.services import trust
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

WHY = "What is recorded is not as it was written, so it cannot be trusted."
WHAT_NEXT = "Check with the shared record or the paper in the house; Settings says what was found."
MARKED = (
    "What is recorded here is not as it was written: something was changed, or put back, outside the program. It is "
    "given as it is held, and cannot be trusted to be what was recorded."
)
"""What stands on what a person asked for about themselves."""
HOLDS = timedelta(minutes=2)
"""How long a look at somebody is good for a list of several that leaves."""
PORTION_SECONDS, AT_A_TIME = 0.1, 10
NAMED = 3


class Way(StrEnum):
    """How something would leave."""

    PRINTED = "printed"
    SAVED = "saved"
    EXPORTED = "exported"
    DISPOSED = "disposed of"


@dataclass(frozen=True, slots=True)
class Looked:
    """At how many of the people on a list was looked; whoever asks looks on until that is all."""

    done: int
    of: int

    @property
    def is_over(self) -> bool:
        """Whether everybody was looked at."""
        return self.done >= self.of

    @property
    def words(self) -> str:
        """How far it is, for the screen."""
        return f"Looking whether the record is as it was written: {self.done:,} of {self.of:,} people."


@needs(Right.BE_HERE)
def must_stay(session: Session, connection: Connection, person_id: str) -> bool:
    """Whether nothing of somebody may leave: they, or the whole record, are not as they were written. Looks now."""
    return bool(session.doubt.lines) or trust.person_in_doubt(session, connection, person_id)


@needs(Right.BE_HERE)
def refuse_person(session: Session, connection: Connection, person_id: str, way: Way = Way.PRINTED) -> None:
    """Raise NotAsWritten when what would leave of one person cannot be trusted."""
    if must_stay(session, connection, person_id):
        raise _refused(way, _who(connection, [person_id]))


@needs(Right.BE_HERE)
def refuse_record(session: Session, way: Way = Way.PRINTED) -> None:
    """Raise NotAsWritten when the whole record cannot be trusted; looks at nothing again."""
    if session.doubt.lines:
        raise NotAsWritten(
            f"Nothing can be {way}: the record is not as it was written, so it cannot be trusted.",
            f"Nothing was {way}.",
            WHAT_NEXT,
        )


@needs(Right.BE_HERE)
def refuse_known(session: Session, way: Way = Way.PRINTED) -> None:
    """Raise NotAsWritten when anything is known that a list, or figures, could show; looks at nothing again."""
    if session.doubt.lines or session.doubt.people:
        with session.store.reading() as connection:
            who = _who(connection, sorted(session.doubt.people))
        raise NotAsWritten(
            f"No list of people, and no figures, can be {way}: something that is recorded is not as it was written, "
            "so it cannot be trusted.",
            f"Nothing was {way}.",
            WHAT_NEXT,
            who,
        )


@needs(Right.BE_HERE)
def look_at_some(session: Session, person_ids: Sequence[str], done: int = 0) -> Looked:
    """Look at those who stand on a list, after the first `done` of them, for a tenth of a second.

    So that a list of thousands does not keep the store from everybody else. What it finds, `refuse_list` tells.
    """
    ends = time.monotonic() + PORTION_SECONDS
    while done < len(person_ids):
        _look(session, _not_looked_at(session, person_ids[done : done + AT_A_TIME]))
        done += AT_A_TIME
        if time.monotonic() > ends:
            break
    return Looked(min(done, len(person_ids)), len(person_ids))


@needs(Right.BE_HERE)
def refuse_list(session: Session, person_ids: Sequence[str], way: Way = Way.PRINTED) -> None:
    """Raise NotAsWritten when anybody on a list, or anything that is known, is in doubt.

    Looks at everybody on it whom nobody looked at just now.
    """
    _look(session, _not_looked_at(session, person_ids))
    refuse_known(session, way)


@needs(Right.BE_HERE)
def refuse_each(session: Session, person_ids: Sequence[str], way: Way) -> None:
    """Raise NotAsWritten when any of these people is in doubt, or the whole record. Looks at each of them now."""
    refuse_record(session, way)
    _look(session, person_ids)
    if doubted := sorted(session.doubt.people & set(person_ids)):
        with session.store.reading() as connection:
            raise _refused(way, _who(connection, doubted))


def _refused(way: Way, who: str) -> NotAsWritten:
    happened = f"This cannot be {way}: what is recorded is not as it was written, so it cannot be trusted."
    return NotAsWritten(happened, f"Nothing was {way}.", WHAT_NEXT, who)


def _not_looked_at(session: Session, person_ids: Iterable[str]) -> list[str]:
    since = session.clock() - HOLDS
    doubt = session.doubt
    return [one for one in person_ids if one not in doubt.people and doubt.fitted.get(one, since) <= since]


def _look(session: Session, person_ids: Sequence[str]) -> None:
    if not person_ids or session.doubt.lines:
        return
    with session.store.reading() as connection:
        chain.forget_pages(connection)
        for person_id in person_ids:
            if chain.listed_fits(connection, person_id):
                session.doubt.fitted[person_id] = session.clock()
            else:
                session.doubt.people.add(person_id)


def _who(connection: Connection, person_ids: Sequence[str]) -> str:
    """Whose records these are, in a sentence; "" for nobody's."""
    rows = people.rows_of(connection, person_ids)
    names = [banner_name(row.family_name, row.given_names, row.title) for row in rows[:NAMED]]
    if len(rows) > NAMED:
        names.append(f"{len(rows) - NAMED:,} more")
    return f"This is about {'; '.join(names)}." if names else ""
