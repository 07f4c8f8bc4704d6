"""One entry of a plan as a FHIR R4 QuestionnaireResponse, and back: what travels to and from the shared record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.fields import Authorship, Field, Kind, Section
from eolc_desktop.care_plan.plan import Author, Entry, EntryState, Item, Source, Told
from eolc_desktop.fhir.addresses import (
    DATA_ABSENT_REASON,
    ENTRY,
    ENTRY_SYSTEM,
    section_of_address,
)
from eolc_desktop.fhir.elements import extension, is_marked, parts, text
from eolc_desktop.fhir.questionnaire import canonical
from eolc_desktop.fhir.questionnaire_answers import answered, value_of
from eolc_desktop.fhir.questionnaire_envelope import (
    Authors,
    authors_in,
    envelope,
    item_with,
    kind_in,
    moment_of,
    moment_text,
)
from eolc_desktop.fhir.reading import refusal

STATUS: Mapping[EntryState, str] = {
    EntryState.CURRENT: "completed",
    EntryState.WITHDRAWN: "stopped",  # never "completed": who knows nothing of our states must not act on it
    EntryState.ENTERED_IN_ERROR: "entered-in-error",
}

_STATE_OF_STATUS: Mapping[str, EntryState] = {said: state for state, said in STATUS.items()}
_STATES: Mapping[str, EntryState] = {state.value: state for state in EntryState}
_KINDS: Mapping[str, Kind] = {kind.value: kind for kind in Kind}


@dataclass(frozen=True, slots=True)
class ReadResponse:
    """An entry that was read from a response. `edited_elsewhere` names fields whose values came without an envelope of
    ours, or with other answers than it was written for: another program wrote them."""

    entry: Entry
    authored: datetime | None
    edited_elsewhere: tuple[str, ...] = ()


def response(
    section: Section, entry: Entry, subject: Mapping[str, Any], links: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The QuestionnaireResponse of an entry, without an id: who sends it knows where it lives.

    `subject` is a Reference to the Patient; `links` names the entries that fields point at. Every recorded item goes,
    what was taken back and what a newer program recorded too, each with its envelope.
    """
    authors = Authors()
    names = links or {}
    made: dict[str, Any] = {
        "resourceType": "QuestionnaireResponse",
        "identifier": {"system": ENTRY_SYSTEM, "value": f"{section.key}/{entry.id}"},
        "questionnaire": canonical(section),
        "status": STATUS[entry.state],
        "subject": dict(subject),
        "extension": [_entry_extension(entry)],
    }
    order = {field.key: place for place, field in enumerate(section.fields)}
    keys = sorted(entry.items, key=lambda key: (order.get(key, len(order)), key))
    items = [_item(section, key, entry.items[key], authors, names) for key in keys]
    if entry.items:
        latest = max(entry.items.values(), key=lambda item: item.last_known_at)
        made["authored"] = moment_text(latest.last_known_at)
        made["author"] = authors.reference(latest.confirmed_by or latest.recorded_by)
        if all(item.told.source is Source.PERSON for item in entry.items.values()):
            made["source"] = dict(subject)
    if items:
        made["item"] = items
    if contained := authors.contained():
        made["contained"] = contained
    return made


def _entry_extension(entry: Entry) -> dict[str, Any]:
    inner: list[dict[str, Any]] = [
        {"url": "entry", "valueString": entry.id},
        {"url": "state", "valueCode": entry.state.value},
    ]
    if entry.parent:
        inner.append({"url": "parent", "valueString": entry.parent})
    if entry.reason:
        inner.append({"url": "reason", "valueString": entry.reason})
    return {"url": ENTRY, "extension": inner}


def _item(section: Section, key: str, item: Item, authors: Authors, links: Mapping[str, str]) -> dict[str, Any]:
    field = section.find(key) or _unknown(key, "")
    said = answered(section.key, field, item.value, links)
    return {
        "linkId": key,
        "text": field.label,
        "extension": [envelope(item, field.kind.value, authors), *said.get("extension", [])],
    } | ({"answer": said["answer"]} if "answer" in said else {})


