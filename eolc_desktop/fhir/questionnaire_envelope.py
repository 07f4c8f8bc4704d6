"""The envelope of an item as a FHIR extension: who recorded it and when, who told it, who last confirmed it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from eolc_desktop.care_plan.plan import Author, Item, Source, Told
from eolc_desktop.fhir.addresses import ENVELOPE, USER_SYSTEM
from eolc_desktop.fhir.elements import extension, extensions, parts, text

_SOURCES: Mapping[str, Source] = {source.value: source for source in Source}


class Authors:
    """The authors named in one response, each once, as PractitionerRoles inside it."""

    def __init__(self) -> None:
        self._ids: dict[Author, str] = {}

    def reference(self, author: Author) -> dict[str, str]:
        """A reference to the author, with their words for whoever reads the response."""
        name = self._ids.setdefault(author, f"author-{len(self._ids) + 1}")
        said = " ".join(author.words.split())
        return {"reference": f"#{name}"} | ({"display": said} if said else {})

    def contained(self) -> list[dict[str, Any]]:
        """The resources that the references name."""
        return [_role(author, name) for author, name in self._ids.items()]


def _role(author: Author, name: str) -> dict[str, Any]:
    made: dict[str, Any] = {"resourceType": "PractitionerRole", "id": name}
    if author.user_id:
        made["identifier"] = [{"system": USER_SYSTEM, "value": author.user_id}]
    if author.name:
        made["practitioner"] = {"display": author.name}
    if author.organisation:
        made["organization"] = {"display": author.organisation}
    if author.role:
        made["code"] = [{"text": author.role}]
    return made


def authors_in(response: Mapping[str, Any]) -> dict[str, Author]:
    """The authors inside a response by the reference that names them."""
    found = {}
    for role in parts(response.get("contained")):
        if role.get("resourceType") == "PractitionerRole" and isinstance(role.get("id"), str):
            user_id = next(
                (i.get("value") for i in parts(role.get("identifier")) if i.get("system") == USER_SYSTEM), ""
            )
            found[f"#{role['id']}"] = Author(
                user_id if isinstance(user_id, str) else "",
                _display(role.get("practitioner")),
                next((said for said in (_text(code) for code in parts(role.get("code"))) if said), ""),
                _display(role.get("organization")),
            )
    return found


def _display(reference: Any) -> str:
    said = reference.get("display") if isinstance(reference, dict) else ""
    return said if isinstance(said, str) else ""


def _text(concept: Mapping[str, Any]) -> str:
    said = concept.get("text")
    return said if isinstance(said, str) else ""


def moment_text(moment: datetime) -> str:
    """A moment as a FHIR dateTime in UTC, to the microsecond."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment_of(value: Any) -> datetime | None:
    """The moment that a FHIR dateTime or instant names; None for what has no time or no zone."""
    return _moment_of(value) if isinstance(value, str) else None


@lru_cache(maxsize=2_000)
def _moment_of(value: str) -> datetime | None:
    # Remembered: the answers of one visit all name the same moment.
    try:
        moment = datetime.fromisoformat(text(value))
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def envelope(item: Item, kind: str, authors: Authors) -> dict[str, Any]:
    """The extension that carries the envelope of an item, and which kind of value it holds."""
    inner: list[dict[str, Any]] = [
        {"url": "kind", "valueCode": kind},
        {"url": "recorded", "valueDateTime": moment_text(item.recorded_at)},
        {"url": "recordedBy", "valueReference": authors.reference(item.recorded_by)},
        {"url": "source", "valueCode": item.told.source.value},
    ]
    if item.told.detail:
        inner.append({"url": "sourceDetail", "valueString": item.told.detail})
    if item.change_id:
        inner.append({"url": "change", "valueString": item.change_id})
    if item.confirmed_at is not None:
        inner.append({"url": "confirmed", "valueDateTime": moment_text(item.confirmed_at)})
    if item.confirmed_by is not None:
        inner.append({"url": "confirmedBy", "valueReference": authors.reference(item.confirmed_by)})
    return {"url": ENVELOPE, "extension": inner}


def kind_in(item: Mapping[str, Any]) -> str:
    """The kind of value that the writer of an item knew it to hold; "" when it does not say."""
    return text(extension(extension(item, ENVELOPE), "kind").get("valueCode"))


def item_with(value: Any, item: Mapping[str, Any], authors: Mapping[str, Author], otherwise: Item) -> tuple[Item, bool]:
    """A value with the envelope that stands beside it, and whether there was one.

    Without one, or with a moment that cannot be read, the envelope of `otherwise` is taken: another system wrote it.
    """
    held = extensions(extension(item, ENVELOPE))
    recorded = moment_of(held.get("recorded", _NONE).get("valueDateTime"))
    if recorded is None:
        told, at, by = otherwise.told, otherwise.recorded_at, otherwise.recorded_by
        return Item(value, otherwise.change_id, at, by, told), False
    source = text(held.get("source", _NONE).get("valueCode"))
    detail = held.get("sourceDetail", _NONE).get("valueString")
    return (
        Item(
            value,
            text(held.get("change", _NONE).get("valueString")),
            recorded,
            _author(held, "recordedBy", authors) or otherwise.recorded_by,
            Told(
                _SOURCES.get(source, Source.NOT_STATED),
                detail if isinstance(detail, str) else "",
            ),
            moment_of(held.get("confirmed", _NONE).get("valueDateTime")),
            _author(held, "confirmedBy", authors),
        ),
        True,
    )


_NONE: Mapping[str, Any] = {}


def _author(held: Mapping[str, Mapping[str, Any]], name: str, authors: Mapping[str, Author]) -> Author | None:
    reference = held.get(name, _NONE).get("valueReference")
    return authors.get(text(reference.get("reference"))) if isinstance(reference, dict) else None
