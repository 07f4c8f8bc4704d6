"""Any section of the plan as blocks for a page: each value whole, once, with who said it and when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from eolc_desktop.care_plan.fields import MAIN, Authorship, Field, Kind, Section, absence_of, is_empty
from eolc_desktop.care_plan.plan import Entry, Item
from eolc_desktop.documents.blocks import (
    Block,
    BulletList,
    Fact,
    Facts,
    Heading,
    OwnWords,
    OwnWordsGroup,
    Paragraph,
    Said,
    Span,
    Text,
)
from eolc_desktop.documents.material import Material
from eolc_desktop.documents.scripts import language_of
from eolc_desktop.documents.text import plain

_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-Z0-9])")
_LONGEST_VALUE = 400
"""Letters of a value up to which an entry reads well as one paragraph."""


def section_blocks(m: Material, section: Section, level: int = 2, skip: Iterable[str] = ()) -> list[Block]:
    """A section with its heading, or nothing when the copy holds nothing of it. `skip` names fields shown elsewhere."""
    body = section_body(m, section, level, skip)
    return [Heading(m.heading(section), level), *body] if body else []


def section_body(m: Material, section: Section, level: int = 2, skip: Iterable[str] = ()) -> list[Block]:
    """A section without its heading."""
    body: list[Block] = []
    entries = m.entries(section.key)
    titled_by = title_fields(section)
    for number, entry in enumerate(entries, 1):
        blocks = entry_blocks(m, section, entry, skip={*skip, *titled_by})
        for child in m.plan.catalogue.children_of(section.key):
            for child_entry in m.plan.entries(child.key, parent=entry.id):
                blocks += _child(m, child, child_entry, level + 1)
        if titled_by or section.fixed_entries:
            title = m.title(section, entry)
            body += _in_one_paragraph(title, blocks) or [Heading(title, level + 1), *blocks]
        elif blocks and len(entries) > 1:
            body += [Heading(f"{m.words.label(section.entry_name.capitalize())} {number}", level + 1), *blocks]
        else:
            body += blocks
    return body


def _child(m: Material, section: Section, entry: Entry, level: int) -> list[Block]:
    """An entry that belongs to another, with those that belong to it in turn."""
    titled_by = title_fields(section)
    blocks = entry_blocks(m, section, entry, skip=titled_by)
    for child in m.plan.catalogue.children_of(section.key):
        for child_entry in m.plan.entries(child.key, parent=entry.id):
            blocks += _child(m, child, child_entry, min(level + 1, 3))
    if not titled_by:
        return blocks
    title = m.title(section, entry)
    return _in_one_paragraph(title, blocks) or [Heading(title, min(level, 3)), *blocks]


def _in_one_paragraph(title: str, blocks: Sequence[Block]) -> list[Block]:
    """An entry of short facts as one paragraph that begins with its name; nothing where it holds longer things.

    A list of people or of things to arrange, with a label above each value, fills pages of large print nobody reads.
    """
    facts = [fact for block in blocks if isinstance(block, Facts) for fact in block.rows]
    notes = [block.text for block in blocks if isinstance(block, Paragraph)]
    if len(facts) + len(notes) < sum(len(b.rows) if isinstance(b, Facts) else 1 for b in blocks):
        return []
    if any(len(plain(each.value)) > _LONGEST_VALUE for each in facts):
        return []
    parts: list[str | Span] = [Span(title, bold=True), "\n" if facts else ""]
    for each in facts:
        value = plain(each.value)
        parts += [f"{plain(each.label)}: ", said_value(value), "" if value[-1:] in ".!?" else ".", " "]
    dated = _once(plain(note) for note in (*notes, *(each.note for each in facts)))
    parts += [f"({dated})"] if dated else []
    return [Paragraph(tuple(part for part in parts if part))]


def _once(notes: Iterable[str]) -> str:
    """Notes in one line, each sentence of them once."""
    return " ".join(dict.fromkeys(part for note in notes if note for part in _SENTENCE.split(note)))


def is_number(value: Text) -> bool:
    """Whether a value is a telephone number, which stands out and is never broken over two lines."""
    return isinstance(value, str) and len(value) < 30 and sum(sign.isdigit() for sign in value) > 6


def said_value(value: str) -> str | Span:
    """A value inside running words: a telephone number bold and on one line."""
    return Span(value, bold=True, keep=True) if is_number(value) else value


def title_fields(section: Section) -> tuple[str, ...]:
    """The fields that head an entry, and so need not be said again; none where the person's own words would head it."""
    if not section.repeats or any(section[key].authorship is Authorship.VOICE for key in section.entry_title):
        return ()
    return section.entry_title


