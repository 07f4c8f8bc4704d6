"""“My agreement with my care team”: the seven questions of the patient compact, answered in the person's own words."""

from __future__ import annotations

from eolc_desktop.care_plan.dates import date_words
from eolc_desktop.care_plan.fields import Audience, is_empty
from eolc_desktop.care_plan.plan import Entry, Plan
from eolc_desktop.care_plan.promises import QUESTIONS, Question
from eolc_desktop.care_plan.words import display
from eolc_desktop.documents.blocks import Block, Fact, Facts, Heading, KeepTogether, OwnWords, Paragraph, Tick, TickList
from eolc_desktop.documents.sections import is_own_words, said_when, section_blocks

FAMILY = Audience.FAMILY
_TITLE = "My agreement with my care team"


def compact_sheet(plan: Plan) -> list[Block]:
    """The latest occasion on which the questions were asked; boxes to be ticked by hand when they never were."""
    blocks: list[Block] = [Heading(_TITLE, 1)]
    occasions = sorted(plan.entries("compact"), key=lambda entry: entry.text("asked_on"))
    if not occasions:
        return [*blocks, Paragraph(_never_asked(plan)), *(_by_hand(question) for question in QUESTIONS)]
    latest = occasions[-1]
    if asked := _asked(plan, latest):
        blocks.append(Paragraph(asked))
    for question in QUESTIONS:
        blocks += _answered(plan, latest, question)
        if question.number == 5:
            blocks += section_blocks(plan, plan.catalogue["next_steps"], level=3)
        if question.number == 6:
            blocks += section_blocks(plan, plan.catalogue["next_contacts"], level=3)
    return blocks


def _never_asked(plan: Plan) -> str:
    return (
        f"{plan.called}, these are seven questions to go through together. Nobody has to answer them. "
        "They have not been written down yet: you can tick and write here, and your nurse will copy it into your plan."
    )


def _asked(plan: Plan, entry: Entry) -> str:
    day = entry.text("asked_on")
    section = plan.catalogue["compact"]
    by = entry.value("answered_by")
    answered = "" if is_empty(by) else f" Answered by: {display(section['answered_by'], by, FAMILY, plan.links)}."
    return f"We went through these questions on {date_words(day, FAMILY)}.{answered}" if day else answered.strip()


def _by_hand(question: Question) -> Block:
    boxes = tuple(Tick(words) for words in ("Yes", "Partly", "No", "I would rather not say"))
    return KeepTogether(
        (Heading(f"{question.number}. {question.plain}"), TickList(boxes), Paragraph("In my own words:\n\n"))
    )


def _answered(plan: Plan, entry: Entry, question: Question) -> list[Block]:
    section = plan.catalogue["compact"]
    head: list[Block] = [Heading(f"{question.number}. {question.plain}"), Paragraph(question.wording, small=True)]
    facts: list[Fact] = []
    spoken: list[Block] = []
    for field in section.fields:
        item = entry.items.get(field.key)
        mine = field.key == question.key or field.key.startswith(f"{question.key}_")
        if not mine or item is None or is_empty(item.value):
            continue
        if is_own_words(field, item):
            if any(field.key == key for key, _title in question.parts):
                spoken.append(Heading(field.name(FAMILY), 3))
            spoken.append(OwnWords(str(item.value), said_when(plan, item)))
        else:
            label = "Answer" if field.key == question.key else field.name(FAMILY)
            facts.append(Fact(label, display(field, item.value, FAMILY, plan.links)))
    if question.key not in entry.items:
        facts.insert(0, Fact("Answer", "Not asked"))
    return [KeepTogether((*head, Facts(tuple(facts)))), *spoken]
