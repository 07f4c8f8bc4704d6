"""The columns of the caseload in words: one for each fact where there is room, else two facts above each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.dates import today
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services.caseload_table import BY_KEY, row_words
from eolc_desktop.views import person_words

Words = Callable[[PersonRow], str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is shown: its heading, its words, the smaller line beneath them, and words as wide as most are.

    `sorts` is the key of what a click on the heading sorts by.
    """

    heading: str
    words: Words
    second: Words
    sample: str
    sorts: str


def _nothing(_row: PersonRow) -> str:
    return ""


def _preferred_and_state(row: PersonRow) -> str:
    preferred = f"“{row.preferred_name}”" if row.preferred_name else ""
    return " · ".join(part for part in (preferred, person_words.state_words(row)) if part)


class Columns:
    """Makes the columns that a user chose."""

    def __init__(self, catalogue: Callable[[], Catalogue], now: Callable[[], datetime]) -> None:
        self._catalogue = catalogue
        self._now = now
        self._places: dict[str, str] = {}
        self._facts: dict[str, Words] = {
            "preferred": lambda row: row.preferred_name,
            "born": lambda row: person_words.born_words(row, today(self._now())),
            "nhs": person_words.nhs_words,
            "cpr": person_words.cpr_words,
            "place": self._place,
            "review": person_words.review_words,
            "changed": lambda row: person_words.changed_words(row, self._now()),
            "postcode": lambda row: row.postcode,
        }

    def wide(self, keys: tuple[str, ...]) -> tuple[Column, ...]:
        """The name, and a column for each fact."""
        name = Column("Name", person_words.name_words, person_words.state_words, "", "name")
        return (name, *(self._column(key) for key in keys))

    def narrow(self, keys: tuple[str, ...]) -> tuple[Column, ...]:
        """The name with the preferred one beneath, and the other facts two by two."""
        name = Column("Name", person_words.name_words, _preferred_and_state, "", "name")
        rest = [key for key in keys if key != "preferred"]
        pairs = [rest[place : place + 2] for place in range(0, len(rest), 2)]
        return (name, *(self._pair(*pair) for pair in pairs))

    def _column(self, key: str) -> Column:
        column = BY_KEY[key]
        return Column(column.heading, self._words(key), _nothing, column.sample, key)

    def _pair(self, key: str, below: str = "") -> Column:
        first = self._column(key)
        if not below:
            return first
        under = BY_KEY[below]
        words = self._words(below)

        def second(row: PersonRow) -> str:
            said = words(row)
            return f"{_LABELS.get(below, under.heading)} {said}" if said else ""

        # The smaller line takes about nine tenths of the room of a usual one.
        beneath = f"{_LABELS.get(below, under.heading)} {under.sample}"
        sample = max(first.sample, beneath[: len(beneath) * 9 // 10], key=len)
        return Column(first.heading, first.words, second, sample, first.sorts)

    def _words(self, key: str) -> Words:
        if key in self._facts:
            return self._facts[key]

        def words(row: PersonRow) -> str:
            return row_words(self._catalogue(), row, key)

        return words

    def _place(self, row: PersonRow) -> str:
        words = self._places.get(row.preferred_death)
        if words is None:
            words = self._places[row.preferred_death] = person_words.place_words(row, self._catalogue())
        return words


_LABELS = {"nhs": "NHS No.", "cpr": "CPR:", "changed": "Changed"}
"""How a fact is named before its words, where the heading is longer."""