def recorded(entry: Entry, section: Section, skip: Iterable[str] = ()) -> list[tuple[Field, Item]]:
    """What an entry holds on this copy, in the order of the form."""
    skipped = set(skip)
    found = ((field, entry.items.get(field.key)) for field in section.fields if field.key not in skipped)
    return [(field, item) for field, item in found if item is not None and not is_empty(item.value)]


def entry_blocks(m: Material, section: Section, entry: Entry, skip: Iterable[str] = ()) -> list[Block]:
    """The values of one entry: the person's own words as such, everything else as facts in the order of the form."""
    blocks: list[Block] = []
    facts: list[Fact] = []
    spoken: list[Said] = []
    for field, item in recorded(entry, section, skip):
        if m.is_own_words(field, item):
            blocks += facts_blocks(m, facts)
            facts = []
            spoken.append(said(m, section, entry, field, item))
        else:
            blocks += own_words(spoken)
            spoken = []
            facts.append(fact(m, section, entry, field, item))
    return [*blocks, *own_words(spoken), *facts_blocks(m, facts)]


def fact(m: Material, section: Section, entry: Entry, field: Field, item: Item) -> Fact:
    """One value with its label, and under it when it was recorded."""
    value = m.value(field, item.value)
    shown = said_value(value) if field.kind is Kind.PHONE else value
    return Fact(m.label(field), shown, m.note(section, entry, field, item))


def said(m: Material, section: Section, entry: Entry, field: Field, item: Item) -> Said:
    """What the person said in answer to one question."""
    words = str(item.value)
    return Said(m.label(field), words, m.said_when(section, entry, field, item), language_of(words))


def own_words(spoken: Sequence[Said]) -> list[Block]:
    """Statements one after another, with who said them and when once where it is the same for several in a row."""
    blocks: list[Block] = []
    run: list[Said] = []
    for each in spoken:
        if run and run[0].who_when != each.who_when:
            blocks.append(OwnWordsGroup(tuple(run), run[0].who_when))
            run = []
        run.append(each)
    return [*blocks, OwnWordsGroup(tuple(run), run[0].who_when)] if run else blocks


def quoted(said_words: Said) -> Block:
    """One statement without its label, where a heading has said what it answers."""
    return OwnWords(said_words.words, said_words.who_when, said_words.language)


def facts_blocks(m: Material, facts: Sequence[Fact], *, inline: bool = False) -> list[Block]:
    """Facts, with when they were recorded said once for all that agree, and beside those that differ."""
    if not facts:
        return []
    inline = inline or not m.family
    counted = Counter(plain(each.note) for each in facts if plain(each.note))
    usual, count = counted.most_common(1)[0] if counted else ("", 0)
    if count < 2:
        return [Facts(tuple(facts), inline)]
    rest = tuple(replace(each, note="") if plain(each.note) == usual else each for each in facts)
    said_once = usual if count == len(facts) else m.words("marks.unless", note=usual)
    return [Facts(rest, inline), Paragraph(said_once, small=True)]


# The same in few words, for the pages a family reads at night


def bullet(m: Material, section: Section, entry: Entry, lead: Sequence[str], skip: Iterable[str] = ()) -> Text:
    """An entry as one line of a list: the `lead` fields in bold, the rest after them, numbers standing out.

    A yes is said by its label alone. When it was recorded stands at the end, once.
    """
    pairs = recorded(entry, section, skip)
    heads = [one_line(m.value(field, item.value)) for field, item in pairs if field.key in lead]
    parts: list[str | Span] = [Span(", ".join(heads), bold=True)] if heads else []
    for field, item in pairs:
        if field.key not in lead:
            parts += [_stop(parts), *_said_briefly(m, section, field, item)]
    parts.append(_stop(parts).rstrip())
    dated = _once(m.note(section, entry, field, item) for field, item in pairs)
    return tuple(part for part in (*parts, f" ({dated})" if dated else "") if part)


