"""A codec that is only quick: the product's own is used with the real store, and has its own tests."""

from __future__ import annotations

from collections.abc import Mapping

from eolc_desktop.care_plan.plan import ENTRY_ITSELF
from eolc_desktop.care_plan.said import Place, Said, Version, said_from_json, said_to_json
from eolc_desktop.sync.effects import JSON
from eolc_desktop.sync.names import patient_key, stamp_of, version_of

_read: dict[tuple[str, str, str], Version] = {}


def begin() -> None:
    """Forget the last history: one of the same seed, with papers, gives its names to other values."""
    _read.clear()


class PlainCodec:
    """Places and values as JSON. What was read is remembered by the resource, its stamp and its version."""

    def encode(self, person_id: str, section: str, entry: str, part: Version, names: Mapping[str, str]) -> JSON:
        return {
            "resourceType": "QuestionnaireResponse",
            "questionnaire": section,
            "status": "completed",
            "subject": {"reference": patient_key(person_id)},
            "item": [{"linkId": place[2], "said": said_to_json(said)} for place, said in sorted(part.items())],
            "source": entry,
        }

    def decode(self, resource: JSON) -> Version:
        name = (resource["id"], stamp_of(resource), version_of(resource))
        if name[1] and name in _read:
            return _read[name]
        found: dict[Place, Said] = {}
        for item in resource["item"]:
            said = said_from_json(item["said"])
            assert said is not None
            found[(resource["questionnaire"], resource["source"], item["linkId"])] = said
        if len(_read) > 20_000:
            _read.clear()
        _read[name] = found
        return found

    def forget(self) -> None:
        """What was read is the same for every device, and is kept."""


def values_in(resource: JSON | None) -> dict[Place, object]:
    """What an entry on the server says, without who said it: to compare versions by content."""
    if resource is None:
        return {}
    found: dict[Place, object] = {}
    for item in resource["item"]:
        said = item["said"]
        value = said["value"]
        if value in (None, "", [], {}) or (item["linkId"] == ENTRY_ITSELF and value == "current"):
            continue
        found[(resource["questionnaire"], resource["source"], item["linkId"])] = value
    return found
