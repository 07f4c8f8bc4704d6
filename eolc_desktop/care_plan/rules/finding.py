"""What a rule finds, what it may know from outside the plan, and the words that all rules share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from eolc_desktop.care_plan.dates import first_day, is_partial_date, last_day, moment_words
from eolc_desktop.care_plan.fields import MAIN, Value, absence_of, is_empty
from eolc_desktop.care_plan.plan import Item, Plan, Source
from eolc_desktop.care_plan.rules.outside import NOTHING_KNOWN, Outside
from eolc_desktop.care_plan.words import asking, entry_title


class Severity(StrEnum):
    """What a finding does. Only identity, consent and what must not be seen ever block sharing (decision 6)."""

    BLOCKS = "blocks"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class ItemRef:
    """One item of a plan: the keys of its section and field, and the id of its entry."""

    section: str
    field: str
    entry: str = MAIN


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the record that does not fit together or is not there.

    `says` states what conflicts, where each value came from and when; it never says what is right or what to do for
    the person. `who_can_settle` names who can say which value holds.
    """

    rule: str
    severity: Severity
    says: str
    items: tuple[ItemRef, ...]
    who_can_settle: str


@dataclass(frozen=True, slots=True)
class Limits:
    """The thresholds of the rules: an organisation may set its own.

    `fresh_days` overrides, by "section.field", how long an item stays fresh (K32). The roles are compared with the
    beginning and the end of what was typed as a role ("Consultant in palliative medicine", "Locum GP"), without regard
    to capitals; none of `not_senior_words` may stand in it.
    """

    review_within_days: int = 92
    adult_age: int = 18
    expiry_days: int = 14
    review_days_when_weeks: int = 28
    review_days_when_days: int = 7
    prognosis_days: int = 28
    function_days: int = 28
    function_drop: int = 20
    function_low: int = 30
    receipt_hours: int = 4
    decision_hours: int = 24
    package_hours: int = 48
    fresh_days: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    senior_roles: tuple[str, ...] = (
        "consultant",
        "gp",
        "general practitioner",
        "associate specialist",
        "specialist doctor",
        "specialty doctor",
        "medical director",
        "nurse consultant",
        "advanced nurse practitioner",
        "advanced clinical practitioner",
    )
    not_senior_words: tuple[str, ...] = (
        *("registrar", "trainee", "foundation", "student", "assistant"),
        *("physician associate", "secretary", "on behalf of", "receptionist"),
    )
    home_places: tuple[str, ...] = ("home", "family_home")
    life_sustaining: tuple[str, ...] = (
        "intensive_care",
        "ventilation",
        "mask_ventilation",
        "iv_antibiotics",
        "iv_fluids",
        "tube_feeding",
        "transfusion",
        "dialysis",
    )


@dataclass(frozen=True, slots=True)
class Setting:
    """What a rule needs to know from outside the plan.

    `training` is whether this profile holds invented people; `others_with_this_number` is how many other records on
    this laptop hold the same NHS number.
    """

    limits: Limits = Limits()
    training: bool = False
    others_with_this_number: int = 0
    outside: Outside = NOTHING_KNOWN


ORDINARY = Setting()


def author_of(item: Item) -> str:
    """Who last said that an item is so, by name, for the middle of a sentence."""
    return (item.confirmed_by or item.recorded_by).name or "somebody not named"


def has_died(plan: Plan) -> bool:
    """Whether a date of death is recorded: nothing is asked for the living plan any more."""
    return not is_empty(plan.value("death", "died_on"))


def known(plan: Plan, section: str, field_key: str, entry: str = MAIN) -> bool:
    """Whether an item holds an answer that says something: neither empty nor "not known"."""
    value = plan.value(section, field_key, entry)
    return not is_empty(value) and absence_of(value) is None


def chosen(plan: Plan, section: str, field_key: str, entry: str = MAIN) -> tuple[str, ...]:
    """The keys chosen in a field that holds several, or ()."""
    value = plan.value(section, field_key, entry)
    return tuple(key for key in value if isinstance(key, str)) if isinstance(value, list) else ()


def days_of(plan: Plan, section: str, field_key: str, entry: str = MAIN) -> tuple[date, date] | None:
    """The first and the last day that a recorded date can mean, or None where there is no date that can be read."""
    text = plan.text(section, field_key, entry)
    return (first_day(text), last_day(text)) if text.isascii() and is_partial_date(text) else None


def told(plan: Plan, section: str, field_key: str, entry: str = MAIN) -> str:
    """An item as evidence: where it stands, its value in words, and where and when it came from."""
    described = plan.catalogue[section]
    label = described[field_key].label
    if entry != MAIN:
        label = f"{described.title}, {entry_title(described, entry, _values(plan, section, entry))} – {label}"
    elif label != described.title:
        label = f"{described.title} – {label}"
    item = plan.item(section, field_key, entry)
    if item is None or is_empty(item.value):
        return f"{asking(label)} nothing recorded"
    return f"{asking(label)} “{plan.words(section, field_key, entry)}” ({came_from(item)})"


def _values(plan: Plan, section: str, entry_id: str) -> dict[str, Value]:
    entry = plan.entry(section, entry_id)
    return entry.values if entry else {}


def came_from(item: Item) -> str:
    """When a value was recorded, by whom, on whose word, and when it was last confirmed."""
    parts = [f"recorded {moment_words(item.recorded_at)} by {item.recorded_by.words or 'somebody not named'}"]
    if item.told.source is not Source.NOT_STATED or item.told.detail:
        parts.append(item.told.words)
    if item.confirmed_at is not None:
        by = f" by {item.confirmed_by.name}" if item.confirmed_by else ""
        parts.append(f"last confirmed {moment_words(item.confirmed_at)}{by}")
    return "; ".join(parts)


def the_person(plan: Plan) -> str:
    """The person by the name they like, as somebody who can settle something."""
    return plan.called or "The person"


def key_worker(plan: Plan) -> str:
    """The key worker by name, or by role where none is recorded."""
    name = plan.text("key_people", "key_worker_name")
    return f"{name}, key worker" if name else "The key worker"


def the_person_and_key_worker(plan: Plan) -> str:
    """The person together with their key worker, as those who can settle something."""
    name = plan.text("key_people", "key_worker_name")
    return f"{the_person(plan)}, with {name or 'the key worker'}"


def who_decided_on_cpr(plan: Plan) -> str:
    """Whoever endorsed or made the CPR decision, by name where one is recorded."""
    if senior := plan.text("cpr", "senior_clinician"):
        return senior
    named = [plan.text("cpr", "decided_by_name"), plan.text("cpr", "decided_by_role")]
    return ", ".join(part for part in named if part) or "The senior responsible clinician"


def listed(parts: list[str]) -> str:
    """Join parts as English does: "a, b and c"."""
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)
