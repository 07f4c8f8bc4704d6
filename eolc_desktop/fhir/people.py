"""The people around the person in a FHIR file: family and friends, the GP, the care team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from eolc_desktop.care_plan.fields import MAIN, Value
from eolc_desktop.care_plan.value_sets import value_set
from eolc_desktop.fhir import names
from eolc_desktop.fhir.elements import codings, day, option_for, over, parts, text, words_of
from eolc_desktop.fhir.proposal import ProposedEntry
from eolc_desktop.fhir.reading import Resource
from eolc_desktop.fhir.references import Addresses

_CONTACT_ROLE = "http://terminology.hl7.org/CodeSystem/v2-0131"
_ROLES = {"N": "next_of_kin", "C": "emergency", "NOK": "next_of_kin", "ECON": "emergency"}
_ROLE_SYSTEMS = frozenset((_CONTACT_ROLE, "http://terminology.hl7.org/CodeSystem/v3-RoleClass"))
_ATTORNEY = frozenset(("HPOWATT", "POWATT", "DPOWATT", "SPOWATT"))
_ODS = "https://fhir.nhs.uk/Id/ods-organization-code"
_MOST_CONTACTS = 60


@dataclass(slots=True)
class Around:
    """What was found of the people around one person: entries, the places of the records that were used, reasons."""

    entries: list[ProposedEntry] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    reasons: dict[int, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def read_around(patient: Resource, records: Sequence[Resource], addresses: Addresses, on: date) -> Around:
    """Read the people around a person from the records that are about that person."""
    around = Around()
    for record in records:
        if record.kind == "RelatedPerson" and not record.not_understood:
            _take_related_person(around, record, on)
    listed = {entry.values["name"] for entry in around.entries}
    for number, contact in enumerate(parts(patient.body.get("contact"))[:_MOST_CONTACTS], 1):
        name = names.whole_name([contact.get("name")], on)
        if name and name not in listed and not over(contact.get("period"), on):
            key = f"contact/{patient.place}.{number}"
            around.entries.append(_contact(key, patient.place, name, contact, "Patient", on))
    if around.entries:
        around.notes.append("How far the person wants each of these people involved is not in the file: please ask.")
    _take_gp(around, patient, addresses, on)
    for record in records:
        if record.kind == "CareTeam" and not record.not_understood:
            _take_care_team(around, record, addresses, on)
    return around


def _take_related_person(around: Around, record: Resource, on: date) -> None:
    body = record.body
    name = names.whole_name(body.get("name"), on)
    if body.get("active") is False or over(body.get("period"), on):
        around.reasons[record.place] = "marked as no longer in touch"
    elif not name:
        around.reasons[record.place] = "no name is given"
    else:
        around.used.add(record.place)
        around.entries.append(_contact(f"contact/{record.place}", record.place, name, body, "RelatedPerson", on))


def _contact(key: str, place: int, name: str, body: Mapping[str, Any], kind: str, on: date) -> ProposedEntry:
    values: dict[str, Value] = {"name": name}
    said: list[str] = []
    roles: list[str] = []
    notes: list[str] = []
    for concept in parts(body.get("relationship")):
        systems_and_codes = [(system, code) for system, code, _display in codings(concept)]
        role = next((_ROLES[c] for s, c in systems_and_codes if s in _ROLE_SYSTEMS and c in _ROLES), "")
        if role:
            roles.append(role)
        elif words := words_of(concept):
            said.append(words)
        if any(code in _ATTORNEY for _system, code in systems_and_codes):
            notes.append(
                "Named there as an attorney: record the document itself under legal matters, when it has been seen."
            )
    values["relationship"] = ", ".join(dict.fromkeys(said))
    values["roles"] = list(dict.fromkeys(roles))
    phones = [number for _use, number in names.reachable(body.get("telecom"), ("phone", "sms"), on)]
    values |= dict(zip(("phone", "phone_other"), dict.fromkeys(phones), strict=False))
    values["email"] = next((address for _use, address in names.reachable(body.get("telecom"), ("email",), on)), "")
    return ProposedEntry(key, place, "contacts", "", _said(values), kind, notes=tuple(notes))


@dataclass(frozen=True, slots=True)
class _Professional:
    """A practitioner, a practice or a service as a reference gives them."""

    name: str = ""
    organisation: str = ""
    ods: str = ""
    phone: str = ""
    role: Mapping[str, Any] = field(default_factory=dict)
    places: tuple[int, ...] = ()


def professional(reference: Any, holder: Resource, addresses: Addresses, on: date) -> _Professional:
    """Who a reference points at: a Practitioner, a PractitionerRole with both its halves, an Organization, or only the
    name that stands beside the reference."""
    found = addresses.find(reference, holder)
    if found is None or found.not_understood or found.body.get("active") is False:
        shown = text(reference.get("display")) if isinstance(reference, dict) and found is None else ""
        named = f"{text(reference.get('reference'))} {text(reference.get('type'))}" if shown else ""
        return _Professional(organisation=shown) if "Organization" in named else _Professional(name=shown)
    phone = next((number for _use, number in names.reachable(found.body.get("telecom"), ("phone",), on)), "")
    match found.kind:
        case "Practitioner":
            return _Professional(names.whole_name(found.body.get("name"), on), phone=phone, places=(found.place,))
        case "Organization":
            return _Professional(
                organisation=text(found.body.get("name")), ods=_ods(found.body), phone=phone, places=(found.place,)
            )
        case "PractitionerRole" if holder.kind != "PractitionerRole":
            who = professional(found.body.get("practitioner"), found, addresses, on)
            where = professional(found.body.get("organization"), found, addresses, on)
            return _Professional(
                who.name,
                where.organisation,
                where.ods,
                phone or who.phone or where.phone,
                next(iter(parts(found.body.get("code"))), {}),
                (found.place, *who.places, *where.places),
            )
    return _Professional()


def _ods(body: Mapping[str, Any]) -> str:
    return next((text(i.get("value")) for i in parts(body.get("identifier")) if i.get("system") == _ODS), "")


def _take_gp(around: Around, patient: Resource, addresses: Addresses, on: date) -> None:
    values: dict[str, Value] = {}
    for reference in parts(patient.body.get("generalPractitioner")):
        found = professional(reference, patient, addresses, on)
        given = {"gp_name": found.name, "gp_practice": found.organisation, "gp_practice_ods": found.ods}
        if found.organisation:
            given["gp_practice_phone"] = found.phone
        if taken := {key: said for key, said in given.items() if said and key not in values}:
            values |= taken
            around.used |= set(found.places)
    if values:
        key = f"gp/{patient.place}"
        around.entries.append(ProposedEntry(key, patient.place, "key_people", MAIN, values, "Patient"))


def _take_care_team(around: Around, record: Resource, addresses: Addresses, on: date) -> None:
    body = record.body
    if body.get("status") not in (None, "active") or over(body.get("period"), on):
        around.reasons[record.place] = "not marked as the team in charge now"
        return
    members = parts(body.get("participant"))
    before = len(around.entries)
    for number, member in enumerate(members[:_MOST_CONTACTS], 1):
        if over(member.get("period"), on):
            continue
        found = professional(member.get("member"), record, addresses, on)
        if not found.name and not found.organisation:
            continue  # the person themselves, or family, who come in as the people who matter
        around.used |= set(found.places)
        on_behalf = professional(member.get("onBehalfOf"), record, addresses, on)
        role = next(iter(parts(member.get("role"))), {}) or found.role
        group = option_for(role, value_set("care_group"))
        name = found.name if group or not words_of(role) else ", ".join(filter(None, (found.name, words_of(role))))
        period = member.get("period")
        values: dict[str, Value] = {
            "name": name,
            "group": group,
            "organisation": found.organisation or on_behalf.organisation,
            "phone_day": found.phone or on_behalf.phone,
            "from_date": day(period.get("start")) if isinstance(period, dict) else "",
        }
        key = f"team/{record.place}.{number}"
        around.entries.append(ProposedEntry(key, record.place, "care_team", "", _said(values), "CareTeam"))
    if len(around.entries) > before:
        around.used.add(record.place)
    else:
        around.reasons[record.place] = "names nobody of the care team"


def _said(values: dict[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in values.items() if value not in ("", [], None)}
