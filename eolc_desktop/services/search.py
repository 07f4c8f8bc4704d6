"""Finding anything in one person's plan: every value in words, conversations, documents, and what no longer stands.

The words are folded as names are (accents and capitals do not matter). What is kept hidden is never among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from eolc_desktop.care_plan.fields import MAIN, is_empty
from eolc_desktop.care_plan.paper_copies import SECTION as PAPER_COPIES
from eolc_desktop.care_plan.plan import Entry, EntryState, Item, Plan
from eolc_desktop.care_plan.words import display, entry_title
from eolc_desktop.record.folding import fold, words_of

MOST_HITS = 40
AROUND = 60
"""Letters shown on either side of what was found."""
LOG = "conversations"


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where the words stand: the section and entry in words, the item, what it says around the words, and
    when and by whom it was recorded."""

    section: str
    entry: str
    field: str
    where: str
    label: str
    words: str
    state: EntryState
    item: Item


@dataclass(frozen=True, slots=True)
class _Line:
    hit: Hit
    folded: str
    said: str


class PlanIndex:
    """The words of one snapshot of a plan, folded once and looked through for each letter that is typed."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._lines = tuple(_lines(plan))

    def find(self, typed: str) -> tuple[Hit, ...]:
        """The places where every word that was typed stands (as the beginning of a word first, else within one).

        What stands comes before what no longer does, the latest first. At most `MOST_HITS`.
        """
        words = words_of(typed)
        if not words:
            return ()
        found = [line for line in self._lines if all(word in line.folded for word in words)]
        found.sort(key=lambda line: _rank(line, words))
        return tuple(_with_words(line, words) for line in found[:MOST_HITS])

    def count(self, typed: str) -> int:
        """How many places there are in all."""
        words = words_of(typed)
        return sum(1 for line in self._lines if all(word in line.folded for word in words)) if words else 0


def _lines(plan: Plan) -> Iterator[_Line]:
    for section in plan.catalogue:
        if section.key == PAPER_COPIES:
            continue
        for entry in plan.all_entries(section.key):
            where = section.title
            if entry.id != MAIN:
                where = f"{where}, {entry_title(section, entry.id, entry.values, links=plan.links)}"
            for field in section.fields:
                item = entry.items.get(field.key)
                if item is None or is_empty(item.value) or field.sensitive:
                    continue
                said = display(field, item.value, links=plan.links)
                hit = Hit(section.key, entry.id, field.key, where, field.label, said, entry.state, item)
                # A telephone or NHS number is found with and without the spaces in it.
                plain = said.replace(" ", "").replace("\u00a0", "") if any(c.isdigit() for c in said) else ""
                folded = fold(f"{where} \n{field.label} \n{said} \n{plain}")
                yield _Line(hit, _words_apart(folded), said)


def _words_apart(folded: str) -> str:
    """Folded text in which apostrophes are dropped and hyphens are spaces, as in what is typed."""
    for gone in "'’‘`´.":
        folded = folded.replace(gone, "")
    return folded.replace("-", " ")


def _rank(line: _Line, words: Iterable[str]) -> tuple[bool, bool, bool, float]:
    hit = line.hit
    in_value = all(word in fold(hit.words) for word in words)
    begins = all(f" {word}" in f" {line.folded}" or f"\n{word}" in line.folded for word in words)
    return (hit.state is not EntryState.CURRENT, not in_value, not begins, -hit.item.last_known_at.timestamp())


def _with_words(line: _Line, words: Iterable[str]) -> Hit:
    hit = line.hit
    return Hit(hit.section, hit.entry, hit.field, hit.where, hit.label, excerpt(line.said, words), hit.state, hit.item)


def excerpt(said: str, words: Iterable[str]) -> str:
    """The part of a text that the words stand in, on one line; what is left out is marked."""
    flat = " ".join(said.split())
    folded = fold(flat)
    places = [at for word in words if (at := folded.find(word)) >= 0]
    at = min(places, default=0)
    begins, ends = max(0, at - AROUND), min(len(flat), at + 2 * AROUND)
    return f"{'…' if begins else ''}{flat[begins:ends].strip()}{'…' if ends < len(flat) else ''}"


def state_words(entry: Entry | Hit) -> str:
    """That an entry no longer stands, or ""."""
    return "" if entry.state is EntryState.CURRENT else entry.state.words
