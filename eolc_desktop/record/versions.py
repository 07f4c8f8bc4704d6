"""A person's plan as a version that can be merged, and the changes that the journal knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from sqlalchemy import Connection, bindparam, select

from eolc_desktop.care_plan.plan import Item, Op
from eolc_desktop.care_plan.said import Place, Said, origin
from eolc_desktop.models.tables import change
from eolc_desktop.record.plans import ITEMS
from eolc_desktop.record.rows import Envelopes, author_of, from_text, moment_of, told_of

_VERSION = ITEMS.order_by(change.c.sequence)
_KNOWN = (
    select(change.c.sequence, change.c.id, change.c.op, change.c.recorded_at, change.c.author_id)
    .where(change.c.person_id == bindparam("person_id"))
    .order_by(change.c.sequence)
)


def version_of(connection: Connection, person_id: str) -> dict[Place, Said]:
    """Everything that stands about a person, what was withdrawn too, oldest first."""
    shared = Envelopes()
    found: dict[Place, Said] = {}
    # Taken apart by place, as `plans` does: a name looked up in each row costs as much as the read.
    for (
        section, entry, field, value, parent, _sequence, change_id, recorded_at,
        author_id, author_name, author_role, author_organisation, source, detail, reason,
        confirmed_at, confirmer_id, confirmer_name, confirmer_role, confirmer_organisation, *_,
    ) in connection.execute(_VERSION, {"person_id": person_id}).all():  # fmt: skip
        at, by = None, None
        if confirmed_at is not None:
            at = shared.moment(confirmed_at)
            by = shared.author(confirmer_id, confirmer_name, confirmer_role, confirmer_organisation)
        author = shared.author(author_id, author_name, author_role, author_organisation)
        told = shared.told(source, detail)
        item = Item(from_text(value), change_id, shared.moment(recorded_at), author, told, at, by)
        found[(section, entry, field)] = Said(item, parent, reason)
    return found


def known_changes(connection: Connection, person_id: str) -> dict[str, int]:
    """The changes and confirmations in a person's journal, named as `merge.merge` names them, in their order."""
    found: dict[str, int] = {}
    for row in connection.execute(_KNOWN, {"person_id": person_id}):
        if row.op == Op.SET.value:
            found[origin(row.id)] = row.sequence
        else:
            found[f"{moment_of(row.recorded_at).isoformat()} {row.author_id}"] = row.sequence
    found.pop("", None)
    return found


def times_known(connection: Connection, person_id: str) -> Counter[str]:
    """How often each change and confirmation stands in a person's journal, under the names of `known_changes`."""
    found = Counter(
        origin(row.id) if row.op == Op.SET.value else f"{moment_of(row.recorded_at).isoformat()} {row.author_id}"
        for row in connection.execute(_KNOWN, {"person_id": person_id})
    )
    found.pop("", None)
    return found


def last_common(
    connection: Connection, person_id: str, besides: Mapping[Place, Collection[str]], known: Collection[str]
) -> dict[Place, Said]:
    """What last stood at places, by the journal here, under a change among `known` and not among those `besides`."""
    found: dict[Place, Said] = {}
    if not besides:
        return found
    wanted = select(change).where(change.c.person_id == person_id, change.c.op == Op.SET.value)
    for row in connection.execute(wanted.order_by(change.c.sequence.desc())):
        place = (row.section, row.entry, row.field)
        name = origin(row.id)
        if place in besides and place not in found and name in known and name not in besides[place]:
            item = Item(from_text(row.value), row.id, moment_of(row.recorded_at), author_of(row), told_of(row))
            found[place] = Said(item, row.parent, row.reason)
    return found
