"""The lines of files with the plans: as CSV and as JSON, with a mark at what stays out of whatever is shared."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from eolc_desktop.care_plan.leaving import Stays
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.care_plan.said import Place
from eolc_desktop.services.our_service import spreadsheet_safe

Staying: TypeAlias = Mapping[Place, Stays]


def without(plan: Plan, stays: Staying) -> Plan:
    """A plan without these places, and without the entries of which nothing is left."""
    sections = {
        section: tuple(
            left
            for entry in entries
            for left in [
                replace(entry, items={k: i for k, i in entry.items.items() if (section, entry.id, k) not in stays})
            ]
            if left.items or not entry.items
        )
        for section, entries in plan.sections.items()
    }
    return replace(plan, sections={section: entries for section, entries in sections.items() if entries})


def csv_of(plan: Plan, stays: Staying) -> Iterable[str]:
    """The lines of one person, a value each."""
    who = (plan.person_id, plan.text("person", "nhs_number"), plan.banner_name)
    for section, entries in plan.sections.items():
        for entry in entries:
            for key, item in entry.items.items():
                value = item.value if isinstance(item.value, str) else json.dumps(item.value, ensure_ascii=False)
                confirmed = item.confirmed_at.isoformat() if item.confirmed_at else ""
                why = stays.get((section, entry.id, key), "")
                yield line_of(
                    (*who, section, f"{entry.id}{'' if entry.state == 'current' else f' ({entry.state.words})'}", key,
                     value, item.recorded_at.isoformat(), item.recorded_by.words, item.told.words, confirmed, why)
                )  # fmt: skip


def json_of(plan: Plan, stays: Staying) -> str:
    """The line of one person."""

    def told(moment: datetime | None) -> str | None:
        return moment.isoformat() if moment is not None else None

    whole = {
        "person": plan.person_id,
        "version": plan.version,
        "as_of": plan.as_of.isoformat(),
        "sections": {
            section: [
                {
                    "entry": entry.id,
                    "state": entry.state.value,
                    "reason": entry.reason,
                    "parent": entry.parent,
                    "values": {
                        key: {
                            "value": item.value,
                            "recorded_at": told(item.recorded_at),
                            "recorded_by": item.recorded_by.words,
                            "source": item.told.words,
                            "confirmed_at": told(item.confirmed_at),
                            "stays_here": stays.get((section, entry.id, key), ""),
                        }
                        for key, item in entry.items.items()
                    },
                }
                for entry in entries
            ]
            for section, entries in plan.sections.items()
        },
    }
    return json.dumps(whole, ensure_ascii=False) + "\n"


def line_of(cells: Sequence[str]) -> str:
    """A line of a CSV file; no cell of it is worked out by a spreadsheet."""
    out = io.StringIO(newline="")
    csv.writer(out).writerow([spreadsheet_safe(cell) for cell in cells])
    return out.getvalue()
