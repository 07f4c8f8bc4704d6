"""Who is in each saved view of the caseload: conditions on the columns of the list, nothing else being read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, not_, or_, select

from eolc_desktop.care_plan.dates import today
from eolc_desktop.care_plan.fast_track_clock import RUNNING
from eolc_desktop.models.tables import person, shared_person
from eolc_desktop.record import people
from eolc_desktop.record.rows import moment_text

NEW_DAYS = 14
REVIEW_DAYS = 14
"""Reviews planned up to this many days ahead are due, as on Today."""
_IS_ALIVE = person.c.died_on == ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose view it is, at what moment, and who has something at home to look at before the weekend."""

    user_name: str
    now: datetime
    homes: tuple[str, ...] = ()


Condition = ColumnElement[bool]


def _names(column: ColumnElement[str], name: str) -> Condition:
    """A name stands in a column by itself, or before a comma or a bracket: "Jo Okafor, district nurse"."""
    wanted = name.strip()
    begins = [func.substr(column, 1, len(wanted) + len(after)) for after in (",", " (")]
    said = [(column, wanted), *zip(begins, (f"{wanted},", f"{wanted} ("), strict=True)]
    return or_(*(func.lower(words) == func.lower(whose) for words, whose in said))


def _mine(asked: Asked) -> Condition:
    return or_(_names(person.c.key_worker, asked.user_name), _names(person.c.review_responsible, asked.user_name))


def _new(asked: Asked) -> Condition:
    return person.c.added_at >= moment_text(asked.now - timedelta(days=NEW_DAYS))


def _red_and_amber(_asked: Asked) -> Condition:
    return and_(_IS_ALIVE, person.c.stage.in_(("red", "amber")))


def _review_due(asked: Asked) -> Condition:
    by = today(asked.now) + timedelta(days=REVIEW_DAYS)
    return and_(_IS_ALIVE, person.c.review_date != "", person.c.review_date <= by.isoformat())


def _no_place(_asked: Asked) -> Condition:
    return and_(_IS_ALIVE, person.c.preferred_death == "")


def _no_cpr(_asked: Asked) -> Condition:
    """Two versions that wait to be settled are decisions: who has them is among the conflicts, and not here."""
    return and_(_IS_ALIVE, person.c.cpr_decision.in_(("", "no_decision")), not_(people.has_cpr_conflict()))


def _fast_track(_asked: Asked) -> Condition:
    return and_(_IS_ALIVE, person.c.fast_track_state.in_([state.name.lower() for state in sorted(RUNNING)]))


def _weekend(asked: Asked) -> Condition:
    """These people: how a home stands depends on the day as well, and is no column of the list."""
    return person.c.id.in_(select(func.json_each(json.dumps(asked.homes)).table_valued("value").c.value))


def _after_death(_asked: Asked) -> Condition:
    return person.c.died_on != ""


def _conflicts(_asked: Asked) -> Condition:
    return person.c.id.in_(people.in_conflict())


def _waiting(_asked: Asked) -> Condition:
    return person.c.id.in_(select(shared_person.c.person_id).where(shared_person.c.waiting_since != ""))


CONDITIONS: Mapping[str, Callable[[Asked], Condition]] = {
    "mine": _mine,
    "new": _new,
    "red_and_amber": _red_and_amber,
    "review_due": _review_due,
    "no_place": _no_place,
    "no_cpr": _no_cpr,
    "fast_track": _fast_track,
    "weekend": _weekend,
    "conflicts": _conflicts,
    "waiting": _waiting,
    "after_death": _after_death,
}
