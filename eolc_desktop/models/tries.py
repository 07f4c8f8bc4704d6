"""How long to wait after wrong passphrases: kept on disk, so that starting the program again does not shorten it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from eolc_desktop.clock import Clock
from eolc_desktop.models.key_file import replace_whole

WAITS = (0, 0, 0, 2, 5, 15, 60)
"""Seconds to wait after the first, second, … wrong try in a row. Nothing is wiped: the plan may be needed tonight."""


@dataclass(frozen=True, slots=True)
class Tries:
    """The wrong tries since the last right one, in the file at `path`."""

    path: Path
    clock: Clock

    def seconds_to_wait(self) -> int:
        """Return how many seconds must pass before the next try. A clock that was put back makes it no longer."""
        count, last = self._read()
        if not count:
            return 0
        wait = WAITS[min(count, len(WAITS)) - 1]
        left = wait - int((self.clock() - last).total_seconds())
        return max(0, min(left, wait))

    def count_one(self) -> None:
        """Count a try before it is made, so that ending the program during it does not hide it."""
        count, _ = self._read()
        now = self.clock().astimezone(UTC).isoformat(timespec="seconds")
        self._write(json.dumps({"wrong": min(count + 1, 1000), "last": now}).encode())

    def forget(self) -> None:
        """Start again from nothing, after a right one."""
        try:
            self.path.unlink(missing_ok=True)
        except OSError:
            self._write(b"{}")

    def _read(self) -> tuple[int, datetime]:
        try:
            data = json.loads(self.path.read_bytes())
            last = datetime.fromisoformat(data["last"])
            count = data["wrong"]
            if not isinstance(count, int) or last.tzinfo is None or not 0 <= count <= 1000:
                raise ValueError
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return 0, datetime.min.replace(tzinfo=UTC)
        return count, last

    def _write(self, content: bytes) -> None:
        try:
            replace_whole(self.path, content)
        except OSError:
            # A full or read-only disk must not keep a nurse out of the record.
            return