def _unknown(key: str, kind: str, label: str = "") -> Field:
    """A stand-in for a field that only a newer program knows, so that its value is kept and sent back."""
    known = _KINDS.get(kind, Kind.LONG_TEXT)
    return Field(key=key, label=label or key, standard="", authorship=Authorship.FACT, kind=known)


def section_key_of(resource: Mapping[str, Any]) -> str:
    """The key of the section that a response answers, known here or not; "" when it is not one of ours."""
    return section_of_address(text(resource.get("questionnaire")))


def read_response(resource: Mapping[str, Any], catalogue: Catalogue, received: datetime) -> ReadResponse:
    """Read the entry that a response carries, also one of a section that only a newer program knows.

    What another program changed or added is taken from the answers as people see them, with the response's own
    author and date, or `received`. Raises ImportRefused for what is not such a response, and for one whose meaning a
    mark changes.
    """
    section_key = section_key_of(resource)
    if resource.get("resourceType") != "QuestionnaireResponse" or not section_key:
        raise refusal("This is not an answered form of this program.")
    if is_marked(resource):
        raise refusal("This answered form carries a mark that changes its meaning, which this program cannot follow.")
    held = extension(resource, ENTRY)
    entry_id = extension(held, "entry").get("valueString") or _entry_of_identifier(resource, section_key)
    if not isinstance(entry_id, str) or not entry_id:
        raise refusal("This answered form does not say which entry of the plan it is.")
    section = catalogue.find(section_key)
    authors = authors_in(resource)
    authored = moment_of(resource.get("authored"))
    otherwise = Item(
        None, "", authored or received, _author_of(resource, authors), Told(Source.OTHER_SYSTEM, "the shared record")
    )
    items: dict[str, Item] = {}
    foreign: list[str] = []
    for written in parts(resource.get("item")):
        key = written.get("linkId")
        if not isinstance(key, str) or not key:
            raise refusal("A question of this answered form has no name.")
        if key in items:
            raise refusal("A question of this answered form is answered twice, and the two could differ.")
        field = (section.find(key) if section else None) or _unknown(key, kind_in(written), text(written.get("text")))
        value = value_of(section_key, field, written, {})
        if value is None and not _says_nothing_on_purpose(written):
            continue
        items[key], ours = item_with(value, written, authors, otherwise)
        if not ours:
            foreign.append(key)
    parent, reason = extension(held, "parent").get("valueString"), extension(held, "reason").get("valueString")
    entry = Entry(
        entry_id,
        section_key,
        items,
        _state(resource, text(extension(held, "state").get("valueCode"))),
        parent if isinstance(parent, str) else "",
        reason if isinstance(reason, str) else "",
    )
    return ReadResponse(entry, authored, tuple(foreign))


def _says_nothing_on_purpose(written: Mapping[str, Any]) -> bool:
    """Whether an item without a value was written by this program: an answer that was taken back."""
    return bool(kind_in(written)) and not extension(written, DATA_ABSENT_REASON)


def _state(resource: Mapping[str, Any], written: str) -> EntryState:
    """Whether the entry stands. The status that every FHIR program reads counts before our own word for it."""
    status = resource.get("status")
    state = _STATES.get(written)
    if state is not None and STATUS[state] == status:
        return state
    return _STATE_OF_STATUS.get(status if isinstance(status, str) else "", EntryState.CURRENT)


def _entry_of_identifier(resource: Mapping[str, Any], section_key: str) -> str:
    identifier = resource.get("identifier")
    if not isinstance(identifier, dict) or identifier.get("system") != ENTRY_SYSTEM:
        return ""
    section, _, entry_id = text(identifier.get("value")).partition("/")
    return entry_id if section == section_key else ""


def _author_of(resource: Mapping[str, Any], authors: Mapping[str, Author]) -> Author:
    reference = resource.get("author")
    if not isinstance(reference, dict):
        return Author("", "", "", "")
    known = authors.get(text(reference.get("reference")))
    return known or Author("", text(reference.get("display")), "", "")
