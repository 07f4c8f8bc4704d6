"""A conflict as a FHIR Task, so that it waits on no single laptop and any authorised person can settle it."""

from __future__ import annotations

import json

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.conflicts import Conflict, side_by_side, title_of
from eolc_desktop.record.conflicts import conflict_from_json, conflict_to_json
from eolc_desktop.sync.effects import JSON
from eolc_desktop.sync.names import CONFLICT_CODE, fhir_id, patient_key, person_of
from eolc_desktop.sync.ports import Unreadable

_BODY = "conflict"


def task_key(conflict: Conflict) -> str:
    """The key of the Task of a conflict."""
    return f"Task/{fhir_id(conflict.id)}"


def task_of(catalogue: Catalogue, conflict: Conflict) -> JSON:
    """The Task: what it is about and both values in words for any reader, and the whole of it for this program."""
    told = [
        {
            "type": {"text": row.label},
            "valueString": f"In the shared record: {row.theirs} ({row.theirs_by or 'nothing recorded'}). "
            f"Put aside: {row.mine} ({row.mine_by or 'nothing recorded'}). Before: {row.base}.",
        }
        for row in side_by_side(catalogue, conflict, {})
    ]
    body = json.dumps(conflict_to_json(conflict), ensure_ascii=False, sort_keys=True)
    made: JSON = {
        "resourceType": "Task",
        "id": fhir_id(conflict.id),
        "status": "requested" if conflict.is_open else "completed",
        "intent": "proposal",
        "code": {"coding": [dict(CONFLICT_CODE)]},
        "description": f"Two versions have to be settled: {title_of(catalogue, conflict)}",
        "for": {"reference": patient_key(conflict.person_id)},
        "authoredOn": conflict.found_at.isoformat(),
        "input": [*told, {"type": {"coding": [dict(CONFLICT_CODE)], "text": _BODY}, "valueString": body}],
    }
    if conflict.found_by.words:
        made["requester"] = {"display": conflict.found_by.words}
    if conflict.settled_by is not None and conflict.settled_at is not None:
        made["lastModified"] = conflict.settled_at.isoformat()
        made["owner"] = {"display": conflict.settled_by.words or "Somebody not named"}
        made["output"] = [{"type": {"text": "Reason"}, "valueString": conflict.reason or "No reason given"}]
    return made


def conflict_in(resource: JSON) -> Conflict | None:
    """The conflict that a Task of ours carries; None for any other Task. Raises Unreadable for one that is damaged."""
    if not _is_ours(resource):
        return None
    for part in resource.get("input") or []:
        if isinstance(part, dict) and isinstance(part.get("type"), dict) and part["type"].get("text") == _BODY:
            try:
                found = conflict_from_json(json.loads(str(part.get("valueString"))))
            except (ValueError, RecursionError):
                break
            if found.person_id == person_of(resource) and task_key(found) == f"Task/{resource.get('id')}":
                return found
    raise Unreadable("A conflict in the shared record cannot be read.")


def _is_ours(resource: JSON) -> bool:
    code = resource.get("code")
    codings = code.get("coding") if isinstance(code, dict) else None
    return isinstance(codings, list) and any(
        isinstance(c, dict) and c.get("system") == CONFLICT_CODE["system"] and c.get("code") == CONFLICT_CODE["code"]
        for c in codings
    )
