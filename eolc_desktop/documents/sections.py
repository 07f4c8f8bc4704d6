"""Any section of the plan as blocks for a family's page: each value whole, once, with who said it and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from eolc_desktop.care_plan.dates import day_words, today
from eolc_desktop.care_plan.fields import Audience, Authorship, Field, Kind, Section, absence_of, is_empty
from eolc_desktop.care_plan.plan import Entry, Item, Plan, Source
from eolc_desktop.care_plan.words import display, entry_title
from eolc_desktop.documents.blocks import Block, Fact, Facts, Heading, OwnWords, Paragraph, Span, Text

FAMILY = Audience.FAMILY


def section_blocks(plan: Plan, section: Section, level: int = 2, skip: Iterable[str] = ()) -> list[Block]:
    """A section with its heading, or nothing when the copy holds nothing of it. `skip` names fields shown elsewhere."""
    body: list[Block] = []
    entries = plan.entries(section.key)
    titled_by = _title_fields(section)
    for number, entry in enumerate(entries, 1):
        blocks = entry_blocks(plan, section, entry, skip={*skip, *titled_by})
        for child in plan.catalogue.children_of(section.key):
            for child_entry in plan.entries(child.key, parent=entry.id):
                blocks += entry_blocks(plan, child, child_entry)
        if titled_by or section.fixed_entries:
            title = entry_title(section, entry.id, entry.values, FAMILY, plan.links)
            body += _in_one_paragraph(title, blocks) or [Heading(title, level + 1), *blocks]
        elif blocks and len(entries) > 1:
            body += [Heading(f"{section.entry_name.capitalize()} {number}", level + 1), *blocks]
        else:
            body += blocks
    return [Heading(section.family_title or section.title, level), *body] if body else []


def _in_one_paragraph(title: str, blocks: Sequence[Block]) -> list[Block]:
    """An entry of short facts as one paragraph that begins with its name; nothing where it holds longer things.

    A list of people or of things to arrange, with a label above each value, fills pages of large print nobody reads.
    """
    facts = [fact for block in blocks if isinstance(block, Facts) for fact in block.rows]
    notes = [block.text for block in blocks if isinstance(block, Paragraph)]
    if len(facts) + len(notes) < sum(len(b.rows) if isinstance(b, Facts) else 1 for b in blocks):
        return []
    parts: list[str | Span] = [Span(title, bold=True), "\n" if facts else ""]
    for fact in facts:
        parts += [
            f"{fact.label}: ",
            Span(str(fact.value), keep=_is_number(fact.value), bold=_is_number(fact.value)),
            ". ",
        ]
    said = {str(note) for note in (*notes, *(fact.note for fact in facts)) if note}
    parts += [f"({' '.join(sorted(said))})"] if said else []
    return [Paragraph(tuple(part for part in parts if part))]


def _is_number(value: Text) -> bool:
    """Whether a value is a telephone number, which stands out and is never broken over two lines."""
    return isinstance(value, str) and len(value) < 30 and sum(sign.isdigit() for sign in value) > 6


def _title_fields(section: Section) -> tuple[str, ...]:
    """The fields that head an entry, and so need not be said again; none where the person's own words would head it."""
    if not section.repeats or any(section[key].authorship is Authorship.VOICE for key in section.entry_title):
        return ()
    return section.entry_title


def entry_blocks(plan: Plan, section: Section, entry: Entry, skip: Iterable[str] = ()) -> list[Block]:
    """The values of one entry: the person's own words as such, everything else as facts in the order of the form."""
    skipped = set(skip)
    blocks: list[Block] = []
    facts: list[Fact] = []
    for field in section.fields:
        item = entry.items.get(field.key)
        if item is None or is_empty(item.value) or field.key in skipped:
            continue
        if is_own_words(field, item):
            blocks += facts_blocks(facts)
            facts = []
            blocks += [Heading(field.name(FAMILY), 3), OwnWords(str(item.value), said_when(plan, item))]
        else:
            words = display(field, item.value, FAMILY, plan.links)
            facts.append(Fact(field.name(FAMILY), words, known_when(field, item)))
    return [*blocks, *facts_blocks(facts)]


def facts_blocks(facts: Sequence[Fact]) -> list[Block]:
    """Facts, with when they were recorded said once where it is the same for all that say it."""
    if not facts:
        return []
    notes = {fact.note for fact in facts} - {""}
    if len(notes) != 1 or len(facts) == 1:
        return [Facts(tuple(facts))]
    return [Facts(tuple(replace(fact, note="") for fact in facts)), Paragraph(notes.pop(), small=True)]


def is_own_words(field: Field, item: Item) -> bool:
    """Whether a value is the person's own words, to be set in quotation marks."""
    return field.authorship is Authorship.VOICE and field.kind is Kind.LONG_TEXT and absence_of(item.value) is None


def said_when(plan: Plan, item: Item) -> str:
    """Who said the words and when; a relative's words are never passed off as the person's own."""
    day = day_words(today(item.recorded_at), FAMILY)
    match item.told.source:
        case Source.FAMILY:
            who = f"As told by {item.told.detail or 'someone close'} on {day}"
        case Source.DOCUMENT:
            who = f"From a document{f' ({item.told.detail})' if item.told.detail else ''}, written down on {day}"
        case Source.OTHER_SYSTEM:
            who = f"From another record{f' ({item.told.detail})' if item.told.detail else ''}, taken over on {day}"
        case Source.CLINICIAN:
            who = f"Written down by {item.recorded_by.name} on {day}"
        case _:
            who = f"Said by {plan.called} on {day}"
    return f"{who}. {_confirmed(item)}".strip()


def known_when(field: Field, item: Item) -> str:
    """When a fact was recorded and last confirmed; only for what goes out of date or was decided."""
    if field.age_limit_days is None and field.authorship is not Authorship.DECISION:
        return ""
    return f"Recorded {day_words(today(item.recorded_at), FAMILY)}. {_confirmed(item)}".strip()


def _confirmed(item: Item) -> str:
    return f"Still so on {day_words(today(item.confirmed_at), FAMILY)}." if item.confirmed_at else ""
