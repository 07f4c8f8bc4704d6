"""Plans made in memory for tests of rules and documents, without a store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.fields import MAIN, Field, Kind, Section, Value
from eolc_desktop.care_plan.plan import Entry, Item, Plan, Source, Told
from tests.authors import AT, NURSE

ONE = "entry-one"
"""The id of the only entry of a repeating section in these plans."""


def item(value: Value, at: datetime = AT, source: Source = Source.PERSON, detail: str = "") -> Item:
    return Item(value, f"change-{value!r}"[:40], at.astimezone(UTC), NURSE, Told(source, detail))


def plan_with(
    values: Mapping[str, Mapping[str, Value]], more: Mapping[str, Mapping[str, Mapping[str, Value]]] | None = None
) -> Plan:
    """A plan from values by section and field; `more` gives further entries by section and entry id."""
    catalogue = built_in()
    sections: dict[str, list[Entry]] = {}
    for key, fields in values.items():
        entry_id = ONE if catalogue[key].repeats else MAIN
        sections.setdefault(key, []).append(Entry(entry_id, key, {k: item(v) for k, v in fields.items()}))
    for key, entries in (more or {}).items():
        for entry_id, fields in entries.items():
            sections.setdefault(key, []).append(Entry(entry_id, key, {k: item(v) for k, v in fields.items()}))
    return Plan("person-1", catalogue, {k: tuple(v) for k, v in sections.items()}, 7, AT, AT, AT, NURSE)


def canary(section: Section, field: Field) -> Value:
    """A value of the right kind that can be told from every other item's: for text the word names section and field."""
    word = f"Zq{section.key.replace('_', '')}{field.key.replace('_', '')}"
    match field.kind:
        case Kind.TEXT | Kind.LONG_TEXT:
            return word
        case Kind.CODED:
            return {"text": word}
        case Kind.PHONE:
            return f"0{abs(hash_of(word)) % 10**10:010d}"
        case Kind.CHOICE:
            return field.options[0].key
        case Kind.CHOICES:
            return [field.options[0].key]
        case Kind.YES_NO:
            return True
        case Kind.DATE:
            return f"{1900 + abs(hash_of(word)) % 120}-03-04"
        case Kind.DATE_TIME:
            return f"{1900 + abs(hash_of(word)) % 120}-03-04T10:11:00+00:00"
        case Kind.NUMBER:
            return field.maximum if field.maximum is not None else 987654
        case Kind.DECIMAL:
            return f"{abs(hash_of(word)) % 10**6}.25"
        case Kind.TIME:
            return "14:30"
        case Kind.NHS_NUMBER:
            return "9990000018"
        case Kind.LINK:
            return ONE


def hash_of(word: str) -> int:
    """A number from a word that is the same in every run."""
    number = 0
    for letter in word:
        number = (number * 131 + ord(letter)) % 1_000_000_007
    return number * 7919


def full_plan(changes: Mapping[str, Mapping[str, Value]] | None = None) -> Plan:
    """A plan in which every field of every section holds a canary; `changes` replaces values by section."""
    catalogue = built_in()
    sections: dict[str, tuple[Entry, ...]] = {}
    for section in catalogue:
        values = {field.key: canary(section, field) for field in section.fields} | dict(
            (changes or {}).get(section.key, {})
        )
        ids = [fixed.id for fixed in section.fixed_entries] or [ONE if section.repeats else MAIN]
        parent = catalogue[section.parent] if section.parent else None
        parent_id = ""
        if parent is not None:
            parent_id = parent.fixed_entries[0].id if parent.fixed_entries else (ONE if parent.repeats else MAIN)
        sections[section.key] = tuple(
            Entry(i, section.key, {k: item(v) for k, v in values.items() if v is not None}, parent=parent_id)
            for i in ids
        )
    return Plan("person-1", catalogue, sections, 7, AT, AT, AT, NURSE)
