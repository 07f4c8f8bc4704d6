"""Finding a page by its check code, and keeping the list of pages to replace in step with the journal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.paper_copies import SUBJECTS, ToReplace, to_replace
from eolc_desktop.models.tables import change, current, paper_recall
from eolc_desktop.record import plans, users
from eolc_desktop.record.rows import to_text

_FOLLOWED_TO = "paper_recall_to"
_FOLLOWED_BY = "paper_recall_by"
_IS_CODE = text("section = 'paper_copies' AND field = 'code'")  # as the index has it, word for word
_WITH_PAPER = text(
    # SQLite would read every value there is (a quarter of a second for 2,000 people) before it thought of this index.
    "SELECT DISTINCT person_id FROM current INDEXED BY ix_current_check_code "
    "WHERE section = 'paper_copies' AND field = 'code'"
)
_RULES = hashlib.sha256(repr(SUBJECTS).encode()).hexdigest()[:16]
"""What is followed; when a new version of the program follows something else, every page is looked at again."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the register: whose it is, and which entry."""

    person_id: str
    entry: str


@dataclass(frozen=True, slots=True)
class PageOut:
    """A page to replace, as lists show it. `made_at` is a moment as text, "" when nobody knows."""

    entry: str
    name: str
    code: str
    made_at: str
    whereabouts: str
    changed: str


@dataclass(frozen=True, slots=True)
class Recall:
    """A person and their pages to replace."""

    person_id: str
    pages: tuple[PageOut, ...]


def with_code(connection: Connection, code: str) -> tuple[Found, ...]:
    """The pages that carry this check code: one, or none; more only if two laptops drew the same six signs."""
    rows = connection.execute(
        select(current.c.person_id, current.c.entry).where(_IS_CODE, current.c.value == to_text(code))
    )
    return tuple(Found(row.person_id, row.entry) for row in rows)


def bring_up_to_date(connection: Connection, catalogue: Catalogue, as_of: datetime, most: int) -> int:
    """Look again at the people whose records or pages changed since the last time, `most` of them at once.

    Returns how many are still to be looked at. What changed is told by the journal alone, whoever wrote there: this
    laptop, an import, or the exchange with the shared record.
    """
    _note_who_is_due(connection)
    due = (
        connection.execute(select(paper_recall.c.person_id).where(paper_recall.c.due == 1).limit(most)).scalars().all()
    )
    for person_id in due:
        found = to_replace(plans.plan_of(connection, catalogue, person_id, as_of))
        pages = json.dumps([asdict(_page(one)) for one in found], ensure_ascii=False)
        connection.execute(update(paper_recall).where(paper_recall.c.person_id == person_id).values(due=0, pages=pages))
    return connection.execute(select(func.count()).where(paper_recall.c.due == 1)).scalar_one()


def is_up_to_date(connection: Connection) -> bool:
    """Whether nothing has been written since the list was brought up to date."""
    head = connection.execute(select(func.coalesce(func.max(change.c.sequence), 0))).scalar_one()
    waits = connection.execute(select(func.count()).where(paper_recall.c.due == 1)).scalar_one()
    return (
        not waits
        and users.known(connection, _FOLLOWED_TO) == str(head)
        and users.known(connection, _FOLLOWED_BY) == _RULES
    )


def _note_who_is_due(connection: Connection) -> None:
    head = connection.execute(select(func.coalesce(func.max(change.c.sequence), 0))).scalar_one()
    to = int(users.known(connection, _FOLLOWED_TO) or 0)
    if users.known(connection, _FOLLOWED_BY) != _RULES:
        to = 0
    if to == head:
        return
    people = set(connection.execute(_WITH_PAPER).scalars())
    if to:
        written = select(change.c.person_id).where(change.c.sequence > to).distinct()
        people &= set(connection.execute(written).scalars())
    if people:
        put = upsert(paper_recall)
        put = put.on_conflict_do_update(index_elements=[paper_recall.c.person_id], set_={"due": 1})
        connection.execute(put, [{"person_id": person_id, "due": 1, "pages": "[]"} for person_id in sorted(people)])
    users.know(connection, _FOLLOWED_TO, str(head))
    users.know(connection, _FOLLOWED_BY, _RULES)


def _page(one: ToReplace) -> PageOut:
    copy = one.copy
    return PageOut(
        copy.entry,
        copy.name,
        copy.code,
        copy.made_at.isoformat() if copy.made_at else "",
        copy.whereabouts,
        "; ".join(changed.subject.words for changed in one.changed),
    )


def recalls(connection: Connection) -> tuple[Recall, ...]:
    """Everybody with pages to replace, as of the last `bring_up_to_date`."""
    rows = connection.execute(
        select(paper_recall.c.person_id, paper_recall.c.pages).where(paper_recall.c.pages != "[]")
    )
    return tuple(Recall(row.person_id, _pages(row.pages)) for row in rows)


def _pages(kept: str) -> tuple[PageOut, ...]:
    pages: Sequence[dict[str, str]] = json.loads(kept)
    return tuple(PageOut(**page) for page in pages)


def rebuild(connection: Connection) -> None:
    """Have every page looked at again at the next `bring_up_to_date`."""
    users.know(connection, _FOLLOWED_BY, "")
