"""A plan as versions of it are compared and exchanged: every recorded value, with its envelope, by its place."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.fields import Value, is_empty
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, Author, Entry, EntryState, Item, Plan, Source, Told

Place: TypeAlias = tuple[str, str, str]
"""Where a value stands: the keys of section, entry and field. The field ENTRY_ITSELF holds the state of the entry."""


_SOURCES: Mapping[str, Source] = {source.value: source for source in Source}
_STATES: Mapping[str, EntryState] = {state.value: state for state in EntryState}


@dataclass(frozen=True, slots=True)
class Said:
    """One recorded value with its envelope, the entry its entry belongs to, and the reason given with it."""

    item: Item
    parent: str = ""
    reason: str = ""

    @property
    def confirmation(self) -> tuple[datetime, str] | None:
        """When the value was last confirmed and by which user; None where nobody has."""
        if self.item.confirmed_at is None:
            return None
        return self.item.confirmed_at, self.item.confirmed_by.user_id if self.item.confirmed_by else ""


Version: TypeAlias = Mapping[Place, Said]
"""One version of a person's plan, or of part of it."""


def content(said: Said | None, place: Place) -> Value:
    """What a place says, so that two ways of saying nothing are equal: no value, and an entry that simply stands."""
    if said is None or is_empty(said.item.value):
        return None
    if place[2] == ENTRY_ITSELF and said.item.value == EntryState.CURRENT.value:
        return None
    return said.item.value


def origin(change_id: str) -> str:
    """The change that a line of the journal records: a line that records an earlier one again is named after it."""
    return change_id.partition(":")[0]


def plan_from(
    person_id: str, catalogue: Catalogue, version: Version, as_of: datetime, only: Collection[Place] | None = None
) -> Plan:
    """A plan as a snapshot of a version, or of only some of its places: what is looked at before it may leave.

    Entries stand oldest first by what is shared of them, and not in the order in which this laptop came to know them:
    every laptop must publish the same, or each would take the other's for the change of another system.
    """
    entries: dict[tuple[str, str], tuple[dict[str, Item], list[Said]]] = {}
    for place, said in version.items():
        if only is not None and place not in only:
            continue
        items, states = entries.setdefault(place[:2], ({}, []))
        if place[2] == ENTRY_ITSELF:
            states.append(said)
        else:
            items[place[2]] = said.item
    parents = {place[:2]: said.parent for place, said in version.items() if said.parent}
    sections: dict[str, tuple[Entry, ...]] = {}
    for (section, entry), (items, states) in sorted(entries.items(), key=_by_age):
        state = states[0].item.value if states else EntryState.CURRENT.value
        made = Entry(
            entry,
            section,
            items,
            _STATES.get(str(state), EntryState.CURRENT),
            parents.get((section, entry), ""),
            states[0].reason if states else "",
        )
        sections[section] = (*sections.get(section, ()), made)
    # Of two recorded at one moment every laptop must name the same one, or each would publish another author.
    recorded = (said.item for said in version.values())
    latest = max(recorded, key=lambda item: (item.recorded_at, origin(item.change_id)), default=None)
    return Plan(
        person_id,
        catalogue,
        sections,
        0,
        as_of,
        last_change_at=latest.recorded_at if latest else None,
        last_change_by=latest.recorded_by if latest else None,
    )


def _by_age(entry: tuple[tuple[str, str], tuple[dict[str, Item], list[Said]]]) -> tuple[str, datetime, str]:
    """By section; within it by when the oldest of what stands was recorded, and at one moment by id."""
    (section, entry_id), (items, states) = entry
    return section, min([item.recorded_at for item in items.values()] or [states[0].item.recorded_at]), entry_id


def version_from(plan: Plan) -> dict[Place, Said]:
    """A plan as a version: every value in it, without the states of its entries."""
    found: dict[Place, Said] = {}
    for section, entries in plan.sections.items():
        for entry in entries:
            found |= {(section, entry.id, key): Said(item, entry.parent) for key, item in entry.items.items()}
    return found


def said_to_json(said: Said | None) -> dict[str, Any] | None:
    """A value with its envelope as JSON, for conflicts and proposals that are kept and sent."""
    if said is None:
        return None
    item = said.item
    kept: dict[str, Any] = {
        "value": item.value,
        "change": item.change_id,
        "at": item.recorded_at.isoformat(),
        "by": _author_to_json(item.recorded_by),
        "told": [item.told.source.value, item.told.detail],
    }
    if item.confirmed_at is not None:
        kept["confirmed_at"] = item.confirmed_at.isoformat()
    if item.confirmed_by is not None:
        kept["confirmed_by"] = _author_to_json(item.confirmed_by)
    if said.parent:
        kept["parent"] = said.parent
    if said.reason:
        kept["reason"] = said.reason
    return kept


def said_from_json(kept: Any) -> Said | None:
    """What `said_to_json` wrote. Raises ValueError for JSON that it cannot have written: other systems write too."""
    if kept is None:
        return None
    try:
        source, detail = kept["told"]
        at = datetime.fromisoformat(kept["at"])
        confirmed = kept.get("confirmed_at")
        item = Item(
            kept["value"],
            str(kept["change"]),
            at,
            _author_from_json(kept["by"]),
            Told(_SOURCES.get(source, Source.NOT_STATED), str(detail)),
            datetime.fromisoformat(confirmed) if confirmed else None,
            _author_from_json(kept["confirmed_by"]) if kept.get("confirmed_by") else None,
        )
        if at.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return Said(item, str(kept.get("parent", "")), str(kept.get("reason", "")))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("this is not a recorded value") from error


def _author_to_json(author: Author) -> list[str]:
    return [author.user_id, author.name, author.role, author.organisation]


def _author_from_json(kept: Any) -> Author:
    user_id, name, role, organisation = kept
    return Author(str(user_id), str(name), str(role), str(organisation))
