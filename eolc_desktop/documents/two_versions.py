"""At the head of a document: what two people recorded differently and nobody has settled, in both versions."""

from __future__ import annotations

from eolc_desktop.care_plan.dates import day_words, today
from eolc_desktop.care_plan.fields import MAIN, is_empty
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, EntryState, Item
from eolc_desktop.care_plan.rules.finding import ItemRef
from eolc_desktop.documents.blocks import Block, Heading, NoteBox, Paragraph, Span
from eolc_desktop.documents.material import Material


def two_versions(m: Material) -> list[Block]:
    """One frame for everything that is in conflict; nothing where nothing is. No version is put before the other as the
    right one: the page says that somebody has to be asked."""
    if not m.beside.two_versions:
        return []
    body: list[Block] = [Paragraph(m.words("two_versions.intro"))]
    for conflict in m.beside.two_versions:
        body.append(Heading(m.words.label(conflict.title), 3))
        for ref, standing, other in conflict.items:
            one, two = _said(m, ref, standing), _said(m, ref, other)
            body.append(
                Paragraph((Span(f"{_label(m, ref)}: ", bold=True), m.words("two_versions.both", one=one, two=two)))
            )
    return [NoteBox(m.words("two_versions.title"), tuple(body), thick=True)]


def _said(m: Material, ref: ItemRef, item: Item | None) -> str:
    if item is None or (is_empty(item.value) and ref.field != ENTRY_ITSELF):
        return m.words("two_versions.nothing")
    field = m.plan.catalogue.field(ref.section, ref.field)
    if ref.field == ENTRY_ITSELF:
        words = EntryState(str(item.value)).words if item.value in set(EntryState) else str(item.value)
    else:
        words = m.value(field, item.value) if field is not None else str(item.value)
    day = m.words.day(day_words(today(item.last_known_at), m.audience))
    by = item.confirmed_by if item.confirmed_at is not None else item.recorded_by
    who = by.name if by is not None else ""
    return m.words("two_versions.said" if who else "two_versions.said_by_nobody", words=words, who=who, day=day)


def _label(m: Material, ref: ItemRef) -> str:
    section = m.plan.catalogue[ref.section]
    field = section.find(ref.field)
    name = m.label(field) if field is not None else m.words("two_versions.itself")
    if ref.entry == MAIN:
        return name
    fixed = section.fixed(ref.entry)
    titled = m.words.label(fixed.title) if fixed is not None else m.plan.links.get(ref.entry, "")
    return f"{titled or m.heading(section)}, {name}"
