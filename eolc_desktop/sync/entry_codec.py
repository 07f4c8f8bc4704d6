"""Entries of a plan as QuestionnaireResponses for the exchange, with the state of each entry and who set it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.fields import MAIN, Part, Section
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, NOT_STATED, Author, Entry, EntryState, Item
from eolc_desktop.care_plan.said import Place, Said, Version, said_from_json, said_to_json
from eolc_desktop.errors import ImportRefused
from eolc_desktop.fhir.addresses import EXTENSION
from eolc_desktop.fhir.elements import extension
from eolc_desktop.fhir.questionnaire_response import read_response, response
from eolc_desktop.sync.effects import JSON
from eolc_desktop.sync.names import patient_key, stamp_of, updated_of, version_of
from eolc_desktop.sync.ports import Unreadable
from eolc_desktop.sync.staging import moment

STATE = f"{EXTENSION}/entry-state"
"""Who let an entry stand, withdrew it or marked it as entered in error, and when: as JSON."""

MOST_REMEMBERED = 5_000
"""How many entries are remembered as they were read: a person has about sixty, a team hundreds of people."""


@dataclass(frozen=True)
class EntryCodec:
    """The codec of the product. `catalogue` holds an organisation's own forms too."""

    catalogue: Catalogue
    _read: dict[str, tuple[JSON, Version]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was read last, by the id of the resource: merging reads it, and then finding what waits to be sent."""

    def encode(self, person_id: str, section: str, entry: str, part: Version, names: Mapping[str, str]) -> JSON:
        """The QuestionnaireResponse of one entry, without id and meta."""
        described = self.catalogue[section] if section in self.catalogue else _unknown(section, entry)
        items = {place[2]: said.item for place, said in part.items() if place[2] != ENTRY_ITSELF}
        whole = part.get((section, entry, ENTRY_ITSELF))
        said_state = whole.item.value if whole is not None else EntryState.CURRENT.value
        state = EntryState(str(said_state)) if said_state in set(EntryState) else EntryState.CURRENT
        parent = next((said.parent for said in part.values() if said.parent), "")
        reason = whole.reason if whole is not None else ""
        made = response(
            described,
            Entry(entry, section, items, state, parent, reason),
            {"reference": patient_key(person_id)},
            names,
        )
        if whole is not None:
            body = json.dumps(said_to_json(whole), ensure_ascii=False, sort_keys=True)
            made["extension"] = [*made["extension"], {"url": STATE, "valueString": body}]
        return made

    def decode(self, resource: JSON) -> Version:
        """The version that a QuestionnaireResponse carries. Raises Unreadable."""
        name = str(resource.get("id"))
        before = self._read.get(name)
        if before is not None and before[0] == resource and _signature(before[0]) == _signature(resource):
            return before[1]
        found = self._decoded(resource)
        self._read.pop(name, None)
        if len(self._read) >= MOST_REMEMBERED:
            del self._read[next(iter(self._read))]  # the oldest alone: all at once would take as long as in `forget`
        self._read[name] = (resource, found)
        return found

    def forget(self) -> None:
        """Let go of what was read. Thousands of entries at once would hold up every other thread, the window's too, for
        a tenth of a second: Python takes turns between two of these steps."""
        while self._read:
            self._read.popitem()

    def _decoded(self, resource: JSON) -> Version:
        try:
            received = moment(updated_of(resource))
        except ValueError:
            received = datetime(1970, 1, 1, tzinfo=UTC)
        try:
            read = read_response(resource, self.catalogue, received)
        except ImportRefused as error:
            raise Unreadable(error.happened) from None
        entry = read.entry
        found: dict[Place, Said] = {
            (entry.section, entry.id, key): Said(item, entry.parent) for key, item in entry.items.items()
        }
        if (state := _state(resource, entry, received)) is not None:
            found[(entry.section, entry.id, ENTRY_ITSELF)] = state
        return found


def _signature(resource: JSON) -> tuple[str, str]:
    """Which version it says it is: two that are equal as numbers are may still be written with other digits."""
    return version_of(resource), stamp_of(resource)


def _state(resource: JSON, entry: Entry, received: datetime) -> Said | None:
    """The state of an entry with who set it; where another program set it, the status it wrote is what counts."""
    written = extension(resource, STATE).get("valueString")
    if isinstance(written, str):
        try:
            said = said_from_json(json.loads(written))
        except (ValueError, RecursionError):
            said = None
        if said is not None and said.item.value == entry.state.value:
            return said
    if entry.state is EntryState.CURRENT and not isinstance(written, str):
        return None
    nobody = Author("", "Another program", "", "")
    return Said(Item(entry.state.value, "", received, nobody, NOT_STATED), entry.parent, entry.reason)


def _unknown(section: str, entry: str) -> Section:
    """A stand-in for a section that only a newer program knows, so that its entries can be sent back."""
    return Section(key=section, title=section, part=Part.PERSON, fields=(), repeats=entry != MAIN)
