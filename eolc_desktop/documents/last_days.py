"""“The last days, and after”: for the family, what was planned, and what happens when somebody dies."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Section
from eolc_desktop.documents.blocks import Block, BulletList, Heading, KeepTogether, Paragraph
from eolc_desktop.documents.calls import call_first
from eolc_desktop.documents.family_plan import died_words, key_people
from eolc_desktop.documents.material import Material
from eolc_desktop.documents.sections import brief, bullets, recorded, section_blocks, title_fields

_PEOPLE = ("contacts", "key_people")
_PAPERS = ("cpr", "respect")
_STEPS = 6


def last_days(m: Material) -> list[Block]:
    """Whom to call, what was planned, what happens after a death at home, and what the person wished for then."""
    blocks: list[Block] = [Heading(m.words("last_days.title"), 1), Paragraph(_opening(m))]
    blocks += [] if m.died else [*call_first(m), *_if_it_happens(m)]
    shown = {"who_to_call", "person", *_PEOPLE, *_PAPERS}
    for section in m.plan.catalogue:
        if section.key not in shown and not section.parent:
            blocks += _planned(m, section)
    papers = [block for key in _PAPERS for block in brief(m, key)]
    blocks += [Heading(m.words("last_days.papers")), *papers] if papers else []
    people = [*bullets(m, "contacts", ("name", "relationship")), *key_people(m)]
    blocks += [Heading(m.words("last_days.people")), *people] if people else []
    return [*blocks, *_afterwards(m)]


def _opening(m: Material) -> str:
    if m.died:
        return m.words("last_days.opening_died", called=m.plan.called, day=died_words(m))
    return m.words("last_days.opening", called=m.plan.called)


def _if_it_happens(m: Material) -> list[Block]:
    lines = tuple(m.words(f"last_days.now_{number}", called=m.plan.called) for number in range(1, 5))
    return [KeepTogether((Heading(m.words("last_days.now_title", called=m.plan.called)), BulletList(lines)))]


def _planned(m: Material, section: Section) -> list[Block]:
    lead = title_fields(section)
    if section.repeats and lead and not m.plan.catalogue.children_of(section.key):
        lines = bullets(m, section.key, lead)
        return [Heading(m.heading(section)), *lines] if lines else []
    if not section.repeats and (entry := m.plan.entry(section.key)) and len(recorded(entry, section)) <= 2:
        body = brief(m, section.key)
        return [Heading(m.heading(section)), *body] if body else []
    return section_blocks(m, section)


def _afterwards(m: Material) -> list[Block]:
    lines = tuple(m.words(f"last_days.after_{number}") for number in range(1, _STEPS + 1))
    head: tuple[Block, ...] = (Heading(m.words("last_days.after_title")), Paragraph(m.words("last_days.after_lead")))
    return [*head, BulletList(lines), Paragraph(m.words("last_days.local"), small=True)]
