"""What the organisation has set for every laptop: one file for the whole machine, which a user sees and cannot weaken.

The file is TOML and belongs to the administrator of the computer; `docs/policy.md` explains it with an example. A file
or a value that cannot be read never lowers a floor: what it would have set is then as strict as can be, and that is
said. Printing is never stopped by a broken file: a family in need of a page is harmed by its absence.
"""

from __future__ import annotations

import os
import stat
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

LARGEST_FILE = 64 * 1024
"""Bytes: a longer file is not ours."""
IDLE_FLOOR, IDLE_CEILING = 1, 15
"""Minutes: no policy and no user can have the program wait longer before it locks."""
STRICT_IDLE = 5
"""Minutes: the ceiling when the file does not say one that can be read."""
MOST_NAMES = 100
ALIKE = 0.75
"""How alike (of 1) an unknown name must be to that of a rule to be taken for it, misspelt."""
ALWAYS_ALLOWED = "en-GB"
"""English: what the fixed words are written in, and checked in."""
_COMMON_APPDATA, _LONGEST_PLACE = 0x23, 260
_LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))


@dataclass(frozen=True, slots=True)
class Policy:
    """What is set. Without a file everything is left to the user, within the program's own floors.

    `None` for documents or languages means that all are allowed; a path or an address is "" when none is set.
    """

    is_set: bool = False
    """Whether there is a policy file on this computer."""
    decided: frozenset[str] = frozenset()
    """The rules that the file names, also those of which it could not be read what they say: no user decides these."""
    server: str = ""
    """Address of the shared record. When set, the user cannot choose another."""
    certificate_authority: str = ""
    """Path of the organisation's own certificate authority, in PEM."""
    longest_idle_minutes: int = IDLE_CEILING
    """The user may choose fewer minutes, never more."""
    documents: frozenset[str] | None = None
    """Keys of the documents that may be printed."""
    may_save_pdfs: bool = True
    """Whether documents may be saved as files; printing is not affected."""
    backup_folder: str = ""
    """A second place for the encrypted backups."""
    languages: frozenset[str] | None = None
    """Codes of the languages that documents may be printed in, as documents name them ("en-GB", "cy")."""
    notices: tuple[str, ...] = field(default=())
    """What could not be read, each in a sentence for the user and for computer support."""

    def idle_minutes(self, wanted: int) -> int:
        """The minutes without a key before locking, when the user wants this many."""
        return max(IDLE_FLOOR, min(wanted, self.longest_idle_minutes, IDLE_CEILING))

    def allows_document(self, key: str) -> bool:
        """Whether this document may be printed."""
        return self.documents is None or key in self.documents

    def allows_language(self, code: str) -> bool:
        """Whether documents may be printed in this language; English always may."""
        return self.languages is None or code == ALWAYS_ALLOWED or code in self.languages

    def decides(self, rule: str) -> bool:
        """Whether the organisation decides this, and not the user."""
        return rule in self.decided


NO_POLICY = Policy()


def policy_file() -> Path:
    """Return the place of the machine's policy file: a folder that only an administrator may write to."""
    if sys.platform == "win32":
        return _program_data() / "EoLC Desktop" / "policy.toml"
    if sys.platform == "darwin":
        return Path("/Library/Application Support/EoLC Desktop/policy.toml")
    return Path("/etc/eolc-desktop/policy.toml")


def _program_data() -> Path:
    """Where Windows keeps what belongs to the whole computer. Windows itself is asked: the environment variable of the
    same name can be set by any user for themselves, who would then have no policy."""
    if sys.platform == "win32":  # pragma: no cover  tried on Windows only
        import ctypes  # noqa: PLC0415

        place = ctypes.create_unicode_buffer(_LONGEST_PLACE)
        if ctypes.windll.shell32.SHGetFolderPathW(None, _COMMON_APPDATA, None, 0, place) == 0:
            return Path(place.value)
    return Path(r"C:\ProgramData")


def load(path: Path | None = None) -> Policy:
    """Read the policy of this machine. No file means no policy. Never raises for what the file holds."""
    path = policy_file() if path is None else path
    try:
        with path.open("rb") as file:
            if os.name == "posix" and _others_may_write(os.fstat(file.fileno())):
                return _strict("Anybody on this computer may change the organisation’s policy file, so it is not used.")
            raw = file.read(LARGEST_FILE + 1)
    except (FileNotFoundError, NotADirectoryError):
        return NO_POLICY
    except OSError:
        return _strict("The organisation’s policy file could not be opened.")
    if len(raw) > LARGEST_FILE:
        return _strict("The organisation’s policy file is longer than any policy.")
    try:
        given = tomllib.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        return _strict("The organisation’s policy file could not be read.")
    return _from(given)


def _others_may_write(status: os.stat_result) -> bool:
    return bool(status.st_mode & stat.S_IWOTH)


def _from(given: Mapping[str, Any]) -> Policy:
    values: dict[str, Any] = {"is_set": True}
    notices: list[str] = []
    decided = set(_RULES) & set(given)
    for name, (reads, strict) in _RULES.items():
        if name not in given:
            continue
        try:
            values[name] = reads(given[name])
        except ValueError:
            values[name] = strict
            notices.append(f"The organisation’s policy has something for “{name}” that cannot be used.")
    for name in sorted(set(given) - set(_RULES)):
        notices.append(f"The organisation’s policy names “{_short(name)}”, which this version does not know.")
        # A newer version may know it; or it is one of ours, misspelt, and what it was to forbid must not be allowed.
        meant = get_close_matches(name, set(_RULES) - set(given), n=1, cutoff=ALIKE)
        values |= {rule: _RULES[rule][1] for rule in meant}
        decided |= set(meant)
    return Policy(**values, decided=frozenset(decided), notices=tuple(notices))


def _strict(notice: str) -> Policy:
    """As strict as can be in all that a policy decides, but for what may be printed."""
    strictest = {name: strict for name, (_, strict) in _RULES.items()}
    return Policy(is_set=True, decided=frozenset(_RULES), notices=(notice,), **strictest)


def _short(name: str) -> str:
    return "".join(letter for letter in name if letter.isprintable())[:40]


# What each rule may hold. Each raises ValueError for anything else.


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > 1000 or not value.isprintable():
        raise ValueError
    return value.strip()


def _server(value: object) -> str:
    address = _text(value)
    if not address:
        return ""
    parts = urlsplit(address)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    if not is_safe or not parts.hostname or parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError
    return address.rstrip("/")


def _place(value: object) -> str:
    place = _text(value)
    if place and not Path(place).is_absolute():
        raise ValueError
    return place


def _minutes(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not IDLE_FLOOR <= value <= IDLE_CEILING:
        raise ValueError
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _names(value: object) -> frozenset[str]:
    if not isinstance(value, list) or len(value) > MOST_NAMES:
        raise ValueError
    names = frozenset(_text(name) for name in value)
    if not names or "" in names:
        raise ValueError
    return names


_RULES: dict[str, tuple[Callable[[object], Any], Any]] = {
    "server": (_server, ""),
    "certificate_authority": (_place, ""),
    "longest_idle_minutes": (_minutes, STRICT_IDLE),
    "documents": (_names, None),
    "may_save_pdfs": (_truth, False),
    "backup_folder": (_place, ""),
    "languages": (_names, None),
}
"""Each rule: how it is read, and the strictest it can be."""
_SAYS = {"is_set", "decided", "notices"}
assert set(_RULES) == {one.name for one in fields(Policy)} - _SAYS, "every rule of a policy can be read"
