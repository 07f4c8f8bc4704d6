"""Reading elements of a FHIR record that may be missing, or not of the type that the standard says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from eolc_desktop.care_plan.dates import EARLIEST_YEAR, first_day, is_partial_date
from eolc_desktop.care_plan.fields import Option
from eolc_desktop.clock import LOCAL

SNOMED = "http://snomed.info/sct"


def text(value: Any) -> str:
    """A string on one line without spaces around it, or "" for anything else."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def parts(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; a list that is none, and members that are none, are passed over."""
    return [member for member in value if isinstance(member, dict)] if isinstance(value, list) else []


def texts(value: Any) -> list[str]:
    """The strings of a list that say something."""
    return [said for said in map(text, value) if said] if isinstance(value, list) else []


def codings(concept: Any) -> Iterator[tuple[str, str, str]]:
    """System, code and words of each coding of a CodeableConcept."""
    for coding in parts(concept.get("coding")) if isinstance(concept, dict) else []:
        yield text(coding.get("system")), text(coding.get("code")), text(coding.get("display"))


def words_of(concept: Any) -> str:
    """What a CodeableConcept says in words: its text, else the words of its first coding, else its code."""
    if not isinstance(concept, dict):
        return ""
    if said := text(concept.get("text")):
        return said
    return next((display or code for _system, code, display in codings(concept) if display or code), "")


def has_code(concept: Any, system: str, codes: frozenset[str]) -> bool:
    """Whether one of a CodeableConcept's codings is one of these codes of a system."""
    return any(found == system and code in codes for found, code, _display in codings(concept))


def coded(concept: Any) -> dict[str, str] | None:
    """A CodeableConcept as a value of kind CODED: words first, and a code where there is one (SNOMED CT first)."""
    said = words_of(concept)
    if not said:
        return None
    best = sorted((c for c in codings(concept) if c[0] and c[1]), key=lambda coding: coding[0] != SNOMED)
    return {"text": said} | ({"system": best[0][0], "code": best[0][1]} if best else {})


def option_for(concept: Any, options: tuple[Option, ...]) -> str:
    """The key of the option that carries one of a concept's codes, or ""."""
    wanted = {(system, code) for system, code, _display in codings(concept)}
    return next((o.key for o in options if any((c.system, c.code) in wanted for c in o.codes)), "")


def option_for_code(system: str, code: str, options: tuple[Option, ...]) -> str:
    """The key of the option that carries this code, or ""."""
    return next((o.key for o in options if any((c.system, c.code) == (system, code) for c in o.codes)), "")


def day(value: Any) -> str:
    """A FHIR date or dateTime as a stored date, no more exact than it was; "" when it is no date.

    A moment with a zone is the day it was in England: half past eleven at night by Greenwich, in July, is tomorrow
    (hazard H17).
    """
    moment = _moment(value)
    said = moment.date().isoformat() if moment else text(value)[:10]
    return said if is_partial_date(said) and int(said[:4]) >= EARLIEST_YEAR else ""


def time_of_day(value: Any) -> str:
    """The time of a FHIR dateTime in England, as "03:20"; "" when it gives none."""
    moment = _moment(value)
    return f"{moment:%H:%M}" if moment else ""


def _moment(value: Any) -> datetime | None:
    said = text(value)
    if len(said) < len("2026-11-12T14:32Z") or said[10] != "T":
        return None
    try:
        moment = datetime.fromisoformat(said)
        return moment.astimezone(LOCAL) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return None


def over(period: Any, on: date) -> bool:
    """Whether a Period ended before a day. An open end, or one that cannot be read, is not over."""
    end = day(period.get("end")) if isinstance(period, dict) else ""
    return len(end) == 10 and first_day(end) < on


def extension(holder: Any, *urls: str) -> dict[str, Any]:
    """The first extension with one of these addresses, or an empty one."""
    held = holder.get("extension") if isinstance(holder, dict) else None
    if isinstance(held, list):  # not by `parts`: an entry asks a hundred times, and a pull reads thousands
        for found in held:
            if isinstance(found, dict) and found.get("url") in urls:
                return found
    return {}


def extensions(holder: Any) -> dict[str, dict[str, Any]]:
    """The extensions of a holder by their addresses, of two with one address the first: for who asks for several."""
    held = holder.get("extension") if isinstance(holder, dict) else None
    found: dict[str, dict[str, Any]] = {}
    for part in held if isinstance(held, list) else ():
        if isinstance(part, dict) and isinstance(url := part.get("url"), str) and url not in found:
            found[url] = part
    return found


def is_marked(held: Mapping[str, Any] | list[Any]) -> bool:
    """Whether a mark anywhere in JSON changes what it means: `modifierExtension` (FHIR R4, 2.4.2), `implicitRules`."""
    values: Iterable[Any] = held
    if isinstance(held, dict):
        if held.get("modifierExtension") or held.get("implicitRules"):
            return True
        values = held.values()
    for value in values:  # noqa: SIM110  a pull looks at millions of values, and `any` takes longer
        if isinstance(value, _HOLDERS) and is_marked(value):
            return True
    return False


_HOLDERS = (dict, list)
