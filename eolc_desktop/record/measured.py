"""Reading what figures are made from, of everybody at once, from one index."""

from __future__ import annotations

from collections.abc import Mapping
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


def everybody(connection: Connection, fields: Mapping[str, tuple[str, ...]]) -> dict[str, Entries]:
    """What is recorded in these fields, by person and section: of everybody who is listed, whether anything is or not.

    Entries withdrawn or entered in error are left out. Each field must be one of `MEASURED_FIELDS`.
    """
    people: dict[str, dict[tuple[str, str], dict[str, Value]]] = {
        person_id: {} for (person_id,) in connection.execute(_LISTED)
    }
    wanted = {(section, key) for section, keys in fields.items() for key in keys}
    gone: set[tuple[str, str, str]] = set()
    read = lru_cache(maxsize=4096)(from_text)  # most values are one of a few words
    for section, field, person_id, entry, value in connection.exec_driver_sql(READ).fetchall():
        of_person = people.get(person_id)
        if of_person is None:
            continue
        if field == ENTRY_ITSELF:
            if EntryState.of(read(value)) is not EntryState.CURRENT:
                gone.add((person_id, section, entry))
        elif (section, field) in wanted:
            of_person.setdefault((section, entry), {})[field] = read(value)
    made: dict[str, Entries] = {}
    for person_id, entries in people.items():
        by_section: Entries = {}
        for (section, entry), values in entries.items():
            if (person_id, section, entry) not in gone:
                by_section.setdefault(section, []).append({**values, ENTRY_ITSELF: entry})
        made[person_id] = by_section
    return made
