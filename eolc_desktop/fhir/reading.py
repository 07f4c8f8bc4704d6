"""Reading a FHIR file that anybody may have made: only JSON that means one thing, and only so much of it."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import partial
from math import isfinite
from typing import Any, NoReturn

from eolc_desktop.errors import ImportRefused

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 64
MAX_ENTRIES = 2_000
MAX_TEXT = 64 * 1024
MAX_NUMBER = 40
"""The most characters of one number: FHIR itself promises no more than 18 digits."""
_PIECE = 256 * 1024
"""So many bytes are made into text at a time."""

BUNDLES = {
    "transaction": "a FHIR transaction",
    "collection": "a FHIR collection",
    "document": "a FHIR document",
    "searchset": "the answer to a FHIR search",
}
"""The bundles that are read, and what they are called."""

_KIND = re.compile(r"[A-Z][A-Za-z]{1,50}\Z")
# What is in a text and cannot be seen: control characters, marks that turn the direction of what follows (used to make
# one thing read as another), spaces of no width, halves of a character. The joiners U+200C and U+200D stay: some
# scripts are spelt with them. So do the plain direction marks U+061C, U+200E and U+200F, which only lay out a line.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u115f\u1160\u180e\u200b\u202a-\u202e\u2060-\u206f\u3164"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff]"
)
_NEW_LINES = re.compile("\r\n?|\u0085|\u2028|\u2029")


@dataclass(frozen=True, slots=True)
class Resource:
    """One record of the file, its texts cleaned.

    `place` counts from 1; `had_hidden` says that characters nobody can see were taken out of it; `not_understood` that
    it carries a marker saying that it means something else than it seems to (a modifier extension or implicit rules).
    """

    place: int
    kind: str
    id: str
    full_url: str
    body: dict[str, Any]
    had_hidden: bool = False
    not_understood: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """A file that was read: what it is, in words, its records, and what should be said about it as a whole."""

    what: str
    resources: tuple[Resource, ...]
    empty_entries: int = 0
    notes: tuple[str, ...] = ()


def refusal(happened: str, next_step: str = "Ask for the file again from where it came.") -> ImportRefused:
    """The error for a file that is not taken: what is wrong with it, in a sentence that holds no patient data."""
    return ImportRefused(happened, "Nothing was brought in, and nothing on this laptop changed.", next_step)


def read(data: bytes) -> File:
    """Read a FHIR R4 Bundle (transaction, collection, document, searchset) or a single resource from JSON.

    Raises ImportRefused when the file is not that, is broken, is larger than a care plan could be, or could be read in
    two ways: a name given twice, a number that is none, two records with one address (threats T5 and T7).
    """
    whole = parse(data)
    if not isinstance(whole, dict) or "resourceType" not in whole:
        raise refusal("This file holds JSON, but it is not a FHIR record.", "Choose a FHIR R4 file in JSON.")
    kind = _kind_of(whole, 1)
    if kind != "Bundle":
        return File("one FHIR record", (_resource(1, "", whole),))
    bundle_type = whole.get("type")
    if not isinstance(bundle_type, str) or bundle_type not in BUNDLES:
        raise refusal(
            "This FHIR bundle is of a kind that does not carry records to keep, such as a message or a history.",
            "Ask for a transaction, a collection, a document or the answer to a search.",
        )
    if "modifierExtension" in whole or "implicitRules" in whole:
        raise refusal(
            "This FHIR bundle is marked as meaning something other than it seems to, which this program cannot follow."
        )
    entries = whole.get("entry", [])
    if not isinstance(entries, list):
        raise refusal("This FHIR bundle is not built as the standard says: its entries are not a list.")
    if len(entries) > MAX_ENTRIES:
        raise refusal(
            f"This file holds {len(entries):,} records; this program reads up to {MAX_ENTRIES:,} at a time.",
            "Ask for the file in parts, one for each person.",
        )
    resources = tuple(_resources(entries))
    _refuse_two_of_one_address(resources)
    notes = _notes(whole, resources)
    return File(BUNDLES[bundle_type], resources, len(entries) - len(resources), notes)


def parse(
    data: bytes,
    most_bytes: int = MAX_BYTES,
    decimals: Callable[[str], Any] = Decimal,
    longest_text: int = MAX_TEXT,
) -> Any:
    """Parse JSON that means one thing: no name twice in an object, no NaN or Infinity, decimals exact, not too deep.

    `decimals` makes a number of its digits: what is to be written again as JSON asks for `float`.
    `longest_text` is how many letters one text may have: more where a document is asked for. Raises ImportRefused.
    """
    if len(data) > most_bytes:
        raise refusal(
            f"This file is larger than {most_bytes // (1024 * 1024)} MB: more than this program reads at a time.",
            "Ask for a file with one person in it, without attached documents.",
        )
    if not data.strip():
        raise refusal("This file is empty.")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise refusal("This file is XML or a web page.", "Ask for the same record as FHIR R4 in JSON.")
    try:
        text = _text_of(data)
    except UnicodeDecodeError:
        raise refusal(
            "This file is not text in UTF-8, as FHIR files are. It may be damaged, or of another kind."
        ) from None
    try:
        parsed = json.loads(
            text,
            object_pairs_hook=_object,
            parse_float=partial(_decimal, decimals),
            parse_int=_whole_number,
            parse_constant=_no_such_number,
        )
    except RecursionError:
        raise refusal(_TOO_DEEP) from None
    except ValueError:  # what the parser raises for broken JSON; the error itself would quote the file
        raise refusal("This file is broken: it is not whole JSON. It may have been cut off on its way here.") from None
    _check(parsed, longest_text)
    return parsed


def _text_of(data: bytes) -> str:
    """UTF-8 as text, with or without a mark of the byte order. Piece by piece: an answer of the shared record can be of
    many megabytes, and one step over all of it holds up every other thread, the window's too."""
    decode = codecs.getincrementaldecoder("utf-8-sig")().decode
    return "".join(decode(data[at : at + _PIECE], at + _PIECE >= len(data)) for at in range(0, len(data), _PIECE))


