"""A visit: what changed since the last one, where in it the user is, the short form, and the entry it leaves behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from eolc_desktop.care_plan import short_form
from eolc_desktop.care_plan.dates import time_words, today
from eolc_desktop.care_plan.differences import Difference, differences
from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.plan import Edit, Item, Op, Plan
from eolc_desktop.care_plan.short_form import Known
from eolc_desktop.record import drafts, history, lookups, past, plans
from eolc_desktop.record.drafts import Draft
from eolc_desktop.record.rows import moment_of, moment_text, new_id
from eolc_desktop.services import plans as plan_services
from eolc_desktop.services.plans import SaveResult
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

LOG = "conversations"
"""The section that holds an entry for each conversation or visit."""
PLACE = "visit/main"
"""Where the draft of a visit is kept: as encrypted, and as lasting, as everything else that is being written."""
STEPS = ("since", "still_so", "talk", "next", "missing", "close")
"""The steps in their order. Any can be left out, and gone back to."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit under way: when it began, where in it the user is, and what was typed on its own pages.

    `at` is the section that is open within a step, "" for the page of the step itself.
    """

    began: datetime
    step: str = STEPS[0]
    at: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that differs from what stood at the last visit, with its latest envelope."""

    difference: Difference
    item: Item | None


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since this user's last visit; `last` is None when they have not visited before."""

    last: datetime | None
    changed: tuple[Changed, ...] = ()


@needs(Right.READ)
def under_way(session: Session, person_id: str) -> Visit | None:
    """The visit to this person that this user has begun and not finished, or None."""
    with session.store.reading() as connection:
        kept = [draft for draft in drafts.kept(connection, session.user.id, person_id) if draft.place == PLACE]
    return _visit(kept[0]) if kept else None


@needs(Right.RECORD)
def begin(session: Session, person_id: str) -> Visit:
    """Begin a visit, or come back to the one that was not finished: to the same place."""
    return under_way(session, person_id) or keep(session, person_id, Visit(session.clock()))


@needs(Right.RECORD)
def keep(session: Session, person_id: str, visit: Visit) -> Visit:
    """Keep where in a visit the user is, and what they typed: quitting, locking and a flat battery lose nothing."""
    values: dict[str, Value] = {"began": moment_text(visit.began), "step": visit.step, "at": visit.at}
    values["typed"] = dict(visit.typed)
    with session.store.writing() as connection:
        drafts.keep(connection, Draft(session.user.id, person_id, PLACE, values, session.clock(), 0))
    return visit


@needs(Right.RECORD)
def put_aside(session: Session, person_id: str) -> None:
    """End a visit without an entry: it was begun by mistake. What was recorded meanwhile stays recorded."""
    plan_services.forget_draft(session, person_id, PLACE)


def _visit(draft: Draft) -> Visit:
    step, at, typed = draft.values.get("step"), draft.values.get("at"), draft.values.get("typed")
    return Visit(
        moment_of(str(draft.values["began"])),
        str(step) if step in STEPS else STEPS[0],
        str(at or ""),
        typed if isinstance(typed, dict) else {},
    )


@needs(Right.READ)
def since_last(session: Session, person_id: str, visit: Visit) -> Since:
    """What differs now from what stood when this user last visited, and who said so."""
    with session.store.reading() as connection:
        plan = plans.plan_of(connection, session.catalogue, person_id, session.clock())
        last = history.last_by(connection, person_id, session.user.id, visit.began)
        if last is None:
            return Since(None)
        then = [version for version in past.versions(connection, person_id) if version.at <= last]
        if not then:
            return Since(last)
        before = past.plan_at(connection, session.catalogue, person_id, then[-1])
    found = [d for d in differences(before, plan) if d.section != LOG]
    return Since(last, tuple(Changed(d, plan_item(plan, d)) for d in found))


def plan_item(plan: Plan, difference: Difference) -> Item | None:
    """The item a difference is about, as it stands now."""
    for entry in plan.all_entries(difference.section):
        if entry.id == difference.entry:
            return entry.items.get(difference.field)
    return None


@needs(Right.RECORD)
def known_here(session: Session) -> Known:
    """What the short form may offer: who is visiting, and surgeries and advice lines that several people have."""
    with session.store.reading() as connection:
        return Known(
            session.user.name,
            session.user.role,
            lookups.own_phone(connection, session.user.name),
            lookups.shared_pairs(connection, "key_people", "gp_name", "gp_practice"),
            lookups.shared_pairs(connection, "who_to_call", "first_call_name", "first_call_phone"),
        )


@needs(Right.RECORD)
def answer(session: Session, plan: Plan, answers: Mapping[str, str], known: Known) -> SaveResult:
    """Record what was answered on the short form, as one save. Raises as `plans.record` does."""
    asked = short_form.questions(plan, known)
    recording = short_form.recorded_by(plan, asked, answers, known)
    edits: list[Edit] = []
    for (section, entry), values in recording.values.items():
        entry_id = new_id() if entry == short_form.NEW else entry
        for key, value in values.items():
            told = recording.told(plan, section, key)
            edits += plan_services.edits_for(plan, section, entry_id, {key: value}, told)
    return plan_services.record(session, plan.person_id, edits, known=plan)


@needs(Right.READ)
def done_so_far(session: Session, plan: Plan, visit: Visit) -> str:
    """What was recorded and confirmed by this user since the visit began, by section, for its entry."""
    with session.store.reading() as connection:
        lines = history.changes_of(connection, plan.person_id)
    mine = [
        line
        for line in lines
        if line.recorded_at >= visit.began
        and line.recorded_by.user_id == session.user.id
        and line.section in plan.catalogue
        and line.section != LOG
    ]
    parts = []
    for op, words in ((Op.SET, "Recorded"), (Op.CONFIRM, "Confirmed as still so")):
        titles = dict.fromkeys(plan.catalogue[line.section].title for line in mine if line.op is op)
        if titles:
            parts.append(f"{words}: {'; '.join(titles)}.")
    return "\n".join(parts)


@needs(Right.RECORD)
def finish(session: Session, plan: Plan, visit: Visit, values: Mapping[str, Value]) -> SaveResult:
    """End a visit with an entry in the conversation log; its draft goes in the same transaction.

    Where `values` say nothing about what was discussed, it is what was recorded and confirmed since the visit began.
    """
    led = ", ".join(part for part in (session.user.name, session.user.role) if part)
    entry: dict[str, Value] = {
        "on": today(visit.began).isoformat(),
        "at": time_words(visit.began),
        "by": led,
        "kinds": ["visit"],
        "discussed": values["discussed"] if "discussed" in values else done_so_far(session, plan, visit) or None,
        **values,
    }
    described = session.catalogue[LOG]
    known = {key: value for key, value in entry.items() if key in described}
    return plan_services.save_entry(session, plan, LOG, "", known, draft_place=PLACE)


def at_step(visit: Visit, step: str, at: str = "") -> Visit:
    """The visit at another place."""
    return replace(visit, step=step, at=at)
