"""A conflict that waits for a person: kept, shared and shown with both values, who recorded them, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.dates import moment_words
from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.merge import ClashItem, Unit, unit_words
from eolc_desktop.care_plan.plan import (
    ENTRY_ITSELF,
    Author,
    Entry,
    EntryState,
    Item,
    OpenConflict,
    Plan,
    PutAside,
)
from eolc_desktop.care_plan.said import Place, Said, content
from eolc_desktop.care_plan.words import display


class Choice(StrEnum):
    """How a conflict was settled."""

    THEIRS = "theirs"  # what the shared record says stands
    MINE = "mine"  # what was put aside stands instead
    ANEW = "anew"  # combined, or written anew


@dataclass(frozen=True, slots=True)
class Conflict:
    """One conflict about one person. `settled_by` is None while it is open.

    In each item `mine` is what was put aside on the laptop that found the conflict, `theirs` what the shared record
    said then, and `base` what both began from.
    """

    id: str
    person_id: str
    unit: Unit
    items: tuple[ClashItem, ...]
    found_at: datetime
    found_by: Author
    choice: Choice | None = None
    reason: str = ""
    settled_by: Author | None = None
    settled_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has settled it yet."""
        return self.settled_by is None

    @property
    def places(self) -> frozenset[Place]:
        """Every place it is about."""
        return frozenset(item.place for item in self.items)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One line of a conflict in words: the label of the item, and the three values with who recorded them, and when."""

    place: Place
    label: str
    base: str
    mine: str
    theirs: str
    mine_by: str
    theirs_by: str


def title_of(catalogue: Catalogue, conflict: Conflict) -> str:
    """What a conflict is about."""
    return unit_words(catalogue, conflict.unit)


def open_conflict(catalogue: Catalogue, conflict: Conflict) -> OpenConflict:
    """A conflict as a snapshot of the plan carries it: the places where the two versions say different things.

    Where they say the same and only one of them was confirmed, every place is carried.
    """
    differ = _differing(conflict.items)
    return OpenConflict(
        conflict.id,
        title_of(catalogue, conflict),
        tuple(
            PutAside(*item.place, item.mine.item if item.mine else None, item.mine.parent if item.mine else "")
            for item in differ
        ),
    )


def _differing(items: Sequence[ClashItem]) -> Sequence[ClashItem]:
    return [i for i in items if content(i.mine, i.place) != content(i.theirs, i.place)] or items


def is_about_cpr(items: Sequence[ClashItem]) -> bool:
    """Whether the two versions of these items disagree on the CPR decision, or on whether it stands."""
    decides = {("cpr", MAIN, "decision"), ("cpr", MAIN, ENTRY_ITSELF)}
    return any(item.place in decides for item in _differing(items))


def other_version(plan: Plan, conflict: OpenConflict) -> Plan:
    """The plan as it would stand with the version that was put aside: to ask what of it somebody may see."""
    sections = dict(plan.sections)
    for one in conflict.aside:
        entries = list(sections.get(one.section, ()))
        at = next((n for n, entry in enumerate(entries) if entry.id == one.entry), len(entries))
        entry = entries[at] if at < len(entries) else Entry(one.entry, one.section, {}, parent=one.parent)
        if one.field == ENTRY_ITSELF:
            entry = replace(entry, state=_state_of(one.item))
        else:
            items = {key: item for key, item in entry.items.items() if key != one.field}
            entry = replace(entry, items=items | ({one.field: one.item} if one.item is not None else {}))
        sections[one.section] = (*entries[:at], entry, *entries[at + 1 :])
    return replace(plan, sections=sections)


def _state_of(item: Item | None) -> EntryState:
    return EntryState.of(item.value if item is not None else None)


def side_by_side(catalogue: Catalogue, conflict: Conflict, links: Mapping[str, str]) -> tuple[SideBySide, ...]:
    """A conflict in words, item by item; `links` names the entries that fields point at."""
    return tuple(
        SideBySide(
            item.place,
            label_of(catalogue, item.place, links),
            value_words(catalogue, item.place, item.base, links),
            value_words(catalogue, item.place, item.mine, links),
            value_words(catalogue, item.place, item.theirs, links),
            who_and_when(item.mine),
            who_and_when(item.theirs),
        )
        for item in conflict.items
    )


def aside_words(plan: Plan, one: PutAside) -> str:
    """The version that does not stand, in words, with who recorded it, and when."""
    return _with_who(plan, one, one.item, one.parent)


def standing_words(plan: Plan, one: PutAside) -> str:
    """What stands in the plan at the place of a conflict, in words, with who recorded it, and when."""
    entry = next((e for e in plan.all_entries(one.section) if e.id == one.entry), None)
    if one.field == ENTRY_ITSELF:
        return f"“{entry.state.words}”" if entry is not None else "nothing recorded"
    return _with_who(plan, one, entry.items.get(one.field) if entry is not None else None, "")


def _with_who(plan: Plan, one: PutAside, item: Item | None, parent: str) -> str:
    place = (one.section, one.entry, one.field)
    said = Said(item, parent) if item is not None else None
    if said is None or content(said, place) is None:
        return "nothing recorded"
    return f"“{value_words(plan.catalogue, place, said, plan.links)}” ({who_and_when(said)})"


def value_words(catalogue: Catalogue, place: Place, said: Said | None, links: Mapping[str, str]) -> str:
    """A value of one side in words."""
    section, _entry, key = place
    if key == ENTRY_ITSELF:
        state = content(said, place) or EntryState.CURRENT.value
        words = EntryState(str(state)).words if state in set(EntryState) else str(state)
        return f"{words}: {said.reason}" if said is not None and said.reason else words
    field = catalogue.field(section, key)
    if field is None:
        return str(content(said, place) or "Nothing recorded")
    return display(field, said.item.value if said is not None else None, links=links)


def who_and_when(said: Said | None) -> str:
    """Who recorded a value, and when; who confirmed it last, and when; "" for nothing."""
    if said is None:
        return ""
    words = f"{said.item.recorded_by.words or 'Somebody not named'}, {moment_words(said.item.recorded_at)}"
    if said.item.confirmed_at is not None:
        by = said.item.confirmed_by.words if said.item.confirmed_by else "somebody not named"
        words += f"; confirmed by {by}, {moment_words(said.item.confirmed_at)}"
    return words


def label_of(catalogue: Catalogue, place: Place, links: Mapping[str, str]) -> str:
    """What a place is called: section, entry and field."""
    heading, name = heading_and_name(catalogue, place, links)
    return f"{heading}: {name}" if name and name != heading else heading


def heading_and_name(catalogue: Catalogue, place: Place, links: Mapping[str, str]) -> tuple[str, str]:
    """What a place is called in two parts: its section and entry, and its field."""
    section_key, entry, key = place
    if section_key not in catalogue:
        return "Recorded by a newer version of the program", ""
    section = catalogue[section_key]
    field = section.find(key)
    name = "Whether it stands" if key == ENTRY_ITSELF else (field.label if field else key)
    if entry == MAIN:
        return section.title, name
    fixed = section.fixed(entry)
    return f"{section.title}, {fixed.title if fixed else links.get(entry, section.entry_name)}", name
