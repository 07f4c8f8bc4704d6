"""Finding anything in one person's plan: every value in words, conversations, documents, and what no longer stands.

The words are folded as names are (accents and capitals do not matter). What is kept hidden is never among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
class Found:
    """The places to show, and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


@dataclass(frozen=True, slots=True)
class _Line:
    hit: Hit
    folded: str
    value: str
    said: str
    age: float


class PlanIndex:
    """The words of one snapshot of a plan, folded once and looked through for each letter that is typed."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._lines = tuple(_lines(plan))

    def find(self, typed: str) -> Found:
        """The places where every word that was typed stands; those where it begins a word come first.

        What stands comes before what no longer does, the latest first. At most `MOST_HITS` are given.
        """
        words = words_of(typed)
        lines: Sequence[_Line] = self._lines if words else ()
        for word in words:
            lines = [line for line in lines if word in line.folded]
        first = sorted(lines, key=lambda line: _rank(line, words))[:MOST_HITS]
        return Found(tuple(_with_words(line, words) for line in first), len(lines))


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
                yield _Line(hit, _words_apart(folded), fold(said), said, -item.last_known_at.timestamp())


def _words_apart(folded: str) -> str:
    """Folded text in which apostrophes are dropped and hyphens are spaces, as in what is typed."""
    for gone in "'’‘`´.":
        folded = folded.replace(gone, "")
    return folded.replace("-", " ")


def _rank(line: _Line, words: Sequence[str]) -> tuple[bool, bool, bool, float]:
    is_elsewhere = not all(word in line.value for word in words)
    is_within = not all(f" {word}" in line.folded or f"\n{word}" in line.folded for word in words)
    return (line.hit.state is not EntryState.CURRENT, is_elsewhere, is_within, line.age)


def _with_words(line: _Line, words: Sequence[str]) -> Hit:
    hit = line.hit
    return Hit(hit.section, hit.entry, hit.field, hit.where, hit.label, excerpt(line.said, words), hit.state, hit.item)


def excerpt(said: str, words: Sequence[str]) -> str:
    """The part of a text that the words stand in, on one line; what is left out is marked."""
    flat = " ".join(said.split())
    folded = fold(flat)
    places = [at for word in words if (at := folded.find(word)) >= 0]
    at = min(places, default=0)
    begins, ends = max(0, at - AROUND), min(len(flat), at + 2 * AROUND)
    if begins:
        begins = flat.find(" ", begins, at) + 1 or begins
    return f"{'…' if begins else ''}{flat[begins:ends].strip()}{'…' if ends < len(flat) else ''}"


def state_words(entry: Entry | Hit) -> str:
    """That an entry no longer stands, or ""."""
    return "" if entry.state is EntryState.CURRENT else entry.state.words
