"""“My plan for care”: the short copy that stays in the house, and the whole plan for who wants to read all of it."""

from __future__ import annotations

from collections.abc import Sequence

from eolc_desktop.care_plan.fields import Part, Section
from eolc_desktop.care_plan.plan import Entry
from eolc_desktop.documents.blocks import Block, BulletList, Heading, KeepTogether, Paragraph, Span, Text
from eolc_desktop.documents.calls import SECTION as WHO_TO_CALL
from eolc_desktop.documents.calls import call_first
from eolc_desktop.documents.material import Material
from eolc_desktop.documents.sections import (
    brief,
    bullet,
    bullets,
    entry_blocks,
    fact,
    facts_blocks,
    recorded,
    said_value,
    section_blocks,
    title_fields,
)
from eolc_desktop.documents.text import plain

SHEETS_OF_THEIR_OWN = frozenset({"commitments", "commitment_evidence", "compact"})
_IN_THE_HEADER = ("family_name", "given_names", "title", "birth_date", "nhs_number")
"""What the head of every page says already."""

# The order in which a family looks for things at night (ux.md §9.1): whom to ring, what matters, what if, where, next.
_WHOLE_ORDER = (
    "about_me", "goals",
    "contingency", "escalation", "conveyance", "cpr", "respect",
    "advance_refusal", "attorneys", "other_legal", "parental_responsibility", "allergies", "allergy",
    "places", "place_needs",
    "next_steps", "next_contacts",
    "contacts", "carer", "key_people", "care_team", "call_card", "household",
)  # fmt: skip


def family_plan(m: Material) -> list[Block]:
    """The plan in few pages, from a snapshot that holds only what may stand on it."""
    blocks: list[Block] = [Heading(m.words("family.title"), 1), Paragraph(opening(m))]
    blocks += [] if m.died else call_first(m)
    shown = set(SHEETS_OF_THEIR_OWN | {WHO_TO_CALL})
    for heading, parts in _PARTS:
        body: list[Block] = []
        for keys, made in parts:
            shown.update(keys)
            body += made(m)
        blocks += [Heading(m.words(heading)), *body] if body else []
    for section in _others(m, shown):
        body = _in_few_words(m, section)
        blocks += [Heading(m.heading(section)), *body] if body else []
    return [*blocks, *closing(m)]


def whole_plan(m: Material) -> list[Block]:
    """Everything that may stand on a copy for the family."""
    blocks: list[Block] = [Heading(m.words("family.whole_title"), 1), Paragraph(opening(m))]
    blocks += [] if m.died else call_first(m)
    for key in _WHOLE_ORDER:
        if key in m.plan.catalogue:
            blocks += section_blocks(m, m.plan.catalogue[key])
    for section in _others(m, SHEETS_OF_THEIR_OWN | {WHO_TO_CALL, *_WHOLE_ORDER}):
        blocks += section_blocks(m, section, skip=_IN_THE_HEADER if section.key == "person" else ())
    return [*blocks, *closing(m)]


def _others(m: Material, shown: set[str] | frozenset[str]) -> list[Section]:
    """What is left in the catalogue, an organisation's own forms too, so that nothing is lost for want of a place."""
    return [s for s in m.plan.catalogue if s.key not in shown and s.part is not Part.AFTER_DEATH and not s.parent]


def _in_few_words(m: Material, section: Section) -> list[Block]:
    if not section.repeats:
        return brief(m, section.key)
    children = m.plan.catalogue.children_of(section.key)
    lead = title_fields(section)
    if not children and lead:
        return bullets(m, section.key, lead)
    blocks: list[Block] = []
    for entry in m.entries(section.key):
        line = bullet(m, section, entry, lead) if lead else ()
        blocks += [BulletList((line,))] if line else entry_blocks(m, section, entry)
        for child in children:
            lines = [bullet(m, child, e, title_fields(child)) for e in m.plan.entries(child.key, parent=entry.id)]
            blocks += [BulletList(tuple(line for line in lines if line))] if any(lines) else []
    return blocks


def opening(m: Material) -> str:
    """The first words: whose plan it is, and what to do with it; of somebody who has died, that it is a record."""
    if m.died:
        return m.words("family.opening_died", called=m.plan.called, day=died_words(m))
    return m.words("family.opening", called=m.plan.called)


def died_words(m: Material) -> str:
    """The day of the death in words."""
    return m.value(m.plan.catalogue["death"]["died_on"], m.beside.died_on)


def closing(m: Material) -> list[Block]:
    """How the plan is changed. Nothing of the kind once the person has died."""
    if m.died:
        return []
    said = Paragraph(m.words("family.changing", called=m.plan.called))
    return [KeepTogether((Heading(m.words("family.changing_title")), said))]


# The parts of the short plan


def _what_matters(m: Material) -> list[Block]:
    return brief(m, "about_me")


def _goals(m: Material) -> list[Block]:
    if not m.has("goals"):
        return []
    section = m.plan.catalogue["goals"]
    lines: list[Text] = []
    for entry in m.entries("goals"):
        rest = bullet(m, section, entry, (), ("goal",))
        goal = entry.text("goal")
        lines.append((f"“{goal}” " if goal else "", plain(rest)))
    return [Heading(m.words("family.goals"), 3), BulletList(tuple(lines))]


