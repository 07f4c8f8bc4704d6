"""Diagnoses, allergies, preferred places and function, as Condition, AllergyIntolerance and Observation (UK Core)."""

from __future__ import annotations

from collections.abc import Iterator

from eolc_desktop.care_plan.fields import Field
from eolc_desktop.care_plan.plan import Entry, EntryState, Item, Source
from eolc_desktop.fhir.addresses import options_system
from eolc_desktop.fhir.sharing.elements import (
    Making,
    Resource,
    absent,
    author,
    coded_concept,
    concept,
    day,
    display,
    filled,
    hl7,
    is_in_error,
    listed,
    moment,
    notes,
    said,
    snomed,
)

ASSERTED = "http://hl7.org/fhir/StructureDefinition/condition-assertedDate"
_PROBLEM = [hl7("condition-category", "problem-list-item")]
_IN_ERROR = "entered-in-error"
AKPS = "901671000000100"
PREFERRED_DEATH = "395091006"


def conditions(making: Making) -> Iterator[Resource]:
    """The main diagnosis, and every other problem; one that is withdrawn is inactive, one in error says so."""
    plan = making.plan
    for entry in (*plan.all_entries("diagnosis"), *plan.all_entries("problems")):
        main = entry.section == "diagnosis"
        key = "primary" if main else "problem"
        code = coded_concept(entry.value(key))
        if code is None:
            continue
        names = ("diagnosis",) if main else ("problems", entry.id)
        made = making.resource("Condition", *names, profile="UKCore-Condition")
        if asserted := day(entry.value("diagnosed_on")):
            made["extension"].append({"url": ASSERTED, "valueDateTime": asserted})
        status = "active"
        if entry.state is EntryState.WITHDRAWN:
            status = "inactive"
        elif entry.value("state") == "resolved":
            status = "resolved"
        in_error = is_in_error(entry)
        ended = day(entry.value("ended_on")) if status != "active" else ""
        yield filled(
            made,
            clinicalStatus=None if in_error else hl7("condition-clinical", status),
            verificationStatus=hl7("condition-ver-status", _IN_ERROR) if in_error else None,
            category=_PROBLEM,
            code=code,
            subject=making.person,
            onsetDateTime=day(entry.value("onset")),
            abatementDateTime=ended,
            recordedDate=moment(entry.items[key].recorded_at),
            recorder=author(entry.items[key].recorded_by),
            note=notes(said(entry, "description"), said(entry, "stage"), said(entry, "comment")),
        )


def allergies(making: Making) -> Iterator[Resource]:
    """Each allergy, or one record that says that none is known when somebody asked and nobody named one."""
    plan = making.plan
    standing = 0
    for entry in plan.all_entries("allergy"):
        made = _allergy(making, entry)
        if made is not None:
            standing += entry.state is EntryState.CURRENT
            yield made
    item = plan.item("allergies", "status")
    if plan.value("allergies", "status") == "none_known" and not standing and item is not None:
        yield filled(
            making.resource("AllergyIntolerance", "allergies", profile="UKCore-AllergyIntolerance"),
            clinicalStatus=hl7("allergyintolerance-clinical", "active"),
            verificationStatus=hl7("allergyintolerance-verification", "confirmed"),
            code=snomed("716186003", "No known allergy"),
            patient=making.person,
            recordedDate=moment(item.last_known_at),
            recorder=author(item.confirmed_by or item.recorded_by),
        )


