"""A frozen snapshot of one person's whole record: what screens, rules and documents read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.dates import today
from eolc_desktop.care_plan.fields import MAIN, Audience, Section, Value, is_empty
from eolc_desktop.care_plan.words import display, entry_title

ENTRY_ITSELF = ""
"""The field name under which the journal keeps what happens to an entry as a whole."""


class EntryState(StrEnum):
    """Whether an entry stands. Within a record nothing is deleted."""

    CURRENT = "current"
    WITHDRAWN = "withdrawn"
    ENTERED_IN_ERROR = "entered_in_error"

    @property
    def words(self) -> str:
        """What the screen says."""
        return {"current": "Current", "withdrawn": "No longer so", "entered_in_error": "Entered in error"}[self.value]

    @classmethod
    def of(cls, value: Value) -> EntryState:
        """The state that a value records. Nothing, as a merge leaves it where the shared record has no state, and a
        word that this version does not know take nothing away: the entry stands."""
        return cls(value) if isinstance(value, str) and value in set(cls) else cls.CURRENT


class Source(StrEnum):
    """How the author knows what they recorded."""

    PERSON = "person"
    FAMILY = "family"
    DOCUMENT = "document"
    OTHER_SYSTEM = "other_system"
    CLINICIAN = "clinician"
    NOT_STATED = "not_stated"

    @property
    def words(self) -> str:
        """What the screen and the paper say, to be followed by who or where."""
        return {
            "person": "Told by the person",
            "family": "Told by someone close to them",
            "document": "Seen in a document",
            "other_system": "From another system",
            "clinician": "Clinician's judgement",
            "not_stated": "Source not stated",
        }[self.value]


class Op(StrEnum):
    """What a line of the journal did."""

    SET = "set"  # recorded or changed a value
    CONFIRM = "confirm"  # said that the value still holds, without changing it


@dataclass(frozen=True, slots=True)
class Author:
    """Who recorded something: the user, with the name, role and organisation they had then."""

    user_id: str
    name: str
    role: str
    organisation: str

    @property
    def words(self) -> str:
        """The author as a line: "Jo Okafor, district nurse, Airedale community team"."""
        return ", ".join(part for part in (self.name, self.role, self.organisation) if part)


@dataclass(frozen=True, slots=True)
class Told:
    """Where a value comes from: the kind of source and, in words, who said it or where it was seen."""

    source: Source = Source.NOT_STATED
    detail: str = ""

    @property
    def words(self) -> str:
        """The source as a line."""
        return f"{self.source.words}: {self.detail}" if self.detail else self.source.words


NOT_STATED = Told()
"""Nobody said where a value comes from."""


class InJournal(NamedTuple):
    """The lines of this laptop's journal that set an item and that last said it, by number and save.

    Their order is certain; a clock may have been wrong.
    """

    set_by: int
    set_in: str
    said_by: int
    said_in: str


@dataclass(frozen=True, slots=True)
class Item:
    """One recorded value with its envelope.

    `change_id` is the line of the journal that set the value: a new value, or a confirmation, names it as its base.
    """

    value: Value
    change_id: str
    recorded_at: datetime
    recorded_by: Author
    told: Told
    confirmed_at: datetime | None = None
    confirmed_by: Author | None = None
    in_journal: InJournal | None = field(default=None, compare=False)

    def is_said_since(self, other: Item) -> bool:
        """Whether somebody said this together with what `other` holds, or later: it does not belong to what was before.

        The journal's order decides, whatever the clock said. What came in one save, as from the shared record, and
        what was never in a journal goes by the clock.
        """
        ours, theirs = self.in_journal, other.in_journal
        if ours is None or theirs is None or ours.said_in == theirs.set_in:
            return self.last_known_at >= other.recorded_at
        return ours.said_by > theirs.set_by

    @property
    def last_known_at(self) -> datetime:
        """When somebody last said that this is so: at its latest confirmation, else when it was recorded."""
        return self.confirmed_at or self.recorded_at


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a section: its items by field key, and whether it stands."""

    id: str
    section: str
    items: Mapping[str, Item]
    state: EntryState = EntryState.CURRENT
    parent: str = ""
    reason: str = ""

    @property
    def values(self) -> dict[str, Value]:
        """The values by field key."""
        return {key: item.value for key, item in self.items.items()}

    def value(self, field_key: str) -> Value:
        """The value of a field, or None."""
        item = self.items.get(field_key)
        return item.value if item else None

    def text(self, field_key: str) -> str:
        """The value where it is text, else ""."""
        value = self.value(field_key)
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class PutAside:
    """One value of the version that does not stand while a conflict is open: None where that version says nothing."""

    section: str
    entry: str
    field: str
    item: Item | None
    parent: str = ""


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """Two people recorded different things, and nobody has settled yet which holds (decision 5).

    What stands in the plan is the shared version; `aside` is the other one, place by place. Both are always shown.
    """

    id: str
    title: str
    aside: tuple[PutAside, ...]


