"""Writing elements of FHIR resources: references, concepts, dates, the marks by which a projection is known again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eolc_desktop.care_plan.dates import is_partial_date
from eolc_desktop.care_plan.fields import Code, Field, Option, Value, absence_of
from eolc_desktop.care_plan.plan import Author, Entry, EntryState, Plan
from eolc_desktop.fhir.addresses import BASE, EXTENSION, options_system
from eolc_desktop.fhir.questionnaire_answers import ABSENT_CODES
from eolc_desktop.fhir.questionnaire_envelope import moment_text

Resource = dict[str, Any]
Ids = Callable[..., str]
"""Gives the id of a person's resource from the names of it; without names, that of the Patient."""

VERSION = 1
"""The version of these projections. One made by a newer program is left as it is."""
PROJECTION = f"{BASE}/projection"
"""The identifier system by which a resource is known to be a projection of a plan."""
PROJECTION_VERSION = f"{EXTENSION}/projection-version"
SNOMED = "http://snomed.info/sct"
UK_CORE = "https://fhir.hl7.org.uk/StructureDefinition/"
HL7 = "http://terminology.hl7.org/CodeSystem/"
CARE_PLAN_CODE = {"system": SNOMED, "code": "736373009", "display": "End of life care plan"}
CARE_PLAN_CATEGORY = {"system": SNOMED, "code": "734163000", "display": "Care plan"}
ABSENT_REASON = f"{HL7}data-absent-reason"


@dataclass(frozen=True, slots=True)
class Making:
    """What every projection is made from. `plan` holds only what may leave."""

    plan: Plan
    ids: Ids

    @property
    def person(self) -> dict[str, str]:
        """A reference to the Patient."""
        return {"reference": f"Patient/{self.ids()}"}

    def resource(self, kind: str, *names: str, profile: str = "") -> Resource:
        """The beginning of a resource: its kind, id, profile, and the mark that it is a projection of ours."""
        made: Resource = {"resourceType": kind, "id": self.ids(*names) if kind != "Patient" else self.ids()}
        if profile:
            made["meta"] = {"profile": [f"{UK_CORE}{profile}"]}
        made["extension"] = [{"url": PROJECTION_VERSION, "valueInteger": VERSION}]
        made["identifier"] = [{"system": PROJECTION, "value": "/".join(names) or "person"}]
        return made

    def reference(self, kind: str, *names: str) -> dict[str, str]:
        """A reference to another projection of the same plan."""
        return {"reference": f"{kind}/{self.ids(*names)}"}

    def option(self, section: str, field: str, entry: str = "main") -> Option | None:
        """The option chosen in a field, or None."""
        described = self.plan.catalogue.field(section, field)
        value = self.plan.value(section, field, entry)
        return described.option(value) if described is not None and isinstance(value, str) else None


def said(entry: Entry | None, key: str) -> str:
    """The text of a field, "" where nothing, or an absence, is recorded."""
    return entry.text(key).strip() if entry is not None else ""


def author(who: Author | None) -> dict[str, str] | None:
    """Who recorded something, in words: an account on one laptop is nobody's Practitioner."""
    return {"display": who.words} if who is not None and who.words else None


def display(words: str) -> dict[str, str] | None:
    """A reference to somebody known by name only."""
    return {"display": words} if words else None


def listed(*held: Any) -> list[Any]:
    """Those that are there."""
    return [one for one in held if one]


def filled(made: Resource, **elements: Any) -> Resource:
    """The resource with those elements that say something."""
    return made | {key: value for key, value in elements.items() if value not in (None, "", [], {})}


def coding(code: Code, words: str = "") -> dict[str, str]:
    """A published code."""
    shown = code.display or words
    return {"system": code.system, "code": code.code} | ({"display": shown} if shown else {})


def concept(section: str, field: Field, option: Option | None) -> Resource | None:
    """An option chosen, as a CodeableConcept: its published codes, else the program's own, and its words."""
    if option is None:
        return None
    own = {"system": options_system(section, field.key), "code": option.key, "display": option.label}
    return {"coding": [coding(code) for code in option.codes] or [own], "text": option.label}


def snomed(code: str, words: str) -> Resource:
    """One SNOMED CT concept."""
    return {"coding": [{"system": SNOMED, "code": code, "display": words}], "text": words}


def hl7(system: str, code: str) -> Resource:
    """One code of HL7's own terminology."""
    return {"coding": [{"system": f"{HL7}{system}", "code": code}]}


def coded_concept(value: Value) -> Resource | None:
    """A value of kind CODED as a CodeableConcept, None where nothing, or an absence, is recorded."""
    if not isinstance(value, dict) or not value.get("text"):
        return None
    made: Resource = {"text": value["text"]}
    if value.get("code") and value.get("system"):
        made["coding"] = [{"system": value["system"], "code": value["code"], "display": value["text"]}]
    return made


def day(value: Value) -> str:
    """A recorded date as FHIR has it: only as exact as what was said; "" where there is none."""
    return value if isinstance(value, str) and is_partial_date(value) else ""


def moment(at: datetime | None) -> str:
    """A moment as a FHIR dateTime, "" for none."""
    return moment_text(at) if at is not None else ""


def notes(*lines: str) -> list[dict[str, str]]:
    """Annotations, one for each line that says something."""
    return [{"text": line} for line in lines if line]


def absent(value: Value) -> Resource | None:
    """The reason why there is no answer, for `dataAbsentReason`; None where there is an answer, or nothing at all."""
    absence = absence_of(value)
    return {"coding": [{"system": ABSENT_REASON, "code": ABSENT_CODES[absence]}]} if absence is not None else None


def is_in_error(entry: Entry) -> bool:
    """Whether an entry never should have been."""
    return entry.state is EntryState.ENTERED_IN_ERROR


def telecom(number: str, use: str = "", rank: int = 0, system: str = "phone") -> Resource | None:
    """A telephone number or an e-mail address."""
    if not number:
        return None
    return filled({"system": system, "value": number}, use=use, rank=rank or None)
