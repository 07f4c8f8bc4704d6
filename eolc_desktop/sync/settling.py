"""Settling a conflict: a named person says what stands, with a reason, looking at what the shared record says now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from eolc_desktop.care_plan.conflicts import Choice, Conflict
from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.merge import ClashItem, Line
from eolc_desktop.care_plan.plan import NOT_STATED, Item, Op
from eolc_desktop.care_plan.said import Place, Said, content
from eolc_desktop.errors import ChangedElsewhere, InvalidValue, UserError
from eolc_desktop.sync.ports import Ledger, Setup


def settle(
    ledger: Ledger,
    setup: Setup,
    person_id: str,
    conflict_id: str,
    choice: Choice,
    reason: str,
    values: Mapping[Place, Value] | None = None,
    seen: Mapping[Place, str] | None = None,
) -> Conflict:
    """Record what stands and why; `values` are what is written anew, for `Choice.ANEW`.

    `seen` names, by place, the change that stood on the screen: when another has come since, nothing is recorded and
    ChangedElsewhere is raised. Raises InvalidValue without a reason, UserError when it has been settled already.
    """
    if not reason.strip():
        raise InvalidValue(
            "Please say why.", "Nothing was changed.", "A short reason is enough; it stays with the decision."
        )
    conflict = next((c for c in ledger.conflicts(person_id) if c.id == conflict_id and c.is_open), None)
    if conflict is None:
        raise UserError("This has been settled already.", "Nothing was changed.", "Read what stands now.")
    standing = ledger.version(person_id)
    for place, change in (seen or {}).items():
        now = standing.get(place)
        if (now.item.change_id if now is not None else "") != change:
            raise ChangedElsewhere(
                "This was changed after you last saw it.",
                "Nothing was written over.",
                "Read what stands now, then decide again.",
            )
    lines: list[Line] = []
    if choice is Choice.MINE:
        lines = [line for item in conflict.items for line in _stand_again(setup, item, standing, reason)]
    elif choice is Choice.ANEW:
        for place, value in (values or {}).items():
            lines += _set(setup, place, value, standing, reason)
    ledger.append(person_id, lines)
    settled = replace(conflict, choice=choice, reason=reason.strip(), settled_by=setup.author, settled_at=setup.now())
    ledger.put_conflict(settled)
    person = ledger.person(person_id)
    ledger.put_person(replace(person, waiting_since=person.waiting_since or setup.now().isoformat()))
    ledger.note("settled a conflict", person_id, {"conflict": conflict_id, "choice": choice.value})
    return settled


def _stand_again(setup: Setup, item: ClashItem, standing: Mapping[Place, Said], reason: str) -> list[Line]:
    """The lines by which what was put aside stands again, under the name of whoever decides it."""
    now, mine = standing.get(item.place), item.mine
    if content(now, item.place) != content(mine, item.place):
        value = mine.item.value if mine is not None else None
        return _set(setup, item.place, value, standing, reason, like=mine)
    if now is not None and mine is not None and mine.confirmation is not None:
        confirmed = replace(now, item=replace(now.item, confirmed_at=setup.now(), confirmed_by=setup.author))
        return [Line(item.place, Op.CONFIRM, confirmed, is_ours=True)]
    return []


def _set(
    setup: Setup,
    place: Place,
    value: Value,
    standing: Mapping[Place, Said],
    reason: str,
    like: Said | None = None,
) -> list[Line]:
    before = standing.get(place)
    if content(before, place) == value:
        return []
    told = like.item.told if like is not None else NOT_STATED
    parent = like.parent if like is not None else (before.parent if before is not None else "")
    said = Said(Item(value, "", setup.now(), setup.author, told), parent, reason.strip())
    return [Line(place, Op.SET, said, is_ours=True)]
