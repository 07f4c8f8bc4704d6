"""“My agreement with my care team”: the seven questions of the patient compact, answered in the person's own words."""

from __future__ import annotations

from eolc_desktop.care_plan.dates import date_words
from eolc_desktop.care_plan.plan import Entry
from eolc_desktop.care_plan.promises import QUESTIONS, Question
from eolc_desktop.documents.blocks import (
    Block,
    Fact,
    Facts,
    Heading,
    KeepTogether,
    OwnWords,
    Paragraph,
    Tick,
    TickList,
    WriteLines,
)
from eolc_desktop.documents.material import Material
from eolc_desktop.documents.sections import recorded, said, section_blocks

_BY_HAND = ("yes", "partly", "no", "rather_not")


def compact_sheet(m: Material) -> list[Block]:
    """The latest occasion on which the questions were asked; boxes to be ticked by hand when they never were."""
    blocks: list[Block] = [Heading(m.words("compact.title"), 1)]
    occasions = sorted(m.entries("compact"), key=lambda entry: entry.text("asked_on"))
    if not occasions:
        if m.died:
            return [*blocks, Paragraph(m.words("compact.never_died"))]
        first = Paragraph(m.words("compact.never", called=m.plan.called))
        return [*blocks, first, *(_by_hand(m, question) for question in QUESTIONS)]
    latest = occasions[-1]
    if asked := _asked(m, latest):
        blocks.append(Paragraph(asked))
    for question in QUESTIONS:
        blocks += _answered(m, latest, question)
        if question.number == 5:
            blocks += section_blocks(m, m.plan.catalogue["next_steps"], level=3)
        if question.number == 6:
            blocks += section_blocks(m, m.plan.catalogue["next_contacts"], level=3)
    return blocks


def _asked(m: Material, entry: Entry) -> str:
    day = entry.text("asked_on")
    answered = m.shown("compact", "answered_by", entry.id)
    by = m.words("compact.answered_by", who=answered) if answered else ""
    if not day:
        return by
    return " ".join(
        part for part in (m.words("compact.asked", day=m.words.day(date_words(day, m.audience))), by) if part
    )


def _title(m: Material, question: Question) -> str:
    return f"{question.number}. {m.words.label(question.plain)}"


def _by_hand(m: Material, question: Question) -> Block:
    boxes = tuple(Tick(m.words(f"compact.{key}")) for key in _BY_HAND)
    return KeepTogether((Heading(_title(m, question)), TickList(boxes), WriteLines(m.words("compact.own_words"), 2)))


def _answered(m: Material, entry: Entry, question: Question) -> list[Block]:
    section = m.plan.catalogue["compact"]
    head: list[Block] = [
        Heading(_title(m, question)),
        Paragraph(m.words.label(question.wording), small=True),
    ]
    facts: list[Fact] = []
    spoken: list[Block] = []
    for field, item in recorded(entry, section):
        if field.key != question.key and not field.key.startswith(f"{question.key}_"):
            continue
        if m.is_own_words(field, item):
            words = said(m, section, entry, field, item)
            if any(field.key == key for key, _title_of_part in question.parts):
                spoken.append(Heading(words.label, 3))
            spoken.append(OwnWords(words.words, words.who_when, words.language))
        else:
            label = m.words("compact.answer") if field.key == question.key else m.label(field)
            facts.append(Fact(label, m.value(field, item.value)))
    if question.key not in entry.items:
        facts.insert(0, Fact(m.words("compact.answer"), m.words("compact.not_asked")))
    return [KeepTogether((*head, Facts(tuple(facts)))), *spoken]
