"""Rules between this plan and what is outside it: other systems, paper, other records (K07, K20, K24, K26, K30).

What is outside comes in the setting (`Outside`); paper copies stand in the plan's own register.
"""

from __future__ import annotations

from difflib import SequenceMatcher

from eolc_desktop.care_plan.dates import day_words, moment_words, today
from eolc_desktop.care_plan.fields import MAIN, Audience
from eolc_desktop.care_plan.nhs_number import digits_of
from eolc_desktop.care_plan.paper_copies import copies, to_replace
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.care_plan.rules.finding import (
    ORDINARY,
    Finding,
    ItemRef,
    Setting,
    Severity,
    has_died,
    key_worker,
    listed,
    the_person,
    told,
    who_decided_on_cpr,
)
from eolc_desktop.care_plan.rules.outside import OtherRecord
from eolc_desktop.care_plan.words import display

ALIKE = 0.8
"""From which likeness (0 to 1) two family names may be one, misheard or mistyped."""


def k07(plan: Plan, setting: Setting = ORDINARY) -> tuple[Finding, ...]:
    """Another organisation holds a current CPR decision that differs in what it says or in its date."""
    here = plan.text("cpr", "decision")
    if has_died(plan) or here not in ("not_for", "for"):
        return ()
    found = []
    for other in setting.outside.cpr_elsewhere:
        if other.decision == here and other.decided_on == plan.text("cpr", "decided_at"):
            continue
        words = display(plan.catalogue["cpr"]["decision"], other.decision, Audience.STAFF)
        seen = f", seen {moment_words(other.seen_at)}" if other.seen_at else ""
        says = (
            f"Two CPR decisions are current: read both. {told(plan, 'cpr', 'decision')}; "
            f"{told(plan, 'cpr', 'decided_at')}. {other.organisation}: “{words}”, dated "
            f"{other.decided_on or 'without a date'}{seen}."
        )
        items = (ItemRef("cpr", "decision"), ItemRef("cpr", "decided_at"))
        found.append(
            Finding("K07", Severity.WARNING, says, items, f"{who_decided_on_cpr(plan)}, with {other.organisation}")
        )
    return tuple(found)


def k20(plan: Plan, setting: Setting = ORDINARY) -> tuple[Finding, ...]:
    """Consent to sharing is withdrawn, and something is waiting to leave or pages are still about (SCCI1580 item 1)."""
    if plan.value("consent", "to_share") != "withdrawn":
        return ()
    about = [copy for copy in copies(plan) if copy.is_out]
    left = []
    if waiting := setting.outside.waiting_to_leave:
        left.append(f"{waiting} {'change is' if waiting == 1 else 'changes are'} waiting to be shared")
    if about:
        pages = [f"{copy.name or 'a page'} ({copy.whereabouts or 'with whom is not recorded'})" for copy in about]
        left.append(f"on paper: {listed(pages)}")
    if not left:
        return ()
    says = f"{told(plan, 'consent', 'to_share')}. Beside it: {'; '.join(left)}."
    items = (ItemRef("consent", "to_share"), *(ItemRef("paper_copies", "state", copy.entry) for copy in about))
    return (Finding("K20", Severity.BLOCKS, says, items, the_person(plan)),)


def k24(plan: Plan) -> tuple[Finding, ...]:
    """A page that is about says something on which lives may depend, and the plan has changed since."""
    found = []
    for page in to_replace(plan):
        copy = page.copy
        made = f" of {day_words(today(copy.made_at))}" if copy.made_at else ""
        changes = [
            change.subject.words + (f" (changed {moment_words(change.at)})" if change.at else "")
            for change in page.changed
        ]
        says = (
            f"A paper copy is older than the plan: {copy.name or 'a page'}{made}, "
            f"{copy.whereabouts or 'with whom is not recorded'}. Changed since: {'; '.join(changes)}."
        )
        items = (ItemRef("paper_copies", "name", copy.entry),)
        found.append(Finding("K24", Severity.WARNING, says, items, key_worker(plan)))
    return tuple(found)


def k26(plan: Plan, setting: Setting = ORDINARY) -> tuple[Finding, ...]:
    """Another record on this laptop has the same date of birth, a family name like this one, and another NHS number.

    Where neither has a number yet, as when somebody was added twice in a hurry, nothing tells the two apart.
    """
    found = []
    for other in setting.outside.other_records:
        if _may_be_the_same(plan, other):
            name = ", ".join(part for part in (other.family_name, other.given_names) if part)
            says = (
                "Another record on this laptop may be the same person’s: "
                f"{name}, NHS number {other.nhs_number or 'not recorded'}, born on the same day. "
                f"{told(plan, 'person', 'family_name')}. {told(plan, 'person', 'nhs_number')}."
            )
            items = tuple(ItemRef("person", key) for key in ("family_name", "birth_date", "nhs_number"))
            who = f"{the_person(plan)}, or the GP practice"
            found.append(Finding("K26", Severity.WARNING, says, items, who))
    return tuple(found)


def _may_be_the_same(plan: Plan, other: OtherRecord) -> bool:
    born = plan.text("person", "birth_date")
    ours, theirs = plan.text("person", "family_name").casefold(), other.family_name.casefold()
    if not born or born != other.birth_date or not ours or not theirs:
        return False
    number = digits_of(plan.text("person", "nhs_number"))
    if number and number == digits_of(other.nhs_number):
        return False  # one number in two records is K25's
    return SequenceMatcher(None, ours, theirs).ratio() >= ALIKE


def k30(plan: Plan, setting: Setting = ORDINARY) -> tuple[Finding, ...]:
    """An item was changed here and in the shared record since they last agreed: both stand until a person chooses."""
    found = []
    for both in setting.outside.changed_on_both_sides:
        if plan.catalogue.field(both.section, both.field) is None:
            continue
        at = f", {moment_words(both.at)}" if both.at else ""
        says = (
            f"Changed here and in the shared record: read both. {told(plan, both.section, both.field, both.entry)}. "
            f"In the shared record: “{both.theirs}” ({both.by or 'by somebody not named'}{at})."
        )
        ref = ItemRef(both.section, both.field, both.entry or MAIN)
        item = plan.item(both.section, both.field, both.entry)
        ours = item.recorded_by.name if item and item.recorded_by.name else key_worker(plan)
        found.append(
            Finding("K30", Severity.WARNING, says, (ref,), " and ".join(part for part in (ours, both.by) if part))
        )
    return tuple(found)
