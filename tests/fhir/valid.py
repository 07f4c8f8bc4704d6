"""Whether FHIR JSON is valid: by the models of fhir.resources and by HL7's JSON schema, which find different faults."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from fhir.resources.R4B.questionnaire import Questionnaire
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from jsonschema import Draft6Validator

_SCHEMA = Path(__file__).parents[1] / "data" / "fhir" / "questionnaires.schema.json"
_MODELS: dict[str, Any] = {"Questionnaire": Questionnaire, "QuestionnaireResponse": QuestionnaireResponse}


@cache
def _validator(kind: str) -> Any:
    schema = json.loads(_SCHEMA.read_text("utf-8"))
    return Draft6Validator(schema | {"$ref": f"#/definitions/{kind}"})


def assert_valid(resource: dict[str, Any]) -> None:
    """Fail, saying where, when a resource is not valid FHIR R4."""
    text = json.dumps(resource)
    kind = resource["resourceType"]
    _MODELS[kind].model_validate_json(text)
    errors = [f"{error.json_path}: {error.message[:200]}" for error in _validator(kind).iter_errors(json.loads(text))]
    assert errors == []
