"""Lists of several people for staff: the caseload as it is shown, and the list for a team meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eolc_desktop.documents.blocks import Block, Heading, NoteBox, Paragraph, TableBlock
from eolc_desktop.documents.translations import ENGLISH, words_in

NOT_HERE = "Not on this list"
"""What stands where something is left out. Never nothing: an empty cell reads as if nothing were recorded (H04)."""


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """One row: who it is by two identifiers ("SMITH, Margaret" or "M S", and the NHS number), and the other cells."""

    name: str
    born: str
    nhs_number: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PeopleList:
    """A list to be printed: its own title ("Reviews due"), its columns beside the identifiers, and the people."""

    title: str
    columns: tuple[str, ...]
    people: tuple[ListedPerson, ...]
    of_how_many: int


def initials(family_name: str, given_names: str) -> str:
    """The initials of a name, for a list that may be left lying: "M R S"."""
    words = [*given_names.split(), *family_name.split()]
    return " ".join(word[:1].upper() for word in words) or "?"


def caseload_list(listed: PeopleList) -> list[Block]:
    """The caseload as a table: two identifiers for each person, "n of N", and what to do with the page afterwards."""
    return [*_head(listed, "lists.caseload"), _table(listed, ())]


def mdt_list(listed: PeopleList) -> list[Block]:
    """The list for a team meeting: the same, with room beside each person for what is decided, by whom and by when."""
    words = words_in(ENGLISH)
    return [*_head(listed, "lists.mdt"), _table(listed, (words("lists.decided"), words("lists.who_by_when")))]


def _head(listed: PeopleList, kind: str) -> list[Block]:
    words = words_in(ENGLISH)
    count = words("lists.count", n=str(len(listed.people)), all=str(listed.of_how_many))
    leaves_out = any(NOT_HERE in cell for person in listed.people for cell in person.cells)
    return [
        Heading(f"{words(kind)}: {listed.title}" if listed.title else words(kind), 1),
        Paragraph(count),
        *([Paragraph(words("lists.left_out", cell=NOT_HERE))] if leaves_out else []),
        NoteBox("", (Paragraph(words("lists.private")),)),
    ]


def _table(listed: PeopleList, by_hand: Sequence[str]) -> Block:
    words = words_in(ENGLISH)
    head = (words("lists.person"), words("lists.born"), words("lists.nhs_number"), *listed.columns, *by_hand)
    empty = tuple("\n" for _ in by_hand)
    rows = tuple((p.name, p.born, p.nhs_number, *p.cells, *empty) for p in listed.people)
    widths = (4.0, 2.2, 2.4, *(2.6 for _ in listed.columns), *(3.4 for _ in by_hand))
    return TableBlock(head, rows, widths, "")
