"""What is known of each resource on the server: the version that this laptop's plan follows, and a newer one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from eolc_desktop.models.tables import exchange_mark, shared_person
from eolc_desktop.models.tables import shared_resource as resource_table
from eolc_desktop.record import exact_json
from eolc_desktop.record.at_once import ONE_OF, ForManyRows, listed, one_of
from eolc_desktop.record.exchange import SharedResource

_COLUMNS = [c.name for c in resource_table.c]
_INSERT = upsert(resource_table)
_PUT = ForManyRows(
    _INSERT.on_conflict_do_update(
        index_elements=[resource_table.c.key],
        set_={name: _INSERT.excluded[name] for name in _COLUMNS if name != "key"},
    ),
    _COLUMNS,
)
_ONE = select(resource_table).where(resource_table.c.key == bindparam("wanted"))
_SEVERAL = select(resource_table).where(resource_table.c.key.in_(one_of()))
_OF_PERSON = select(resource_table).where(resource_table.c.person_id == bindparam("person"))
_KEYS = select(resource_table.c.key).where(resource_table.c.person_id == bindparam("person"))
_UNSETTLED = select(
    func.coalesce(func.max(resource_table.c.seen != ""), 0),
    func.coalesce(func.max((resource_table.c.base != "") & (resource_table.c.base_version == "")), 0),
).where(resource_table.c.person_id == bindparam("person"))
_VERSIONS = select(resource_table.c.key, resource_table.c.base_version, resource_table.c.seen_version).where(
    resource_table.c.person_id == bindparam("person")
)
_FOLLOW = (
    update(resource_table)
    .where(resource_table.c.key == bindparam("followed"), resource_table.c.seen != "")
    .values(
        base=resource_table.c.seen,
        base_version=resource_table.c.seen_version,
        base_updated=resource_table.c.seen_updated,
        seen="",
        seen_version="",
        seen_updated="",
    )
)


def one(connection: Connection, key: str) -> SharedResource | None:
    """What is known of one resource on the server."""
    row = connection.execute(_ONE, {"wanted": key}).first()
    return _resource(row) if row else None


def several(connection: Connection, keys: Sequence[str]) -> dict[str, SharedResource]:
    """What is known of some resources on the server, by key; those of which nothing is known are not in it."""
    if not keys:
        return {}
    return {row.key: _resource(row) for row in connection.execute(_SEVERAL, {ONE_OF: listed(keys)})}


def of_person(
    connection: Connection, person_id: str, read: Mapping[str, SharedResource | None] = MappingProxyType({})
) -> dict[str, SharedResource]:
    """What is known of the resources of a person on the server, by key. What was `read`, or written, within this
    transaction is not read again: SQLite finds the keys without the long texts beside them."""
    if not read:
        return {row.key: _resource(row) for row in connection.execute(_OF_PERSON, {"person": person_id})}
    keys = connection.execute(_KEYS, {"person": person_id}).scalars().all()
    others = several(connection, [key for key in keys if read.get(key) is None])
    return {key: read.get(key) or others[key] for key in keys}


def versions(connection: Connection, person_id: str) -> dict[str, tuple[str, str]]:
    """The version that the plan follows, and the one that was seen since, of each resource of a person."""
    return {key: (base, seen) for key, base, seen in connection.execute(_VERSIONS, {"person": person_id})}


def unsettled(connection: Connection, person_id: str) -> tuple[bool, bool]:
    """Whether something of a person was received and not merged; whether the version of something is not known."""
    has_seen, is_unsure = connection.execute(_UNSETTLED, {"person": person_id}).one()
    return bool(has_seen), bool(is_unsure)


def put(connection: Connection, resources: Sequence[SharedResource]) -> None:
    """Keep what is known of resources on the server."""
    _PUT.run(connection, [_row(known) for known in resources])


def follow(connection: Connection, keys: Sequence[str]) -> None:
    """The versions that were seen of these are from now on those that the plan follows: moved within the table."""
    if keys:
        connection.execute(_FOLLOW, [{"followed": key} for key in keys])


def forget_bases(connection: Connection) -> None:
    """Forget what the server had, and how far it was read: it is not the server it was (it was restored)."""
    nothing = dict.fromkeys(("base", "base_version", "base_updated", "seen", "seen_version", "seen_updated"), "")
    connection.execute(update(resource_table).values(nothing))
    connection.execute(update(exchange_mark).where(exchange_mark.c.name.startswith("read:")).values(value=""))
    connection.execute(update(shared_person).values(staged=0))


def _row(known: SharedResource) -> dict[str, str]:
    return {
        "key": known.key,
        "person_id": known.person_id,
        "base_version": known.base_version,
        "base_updated": known.base_updated,
        "seen_version": known.seen_version,
        "seen_updated": known.seen_updated,
        "base": exact_json.dumps(known.base) if known.base is not None else "",
        "seen": exact_json.dumps(known.seen) if known.seen is not None else "",
    }


def _resource(row: Any) -> SharedResource:
    key, person_id, base_version, base_updated, seen_version, seen_updated, base, seen = row
    return SharedResource(
        key,
        person_id,
        exact_json.loads(base) if base else None,
        base_version,
        base_updated,
        exact_json.loads(seen) if seen else None,
        seen_version,
        seen_updated,
    )
