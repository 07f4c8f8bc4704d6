"""The fullest possible plan: opening it, each section's form on demand, and finding a word in all of it (issue 3)."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from eolc_desktop.care_plan.fields import MAIN, Kind, Section, Value
from eolc_desktop.care_plan.paper_copies import SECTION as PAPER_COPIES
from eolc_desktop.care_plan.plan import Edit
from eolc_desktop.record import journal
from eolc_desktop.services import plans
from tests.bench.bench import Bench
from tests.bench.figures import Figure, p95, spread
from tests.bench.processes import program
from tests.bench.stores import PASSPHRASE, SEED, Kept
from tests.plans import canary

PEOPLE = 200
ENTRIES = 5
"""Entries in every section that repeats."""
ROUNDS = 3
"""How often each value was changed before: a long history stands behind the plan."""
LIMIT_OPEN_MS, LIMIT_FORM_MS, LIMIT_SEARCH_MS = 150.0, 30.0, 30.0
WORDS = ("bed", "hospice line", "zqcpr", "0113", "anna", "quixworth", "garden radio", "2026")


def measure(bench: Bench) -> Iterator[Figure]:
    """Open a plan in which every field of every section is filled, go through its sections, and look for words."""
    kept = bench.stores.of(PEOPLE, histories=False).copied_to(bench.new_folder() / "profile")
    person_id = kept.rows[0].id
    items = _fill_wholly(kept, person_id)
    with program(bench.new_folder(), kept.profile.folder) as started:
        started.ask("unlock", passphrase=PASSPHRASE, wait_seconds=1.0)
        others = [row.id for row in kept.rows[1:3]]
        opened = []
        for turn in range(bench.times(40, 6)):
            started.ask("open_person", person_id=others[turn % 2])
            opened.append(started.ask("open_person", person_id=person_id))
        told = f"{items} items; {spread(opened)}"
        yield Figure("open the fullest plan, p95", p95(opened) * 1000, "ms", LIMIT_OPEN_MS, told)
        sections = [key for key in started.ask("sections") if key != PAPER_COPIES]  # a page of its own
        taken: dict[str, list[float]] = {}
        for _ in range(bench.times(4, 2)):
            for key in sections:
                taken.setdefault(key, []).append(started.ask("section", key=key))
        everything = [seconds for times in taken.values() for seconds in times]
        slowest = max(taken, key=lambda key: min(taken[key]))
        told = f"{spread(everything)}; the slowest is {slowest} ({min(taken[slowest]) * 1000:.0f} ms)"
        yield Figure("a section's form on demand, p95", p95(everything) * 1000, "ms", LIMIT_FORM_MS, told)
        keys = started.ask("find_in_plan", words=list(WORDS) * bench.times(4, 1))
        yield Figure(
            "find in the fullest plan: key to list, p95", p95(keys) * 1000, "ms", LIMIT_SEARCH_MS, spread(keys)
        )


def _fill_wholly(kept: Kept, person_id: str) -> int:
    """Fill every field of every section, some entries of each that repeats, several times over; how many items."""
    session = kept.open()
    dice = Random(SEED)
    try:
        for turn in range(ROUNDS):
            plan = plans.read_plan(session, person_id)
            edits = []
            for section in session.catalogue:
                for entry in _ids(section):
                    parent = _ids(session.catalogue[section.parent])[0] if section.parent else ""
                    for field in section.fields:
                        value: Value = canary(section, field)
                        if field.kind is Kind.LONG_TEXT:
                            value = f"{value} " + " ".join(dice.choice(WORDS) for _ in range(40)) + f" {turn}"
                        elif field.kind is Kind.TEXT:
                            value = f"{value} {turn}"
                        standing = {e.id: e for e in plan.all_entries(section.key)}.get(entry)
                        item = standing.items.get(field.key) if standing else None
                        base = item.change_id if item else ""
                        edits.append(Edit(section.key, entry, field.key, value, base=base, parent=parent))
            with session.store.writing() as connection:
                journal.append(connection, session.pen(), person_id, edits)
        plan = plans.read_plan(session, person_id)
        return sum(len(entry.items) for entries in plan.sections.values() for entry in entries)
    finally:
        session.store.close()


def _ids(section: Section) -> list[str]:
    if section.fixed_entries:
        return [fixed.id for fixed in section.fixed_entries]
    return [f"{section.key}-{number}" for number in range(ENTRIES)] if section.repeats else [MAIN]
