"""“Our commitment to you”: the six points, where each stands, and what the person says of it."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Audience, is_empty
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.care_plan.promises import COMMITMENTS, COMMITMENTS_HEADING, COMMITMENTS_LEAD, COMMITMENTS_SOURCE
from eolc_desktop.care_plan.words import display
from eolc_desktop.documents.blocks import Block, Fact, Heading, KeepTogether, OwnWords, Paragraph
from eolc_desktop.documents.sections import facts_blocks, is_own_words, known_when, said_when

FAMILY = Audience.FAMILY


def commitments_sheet(plan: Plan) -> list[Block]:
    """The six commitments, each with its wording, what was recorded of it, and the person's own verdict."""
    blocks: list[Block] = [
        Heading(COMMITMENTS_HEADING, 1),
        Paragraph(f"{plan.called}, this is what we promise you, and where each promise stands today."),
        Paragraph(COMMITMENTS_LEAD, small=True),
    ]
    section = plan.catalogue["commitments"]
    for commitment in COMMITMENTS:
        entry = plan.entry("commitments", commitment.id)
        head: list[Block] = [
            Heading(f"{commitment.number}. {commitment.title}"),
            Paragraph(f"… {commitment.wording}", small=True),
            Paragraph(commitment.plain),
        ]
        facts: list[Fact] = []
        words: list[Block] = []
        for field in section.fields:
            item = entry.items.get(field.key) if entry else None
            if item is None or is_empty(item.value):
                continue
            if is_own_words(field, item):
                words.append(OwnWords(str(item.value), said_when(plan, item)))
            else:
                facts.append(
                    Fact(field.name(FAMILY), display(field, item.value, FAMILY, plan.links), known_when(field, item))
                )
        if not facts:
            facts = [Fact("Where this stands", "Not yet recorded")]
        blocks += [KeepTogether((*head, *facts_blocks(facts))), *words]
    return [*blocks, Paragraph(COMMITMENTS_SOURCE, small=True)]
