"""All that other systems act on, made from one plan and laid over what the server holds: pure, and always the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from eolc_desktop.care_plan.plan import Entry, Plan
from eolc_desktop.fhir.sharing import decisions, illness, person, planning, team
from eolc_desktop.fhir.sharing.documents import Paper, document
from eolc_desktop.fhir.sharing.elements import PROJECTION, Ids, Making, Resource, listed
from eolc_desktop.fhir.sharing.patching import patched

KINDS = (
    "Patient",
    "RelatedPerson",
    "CareTeam",
    "Consent",
    "Flag",
    "Condition",
    "AllergyIntolerance",
    "Observation",
    "Goal",
    "CarePlan",
    "Task",
    "Appointment",
    "Binary",
    "DocumentReference",
)
"""The kinds of resource that are made, those that others point at first."""

_NO_LONGER: Mapping[str, Mapping[str, object]] = {
    "RelatedPerson": {"active": False, "name": [{"text": "No longer shared"}]},
    "CareTeam": {"status": "inactive"},
    "Consent": {"status": "inactive"},
    "Flag": {"status": "inactive", "code": {"text": "No longer shared"}},
    "Condition": {"verificationStatus": "entered-in-error", "code": {"text": "No longer shared"}},
    "AllergyIntolerance": {"verificationStatus": "entered-in-error", "code": {"text": "No longer shared"}},
    "Observation": {"status": "cancelled", "code": {"text": "No longer shared"}},
    "Goal": {"lifecycleStatus": "cancelled", "description": {"text": "No longer shared"}},
    "CarePlan": {"status": "revoked", "intent": "plan"},
    "Task": {"status": "cancelled", "intent": "plan", "description": "No longer shared"},
    "Appointment": {"status": "cancelled"},
    "DocumentReference": {"status": "superseded", "content": [{"attachment": {"title": "No longer shared"}}]},
}
"""What is left of a resource that is no longer sent: the least that FHIR asks for, in a state nobody acts on."""


def only(plan: Plan, may_leave: Callable[[str, str, str], bool]) -> Plan:
    """The plan with nothing in it but what may leave, asked for section, entry and field."""
    sections: dict[str, tuple[Entry, ...]] = {}
    for key, entries in plan.sections.items():
        kept = tuple(
            replace(entry, items={f: item for f, item in entry.items.items() if may_leave(key, entry.id, f)})
            for entry in entries
        )
        if held := tuple(entry for entry in kept if entry.items):
            sections[key] = held
    return replace(plan, sections=sections, drafts_waiting=0, conflicts=())


def projected(plan: Plan, ids: Ids, paper: Paper | None = None) -> list[Resource]:
    """What the plan says, as resources; the Patient first. `plan` holds only what may leave."""
    making = Making(plan, ids)
    made: list[Resource] = [person.patient(making), *person.related_people(making)]
    made += listed(team.care_team(making), decisions.consent(making))
    made += [*decisions.flags(making), *illness.conditions(making), *illness.allergies(making)]
    made += [*illness.observations(making), *planning.goals(making)]
    made.append(planning.care_plan(making, made))
    made += [*planning.tasks(making), *planning.appointments(making)]
    if paper is not None:
        made += document(making, paper)
    return made


def laid_over(made: list[Resource], seen: Mapping[str, Resource], ids: Ids) -> list[Resource]:
    """The resources as they should stand: each over what the server holds of it, and what is no longer told put away.

    `seen` holds the person's resources on the server by key ("Flag/…"). What others made there of their own is not
    touched.
    """
    result = [patched(seen.get(f"{one['resourceType']}/{one['id']}"), one) for one in made]
    keys = {f"{one['resourceType']}/{one['id']}" for one in made}
    for key, there in sorted(seen.items()):
        if key not in keys and (gone := _put_away(there, ids)) is not None:
            result.append(patched(there, gone))
    return result


def _put_away(seen: Resource, ids: Ids) -> Resource | None:
    kind, least = seen.get("resourceType"), _NO_LONGER.get(str(seen.get("resourceType")))
    names = name_of(seen)
    if least is None or not names or seen.get("id") != ids(*names.split("/")):
        return None
    about = {"reference": f"Patient/{ids()}"}
    gone: Resource = {"resourceType": kind, "id": seen["id"], "identifier": [{"system": PROJECTION, "value": names}]}
    gone |= {key: value for key, value in least.items() if key != "verificationStatus"}
    match kind:
        case "RelatedPerson" | "AllergyIntolerance":
            gone["patient"] = about
        case "Consent":
            gone |= {"patient": about} | {key: seen[key] for key in ("scope", "category", "policyRule") if key in seen}
        case "Task":
            gone["for"] = about
        case "Appointment":
            gone["participant"] = [{"actor": about, "status": "declined"}]
        case _:
            gone["subject"] = about
    if "verificationStatus" in least:
        system = "condition-ver-status" if kind == "Condition" else "allergyintolerance-verification"
        code = {"system": f"http://terminology.hl7.org/CodeSystem/{system}", "code": least["verificationStatus"]}
        gone["verificationStatus"] = {"coding": [code]}
    return gone


def name_of(resource: Resource) -> str:
    """The name under which a projection made a resource ("flag/cpr"); "" for a resource of somebody else."""
    identifiers = resource.get("identifier")
    for identifier in identifiers if isinstance(identifiers, list) else []:
        if isinstance(identifier, dict) and identifier.get("system") == PROJECTION:
            return str(identifier.get("value", ""))
    return ""
