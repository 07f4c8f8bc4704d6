"""The people who look after the person, and whom to call, as one CareTeam (UK Core)."""

from __future__ import annotations

from eolc_desktop.care_plan.plan import Entry
from eolc_desktop.fhir.sharing.elements import (
    Making,
    Resource,
    concept,
    day,
    filled,
    listed,
    notes,
    said,
    snomed,
    telecom,
)


def care_team(making: Making) -> Resource | None:
    """The CareTeam, None while nobody is recorded. Practitioners are held inside it: they are names, not accounts."""
    plan = making.plan
    members: list[tuple[Resource, Resource]] = listed(_key_worker(plan.entry("key_people")))
    members += [found for entry in plan.entries("care_team") if (found := _member(making, entry))]
    calls = [_call(making, entry) for entry in plan.entries("who_to_call")]
    if not members and not any(calls):
        return None
    made = making.resource("CareTeam", "care_team", profile="UKCore-CareTeam")
    return filled(
        made,
        contained=[person for person, _participant in members],
        status="active",
        name="Care team",
        subject=making.person,
        participant=[participant for _person, participant in members],
        note=notes(*calls),
    )


def _key_worker(people: Entry | None) -> tuple[Resource, Resource] | None:
    name = said(people, "key_worker_name")
    if not name:
        return None
    person = filled(
        {"resourceType": "Practitioner", "id": "key-worker", "name": [{"text": name}]},
        telecom=listed(telecom(said(people, "key_worker_phone"), "work")),
    )
    role = snomed("719240009", "Has end of life care key worker") | {"text": "Key worker"}
    words = [part for part in (said(people, "key_worker_role"), said(people, "key_worker_hours")) if part]
    roles = [role, *({"text": part} for part in words)]
    return person, {"role": roles, "member": {"reference": "#key-worker", "display": name}}


def _member(making: Making, entry: Entry) -> tuple[Resource, Resource] | None:
    name, organisation = said(entry, "name"), said(entry, "organisation")
    if not name and not organisation:
        return None
    own = f"member-{making.ids('care_team', entry.id)}"
    person = filled(
        {"resourceType": "Practitioner", "id": own},
        name=[{"text": name}] if name else None,
        telecom=listed(telecom(said(entry, "phone_day"), "work", 1), telecom(said(entry, "phone_night"), "work", 2)),
    )
    field = making.plan.catalogue.field("care_team", "group")
    group = concept("care_team", field, making.option("care_team", "group", entry.id)) if field else None
    period = filled({}, start=day(entry.value("from_date")), end=day(entry.value("until_date")))
    participant = filled(
        {"member": {"reference": f"#{own}", "display": name or organisation}},
        role=listed(group),
        onBehalfOf={"display": organisation} if organisation else None,
        period=period,
    )
    return person, participant


def _call(making: Making, entry: Entry) -> str:
    """One line of the who-to-call card, as a person would read it out."""
    situation, name, number = (said(entry, key) for key in ("situation", "first_call_name", "first_call_phone"))
    if not situation or not (name or number):
        return ""
    when = making.plan.words("who_to_call", "when", entry.id) if entry.value("when") else "At any time"
    other = " ".join(part for part in (said(entry, "if_no_answer_name"), said(entry, "if_no_answer_phone")) if part)
    first = " ".join(part for part in (name, number) if part)
    return f"{situation} ({when}): call {first}" + (f"; if nobody answers, {other}" if other else "")
