"""FHIR AllergyIntolerance as allergies of the plan: one table says which stand, and which say "none known"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from eolc_desktop.care_plan.fields import MAIN, Value
from eolc_desktop.care_plan.value_sets import value_set
from eolc_desktop.fhir.elements import SNOMED, coded, codings, day, has_code, option_for_code, parts, text, words_of
from eolc_desktop.fhir.proposal import ProposedEntry
from eolc_desktop.fhir.reading import Resource

_CLINICAL = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"
_VERIFICATION = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification"
_ABSENT_OR_UNKNOWN = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"
_SEVERITY = "http://hl7.org/fhir/reaction-event-severity"
_TYPE = "http://hl7.org/fhir/allergy-intolerance-type"

_NONE_AT_ALL = (
    (SNOMED, frozenset(("716186003", "160244002"))),
    (_ABSENT_OR_UNKNOWN, frozenset(("no-known-allergies",))),
)
_NONE_OF_A_KIND = (
    (SNOMED, frozenset(("409137002", "428607008", "429625007", "428197003", "1003774007"))),
    (
        _ABSENT_OR_UNKNOWN,
        frozenset(("no-known-medication-allergies", "no-known-environmental-allergies", "no-known-food-allergies")),
    ),
)
_NOTHING_KNOWN = ((_ABSENT_OR_UNKNOWN, frozenset(("no-allergy-info",))),)
_NEGATIVE_WORDS = re.compile(r"(no|nil|none|not|never|denies|without|unknown|nka|nkda)\b", re.IGNORECASE)


class Reading(Enum):
    """What one AllergyIntolerance says."""

    STANDS = auto()
    NONE_KNOWN = auto()
    NOT_TAKEN = auto()


@dataclass(frozen=True, slots=True)
class Allergies:
    """What a person's allergy records propose, the places of those used, why the others stay out, and notes."""

    entries: tuple[ProposedEntry, ...] = ()
    used: frozenset[int] = frozenset()
    reasons: Mapping[int, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def read_one(body: Mapping[str, Any]) -> tuple[Reading, str]:
    """Say what an AllergyIntolerance means, and why it is not taken when it is not.

    | clinicalStatus    | verificationStatus     | code          | reading                                        |
    |-------------------|------------------------|---------------|------------------------------------------------|
    | any               | refuted                | any           | not taken: ruled out                           |
    | any               | entered-in-error       | any           | not taken: a mistake                           |
    | inactive/resolved | any other              | any           | not taken: no longer so                        |
    | active or absent  | confirmed or absent    | none known    | "No known allergies"                           |
    | active or absent  | unconfirmed, presumed  | none known    | not taken: nobody has made sure                |
    | active or absent  | any other known one    | none of kind  | not taken: "no known drug allergy" is not none |
    | active or absent  | any other known one    | a substance   | an allergy that stands                         |
    | a code unknown to this program in either | any           | not taken: cannot be read safely               |

    Hazard H11. What is missing is never taken for "none".
    """
    clinical = _status(body.get("clinicalStatus"), _CLINICAL)
    verification = _status(body.get("verificationStatus"), _VERIFICATION)
    if verification == "refuted":
        return Reading.NOT_TAKEN, "looked into and ruled out: not an allergy"
    if verification == "entered-in-error":
        return Reading.NOT_TAKEN, "entered in error there: not an allergy"
    if clinical in ("inactive", "resolved"):
        return Reading.NOT_TAKEN, "marked as no longer so: ask, and record it here if it still matters"
    if clinical not in ("", "active") or verification not in ("", "confirmed", "unconfirmed", "presumed"):
        return Reading.NOT_TAKEN, "marked in a way this program does not know: read it in the other system"
    concept = body.get("code")
    if _is_one_of(concept, _NOTHING_KNOWN):
        return Reading.NOT_TAKEN, "says only that nothing is known about allergies"
    if _is_one_of(concept, _NONE_AT_ALL):
        if verification in ("", "confirmed"):
            return Reading.NONE_KNOWN, ""
        return Reading.NOT_TAKEN, "says “no known allergies” without anyone having made sure: ask, and record it here"
    if _is_one_of(concept, _NONE_OF_A_KIND):
        return Reading.NOT_TAKEN, "says that there are none of one kind, which is not “no known allergies”"
    substance = _substance(body)
    if substance is None:
        return Reading.NOT_TAKEN, "does not say to what"
    if _NEGATIVE_WORDS.match(substance["text"]):
        return Reading.NOT_TAKEN, "reads as “none”, in words and not in a code: ask, and record it here"
    return Reading.STANDS, ""


def _status(concept: Any, system: str) -> str:
    """The one code of a status; "?" when it is given and cannot be read as one code of its own system."""
    if concept in (None, {}):
        return ""
    codes = {code for found, code, _display in codings(concept) if found == system and code}
    return codes.pop() if len(codes) == 1 else "?"


def _is_one_of(concept: Any, sets: Sequence[tuple[str, frozenset[str]]]) -> bool:
    return any(has_code(concept, system, codes) for system, codes in sets)


def _substance(body: Mapping[str, Any]) -> dict[str, str] | None:
    if found := coded(body.get("code")):
        return found
    return next((found for r in parts(body.get("reaction")) if (found := coded(r.get("substance")))), None)


def propose(resources: Sequence[Resource]) -> Allergies:
    """Put one person's allergy records together.

    "Known allergies" where one stands; "No known allergies" where a record says so, none stands and none was
    unreadable; otherwise nothing, so that the plan goes on saying "Allergies not recorded".
    """
    standing: list[ProposedEntry] = []
    none_known: list[Resource] = []
    reasons: dict[int, str] = {}
    unread = False
    for resource in resources:
        reading, why = (Reading.NOT_TAKEN, "") if resource.not_understood else read_one(resource.body)
        match reading:
            case Reading.STANDS:
                standing.append(_entry(resource))
            case Reading.NONE_KNOWN:
                none_known.append(resource)
            case Reading.NOT_TAKEN:
                reasons[resource.place] = why
                unread = unread or resource.not_understood or "this program does not know" in why
    notes = []
    if unread:
        notes.append("An allergy record in the file could not be read safely: see what does not come in.")
    state = ""
    if standing:
        state = "known"
        if none_known:
            notes.append("The file says “no known allergies” and names allergies as well. The allergies come in.")
    elif none_known and not unread:
        state = "none_known"
    if state != "none_known":
        reasons |= {resource.place: "contradicted by other allergy records in the file" for resource in none_known}
    if not state:
        return Allergies((), frozenset(), reasons, tuple(notes))
    used = [entry.place for entry in standing] or [resource.place for resource in none_known]
    key = f"allergies/{used[0]}"
    status = ProposedEntry(key, used[0], "allergies", MAIN, {"status": state}, "AllergyIntolerance")
    return Allergies((status, *standing), frozenset(used), reasons, tuple(notes))


def _entry(resource: Resource) -> ProposedEntry:
    body = resource.body
    values: dict[str, Value] = {"substance": _substance(body)}
    reactions = parts(body.get("reaction"))
    said = [words_of(m) for r in reactions for m in parts(r.get("manifestation"))]
    said += [text(r.get("description")) for r in reactions]
    notes = []
    if reaction := "; ".join(dict.fromkeys(words for words in said if words)):
        values["reaction"] = reaction
    grades = [option.key for option in value_set("allergy_severity")]
    found = [option_for_code(_SEVERITY, text(r.get("severity")), value_set("allergy_severity")) for r in reactions]
    if graded := [grade for grade in found if grade]:
        values["severity"] = max(graded, key=grades.index)
    if kind := option_for_code(_TYPE, text(body.get("type")), value_set("allergy_kind")):
        values["kind"] = kind
    if when := day(body.get("onsetDateTime")) or next((d for r in reactions if (d := day(r.get("onset")))), ""):
        values["when"] = when
    certainty = _status(body.get("verificationStatus"), _VERIFICATION)
    if certainty:
        values["certainty"] = "confirmed" if certainty == "confirmed" else "likely"
    if body.get("criticality") == "high":
        notes.append("The other system marks the risk as high.")
    if body.get("clinicalStatus") in (None, {}):
        notes.append("The other system does not say whether this still holds.")
    key = f"allergy/{resource.place}"
    return ProposedEntry(key, resource.place, "allergy", "", values, "AllergyIntolerance", notes=tuple(notes))
