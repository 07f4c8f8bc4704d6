"""The plan itself, goals, next steps and next contacts, as CarePlan, Goal, Task and Appointment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from eolc_desktop.care_plan.fields import Audience
from eolc_desktop.care_plan.plan import Entry, EntryState
from eolc_desktop.care_plan.words import display as words_for
from eolc_desktop.clock import LOCAL
from eolc_desktop.fhir.sharing.elements import (
    CARE_PLAN_CODE,
    Making,
    Resource,
    author,
    coded_concept,
    day,
    display,
    filled,
    is_in_error,
    listed,
    moment,
    notes,
    said,
)

_PLAN = {
    "draft": "draft",
    "superseded": "revoked",
    "revoked": "revoked",
    "closed": "completed",
    "entered_in_error": "entered-in-error",
}
_GOAL = {
    "under_way": "active",
    "reached": "completed",
    "changed": "cancelled",
    "not_possible": "on-hold",
}
_TASK = {"under_way": "in-progress", "done": "completed", "not_needed": "cancelled"}


def care_plan(making: Making, made: list[Resource]) -> Resource:
    """The CarePlan, which names the goals, problems and team that were made beside it."""
    plan = making.plan
    said_so = plan.text("plan_control", "status")
    status = "completed" if plan.value("death", "died_on") else _PLAN.get(said_so, "active")
    return filled(
        making.resource("CarePlan", "care_plan", profile="UKCore-CarePlan"),
        status=status,
        intent="plan",
        category=[{"coding": [dict(CARE_PLAN_CODE)]}],
        title="End of life care plan",
        subject=making.person,
        # No end: a date for review is no day on which the plan stops. It is a Task.
        period={"start": moment(plan.created_at)} if plan.created_at else None,
        created=moment(plan.created_at),
        author=author(plan.last_change_by),
        careTeam=_references(made, "CareTeam"),
        addresses=_references(made, "Condition"),
        goal=_references(made, "Goal"),
        activity=[*_escalation(making), *_actions(making)],
    )


def _references(made: list[Resource], kind: str) -> list[Resource]:
    return [{"reference": f"{kind}/{one['id']}"} for one in made if one["resourceType"] == kind]


def _escalation(making: Making) -> Iterator[Resource]:
    """What is to be given or avoided, each under the circumstances recorded."""
    plan = making.plan
    section = plan.catalogue["escalation"]
    for entry in plan.entries("escalation"):
        parts = [
            words_for(section[key], entry.value(key), Audience.STAFF)
            for key in ("situation", "treatment", "action", "words")
            if entry.value(key)
        ]
        if parts:
            avoid = entry.value("action") == "avoid"
            detail = filled({"status": "unknown"}, description=": ".join(parts), doNotPerform=avoid or None)
            yield {"detail": detail}


def _actions(making: Making) -> Iterator[Resource]:
    for entry in making.plan.entries("actions"):
        code = coded_concept(entry.value("what"))
        if code is None:
            continue
        who = ", ".join(part for part in (said(entry, "who"), said(entry, "who_team")) if part)
        detail = filled(
            {"status": "unknown"},
            code=code,
            performer=listed(display(who)),
            scheduledString=said(entry, "how_often"),
            description=said(entry, "strategies"),
        )
        yield {"detail": detail}


def goals(making: Making) -> Iterator[Resource]:
    """What the person hopes for, in their own words: expressed by them (base R4, UK Core has no Goal)."""
    for entry in making.plan.all_entries("goals"):
        goal = said(entry, "goal")
        if not goal:
            continue
        importance = entry.value("importance")
        status = _GOAL.get(said(entry, "status"), "proposed")
        if entry.state is not EntryState.CURRENT:
            status = "entered-in-error" if is_in_error(entry) else "cancelled"
        yield filled(
            making.resource("Goal", "goals", entry.id),
            lifecycleStatus=status,
            description={"text": goal},
            subject=making.person,
            statusDate=moment(entry.items["goal"].last_known_at)[:10],
            expressedBy=making.person,
            note=notes(
                f"Importance to the person: {importance} of 10" if isinstance(importance, int) else "",
                said(entry, "what_helps"),
            ),
        )


def tasks(making: Making) -> Iterator[Resource]:
    """Next steps that somebody has to take, and the review of the plan."""
    plan = making.plan
    for entry in plan.all_entries("next_steps"):
        what = said(entry, "what")
        if what:
            status = _TASK.get(said(entry, "state"), "requested")
            yield _task(making, ("next_steps", entry.id), _state(entry, status), what, said(entry, "who"), entry)
    review = day(plan.value("plan_control", "review_date"))
    if review:
        over = plan.value("death", "died_on") or plan.text("plan_control", "status") in ("closed", "revoked")
        who = plan.text("plan_control", "review_responsible")
        made = _task(making, ("review",), "cancelled" if over else "requested", "Review of the care plan", who, None)
        yield made | {"restriction": {"period": {"end": review}}}


def _state(entry: Entry, status: str) -> str:
    if entry.state is EntryState.CURRENT:
        return status
    return "entered-in-error" if is_in_error(entry) else "cancelled"


def _task(making: Making, names: tuple[str, ...], status: str, what: str, who: str, entry: Entry | None) -> Resource:
    due = day(entry.value("by_when")) if entry else ""
    authored = entry.items["what"].recorded_at if entry else None
    return filled(
        making.resource("Task", *names, profile="UKCore-Task"),
        status=status,
        intent="plan",
        description=what,
        **{"for": making.person},
        authoredOn=moment(authored),
        owner=display(who),
        restriction={"period": {"end": due}} if due else None,
    )


_APPOINTMENT = {"cancelled": "cancelled", "took_place": "fulfilled"}


def appointments(making: Making) -> Iterator[Resource]:
    """When the team is next in touch.

    FHIR calls an appointment booked only when it has a time to begin and to end. What is agreed here is a day, or words
    ("Thursday between 10 and 12"): it goes as proposed, with the day asked for, and the words say that it is agreed.
    """
    for entry in making.plan.all_entries("next_contacts"):
        on, window, whom = day(entry.value("on")), said(entry, "window"), said(entry, "with_whom")
        if not (on or window):
            continue
        state = said(entry, "state")
        status = _APPOINTMENT.get(state, "proposed")
        whole_day = _whole_day(on)
        if entry.state is not EntryState.CURRENT or (status == "fulfilled" and not whole_day[0]):
            status = "cancelled"
        accepted = "accepted" if state == "agreed" else "needs-action"
        agreed = "Agreed with the person" if state == "agreed" else ""
        how = making.option("next_contacts", "how", entry.id)
        made = making.resource("Appointment", "next_contacts", entry.id)
        yield filled(
            made,
            status=status,
            description=" – ".join(part for part in ("Next contact", how.label if how else "", agreed) if part),
            comment=window,
            start=whole_day[0] if status == "fulfilled" else "",
            end=whole_day[1] if status == "fulfilled" else "",
            requestedPeriod=[{"start": on, "end": on}] if on and status == "proposed" else None,
            participant=[
                {"actor": making.person, "status": accepted},
                *([{"actor": {"display": whom}, "status": accepted}] if whom else []),
            ],
        )


def _whole_day(on: str) -> tuple[str, str]:
    """From midnight to midnight in England, for something that took place on a day."""
    if len(on) != len("2026-11-12"):
        return "", ""
    begun = datetime.combine(date.fromisoformat(on), time(), LOCAL)
    return begun.isoformat(), (begun + timedelta(days=1)).isoformat()
