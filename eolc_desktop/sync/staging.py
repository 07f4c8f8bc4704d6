"""What was received is first put beside what is known, raw: merging comes later, person by person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from eolc_desktop.record.exchange import SharedResource
from eolc_desktop.sync.effects import JSON
from eolc_desktop.sync.names import is_manifest, key_of, manifest_key, person_of, stamp_of, updated_of, version_of
from eolc_desktop.sync.ports import Ledger


def moment(text: str) -> datetime:
    """When the server says it changed something. Raises ValueError for what is no instant."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return found.astimezone(UTC)


def stage(ledger: Ledger, resource: JSON, *, asked_for: str = "") -> str:
    """Put a received resource beside what is known, and return whose it is; "" when it was not taken.

    Not taken: a resource about nobody we share, one that says it is about another person than the resource of that
    name was before (T6), and one that is older than what is known. An older version under a newer name can be a stale
    answer, or a server that was restored: the person is then read anew, by name. `asked_for` is the key that was read
    by name: such an answer is the truth, also when its version went down.
    """
    key, person_id = key_of(resource), person_of(resource)
    version, updated = version_of(resource), updated_of(resource)
    if not person_id or not version or (asked_for and key != asked_for):
        return ""
    if resource.get("resourceType") == "List" and not is_manifest(resource):
        return ""
    known = ledger.resource(key)
    if known is not None and known.person_id != person_id:
        ledger.note("refused a resource about somebody else", known.person_id, {"resource": key})
        return ""
    if known is None and key != manifest_key(person_id) and ledger.resource(manifest_key(person_id)) is None:
        return ""  # of nobody we share; what belongs to a manifest that comes later is then read by name
    if known is None and ledger.has_left(person_id):
        return ""
    known = known or SharedResource(key, person_id)
    # A number alone proves nothing: a server that was set back gives the same numbers to other versions.
    is_base = version == known.base_version and stamp_of(resource) == stamp_of(known.base)
    is_seen = version == known.seen_version and stamp_of(resource) == stamp_of(known.seen)
    if is_seen if known.seen is not None else is_base:
        if known.seen is None and updated != known.base_updated:
            # What went from here: the server's answer told its version, and not its time.
            ledger.put_resources(replace(known, base_updated=updated))
        return person_id
    if asked_for and is_base:
        ledger.put_resources(replace(known, seen=None, seen_version="", seen_updated=""))
        return person_id
    if not asked_for and _is_older(updated, known.seen_updated or known.base_updated):
        doubt(ledger, known)  # which of the two is the newer cannot be told
        return person_id
    ledger.put_resources(replace(known, seen=resource, seen_version=version, seen_updated=updated))
    _mark_staged(ledger, person_id)
    return person_id


def doubt(ledger: Ledger, known: SharedResource) -> None:
    """Hold the version of a resource as not known until it was asked for by name."""
    if known.base is not None:
        ledger.put_resources(replace(known, seen=None, seen_version="", seen_updated="", base_version=""))
    elif known.seen is not None:
        ledger.put_resources(replace(known, seen_version=""))
    _mark_staged(ledger, known.person_id)


def _is_older(updated: str, known: str) -> bool:
    if not known:
        return False
    try:
        return moment(updated) <= moment(known)
    except ValueError:
        return True


def _mark_staged(ledger: Ledger, person_id: str) -> None:
    person = ledger.person(person_id)
    if not person.staged:
        ledger.put_person(replace(person, staged=True))
