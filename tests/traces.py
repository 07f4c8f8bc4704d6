"""Sees every file that appears in some folders, even one that is gone a moment later (Linux: inotify)."""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

CREATED, MOVED_IN, IS_FOLDER, OVERFLOW = 0x100, 0x80, 0x40000000, 0x4000
CAN_SEE = sys.platform == "linux"
_HEAD = struct.Struct("iIII")


class Traces:
    """Watches from `with` to its end. `found` then holds the path of everything that was made or moved in."""

    def __init__(
        self,
        folders: Iterable[Path],
        besides: Iterable[Path] = (),
        names: tuple[str, ...] = (),
        *,
        deep: bool = True,
    ) -> None:
        """`besides` are folders that are not looked into; `names` are beginnings of names that others may make."""
        self._deep = deep
        self._folders = [folder for folder in folders if folder.is_dir()]
        self._besides = {str(folder) for folder in besides}
        self._names = names
        self._watched: dict[int, str] = {}
        self._libc = ctypes.CDLL(None, use_errno=True)
        self.found: list[str] = []

    def __enter__(self) -> Traces:
        self._handle = self._libc.inotify_init1(os.O_NONBLOCK)
        assert self._handle >= 0, os.strerror(ctypes.get_errno())
        for folder in self._folders:
            self._watch(str(folder))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._read()
        os.close(self._handle)

    def _watch(self, folder: str) -> None:
        if folder in self._besides:
            return
        number = self._libc.inotify_add_watch(self._handle, os.fsencode(folder), CREATED | MOVED_IN)
        if number < 0:
            return  # it went in the meantime, or is somebody else's
        self._watched[number] = folder
        if not self._deep:
            return
        try:
            inside = [entry.path for entry in os.scandir(folder) if entry.is_dir(follow_symlinks=False)]
        except OSError:
            return
        for path in inside:
            self._watch(path)

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._handle, 1 << 20)
            except BlockingIOError:
                return
            place = 0
            while place < len(data):
                number, mask, _cookie, length = _HEAD.unpack_from(data, place)
                place += _HEAD.size
                name = os.fsdecode(data[place : place + length].rstrip(b"\0"))
                place += length
                assert not mask & OVERFLOW, "more happened than could be seen"
                folder = self._watched.get(number, "")
                if folder and not name.startswith(self._names or ("\0",)):
                    self.found.append(f"{folder}/{name}")
