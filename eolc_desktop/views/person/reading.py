"""What is read from the store to show a person: the plan, what they were writing, and what the rules find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eolc_desktop.care_plan.paper_copies import SECTION as PAPER_COPIES
from eolc_desktop.care_plan.paper_copies import ToReplace, to_replace
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.care_plan.readiness import missing_for_sharing
from eolc_desktop.care_plan.rules import Finding
from eolc_desktop.record.drafts import Draft
from eolc_desktop.services import plans
from eolc_desktop.services.second_look import findings_of
from eolc_desktop.services.session import Session
from eolc_desktop.views.person.draft_offer import Place
from eolc_desktop.views.person.glance_cards import Card, Line
from eolc_desktop.views.person.rail import FINDINGS

FINDINGS_AT_FIRST = 3


@dataclass(frozen=True, slots=True)
class Opened:
    """A person as they are shown: the plan, the drafts of this user, and what does not fit together."""

    plan: Plan
    drafts: tuple[Draft, ...]
    found: tuple[Finding, ...]


def opened(session: Session, person_id: str) -> Opened:
    """Open a plan, which the audit notes. Runs on the store thread; raises NoSuchPerson."""
    plan = plans.open_plan(session, person_id)
    return Opened(plan, _drafts(session, plan), findings_of(session, plan))


def read_again(session: Session, person_id: str, known: Plan | None) -> Opened:
    """Read a plan that is open anew, from what is `known` of it. Runs on the store thread; raises NoSuchPerson."""
    plan = plans.read_plan(session, person_id, known)
    return Opened(plan, _drafts(session, plan), findings_of(session, plan))


def _drafts(session: Session, plan: Plan) -> tuple[Draft, ...]:
    # A draft for a section that this version does not know stays in the store, untouched.
    kept = plans.kept_drafts(session, plan.person_id)
    return tuple(draft for draft in kept if Place.of(draft.place).section in plan.catalogue)


def notes(plan: Plan, found: Sequence[Finding]) -> tuple[Card, ...]:
    """Cards about the plan itself: what it still lacks, said kindly, and what does not fit together."""
    made = []
    if pages := to_replace(plan):
        made.append(Card("Paper copies to replace", tuple(_page(one) for one in pages), PAPER_COPIES, is_wide=True))
    missing = missing_for_sharing(plan)
    if missing:
        wanted = list(dict.fromkeys(plan.catalogue[line.section].title for line in missing))
        kindly = Line("There is no hurry, and none of it stops you from saving or sharing.")
        still = Line("; ".join(wanted), "Still wanted")
        made.append(Card("Before this plan is ready to share", (kindly, still), missing[0].section, is_wide=True))
    if found:
        lines = tuple(Line(f"{finding.says}{_who(finding)}") for finding in found)
        made.append(Card("Worth a second look", lines, FINDINGS, is_wide=True, at_first=FINDINGS_AT_FIRST))
    return tuple(made)


def _page(one: ToReplace) -> Line:
    where = one.copy.whereabouts or "nobody has said who has it or where it is kept"
    changed = "; ".join(changed.subject.words for changed in one.changed)
    return Line(f"{where}. Changed since: {changed}.", f"{one.copy.name}, {one.copy.code}")


def _who(finding: Finding) -> str:
    return f" Who can say: {finding.who_can_settle}." if finding.who_can_settle else ""
