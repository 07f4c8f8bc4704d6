"""What a proposal would add to a plan that is here already: only where nothing is recorded, never half a thing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from eolc_desktop.care_plan.fields import MAIN, Section, Value, is_empty
from eolc_desktop.care_plan.plan import Entry, EntryState, Plan
from eolc_desktop.care_plan.words import display, entry_title
from eolc_desktop.fhir.proposal import ProposedEntry, ProposedPerson

_UNITS: Mapping[str, tuple[frozenset[str], ...]] = {
    "person": (
        frozenset(("title", "given_names", "family_name")),
        frozenset(("nhs_number", "nhs_number_status")),
        frozenset(("address", "postcode", "address_kind")),
        frozenset(("current_location", "current_location_since")),
    ),
    "key_people": (frozenset(("gp_name", "gp_practice", "gp_practice_ods", "gp_practice_phone")),),
}
"""Fields that only mean something together: a postcode is never put beside another address."""
_WHOLE = frozenset(("cpr", "death"))
"""Sections that come in whole, into an empty one, or not at all."""
_KNOWN_BY: Mapping[str, tuple[str, ...]] = {
    "contacts": ("name",),
    "care_team": ("name", "organisation"),
    "allergy": ("substance",),
}
"""How an entry is known again among those that are here."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something the file says and the plan says otherwise: both in words. What is here stays."""

    where: str
    here: str
    in_file: str


@dataclass(frozen=True, slots=True)
class Fitting:
    """What would be added to a plan: entries cut down to what is missing here, and what differs.

    An entry of a repeating section that is known here already carries its id in `entry`.
    """

    entries: tuple[ProposedEntry, ...]
    differences: tuple[Difference, ...]


def fit(plan: Plan, person: ProposedPerson) -> Fitting:
    """Say what of a proposed person would be added to this plan.

    Nothing recorded is written over, not even by something more exact. Allergies are taken as one (their coherence
    group): where the plan says "none known" and the file names one, nobody but a person can say which is right.
    """
    entries: list[ProposedEntry] = []
    differences: list[Difference] = []
    allergies_apart = _allergies_differ(plan, person)
    for entry in person.entries:
        section = plan.catalogue[entry.section]
        if entry.section in ("allergies", "allergy") and allergies_apart:
            differences.append(_whole_difference(plan, section, entry))
            continue
        known, standing = _known(plan, section, entry)
        if known is None:
            entries.append(entry)
        elif not standing:
            differences.append(
                Difference(
                    _title(section, entry),
                    f"{known.state.words} on this laptop{f' ({known.reason})' if known.reason else ''}",
                    "still listed",
                )
            )
        else:
            missing = _missing(section, known, entry, plan.text("person", "nhs_number"))
            if missing:
                entries.append(replace(entry, entry=known.id, values=missing))
            differences += _differences(section, known, entry, missing)
    return Fitting(tuple(entries), tuple(differences))


def _allergies_differ(plan: Plan, person: ProposedPerson) -> bool:
    here = plan.value("allergies", "status")
    there = next((e.values.get("status") for e in person.entries if e.section == "allergies"), None)
    if there is None:
        return False
    listed = bool(plan.entries("allergy"))
    return (not is_empty(here) and here != there) or (there == "none_known" and listed)


def _known(plan: Plan, section: Section, entry: ProposedEntry) -> tuple[Entry | None, bool]:
    """The entry of the plan that this one speaks of, and whether it stands."""
    if entry.entry == MAIN:
        found = next((e for e in plan.all_entries(section.key) if e.id == MAIN), None)
        return found, found is not None and found.state is EntryState.CURRENT
    keys = _KNOWN_BY[section.key]
    wanted = [_folded(entry.values.get(key)) for key in keys]
    matches = [e for e in plan.all_entries(section.key) if [_folded(e.value(key)) for key in keys] == wanted]
    standing = next((e for e in matches if e.state is EntryState.CURRENT), None)
    return standing or (matches[-1] if matches else None), standing is not None


def _folded(value: Value) -> str:
    said = value.get("text", "") if isinstance(value, dict) else value if isinstance(value, str) else ""
    plain = unicodedata.normalize("NFKD", said).casefold()
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def _missing(section: Section, known: Entry, entry: ProposedEntry, number_here: str) -> dict[str, Value]:
    """The values that may come in: those not recorded here, unless something they belong with is recorded otherwise."""
    values = dict(entry.values)
    recorded = {key: value for key, value in known.values.items() if not is_empty(value)}
    if section.key in _WHOLE and recorded:
        return {}
    if section.key == "person" and number_here:
        values.pop("nhs_number_missing_reason", None)
    blocked: set[str] = set()
    for unit in _UNITS.get(section.key, ()):
        if any(key in recorded and (key not in values or values[key] != recorded[key]) for key in unit):
            blocked |= unit
    return {key: value for key, value in values.items() if key not in recorded and key not in blocked}


def _differences(
    section: Section, known: Entry, entry: ProposedEntry, missing: Mapping[str, Value]
) -> Iterator[Difference]:
    for key, value in entry.values.items():
        here = known.value(key)
        if key in missing or here == value or key in _KNOWN_BY.get(section.key, ()):
            continue
        if key == "nhs_number_missing_reason":
            continue
        field = section[key]
        where = field.label if entry.entry == MAIN else f"{_title(section, entry)}: {field.label}"
        yield Difference(where, display(field, here), display(field, value))


def _whole_difference(plan: Plan, section: Section, entry: ProposedEntry) -> Difference:
    status = plan.words("allergies", "status")
    named = [entry_title(plan.catalogue["allergy"], e.id, e.values) for e in plan.entries("allergy")]
    here = f"{status} ({'; '.join(named)})" if named else status
    if entry.section == "allergies":
        return Difference(section.title, here, display(section["status"], entry.values.get("status")))
    return Difference(section.title, here, _title(section, entry))


def _title(section: Section, entry: ProposedEntry) -> str:
    return section.title if entry.entry == MAIN else entry_title(section, entry.entry, entry.values)
