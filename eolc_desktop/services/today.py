"""What Today shows: where the user left off, what changed, whose review is near; and keeping where they were."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from eolc_desktop.care_plan import dates
from eolc_desktop.record import drafts, people, users
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session
from eolc_desktop.services.settings import CODE_WAITS

REVIEW_DAYS = 14
"""Reviews planned up to this many days ahead are shown."""
MOST_LISTED = 12
NOBODY = ""
"""The person id of drafts about somebody who is not added yet."""
_LAST_OPEN = "last_open"
VISIT = "visit"
"""What the place of a draft begins with that says where in a visit the user is."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What the user began to write about one person and has not saved: when it was kept last, and in which sections."""

    row: PersonRow
    kept_at: datetime
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """The first page after unlocking.

    `last_open` is whose plan was open at the last lock or exit; `adding_since` when the user last typed about somebody
    who is not added yet; `recovery_code_waits` whether nobody has proved to hold a copy of the recovery code.
    """

    last_open: PersonRow | None
    begun: tuple[Begun, ...]
    recent: tuple[PersonRow, ...]
    reviews: tuple[PersonRow, ...]
    people: int
    adding_since: datetime | None = None
    recovery_code_waits: bool = False


@needs(Right.READ)
def today(session: Session) -> Today:
    """Gather the page in one reading of the store. Reviews leave out those who have died."""
    by = dates.today(session.clock()) + timedelta(days=REVIEW_DAYS)
    with session.store.reading() as connection:
        was_open = users.known(connection, f"{_LAST_OPEN}:{session.user.id}")
        kept: dict[str, list[drafts.Draft]] = {}
        for draft in drafts.kept(connection, session.user.id):
            kept.setdefault(draft.person_id, []).append(draft)
        begun = []
        for person_id, of_person in kept.items():
            if (row := people.row_of(connection, person_id)) is not None:
                titles = _titles(session, of_person)
                begun.append(Begun(row, max(draft.kept_at for draft in of_person), titles))
        return Today(
            last_open=people.row_of(connection, was_open) if was_open else None,
            begun=tuple(begun),
            recent=people.latest(connection, MOST_LISTED),
            reviews=people.review_due(connection, by.isoformat(), MOST_LISTED),
            people=people.listed(connection, limit=0).total,
            adding_since=max((draft.kept_at for draft in kept.get(NOBODY, ())), default=None),
            recovery_code_waits=users.known(connection, CODE_WAITS) == "yes" and not session.reading_only,
        )


@needs(Right.BE_HERE)
def remember_open(session: Session, person_id: str) -> None:
    """Keep whose plan is open ("" for nobody's), to be offered to the same user after unlocking."""
    with session.store.writing() as connection:
        users.know(connection, f"{_LAST_OPEN}:{session.user.id}", person_id)


def _titles(session: Session, kept: Iterable[drafts.Draft]) -> tuple[str, ...]:
    keys = dict.fromkeys(draft.place.split("/")[0] for draft in kept)
    named = {VISIT: "Visit"}
    titles = (named.get(key) or (session.catalogue[key].title if key in session.catalogue else "") for key in keys)
    return tuple(title for title in titles if title)
