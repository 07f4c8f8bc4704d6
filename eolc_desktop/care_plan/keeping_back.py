"""What the person keeps back, from anyone: it stands on no copy and is not sent (decision 7)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.fields import Field, Value, is_empty
from eolc_desktop.care_plan.plan import Plan

KEPT_BACK = "kept_back"
"""The section that says what is kept back; it never leaves the laptop itself."""

_GIVEN_AWAY_BY: Mapping[str, tuple[str, ...]] = {
    "places.preferred_death": ("D-11.2", "D-11.3", "D-11.4", "D-11.5"),
    "allergy": ("D-09.3",),
    "cpr": ("D-10.1", "D-10.8"),
    "medicines": ("D-12.5",),
    "commitments": ("D-05",),
}
"""What would give away an item that is kept back, beyond the fields that share its number in the data dictionary."""


def kept_back(plan: Plan) -> tuple[set[str], set[str]]:
    """What the person keeps back, from anyone: whole sections by key, and items by their number in the dictionary."""
    return kept_back_of(plan.catalogue, [entry.value("what") for entry in plan.entries(KEPT_BACK)])


def kept_back_of(catalogue: Catalogue, said: Iterable[Value]) -> tuple[set[str], set[str]]:
    """The same, from what is said in the field "what" of each entry that stands."""
    sections: set[str] = set()
    numbers: set[str] = set()
    for what in said:
        for name in what if isinstance(what, list) else [what]:
            if is_empty(name):
                continue
            section, _, key = str(name).partition(".")
            numbers.update(_GIVEN_AWAY_BY.get(str(name), ()))
            if field := catalogue.field(section, key):
                numbers.add(field.standard)
            elif not key:
                sections.add(section)
    return sections, numbers


def has_number(field: Field, numbers: Collection[str]) -> bool:
    """Whether a field is one of these numbers of the data dictionary, or a part of one."""
    return any(field.standard == number or field.standard.startswith(f"{number}.") for number in numbers)


def without_kept_back(
    catalogue: Catalogue, section: str, values: Mapping[str, Value], kept: tuple[set[str], set[str]]
) -> dict[str, Value]:
    """The values of an entry of a section without those that are kept back."""
    sections, numbers = kept
    if section in sections:
        return {}
    fields = {key: catalogue.field(section, key) for key in values}
    return {
        key: value
        for key, value in values.items()
        if (field := fields[key]) is None or not (has_number(field, numbers) or field.links_to in sections)
    }
