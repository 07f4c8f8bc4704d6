"""One section of one plan as FHIR: its Questionnaire, and a QuestionnaireResponse for each entry."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Section
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.fhir.addresses import BASE
from eolc_desktop.fhir.questionnaire import questionnaire
from eolc_desktop.fhir.questionnaire_response import response
from eolc_desktop.fhir.sharing.elements import Ids, Making, Resource, moment


def section_bundle(plan: Plan, section: Section, ids: Ids) -> Resource:
    """The section as a collection. `plan` holds only what may leave; entries have the ids they have on the server."""
    making = Making(plan, ids)
    answered = [
        response(section, entry, making.person, plan.links) | {"id": ids("entry", section.key, entry.id)}
        for entry in plan.all_entries(section.key)
    ]
    resources = [questionnaire(section), *answered]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": moment(plan.as_of),
        "entry": [{"fullUrl": f"{BASE}/{one['resourceType']}/{one['id']}", "resource": one} for one in resources],
    }
