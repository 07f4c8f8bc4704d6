"""“My plan for care”: the copy that stays in the house, for the person and whoever they choose to show it to."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Audience, Part, is_empty
from eolc_desktop.care_plan.plan import Entry, Plan
from eolc_desktop.care_plan.words import display
from eolc_desktop.documents.blocks import (
    Block,
    CallEntry,
    CallFirst,
    Heading,
    KeepTogether,
    NoteBox,
    Paragraph,
)
from eolc_desktop.documents.sections import section_blocks

TITLE = "My plan for care"

# The order in which a family looks for things at night (ux.md §9.1): whom to ring, what matters, what if, where, next.
_IN_ORDER = (
    ("about_me", "goals"),
    (
        "escalation",
        "conveyance",
        "cpr",
        "respect",
        "advance_refusal",
        "attorneys",
        "other_legal",
        "allergies",
        "allergy",
    ),
    ("places", "place_needs"),
    ("next_steps", "next_contacts"),
    ("contacts", "carer", "key_people", "care_team", "call_card", "household"),
)
_ON_SHEETS_OF_THEIR_OWN = frozenset({"commitments", "commitment_evidence", "compact"})
_SHOWN_FIRST = frozenset({"who_to_call"})


def family_plan(plan: Plan) -> list[Block]:
    """The plan as its blocks, from a snapshot that holds only what may be printed (`copies.family_copy`)."""
    blocks: list[Block] = [Heading(TITLE, 1), Paragraph(_opening(plan)), *_who_to_call(plan)]
    shown = set(_ON_SHEETS_OF_THEIR_OWN | _SHOWN_FIRST)
    for group in _IN_ORDER:
        for key in group:
            shown.add(key)
            if key in plan.catalogue:
                blocks += section_blocks(plan, plan.catalogue[key])
    # What is left in the catalogue, the person's own details and an organisation's own forms, so that nothing that
    # may stand on this copy is lost because nobody thought of its place.
    for section in plan.catalogue:
        if section.key not in shown and section.part is not Part.AFTER_DEATH:
            blocks += section_blocks(plan, section, skip=_IN_THE_HEADER if section.key == "person" else ())
    return [*blocks, *_closing(plan)]


_IN_THE_HEADER = ("family_name", "given_names", "title", "birth_date", "nhs_number")
"""What the head of every page says already."""


def _opening(plan: Plan) -> str:
    return (
        f"This plan belongs to {plan.called}. It says what matters to them, what has been recorded, and whom to ring. "
        "Please keep it where it can be found, and show it to anyone who comes to help."
    )


def _who_to_call(plan: Plan) -> list[Block]:
    rows = [entry for entry in plan.entries("who_to_call") if entry.text("first_call_phone")]
    if rows:
        return [CallFirst("Who to call", tuple(_call(plan, row) for row in rows)), *_without_number(plan)]
    worker, phone = plan.text("key_people", "key_worker_name"), plan.text("key_people", "key_worker_phone")
    if phone:
        return [CallFirst("Who to call", (CallEntry(worker or "Key worker", phone),)), *_without_number(plan)]
    return [
        NoteBox(
            "Who to call",
            (Paragraph("No telephone numbers have been written down yet. Please ask your nurse to add them here:"),
             Paragraph("\n\n")),
            thick=True,
        ),
        *_without_number(plan),
    ]  # fmt: skip


def _without_number(plan: Plan) -> list[Block]:
    """Rows of the card that have no number yet: they are still said, and in full."""
    if "who_to_call" not in plan.catalogue:
        return []
    rows = tuple(entry for entry in plan.entries("who_to_call") if not entry.text("first_call_phone"))
    if not rows:
        return []
    from_these = Plan(plan.person_id, plan.catalogue, {"who_to_call": rows}, plan.version, plan.as_of)
    return section_blocks(from_these, plan.catalogue["who_to_call"])


def _call(plan: Plan, row: Entry) -> CallEntry:
    section = plan.catalogue["who_to_call"]

    def words(key: str) -> str:
        field, value = section.find(key), row.value(key)
        return "" if field is None or is_empty(value) else display(field, value, Audience.FAMILY, plan.links)

    when = " ".join(part for part in (words("when"), _between(words("hours_from"), words("hours_to"))) if part)
    then = ", ".join(part for part in (words("if_no_answer_name"), words("if_no_answer_phone")) if part)
    told = {"situation", "when", "hours_from", "hours_to", "first_call_name", "first_call_phone"}
    told |= {"if_no_answer_name", "if_no_answer_phone"}
    more = [f"{f.name(Audience.FAMILY)}: {words(f.key)}" for f in section.fields if f.key not in told and words(f.key)]
    note = " ".join(([f"If there is no answer: {then}."] if then else []) + [f"{line}." for line in more])
    who = ": ".join(part for part in (words("situation"), words("first_call_name")) if part)
    return CallEntry(who or "Call", row.text("first_call_phone"), when, note)


def _between(start: str, end: str) -> str:
    return f"from {start} to {end}" if start and end else start or end


def _closing(plan: Plan) -> list[Block]:
    return [
        KeepTogether(
            (
                Heading("Changing this plan"),
                Paragraph(
                    f"{plan.called} can change this plan at any time. Tell any nurse or doctor, or ring a number on "
                    "the first page. When something changes you will be given a new copy; please give the old one back."
                ),
                Paragraph(
                    "What we promise, and the questions we go through together, are on pages of their own: "
                    "“Our commitment to you” and “My agreement with my care team”."
                ),
            )
        )
    ]
