"""The transaction in which a change-set travels: each resource over the version that is known of it, and a receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eolc_desktop.care_plan.plan import Author
from eolc_desktop.care_plan.said import Said, origin
from eolc_desktop.fhir.addresses import EXTENSION
from eolc_desktop.record.exchange import SharedResource
from eolc_desktop.sync.effects import JSON
from eolc_desktop.sync.names import key_of, paper_key, stamped
from eolc_desktop.sync.ports import Setup

CHANGE = f"{EXTENSION}/change"
"""The extension of a receipt that names a line of the journal that went with it."""


def carried_over(fresh: JSON, before: JSON) -> JSON:
    """A resource with what it held before that this program does not know: other programs' elements and extensions."""
    made = {**{k: v for k, v in before.items() if k not in _OWN and k not in fresh}, **fresh}
    ours = {e.get("url") for e in fresh.get("extension") or []}
    others = [e for e in before.get("extension") or [] if isinstance(e, dict) and e.get("url") not in ours]
    if others:
        made["extension"] = [*(fresh.get("extension") or []), *others]
    return made


_OWN = frozenset({"meta", "text", "item", "contained", "source", "author", "authored", "extension"})
"""The elements of a QuestionnaireResponse that are written anew each time: left out when we have nothing to say."""


def bundle_of(
    setup: Setup,
    change_set: str,
    written: Mapping[str, JSON],
    held: Mapping[str, SharedResource],
    lines: Sequence[Said],
) -> JSON:
    """The transaction: each resource over the version that is known of it, or where none is, and the receipt.

    A Binary cannot bear the stamp, and needs no guard: it is named after what it holds.
    """
    entries = []
    for key, resource in written.items():
        request: JSON = {"method": "PUT", "url": key}
        known = held.get(key)
        if resource.get("resourceType") == "Binary":
            entries.append({"resource": resource, "request": request})
            continue
        if known is not None and known.base is not None:
            request["ifMatch"] = f'W/"{known.base_version}"'
        else:
            request |= setup.abilities.only_new
        entries.append({"resource": stamped(resource, change_set), "request": request})
    receipt = _receipt(setup, change_set, list(written), lines)
    entries.append({"resource": receipt, "request": {"method": "PUT", "url": key_of(receipt)}})
    return {"resourceType": "Bundle", "type": "transaction", "entry": entries}


def _receipt(setup: Setup, change_set: str, keys: Sequence[str], lines: Sequence[Said]) -> JSON:
    """The Provenance under the id of the change-set: that it is there says that the change-set is."""
    by: dict[Author, None] = {}
    for said in lines:
        by[(said.item.confirmed_by if said.item.confirmed_by else said.item.recorded_by)] = None
    authors = list(by) or [setup.author]
    changes = [change for change in dict.fromkeys(origin(said.item.change_id) for said in lines) if change]
    named = {"extension": [{"url": CHANGE, "valueId": change} for change in changes]} if changes else {}
    return named | {
        "resourceType": "Provenance",
        "id": change_set,
        "target": [{"reference": key} for key in keys],
        "recorded": setup.now().isoformat(),
        "agent": [{"who": {"display": author.words or "Somebody not named"}} for author in authors]
        + [{"type": {"text": "sent by"}, "who": {"display": setup.author.words or "Somebody not named"}}],
    }


def superseded(held: Mapping[str, SharedResource], person_id: str) -> dict[str, JSON]:
    """The DocumentReference of the PDF, no longer current: it goes with a newer version of the plan, so that nobody
    takes the PDF of the one before for the newest while its own is on the way."""
    known = held.get(paper_key(person_id))
    if known is None or known.seen is not None or known.base is None or known.base.get("status") != "current":
        return {}
    return {known.key: {**known.base, "status": "superseded"}}