def one_line(words: str) -> str:
    """Words typed on several lines (an address) on one."""
    return ", ".join(part.strip().rstrip(",") for part in words.splitlines() if part.strip())


def _stop(parts: Sequence[str | Span]) -> str:
    """What ends the sentence that has been written so far."""
    words = plain(tuple(parts)).rstrip("”")
    return "" if not words else " " if words[-1] in ".!?" else ". "


# Choices whose words say what they are about: every other choice is printed with its label, for "Care home" alone
# does not say whether the home may see the plan or must not.
_SPEAK_FOR_THEMSELVES = frozenset(
    {
        "contacts.roles", "care_team.group", "place_needs.state", "next_steps.state", "next_contacts.how",
        "next_contacts.state", "consent.to_share", "plan_control.agreed", "person.interpreter",
        "carer.has_carer", "other_legal.advance_statement", "advance_refusal.exists", "conveyance.to_hospital",
        "allergies.status", "escalation.words", "attorneys.authority",
    }
)  # fmt: skip


def _said_briefly(m: Material, section: Section, field: Field, item: Item) -> list[str | Span]:
    value = m.value(field, item.value)
    if absence_of(item.value) is None:
        if field.kind is Kind.YES_NO and item.value is True:
            return [m.label(field)]
        if f"{section.key}.{field.key}" in _SPEAK_FOR_THEMSELVES:
            return [value]
        if m.is_own_words(field, item):
            return [_label(m, field), f"“{value}”"]
        if field.kind is Kind.PHONE:
            return [f"{m.label(field)} ", said_value(value)]
    return [_label(m, field), said_value(one_line(value))]


def _label(m: Material, field: Field) -> str | Span:
    """The label of a value in running words; it stands out where staff look for it."""
    return f"{m.label(field)}: " if m.family else Span(f"{m.label(field)}: ", bold=True)


def bullets(m: Material, key: str, lead: Sequence[str], skip: Iterable[str] = ()) -> list[Block]:
    """The entries of a section as a list of lines, each with what belongs to it; nothing when there are none."""
    if key not in m.plan.catalogue:
        return []
    section = m.plan.catalogue[key]
    lines = [bullet(m, section, entry, lead, skip) for entry in m.entries(key)]
    return [BulletList(tuple(line for line in lines if line))] if any(lines) else []


def brief(m: Material, key: str, skip: Iterable[str] = ()) -> list[Block]:
    """A section that does not repeat, in few words: what the person said as such, all else a line each."""
    entry = m.plan.entry(key, MAIN) if key in m.plan.catalogue else None
    if entry is None:
        return []
    section = m.plan.catalogue[key]
    pairs = recorded(entry, section, skip)
    spoken = [said(m, section, entry, field, item) for field, item in pairs if m.is_own_words(field, item)]
    facts = [_brief_fact(m, section, entry, f, i) for f, i in pairs if not m.is_own_words(f, i)]
    return [*own_words(spoken), *facts_blocks(m, facts, inline=True)]


def run_in(m: Material, key: str, skip: Iterable[str] = ()) -> list[Block]:
    """A section that does not repeat as one paragraph, for a page that has to hold much."""
    entry = m.plan.entry(key, MAIN) if key in m.plan.catalogue else None
    words = bullet(m, m.plan.catalogue[key], entry, (), skip) if entry is not None else ()
    return [Paragraph(words)] if words else []


def one_paragraph(paragraphs: Sequence[Block]) -> list[Block]:
    """Paragraphs put together to one, for a page that has to hold much."""
    parts: list[str | Span] = []
    for block in paragraphs:
        text = block.text if isinstance(block, Paragraph) else ""
        parts += [" " if parts else "", *((text,) if isinstance(text, str | Span) else text)]
    return [Paragraph(tuple(part for part in parts if part))] if parts else []


def _brief_fact(m: Material, section: Section, entry: Entry, field: Field, item: Item) -> Fact:
    made = fact(m, section, entry, field, item)
    if f"{section.key}.{field.key}" in _SPEAK_FOR_THEMSELVES and absence_of(item.value) is None:
        return replace(made, label="")
    return replace(made, value=one_line(made.value) if isinstance(made.value, str) else made.value)
