"""Plans to be shared, and ids for their resources that say where they come from."""

from __future__ import annotations

import random
from dataclasses import replace
from uuid import UUID, uuid5

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.fields import Kind, Value
from eolc_desktop.care_plan.plan import Entry, Plan
from tests.authors import AT, NURSE
from tests.plans import canary, full_plan, item

_PERSON = UUID("5f0e0d5e-0000-4000-8000-000000000001")


def ids(*names: str) -> str:
    return str(uuid5(_PERSON, "/".join(names))) if names else str(_PERSON)


def shared_plan() -> Plan:
    """A plan in which every field says something, with choices that lead to every kind of resource."""
    return full_plan(
        {
            "consent": {"to_share": "given"},
            "cpr": {"decision": "not_for", "decided_at": "2026-03-12", "review_on": "2026-12-01"},
            "register": {"on_register": "on"},
            "akps": {"score": "40", "on": "2026-11-01"},
            "allergy": {"certainty": "confirmed"},
            "places": {"preferred_death": "hospice", "second_choice": "home"},
            "next_contacts": {"on": "2026-11-20", "state": "agreed"},
            "plan_control": {"review_date": "2026-12-10", "status": "agreed"},
            "death": {"died_on": None},
            "who_to_call": {"when": ["night"]},
            "goals": {"importance": 8},
        }
    )


def random_plan(seed: int) -> Plan:
    """A plan with some fields of some sections, of any option, some of them withdrawn: whatever could be recorded."""
    chance = random.Random(seed)
    sections: dict[str, tuple[Entry, ...]] = {}
    states = list(type(next(iter(full_plan().sections.values()))[0].state))
    for section in built_in():
        if chance.random() < 0.2:
            continue
        ids_here = [fixed.id for fixed in section.fixed_entries] or (
            [f"{section.key}-{n}" for n in range(chance.randint(0, 3))] if section.repeats else ["main"]
        )
        made = []
        for entry_id in ids_here:
            values: dict[str, Value] = {}
            for field in section.fields:
                if chance.random() < 0.5:
                    values[field.key] = canary(section, field)
                    if field.kind is Kind.CHOICE:
                        values[field.key] = chance.choice(field.options).key
                    if field.may_be and chance.random() < 0.3:
                        values[field.key] = chance.choice(field.may_be).value_to_store
                    if field.kind is Kind.DATE:
                        values[field.key] = chance.choice(["2026", "2026-03", "2026-03-12"])
            entry = Entry(entry_id, section.key, {key: item(value) for key, value in values.items()})
            if section.repeats:
                entry = replace(entry, state=chance.choice(states))
            if entry.items:
                made.append(entry)
        sections[section.key] = tuple(made)
    return Plan("person-1", built_in(), sections, 7, AT, AT, AT, NURSE)
