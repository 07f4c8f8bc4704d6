"""Names, telephone numbers and addresses of FHIR as the plan holds them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from eolc_desktop.fhir.elements import over, parts, text, texts

_UK_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\Z")
_NOT_A_HOME = frozenset(("old", "temp", "work", "billing"))
_HOME_COUNTRIES = frozenset(("", "GB", "GBR", "UK", "UNITED KINGDOM", "ENGLAND", "GREAT BRITAIN"))


def legal_name(names: Any, on: date) -> dict[str, Any]:
    """The name a person is recorded under: official, else unmarked, else usual; never an old or passing one."""
    standing = [name for name in parts(names) if not over(name.get("period"), on)]
    for use in ("official", None, "usual"):
        for name in standing:
            if name.get("use") == use and (family(name) or given(name) or text(name.get("text"))):
                return name
    return {}


def called(names: Any, on: date) -> str:
    """What the person likes to be called: a nickname, else the usual name where an official one stands beside it."""
    standing = [name for name in parts(names) if not over(name.get("period"), on)]
    for use in ("nickname", "usual"):
        for name in standing:
            if name.get("use") == use and name is not legal_name(names, on):
                return text(name.get("text")) or given(name)
    return ""


def family(name: dict[str, Any]) -> str:
    """The family name."""
    return text(name.get("family"))


def given(name: dict[str, Any]) -> str:
    """The given names, in order."""
    return " ".join(texts(name.get("given")))


def title(name: dict[str, Any]) -> str:
    """The title, without the full stop that other countries write."""
    return " ".join(prefix.rstrip(".") for prefix in texts(name.get("prefix")))


def whole_name(names: Any, on: date) -> str:
    """A name in one piece, as contacts and colleagues are listed: "Dr Noe Dibbert"."""
    name = legal_name(names, on)
    pieces = " ".join(piece for piece in (title(name), given(name), family(name)) if piece)
    return pieces if family(name) or given(name) else text(name.get("text"))


def reachable(telecoms: Any, systems: Iterable[str], on: date) -> list[tuple[str, str]]:
    """Use and value of the contact points of these systems that still hold, in the order of their rank."""
    wanted = frozenset(systems)
    found = [
        t
        for t in parts(telecoms)
        if text(t.get("system")) in wanted
        and t.get("use") != "old"
        and not over(t.get("period"), on)
        and text(t.get("value"))
    ]
    found.sort(key=lambda t: t["rank"] if isinstance(t.get("rank"), int) and not isinstance(t["rank"], bool) else 99)
    return [(text(t.get("use")), text(t["value"])) for t in found]


def home(addresses: Any, on: date) -> dict[str, Any]:
    """The usual address: one marked home before an unmarked one, a place before a letter box."""
    standing = [a for a in parts(addresses) if text(a.get("use")) not in _NOT_A_HOME and not over(a.get("period"), on)]
    standing.sort(key=lambda a: (a.get("use") != "home", a.get("type") == "postal"))
    return next((a for a in standing if lines(a)), {})


def staying(addresses: Any, on: date) -> dict[str, Any]:
    """Where the person is for the time being (an address marked temporary)."""
    return next((a for a in parts(addresses) if a.get("use") == "temp" and not over(a.get("period"), on)), {})


def lines(address: dict[str, Any]) -> list[str]:
    """The lines of an address, without the postcode."""
    found = texts(address.get("line")) + texts([address.get(key) for key in ("city", "district", "state")])
    if not found and isinstance(address.get("text"), str):
        found = texts(address["text"].split("\n"))
    country = text(address.get("country"))
    if found and country.upper() not in _HOME_COUNTRIES:
        found.append(country)
    return list(dict.fromkeys(found))


def postcode(address: dict[str, Any]) -> str:
    """The postcode; one of the United Kingdom in capitals with its one space, another as it is."""
    said = text(address.get("postalCode"))
    match = _UK_POSTCODE.match(said.upper())
    return f"{match[1]} {match[2]}" if match else said
