"""Rules about whether what was promised and hoped for can be kept, and whether it is still so (K16, K28 to K32)."""

from __future__ import annotations

from dataclasses import replace

from eolc_desktop.care_plan.dates import day_words, today
from eolc_desktop.care_plan.fields import MAIN, Section, is_empty
from eolc_desktop.care_plan.freshness import STANDING, old_items
from eolc_desktop.care_plan.plan import Entry, Plan
from eolc_desktop.care_plan.rules.finding import (
    ORDINARY,
    Finding,
    ItemRef,
    Setting,
    Severity,
    author_of,
    has_died,
    key_worker,
    listed,
    the_person_and_key_worker,
    told,
    who_decided_on_cpr,
)
from eolc_desktop.care_plan.words import entry_title


def k16(plan: Plan, setting: Setting = ORDINARY) -> tuple[Finding, ...]:
    """Home is the first choice: what is recorded, or not, that may make it hard. Said without judging."""
    if has_died(plan) or plan.value("places", "preferred_death") not in setting.limits.home_places:
        return ()
    gaps: list[tuple[ItemRef, str]] = []
    if plan.value("person", "lives_alone") is True:
        gaps.append((ItemRef("person", "lives_alone"), "the person lives alone"))
    if plan.value("carer", "has_carer") == "none":
        gaps.append((ItemRef("carer", "has_carer"), "there is no carer"))
    if plan.value("carer", "night_cover") == "none":
        gaps.append((ItemRef("carer", "night_cover"), "nobody is there at night"))
    if not _someone_to_call_at_night(plan):
        gaps.append((ItemRef("who_to_call", "when", ""), "no telephone number for the night"))
    waiting = [entry for entry in plan.entries("place_needs") if entry.value("state") in ("needed", "not_possible")]
    gaps += [(ItemRef("place_needs", "state", entry.id), f"not in place: {entry.text('what')}") for entry in waiting]
    if is_empty(plan.value("anticipatory", "state")):
        gaps.append((ItemRef("anticipatory", "state"), "nothing on just-in-case medicines"))
    if not plan.entries("equipment") and not plan.entries("place_needs"):
        gaps.append((ItemRef("equipment", "what", ""), "nothing on equipment or on what else it would take"))
    if not gaps:
        return ()
    beside = listed([words for _ref, words in gaps])
    says = f"{told(plan, 'places', 'preferred_death')}. Beside it in this record: {beside}."
    items = (ItemRef("places", "preferred_death"), *(ref for ref, _words in gaps))
    return (Finding("K16", Severity.INFORMATION, says, items, the_person_and_key_worker(plan)),)


def _someone_to_call_at_night(plan: Plan) -> bool:
    for entry in plan.entries("who_to_call"):
        when = entry.value("when")
        at_night = is_empty(when) or (isinstance(when, list) and "night" in when)
        if at_night and entry.text("first_call_phone"):
            return True
    return any(entry.text("phone_night") for entry in plan.entries("care_team"))


def k28(plan: Plan) -> tuple[Finding, ...]:
    """Question 5 or 6 of the compact was answered "no", and no next step or next contact is recorded."""
    occasions = plan.entries("compact")
    if has_died(plan) or not occasions:
        return ()
    latest = max(occasions, key=lambda entry: entry.text("asked_on"))
    found: list[Finding] = []
    for key, asked, section, wanted, over in (
        ("q5", "do you know what happens next", "next_steps", "what", ("done", "not_needed")),
        ("q6", "have you agreed when you will next be in touch", "next_contacts", "on", ("took_place", "cancelled")),
    ):
        if latest.value(key) == "no" and not _open(plan, section, over):
            what = plan.catalogue[section].entry_name
            says = f"The answer to “{asked}” was no. {told(plan, 'compact', key, latest.id)}. No {what} is recorded."
            items = (ItemRef("compact", key, latest.id), ItemRef(section, wanted, ""))
            found.append(Finding("K28", Severity.WARNING, says, items, key_worker(plan)))
    return tuple(found)


def _open(plan: Plan, section: str, over: tuple[str, ...]) -> bool:
    return any(entry.value("state") not in over for entry in plan.entries(section))


def k29(plan: Plan) -> tuple[Finding, ...]:
    """A commitment is marked as met, and nothing recorded shows it."""
    found: list[Finding] = []
    for entry in plan.entries("commitments"):
        if entry.value("state") != "met" or plan.entries("commitment_evidence", parent=entry.id):
            continue
        says = (
            "A commitment is marked as met, and no evidence of it is recorded. "
            f"{told(plan, 'commitments', 'state', entry.id)}."
        )
        items = (ItemRef("commitments", "state", entry.id),)
        recorded = plan.item("commitments", "state", entry.id)
        who = recorded.recorded_by.name if recorded and recorded.recorded_by.name else key_worker(plan)
        found.append(Finding("K29", Severity.WARNING, says, items, who))
    return tuple(found)


