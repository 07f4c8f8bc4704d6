"""The advance decision and the attorneys in a line each: shown wherever a CPR status is (hazard H26)."""

from __future__ import annotations

from eolc_desktop.care_plan.dates import date_words, is_partial_date
from eolc_desktop.care_plan.fields import Value, absence_of, is_empty
from eolc_desktop.care_plan.plan import Entry, Plan
from eolc_desktop.care_plan.words import display
from eolc_desktop.views.person.cpr_words import UNRECOGNISED

ADVANCE_DECISION = "Advance decision to refuse treatment"
ATTORNEY = "Attorney for health and welfare"


def advance_decision_words(plan: Plan) -> str:
    """What is recorded about an advance decision to refuse treatment."""
    exists = plan.value("advance_refusal", "exists")
    match exists:
        case "yes":
            return f"{ADVANCE_DECISION}: yes, {_of_the_document(plan)}"
        case "no":
            return f"{ADVANCE_DECISION}: there is none"
    return f"{ADVANCE_DECISION}: {_other(exists)}"


def _of_the_document(plan: Plan) -> str:
    made_on = plan.text("advance_refusal", "made_on")
    dated = f"dated {date_words(made_on)}" if is_partial_date(made_on) else "date not recorded"
    life = {
        "yes": "refuses life-sustaining treatment",
        "no": "does not refuse life-sustaining treatment",
    }.get(plan.text("advance_refusal", "refuses_life_sustaining"), "")
    if not life:
        value = plan.value("advance_refusal", "refuses_life_sustaining")
        life = f"whether it refuses life-sustaining treatment: {_other(value)}"
    where = plan.text("advance_refusal", "location")
    return f"{dated}; {life}; original {where or 'not recorded where'}"


def attorneys_words(plan: Plan) -> str:
    """Who is recorded as attorney for health and welfare, with telephone and authority."""
    attorneys = plan.entries("attorneys")
    if not attorneys:
        return f"{ATTORNEY}: none recorded"
    return f"{ATTORNEY}: " + "; ".join(_attorney(plan, entry) for entry in attorneys)


def _attorney(plan: Plan, entry: Entry) -> str:
    section = plan.catalogue["attorneys"]
    name = entry.text("name") or plan.links.get(entry.text("contact"), "") or "name not recorded"
    parts = [" ".join(part for part in (name, entry.text("phone")) if part)]
    if entry.value("kind") == "replacement":
        parts.append("replacement")
    authority = entry.value("authority")
    known = not is_empty(authority)
    words = display(section["authority"], authority) if known else "authority over treatment not recorded"
    parts.append(words[:1].lower() + words[1:])
    return ", ".join(parts)


def _other(value: Value) -> str:
    if is_empty(value):
        return "not recorded"
    absence = absence_of(value)
    return absence.words.lower() if absence else UNRECOGNISED.lower()