_HOLDERS = (dict, list)
_TOO_LONG = (
    "A text in this file is longer than 64 KB, as an attached document is.",
    "Ask for the file without attached documents.",
)
_TOO_DEEP = "This file holds lists within lists deeper than any care record needs."


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise refusal(
            "This file says the same thing twice in one place, and the two could differ: it cannot be read safely."
        )
    return made


def _decimal(decimals: Callable[[str], Any], digits: str) -> Any:
    try:
        number = decimals(digits) if len(digits) <= MAX_NUMBER else None
    except (InvalidOperation, ValueError):
        number = None
    if number is None or (isinstance(number, float) and not isfinite(number)):
        raise refusal("This file holds a number that is too long to be read safely.")
    return number


def _whole_number(digits: str) -> int:
    if len(digits) > MAX_NUMBER:
        raise refusal("This file holds a number that is too long to be read safely.")
    return int(digits)


def _no_such_number(_name: str) -> NoReturn:
    raise refusal("This file holds a number that is not a number (NaN or Infinity), which FHIR does not allow.")


def _check(parsed: Any, longest_text: int) -> None:
    """Refuse what is too deep or too long. Walked a level at a time, so that depth costs no stack."""
    level: list[Any] = [[parsed]]
    for depth in range(MAX_DEPTH + 2):
        deeper: list[Any] = []
        for holder in level:
            values = holder
            if isinstance(holder, dict):
                if holder and len(max(holder, key=len)) > longest_text:
                    raise refusal(*_TOO_LONG)
                values = holder.values()
            for value in values:
                if isinstance(value, str):
                    if len(value) > longest_text:
                        raise refusal(*_TOO_LONG)
                elif isinstance(value, _HOLDERS):
                    deeper.append(value)
        if not deeper:
            return
        if depth >= MAX_DEPTH:
            raise refusal(_TOO_DEEP)
        level = deeper


