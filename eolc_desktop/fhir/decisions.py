"""A CPR status or a death in a FHIR file: proposed as a question that somebody answers, never as a value that slips in.

Why a CPR status is offered at all, and only so. Left out in silence, a laptop would go on showing that no decision is
recorded while another system holds one, and a crew would be told so (hazards H04, H05). Taken in in silence, a decision
would stand in the plan that nobody on the team has seen (decisions 5 and 12: a whole proposal that a person accepts or
declines; nothing that matters merges by itself). So it is shown whole, with its date and author as they were written,
and comes in only by a yes of its own, into a plan that has no CPR recommendation; its source stays beside it. It is
"recorded" and never "agreed" (decision 8): a Flag does not say who was involved, and nothing is filled in for it. Two
that differ, or one that cannot be read in full, are named and left to the person's team.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from eolc_desktop.care_plan.dates import date_words, first_day
from eolc_desktop.care_plan.fields import MAIN, Audience, Value
from eolc_desktop.care_plan.value_sets import value_set
from eolc_desktop.fhir.elements import day, option_for, parts, time_of_day, words_of
from eolc_desktop.fhir.people import professional
from eolc_desktop.fhir.proposal import ProposedEntry
from eolc_desktop.fhir.reading import Resource
from eolc_desktop.fhir.references import Addresses

_ABOUT_CPR = re.compile(r"\bCPR\b|resuscitat|\bDNA?(?:CP)?R\b|\bReSPECT form", re.IGNORECASE)
_BY_HAND = "a CPR status is recorded here with the person’s own team"


@dataclass(frozen=True, slots=True)
class Decisions:
    """The questions a file puts, the places of the records used, reasons by place for those not offered, and notes."""

    entries: tuple[ProposedEntry, ...] = ()
    used: frozenset[int] = frozenset()
    reasons: Mapping[int, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def read_cpr(records: Sequence[Resource], addresses: Addresses, on: date) -> Decisions:
    """Look for a CPR status in the records about one person.

    Only an active Flag with one of the two SNOMED CT codes is offered (NHS Digital End of Life National Minimum
    Dataset v2.3). Anything else that speaks of CPR is named in a note, so that nobody reads its absence as "none".
    """
    offered: list[tuple[Resource, dict[str, Value]]] = []
    reasons: dict[int, str] = {}
    elsewhere: list[str] = []
    for record in records:
        is_flag = record.kind == "Flag"
        if is_flag and not record.not_understood and option_for(record.body.get("code"), value_set("cpr_decision")):
            status = record.body.get("status")
            if status == "active":
                offered.append((record, _cpr_values(record, addresses, on)))
            else:
                reasons[record.place] = "a CPR status that the other system marks as no longer in force"
        elif _speaks_of_cpr(record.body):
            elsewhere.append(record.kind)
            reasons[record.place] = _BY_HAND
    notes = []
    if elsewhere:
        notes.append(
            "Something in the file is about CPR and could not be read as a CPR status. It does not come in: see below, "
            "and ask the person’s team."
        )
    if not offered:
        return Decisions((), frozenset(), reasons, tuple(notes))
    if any(values != offered[0][1] for _record, values in offered[1:]):
        notes.append(
            "There is more than one CPR status in the file, and they are not the same. None of them comes in: ask the "
            "person’s team which one stands, and record that."
        )
        reasons |= {record.place: "not the only CPR status in the file: " + _BY_HAND for record, _values in offered}
        return Decisions((), frozenset(), reasons, tuple(notes))
    record, values = offered[0]
    entry = ProposedEntry(
        f"cpr/{record.place}",
        record.place,
        "cpr",
        MAIN,
        values,
        "Flag",
        question=_cpr_question(values),
        notes=(
            "Say yes only if you have seen the signed form, or have spoken with the person’s team. Who was involved, "
            "why it was decided and where the form is are not in the file.",
        ),
    )
    return Decisions((entry,), frozenset(record.place for record, _values in offered), reasons, tuple(notes))


def _speaks_of_cpr(body: Mapping[str, Any]) -> bool:
    concepts: list[Any] = [body.get("code"), body.get("valueCodeableConcept")]
    concepts += parts(body.get("category"))
    return any(_ABOUT_CPR.search(words_of(concept)) for concept in concepts)


def _cpr_values(record: Resource, addresses: Addresses, on: date) -> dict[str, Value]:
    body = record.body
    given = body.get("period")
    period: dict[str, Any] = given if isinstance(given, dict) else {}
    author = professional(body.get("author"), record, addresses, on)
    values: dict[str, Value] = {
        "decision": option_for(body.get("code"), value_set("cpr_decision")),
        "decided_at": day(period.get("start")),
        "decided_time": time_of_day(period.get("start")),
        # In the NHS data set the end of the flag's period is the day on which it is to be looked at again.
        "review_on": day(period.get("end")),
        "decided_by_name": author.name or author.organisation,
        "decided_by_role": words_of(author.role),
    }
    return {key: value for key, value in values.items() if value}


def _cpr_question(values: Mapping[str, Value]) -> str:
    option = next(o for o in value_set("cpr_decision") if o.key == values["decision"])
    said = f"The file says: {option.words(Audience.STAFF)}"
    if decided := values.get("decided_at"):
        said += f", decided {date_words(str(decided))}"
    if name := values.get("decided_by_name"):
        said += f" by {name}"
    return f"{said}. Bring it in as the CPR recommendation?"


def read_death(patient: Resource, on: date) -> Decisions:
    """Look for a death in a Patient. It too waits for a yes: a wrong one would stop somebody's care (hazard H20)."""
    body = patient.body
    when = body.get("deceasedDateTime")
    died = day(when)
    if not died and (body.get("deceasedBoolean") is True or when is not None):
        return Decisions(
            notes=(
                "The other system says that this person has died, and gives no date that can be read. Please find "
                "out, and record the death here.",
            )
        )
    if not died:
        return Decisions()
    if first_day(died) > on:
        return Decisions(notes=("The date of death in the file has not come yet, so it does not come in.",))
    values: dict[str, Value] = {"died_on": died}
    if at := time_of_day(when):
        values["died_time"] = at
    question = f"The file says that this person died on {date_words(died)}. Record the death?"
    key = f"death/{patient.place}"
    return Decisions((ProposedEntry(key, patient.place, "death", MAIN, values, "Patient", question=question),))
