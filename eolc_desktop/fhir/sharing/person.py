"""The person and the people close to them as Patient and RelatedPerson (UK Core)."""

from __future__ import annotations

from collections.abc import Iterator

from eolc_desktop.care_plan.dates import EARLIEST_YEAR
from eolc_desktop.care_plan.fields import Value, absence_of
from eolc_desktop.care_plan.plan import Entry, EntryState
from eolc_desktop.fhir.references import NHS_NUMBER_SYSTEM
from eolc_desktop.fhir.sharing.elements import (
    HL7,
    UK_CORE,
    Making,
    Resource,
    coded_concept,
    coding,
    concept,
    day,
    filled,
    listed,
    said,
    telecom,
)

NUMBER_STATUS = f"{UK_CORE}Extension-UKCore-NHSNumberVerificationStatus"
NUMBER_MISSING = f"{UK_CORE}Extension-UKCore-NHSNumberUnavailableReason"
ETHNIC = f"{UK_CORE}Extension-UKCore-EthnicCategory"
RANK = f"{UK_CORE}Extension-UKCore-ContactRank"
INTERPRETER = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired"
PROFICIENCY = "http://hl7.org/fhir/StructureDefinition/patient-proficiency"
RELIGION = "http://hl7.org/fhir/StructureDefinition/patient-religion"
ODS = "https://fhir.nhs.uk/Id/ods-organization-code"
_GENDER = "http://hl7.org/fhir/administrative-gender"


def patient(making: Making) -> Resource:
    """The Patient: always made, so that everything else has somebody to point at."""
    plan = making.plan
    person = plan.entry("person")
    made = making.resource("Patient", profile="UKCore-Patient")
    made["identifier"] += listed(_nhs_number(making))
    made["extension"] += listed(
        _number_missing(making),
        _extension(making, ETHNIC, "ethnic_category"),
        _religion(making),
        _interpreter(making),
    )
    closed = said(plan.entry("plan_control"), "status") == "entered_in_error"
    return filled(
        made,
        active=not closed,
        name=_names(person),
        telecom=listed(
            telecom(said(person, "phone"), "home"),
            telecom(said(person, "mobile"), "mobile"),
            telecom(said(person, "email"), system="email"),
        ),
        gender=_gender(making),
        birthDate=_born(plan.value("person", "birth_date")),
        **_died(making),
        address=_addresses(person),
        communication=_language(making),
        generalPractitioner=_practice(plan.entry("key_people")),
    ) | {"active": not closed}


def _nhs_number(making: Making) -> Resource | None:
    number = making.plan.text("person", "nhs_number")
    if number:
        made: Resource = {"system": NHS_NUMBER_SYSTEM, "value": number}
        status = _extension(making, NUMBER_STATUS, "nhs_number_status")
        return made | ({"extension": [status]} if status else {})
    return None


def _number_missing(making: Making) -> Resource | None:
    """Why there is no NHS number; it stands at the Patient, since an identifier without a value is none (UK Core)."""
    there_is_one = making.plan.text("person", "nhs_number")
    return None if there_is_one else _extension(making, NUMBER_MISSING, "nhs_number_missing_reason")


def _extension(making: Making, url: str, field: str) -> Resource | None:
    option = making.option("person", field)
    if option is None or not option.codes:
        return None
    said_so = {"coding": [coding(code, option.label) for code in option.codes]}
    return {"url": url, "valueCodeableConcept": said_so}


def _religion(making: Making) -> Resource | None:
    found = coded_concept(making.plan.value("person", "religion"))
    return {"url": RELIGION, "valueCodeableConcept": found} if found else None


def _interpreter(making: Making) -> Resource | None:
    needed = making.plan.text("person", "interpreter")
    return {"url": INTERPRETER, "valueBoolean": needed == "needed"} if needed else None


def _names(person: Entry | None) -> list[Resource]:
    official = filled(
        {"use": "official"},
        family=said(person, "family_name"),
        given=said(person, "given_names").split(),
        prefix=listed(said(person, "title")),
        suffix=listed(said(person, "name_suffix")),
    )
    usual = said(person, "preferred_name")
    return listed(official if len(official) > 1 else None, {"use": "usual", "text": usual} if usual else None)


def _gender(making: Making) -> str:
    value = making.plan.value("person", "gender")
    if absence_of(value) is not None:
        return "unknown"
    option = making.option("person", "gender")
    return next((code.code for code in option.codes if code.system == _GENDER), "") if option else ""


def _born(value: Value) -> str:
    found = day(value)
    return found if found and int(found[:4]) >= EARLIEST_YEAR else ""


def _died(making: Making) -> dict[str, object]:
    """The day of death. Nothing is said of a living person: "not deceased" would grow old unseen."""
    died = day(making.plan.value("death", "died_on"))
    return {"deceasedDateTime": died} if died else {}


def _addresses(person: Entry | None) -> list[Resource]:
    home = filled(
        {"use": "home"},
        line=[line.strip() for line in said(person, "address").split("\n") if line.strip()],
        postalCode=said(person, "postcode"),
    )
    staying = said(person, "current_location")
    since = day(person.value("current_location_since")) if person else ""
    now = filled({"use": "temp"}, text=staying, period={"start": since} if since else None) if staying else None
    return listed(home if len(home) > 1 else None, now)


def _language(making: Making) -> list[Resource]:
    language = coded_concept(making.plan.value("person", "language"))
    if language is None:
        return []
    made: Resource = {"language": language, "preferred": True}
    option = making.option("person", "proficiency")
    if option is not None and option.codes:
        level = {
            "url": "level",
            "valueCoding": {"system": f"{HL7}v3-LanguageAbilityProficiency", "code": option.codes[0].code},
        }
        made["extension"] = [{"url": PROFICIENCY, "extension": [level]}]
    return [made]


def _practice(people: Entry | None) -> list[Resource]:
    """The GP practice by its ODS code, as UK Core has it; the GP's own name beside it."""
    name, practice, code = (said(people, key) for key in ("gp_name", "gp_practice", "gp_practice_ods"))
    words = ", ".join(part for part in (name, practice) if part)
    if not words and not code:
        return []
    made = filled({"type": "Organization"}, display=words)
    return [made | ({"identifier": {"system": ODS, "value": code.upper()}} if code else {})]


_ROLES = {"next_of_kin": "N", "emergency": "C"}


def related_people(making: Making) -> Iterator[Resource]:
    """Each contact as a RelatedPerson, ranked in the order recorded; one who is no contact any more is not active."""
    plan = making.plan
    field = plan.catalogue.field("contacts", "roles")
    for rank, entry in enumerate(plan.all_entries("contacts"), 1):
        name = said(entry, "name")
        if not name:
            continue
        made = making.resource("RelatedPerson", "contacts", entry.id, profile="UKCore-RelatedPerson")
        made["extension"].append({"url": RANK, "valuePositiveInt": rank})
        relations: list[Resource] = []
        if words := said(entry, "relationship"):
            relations.append({"text": words})
        roles = entry.value("roles")
        for key in roles if isinstance(roles, list) else []:
            if key in _ROLES:
                relations.append({"coding": [{"system": f"{HL7}v2-0131", "code": _ROLES[key]}]})
            elif field is not None and (found := concept("contacts", field, field.option(key))):
                relations.append(found)
        yield filled(
            made,
            patient=making.person,
            relationship=relations,
            name=[{"text": name}],
            telecom=listed(
                telecom(said(entry, "phone"), rank=1),
                telecom(said(entry, "phone_other"), rank=2),
                telecom(said(entry, "email"), system="email"),
            ),
        ) | {"active": entry.state is EntryState.CURRENT}
