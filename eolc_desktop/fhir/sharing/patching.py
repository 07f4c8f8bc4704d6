"""Laying a projection over what the server holds, so that what others wrote survives; and seeing what they changed.

A projection owns some elements of a resource; every other element belongs to whoever wrote it. Within an element of
ours, ids, extensions and details that we never write stay. A code that we replace takes its translations with it: they
would say something else than the new code.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from eolc_desktop.fhir.elements import is_marked
from eolc_desktop.fhir.references import NHS_NUMBER_SYSTEM
from eolc_desktop.fhir.sharing.decisions import REVIEW_ON
from eolc_desktop.fhir.sharing.elements import PROJECTION, PROJECTION_VERSION, VERSION, Resource
from eolc_desktop.fhir.sharing.illness import ASSERTED
from eolc_desktop.fhir.sharing.person import ETHNIC, INTERPRETER, NUMBER_MISSING, RANK, RELIGION

OWNED: Mapping[str, frozenset[str]] = {
    kind: frozenset(names.split())
    for kind, names in {
        "Patient": "active name telecom gender birthDate deceasedDateTime address communication generalPractitioner",
        "RelatedPerson": "active patient relationship name telecom",
        "CareTeam": "contained status name subject participant note",
        "Consent": "status scope category patient dateTime performer policyRule provision",
        "Flag": "status category code subject period author",
        "Condition": (
            "clinicalStatus verificationStatus category code subject onsetDateTime abatementDateTime recordedDate "
            "recorder note"
        ),
        "AllergyIntolerance": (
            "clinicalStatus verificationStatus type code patient onsetDateTime recordedDate recorder note reaction"
        ),
        "Observation": (
            "status category code subject effectiveDateTime performer valueCodeableConcept valueInteger "
            "dataAbsentReason note component"
        ),
        "CarePlan": ("status intent category title subject period created author careTeam addresses goal activity"),
        "Goal": "lifecycleStatus description subject statusDate expressedBy note",
        "Task": "status intent description for authoredOn owner restriction",
        "Appointment": "status description comment start end requestedPeriod participant",
        "DocumentReference": (
            "status docStatus type category subject date author custodian content context description"
        ),
        "Binary": "contentType data",
    }.items()
}
"""The elements of each kind that a projection writes. They are ours; all others are not."""

OUR_EXTENSIONS = frozenset(
    {PROJECTION_VERSION, ETHNIC, INTERPRETER, NUMBER_MISSING, RELIGION, RANK, ASSERTED, REVIEW_ON}
)
OUR_IDENTIFIERS = frozenset({PROJECTION, NHS_NUMBER_SYSTEM})
_KEPT_USES = frozenset({"old", "maiden", "nickname", "anonymous", "work", "billing"})
"""Names and addresses for uses that a projection never writes belong to others."""
_WITHIN = frozenset(
    {
        "actor",
        "authoredOn",
        "code",
        "coding",
        "contentType",
        "creation",
        "data",
        "description",
        "detail",
        "display",
        "doNotPerform",
        "end",
        "extension",
        "family",
        "given",
        "hash",
        "identifier",
        "language",
        "level",
        "line",
        "manifestation",
        "member",
        "name",
        "onBehalfOf",
        "performer",
        "period",
        "postalCode",
        "preferred",
        "prefix",
        "provision",
        "rank",
        "reference",
        "relationship",
        "role",
        "scheduledString",
        "severity",
        "size",
        "start",
        "status",
        "suffix",
        "system",
        "telecom",
        "text",
        "title",
        "type",
        "url",
        "use",
        "value",
    }
)
"""Names of details that we write inside elements of ours: missing in ours, they were taken away."""
_OTHERS = frozenset({("name", "period")})
"""Details of that name which we write elsewhere, but not there."""


def patched(seen: Resource | None, ours: Resource) -> Resource:
    """The resource to write: ours, with everything of others that stands in what was last seen on the server.

    What was seen is returned as it is when it must not be written over: a newer program made it, or somebody put a mark
    on it that changes its meaning.
    """
    made: Resource = _copied(_laid_over(seen, ours))
    return made


def _laid_over(seen: Resource | None, ours: Resource) -> Resource:
    """What `patched` returns, still made of the parts of both."""
    if seen is None or not may_be_written(seen):
        return ours if seen is None else seen
    kind = ours["resourceType"]
    made = {key: value for key, value in seen.items() if key not in OWNED[kind]}
    for key in OWNED[kind]:
        if key in ours:
            made[key] = _within(key, seen.get(key), ours[key])
        if f"_{key}" in made and key not in ours:
            del made[f"_{key}"]
    if "extension" in ours or "extension" in seen:
        made["extension"] = _members(seen.get("extension"), ours.get("extension", []), "url", OUR_EXTENSIONS)
    if "identifier" in ours:
        made["identifier"] = _members(seen.get("identifier"), ours["identifier"], "system", OUR_IDENTIFIERS)
    profiles = [*_list(_dict(seen.get("meta")).get("profile")), *_list(_dict(ours.get("meta")).get("profile"))]
    if profiles:
        made["meta"] = {**_dict(seen.get("meta")), "profile": list(dict.fromkeys(profiles))}
    return made


def _copied(found: Any) -> Any:
    """JSON of its own. Numbers stay as they were read: those of others can be Decimals."""
    if isinstance(found, dict):
        return {key: _copied(value) for key, value in found.items()}
    if isinstance(found, list | tuple):
        return [_copied(value) for value in found]
    return found


def may_be_written(seen: Resource) -> bool:
    """Whether this version of the program understands a resource well enough to write it."""
    for extension in _list(seen.get("extension")):
        if isinstance(extension, dict) and extension.get("url") == PROJECTION_VERSION:
            version = extension.get("valueInteger")
            if not isinstance(version, int) or version > VERSION:
                return False
    return not is_marked(seen)


def changed_elements(seen: Resource, ours: Resource) -> tuple[str, ...]:
    """The elements of ours that say something else on the server than what was last published, in a steady order."""
    kind = ours["resourceType"]
    expected = _laid_over(seen, ours)
    names = [key for key in sorted(OWNED[kind]) if not _alike(seen.get(key), expected.get(key))]
    for name in ("extension", "identifier"):
        if not _alike(_sorted(seen.get(name)), _sorted(expected.get(name))):
            names.append(name)
    return tuple(names)


def _within(key: str, seen: Any, ours: Any) -> Any:
    """An element of ours over the same element as it was seen."""
    if isinstance(ours, dict):
        if not isinstance(seen, dict):
            return ours
        if "coding" in ours or "coding" in seen:
            return _concept(seen, ours)
        kept = {k: v for k, v in seen.items() if k not in _WITHIN or (key, k) in _OTHERS or k in ("extension", "id")}
        return kept | {k: _within(k, seen.get(k), v) for k, v in ours.items()}
    if isinstance(ours, list):
        if not isinstance(seen, list):
            return ours
        if key in ("name", "address") and all(isinstance(member, dict) for member in ours):
            return _by_use(key, seen, ours)
        # The same number of members in the same order is what we wrote: each keeps what others put inside it.
        if len(seen) == len(ours):
            return [_within("", before, after) for before, after in zip(seen, ours, strict=True)]
        return ours
    return ours


def _concept(seen: dict[str, Any], ours: dict[str, Any]) -> dict[str, Any]:
    codes = {(c.get("system"), c.get("code")) for c in _list(seen.get("coding")) if isinstance(c, dict)}
    wanted = {(c.get("system"), c.get("code")) for c in ours.get("coding", [])}
    if wanted and wanted <= codes and seen.get("text", ours.get("text")) == ours.get("text"):
        return {**ours, **seen}
    return ours


def _by_use(key: str, seen: list[Any], ours: list[dict[str, Any]]) -> list[Any]:
    before = {member.get("use"): member for member in seen if isinstance(member, dict)}
    made: list[Any] = [_within(key, before.get(member.get("use")), member) for member in ours]
    return made + [member for member in seen if isinstance(member, dict) and member.get("use") in _KEPT_USES]


def _members(seen: Any, ours: list[dict[str, Any]], name: str, known: frozenset[str]) -> list[Any]:
    """Members known by an address: ours over theirs, those of others as they were, in the order of what was seen."""
    mine = {str(member.get(name)): member for member in ours}
    made: list[Any] = []
    for member in _list(seen):
        key = str(member.get(name)) if isinstance(member, dict) else ""
        if key in mine:
            made.append(_within("", member, mine.pop(key)))
        elif key not in known:
            made.append(member)
    return made + [member for member in ours if str(member.get(name)) in mine]


def _sorted(found: Any) -> Any:
    return sorted(found, key=_plain) if isinstance(found, list) else found


def _alike(one: Any, other: Any) -> bool:
    if one is other or (isinstance(one, str) and isinstance(other, str)):
        return bool(one == other)
    return _plain(one) == _plain(other)


def _plain(found: Any) -> str:
    return json.dumps(found, sort_keys=True, default=str)


def _list(found: Any) -> list[Any]:
    return found if isinstance(found, list) else []


def _dict(found: Any) -> dict[str, Any]:
    return found if isinstance(found, dict) else {}
