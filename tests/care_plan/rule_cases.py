"""Records in which a rule finds something, and records in which it does not: the edge between them, case by case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from eolc_desktop.care_plan.fields import Absence, Value
from tests.care_plan.made import PARENT

Rows: TypeAlias = Mapping[str, Value] | Sequence[Mapping[str, Value]]
Case: TypeAlias = Mapping[str, Rows]

NOT_KNOWN = Absence.NOT_KNOWN.value_to_store
DECLINED = Absence.DECLINED.value_to_store

NOT_FOR: dict[str, Value] = {
    "decision": "not_for", "decided_at": "2026-10-12", "decided_by_name": "Dr A Khan", "decided_by_role": "Consultant",
    "person_involved": "yes", "family_informed": ["family_informed"], "form_location": "yellow folder, hall table",
}  # fmt: skip
ADRT: dict[str, Value] = {
    "exists": "yes", "refuses_life_sustaining": "yes", "made_on": "2020-03-01", "refused": ["ventilation", "cpr"],
    "written": True, "signed": True, "witnessed": True, "even_if_life_at_risk": True, "adult_with_capacity": True,
}  # fmt: skip
CHILD: dict[str, Rows] = {
    "parental_responsibility": [{"name": "Anna"}], "other_legal": {"child_decides": "parental_responsibility"},
}  # fmt: skip
HOME = {"preferred_death": "home"}
AT_NIGHT: dict[str, Value] = {"situation": "Pain", "when": ["night"], "first_call_phone": "01943 496 0199"}
BED: dict[str, Value] = {"what": "A hospital bed", "state": "in_place"}
BOX_TALKED_OF: dict[str, Rows] = {"anticipatory": {"state": "declined"}}


def without(values: Mapping[str, Value], *keys: str) -> dict[str, Value]:
    return {key: value for key, value in values.items() if key not in keys}


BOX: dict[str, Value] = {
    "state": "box_issued", "where_kept": "pantry", "chart_in_house": True, "chart_valid_until": "2026-11-12",
}  # fmt: skip
WEEKS: dict[str, Value] = {"band": "weeks", "judged_on": "2026-11-01"}
OLD: dict[str, Value] = {"band": "months", "judged_on": "2026-10-14"}
IN_TIME: dict[str, Rows] = {
    "plan_control": {"review_date": "2026-12-10"}, "fast_track": {"stage": "considered"}, "who_to_call": [AT_NIGHT],
}  # fmt: skip
SENT: dict[str, Value] = {"stage": "sent", "sent_at": "2026-11-12T10:31:00+00:00"}
RECEIVED: dict[str, Value] = {"stage": "received", "received_at": "2026-11-11T14:31:00+00:00"}


FIRES: list[tuple[str, Case]] = [
    ("K01", {}),
    ("K02", {}),
    ("K02", {"plan_control": {"review_date": "2026-11-11"}}),
    ("K02", {"plan_control": {"review_date": "2026-10"}}),
    ("K02", {"plan_control": {"review_date": "2027-02-13"}}),
    ("K02", {"plan_control": {"review_date": "soon"}}),
    ("K03", {}),
    *(("K04", {"cpr": without(NOT_FOR, key)}) for key in NOT_FOR if key not in ("decision", "decided_by_role")),
    ("K04", {"cpr": {**NOT_FOR, "form_location": NOT_KNOWN}}),
    ("K04", {"cpr": {**NOT_FOR, "person_involved": "no"}}),
    ("K05", {"cpr": {**NOT_FOR, "decided_by_role": "District nurse"}}),
    ("K05", {"cpr": {**NOT_FOR, "decided_by_role": "GP registrar"}}),
    ("K05", {"cpr": {**NOT_FOR, "decided_by_role": "Gpsomething"}}),
    ("K05", {"cpr": {**NOT_FOR, "decided_by_role": "Physician associate to the GP"}}),
    ("K06", {"cpr": NOT_FOR, "respect": {"exists": "yes", "cpr_recommendation": "attempts_recommended"}}),
    ("K06", {"cpr": {"decision": "for"}, "respect": {"cpr_recommendation": "attempts_not_recommended"}}),
    *(("K08", {"advance_refusal": without(ADRT, key)}) for key in ("written", "signed", "witnessed")),
    ("K08", {"advance_refusal": {**ADRT, "even_if_life_at_risk": False}}),
    ("K08", {"advance_refusal": {**ADRT, "signed": NOT_KNOWN}}),
    ("K08", {"advance_refusal": {"exists": "yes", "refused": ["dialysis"]}}),
    ("K08", {"advance_refusal": {"exists": "yes", "refuses_life_sustaining": "no", "refused": ["cpr"]}}),
    ("K09", {"advance_refusal": without(ADRT, "adult_with_capacity")}),
    ("K09", {"advance_refusal": {**ADRT, "adult_with_capacity": False}}),
    ("K09", {"advance_refusal": ADRT, "person": {"birth_date": "2002-03-02"}}),
    ("K09", {"advance_refusal": ADRT, "person": {"birth_date": "2003"}}),
    ("K33", {"person": {"birth_date": "2008-11-13"}}),
    ("K33", {"person": {"birth_date": "2012"}, **CHILD}),
    ("K33", {"person": {"birth_date": "2008-11-13"}, **CHILD, "attorneys": [{"name": "Anna"}]}),
    ("K33", {"person": {"birth_date": "2008-11-12"}, "consent": {"to_share": "parental_responsibility"}}),
    ("K10", {"advance_refusal": ADRT, "attorneys": [{"made_on": "2020-03-02"}]}),
    ("K10", {"advance_refusal": ADRT, "attorneys": [{"made_on": "2020"}]}),
    ("K10", {"advance_refusal": ADRT, "attorneys": [{"name": "Anna"}]}),
    ("K10", {"advance_refusal": without(ADRT, "made_on"), "attorneys": [{"made_on": "2019-01-01"}]}),
    (
        "K11",
        {
            "advance_refusal": ADRT,
            "attorneys": [{"made_on": "2019"}],
            "escalation": [{"treatment": "ventilation", "action": "do", "decided_with": "attorney"}],
        },
    ),
    (
        "K11",
        {
            "advance_refusal": ADRT,
            "attorneys": [{"made_on": "2019"}],
            "cpr": {"decision": "for", "family_informed": ["attorney_agreed"]},
        },
    ),
    ("K12", {"consent": {"to_share": "attorney"}}),
    ("K12", {"consent": {"to_record": "attorney"}}),
    ("K12", {"escalation": [{"treatment": "dialysis", "action": "avoid", "decided_with": "attorney"}]}),
    ("K12", {"cpr": {"decision": "not_for", "family_informed": ["attorney_agreed"]}}),
    (
        "K12",
        {
            "attorneys": [{"name": "Anna", "authority": "without_life_sustaining"}],
            "cpr": {"decision": "not_for", "family_informed": ["attorney_agreed"]},
        },
    ),
    ("K13", {"consent": {"to_share": "best_interests"}}),
    ("K13", {"consent": {"to_share": "best_interests", "best_interests_basis": "Anna and Dr Khan"}}),
    ("K13", {"consent": {"to_record": "best_interests"}, "capacity": [{"about": "record_and_sharing"}]}),
    ("K13", {"plan_control": {"agreed": "best_interests"}, "capacity": [{"about": "cpr", "outcome": "lacks"}]}),
    ("K13", {"plan_control": {"agreed": "best_interests"}, "capacity": [{"about": "plan", "outcome": "has"}]}),
    ("K13", {"escalation": [{"treatment": "hospital", "decided_with": "best_interests"}]}),
    ("K13", {"plan_control": {"agreed": "best_interests"}, "capacity": [{"about": "plan", "outcome": "lacks"}]}),
    (
        "K13",
        {
            "escalation": [{"treatment": "dialysis", "decided_with": "best_interests"}],
            "capacity": [{"about": "treatment", "outcome": "lacks"}],
        },
    ),
    (
        "K13",
        {
            "escalation": [{"treatment": "hospital", "decided_with": "best_interests", "consulted": "Anna"}],
            "capacity": [{"about": "treatment", "outcome": "lacks"}],
        },
    ),
    ("K14", {"advance_refusal": ADRT, "escalation": [{"treatment": "ventilation", "action": "do"}]}),
    ("K14", {"advance_refusal": ADRT, "cpr": {"decision": "for"}}),
    ("K14", {"advance_refusal": ADRT, "respect": {"exists": "yes", "cpr_recommendation": "attempts_recommended"}}),
    ("K14", {"advance_refusal": {**ADRT, "refused": ["hospital"]}, "conveyance": {"to_hospital": "yes_for"}}),
    ("K14", {"advance_refusal": {**ADRT, "refused": ["hospital"]}, "conveyance": {"to_hospital": "no_limit"}}),
    (
        "K15",
        {"conveyance": {"to_hospital": "avoid_unless"}, "escalation": [{"treatment": "hospital", "action": "do"}]},
    ),
    (
        "K15",
        {"conveyance": {"to_hospital": "yes_for"}, "escalation": [{"treatment": "hospital", "action": "avoid"}]},
    ),
    ("K16", {"places": HOME}),
    ("K16", {"places": HOME, "who_to_call": [AT_NIGHT]}),
    ("K16", {"places": HOME, "who_to_call": [AT_NIGHT], "place_needs": [BED], "person": {"lives_alone": True}}),
    ("K16", {"places": HOME, "who_to_call": [AT_NIGHT], "place_needs": [BED], "carer": {"night_cover": "none"}}),
    ("K16", {"places": HOME, "who_to_call": [AT_NIGHT], "place_needs": [{**BED, "state": "needed"}]}),
    ("K16", {"places": HOME, "place_needs": [BED], "who_to_call": [{**AT_NIGHT, "when": ["weekday"]}]}),
    ("K16", {"places": {"preferred_death": "family_home"}}),
    ("K16", {"places": HOME, "who_to_call": [AT_NIGHT], "place_needs": [BED]}),
    ("K16", {"places": HOME, "who_to_call": [AT_NIGHT], **BOX_TALKED_OF}),
    ("K25", {"person": {"nhs_number": "9990000019"}}),
    ("K25", {"person": {"nhs_number": "9990000018"}}),
    ("K28", {"compact": [{"asked_on": "2026-11-01", "q5": "no"}]}),
    ("K28", {"compact": [{"asked_on": "2026-11-01", "q5": "no"}], "next_steps": [{"what": "Bed", "state": "done"}]}),
    ("K28", {"compact": [{"asked_on": "2026-11-01", "q6": "no"}], "next_contacts": [{"state": "cancelled"}]}),
    ("K28", {"compact": [{"asked_on": "2026-11-01", "q6": "no"}, {"asked_on": "2026-01-01", "q6": "yes"}]}),
    ("K29", {"commitments": [{"state": "met"}]}),
    ("K29", {"commitments": [{"state": "met"}], "commitment_evidence": [{"what": "Talked", PARENT: "2"}]}),
    ("K31", {"death": {"died_on": "2026-11-01"}}),
    (
        "K31",
        {
            "death": {"died_on": "2026-11-01", "place": "hospital", "preferred_achieved": "no"},
            "plan_control": {"status": "closed"},
        },
    ),
    *(("K17", {"anticipatory": without(BOX, key)}) for key in ("where_kept", "chart_in_house")),
    ("K17", {"anticipatory": {**BOX, "chart_in_house": NOT_KNOWN}}),
    ("K17", {"anticipatory": {**BOX, "chart_valid_until": "2026-11-11"}}),
    ("K17", {"anticipatory": BOX, "medicine_stock": [{"name": {"text": "Midazolam"}, "expires_on": "2026-11-26"}]}),
    ("K17", {"anticipatory": BOX, "medicine_stock": [{"name": {"text": "Midazolam"}, "expires_on": "2026-10"}]}),
    ("K18", {"prognosis": WEEKS}),
    ("K18", {**IN_TIME, "prognosis": WEEKS, "plan_control": {"review_date": "2026-12-11"}}),
    ("K18", {**IN_TIME, "prognosis": {**WEEKS, "band": "days"}}),
    ("K18", {**IN_TIME, "plan_control": {"rag": "red", "review_date": "2026-11-20"}}),
    ("K18", {**IN_TIME, "prognosis": WEEKS, "fast_track": {}}),
    ("K18", {"team_reviews": [{"on": "2026-11-01", "stage": "green"}, {"on": "2026-11-08", "stage": "red"}]}),
    ("K19", {"prognosis": OLD, "akps": [{"on": "2026-11-01", "score": "60"}, {"on": "2026-11-10", "score": "40"}]}),
    ("K19", {"prognosis": OLD, "akps": [{"on": "2026-11-10", "score": "30"}]}),
    ("K19", {"prognosis": OLD, "akps": [{"on": "2026-10-13", "score": "60"}, {"on": "2026-11-10", "score": "40"}]}),
    ("K27", {"fast_track": SENT}),
    ("K27", {"fast_track": RECEIVED}),
    (
        "K27",
        {
            "fast_track": {
                "stage": "agreed",
                "received_at": "2026-11-10T14:31:00+00:00",
                "decided_at": "2026-11-10T16:00:00+00:00",
            }
        },
    ),
    (
        "K31",
        {
            "death": {"died_on": "2026-11-01", "place": "home", "preferred_achieved": "yes"},
            "plan_control": {"status": "closed"},
            "anticipatory": BOX,
        },
    ),
    (
        "K31",
        {
            "death": {"died_on": "2026-11-01", "place": "home", "preferred_achieved": "yes"},
            "plan_control": {"status": "closed"},
            "tasks": [{"what": "Ring the daughter"}],
        },
    ),
]

SILENT: list[tuple[str, Case]] = [
    ("K01", {"places": HOME}),
    ("K01", {"places": {"preferred_death": "declined"}}),
    ("K01", {"places": {"preferred_death": "a place of a newer version"}}),
    ("K02", {"plan_control": {"review_date": "2026-11-12"}}),
    ("K02", {"plan_control": {"review_date": "2027-02-12"}}),
    ("K02", {"plan_control": {"review_date": "2026-11"}}),
    ("K02", {"plan_control": {"review_date": "2027"}}),
    ("K03", {"cpr": {"decision": "no_decision"}}),
    ("K04", {"cpr": NOT_FOR}),
    ("K04", {"cpr": {**NOT_FOR, "person_involved": "no", "person_not_involved_reason": "Unconscious"}}),
    ("K04", {"cpr": {"decision": "for"}}),
    ("K04", {"cpr": {"decision": "no_decision"}}),
    ("K05", {"cpr": NOT_FOR}),
    ("K05", {"cpr": {**NOT_FOR, "decided_by_role": "GP"}}),
    ("K05", {"cpr": {**NOT_FOR, "decided_by_role": "Consultant, palliative medicine"}}),
    ("K05", {"cpr": {**NOT_FOR, "decided_by_role": "Palliative medicine consultant"}}),
    ("K05", {"cpr": {**NOT_FOR, "decided_by_role": "Locum GP"}}),
    ("K05", {"cpr": {**NOT_FOR, "decided_by_role": "Staff nurse", "senior_clinician": "Dr A Khan, consultant"}}),
    ("K05", {"cpr": without(NOT_FOR, "decided_by_role")}),
    ("K06", {"cpr": NOT_FOR, "respect": {"exists": "yes", "cpr_recommendation": "attempts_not_recommended"}}),
    ("K06", {"cpr": NOT_FOR, "respect": {"exists": "yes"}}),
    ("K06", {"cpr": {"decision": "for"}, "respect": {"cpr_recommendation": "attempts_recommended"}}),
    ("K06", {"cpr": NOT_FOR, "respect": {"exists": "no", "cpr_recommendation": "attempts_recommended"}}),
    ("K06", {"cpr": {"decision": "no_decision"}, "respect": {"cpr_recommendation": "attempts_recommended"}}),
    ("K08", {"advance_refusal": ADRT}),
    ("K08", {"advance_refusal": {"exists": "yes", "refuses_life_sustaining": "no"}}),
    ("K08", {"advance_refusal": {"exists": "no", "refuses_life_sustaining": "yes"}}),
    ("K08", {"advance_refusal": {"exists": "yes", "refused": ["oral_antibiotics"]}}),
    ("K08", {"advance_refusal": {"exists": "yes", "refuses_life_sustaining": "no", "refused": ["iv_fluids"]}}),
    ("K09", {"advance_refusal": ADRT, "person": {"birth_date": "2002-03-01"}}),
    ("K09", {"advance_refusal": ADRT, "person": {"birth_date": "2002"}}),
    ("K09", {"advance_refusal": ADRT}),
    ("K33", {"person": {"birth_date": "2008-11-12"}}),
    ("K33", {"person": {"birth_date": "2008"}, "consent": {"to_share": "parental_responsibility"}}),
    ("K33", {"person": {"birth_date": "2012"}, "death": {"died_on": "2026-11-01"}}),
    ("K10", {"advance_refusal": ADRT, "attorneys": [{"made_on": "2020-03-01"}]}),
    ("K10", {"advance_refusal": ADRT, "attorneys": [{"made_on": "2019"}]}),
    (
        "K10",
        {"advance_refusal": ADRT, "attorneys": [{"made_on": "2021", "authority": "without_life_sustaining"}]},
    ),
    ("K10", {"attorneys": [{"made_on": "2021"}]}),
    (
        "K11",
        {
            "advance_refusal": ADRT,
            "attorneys": [{"made_on": "2021"}],
            "escalation": [{"treatment": "ventilation", "action": "do", "decided_with": "attorney"}],
        },
    ),
    (
        "K11",
        {
            "advance_refusal": ADRT,
            "attorneys": [{"made_on": "2019"}],
            "escalation": [{"treatment": "ventilation", "action": "avoid", "decided_with": "attorney"}],
        },
    ),
    ("K12", {"consent": {"to_share": "attorney"}, "attorneys": [{"name": "Anna"}]}),
    (
        "K12",
        {
            "attorneys": [{"name": "Anna", "authority": "with_life_sustaining"}],
            "cpr": {"decision": "not_for", "family_informed": ["attorney_agreed"]},
        },
    ),
    ("K12", {"escalation": [{"treatment": "hospital", "action": "avoid", "decided_with": "attorney"}]}),
    (
        "K13",
        {
            "consent": {"to_share": "best_interests", "best_interests_basis": "Anna and Dr Khan"},
            "capacity": [{"about": "record_and_sharing", "outcome": "lacks"}],
        },
    ),
    ("K13", {"consent": {"to_share": "given"}}),
    (
        "K13",
        {
            "plan_control": {"agreed": "best_interests", "agreed_with": "Anna, daughter"},
            "capacity": [{"about": "plan", "outcome": "lacks"}],
        },
    ),
    (
        "K13",
        {
            "escalation": [{"treatment": "hospital", "decided_with": "best_interests", "consulted": "Anna"}],
            "capacity": [{"about": "hospital", "outcome": "lacks"}],
        },
    ),
    ("K14", {"advance_refusal": ADRT, "escalation": [{"treatment": "ventilation", "action": "avoid"}]}),
    ("K14", {"advance_refusal": ADRT, "escalation": [{"treatment": "iv_fluids", "action": "do"}]}),
    (
        "K14",
        {"advance_refusal": {**ADRT, "refused": ["other"]}, "escalation": [{"treatment": "other", "action": "do"}]},
    ),
    ("K14", {"advance_refusal": {**ADRT, "exists": "no"}, "cpr": {"decision": "for"}}),
    ("K14", {"advance_refusal": ADRT, "respect": {"exists": "no", "cpr_recommendation": "attempts_recommended"}}),
    ("K14", {"advance_refusal": {**ADRT, "refused": ["hospital"]}, "conveyance": {"to_hospital": "avoid_unless"}}),
    ("K14", {"advance_refusal": ADRT, "conveyance": {"to_hospital": "no_limit"}}),
    (
        "K15",
        {"conveyance": {"to_hospital": "avoid_unless"}, "escalation": [{"treatment": "hospital", "action": "only_if"}]},
    ),
    ("K16", {"places": HOME, "who_to_call": [AT_NIGHT], "place_needs": [BED], **BOX_TALKED_OF}),
    (
        "K16",
        {"places": HOME, "who_to_call": [AT_NIGHT], "equipment": [{"what": "A hospital bed"}], "anticipatory": BOX},
    ),
    ("K16", {"places": HOME, "who_to_call": [without(AT_NIGHT, "when")], "place_needs": [BED], **BOX_TALKED_OF}),
    ("K16", {"places": HOME, "care_team": [{"phone_night": "1"}], "place_needs": [BED], **BOX_TALKED_OF}),
    ("K16", {"places": {"preferred_death": "hospice"}, "person": {"lives_alone": True}}),
    ("K25", {"person": {"nhs_number": "9434765919"}}),
    ("K25", {"person": {}}),
    ("K28", {"compact": [{"asked_on": "2026-11-01", "q5": "no"}], "next_steps": [{"what": "Bed"}]}),
    ("K28", {"compact": [{"asked_on": "2026-11-01", "q5": "partly", "q6": DECLINED}]}),
    ("K28", {"compact": [{"asked_on": "2026-11-01", "q6": "yes"}, {"asked_on": "2026-01-01", "q6": "no"}]}),
    ("K29", {"commitments": [{"state": "met"}], "commitment_evidence": [{"what": "Talked", PARENT: "1"}]}),
    ("K29", {"commitments": [{"state": "partly"}]}),
    ("K31", {}),
    (
        "K31",
        {
            "death": {"died_on": "2026-11-01", "place": "home", "preferred_achieved": "yes"},
            "plan_control": {"status": "closed"},
        },
    ),
    ("K17", {"anticipatory": BOX}),
    ("K17", {"anticipatory": {"state": "declined"}}),
    ("K17", {"anticipatory": BOX, "medicine_stock": [{"name": {"text": "Midazolam"}, "expires_on": "2026-11-27"}]}),
    ("K17", {"anticipatory": BOX, "medicine_stock": [{"expires_on": "2026-10", "state": "used_up"}]}),
    ("K18", {**IN_TIME, "prognosis": WEEKS}),
    ("K18", {"prognosis": {"band": "months"}}),
    ("K18", {"team_reviews": [{"on": "2026-11-01", "stage": "red"}, {"on": "2026-11-08", "stage": "green"}]}),
    ("K19", {"prognosis": OLD, "akps": [{"on": "2026-11-01", "score": "60"}, {"on": "2026-11-10", "score": "50"}]}),
    ("K19", {"prognosis": {**OLD, "judged_on": "2026-10-15"}, "akps": [{"on": "2026-11-10", "score": "20"}]}),
    ("K19", {"prognosis": OLD, "akps": [{"on": "2026-10-12", "score": "60"}, {"on": "2026-11-10", "score": "40"}]}),
    ("K19", {"akps": [{"on": "2026-11-10", "score": "20"}]}),
    ("K27", {"fast_track": {**SENT, "sent_at": "2026-11-12T10:32:00+00:00"}}),
    ("K27", {"fast_track": {**RECEIVED, "received_at": "2026-11-11T14:32:00+00:00"}}),
    ("K27", {"fast_track": {**SENT, "stage": "package_started"}}),
    ("K27", {"fast_track": {"sent_at": "soon"}}),
    (
        "K31",
        {
            "death": {"died_on": "2026-11-01", "place": "home", "preferred_achieved": "yes"},
            "plan_control": {"status": "closed"},
            "anticipatory": BOX,
            "closure": [{"what": "medicines", "state": "done"}],
            "tasks": [{"what": "Ring", "state": "done"}],
        },
    ),
]
