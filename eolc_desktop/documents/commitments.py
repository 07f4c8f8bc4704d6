"""“Our commitment to you”: the six points, where each stands, and what the person says of it."""

from __future__ import annotations

from eolc_desktop.care_plan.promises import COMMITMENTS, COMMITMENTS_LEAD, COMMITMENTS_SOURCE
from eolc_desktop.documents.blocks import Block, Fact, Heading, KeepTogether, Paragraph
from eolc_desktop.documents.family_plan import died_words
from eolc_desktop.documents.material import Material
from eolc_desktop.documents.sections import fact, facts_blocks, quoted, recorded, said


def commitments_sheet(m: Material) -> list[Block]:
    """The six commitments, each with its wording, what was recorded of it, and the person's own verdict."""
    lead = (
        m.words("commitments.lead_died", called=m.plan.called, day=died_words(m))
        if m.died
        else m.words("commitments.lead", called=m.plan.called)
    )
    blocks: list[Block] = [
        Heading(m.words("commitments.title"), 1),
        Paragraph(lead),
        Paragraph(m.words.label(COMMITMENTS_LEAD), small=True),
    ]
    section = m.plan.catalogue["commitments"]
    for commitment in COMMITMENTS:
        entry = m.plan.entry("commitments", commitment.id)
        facts: list[Fact] = []
        words: list[Block] = []
        if entry is not None:
            pairs = recorded(entry, section)
            words = [quoted(said(m, section, entry, f, i)) for f, i in pairs if m.is_own_words(f, i)]
            facts = [fact(m, section, entry, f, i) for f, i in pairs if not m.is_own_words(f, i)]
        if not facts:
            facts = [Fact(m.words("commitments.where"), m.words("commitments.not_yet"))]
        head: list[Block] = [
            Heading(f"{commitment.number}. {m.words.label(commitment.title)}"),
            Paragraph(f"… {m.words.label(commitment.wording)}", small=True),
            Paragraph(m.words.label(commitment.plain)),
        ]
        blocks += [KeepTogether((*head, *facts_blocks(m, facts))), *words]
    return [*blocks, Paragraph(m.words.label(COMMITMENTS_SOURCE), small=True)]
