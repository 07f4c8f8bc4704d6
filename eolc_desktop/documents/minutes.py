"""The minutes of a team meeting, for staff: who was there, and for each person what was decided and who does what."""

from __future__ import annotations

from dataclasses import dataclass

from eolc_desktop.documents.blocks import (
    Block,
    BulletList,
    Fact,
    Facts,
    Heading,
    KeepTogether,
    NoteBox,
    Paragraph,
    Span,
)
from eolc_desktop.documents.translations import ENGLISH, words_in


@dataclass(frozen=True, slots=True)
class MinutesPerson:
    """One person: two identifiers, how far it came, the stage agreed, what was said and decided, tasks given."""

    name: str
    born: str
    nhs_number: str
    state: str = ""
    stage: str = ""
    discussed: str = ""
    decided: str = ""
    tasks: tuple[str, ...] = ()
    left_out: bool = False
    """Whether words about them are left out at their own wish."""


@dataclass(frozen=True, slots=True)
class Minutes:
    """A meeting. Days in words."""

    title: str
    held_on: str
    attendees: str
    apologies: str
    next_on: str
    people: tuple[MinutesPerson, ...]


def minutes(of: Minutes) -> list[Block]:
    """The minutes on paper."""
    words = words_in(ENGLISH)
    title = words("minutes.title", day=of.held_on)
    head = tuple(
        Fact(words(f"minutes.{key}"), value or words("minutes.not_recorded"))
        for key, value in (("there", of.attendees), ("apologies", of.apologies), ("next", of.next_on))
    )
    blocks: list[Block] = [
        Heading(f"{title}: {of.title}" if of.title else title, 1),
        Facts(head),
        NoteBox("", (Paragraph(words("lists.private")),)),
    ]
    for number, person in enumerate(of.people, 1):
        blocks += _person(number, person)
    return blocks


def _person(number: int, person: MinutesPerson) -> list[Block]:
    words = words_in(ENGLISH)
    who = words("minutes.who", born=person.born, number=person.nhs_number)
    facts = tuple(
        Fact(words(f"minutes.{key}"), value)
        for key, value in (("stage", person.stage), ("discussed", person.discussed), ("decided", person.decided))
        if value
    )
    first: list[Block] = [Heading(f"{number}. {person.name}"), Paragraph(who, small=True)]
    first += [Paragraph(person.state)] if person.state else []
    first += [Paragraph(words("minutes.left_out"))] if person.left_out else []
    blocks: list[Block] = [KeepTogether(tuple(first))]
    blocks += [Facts(facts)] if facts else []
    if person.tasks:
        blocks += [Paragraph(Span(words("minutes.tasks"), bold=True)), BulletList(person.tasks)]
    return blocks