def _cpr(m: Material) -> list[Block]:
    entry = m.plan.entry("cpr")
    if entry is None:
        return []
    section = m.plan.catalogue["cpr"]
    rows = [fact(m, section, entry, field, item) for field, item in recorded(entry, section)]
    return facts_blocks(m, rows, inline=True)


def _attorneys(m: Material) -> list[Block]:
    lines = bullets(m, "attorneys", ("name",))
    return [Heading(m.words("family.attorneys"), 3), *lines] if lines else []


def _allergies(m: Material) -> list[Block]:
    lines = bullets(m, "allergy", ("substance", "reaction"))
    if lines:
        return [Heading(m.words("family.allergies"), 3), *brief(m, "allergies"), *lines]
    return brief(m, "allergies")


def key_worker(m: Material) -> list[Block]:
    """The key worker alone, in a line."""
    entry = m.plan.entry("key_people")
    if entry is None:
        return []
    section = m.plan.catalogue["key_people"]
    line = _person(m, section, entry, "family.key_worker", ("key_worker_name", "key_worker_role"), "key_worker_")
    return [Paragraph(line)] if line else []


def key_people(m: Material) -> list[Block]:
    """The key worker and the GP, a line each with their numbers."""
    entry = m.plan.entry("key_people")
    if entry is None:
        return []
    section = m.plan.catalogue["key_people"]
    lines = [
        _person(m, section, entry, "family.key_worker", ("key_worker_name", "key_worker_role"), "key_worker_"),
        _person(m, section, entry, "family.gp", ("gp_name", "gp_practice"), "gp_"),
    ]
    return [BulletList(tuple(line for line in lines if line))] if any(lines) else []


def _person(m: Material, section: Section, entry: Entry, role: str, lead: Sequence[str], mine: str) -> Text:
    """One of the people who help, with their number: what the section holds of them under keys that begin alike."""
    others = [field.key for field in section.fields if not field.key.startswith(mine)]
    pairs = {field.key: (field, item) for field, item in recorded(entry, section, others)}
    if not pairs:
        return ()
    heads = [m.value(field, item.value) for key, (field, item) in pairs.items() if key in lead]
    parts: list[str | Span] = [f"{m.words(role)}: "]
    parts += [Span(", ".join(heads), bold=True)] if heads else []
    notes: set[str] = set()
    for key, (field, item) in pairs.items():
        notes.add(m.note(section, entry, field, item))
        if key not in lead:
            value = m.value(field, item.value)
            parts += [
                ", " if len(parts) > 1 else "",
                said_value(value) if key.endswith("_phone") else _labelled(m, key, field.name(m.audience), value),
            ]
    dated = " ".join(sorted(notes - {""}))
    return (*(part for part in parts if part), ".", f" ({dated})" if dated else "")


def _labelled(m: Material, key: str, label: str, value: str) -> str:
    return value if key == "key_worker_hours" else f"{m.words.label(label).lower()}: {value}"


_PARTS = (
    ("family.what_matters", ((("about_me",), _what_matters), (("goals",), _goals))),
    (
        "family.less_well",
        (
            (("contingency",), lambda m: bullets(m, "contingency", ("trigger",))),
            (("escalation",), lambda m: bullets(m, "escalation", ("situation", "treatment", "action"))),
            (("conveyance",), lambda m: brief(m, "conveyance")),
            (("cpr",), _cpr),
            (("respect",), lambda m: brief(m, "respect")),
            (("advance_refusal",), lambda m: brief(m, "advance_refusal")),
            (("other_legal",), lambda m: brief(m, "other_legal")),
            (("attorneys",), _attorneys),
            (("parental_responsibility",), lambda m: bullets(m, "parental_responsibility", ("name", "relationship"))),
            (("allergies", "allergy"), _allergies),
        ),
    ),
    (
        "family.medicines",
        (
            (("anticipatory",), lambda m: brief(m, "anticipatory")),
            (("pharmacy",), lambda m: brief(m, "pharmacy")),
            (("equipment",), lambda m: bullets(m, "equipment", ("what", "words"))),
        ),
    ),
    (
        "family.where",
        (
            (("places",), lambda m: brief(m, "places")),
            (("place_needs",), lambda m: bullets(m, "place_needs", ("what",))),
        ),
    ),
    (
        "family.next",
        (
            (("next_steps",), lambda m: bullets(m, "next_steps", ("what",))),
            (("next_contacts",), lambda m: bullets(m, "next_contacts", ("on", "window", "with_whom"))),
            (("plan_control",), lambda m: brief(m, "plan_control")),
        ),
    ),
    (
        "family.people",
        (
            (("contacts",), lambda m: bullets(m, "contacts", ("name", "relationship"))),
            (("carer",), lambda m: brief(m, "carer")),
            (("key_people",), key_people),
            (("care_team",), lambda m: bullets(m, "care_team", ("name", "group", "organisation"))),
        ),
    ),
    (
        "family.about_me",
        (
            (("person",), lambda m: brief(m, "person", _IN_THE_HEADER)),
            (("communication_needs",), lambda m: brief(m, "communication_needs")),
            (("adjustments",), lambda m: bullets(m, "adjustments", ("adjustment",))),
            (("diagnosis",), lambda m: brief(m, "diagnosis")),
        ),
    ),
    ("family.who_sees", ((("consent",), lambda m: brief(m, "consent")),)),
)
"""The headings of the short plan, in order, and the sections under each with what makes them."""
