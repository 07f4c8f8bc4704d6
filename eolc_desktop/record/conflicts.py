"""The conflicts that wait for a person, and those that were settled: kept whole, with both versions."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select
from sqlalchemy.dialects.sqlite import insert as upsert

from eolc_desktop.care_plan.conflicts import Choice, Conflict, is_about_cpr
from eolc_desktop.care_plan.merge import ClashItem
from eolc_desktop.care_plan.plan import Author
from eolc_desktop.care_plan.said import said_from_json, said_to_json
from eolc_desktop.models.tables import conflict as conflict_table
from eolc_desktop.record.rows import moment_text

_PUT_CONFLICT = upsert(conflict_table)
_PUT_CONFLICT = _PUT_CONFLICT.on_conflict_do_update(
    index_elements=[conflict_table.c.id],
    set_={name: _PUT_CONFLICT.excluded[name] for name in ("body", "settled_at", "about_cpr")},
)


def _conflicts(of_one: bool, open_only: bool) -> Select[str]:
    wanted = select(conflict_table.c.body).order_by(conflict_table.c.found_at, conflict_table.c.id)
    if of_one:
        wanted = wanted.where(conflict_table.c.person_id == bindparam("person_id"))
    return wanted.where(conflict_table.c.settled_at == "") if open_only else wanted


_CONFLICTS = {(one, waiting): _conflicts(one, waiting) for one in (False, True) for waiting in (False, True)}
"""Made once: they are read with each plan, and before each save."""


def conflicts_of(connection: Connection, person_id: str = "", *, open_only: bool = False) -> tuple[Conflict, ...]:
    """The conflicts about one person, or all, oldest first."""
    wanted = _CONFLICTS[bool(person_id), open_only]
    bodies = connection.execute(wanted, {"person_id": person_id} if person_id else {}).scalars()
    return tuple(conflict_from_json(json.loads(body)) for body in bodies)


def put_conflict(connection: Connection, found: Conflict) -> None:
    """Keep a conflict, open or settled."""
    connection.execute(
        _PUT_CONFLICT,
        {
            "id": found.id,
            "person_id": found.person_id,
            "body": json.dumps(conflict_to_json(found), ensure_ascii=False, sort_keys=True),
            "found_at": moment_text(found.found_at),
            "settled_at": moment_text(found.settled_at) if found.settled_at else "",
            "about_cpr": int(is_about_cpr(found.items)),
        },
    )


def conflict_to_json(found: Conflict) -> dict[str, Any]:
    """A conflict as JSON, for the table and for the Task that shares it."""
    kept: dict[str, Any] = {
        "id": found.id,
        "person": found.person_id,
        "unit": list(found.unit),
        "items": [
            [list(item.place), said_to_json(item.base), said_to_json(item.mine), said_to_json(item.theirs)]
            for item in found.items
        ],
        "found_at": moment_text(found.found_at),
        "found_by": _author(found.found_by),
    }
    if found.settled_by is not None and found.settled_at is not None:
        kept["settled"] = {
            "choice": found.choice.value if found.choice else "",
            "reason": found.reason,
            "by": _author(found.settled_by),
            "at": moment_text(found.settled_at),
        }
    return kept


def conflict_from_json(kept: Any) -> Conflict:
    """What `conflict_to_json` wrote. Raises ValueError for JSON that it cannot have written."""
    try:
        items = tuple(
            ClashItem(
                (str(place[0]), str(place[1]), str(place[2])),
                said_from_json(base),
                said_from_json(mine),
                said_from_json(theirs),
            )
            for place, base, mine, theirs in kept["items"]
        )
        unit = tuple(str(part) for part in kept["unit"])
        found_at = datetime.fromisoformat(kept["found_at"])
        found = Conflict(str(kept["id"]), str(kept["person"]), unit, items, found_at, Author(*kept["found_by"]))
        if settled := kept.get("settled"):
            found = replace(
                found,
                choice=Choice(settled["choice"]),
                reason=str(settled["reason"]),
                settled_by=Author(*settled["by"]),
                settled_at=datetime.fromisoformat(settled["at"]),
            )
        return found
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise ValueError("this is not a conflict") from error


def _author(author: Author) -> list[str]:
    return [author.user_id, author.name, author.role, author.organisation]
