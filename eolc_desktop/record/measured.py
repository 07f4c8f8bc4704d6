"""Reading what figures are made from, of everybody at once, from one index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from sqlalchemy import Connection, text

from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, EntryState
from eolc_desktop.models.service_tables import MEASURED
from eolc_desktop.record.rows import from_text

Entries = dict[str, list[dict[str, Value]]]
"""By section: the values of each entry that stands."""
READ = f"SELECT section, field, person_id, entry, value FROM current WHERE {MEASURED}"  # noqa: S608  words of our own
_LISTED = text("SELECT id FROM person WHERE id NOT IN (SELECT person_id FROM set_aside)")


@dataclass(slots=True)
class Reading:
    """What has been read so far of everybody who is listed; `waiting` are the sections still to be read."""

    fields: Mapping[str, tuple[str, ...]]
    waiting: list[str]
    people: dict[str, dict[tuple[str, str], dict[str, Value]]] = field(repr=False)
    gone: set[tuple[str, str, str]] = field(repr=False, default_factory=set)

    def entries_of(self, person_id: str) -> Entries:
        """What stands of one person. Entries withdrawn or entered in error are left out."""
        by_section: Entries = {}
        for (section, entry), values in self.people[person_id].items():
            if (person_id, section, entry) not in self.gone:
                by_section.setdefault(section, []).append({**values, ENTRY_ITSELF: entry})
        return by_section


def begin(connection: Connection, fields: Mapping[str, tuple[str, ...]]) -> Reading:
    """Begin to read these fields of everybody. Each must be one of `MEASURED_FIELDS`."""
    return Reading(fields, list(fields), {person_id: {} for (person_id,) in connection.execute(_LISTED)})


def read_on(connection: Connection, reading: Reading) -> None:
    """Read what is waiting of everybody: all at once, since a section at a time takes SQLite twice as long."""
    reading.waiting.clear()
    wanted = {(section, key) for section, keys in reading.fields.items() for key in keys}
    read = lru_cache(maxsize=4096)(from_text)  # most values are one of a few words
    for section, key, person_id, entry, value in connection.exec_driver_sql(READ).fetchall():
        of_person = reading.people.get(person_id)
        if of_person is None:
            continue
        if key == ENTRY_ITSELF:
            if EntryState.of(read(value)) is not EntryState.CURRENT:
                reading.gone.add((person_id, section, entry))
        elif (section, key) in wanted:
            of_person.setdefault((section, entry), {})[key] = read(value)


def everybody(connection: Connection, fields: Mapping[str, tuple[str, ...]]) -> dict[str, Entries]:
    """What is recorded in these fields, by person and section: of everybody who is listed, whether anything is or not.

    Entries withdrawn or entered in error are left out. Each field must be one of `MEASURED_FIELDS`.
    """
    reading = begin(connection, fields)
    while reading.waiting:
        read_on(connection, reading)
    return {person_id: reading.entries_of(person_id) for person_id in reading.people}
