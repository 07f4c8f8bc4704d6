"""Sheets for those who care: the evidence for Fast Track, the medicines and home sheet, and the blank capture sheet."""

from __future__ import annotations

from collections.abc import Sequence

from eolc_desktop.care_plan.fields import Field, Kind, Need, Section
from eolc_desktop.documents.blocks import (
    Block,
    Heading,
    KeepTogether,
    Paragraph,
    Span,
    TableBlock,
    Tick,
    TickList,
    WriteLines,
)
from eolc_desktop.documents.calls import call_first
from eolc_desktop.documents.material import Material
from eolc_desktop.documents.sections import section_blocks

_IN_THE_HEADER = ("family_name", "given_names", "title", "birth_date", "nhs_number")

_EVIDENCE_ORDER = (
    "person", "contacts", "attorneys", "capacity", "conveyance", "places", "place_needs", "carer", "key_people",
    "care_team",
)  # fmt: skip
_ASKED = {
    "diagnosis": ("diagnosis", "primary"),
    "decline": ("fast_track", "reasons"),
    "needs": ("fast_track", "needs_now"),
    "met": ("fast_track", "package"),
    "expected": ("fast_track", "needs_expected"),
}
"""What the tool asks for, and the item that answers it: there is room to write what is not recorded."""


def fast_track(m: Material) -> list[Block]:
    """What the Fast Track Pathway Tool asks for, from what is recorded; what is missing has room to be written.

    It goes with the tool and does not replace it (gov.uk, NHS continuing healthcare fast-track pathway tool).
    """
    blocks: list[Block] = [Heading(m.words("fast_track.title"), 1), Paragraph(m.words("fast_track.lead"))]
    late = set(_EVIDENCE_ORDER[1:])
    for section in m.plan.catalogue:  # the illness and what is needed come before the people
        if section.key not in late and not section.parent:
            blocks += section_blocks(m, section, skip=_IN_THE_HEADER if section.key == "person" else ())
    for key in _EVIDENCE_ORDER[1:]:
        if key in m.plan.catalogue:
            blocks += section_blocks(m, m.plan.catalogue[key])
    missing = [key for key, (section_key, field) in _ASKED.items() if not m.shown(section_key, field)]
    if missing:
        blocks += [Heading(m.words("fast_track.by_hand_title")), Paragraph(m.words("fast_track.by_hand"))]
        blocks += [WriteLines(m.words(f"fast_track.ask_{key}"), 3) for key in missing]
    signing = tuple(WriteLines(m.words(f"fast_track.sign_{key}"), 1) for key in ("name", "signature", "date", "phone"))
    return [
        *blocks,
        KeepTogether((Heading(m.words("fast_track.sign_title")), Paragraph(m.words("fast_track.sign")), *signing)),
    ]


def home_sheet(m: Material) -> list[Block]:
    """The medicines and equipment in the house, where they are, whom to call; and a table for who checked them."""
    blocks: list[Block] = [Heading(m.words("home_sheet.title"), 1), Paragraph(m.words("home_sheet.lead"))]
    blocks += [] if m.died else call_first(m)
    shown = {"who_to_call"}
    found = False
    for section in m.plan.catalogue:
        if section.key not in shown and not section.parent:
            body = section_blocks(m, section, skip=_IN_THE_HEADER if section.key == "person" else ())
            found = found or bool(body)
            blocks += body
    if not found:
        blocks.append(Paragraph(m.words("home_sheet.nothing")))
    head = tuple(m.words(f"home_sheet.column_{key}") for key in ("date", "what", "count", "who"))
    rows = tuple(("\n", "", "", "") for _ in range(6))
    return [*blocks, TableBlock(head, rows, (2, 4, 2, 3), m.words("home_sheet.checked"), row_heads=False)]


_CAPTURED = (
    "communication_needs", "consent", "about_me", "places", "cpr", "allergies", "allergy", "contacts",
    "carer", "who_to_call", "key_people", "next_steps", "next_contacts",
)  # fmt: skip
_TICKED = (Kind.CHOICE, Kind.CHOICES)
_MOST_BOXES = 12


def capture_sheet(m: Material) -> list[Block]:
    """An empty sheet for the kitchen table: the same questions under the same names as on the screen."""
    blocks: list[Block] = [Heading(m.words("capture.title"), 1), Paragraph(m.words("capture.lead"))]
    blocks += [WriteLines(m.words(f"capture.{key}"), 1) for key in ("when", "who")]
    for key in _CAPTURED:
        if key in m.plan.catalogue:
            section = m.plan.catalogue[key]
            rows = _asked(m, section)
            blocks += [Heading(m.words.label(section.title)), *rows] if rows else []
    return [*blocks, KeepTogether((Heading(m.words("capture.more")), WriteLines(m.words("capture.anything"), 6)))]


def _asked(m: Material, section: Section) -> list[Block]:
    return [block for field in section.fields for block in _question(m, field)]


def _question(m: Material, field: Field) -> Sequence[Block]:
    if field.retired or field.sensitive or field.need is Need.OPTIONAL or field.show_when is not None:
        return ()
    label = field.prompt or m.words.label(field.label)
    note = m.words.label(field.label) if field.prompt else ""
    options = tuple(option.label for option in field.options if not option.retired)
    if field.kind is Kind.YES_NO:
        options = ("Yes", "No")
    if options and len(options) <= _MOST_BOXES:
        longest = max(len(option) for option in options)
        across = 3 if longest <= 22 else 2 if longest <= 38 else 1
        boxes = TickList(tuple(Tick(m.words.label(option)) for option in options), across)
        return (KeepTogether((Paragraph(Span(label, bold=True)), boxes)),)
    return (WriteLines(label, 3 if field.kind is Kind.LONG_TEXT else 1, note if field.kind is Kind.LONG_TEXT else ""),)
