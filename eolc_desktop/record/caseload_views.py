"""Who is in each saved view of the caseload: conditions on one person, answered in the one question that lists them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_

from eolc_desktop.care_plan.dates import today
from eolc_desktop.care_plan.fast_track_clock import BY_STAGE, OVER, RUNNING, STEPS, State
from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, EntryState
from eolc_desktop.models.tables import conflict, current, person, shared_person
from eolc_desktop.record.rows import moment_text, to_text

NEW_DAYS = 14
REVIEW_DAYS = 14
"""Reviews planned up to this many days ahead are due, as on Today."""
_NOTHING = (to_text(None), to_text(""))
_IS_ALIVE = person.c.died_on == ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose view it is, and at what moment."""

    user_name: str
    now: datetime


Condition = ColumnElement[bool]


def _item(section: str, field: str, *conditions: Condition) -> Condition:
    return exists().where(
        current.c.person_id == person.c.id,
        current.c.section == section,
        current.c.entry == MAIN,
        current.c.field == field,
        *conditions,
    )


def _is_one_of(section: str, field: str, *values: str) -> Condition:
    return _item(section, field, current.c.value.in_([to_text(value) for value in values]))


def _is_said(section: str, field: str) -> Condition:
    """Something is recorded, if only that it is not known or was declined."""
    return _item(section, field, current.c.value.not_in(_NOTHING))


def _stands(section: str) -> Condition:
    """The section was neither withdrawn nor entered in error."""
    return not_(_item(section, ENTRY_ITSELF, current.c.value != to_text(EntryState.CURRENT.value)))


def _names(section: str, field: str, name: str) -> Condition:
    """A name stands in a field by itself, or before a comma or a bracket: "Jo Okafor, district nurse"."""
    value, begins = func.lower(current.c.value), to_text(name.strip()).lower()
    starts = [value.startswith(f"{begins[:-1]}{after}", autoescape=True) for after in (",", " (")]
    return and_(_stands(section), _item(section, field, or_(value == begins, *starts)))


def _mine(asked: Asked) -> Condition:
    name = asked.user_name
    return or_(_names("key_people", "key_worker_name", name), _names("plan_control", "review_responsible", name))


def _new(asked: Asked) -> Condition:
    return person.c.added_at >= moment_text(asked.now - timedelta(days=NEW_DAYS))


def _red_and_amber(_asked: Asked) -> Condition:
    return and_(_IS_ALIVE, _stands("plan_control"), _is_one_of("plan_control", "rag", "red", "amber"))


def _review_due(asked: Asked) -> Condition:
    by = today(asked.now) + timedelta(days=REVIEW_DAYS)
    return and_(_IS_ALIVE, person.c.review_date != "", person.c.review_date <= by.isoformat())


def _no_place(_asked: Asked) -> Condition:
    return and_(_IS_ALIVE, not_(and_(_stands("places"), _is_said("places", "preferred_death"))))


def _no_cpr(_asked: Asked) -> Condition:
    # An absence is written as an object: it is an answer, and no decision.
    text = current.c.value.startswith('"')
    is_decision = current.c.value.not_in((*_NOTHING, to_text("no_decision")))
    return and_(_IS_ALIVE, not_(and_(_stands("cpr"), _item("cpr", "decision", text, is_decision))))


def _fast_track(_asked: Asked) -> Condition:
    stages = {stage for stage, state in BY_STAGE.items() if state in RUNNING}
    over = {stage for stage, state in BY_STAGE.items() if state in OVER or state is State.STARTED}
    moments = {state: _item("fast_track", key, current.c.value.startswith('"2')) for state, key in STEPS}
    begun = [_is_one_of("fast_track", "stage", *stages), *(moments[state] for state in RUNNING)]
    ended = [_is_one_of("fast_track", "stage", *over), moments[State.STARTED]]
    return and_(_IS_ALIVE, _stands("fast_track"), or_(*begun), not_(or_(*ended)))


def _after_death(_asked: Asked) -> Condition:
    return person.c.died_on != ""


def _conflicts(_asked: Asked) -> Condition:
    return exists().where(conflict.c.person_id == person.c.id, conflict.c.settled_at == "")


def _waiting(_asked: Asked) -> Condition:
    return exists().where(shared_person.c.person_id == person.c.id, shared_person.c.waiting_since != "")


CONDITIONS: Mapping[str, Callable[[Asked], Condition]] = {
    "mine": _mine,
    "new": _new,
    "red_and_amber": _red_and_amber,
    "review_due": _review_due,
    "no_place": _no_place,
    "no_cpr": _no_cpr,
    "fast_track": _fast_track,
    "conflicts": _conflicts,
    "waiting": _waiting,
    "after_death": _after_death,
}
