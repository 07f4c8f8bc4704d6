"""The choices and codes of the built-in sections, read once from the files in `care_plan/choices`."""

from __future__ import annotations

import tomllib
from functools import cache
from pkgutil import get_data
from typing import cast

from eolc_desktop.care_plan.fields import Code, Option

FILES = (
    "plan", "person", "what_matters", "promises", "decisions", "illness", "medicines", "care", "people",
    "after_death", "our_service",
)  # fmt: skip
"""The files of value sets by subject, beside `systems.toml`: named, since a frozen program cannot list a folder."""


class ValueSetError(ValueError):
    """A line of a file of choices cannot be read: a fault of the file, found by the tests."""


def _read(name: str) -> dict[str, object]:
    # The package's own loader, so that it is found in a frozen program too; lighter to start than importlib.resources.
    text = get_data("eolc_desktop.care_plan", f"choices/{name}.toml") or b""
    return tomllib.loads(text.decode("utf-8"))


@cache
def _systems() -> dict[str, object]:
    return _read("systems")


@cache
def _sets() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name in FILES:
        for key, described in cast("dict[str, dict[str, str]]", _read(name)).items():
            if key in found:
                raise ValueSetError(f"two value sets are called {key}")
            found[key] = described
    return found


def version() -> str:
    """The version of all value sets together, as it goes onto exports."""
    return cast(str, _systems()["version"])


def names() -> tuple[str, ...]:
    """The names of all value sets."""
    return tuple(_sets())


def source(name: str) -> str:
    """Which standard or document a value set comes from. Raises KeyError where there is no such set."""
    return _sets()[name]["source"]


@cache
def value_set(name: str) -> tuple[Option, ...]:
    """The options of a value set in the order shown. Raises KeyError where there is no such set."""
    return tuple(option(line) for line in _sets()[name]["options"].splitlines() if line)


def code(system: str, value: str) -> Code:
    """A code in one of the systems that the file names. Raises KeyError for another system."""
    return Code(value, cast("dict[str, str]", _systems()["systems"])[system])


def option(line: str) -> Option:
    """Read one line: the key, the words, and what else is known of the option. Raises ValueSetError."""
    key, *rest = line.split(" | ")
    if not rest or not key or key != key.strip():
        raise ValueSetError(f"an option needs a key and words: {line}")
    family, codes, retired = "", [], False
    for part in rest[1:]:
        name, colon, value = part.partition(": ")
        if part == "retired":
            retired = True
        elif not colon or not value:
            raise ValueSetError(f"cannot read “{part}” in: {line}")
        elif name == "family":
            family = value
        else:
            try:
                codes.append(code(name, value))
            except KeyError:
                raise ValueSetError(f"no code system called {name}: {line}") from None
    return Option(key, rest[0], tuple(codes), family, retired)
