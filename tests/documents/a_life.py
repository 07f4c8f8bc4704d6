"""One invented life in full sentences, as a plan: what the pictures and figures of paper are made from."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.plan import Plan, Source
from tests.authors import AT
from tests.plans import item, plan_with

_VALUES: dict[str, dict[str, Value]] = {
    "person": {
        "title": "Mrs", "given_names": "Margaret Rose", "family_name": "Example", "preferred_name": "Peggy",
        "birth_date": "1941-04-05", "nhs_number": "9990000018", "address": "14 Mill Lane\nOtley",
        "postcode": "LS21 3KM", "phone": "0113 496 0114", "language": {"text": "English, and Urdu with her sister"},
        "interpreter": "not_needed", "lives_alone": True,
    },
    "communication_needs": {
        "asked": True, "needs": ["hearing_aid"], "how_i_communicate": "I hear well enough with both hearing aids in.",
        "reasonable_adjustments": "Speak clearly, from the front.",
    },
    "consent": {"to_record": "given", "to_share": "given", "share_with": ["gp", "district_nurses"],
                "not_with": ["care_home"]},
    "plan_control": {
        "status": "agreed", "review_date": "2026-11-19", "review_responsible": "Jo Okafor, district nurse",
        "agreed": "yes", "agreed_on": "2026-10-19",
    },
    "about_me": {
        "most_important": "I don’t want to go in again. My own bed, the window open. I want to hear the garden.",
        "strength": "میری بیٹی انا، اور باغ۔ My faith, in a quiet way.",
        "good_day": "Up by nine, toast, Radio 3, Anna in the afternoon, and no pain before supper.",
        "please_do": "Tell Anna first. Leave the window open a little, even when it is cold.",
        "please_dont": "Do not call me Margaret. Do not talk over my head.",
        "fears": "Going in again and not coming out.",
        "spiritual": "The vicar knows me. No fuss, and the old hymns.",
        "written_with": "Jo Okafor, district nurse",
    },
    "places": {
        "preferred_care": "home", "preferred_care_words": "My own bed, by the window", "preferred_death": "home",
        "second_choice": "hospice", "what_would_change_it": "If the pain could not be eased at home.",
    },
    "cpr": {
        "decision": "not_for", "decided_at": "2026-10-12", "no_review": True, "decided_by_name": "Dr A Khan",
        "decided_by_role": "consultant in palliative medicine", "reason": "Her own wish, after a full conversation.",
        "person_involved": "yes", "form_location": "Yellow folder on the hall table",
    },
    "respect": {"exists": "yes", "location": "Yellow folder on the hall table", "made_on": "2026-10-12"},
    "conveyance": {"to_hospital": "avoid_unless",
                   "avoid_unless": "A fracture, or bleeding that cannot be stopped at home."},
    "advance_refusal": {"exists": "no"},
    "allergies": {"status": "known", "last_checked": "2026-08-12", "checked_with": "Peggy and the GP summary"},
    "diagnosis": {"primary": {"text": "Cancer of the pancreas"}},
    "prognosis": {"band": "weeks"},
    "anticipatory": {"state": "box_issued", "where_kept": "Kitchen cupboard, top shelf", "who_has_key": "No lock",
                     "chart_in_house": True, "chart_valid_until": "2026-12-01"},
    "key_people": {
        "key_worker_name": "Jo Okafor", "key_worker_role": "district nurse", "key_worker_phone": "0113 496 0150",
        "key_worker_hours": "Monday to Friday, 8:30 to 17:00", "gp_name": "Dr B Mensah",
        "gp_practice": "Bridge Street Surgery", "gp_practice_phone": "0113 496 0160",
    },
    "carer": {"has_carer": "has", "carer": "anna", "night_cover": "some_nights",
              "if_carer_ill": "Hill Hospice would take Mum in for a few days."},
    "last_days": {"food_and_drink": "Sips of tea as long as I like.", "who_present": "Anna, and the cat."},
    "expected_death": {"expected": True, "call_name": "Hill Hospice", "call_phone": "0113 496 0199"},
    "after_death_wishes": {"funeral": "The old hymns, and no black ties.",
                           "will": "With the solicitor on Station Road"},
    "fast_track": {"deteriorating": True, "reasons": "In bed most of the day since October; eats a few spoonfuls."},
}  # fmt: skip
_MORE: dict[str, dict[str, dict[str, Value]]] = {
    "goals": {"g1": {"goal": "To be at the christening in the spring.", "importance": 9,
                     "what_helps": "A wheelchair, and somebody to push it."}},
    "place_needs": {"n1": {"what": "Hospital bed by the bedroom window", "state": "in_place", "who": "Ali Reid"},
                    "n2": {"what": "Night sitter, two nights a week", "state": "arranged", "by_when": "2026-11-14"}},
    "next_steps": {"s1": {"what": "Night sitter begins", "who": "Ali Reid", "by_when": "2026-11-14",
                          "state": "under_way"}},
    "next_contacts": {"c1": {"on": "2026-11-13", "window": "Between 14:30 and 15:30", "with_whom": "Jo Okafor"}},
    "escalation": {"e1": {"situation": "Chest infection", "treatment": "oral_antibiotics", "action": "do",
                          "words": "By mouth, at home. Not penicillin: she is allergic.", "decided_by": "Dr A Khan"}},
    "allergy": {"a1": {"substance": {"text": "Penicillin"}, "reaction": "Rash all over, and swollen lips",
                       "severity": "severe"}},
    "attorneys": {"t1": {"name": "Anna Smith", "phone": "07700 900199"}},
    "contacts": {
        "anna": {"name": "Anna Smith", "relationship": "daughter", "phone": "07700 900199", "holds_key": True,
                 "call_at_night": True, "involvement": "all_decisions", "aware_diagnosis": "aware",
                 "aware_prognosis": "aware", "aware_cpr": "aware"},
        "george": {"name": "George Rose", "relationship": "brother", "phone": "07700 900198",
                   "involvement": "must_not_be_told"},
    },
    "care_team": {"p1": {"name": "Petra Novák", "group": "palliative_nurse", "organisation": "Dale General Hospital",
                         "phone_day": "0113 496 0180"}},
    "who_to_call": {
        "w1": {"situation": "Pain that does not settle", "first_call_name": "Hill Hospice, day and night",
               "first_call_phone": "0113 496 0199", "if_no_answer_name": "Out of hours", "if_no_answer_phone": "111"},
        "w2": {"situation": "Fighting for breath", "first_call_name": "Hill Hospice, day and night",
               "first_call_phone": "0113 496 0199", "if_no_answer_name": "Out of hours", "if_no_answer_phone": "111"},
        "w3": {"situation": "Worried, and it can wait until morning", "first_call_name": "Jo Okafor, district nurse",
               "first_call_phone": "0113 496 0150"},
    },
    "commitments": {
        "1": {"state": "met", "verdict": "yes", "verdict_words": "You talk to me, not to the computer."},
        "5": {"state": "partly", "next_action": "Ask Peggy what her brother may know",
              "next_action_owner": "Jo Okafor"},
    },
    "compact": {"q": {"asked_on": "2026-11-05", "answered_by": "person", "q1": "yes", "q5": "yes",
                      "q1_words": "I get on with things. I know somebody would come.",
                      "q2": "partly", "q2_ill": "Ring the hospice line."}},
    "medicine_stock": {"m1": {"name": {"text": "Morphine sulfate 10 mg in 1 mL"}, "quantity": "10 ampoules",
                              "expires_on": "2027-03"}},
    "equipment": {"b1": {"what": "bed", "state": "in_place", "supplier_phone": "0113 496 0170"}},
    "contingency": {"k1": {"trigger": {"text": "A fall, without a broken bone"},
                           "what_to_do": "Help her up with two people; ring the hospice.",
                           "do_not": "Do not ring 999."}},
    "needs": {"d1": {"need": {"text": "Pain in the back at night"}, "words": "Worst between two and four."}},
}  # fmt: skip


def a_life() -> Plan:
    """The plan. Some of it was confirmed, one thing a daughter said, and one number nobody has looked at for long."""
    plan = plan_with(_VALUES, _MORE)
    sections = dict(plan.sections)
    changes = {
        ("carer", "main", "if_carer_ill"): {"source": Source.FAMILY, "detail": "Anna, her daughter"},
        ("key_people", "main", "key_worker_phone"): {"at": AT - timedelta(days=92)},
        ("cpr", "main", "decision"): {"at": AT - timedelta(days=31), "source": Source.CLINICIAN},
    }
    for (section, entry_id, key), how in changes.items():
        entries = []
        for entry in sections[section]:
            if entry.id == entry_id:
                said = item(entry.items[key].value, **how)  # type: ignore[arg-type]
                entry = replace(entry, items={**entry.items, key: said})
            entries.append(entry)
        sections[section] = tuple(entries)
    return replace(plan, sections=sections)
