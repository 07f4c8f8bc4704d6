"""Whether a resource is valid FHIR R4: by fhir.resources, and by HL7's JSON schema, which finds other faults."""

from __future__ import annotations

import json
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from jsonschema import Draft6Validator

_SCHEMA = Path(__file__).parents[2] / "data" / "fhir" / "resources.schema.json"


@cache
def _schema() -> dict[str, Any]:
    return json.loads(_SCHEMA.read_text("utf-8"))  # type: ignore[no-any-return]


@cache
def _validator(kind: str) -> Any:
    return Draft6Validator(_schema() | {"$ref": f"#/definitions/{kind}"})


@cache
def _model(kind: str) -> Any:
    return getattr(import_module(f"fhir.resources.R4B.{kind.lower()}"), kind)


def assert_valid(resource: dict[str, Any]) -> None:
    """Fail, saying where, when a resource is not valid FHIR R4."""
    kind = resource["resourceType"]
    text = json.dumps(resource)
    _model(kind).model_validate_json(text)
    errors = [f"{kind} {error.json_path}: {error.message[:200]}" for error in _validator(kind).iter_errors(resource)]
    assert errors == []
