"""What a copy must say beside its plan, and the last look at it before it is made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from eolc_desktop.care_plan.conflicts import other_version
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, Item, OpenConflict, Plan
from eolc_desktop.care_plan.rules import findings
from eolc_desktop.care_plan.rules.copies import CopyPlanned, k21, k22, k23
from eolc_desktop.care_plan.rules.finding import Finding, ItemRef, Limits, Setting, Severity
from eolc_desktop.care_plan.under_18 import is_under_18
from eolc_desktop.care_plan.words import display
from eolc_desktop.documents.copies import Copy, ReadersChosen, Reason, copy_for
from eolc_desktop.documents.kinds import Document
from eolc_desktop.documents.material import Beside, TwoVersions
from eolc_desktop.documents.scope import Holder
from eolc_desktop.documents.translations import Words
from eolc_desktop.errors import PrintFailed

CONFLICT_RULES = frozenset({"K06", "K07", "K11", "K12", "K14", "K15"})
"""The rules whose finding means that two recorded things contradict each other."""


def beside_the_plan(
    plan: Plan, copy: Copy, readers: ReadersChosen, document: Document, going_to: str = "", to_call: str = ""
) -> Beside:
    """What the pages say that is no item of theirs.

    A contradiction is only marked on what stands on this copy: what it would be about otherwise stays unsaid. Of a
    conflict between two people both versions are said, as far as each of them might stand on this copy.
    """
    on_it = items_of(copy.plan)
    found = findings(plan, Setting(Limits(fresh_days=plan.fresh_days)))
    old = _items(finding for finding in found if finding.rule == "K32")
    conflict = _items(finding for finding in found if finding.rule in CONFLICT_RULES)
    shown = (_two_versions(plan, copy, readers, document, conflict) for conflict in plan.conflicts)
    two_versions = tuple(each for each in shown if each.items)
    conflict |= {ref for each in two_versions for ref, _standing, _other in each.items}
    died = plan.text("death", "died_on")
    return Beside(
        old=frozenset(old & on_it),
        in_conflict=frozenset(conflict & on_it),
        died_on=died,
        going_to=going_to,
        not_said=_not_said(copy),
        to_call=to_call,
        two_versions=two_versions,
    )


def _two_versions(
    plan: Plan, copy: Copy, readers: ReadersChosen, document: Document, conflict: OpenConflict
) -> TwoVersions:
    """A conflict as the readers of a copy may see it. The version put aside passes the same filter, as a plan of its
    own: what it says may be about somebody who must not be told although what stands is not."""
    there = other_version(plan, conflict)
    other = copy_for(there, readers, document.scope)
    checked_again(there, other, readers, document)
    here_on, there_on = items_of(copy.plan), items_of(other.plan)
    entries_on = {(ref.section, ref.entry) for ref in here_on | there_on}
    items = []
    for one in conflict.aside:
        ref = ItemRef(one.section, one.field, one.entry)
        if one.field == ENTRY_ITSELF:
            if (one.section, one.entry) in entries_on:
                items.append((ref, _state(plan, one.section, one.entry), one.item))
        elif ref in here_on or ref in there_on:
            standing = plan.item(one.section, one.field, one.entry) if ref in here_on else None
            items.append((ref, standing, one.item if ref in there_on else None))
    return TwoVersions(conflict.title, tuple(items))


def _state(plan: Plan, section: str, entry_id: str) -> Item | None:
    """The state of an entry as an item, for a page that has to say whether it stands."""
    entry = next((e for e in plan.all_entries(section) if e.id == entry_id), None)
    latest = max(entry.items.values(), key=lambda item: item.recorded_at, default=None) if entry else None
    return replace(latest, value=entry.state.value) if entry is not None and latest is not None else None


def _not_said(copy: Copy) -> frozenset[str]:
    """What was left out because of who may read it, by section and as "section.field"."""
    refs = [left.item for left in copy.left_out if left.reason is not Reason.OTHER_DOCUMENT]
    return frozenset(name for ref in refs for name in (ref.section, f"{ref.section}.{ref.field}"))


def _items(found: Iterable[Finding]) -> set[ItemRef]:
    return {item for finding in found for item in finding.items}


def items_of(plan: Plan) -> frozenset[ItemRef]:
    """Every item that a reduced plan holds."""
    return frozenset(ItemRef(section.key, key, entry.id) for section, entry, key, _item in plan.recorded())


def warnings_for(plan: Plan, document: Document, beside: Beside, words: Words, made_up: bool) -> tuple[str, ...]:
    """What stands in a frame at the head of every page and up its edge."""
    said = []
    if made_up:
        said.append(words("warnings.made_up"))
    if beside.died_on:
        day = display(plan.catalogue["death"]["died_on"], beside.died_on, document.audience, plan.links)
        said.append(words("warnings.died", day=words.day(day)))
    elif document.drafts_matter and plan.value("plan_control", "status") in (None, "draft"):
        said.append(words("warnings.draft"))
    if beside.two_versions:
        about = ", ".join(words.label(each.title) for each in beside.two_versions)
        said.append(words("warnings.two_versions", about=about))
    if beside.in_conflict - {ref for each in beside.two_versions for ref, _here, _there in each.items}:
        said.append(words("warnings.conflict"))
    if is_under_18(plan):
        said.append(words("warnings.under_18"))
    return tuple(said)


def checked_again(plan: Plan, copy: Copy, readers: ReadersChosen, document: Document) -> tuple[str, ...]:
    """Look at the finished copy with the rules K21 to K23, which know nothing of how it was put together.

    Returns what has to be looked for by eye. Raises PrintFailed when the copy shows what it must not: then the filter
    has a fault, and no paper is better than that paper. A copy for professionals has no reader among the contacts, and
    names those who must not be told so that they are not; what is kept back stays off it all the same.
    """
    held = document.scope.holder
    given_to = readers.contacts if held is Holder.FAMILY else ()
    planned = CopyPlanned(items_of(copy.plan), given_to, readers.said_yes if held is Holder.FAMILY else frozenset())
    rules = (k22,) if held is Holder.PROFESSIONALS else (k21, k22, k23)
    found = [finding for rule in rules for finding in rule(plan, planned)]
    if any(finding.severity is Severity.BLOCKS for finding in found):
        raise PrintFailed(
            "This copy would show something that somebody must not see.",
            "Nothing was printed.",
            "Please tell the people who look after this program; the record itself is safe.",
        )
    return tuple(finding.says for finding in found)
