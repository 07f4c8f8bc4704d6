"""One person as one FHIR document: a Composition, every entry that may leave, and what other systems act on."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from eolc_desktop.care_plan.fields import Audience, Part, Section, is_empty
from eolc_desktop.care_plan.plan import Author, Entry, Plan
from eolc_desktop.care_plan.words import display, entry_title
from eolc_desktop.fhir.addresses import BASE
from eolc_desktop.fhir.questionnaire import questionnaire
from eolc_desktop.fhir.questionnaire_response import response
from eolc_desktop.fhir.sharing.documents import Paper
from eolc_desktop.fhir.sharing.elements import CARE_PLAN_CODE, Ids, Making, Resource, author, filled, listed, moment
from eolc_desktop.fhir.sharing.projecting import projected

XHTML = "http://www.w3.org/1999/xhtml"


def document_bundle(plan: Plan, ids: Ids, by: Author, paper: Paper | None = None) -> Resource:
    """The document. `plan` holds only what may leave; `by` is who takes it out; `paper` a PDF of the same plan.

    Entries go as QuestionnaireResponses with their Questionnaires, so that this program reads them back without loss,
    and beside them as the resources that others act on. Each record has the same id in every export and on the server.
    """
    making = Making(plan, ids)
    beside = projected(plan, ids, paper)
    asked: list[Resource] = []
    answered: dict[tuple[str, str], Resource] = {}
    for section in plan.catalogue:
        entries = plan.all_entries(section.key)
        if entries:
            asked.append(questionnaire(section))
        for entry in entries:
            made = response(section, entry, making.person, plan.links)
            answered[(section.key, entry.id)] = made | {"id": ids("entry", section.key, entry.id)}
    cover = _composition(making, by, answered, beside)
    resources = [cover, *beside, *answered.values(), *asked, _provenance(making, by, cover)]
    return {
        "resourceType": "Bundle",
        "identifier": {"system": f"{BASE}/document", "value": f"{ids()}/{plan.version}/{moment(plan.as_of)}"},
        "type": "document",
        "timestamp": moment(plan.as_of),
        "entry": [{"fullUrl": f"{BASE}/{one['resourceType']}/{one['id']}", "resource": one} for one in resources],
    }


def _composition(
    making: Making, by: Author, answered: Mapping[tuple[str, str], Resource], beside: list[Resource]
) -> Resource:
    plan = making.plan
    is_draft = plan.value("plan_control", "status") in (None, "draft")
    sections = []
    for part in Part:
        inner = [made for section in plan.catalogue.in_part(part) if (made := _section(plan, section, answered))]
        if inner:
            sections.append({"title": part.heading, "section": inner})
    coded = [{"reference": f"{one['resourceType']}/{one['id']}"} for one in beside if one["resourceType"] != "Binary"]
    sections.append({"title": "For other systems", "entry": coded})
    return filled(
        {
            "resourceType": "Composition",
            "id": making.ids("composition"),
            "meta": {"profile": ["https://fhir.hl7.org.uk/StructureDefinition/UKCore-Composition"]},
            "status": "preliminary" if is_draft else "final",
            "type": {"coding": [dict(CARE_PLAN_CODE)]},
            "subject": making.person,
            "date": moment(plan.as_of),
            "author": [author(by) or {"display": "EoLC Desktop"}],
            "title": f"End of life care plan, version {plan.version}",
        },
        section=sections,
    )


def _section(plan: Plan, section: Section, answered: Mapping[tuple[str, str], Resource]) -> Resource | None:
    entries = plan.entries(section.key)
    if not entries:
        return None
    lines = [line for entry in entries for line in _lines(plan, section, entry)]
    every = [e for e in plan.all_entries(section.key) if (section.key, e.id) in answered]
    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines) or "<p>See the entries.</p>"
    return {
        "title": section.title,
        "text": {"status": "generated", "div": f'<div xmlns="{XHTML}" lang="en-GB">{body}</div>'},
        "entry": [{"reference": f"QuestionnaireResponse/{answered[(section.key, entry.id)]['id']}"} for entry in every],
    }


def _lines(plan: Plan, section: Section, entry: Entry) -> list[str]:
    """The entry in words, for a reader that shows nothing else."""
    title = [entry_title(section, entry.id, entry.values, links=plan.links)] if section.repeats else []
    return title + [
        f"{field.label}: {display(field, item.value, Audience.STAFF, plan.links)}"
        for key, item in entry.items.items()
        if (field := section.find(key)) is not None and not is_empty(item.value)
    ]


def _provenance(making: Making, by: Author, cover: Resource) -> Resource:
    """Who took the document out, and who recorded what is in it."""
    plan = making.plan
    recorded = {item.recorded_by.words for _section, _entry, _key, item in plan.recorded() if item.recorded_by.words}
    author_type = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
    agents: list[dict[str, Any]] = [
        {
            "type": {"coding": [{"system": author_type, "code": "assembler"}]},
            "who": author(by) or {"display": "EoLC Desktop"},
        }
    ]
    agents += [
        {"type": {"coding": [{"system": author_type, "code": "author"}]}, "who": {"display": words}}
        for words in sorted(recorded)
    ]
    return {
        "resourceType": "Provenance",
        "id": making.ids("provenance"),
        "target": listed({"reference": f"Composition/{cover['id']}"}),
        "recorded": moment(plan.as_of),
        "agent": agents,
    }
