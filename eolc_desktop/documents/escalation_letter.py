"""The letter that asks for help when the hours of a Fast Track have run out, or its receipt is not confirmed."""

from __future__ import annotations

from eolc_desktop.care_plan.fast_track_clock import SECTION, clock_of, headline, lines
from eolc_desktop.documents.blocks import Block, Heading, KeepTogether, Paragraph, WriteLines
from eolc_desktop.documents.material import Material
from eolc_desktop.documents.sections import section_blocks

_IN_THE_HEADER = ("family_name", "given_names", "title", "birth_date", "nhs_number")


def escalation_letter(m: Material) -> list[Block]:
    """To whom the form was sent, how the clock stands, what is recorded, and what is asked (National Framework for NHS
    Continuing Healthcare, 2022: a package preferably within 48 hours of receipt)."""
    entry = m.plan.entry(SECTION)
    values = entry.values if entry is not None else {}
    clock = clock_of(values, m.plan.as_of)
    blocks: list[Block] = [
        Heading(m.words("escalation.title"), 1),
        Paragraph(m.words("escalation.to")),
        Paragraph(m.words("escalation.about")),
        Paragraph(headline(clock)),
        *(Paragraph(line) for line in lines(clock) if not line.startswith("Next:")),
        Heading(m.words("escalation.asked_title")),
        Paragraph(m.words("escalation.asked")),
    ]
    for section in m.plan.catalogue:
        if not section.parent:
            blocks += section_blocks(m, section, skip=_IN_THE_HEADER if section.key == "person" else ())
    signing = tuple(WriteLines(m.words(f"fast_track.sign_{key}"), 1) for key in ("name", "signature", "date", "phone"))
    return [
        *blocks,
        KeepTogether((Heading(m.words("escalation.sign_title")), *signing)),
    ]
