"""What differs between two snapshots of a plan, in words: item by item, in the order of the plan."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from eolc_desktop.care_plan.fields import MAIN, Section, Value, is_empty
from eolc_desktop.care_plan.paper_copies import SECTION as PAPER_COPIES
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, Entry, EntryState, Plan
from eolc_desktop.care_plan.words import entry_title, value_words

HIDDEN = "a value that is kept hidden"


class Happened(StrEnum):
    """What became of an item or an entry."""

    ADDED = "added"
    CHANGED = "changed"
    TAKEN_AWAY = "taken away"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. `where` is the section and entry in words, `label` the item ("" for an entry as a whole);
    `before` and `after` are the values in words, "" where there was none."""

    section: str
    entry: str
    field: str
    where: str
    label: str
    happened: Happened
    before: str
    after: str

    @property
    def says(self) -> str:
        """The difference as a sentence, without where it is."""
        about = f"{self.label}: " if self.label else ""
        match self.happened:
            case Happened.ADDED:
                return f"{about}added: {self.after}"
            case Happened.TAKEN_AWAY:
                return f"{about}taken away; it said: {self.before}"
        return f"{about}changed from {self.before} to {self.after}"


def differences(before: Plan, after: Plan, only: Collection[str] = ()) -> tuple[Difference, ...]:
    """Everything that differs between two snapshots of one person's plan, in the order of the plan; with `only`, in
    the sections with these keys.

    Compared in the other direction it gives the same items with before and after exchanged. Confirmations are no
    difference, nor is a page that was printed. What is kept hidden is said to differ, and never shown.
    """
    wanted = (section for section in after.catalogue if not only or section.key in only)
    sections = (section for section in wanted if section.key != PAPER_COPIES)
    return tuple(found for section in sections for found in _in_section(section, before, after))


def _in_section(section: Section, before: Plan, after: Plan) -> Iterator[Difference]:
    old = {entry.id: entry for entry in before.all_entries(section.key)}
    new = {entry.id: entry for entry in after.all_entries(section.key)}
    links = {**before.links, **after.links}
    for entry_id in [*old, *(key for key in new if key not in old)]:
        yield from _in_entry(section, entry_id, old.get(entry_id), new.get(entry_id), links)


def _in_entry(
    section: Section, entry_id: str, old: Entry | None, new: Entry | None, links: Mapping[str, str]
) -> Iterator[Difference]:
    named = new or old
    assert named is not None
    where = section.title
    if entry_id != MAIN:
        where = f"{where}, {entry_title(section, entry_id, named.values, links=links)}"
    was, now = (entry.state if entry else EntryState.CURRENT for entry in (old, new))
    if was is not now:
        words = [state.words.lower() for state in (was, now)]
        reason = f" ({new.reason})" if new is not None and new.reason else ""
        yield Difference(
            section.key, entry_id, ENTRY_ITSELF, where, "", Happened.CHANGED, f"“{words[0]}”", f"“{words[1]}”{reason}"
        )
    for field in section.fields:
        values = (old.value(field.key) if old else None, new.value(field.key) if new else None)
        if values[0] == values[1] or (is_empty(values[0]) and is_empty(values[1])):
            continue
        words_of = [_words(section, field.key, value, links) for value in values]
        yield Difference(section.key, entry_id, field.key, where, field.label, _happened(*values), *words_of)


def _happened(before: Value, after: Value) -> Happened:
    if is_empty(before):
        return Happened.ADDED
    return Happened.TAKEN_AWAY if is_empty(after) else Happened.CHANGED


def _words(section: Section, key: str, value: Value, links: Mapping[str, str]) -> str:
    if is_empty(value):
        return ""
    field = section[key]
    return HIDDEN if field.sensitive else value_words(field, value, links)


def confirmed_between(before: Plan, after: Plan) -> int:
    """How many items were confirmed as still so between two snapshots, without being changed."""
    count = 0
    for section, entry, key, item in after.recorded():
        old = next((e.items.get(key) for e in before.all_entries(section.key) if e.id == entry.id), None)
        if old is not None and old.change_id == item.change_id and old.confirmed_at != item.confirmed_at:
            count += 1
    return count
