"""Everything that changed, asked for in one list: where a server gives it, a quiet exchange costs it little.

FHIR R4, 3.1.0.9: the history of everything names every version since a moment, the newest first. Fifteen searches that
find nothing cost a server ten times as much as this one question. It takes their place only where it is certain to
leave out nothing: when every type was read to its end before, in one reading that was not cut off; when the list says
that it has no next page, and is not full; and when all of it can be understood. Otherwise the types are searched.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from eolc_desktop.fhir.elements import parts
from eolc_desktop.fhir.sharing.elements import PROJECTION
from eolc_desktop.sync import how_far
from eolc_desktop.sync.effects import JSON
from eolc_desktop.sync.names import is_manifest, key_of, updated_of, version_of
from eolc_desktop.sync.ports import Ledger, Setup
from eolc_desktop.sync.staging import moment

MOST = 200
"""So many versions make the list too long: then the types are searched."""


def all_of(kinds: Sequence[str]) -> str:
    """The name under which `how_far` keeps how far these types were read together: only ever by a reading that came to
    its end. Where another type is read too, nothing is known of them all."""
    return f"all of {','.join(kinds)}"


def start(ledger: Ledger, setup: Setup, kinds: Sequence[str], manifests_since: str) -> str:
    """From which moment the list is asked for; "" where it cannot take the place of the searches.

    Never later than manifests are read from, so that those which the last reading found are found again.
    """
    begin = how_far.start(ledger, setup, all_of(kinds))
    if not (setup.abilities.lists_changes and manifests_since and begin) or setup.scope:
        return ""
    return min(begin, manifests_since, key=moment)


def search(where: str, since: str) -> str:
    """The question. It stands inside a batch; `where` is what the trial of the server found (`lists_changes`)."""
    return f"{where}?{urlencode([('_since', since), ('_count', str(MOST))])}"


def pages(kinds: Sequence[str], history: JSON) -> list[JSON] | None:
    """The newest version of each resource, as a page for each type, in the order of their time; None where the list
    may not be whole, or cannot be understood."""
    entries = parts(history.get("entry"))
    if history.get("type") != "history" or len(entries) >= MOST or _goes_on(history):
        return None
    versions: dict[str, list[JSON]] = {}
    for entry in entries:
        resource = entry.get("resource")
        if isinstance(resource, dict):
            versions.setdefault(key_of(resource), []).append(resource)
        elif _deleted(entry) in ("", *kinds):
            return None
    found = []
    for of_one in versions.values():
        if (newest := _newest(of_one)) is None:
            return None
        if _is_ours_to_read(newest):
            found.append(newest)
    try:
        found.sort(key=lambda resource: (moment(updated_of(resource)), str(resource.get("id"))))
    except ValueError:
        return None
    return [
        {"entry": [{"resource": resource} for resource in found if resource.get("resourceType") == kind]}
        for kind in kinds
    ]


def _deleted(entry: JSON) -> str:
    """The type of what an entry says was deleted; "" when it does not say."""
    asked = entry.get("request")
    if not isinstance(asked, dict) or asked.get("method") != "DELETE":
        return ""
    return (["", "", *str(asked.get("url", "")).partition("?")[0].split("/")])[-2]


def _newest(versions: Sequence[JSON]) -> JSON | None:
    """The newest of some versions of one resource, by their numbers: the times of two can be the wrong way round, where
    one was begun before the other and written after it. None where they are no numbers."""
    if len(versions) == 1:
        return versions[0]
    numbers = [version_of(resource) for resource in versions]
    if not all(number.isascii() and number.isdigit() for number in numbers):
        return None
    return max(versions, key=lambda resource: int(version_of(resource)))


def _goes_on(history: JSON) -> bool:
    return any(link.get("relation") == "next" for link in parts(history.get("link")))


def _is_ours_to_read(resource: JSON) -> bool:
    """As the searches ask: no other lists than manifests, no letters and reports of other systems."""
    if resource.get("resourceType") == "List":
        return is_manifest(resource)
    if resource.get("resourceType") == "DocumentReference":
        return any(identifier.get("system") == PROJECTION for identifier in parts(resource.get("identifier")))
    return True


def note(ledger: Ledger, setup: Setup, kinds: Sequence[str], was_ripe: str, *, sure: bool) -> None:
    """At the end of a reading of all types: how far it came. Where a row of a type may have been passed over, nothing
    is certain of them all, and they are searched next time."""
    everything = all_of(kinds)
    if not sure:
        how_far.forget(ledger, everything)
        return
    newest = [found for kind in kinds if (found := how_far.newest(ledger, kind))]
    if newest:
        how_far.keep(ledger, everything, max(newest, key=moment))
    how_far.note(ledger, setup, everything, was_ripe)
