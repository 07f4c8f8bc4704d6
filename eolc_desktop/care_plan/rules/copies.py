"""Rules about a copy that is about to be printed or sent: who would see what they must not see (K21 to K23).

They look at the finished list of items, after the copy was put together, so that a mistake in putting it together is
found before anything leaves the laptop.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from eolc_desktop.care_plan.plan import Entry, Plan
from eolc_desktop.care_plan.rules.finding import Finding, ItemRef, Severity, chosen, the_person, told

MUST_NOT_BE_TOLD = "must_not_be_told"
_WHERE_THEY_LIVE = frozenset(
    {"address", "postcode", "address_kind", "current_location", "current_location_since", "phone", "mobile", "email"}
)
# What gives a diagnosis or a prognosis away, by the numbers of the data dictionary, and what gives the CPR decision
# away. Care in the last days, Fast Track and the SR1 form say what to expect to anybody who knows what they are.
_DIAGNOSIS = ("D-09.1", "D-09.2")
_PROGNOSIS = ("D-09.4", "D-09.5", "D-09.6", "D-09.7", "D-09.10", "D-09.11", "D-13.4", "D-13.7", "D-15.1", "D-15.2")
_CPR = ("D-10.1", "D-10.2", "D-10.3", "D-10.4", "D-10.5", "D-10.6", "D-10.7")
_ALSO = {("plan_control", "rag"): "aware_prognosis", ("respect", "cpr_recommendation"): "aware_cpr"}


@dataclass(frozen=True, slots=True)
class CopyPlanned:
    """A copy that is about to leave: the contacts who will have it, and every item on it.

    `given_to` holds entry ids of `contacts`; empty means the person themself, in whose house anybody may read it.
    `confirmed` holds items that somebody said yes to at the preview, having read why they were asked (K23).
    """

    items: frozenset[ItemRef]
    given_to: tuple[str, ...] = ()
    confirmed: frozenset[ItemRef] = frozenset()


def k21(plan: Plan, copy: CopyPlanned) -> tuple[Finding, ...]:
    """A contact who must not be told is among those who would have the copy, or stands on it."""
    found: list[Finding] = []
    for contact in plan.entries("contacts"):
        if contact.value("involvement") != MUST_NOT_BE_TOLD:
            continue
        item = ItemRef("contacts", "involvement", contact.id)
        if contact.id in copy.given_to:
            says = (
                f"{contact.text('name') or 'This contact'} must not be told, and would have this copy. "
                f"{told(plan, 'contacts', 'involvement', contact.id)}."
            )
            found.append(Finding("K21", Severity.BLOCKS, says, (item,), the_person(plan)))
        on_it = tuple(sorted((ref for ref in copy.items if _names(plan, ref, contact)), key=_in_order))
        if on_it:
            says = (
                f"{contact.text('name') or 'Somebody'} must not be told, and this copy would show that they are among "
                f"the contacts. {told(plan, 'contacts', 'involvement', contact.id)}."
            )
            found.append(Finding("K21", Severity.BLOCKS, says, (item, *on_it), the_person(plan)))
    return tuple(found)


def _names(plan: Plan, ref: ItemRef, contact: Entry) -> bool:
    if ref.section == "contacts":
        return ref.entry == contact.id
    return plan.value(ref.section, ref.field, ref.entry) == contact.id


def k22(plan: Plan, copy: CopyPlanned) -> tuple[Finding, ...]:
    """Something that the person keeps back, from anyone, would be on the copy (SCCI1580 requirement 24).

    Kept back means that it does not leave at all (decision 7). What is kept back in words only cannot be found by the
    program: that is a warning to look for it.
    """
    found: list[Finding] = []
    for entry in plan.entries("kept_back"):
        names = set(chosen(plan, "kept_back", "what", entry.id))
        on_it = tuple(
            sorted((r for r in copy.items if r.section in names or f"{r.section}.{r.field}" in names), key=_in_order)
        )
        if on_it:
            says = f"This copy would show something that is kept back. {told(plan, 'kept_back', 'what', entry.id)}."
            items = (ItemRef("kept_back", "what", entry.id), *on_it)
            found.append(Finding("K22", Severity.BLOCKS, says, items, the_person(plan)))
        if entry.text("what_words"):
            says = (
                "Something is kept back that the program cannot find by itself: it has to be looked for on this copy. "
                f"{told(plan, 'kept_back', 'what_words', entry.id)}."
            )
            items = (ItemRef("kept_back", "what_words", entry.id),)
            found.append(Finding("K22", Severity.WARNING, says, items, the_person(plan)))
    return (*found, *_restricted_address(plan, copy))


def _restricted_address(plan: Plan, copy: CopyPlanned) -> Iterator[Finding]:
    if plan.value("person", "address_restricted") is not True:
        return
    on_it = tuple(
        sorted((r for r in copy.items if r.section == "person" and r.field in _WHERE_THEY_LIVE), key=_in_order)
    )
    if on_it:
        says = f"This copy would show a confidential address. {told(plan, 'person', 'address_restricted')}."
        items = (ItemRef("person", "address_restricted"), *on_it)
        yield Finding("K22", Severity.BLOCKS, says, items, the_person(plan))


def k23(plan: Plan, copy: CopyPlanned) -> tuple[Finding, ...]:
    """A diagnosis, a prognosis or the CPR decision would reach a reader who is recorded as not knowing of it.

    A copy given to nobody in particular lies in the house: everybody who may be told at all counts as its reader.
    """
    readers = [
        contact
        for contact in plan.entries("contacts")
        if contact.id in copy.given_to or (not copy.given_to and contact.value("involvement") != MUST_NOT_BE_TOLD)
    ]
    if not readers:
        return ()
    found: list[Finding] = []
    for awareness, what in (
        ("aware_diagnosis", "the diagnosis"),
        ("aware_prognosis", "what to expect"),
        ("aware_cpr", "the CPR decision"),
    ):
        on_it = tuple(
            sorted((r for r in copy.items - copy.confirmed if _gives_away(plan, r) == awareness), key=_in_order)
        )
        for contact in readers if on_it else ():
            if contact.value(awareness) == "not_aware":
                says = (
                    f"This copy would tell {contact.text('name') or 'a reader'} {what}, of which they are recorded as "
                    f"not knowing. {told(plan, 'contacts', awareness, contact.id)}."
                )
                items = (ItemRef("contacts", awareness, contact.id), *on_it)
                found.append(Finding("K23", Severity.BLOCKS, says, items, the_person(plan)))
    return tuple(found)


def _gives_away(plan: Plan, ref: ItemRef) -> str:
    """Which awareness an item would change: the key of the field in `contacts`, or ""."""
    field = plan.catalogue.field(ref.section, ref.field)
    if field is None:
        return ""
    if field.standard in _DIAGNOSIS:
        return "aware_diagnosis"
    if field.standard in _PROGNOSIS:
        return "aware_prognosis"
    return "aware_cpr" if field.standard in _CPR else _ALSO.get((ref.section, ref.field), "")


def _in_order(ref: ItemRef) -> tuple[str, str, str]:
    return ref.section, ref.entry, ref.field
