"""What changed, asked for in one list first: where a server gives it, a quiet exchange costs it little.

FHIR R4, 3.1.0.9: the history of everything names every version since a moment, the newest first. Fifteen searches that
find nothing cost a server fifteen times as much as this one question. So the list says which types have something new,
and only those are searched. It is believed only where it is certain to leave out nothing: when every type was read to
its end before, in one reading that was not cut off; when the list says that it has no next page, and is not full; and
when all of it can be understood. Otherwise every type is searched, and for a while the list is not asked for again.

Only summaries are asked for: files of other people stand among what changed, and are not to be fetched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlencode

from eolc_desktop.fhir.elements import parts
from eolc_desktop.fhir.sharing.elements import PROJECTION
from eolc_desktop.sync import how_far
from eolc_desktop.sync.effects import JSON
from eolc_desktop.sync.names import MANIFEST_CODE, key_of, updated_of, version_of
from eolc_desktop.sync.ports import Ledger, Setup
from eolc_desktop.sync.staging import moment

MOST = 200
"""So many versions make the list too long: then the types are searched."""
PAUSE = timedelta(minutes=30)
"""How long a list is not asked for after one that did not do: where much changes, or other systems write much beside
what is read, it would be fetched in vain at every exchange."""
_IN_VAIN = "read:list in vain"


@dataclass(slots=True)
class Listed:
    """What a list told."""

    since: str
    until: str = ""
    """The newest moment in it; "" where it is empty."""
    news: set[str] = field(default_factory=set)
    """The types of which it names something that is not known here."""
    newest: dict[str, str] = field(default_factory=dict)
    """By type, the newest moment of what is known."""
    manifests: dict[str, str] = field(default_factory=dict)
    """By key, when each manifest was changed last."""


def all_of(kinds: Sequence[str]) -> str:
    """The name under which `how_far` keeps how far these types were read together: only ever by a reading that came to
    its end. Where another type is read too, nothing is known of them all."""
    return f"all of {','.join(kinds)}"


def start(ledger: Ledger, setup: Setup, kinds: Sequence[str], manifests_since: str) -> str:
    """From which moment the list is asked for; "" where it cannot take the place of the searches.

    Never later than manifests are read from, so that those which the last reading found are found again.
    """
    begin = how_far.start(ledger, setup, all_of(kinds))
    if not (setup.abilities.lists_changes and manifests_since and begin) or setup.scope or _pauses(ledger, setup):
        return ""
    return min(begin, manifests_since, key=moment)


def _pauses(ledger: Ledger, setup: Setup) -> bool:
    last = ledger.mark(_IN_VAIN)
    return bool(last) and timedelta(0) <= setup.now() - datetime.fromisoformat(last) < PAUSE


def in_vain(ledger: Ledger, setup: Setup) -> None:
    """Note that a list which was asked for did not do."""
    ledger.set_mark(_IN_VAIN, setup.now().isoformat())


def search(where: str, since: str, most: int = MOST) -> str:
    """The question. It stands inside a batch; `where` is what the trial of the server found (`lists_changes`)."""
    return f"{where}?{urlencode([('_since', since), ('_count', str(most)), ('_summary', 'true')])}"


def whole(history: JSON) -> bool:
    """Whether a list leaves out nothing: it is not full, and does not say that there is more."""
    entries, total = parts(history.get("entry")), history.get("total")
    goes_on = any(link.get("relation") == "next" for link in parts(history.get("link")))
    has_more = isinstance(total, int) and total > len(entries)
    return history.get("type") == "history" and len(entries) < MOST and not goes_on and not has_more


def versions(history: JSON) -> dict[str, list[JSON]] | None:
    """By key, the versions that a list names, the newest first; a deletion has none. None where it says something that
    cannot be understood."""
    found: dict[str, list[JSON]] = {}
    for entry in parts(history.get("entry")):
        resource = entry.get("resource")
        key = key_of(resource) if isinstance(resource, dict) else _deleted(entry)
        if not key:
            return None
        found.setdefault(key, []).extend([resource] if isinstance(resource, dict) else [])
    return found


def told(ledger: Ledger, kinds: Sequence[str], since: str, history: JSON) -> Listed | None:
    """What a list tells that was asked for from `since`; None where it may not be whole, or cannot be understood."""
    named = versions(history)
    if named is None or not whole(history):
        return None
    listed = Listed(since)
    for key, of_one in named.items():
        kind = key.partition("/")[0]
        try:
            updated = max(map(updated_of, of_one), key=moment, default="")
            is_known = bool(of_one) and _is_known(ledger, key, of_one)
        except ValueError:
            return None
        if updated:
            listed.until = max(listed.until or updated, updated, key=moment)
        if kind not in kinds or any(map(_is_anothers, of_one)):
            continue
        if not is_known:
            listed.news.add(kind)
        else:
            listed.newest[kind] = max(listed.newest.get(kind, updated), updated, key=moment)
        if kind == "List":
            listed.manifests[key] = updated
    return listed


def _is_anothers(resource: JSON) -> bool:
    """Whether a summary says that the searches would not ask for it: another list than a manifest, a letter or a report
    of another system."""
    match resource.get("resourceType"):
        case "List":
            code = resource.get("code")
            said = [coding.get("code") for coding in parts(code.get("coding") if isinstance(code, dict) else None)]
            return bool(said) and MANIFEST_CODE["code"] not in said
        case "DocumentReference":
            said = [identifier.get("system") for identifier in parts(resource.get("identifier"))]
            return bool(said) and PROJECTION not in said
        case _:
            return False


def _is_known(ledger: Ledger, key: str, of_one: Sequence[JSON]) -> bool:
    """Whether the newest version of a resource is here. A number alone proves nothing: a server that was set back gives
    the same numbers to other versions."""
    known, newest = ledger.resource(key), _newest(of_one)
    if known is None or newest is None:
        return False
    here = (
        (known.seen_version, known.seen_updated) if known.seen is not None else (known.base_version, known.base_updated)
    )
    return bool(here[1]) and here[0] == version_of(newest) and moment(here[1]) == moment(updated_of(newest))


def _newest(of_one: Sequence[JSON]) -> JSON | None:
    """The newest of some versions of one resource, by their numbers: the times of two can be the wrong way round, where
    one was begun before the other and written after it. None where they are no numbers."""
    if len(of_one) == 1:
        return of_one[0]
    numbers = [version_of(resource) for resource in of_one]
    if not all(number.isascii() and number.isdigit() for number in numbers):
        return None
    return max(of_one, key=lambda resource: int(version_of(resource)))


def _deleted(entry: JSON) -> str:
    """The key of what an entry says was deleted; "" when it does not say."""
    asked = entry.get("request")
    if not isinstance(asked, dict) or asked.get("method") != "DELETE":
        return ""
    kind, name = (["", "", *str(asked.get("url", "")).partition("?")[0].split("/")])[-2:]
    return f"{kind}/{name}" if kind and name else ""


def newest_of(ledger: Ledger, kinds: Sequence[str]) -> str:
    """The newest change of any of these types that was read; "" for none."""
    return max((found for kind in kinds if (found := how_far.newest(ledger, kind))), key=moment, default="")


def note(ledger: Ledger, setup: Setup, kinds: Sequence[str], until: str, was_ripe: str, *, sure: bool) -> None:
    """At the end of a reading of all types: that it came as far as `until`. Where a row of a type may have been passed
    over, nothing is certain of them all, and they are searched next time."""
    everything = all_of(kinds)
    if not sure:
        how_far.forget(ledger, everything)
        return
    how_far.keep(ledger, everything, until)
    how_far.note(ledger, setup, everything, was_ripe)
