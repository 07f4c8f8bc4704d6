"""The journal in words: who changed what, when, from what to what, how they knew it, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.dates import moment_words
from eolc_desktop.care_plan.fields import MAIN, Field, Value, is_empty
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, Change, EntryState, Op
from eolc_desktop.care_plan.words import value_words
from eolc_desktop.views.forms.envelope_words import told_words

HIDDEN = "a value that is kept hidden"


def what_happened(field: Field, change: Change, links: Mapping[str, str], *, hidden: bool = False) -> str:
    """What one line of the journal did to an item, without the item's name."""
    now = HIDDEN if hidden and not is_empty(change.value) else value_words(field, change.value, links)
    before = HIDDEN if hidden else value_words(field, change.before, links)
    if change.op is Op.CONFIRM:
        return f"confirmed as still so: {now}"
    if is_empty(change.before):
        return f"recorded: {now}"
    if is_empty(change.value):
        return f"taken away; it said: {before}"
    return f"changed from {before} to {now}"


def who_and_when(change: Change) -> str:
    """ "12-Nov-2026 14:32, Jo Okafor, district nurse" """
    author = change.recorded_by
    return ", ".join(part for part in (moment_words(change.recorded_at), author.name, author.role) if part)


def history_lines(
    field: Field, changes: Sequence[Change], links: Mapping[str, str], *, hidden: bool = False
) -> list[str]:
    """The history of one item, newest first, a line for each change."""
    lines = []
    for change in reversed(changes):
        parts = [f"{who_and_when(change)}: {what_happened(field, change, links, hidden=hidden)}."]
        if source := told_words(change.told):
            parts.append(f"{source}.")
        if change.reason:
            parts.append(f"Reason: {change.reason}.")
        lines.append(" ".join(parts))
    return lines


@dataclass(frozen=True, slots=True)
class SaveWords:
    """One save of the plan in words: when and by whom, how they knew, and a line for each thing it did."""

    heading: str
    source: str
    lines: tuple[str, ...]


def saves_in_words(catalogue: Catalogue, changes: Iterable[Change], links: Mapping[str, str]) -> list[SaveWords]:
    """The history of a plan, newest first, put together by save."""
    found = []
    for _save, group in groupby(changes, key=lambda change: change.save_id):
        lines = list(group)
        sources = dict.fromkeys(told_words(line.told) for line in lines if told_words(line.told))
        found.append(
            SaveWords(
                who_and_when(lines[0]),
                "; ".join(sources),
                tuple(_line(catalogue, line, links) for line in lines),
            )
        )
    return found[::-1]


def _line(catalogue: Catalogue, change: Change, links: Mapping[str, str]) -> str:
    place = f"{change.section} (recorded by a newer version of this program)"
    name = links.get(change.entry, "an entry")
    if change.section in catalogue:
        section = catalogue[change.section]
        place = section.title
        fixed = section.fixed(change.entry)
        name = fixed.title if fixed else name
    if change.entry != MAIN:
        place = f"{place}, {name}"
    reason = f" Reason: {change.reason}." if change.reason else ""
    if change.field == ENTRY_ITSELF:
        return f"{place}: now “{_state(change.value)}”.{reason}"
    field = catalogue.field(change.section, change.field)
    if field is None:
        return f"{place}: {change.field}: {change.value}.{reason}"
    about = place if field.label == place else f"{place}: {field.label}"  # "CPR recommendation" is said once
    return f"{about}: {what_happened(field, change, links, hidden=field.sensitive)}.{reason}"


def _state(value: Value) -> str:
    try:
        return EntryState(str(value)).words
    except ValueError:
        return str(value)