def _kind_of(body: dict[str, Any], place: int) -> str:
    kind = body.get("resourceType")
    if not isinstance(kind, str) or not _KIND.match(kind):
        raise refusal(f"Record {place} of this file does not say what it is, so it is not FHIR.")
    return kind


def _resources(entries: list[Any]) -> Iterator[Resource]:
    for place, entry in enumerate(entries, 1):
        if not isinstance(entry, dict):
            raise refusal(f"Record {place} of this file is not built as FHIR says.")
        if "modifierExtension" in entry:
            raise refusal(
                f"Record {place} of this file carries a mark that changes its meaning, unknown to this program."
            )
        request = entry.get("request")
        method = request.get("method") if isinstance(request, dict) else None
        if method not in (None, "POST", "PUT", "GET", "HEAD"):
            raise refusal(
                "This file asks for records to be removed or patched. This program only brings records in.",
                "Ask for the records themselves.",
            )
        if "resource" not in entry:
            continue
        body, address = entry["resource"], entry.get("fullUrl", "")
        if not isinstance(body, dict) or not isinstance(address, str):
            raise refusal(f"Record {place} of this file is not built as FHIR says.")
        yield _resource(place, address, body)


def _resource(place: int, full_url: str, body: dict[str, Any]) -> Resource:
    kind = _kind_of(body, place)
    had_hidden, not_understood = _clean(body)
    name = body.get("id", "")
    if not isinstance(name, str):
        raise refusal(f"Record {place} of this file is not built as FHIR says.")
    return Resource(place, kind, name, full_url, body, had_hidden, not_understood)


def visible_text(text: str) -> str:
    """A text without what cannot be seen, its lines ended in one way."""
    return _HIDDEN.sub("", _NEW_LINES.sub("\n", text))


def _clean(body: dict[str, Any]) -> tuple[bool, bool]:
    """Take out of every text what cannot be seen, in place; return whether anything was, and whether a mark changes
    what the resource means (`modifierExtension` anywhere in it, or `implicitRules`)."""
    had_hidden = False
    not_understood = False
    waiting: list[dict[str, Any] | list[Any]] = [body]
    while waiting:
        holder = waiting.pop()
        if isinstance(holder, dict):
            if holder.get("modifierExtension") or holder.get("implicitRules"):
                not_understood = True
            places: Iterator[tuple[Any, Any]] = iter(list(holder.items()))
        else:
            places = iter(enumerate(holder))
        for key, value in places:
            if isinstance(value, str):
                if not value.isascii() or not value.isprintable():
                    plain = visible_text(value)
                    had_hidden = had_hidden or _HIDDEN.search(value.replace("\u0085", "\n")) is not None
                    holder[key] = plain
            elif isinstance(value, dict | list):
                waiting.append(value)
    return had_hidden, not_understood


def _refuse_two_of_one_address(resources: tuple[Resource, ...]) -> None:
    seen: set[str] = set()
    for resource in resources:
        for address in {resource.full_url, f"{resource.kind}/{resource.id}" if resource.id else ""} - {""}:
            if address in seen:
                raise refusal(
                    f"Two records in this file have the same address (the second is number {resource.place}, "
                    f"{resource.kind}), so nobody can say which of them is meant."
                )
            seen.add(address)


def _notes(bundle: dict[str, Any], resources: tuple[Resource, ...]) -> tuple[str, ...]:
    notes = []
    links = bundle.get("link")
    if isinstance(links, list) and any(isinstance(link, dict) and link.get("relation") == "next" for link in links):
        notes.append("This is one page of a longer answer: there is more about this person than is in this file.")
    if bundle.get("type") == "document":
        composition = resources[0] if resources else None
        if composition is None or composition.kind != "Composition":
            raise refusal("This FHIR document does not begin with its own cover, so it is not whole.")
        match composition.body.get("status"):
            case "entered-in-error":
                raise refusal("This FHIR document is marked as entered in error: it must not be used.")
            case "preliminary":
                notes.append("This document is marked as preliminary: it was not finished when it was sent.")
    return tuple(notes)
