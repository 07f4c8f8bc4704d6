"""The program's own settings on this computer: how it looks and when it locks. Never anything about a person."""

from __future__ import annotations

import base64
import binascii
import json
import math
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal, cast, get_args

from eolc_desktop.errors import SettingsIgnored

ThemeName = Literal["system", "light", "dark", "bright"]
"""`system` follows the computer's own light, dark or contrast setting."""

IDLE_MINUTES = (1, 15)
"""Least and most minutes without a key before locking. A file on disk cannot turn locking off."""

TEXT_PERCENT = (100, 200)
LARGEST_FILE = 64 * 1024
"""Bytes: a longer file is not ours."""

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user chose on this computer. Values outside their limits cannot be made: they are brought inside."""

    theme: ThemeName = "system"
    text_percent: int = 100
    idle_minutes: int = 5
    has_large_targets: bool = False
    has_custom_shortcuts: bool = True
    """False for people whose dictation or screen reader collides with shortcuts (WCAG 2.1.4)."""
    window_geometry: str = ""
    """Qt's own bytes for the place and size of the window, in base64."""

    def __post_init__(self) -> None:
        """Bring each number inside its limits."""
        object.__setattr__(self, "text_percent", _inside(self.text_percent, TEXT_PERCENT))
        object.__setattr__(self, "idle_minutes", _inside(self.idle_minutes, IDLE_MINUTES))

    def changed(self, **values: object) -> Settings:
        """Return these settings with some values replaced."""
        return replace(self, **cast("dict[str, Any]", values))


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings in force, and what the user should be told about the file they came from, if anything."""

    settings: Settings
    notice: SettingsIgnored | None = None


def load(path: Path) -> Loaded:
    """Read the settings. A file that is missing means the defaults; one that cannot be read is kept aside as `.bad`.

    A single value that does not fit is left at its default, and the others are used. Never raises for what it holds.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        return Loaded(Settings())
    except OSError:
        return Loaded(Settings(), _notice("The settings file could not be opened."))
    try:
        return Loaded(_from_json(raw))
    except ValueError:
        return Loaded(Settings(), _set_aside(path))


def save(settings: Settings, path: Path) -> None:
    """Write the settings whole or not at all, readable by this user alone (mode 0600).

    Raises OSError when the disk is full or may not be written to; the file of before is then untouched.
    """
    text = json.dumps({"format": FORMAT, **asdict(settings)}, indent=2) + "\n"
    beside = path.with_name(f"{path.name}.new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _from_json(raw: bytes) -> Settings:
    if len(raw) > LARGEST_FILE:
        message = "longer than any settings file"
        raise ValueError(message)
    try:
        found = json.loads(raw.decode("utf-8"))
    except RecursionError as error:
        message = "nested too deep"
        raise ValueError(message) from error
    if not isinstance(found, dict):
        message = "not an object"
        raise ValueError(message)
    fitting = {key: found[key] for key, fits in _FITS.items() if key in found and fits(found[key])}
    return Settings(**fitting)


def _whole(value: object) -> bool:
    """A whole number written as one; true and false are numbers to Python, but nobody meant one minute by true."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return is_number or (isinstance(value, float) and math.isfinite(value) and value.is_integer())


def _truth(value: object) -> bool:
    return isinstance(value, bool)


def _geometry(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


_FITS: dict[str, Callable[[object], bool]] = {
    "theme": lambda value: value in get_args(ThemeName) if isinstance(value, str) else False,
    "text_percent": _whole,
    "idle_minutes": _whole,
    "has_large_targets": _truth,
    "has_custom_shortcuts": _truth,
    "window_geometry": _geometry,
}


def _inside(value: float, limits: tuple[int, int]) -> int:
    least, most = limits
    return int(min(max(value, least), most))


def _set_aside(path: Path) -> SettingsIgnored:
    try:
        path.replace(path.with_name(f"{path.name}.bad"))
    except OSError:
        return _notice("The settings file could not be read.")
    return _notice("The settings file could not be read and was put aside.")


def _notice(happened: str) -> SettingsIgnored:
    return SettingsIgnored(
        happened, "Nothing in the record was touched.", "The usual settings are in use; choose yours again in Settings."
    )
