"""What of a plan stands in the lines of the caseload, and how it follows from what is recorded.

Each value is text, in a column of its own beside the person's name, so that views, order and groups of thousands are
answered without reading a plan. Of an entry that was withdrawn or entered in error nothing stands, but for who the
person is: by that they are found.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime

from eolc_desktop.care_plan import fast_track_clock
from eolc_desktop.care_plan.fields import MAIN, Value, absence_of
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, EntryState

Row = tuple[str, str, str, Value]
"""A value of a plan: section, entry, field, value."""
Place = tuple[str, str]
"""A section and a field."""

TEXTS: Mapping[Place, str] = {
    ("person", "family_name"): "family_name",
    ("person", "given_names"): "given_names",
    ("person", "title"): "title",
    ("person", "preferred_name"): "preferred_name",
    ("person", "birth_date"): "birth_date",
    ("person", "gender"): "gender",
    ("person", "nhs_number"): "nhs_number",
    ("person", "postcode"): "postcode",
    ("cpr", "decision"): "cpr_decision",
    ("plan_control", "review_date"): "review_date",
    ("death", "died_on"): "died_on",
}
"""Columns that hold text as it was recorded; an absence, or nothing, is empty."""
ANSWERS: Mapping[Place, str] = {
    ("places", "preferred_death"): "preferred_death",
    ("plan_control", "rag"): "stage",
    ("plan_control", "status"): "plan_status",
    ("plan_control", "review_responsible"): "review_responsible",
    ("key_people", "key_worker_name"): "key_worker",
    ("key_people", "gp_practice"): "practice",
    ("diagnosis", "primary"): "diagnosis",
    ("register", "on_register"): "on_register",
    ("fast_track", "stage"): "fast_track",
    ("anticipatory", "state"): "just_in_case",
}
"""Columns that hold an answer: text, the words of a coded value, or an absence (`ABSENT`)."""
LATEST: Mapping[Place, str] = {
    ("team_reviews", "on"): "last_meeting",
    ("conversations", "on"): "last_conversation",
}
"""Columns that hold the latest date among the entries of a section."""
FAST_TRACK_STATE = "fast_track_state"
"""How far a Fast Track has come, by its stage and its moments: a name of `fast_track_clock.State`; empty for none."""
NAMED_BY = "person"
"""The section whose values stand in the list whatever its state is."""
ABSENT = '{"absent":'
"""What an answer begins with that says why there is none."""

_CLOCK = frozenset({("fast_track", "stage"), *(("fast_track", key) for _state, key in fast_track_clock.STEPS)})
_ANY_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
"""How far a Fast Track has come does not depend on the time."""
_FIELDS = frozenset({*TEXTS, *ANSWERS, *LATEST, *_CLOCK})
SECTIONS = frozenset(section for section, _field in _FIELDS)
FIELDS = frozenset({ENTRY_ITSELF, *(field for _section, field in _FIELDS)})
"""Where to look: what a value stands in the list of is in one of these sections, in one of these fields."""
COLUMNS = (*TEXTS.values(), *ANSWERS.values(), *LATEST.values(), FAST_TRACK_STATE)
"""Every column, by its name."""


def stands_in_list(section: str, field: str) -> bool:
    """Whether a column follows from this field, or from the state of this section's entries."""
    return (section, field) in _FIELDS or (field == ENTRY_ITSELF and section in SECTIONS)


def columns_of(rows: Iterable[Row], sections: Collection[str] = SECTIONS) -> dict[str, str]:
    """The columns that follow from these sections of one person's plan, given everything that stands in them."""
    values: dict[tuple[str, str, str], Value] = {}
    gone: set[tuple[str, str]] = set()
    for section, entry, field, value in rows:
        if field == ENTRY_ITSELF:
            if EntryState.of(value) is not EntryState.CURRENT and section != NAMED_BY:
                gone.add((section, entry))
        elif section in sections:
            values[section, entry, field] = value
    standing = {place: value for place, value in values.items() if place[:2] not in gone}
    made = {
        column: value if isinstance(value := standing.get((section, MAIN, field)), str) else ""
        for (section, field), column in TEXTS.items()
        if section in sections
    }
    for (section, field), column in ANSWERS.items():
        if section in sections:
            made[column] = _answer(standing.get((section, MAIN, field)))
    for (section, field), column in LATEST.items():
        if section in sections:
            dates = (str(value) for place, value in standing.items() if place[0] == section and place[2] == field)
            # An absence, or words, are no date: every date that can be recorded begins so.
            made[column] = max((on for on in dates if on.startswith("2")), default="")
    if fast_track_clock.SECTION in sections:
        steps = {field: standing.get((fast_track_clock.SECTION, MAIN, field)) for _section, field in _CLOCK}
        state = fast_track_clock.clock_of(steps, _ANY_MOMENT).state
        made[FAST_TRACK_STATE] = state.name.lower() if state else ""
    return made


def _answer(value: Value) -> str:
    if isinstance(value, str):
        return value
    if absence := absence_of(value):
        return json.dumps(absence.value_to_store, separators=(",", ":"))
    return str(value.get("text") or value.get("code") or "") if isinstance(value, dict) else ""


def answer(column: str) -> Value:
    """The value that an answer's column holds: text, an absence, or None for nothing."""
    if column.startswith(ABSENT):
        absent: Value = json.loads(column)
        return absent
    return column or None
