"""The choices and codes of the built-in sections, read once from `value_sets.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pkgutil import get_data
from typing import cast

from eolc_desktop.care_plan.fields import Code, Option


class ValueSetError(ValueError):
    """A line of `value_sets.toml` cannot be read: a fault of the file, found by the tests."""


@cache
def _file() -> dict[str, object]:
    # The package's own loader, so that it is found in a frozen program too; lighter to start than importlib.resources.
    text = get_data("eolc_desktop.care_plan", "value_sets.toml") or b""
    return tomllib.loads(text.decode("utf-8"))


def version() -> str:
    """The version of all value sets together, as it goes onto exports."""
    return cast(str, _file()["version"])


def names() -> tuple[str, ...]:
    """The names of all value sets."""
    return tuple(name for name in _file() if name not in {"version", "systems"})


def source(name: str) -> str:
    """Which standard or document a value set comes from. Raises KeyError where there is no such set."""
    return _set(name)["source"]


@cache
def value_set(name: str) -> tuple[Option, ...]:
    """The options of a value set in the order shown. Raises KeyError where there is no such set."""
    return tuple(option(line) for line in _set(name)["options"].splitlines() if line)


def code(system: str, value: str) -> Code:
    """A code in one of the systems that the file names. Raises KeyError for another system."""
    return Code(value, cast("dict[str, str]", _file()["systems"])[system])


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


def _set(name: str) -> dict[str, str]:
    if name in {"version", "systems"}:
        raise KeyError(name)
    return cast("dict[str, str]", _file()[name])
