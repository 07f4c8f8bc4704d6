"""A FHIR Patient as values of the plan: who the person is, how to reach them, who their GP is."""

from __future__ import annotations

from datetime import date
from typing import Any

from eolc_desktop.care_plan.dates import first_day
from eolc_desktop.care_plan.fields import Absence, Value
from eolc_desktop.care_plan.nhs_number import is_valid
from eolc_desktop.care_plan.value_sets import value_set
from eolc_desktop.fhir import names
from eolc_desktop.fhir.elements import coded, day, extension, option_for, option_for_code, over, parts, text
from eolc_desktop.fhir.proposal import LeftOut
from eolc_desktop.fhir.reading import Resource
from eolc_desktop.fhir.references import NHS_NUMBER_SYSTEM, nhs_numbers

_CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
_UK_CORE = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-"
_GENDER = "http://hl7.org/fhir/administrative-gender"


def person_values(patient: Resource, on: date) -> tuple[dict[str, Value], list[str]]:
    """The values of the `person` section that a Patient gives, and notes on what was given and could not be used.

    `on` is the day of the import: names and addresses whose time is over on it do not count.
    """
    body = patient.body
    notes: list[str] = []
    values: dict[str, Value] = {}
    _put_names(values, body, on, notes)
    _put_birth_date(values, body, on, notes)
    _put_nhs_number(values, body, notes)
    _put_gender(values, body)
    _put_address(values, body, on, notes)
    _put_telecoms(values, body, on)
    _put_language(values, body)
    if body.get("active") is False:
        notes.append("The other system marks this person’s record as no longer in use.")
    if any(link.get("type") == "replaced-by" for link in parts(body.get("link"))):
        notes.append("The other system says that this record was replaced by another one.")
    return {key: value for key, value in values.items() if value not in (None, "")}, notes


def _put_names(values: dict[str, Value], body: dict[str, Any], on: date, notes: list[str]) -> None:
    name = names.legal_name(body.get("name"), on)
    values["title"] = names.title(name)
    values["given_names"] = names.given(name)
    values["family_name"] = names.family(name)
    if not values["given_names"] and not values["family_name"] and (whole := text(name.get("text"))):
        values["family_name"] = whole
        notes.append("The file gives the name in one piece: please check which part is the family name.")
    called = names.called(body.get("name"), on)
    if called and called not in (values["given_names"], values["family_name"]):
        values["preferred_name"] = called


def _put_birth_date(values: dict[str, Value], body: dict[str, Any], on: date, notes: list[str]) -> None:
    born = day(body.get("birthDate"))
    if born and first_day(born) <= on:
        values["birth_date"] = born
    elif body.get("birthDate") is not None:
        notes.append("The date of birth in the file cannot be right, and does not come in.")


def _put_nhs_number(values: dict[str, Value], body: dict[str, Any], notes: list[str]) -> None:
    given = nhs_numbers(body)
    valid = [number for number in given if is_valid(number)]
    if len(valid) == 1:
        values["nhs_number"] = valid[0]
        for identifier in parts(body.get("identifier")):
            if identifier.get("system") == NHS_NUMBER_SYSTEM:
                status = extension(identifier, f"{_UK_CORE}NHSNumberVerificationStatus").get("valueCodeableConcept")
                values["nhs_number_status"] = option_for(status, value_set("nhs_number_status"))
    elif valid:
        notes.append(
            "The file gives more than one NHS number for this person. None comes in: please find out which is right."
        )
    elif given:
        notes.append("The NHS number in the file does not pass its own check, and does not come in.")
    if "nhs_number" not in values:
        reason = next(
            (
                option_for(found.get("valueCodeableConcept"), value_set("nhs_number_missing"))
                for holder in (body, *parts(body.get("identifier")))  # UK Core has it at the Patient
                if (found := extension(holder, f"{_UK_CORE}NHSNumberUnavailableReason"))
            ),
            "",
        )
        values["nhs_number_missing_reason"] = reason


