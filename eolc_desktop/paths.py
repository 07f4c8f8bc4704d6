"""Where the profile, its files and the program's own resources are on each system."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from eolc_desktop.errors import StoreFull

PROGRAM = "eolc-desktop"


def resources() -> Path:
    """Return the folder of fonts, icons and sample data: in the source tree, or beside the frozen program."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) / "resources" if frozen else Path(__file__).resolve().parent.parent / "resources"


def default_profile_folder() -> Path:
    """Return the folder for this user's record: local to the computer, never one that roams over a network."""
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local or Path.home() / "AppData" / "Local") / "EoLC Desktop"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "EoLC Desktop"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / PROGRAM


@dataclass(frozen=True, slots=True)
class Profile:
    """The folder that holds one laptop's record, and the names of the files in it."""

    folder: Path

    @property
    def store(self) -> Path:
        """The encrypted record."""
        return self.folder / "record.db"

    @property
    def keys(self) -> Path:
        """The key slots: the record's key, wrapped once for each way of unlocking."""
        return self.folder / "keys.json"

    @property
    def head(self) -> Path:
        """The newest seal of the record, outside it: an older record put in its place is noticed by this."""
        return self.folder / "head.json"

    @property
    def settings(self) -> Path:
        """Settings without patient data."""
        return self.folder / "settings.json"

    @property
    def backups(self) -> Path:
        """Verified, encrypted backups."""
        return self.folder / "backups"

    @property
    def logs(self) -> Path:
        """Logs without patient data."""
        return self.folder / "logs"

    @property
    def lock(self) -> Path:
        """Held by the one program that has the store open."""
        return self.folder / "in-use.lock"

    def make_private(self) -> None:
        """Make the folder if it is not there, and keep other users of the computer out of it (mode 0700).

        Only what others may do is taken back: a folder that was protected against its own user stays so. Raises
        StoreFull when the disk refuses.
        """
        try:
            for folder in (self.folder, self.backups, self.logs):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                if os.name == "posix" and folder.stat().st_mode & 0o077:
                    folder.chmod(0o700)
        except OSError:
            raise StoreFull(
                "The program’s folder could not be made: the disk is full, or it cannot be written to.",
                "Nothing was changed.",
                "Please make some room on the disk, or have it looked at, then try again.",
            ) from None

    @property
    def takes_nothing(self) -> bool:
        """Whether the record can only be read: a disk that was made read-only, or a folder or file that is protected.

        Nothing is written to find out, so that a disk which is full is not told from one with room.
        """
        try:
            with self.store.open("r+b"):
                pass
        except FileNotFoundError:
            pass
        except OSError:
            return True
        return self.folder.exists() and not may_write_in(self.folder)


def may_write_in(folder: Path) -> bool:
    """Whether the system would let this program make a file in a folder."""
    return os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
