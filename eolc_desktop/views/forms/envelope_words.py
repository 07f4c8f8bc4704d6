"""What stands under an item: who said it, when, who wrote it down, and when it was last confirmed."""

from __future__ import annotations

from datetime import datetime

from eolc_desktop.care_plan.dates import day_words, today
from eolc_desktop.care_plan.plan import Item, Source, Told

WHO_TOLD = (
    (Source.PERSON, "The person", ""),
    (Source.FAMILY, "Someone close to them", "Who?"),
    (Source.DOCUMENT, "A document", "Which, and where is it?"),
    (Source.CLINICIAN, "A clinician’s judgement", "Whose?"),
    (Source.OTHER_SYSTEM, "Another system", "Which?"),
)
"""The sources on offer, in the order shown, with what is asked about each."""


def told_words(told: Told) -> str:
    """The source as it stands under an item; "" where it was not stated."""
    return "" if told.source is Source.NOT_STATED else told.words


def envelope_words(item: Item) -> str:
    """ "Told by the person, 03-Nov-2026, Jo Okafor. Confirmed 12-Nov-2026." """
    by = item.recorded_by.name or "author not known"
    day = day_words(today(item.recorded_at))
    source = told_words(item.told)
    said = f"{source}, {day}, {by}." if source else f"Recorded {day}, {by}."
    if item.confirmed_at is None:
        return said
    confirmed = f"Confirmed {day_words(today(item.confirmed_at))}"
    name = item.confirmed_by.name if item.confirmed_by else ""
    return f"{said} {confirmed}, {name}." if name and name != by else f"{said} {confirmed}."


def when_words(moment: datetime) -> str:
    """The day of a moment as staff read it."""
    return day_words(today(moment))
