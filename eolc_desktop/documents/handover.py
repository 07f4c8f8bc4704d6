"""The professional handover: everything another professional needs, in the order of the place the person goes to."""

from __future__ import annotations

from dataclasses import replace

from eolc_desktop.care_plan.fields import Section
from eolc_desktop.documents.blocks import Block, BulletList, Heading, KeepTogether, NoteBox, Paragraph, Span
from eolc_desktop.documents.material import Material
from eolc_desktop.documents.sections import section_blocks

SETTINGS = ("", "home", "hospital", "hospice", "care_home", "prison")
"""Where the person goes: "" for a handover that is not about a move."""

_FIRST = ("cpr", "escalation", "conveyance", "respect", "advance_refusal", "allergies", "allergy")
# What each place asks first, after the decisions; all else follows in the order of the plan.
_FIRST_FOR = {
    "home": ("places", "place_needs", "who_to_call", "contacts", "carer"),
    "hospital": ("attorneys", "capacity", "communication_needs", "contacts", "places"),
    "hospice": ("about_me", "places", "contacts", "attorneys"),
    "care_home": ("about_me", "communication_needs", "who_to_call", "places", "attorneys"),
    "prison": ("communication_needs", "capacity", "attorneys", "places", "contacts"),
}
_MEASURED = frozenset({"akps", "phase", "frailty", "ipos", "team_reviews"})
_IN_THE_HEADER = ("family_name", "given_names", "title", "birth_date", "nhs_number")


def handover(m: Material) -> list[Block]:
    """The decisions first, then what the setting needs, then all the rest, each item with who said it and when."""
    going = m.beside.going_to
    title = m.words("handover.title")
    blocks: list[Block] = [Heading(title, 1)]
    if going:
        blocks.append(Paragraph((Span(m.words(f"handover.to_{going}"), bold=True),)))
    blocks += [Paragraph(m.words("handover.private")), *_at_the_door(m, going)]
    first = [key for key in (*_FIRST, *_FIRST_FOR.get(going, ())) if key in m.plan.catalogue]
    for key in first:
        blocks += _section(m, m.plan.catalogue[key])
    for section in m.plan.catalogue:
        if section.key not in first and not section.parent:
            blocks += _section(m, section)
    return blocks


def _section(m: Material, section: Section) -> list[Block]:
    """A section whole; of what is measured again and again only the newest, and how many came before."""
    if section.key not in _MEASURED:
        return section_blocks(m, section, skip=_IN_THE_HEADER if section.key == "person" else ())
    entries = sorted(m.entries(section.key), key=lambda entry: entry.text("on"))
    newest = replace(m, plan=replace(m.plan, sections={**m.plan.sections, section.key: tuple(entries[-1:])}))
    blocks = section_blocks(newest, section)
    if len(entries) > 1:
        blocks.append(Paragraph(m.words("handover.earlier", n=str(len(entries) - 1)), small=True))
    return blocks


def _at_the_door(m: Material, going: str) -> list[Block]:
    """What to check when the person arrives: what has to come with them, and who is not to be told."""
    lines = [m.words(f"handover.check_{number}") for number in range(1, 5)]
    if going:
        lines.append(m.words(f"handover.check_{going}"))
    blocks: list[Block] = [KeepTogether((NoteBox(m.words("handover.check_title"), (BulletList(tuple(lines)),)),))]
    hidden = [c for c in m.entries("contacts") if c.value("involvement") == "must_not_be_told"]
    if hidden:
        section = m.plan.catalogue["contacts"]
        names = tuple(m.title(section, contact) for contact in hidden)
        body = (Paragraph(m.words("handover.not_to_be_told")), BulletList(names))
        blocks.append(NoteBox(m.words("handover.not_to_be_told_title"), body, thick=True))
    return blocks
