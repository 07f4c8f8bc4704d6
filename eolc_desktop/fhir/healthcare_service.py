"""Services near here as FHIR R4 HealthcareService, and back. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from eolc_desktop.care_plan.fields import Value
from eolc_desktop.errors import ImportRefused
from eolc_desktop.fhir.addresses import BASE

_KIND = f"{BASE}/CodeSystem/service-kind"
_NOTES = {"area": "Area: ", "refer": "How to refer: ", "hours": "Hours: "}
"""What R4 has no plain place for goes in the extra details, each on a line that says what it is."""


def bundle(services: Iterable[tuple[str, Mapping[str, Value]]], at: datetime) -> dict[str, Any]:
    """A collection Bundle of the services."""
    resources = [_resource(identity, values) for identity, values in services]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": at.isoformat(),
        "entry": [{"fullUrl": f"urn:uuid:{_uuid(one['id'])}", "resource": one} for one in resources],
    }


def _uuid(identity: str) -> str:
    return "-".join((identity[:8], identity[8:12], identity[12:16], identity[16:20], identity[20:])).strip("-")


def _resource(identity: str, values: Mapping[str, Value]) -> dict[str, Any]:
    def text(key: str) -> str:
        value = values.get(key)
        return value if isinstance(value, str) else ""

    made: dict[str, Any] = {"resourceType": "HealthcareService", "id": identity, "active": True, "name": text("name")}
    if text("kind"):
        made["type"] = [{"coding": [{"system": _KIND, "code": text("kind")}]}]
    if text("what"):
        made["comment"] = text("what")
    if text("for_whom"):
        made["eligibility"] = [{"comment": text("for_whom")}]
    details = [f"{lead}{text(key)}" for key, lead in _NOTES.items() if text(key)]
    if details:
        made["extraDetails"] = "\n\n".join(details)
    telecom = [
        {"system": system, "value": text(key), **use}
        for key, system, use in (
            ("phone", "phone", {"use": "work"}),
            ("phone_night", "phone", {"use": "temp"}),
            ("website", "url", {}),
        )
        if text(key)
    ]
    if telecom:
        made["telecom"] = telecom
    return made


def read(content: bytes) -> list[Mapping[str, Value]]:
    """The services in a Bundle, or one HealthcareService. Raises ImportRefused for anything else."""
    try:
        held = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ImportRefused("The file is not JSON that can be read.", "Nothing was brought in.", "") from error
    entries = held.get("entry", []) if isinstance(held, dict) and held.get("resourceType") == "Bundle" else [held]
    resources = [
        one.get("resource", one)
        for one in (entries if isinstance(entries, list) else [])
        if isinstance(one, dict)
    ]  # fmt: skip
    found = [
        _values(one) for one in resources if isinstance(one, dict) and one.get("resourceType") == "HealthcareService"
    ]
    if not found:
        raise ImportRefused("The file holds no HealthcareService.", "Nothing was brought in.", "Choose another file.")
    return found


def _values(one: Mapping[str, Any]) -> Mapping[str, Value]:
    values: dict[str, Value] = {"name": _text(one.get("name")), "what": _text(one.get("comment"))}
    for coding in _all(one, "type", "coding"):
        if coding.get("system") == _KIND:
            values["kind"] = _text(coding.get("code"))
    eligible = _all(one, "eligibility")
    if eligible:
        values["for_whom"] = _text(eligible[0].get("comment"))
    for part in _text(one.get("extraDetails")).split("\n\n"):
        for key, lead in _NOTES.items():
            if part.startswith(lead):
                values[key] = part.removeprefix(lead)
    for point in _all(one, "telecom"):
        said = _text(point.get("value"))
        if point.get("system") == "url":
            values.setdefault("website", said)
        elif point.get("system") == "phone":
            values.setdefault("phone_night" if point.get("use") == "temp" else "phone", said)
    return {key: value for key, value in values.items() if value}


def _all(one: Mapping[str, Any], *keys: str) -> Sequence[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = [one]
    for key in keys:
        found = [
            inner
            for outer in found
            if isinstance(held := outer.get(key), list)
            for inner in held
            if isinstance(inner, dict)
        ]
    return found


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