def k31(plan: Plan) -> tuple[Finding, ...]:
    """A death is recorded, and what belongs to it is not (SCCI1580 items 59 and 60; PRSB)."""
    if not has_died(plan):
        return ()
    gaps: list[tuple[ItemRef, str]] = []
    if is_empty(plan.value("death", "place")):
        gaps.append((ItemRef("death", "place"), "where they died"))
    if is_empty(plan.value("death", "preferred_achieved")):
        gaps.append((ItemRef("death", "preferred_achieved"), "whether it was where they wanted to be"))
    elif plan.value("death", "preferred_achieved") == "no" and is_empty(plan.value("death", "reason_not")):
        gaps.append((ItemRef("death", "reason_not"), "why it was not where they wanted to be"))
    if plan.value("plan_control", "status") != "closed":
        gaps.append((ItemRef("plan_control", "status"), "that the plan is closed"))
    if plan.value("anticipatory", "state") in ("prescribed", "box_issued") and not _medicines_gone(plan):
        gaps.append((ItemRef("anticipatory", "state"), "that the just-in-case medicines were removed"))
    for section, over in (("tasks", ("done", "not_needed")), ("next_steps", ("done", "not_needed"))):
        left = [entry for entry in plan.entries(section) if entry.value("state") not in over]
        gaps += [(ItemRef(section, "what", e.id), f"that this was done or dropped: “{e.text('what')}”") for e in left]
    if not gaps:
        return ()
    says = f"{told(plan, 'death', 'died_on')}. Not recorded: {listed([words for _ref, words in gaps])}."
    items = (ItemRef("death", "died_on"), *(ref for ref, _words in gaps))
    return (Finding("K31", Severity.WARNING, says, items, key_worker(plan)),)


def _medicines_gone(plan: Plan) -> bool:
    return any(
        entry.value("what") == "medicines" and entry.value("state") in ("done", "not_needed")
        for entry in plan.entries("closure")
    )


def k32(plan: Plan, setting: Setting = ORDINARY) -> tuple[Finding, ...]:
    """Items that nobody has confirmed for a while. One finding for each section.

    A standing CPR decision is never called out of date (decision 8): for it the finding is information, and says when
    it was last confirmed and what review date it has.
    """
    if has_died(plan):
        return ()
    found: list[Finding] = []
    aged: dict[str, list[tuple[Entry, str]]] = {}
    for one in old_items(_at_these_limits(plan, setting)):
        aged.setdefault(one.section.key, []).append((one.entry, one.field))
    for section_key, old in aged.items():
        section = plan.catalogue[section_key]
        items = tuple(ItemRef(section.key, key, entry.id) for entry, key in old)
        if section_key == STANDING:
            says, severity, who = _standing(plan), Severity.INFORMATION, who_decided_on_cpr(plan)
        else:
            lines = [f"{_where(plan, section, entry)}{_since(section, entry, key)}" for entry, key in old]
            says = f"{section.title}: this may be out of date. {' '.join(lines)}"
            severity, who = Severity.WARNING, the_person_and_key_worker(plan)
        found.append(Finding("K32", severity, says, items, who))
    return tuple(found)


def _at_these_limits(plan: Plan, setting: Setting) -> Plan:
    """The plan with the limits that the rules are to use, so that screen, paper and rules ask one function."""
    return replace(plan, fresh_days={**plan.fresh_days, **setting.limits.fresh_days})


def _where(plan: Plan, section: Section, entry: Entry) -> str:
    return "" if entry.id == MAIN else f"{entry_title(section, entry.id, entry.values, links=plan.links)}, "


def _since(section: Section, entry: Entry, key: str) -> str:
    item = entry.items[key]
    verb = "last confirmed" if item.confirmed_at else "recorded"
    day = day_words(today(item.last_known_at))
    return f"{section[key].label}: {verb} {day} by {author_of(item)}."


def _standing(plan: Plan) -> str:
    item = plan.item("cpr", "decision")
    confirmed = f"last confirmed {day_words(today(item.last_known_at))}" if item else "not confirmed"
    review = plan.words("cpr", "review_on") if not is_empty(plan.value("cpr", "review_on")) else ""
    return (
        f"{plan.words('cpr', 'decision')}: {confirmed}; {f'review date {review}' if review else 'no review date set'}. "
        "The recorded decision stands."
    )
