"""Jobs for the worker process, as documents and FHIR would be: functions of plain data, in a module without Qt."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

from eolc_desktop.errors import ImportRefused

CANARY = "ZQXCANARY 999 000 0018"


def number_of_this_process() -> int:
    return os.getpid()


def modules_of_this_process() -> list[str]:
    return sorted(sys.modules)


def doubled(data: bytes) -> bytes:
    return data * 2


def refuse(words: str) -> None:
    raise ImportRefused(words, "Nothing was taken in.", "Choose another file.")


def fault() -> None:
    name = CANARY
    raise ValueError(f"{name} is not expected here")


def fault_that_cannot_be_pickled() -> None:
    class Odd(Exception):
        def __init__(self) -> None:
            super().__init__(threading.Lock())

    raise Odd


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def leave() -> None:
    sys.exit(3)


def hang() -> None:
    threading.Event().wait()


def open_files() -> list[str]:
    """What ordinary files this process has open, besides the three every process is given."""
    found = []
    for link in Path("/proc/self/fd").iterdir():
        if int(link.name) > 2 and link.is_file():
            found.append(str(link.readlink()))
    return found