def _put_gender(values: dict[str, Value], body: dict[str, Any]) -> None:
    said = text(body.get("gender"))
    values["gender"] = (
        Absence.NOT_KNOWN.value_to_store if said == "unknown" else option_for_code(_GENDER, said, value_set("gender"))
    )
    ethnic = extension(body, f"{_UK_CORE}EthnicCategory").get("valueCodeableConcept")
    values["ethnic_category"] = option_for(ethnic, value_set("ethnic_category"))


def _put_address(values: dict[str, Value], body: dict[str, Any], on: date, notes: list[str]) -> None:
    address = names.home(body.get("address"), on)
    lines, postcode = names.lines(address), names.postcode(address)
    if len(postcode) > 10:
        lines.append(postcode)
        postcode = ""
    values["address"], values["postcode"] = "\n".join(lines), postcode
    staying = names.staying(body.get("address"), on)
    values["current_location"] = ", ".join([*names.lines(staying), names.postcode(staying)]).strip(", ")[:200]
    if values["current_location"]:
        period = staying.get("period")
        values["current_location_since"] = day(period.get("start")) if isinstance(period, dict) else ""
    meta = body.get("meta")
    marks = parts(meta.get("security")) if isinstance(meta, dict) else []
    if any(m.get("system") == _CONFIDENTIALITY and m.get("code") in ("R", "V") for m in marks):
        values["address_restricted"] = True
        notes.append("The other system marks this person’s record as restricted: the address is kept off every copy.")


def _put_telecoms(values: dict[str, Value], body: dict[str, Any], on: date) -> None:
    for use, number in names.reachable(body.get("telecom"), ("phone", "sms"), on):
        if use == "work":
            continue
        is_mobile = use == "mobile" or (use != "home" and number.startswith(("07", "+447")))
        values.setdefault("mobile" if is_mobile else "phone", number)
    for _use, address in names.reachable(body.get("telecom"), ("email",), on):
        values.setdefault("email", address)


def _put_language(values: dict[str, Value], body: dict[str, Any]) -> None:
    spoken = parts(body.get("communication"))
    chosen = next((s for s in spoken if s.get("preferred") is True), spoken[0] if len(spoken) == 1 else {})
    values["language"] = coded(chosen.get("language"))
    needs = extension(body, "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired").get("valueBoolean")
    if isinstance(needs, bool):
        values["interpreter"] = "needed" if needs else "not_needed"


_NOT_TAKEN = {
    "maritalStatus": "marital status",
    "photo": "a photograph",
    "multipleBirthBoolean": "whether they are a twin",
    "multipleBirthInteger": "whether they are a twin",
    "managingOrganization": "the organisation that keeps the record",
    "link": "links to other records",
}


def details_left_out(patient: Resource, on: date) -> tuple[LeftOut, ...]:
    """What a Patient says that has no place in the plan, in one line."""
    body = patient.body
    said = [words for key, words in _NOT_TAKEN.items() if body.get(key)]
    others = [i for i in parts(body.get("identifier")) if i.get("system") != NHS_NUMBER_SYSTEM]
    if others:
        said.append("other numbers" if len(others) > 1 else "another number")
    name = names.legal_name(body.get("name"), on)
    if any(n is not name and n.get("use") not in ("usual", "nickname") for n in parts(body.get("name"))):
        said.append("former names")
    if name.get("suffix"):
        said.append("letters after the name")
    if any(a.get("use") in ("old", "work", "billing") or over(a.get("period"), on) for a in parts(body.get("address"))):
        said.append("other addresses")
    known = (
        f"{_UK_CORE}EthnicCategory",
        f"{_UK_CORE}NHSNumberUnavailableReason",
        "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired",
    )
    if any(e.get("url") not in known for e in parts(body.get("extension"))):
        said.append("details that only the other system knows")
    if not said:
        return ()
    return (LeftOut("", "Details of the person’s record", len(said), "they have no place in the plan", tuple(said)),)
