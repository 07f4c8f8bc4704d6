"""How much of the national standards the record can hold: each of their items, and the fields that hold it.

`*_items.csv` are the items of a standard (`coded`: it asks for a code). `*_mapping.csv` says for each item which fields
hold it: `section.field`, or `section.link>section.field` for what stands with the entry that a field points at, or
`@Plan.last_change_at` for what the program keeps itself with every plan or value. An item without a field has a note
that says why. `python -m tests.coverage` writes `docs/coverage.md`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.fields import Field, Kind
from eolc_desktop.care_plan.plan import Item, Plan

HERE = Path(__file__).parent
REPORT = HERE.parent.parent / "docs" / "coverage.md"
KEPT_BY_THE_PROGRAM = {"Plan": Plan, "Item": Item}


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard: the name of its files, what the report calls it, and how many items it has."""

    files: str
    name: str
    title: str
    items: int


PRSB = Standard("prsb", "PRSB", "PRSB Palliative and End of Life Care v1.1: the leaf items", 302)
SCCI1580 = Standard("scci1580", "SCCI1580", "SCCI1580 Palliative care co-ordination: core content", 60)
STANDARDS = (PRSB, SCCI1580)


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a standard and where the record holds it."""

    number: str
    item: str
    coded: bool
    held_in: tuple[str, ...]
    note: str

    @property
    def is_held(self) -> bool:
        """Whether it can be entered, or is kept by the program."""
        return bool(self.held_in)


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the files beside this one."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def lines(standard: Standard) -> tuple[Line, ...]:
    """Every item of a standard in its order; one that the mapping leaves out is held nowhere and has no note."""
    mapped = {row["n"]: row for row in rows(f"{standard.files}_mapping")}
    nothing = {"held_in": "", "note": ""}
    return tuple(
        Line(row["n"], row["item"], row["coded"] == "yes", tuple(there["held_in"].split()), there["note"])
        for row in rows(f"{standard.files}_items")
        for there in [mapped.get(row["n"], nothing)]
    )


def field_at(place: str) -> Field | None:
    """The field that a place names, the last one where it leads over a link; None where there is none."""
    found: Field | None = None
    for step in place.split(">"):
        section, _, key = step.partition(".")
        if found is not None and found.links_to != section:
            return None
        found = built_in().field(section, key)
        if found is None:
            return None
    return found


def is_kept(place: str) -> bool:
    """Whether a place names something that the program keeps itself, which is there."""
    kind, _, name = place.removeprefix("@").partition(".")
    return place.startswith("@") and hasattr(KEPT_BY_THE_PROGRAM.get(kind), name)


def carries_a_code(field: Field) -> bool:
    """Whether a value of this field has a code: one of its own options', or the one it came with."""
    return field.kind is Kind.CODED or any(option.codes for option in field.options)


def report() -> str:
    """The coverage report as it is committed."""
    parts = [
        "# What the record can hold",
        "Written by `make coverage-report` from the files in `tests/coverage`; do not edit. An item counts when it can "
        "be entered, or is kept by the program; one that asks for a code counts when the field offers codes or carries "
        "the code it was given.",
        *(f"{one.name}: {sum(line.is_held for line in lines(one))} of {len(lines(one))}" for one in STANDARDS),
    ]
    for one in STANDARDS:
        table = ["| # | Item | Held in | Note |", "|---|---|---|---|", *map(_row, lines(one))]
        parts += [f"## {one.title}", "\n".join(table)]
    return "\n\n".join(parts) + "\n"


def _row(line: Line) -> str:
    held = ", ".join(f"`{place}`" for place in line.held_in) or "**not held**"
    return f"| {line.number} | {line.item} | {held} | {line.note} |"
