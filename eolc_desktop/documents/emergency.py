"""The emergency page: what an ambulance crew needs in the first minute, on one page that lies in the house."""

from __future__ import annotations

from collections.abc import Callable

from eolc_desktop.care_plan.fields import Section
from eolc_desktop.documents.blocks import (
    Block,
    BulletList,
    FirstPage,
    Heading,
    NoteBox,
    Paragraph,
    Span,
    Text,
)
from eolc_desktop.documents.calls import call_lines, calls, without_number
from eolc_desktop.documents.material import Material
from eolc_desktop.documents.sections import bullet, bullets, one_paragraph, run_in, section_body, title_fields


def emergency_page(m: Material) -> list[Block]:
    """One page whatever is recorded: what finds no room on it goes on a second page that the first one names."""
    parts: list[tuple[str, tuple[Block, ...]]] = []
    for key, made in _PARTS:
        body = made(m)
        if body:
            name = m.words(f"emergency.{key}")
            framed = key in ("cpr", "call")
            parts.append((name, tuple(body) if framed else (Heading(name, 2), *body)))
    shown = {key for _name, keys in _SECTIONS.items() for key in keys}
    for section in m.plan.catalogue:
        body = [] if section.key in shown or section.parent else _others(m, section)
        if body:
            parts.append((m.heading(section), (Heading(m.heading(section), 2), *body)))
    return [
        Heading(m.words("emergency.title"), 1),
        FirstPage(tuple(parts), m.words("emergency.more"), m.words("emergency.again")),
    ]


_ACCESS = "home_access"
_SECTIONS = {
    "cpr": ("cpr",),
    "treatment": ("escalation", "conveyance", "expected_death"),
    "legal": ("respect", "advance_refusal", "attorneys"),
    "parental": ("parental_responsibility",),
    "allergies": ("allergies", "allergy"),
    "call": ("who_to_call", "key_people", "contacts"),
    "places": ("places",),
    "talk": ("person", "communication_needs", "adjustments"),
    "medicines": ("anticipatory",),
    "illness": ("diagnosis",),
    "changes": ("contingency",),
}


def _others(m: Material, section: Section) -> list[Block]:
    """A section that has no place of its own here (the medicines in the house, the illness), in few words."""
    if not section.repeats:
        return run_in(m, section.key)
    lead = title_fields(section)
    if not lead:
        return section_body(m, section, level=3)
    blocks: list[Block] = []
    for entry in m.entries(section.key):
        lines: list[Text] = [bullet(m, section, entry, lead)]
        for child in m.plan.catalogue.children_of(section.key):
            lines += [bullet(m, child, e, title_fields(child)) for e in m.plan.entries(child.key, parent=entry.id)]
        blocks.append(BulletList(tuple(line for line in lines if line)))
    return blocks


def _cpr(m: Material) -> list[Block]:
    """The recommendation first. Where something of it was left out, the page says that its silence says nothing."""
    title = m.words("emergency.cpr")
    entry = m.plan.entry("cpr")
    if entry is None or "decision" not in entry.items:
        held_back = "cpr.decision" in m.beside.not_said
        said = m.words("emergency.cpr_not_said" if held_back else "emergency.cpr_none", number=_number(m))
        first = Paragraph(Span(said, bold=True))
    else:
        section = m.plan.catalogue["cpr"]
        decision, item = section["decision"], entry.items["decision"]
        note = m.note(section, entry, decision, item)
        first = Paragraph((Span(f"{m.value(decision, item.value)}.", bold=True), f" {note}"))
    return [NoteBox(title, (first, *run_in(m, "cpr", ("decision",))), thick=True)]


def _number(m: Material) -> str:
    return m.beside.to_call or m.plan.text("key_people", "key_worker_phone") or m.words("emergency.the_team")


def _treatment(m: Material) -> list[Block]:
    dying = run_in(m, "expected_death")
    return [*bullets(m, "escalation", ("situation", "treatment", "action")), *run_in(m, "conveyance"), *dying]


def _legal(m: Material) -> list[Block]:
    forms = one_paragraph([*run_in(m, "respect"), *run_in(m, "advance_refusal")])
    return [*forms, *bullets(m, "attorneys", ("name",))]


def _allergies(m: Material) -> list[Block]:
    return [*run_in(m, "allergies"), *bullets(m, "allergy", ("substance", "reaction"))]


def _call(m: Material) -> list[Block]:
    """The card's numbers in a frame, then the people; the key worker only where the card does not have them."""
    title = m.words("emergency.call")
    lines = [BulletList(tuple(call_lines(m, call) for call in calls(m)))] if calls(m) else []
    phones = {call.phone for call in calls(m)}
    worker = [] if m.plan.text("key_people", "key_worker_phone") in phones else run_in(m, "key_people")
    people = [*bullets(m, "contacts", ("name", "relationship")), *worker]
    if not lines:
        return [NoteBox(title, tuple(people), thick=True), *without_number(m)] if people else without_number(m)
    return [NoteBox(title, tuple(lines), thick=True), *without_number(m), *people]


def _talk(m: Material) -> list[Block]:
    skip = ("family_name", "given_names", "title", "birth_date", "nhs_number")
    said = one_paragraph([*run_in(m, "person", skip), *run_in(m, "communication_needs")])
    return [*said, *bullets(m, "adjustments", ("adjustment",))]


def _access(m: Material) -> list[Block]:
    """How to get in is never on paper in the house; where it is recorded, the page says whom to ask."""
    if _ACCESS not in m.beside.not_said:
        return []
    return [Paragraph(m.words("emergency.ask_access", number=_number(m)))]


_PARTS: tuple[tuple[str, Callable[[Material], list[Block]]], ...] = (
    ("cpr", _cpr),
    ("treatment", _treatment),
    ("allergies", _allergies),
    ("call", _call),
    ("legal", _legal),
    ("parental", lambda m: bullets(m, "parental_responsibility", ("name", "relationship"))),
    ("medicines", lambda m: run_in(m, "anticipatory")),
    ("talk", _talk),
    ("places", lambda m: run_in(m, "places")),
    ("illness", lambda m: run_in(m, "diagnosis")),
    ("changes", lambda m: bullets(m, "contingency", ("trigger",))),
    ("access", _access),
)
