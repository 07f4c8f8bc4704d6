"""The head of the chain of seals, kept outside the record: beside the keys, and in the computer's own key store.

An old record put in the place of the newer one is whole in itself; only something outside it can tell. Neither place
holds anything about a person: a number and a code.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from eolc_desktop.models.key_file import replace_whole

_MOST_BYTES = 4096


@dataclass(frozen=True, slots=True)
class KeptHead:
    """The newest seal of the record with `store_id`, as it was when this was written."""

    store_id: str
    number: int
    mac: str

    def as_text(self) -> str:
        """The head as it is kept."""
        return json.dumps({"store": self.store_id, "number": self.number, "mac": self.mac})

    @classmethod
    def of_text(cls, text: str) -> KeptHead | None:
        """The head that `as_text` wrote; None for anything else."""
        try:
            data = json.loads(text)
            number, mac, store_id = data["number"], data["mac"], data["store"]
        except (ValueError, KeyError, TypeError, RecursionError):
            return None
        is_one = isinstance(number, int) and isinstance(mac, str) and isinstance(store_id, str)
        return cls(store_id, number, mac) if is_one and number >= 0 and len(mac) == 64 else None


def read_head(path: Path) -> KeptHead | None:
    """The head in the file at `path`; None when there is none that can be read."""
    try:
        with path.open("rb") as file:
            return KeptHead.of_text(file.read(_MOST_BYTES).decode())
    except (OSError, UnicodeDecodeError):
        return None


def write_head(path: Path, head: KeptHead) -> bool:
    """Keep the head. Returns whether the disk took it: a full disk must not keep anybody from their work."""
    try:
        replace_whole(path, head.as_text().encode())
    except OSError:
        return False
    return True