def _allergy(making: Making, entry: Entry) -> Resource | None:
    code = coded_concept(entry.value("substance"))
    if code is None:
        return None
    in_error = is_in_error(entry)
    certainty = _published(making, entry, "certainty")
    stands = entry.state is EntryState.CURRENT and certainty != "refuted"
    reaction = said(entry, "reaction")
    severity = _published(making, entry, "severity")
    recorded = entry.items["substance"]
    return filled(
        making.resource("AllergyIntolerance", "allergy", entry.id, profile="UKCore-AllergyIntolerance"),
        clinicalStatus=None if in_error else hl7("allergyintolerance-clinical", "active" if stands else "inactive"),
        verificationStatus=_verification(_IN_ERROR if in_error else certainty),
        type=_published(making, entry, "kind"),
        code=code,
        patient=making.person,
        onsetDateTime=day(entry.value("when")),
        recordedDate=moment(recorded.recorded_at),
        recorder=author(recorded.recorded_by),
        note=notes(said(entry, "comment")),
        # A severity alone has no place in FHIR but beside what happened, which must then be said to be unknown.
        reaction=[filled({"manifestation": [{"text": reaction or "Not recorded"}]}, severity=severity)]
        if reaction or severity
        else None,
    )


def _verification(code: str) -> Resource | None:
    return hl7("allergyintolerance-verification", code) if code else None


def _published(making: Making, entry: Entry, key: str) -> str:
    option = making.plan.catalogue["allergy"][key].option(str(entry.value(key)))
    return option.codes[0].code if option is not None and option.codes else ""


def observations(making: Making) -> Iterator[Resource]:
    """Where the person wants to be cared for and to die, and each assessment of function."""
    yield from listed(
        _place(making, "preferred_death", ("preferred_death_name", "strength", "what_would_change_it")),
        _place(making, "preferred_care", ("preferred_care_words",)),
    )
    for entry in making.plan.all_entries("akps"):
        score = said(entry, "score")
        if not score.isdigit():
            continue
        item = entry.items["score"]
        status = {EntryState.CURRENT: "final", EntryState.WITHDRAWN: "cancelled"}.get(entry.state, _IN_ERROR)
        yield filled(
            making.resource("Observation", "akps", entry.id, profile="UKCore-Observation"),
            status=status,
            category=[hl7("observation-category", "survey")],
            code=snomed(AKPS, "Australia-modified Karnofsky Performance Status score"),
            subject=making.person,
            effectiveDateTime=day(entry.value("on")) or moment(item.recorded_at),
            performer=listed(display(said(entry, "by")) or author(item.recorded_by)),
            valueInteger=int(score),
            note=notes(said(entry, "comment")),
        ) | {"valueInteger": int(score)}


def _place(making: Making, key: str, beside: tuple[str, ...]) -> Resource | None:
    plan = making.plan
    item = plan.item("places", key)
    field = plan.catalogue.field("places", key)
    if item is None or field is None:
        return None
    value = concept("places", field, making.option("places", key))
    reason = absent(item.value)
    if value is None and reason is None:
        return None
    made = making.resource("Observation", "places", key, profile="UKCore-Observation")
    entry = plan.entry("places")
    second = _second_choice(making) if key == "preferred_death" else None
    return filled(
        made,
        status="final",
        category=[hl7("observation-category", "social-history")],
        code=_asked(field, key),
        subject=making.person,
        effectiveDateTime=moment(item.last_known_at),
        performer=listed(_who_says(making, item)),
        valueCodeableConcept=value,
        dataAbsentReason=None if value else reason,
        note=notes(*(said(entry, other) for other in beside)),
        component=listed(second),
    )


def _asked(field: Field, key: str) -> Resource:
    if key == "preferred_death":
        return snomed(PREFERRED_DEATH, "Preferred place of death")
    return {
        "coding": [{"system": options_system("places", key), "code": key, "display": field.label}],
        "text": field.label,
    }


def _second_choice(making: Making) -> Resource | None:
    field = making.plan.catalogue["places"]["second_choice"]
    value = concept("places", field, making.option("places", "second_choice"))
    if value is None:
        return None
    code = {"system": options_system("places", "second_choice"), "code": "second_choice", "display": field.label}
    return {"code": {"coding": [code], "text": field.label}, "valueCodeableConcept": value}


def _who_says(making: Making, item: Item) -> Resource | None:
    """The person, when they said it themselves; otherwise who recorded it."""
    return making.person if item.told.source is Source.PERSON else author(item.recorded_by)