@dataclass(frozen=True)
class Plan:
    """Everything that is recorded about one person, at one moment.

    `version` counts the saves that changed the plan, on this laptop's journal; `as_of` is when the snapshot was taken;
    `last_change_at` and `last_change_by` say who changed it last; `fresh_days` is how long items stay fresh here, by
    "section.field", where that is not as the section says. `conflicts` are those that nobody has settled: they are part
    of the snapshot, so that no screen and no page can show one version without saying that there is another.
    """

    person_id: str
    catalogue: Catalogue
    sections: Mapping[str, tuple[Entry, ...]]
    version: int
    as_of: datetime
    created_at: datetime | None = None
    last_change_at: datetime | None = None
    last_change_by: Author | None = None
    drafts_waiting: int = 0
    fresh_days: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    conflicts: tuple[OpenConflict, ...] = ()

    @property
    def today(self) -> date:
        """The calendar day in England when the snapshot was taken."""
        return today(self.as_of)

    def all_entries(self, section: str) -> tuple[Entry, ...]:
        """Every entry of a section, withdrawn ones and those entered in error too, oldest first."""
        return self.sections.get(section, ())

    def entries(self, section: str, parent: str | None = None) -> tuple[Entry, ...]:
        """The entries of a section that stand, oldest first; with `parent`, only those that belong to that entry."""
        return tuple(
            entry
            for entry in self.all_entries(section)
            if entry.state is EntryState.CURRENT and (parent is None or entry.parent == parent)
        )

    def entry(self, section: str, entry_id: str = MAIN) -> Entry | None:
        """The entry with this id that stands, or None."""
        return next((entry for entry in self.entries(section) if entry.id == entry_id), None)

    def item(self, section: str, field_key: str, entry_id: str = MAIN) -> Item | None:
        """One recorded value with its envelope, or None."""
        entry = self.entry(section, entry_id)
        return entry.items.get(field_key) if entry else None

    def value(self, section: str, field_key: str, entry_id: str = MAIN) -> Value:
        """One value, or None when nothing has been recorded."""
        item = self.item(section, field_key, entry_id)
        return item.value if item else None

    def text(self, section: str, field_key: str, entry_id: str = MAIN) -> str:
        """One value where it is text, else ""."""
        value = self.value(section, field_key, entry_id)
        return value if isinstance(value, str) else ""

    def words(self, section: str, field_key: str, entry_id: str = MAIN, audience: Audience = Audience.STAFF) -> str:
        """One value in words; what is missing has words too. Raises KeyError for a field that is not described."""
        value = self.value(section, field_key, entry_id)
        return display(self.catalogue[section][field_key], value, audience, self.links)

    def aside(self, section: str, field_key: str, entry_id: str = MAIN) -> tuple[PutAside, ...]:
        """The other versions of one item, while it is in conflict."""
        place = (section, entry_id, field_key)
        return tuple(
            one for conflict in self.conflicts for one in conflict.aside if (one.section, one.entry, one.field) == place
        )

    @cached_property
    def links(self) -> Mapping[str, str]:
        """The names of all entries that another field may point at, by entry id."""
        names: dict[str, str] = {}
        for section_key, entries in self.sections.items():
            if section_key in self.catalogue:
                section = self.catalogue[section_key]
                names |= {
                    entry.id: entry_title(section, entry.id, entry.values) for entry in entries if entry.id != MAIN
                }
        return names

    def recorded(self) -> Iterator[tuple[Section, Entry, str, Item]]:
        """Every value of every entry that stands: section, entry, field key, item."""
        for section in self.catalogue:
            for entry in self.entries(section.key):
                for key, item in entry.items.items():
                    if not is_empty(item.value):
                        yield section, entry, key, item

    # The name as the banner and the paper need it (NHS CUI: PAB-0049 to PAB-0054).

    @property
    def banner_name(self) -> str:
        """ "SMITH, Margaret Rose (Mrs)": family name in capitals, in full."""
        return banner_name(
            self.text("person", "family_name"), self.text("person", "given_names"), self.text("person", "title")
        )

    @property
    def called(self) -> str:
        """What the person likes to be called: the preferred name, else the first given name."""
        given = self.text("person", "given_names").split()
        return self.text("person", "preferred_name") or (given[0] if given else self.text("person", "family_name"))


def banner_name(family_name: str, given_names: str, title: str) -> str:
    """Put a name together as clinical screens show it: "SMITH, Margaret Rose (Mrs)"."""
    name = ", ".join(part for part in (family_name.upper(), given_names) if part) or "Name not recorded"
    return f"{name} ({title})" if title else name


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing to record: a value, or that a value still holds.

    `base` is the change the author was looking at ("" where nothing was recorded): when the item has moved on since,
    the edit is refused, so that nobody writes over what they have not seen.
    With `field` equal to ENTRY_ITSELF the value is the new `EntryState` and `reason` says why.
    """

    section: str
    entry: str
    field: str
    value: Value = None
    op: Op = Op.SET
    base: str = ""
    parent: str = ""
    told: Told = NOT_STATED
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the journal, as history shows it."""

    sequence: int
    id: str
    person_id: str
    section: str
    entry: str
    field: str
    op: Op
    value: Value
    before: Value
    recorded_at: datetime
    recorded_by: Author
    told: Told
    reason: str
    save_id: str
    base: str
