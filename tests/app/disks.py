"""Disks that refuse: mounted read-only or full where this process may mount one, else folders and files protected."""

from __future__ import annotations

import ctypes
import errno
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

MEGABYTES = 24
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH, _CAP_FOWNER = 1, 2, 3
_VERSION_3 = 0x20080522


@dataclass(frozen=True, slots=True)
class Disk:
    """A folder that stands for a disk. `give_up_rights` is for a process that is started: it leaves root's rights."""

    folder: Path
    make_read_only: Callable[[], None]
    give_up_rights: Callable[[], None]

    def fill(self) -> None:
        """Leave no room on it."""
        with (self.folder / "fill").open("wb", buffering=0) as file:
            for size in (1 << 20, 4096, 1):
                while True:
                    try:
                        file.write(bytes(size))
                    except OSError as error:
                        if error.errno != errno.ENOSPC:
                            raise
                        break

    def make_room(self) -> None:
        """Take away what fills it."""
        (self.folder / "fill").unlink()


@contextmanager
def mounted(folder: Path) -> Iterator[Disk]:
    """A real file system of a few megabytes in `folder`; the test is passed over where none may be mounted."""
    folder.mkdir(mode=0o700, exist_ok=True)
    options = f"size={MEGABYTES}m,mode=700"
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "eolc-test", str(folder)], check=False)
    if made.returncode:
        pytest.skip("this process may not mount a disk")

    def make_read_only() -> None:
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)

    try:
        yield Disk(folder, make_read_only, lambda: None)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def protected(folder: Path) -> Iterator[Disk]:
    """A folder whose files and folders lose the permission to be written. Root, whom that would not stop, gives up on
    this thread, and on those that are begun on it, what lets it pass them by."""
    folder.mkdir(mode=0o700, exist_ok=True)
    modes: dict[Path, int] = {}
    before = _rights()

    def make_read_only() -> None:
        for path in (folder, *folder.rglob("*")):
            modes[path] = path.stat().st_mode
            path.chmod(path.stat().st_mode & ~0o222)
        _give_up(before)

    try:
        yield Disk(folder, make_read_only, lambda: _give_up(before))
    finally:
        _set_rights(before)
        for path, mode in modes.items():
            path.chmod(mode)


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("process", ctypes.c_int))


class _Rights(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_uint32) for name in ("now", "allowed", "passed", "now2", "allowed2", "passed2"))


def _rights() -> _Rights:
    found = _Rights()
    if ctypes.CDLL(None, use_errno=True).capget(ctypes.byref(_Header(_VERSION_3, 0)), ctypes.byref(found)):
        raise OSError(ctypes.get_errno(), "capget")
    return found


def _set_rights(rights: _Rights) -> None:
    if ctypes.CDLL(None, use_errno=True).capset(ctypes.byref(_Header(_VERSION_3, 0)), ctypes.byref(rights)):
        raise OSError(ctypes.get_errno(), "capset")


def _give_up(before: _Rights) -> None:
    fewer = _Rights.from_buffer_copy(before)
    fewer.now &= ~(1 << _CAP_DAC_OVERRIDE | 1 << _CAP_DAC_READ_SEARCH | 1 << _CAP_FOWNER)
    _set_rights(fewer)
