"""The one place where a recorded value becomes words, so that screen, history and paper agree."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from eolc_desktop.care_plan.dates import clock_words, date_words, is_partial_date, is_time, moment_words
from eolc_desktop.care_plan.fields import Audience, Authorship, Field, Kind, Section, Value, absence_of, is_empty
from eolc_desktop.care_plan.nhs_number import nhs_number_words


def display(
    field: Field, value: Value, audience: Audience = Audience.STAFF, links: Mapping[str, str] | None = None
) -> str:
    """Put a value into words for this audience.

    `links` maps the ids of entries to their names, for fields that point at another entry. A key that is not among
    the options is shown as it came, with the word "unrecognised", so that a newer or foreign value is never lost nor
    taken for something else (hazard H05).
    """
    if is_empty(value):
        return field.missing_words
    if absence := absence_of(value):
        return absence.words
    if isinstance(value, dict) and "absent" in value:
        return f"{value['absent']} (unrecognised: read the source)"
    match field.kind:
        case Kind.YES_NO if isinstance(value, bool):
            return "Yes" if value else "No"
        case Kind.CHOICE if isinstance(value, str):
            return _option_words(field, value, audience)
        case Kind.CHOICES if isinstance(value, list):
            return "; ".join(_option_words(field, key, audience) for key in value)
        case Kind.DATE if isinstance(value, str) and is_partial_date(value):
            return date_words(value, audience)
        case Kind.DATE_TIME if isinstance(value, str):
            try:
                return moment_words(datetime.fromisoformat(value), audience)
            except (ValueError, OverflowError):
                return value
        case Kind.TIME if isinstance(value, str) and is_time(value):
            return clock_words(value, audience)
        case Kind.NUMBER | Kind.DECIMAL if field.unit and isinstance(value, int | str):
            return f"{value} {field.unit}"
        case Kind.NHS_NUMBER if isinstance(value, str):
            return nhs_number_words(value)
        case Kind.CODED if isinstance(value, dict):
            return str(value.get("text") or value.get("code") or value)
        case Kind.LINK if isinstance(value, str):
            return (links or {}).get(value, "Someone no longer listed")
        case _:
            return str(value)


def value_words(field: Field, value: Value, links: Mapping[str, str]) -> str:
    """A value as history shows it: words that someone said or wrote stand in quotation marks."""
    words = display(field, value, links=links)
    if is_empty(value) or absence_of(value):
        return words
    said = field.authorship is Authorship.VOICE and field.kind in (Kind.TEXT, Kind.LONG_TEXT)
    return f"“{words}”" if said or field.kind is Kind.LONG_TEXT else words


def asking(label: str) -> str:
    """A label as it leads to its value: "Telephone:", and a question as it stands, "Was it kept?"."""
    return label if label.endswith("?") else f"{label}:"


def _option_words(field: Field, key: str, audience: Audience) -> str:
    option = field.option(key)
    return option.words(audience) if option else f"{key} (unrecognised: read the source)"


def entry_title(
    section: Section,
    entry_id: str,
    values: Mapping[str, Value],
    audience: Audience = Audience.STAFF,
    links: Mapping[str, str] | None = None,
) -> str:
    """Name an entry in a list: the words of its title fields, or the wording of a fixed entry."""
    if fixed := section.fixed(entry_id):
        return fixed.title
    parts = [
        display(section[key], values.get(key), audience, links)
        for key in section.entry_title
        if not is_empty(values.get(key)) and absence_of(values.get(key)) is None
    ]
    return ", ".join(parts) or section.entry_name[:1].upper() + section.entry_name[1:] or section.title
