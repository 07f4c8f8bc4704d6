"""Whom to call: the rows of the card that share a number and an hour put together, so that a number stands once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from eolc_desktop.care_plan.fields import is_empty
from eolc_desktop.care_plan.plan import Entry
from eolc_desktop.documents.blocks import Block, CallEntry, CallFirst, NoteBox, Paragraph, Span, Text
from eolc_desktop.documents.material import Material
from eolc_desktop.documents.sections import section_blocks

SECTION = "who_to_call"
_KNOWN = ("situation", "when", "hours_from", "hours_to", "first_call_name", "first_call_phone")
_THEN = ("if_no_answer_name", "if_no_answer_phone")


@dataclass(frozen=True, slots=True)
class Call:
    """One number: who answers, the situations it is for, when, whom to try next, and what else the rows say."""

    name: str
    phone: str
    when: str
    then: str
    more: str
    note: str
    situations: tuple[str, ...] = field(default=())


def calls(m: Material) -> list[Call]:
    """The numbers to call in the order of the card, situations with one number and one hour together."""
    found: list[Call] = []
    for row in m.entries(SECTION):
        if not row.text("first_call_phone"):
            continue
        call = _call(m, row)
        same = next(
            (n for n, other in enumerate(found) if replace(other, situations=()) == replace(call, situations=())), None
        )
        if same is None:
            found.append(call)
        else:
            both = (*found[same].situations, *call.situations)
            found[same] = replace(call, situations=tuple(dict.fromkeys(both)))
    return found


def _call(m: Material, row: Entry) -> Call:
    section = m.plan.catalogue[SECTION]

    def words(key: str) -> str:
        described, value = section.find(key), row.value(key)
        return "" if described is None or is_empty(value) else m.value(described, value)

    start, end = words("hours_from"), words("hours_to")
    between = m.words("calls.between", start=start, end=end) if start and end else start or end
    when = ", ".join(part for part in (words("when"), between) if part)
    then = ", ".join(part for part in (words(key) for key in _THEN) if part)
    told = {*_KNOWN, *_THEN}
    more = " ".join(f"{m.label(f)}: {words(f.key)}." for f in section.fields if f.key not in told and words(f.key))
    item = row.items.get("first_call_phone")
    note = m.note(section, row, section["first_call_phone"], item) if item is not None else ""
    situation = (words("situation"),) if words("situation") else ()
    return Call(words("first_call_name"), row.text("first_call_phone"), when, then, more, note, situation)


def call_entry(m: Material, call: Call) -> CallEntry:
    """A number as the frame "who to call" shows it."""
    said = [m.words("calls.for", what="; ".join(call.situations))] if call.situations else []
    said += [m.words("calls.then", who=call.then)] if call.then else []
    said += [call.more] if call.more else []
    said += [f"({call.note})"] if call.note else []
    return CallEntry(call.name or m.words("calls.call"), call.phone, call.when, " ".join(said))


def call_lines(m: Material, call: Call) -> Text:
    """A number as a card has it: the number, who answers and when in bold, then what it is for."""
    said = [m.words("calls.for", what="; ".join(call.situations))] if call.situations else []
    said += [m.words("calls.then", who=call.then)] if call.then else []
    said += [call.more] if call.more else []
    said += [f"({call.note})"] if call.note else []
    who = ", ".join(part for part in (call.name, call.when) if part)
    lead = (Span(call.phone, bold=True, keep=True), "  ", Span(who, bold=True))
    return (*lead, "\n" if said else "", " ".join(said))


def call_first(m: Material) -> list[Block]:
    """Who to call, in a frame: the card, else the key worker, else room to write a number down."""
    title = m.words("calls.title")
    found = [call_entry(m, call) for call in calls(m)]
    if not found and (phone := m.plan.text("key_people", "key_worker_phone")):
        worker = m.plan.text("key_people", "key_worker_name")
        found = [CallEntry(worker or m.words("calls.key_worker"), phone, m.shown("key_people", "key_worker_hours"))]
    if found:
        return [CallFirst(title, tuple(found)), *without_number(m)]
    empty = NoteBox(title, (Paragraph(m.words("calls.none")), Paragraph("\n\n")), thick=True)
    return [empty, *without_number(m)]


def without_number(m: Material) -> list[Block]:
    """Rows of the card that have no number yet: they are still said, and in full."""
    rows = [row for row in m.entries(SECTION) if not row.text("first_call_phone")]
    return _rows(m, rows) if rows else []


def _rows(m: Material, rows: Sequence[Entry]) -> list[Block]:
    only = replace(m, plan=replace(m.plan, sections={SECTION: tuple(rows)}))
    return section_blocks(only, m.plan.catalogue[SECTION])
