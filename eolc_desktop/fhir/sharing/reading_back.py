"""Reading a projection that another system changed, back into values of the plan, as far as that can be done safely."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from eolc_desktop.care_plan.fields import MAIN, Value, is_empty
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.care_plan.value_sets import value_set
from eolc_desktop.fhir import allergies, names, patient
from eolc_desktop.fhir.elements import coded, day, option_for, parts, text
from eolc_desktop.fhir.reading import Resource


@dataclass(frozen=True, slots=True)
class Offered:
    """One value that would be recorded on a yes."""

    section: str
    entry: str
    field: str
    value: Value


Read = tuple[frozenset[str], dict[str, Value]]
"""The elements that were understood in full, and the values they say by field key."""

_PERSON = {
    "name": ("title", "given_names", "family_name", "preferred_name"),
    "telecom": ("phone", "mobile", "email"),
    "gender": ("gender",),
    "birthDate": ("birth_date",),
    "address": ("address", "postcode", "current_location", "current_location_since"),
    "communication": ("language",),
}


def read_back(
    name: str, there: Mapping[str, Any], changed: tuple[str, ...], plan: Plan, on: date
) -> tuple[frozenset[str], tuple[Offered, ...]]:
    """The elements of a changed projection that can be read, and the values that they say.

    `name` is the name under which the projection was made. Only what was changed is read, and only what another system
    says: what it took away is named among the elements and never becomes an empty value by itself.
    """
    section, _, entry = name.partition("/")
    reader = _READERS.get(name) or _READERS.get(section)
    if reader is None:
        return frozenset(), ()
    understood, values = reader(there, changed, on)
    place = {"flag": ("cpr", MAIN), "places": ("places", MAIN), "consent": ("consent", MAIN)}.get(
        section, (section, entry or MAIN)
    )
    offered = tuple(
        Offered(*place, field, value)
        for field, value in values.items()
        if not is_empty(value) and plan.catalogue.field(place[0], field) is not None
    )
    return understood, offered


def _person(there: Mapping[str, Any], changed: tuple[str, ...], on: date) -> Read:
    values, _notes = patient.person_values(Resource(1, "Patient", "", "", dict(there)), on)
    wanted = {field for element in changed for field in _PERSON.get(element, ())}
    return frozenset(_PERSON), {field: value for field, value in values.items() if field in wanted}


def _contact(there: Mapping[str, Any], changed: tuple[str, ...], on: date) -> Read:
    values: dict[str, Value] = {}
    if "name" in changed:
        values["name"] = names.whole_name(there.get("name"), on)
    if "telecom" in changed:
        phones = [number for _use, number in names.reachable(there.get("telecom"), ("phone", "sms"), on)]
        values |= dict(zip(("phone", "phone_other"), phones, strict=False))
        values["email"] = next((a for _use, a in names.reachable(there.get("telecom"), ("email",), on)), "")
    return frozenset({"name", "telecom"}), values


def _cpr(there: Mapping[str, Any], _changed: tuple[str, ...], _on: date) -> Read:
    if there.get("status") != "active":
        return frozenset(), {}
    period, author = there.get("period"), there.get("author")
    values: dict[str, Value] = {}
    if decision := option_for(there.get("code"), value_set("cpr_decision")):
        values["decision"] = decision
    if isinstance(period, dict):
        values["decided_at"] = day(period.get("start"))
    if isinstance(author, dict):
        values["decided_by_name"] = text(author.get("display"))
    understood = {"period", "author"} | ({"code"} if "decision" in values else set())
    return frozenset(understood), values


def _consent(there: Mapping[str, Any], _changed: tuple[str, ...], _on: date) -> Read:
    """Another system heard that consent is withdrawn: that is offered, and the other way round is not."""
    if there.get("status") == "inactive":
        return frozenset({"status", "provision", "dateTime"}), {
            "to_share": "withdrawn",
            "withdrawn_on": day(there.get("dateTime")),
        }
    return frozenset(), {}


def _allergy(there: Mapping[str, Any], _changed: tuple[str, ...], _on: date) -> Read:
    record = Resource(1, "AllergyIntolerance", "", "", dict(there))
    proposed = [entry for entry in allergies.propose([record]).entries if entry.section == "allergy"]
    if not proposed:
        return frozenset(), {}
    understood = {"code", "type", "reaction", "onsetDateTime", "verificationStatus"}
    return frozenset(understood), dict(proposed[0].values)


def _preferred_death(there: Mapping[str, Any], _changed: tuple[str, ...], _on: date) -> Read:
    options = value_set("preferred_place_of_death")
    values: dict[str, Value] = {"preferred_death": option_for(there.get("valueCodeableConcept"), options)}
    components = parts(there.get("component"))
    if components:
        values["second_choice"] = option_for(components[0].get("valueCodeableConcept"), options)
    read = {"effectiveDateTime"} | ({"valueCodeableConcept"} if values["preferred_death"] else set())
    return frozenset(read | ({"component"} if values.get("second_choice") else set())), values


def _step(there: Mapping[str, Any], _changed: tuple[str, ...], _on: date) -> Read:
    states = {"in-progress": "under_way", "completed": "done", "cancelled": "not_needed", "requested": "to_do"}
    owner, restriction = there.get("owner"), there.get("restriction")
    period = restriction.get("period") if isinstance(restriction, dict) else None
    values: dict[str, Value] = {
        "what": text(there.get("description")),
        "state": states.get(text(there.get("status")), ""),
        "who": text(owner.get("display")) if isinstance(owner, dict) else "",
        "by_when": day(period.get("end")) if isinstance(period, dict) else "",
    }
    pairs = (("description", "what"), ("status", "state"), ("owner", "who"), ("restriction", "by_when"))
    return frozenset(element for element, field in pairs if values[field]), values


def _goal(there: Mapping[str, Any], _changed: tuple[str, ...], _on: date) -> Read:
    """Only how a goal stands: its words are the person's own, and nobody else edits them."""
    states = {"active": "under_way", "completed": "reached", "cancelled": "changed", "on-hold": "not_possible"}
    state = states.get(text(there.get("lifecycleStatus")), "")
    return frozenset({"lifecycleStatus", "statusDate"} if state else set()), {"status": state}


def _problem(field: str) -> Callable[[Mapping[str, Any], tuple[str, ...], date], Read]:
    def read(there: Mapping[str, Any], changed: tuple[str, ...], _on: date) -> Read:
        values: dict[str, Value] = {}
        if "code" in changed:
            values[field] = coded(there.get("code"))
        if "onsetDateTime" in changed:
            values["onset"] = day(there.get("onsetDateTime"))
        return frozenset({"code", "onsetDateTime"}), values

    return read


_READERS: Mapping[str, Callable[[Mapping[str, Any], tuple[str, ...], date], Read]] = {
    "person": _person,
    "contacts": _contact,
    "flag/cpr": _cpr,
    "consent": _consent,
    "allergy": _allergy,
    "places/preferred_death": _preferred_death,
    "next_steps": _step,
    "goals": _goal,
    "diagnosis": _problem("primary"),
    "problems": _problem("problem"),
}
