"""Starts the program afresh in its own place: what was in memory before locking is gone afterwards."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import NoReturn

from eolc_desktop.logs import Plain

log = logging.getLogger(__name__)


def command(arguments: Sequence[str] = ()) -> list[str]:
    """Return the command that started this program, with these arguments at its end, each at most once."""
    # A frozen program is its own interpreter; otherwise the interpreter's own arguments (-m, -X …) come along.
    given = [sys.executable, *sys.argv[1:]] if getattr(sys, "frozen", False) else [sys.executable, *sys.orig_argv[1:]]
    return [part for part in given if part not in arguments] + list(arguments)


def replace_process(*arguments: str) -> NoReturn:
    """Replace this process by a fresh one that was given these arguments too, such as "--locked".

    Close the store, the worker and the single-instance lock first: nothing runs after this. On POSIX the process keeps
    its number and its memory is dropped by the kernel; on Windows a new process starts and this one ends.
    """
    new = command(arguments)
    # A bundle made by PyInstaller must unpack its paths anew instead of taking over those of the process before.
    environment = {**os.environ, "PYINSTALLER_RESET_ENVIRONMENT": "1"} if getattr(sys, "frozen", False) else os.environ
    log.info("the program starts afresh: %s", Plain("lock") if arguments else Plain("restart"))
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    if os.name == "posix":
        os.execve(new[0], new, environment)  # noqa: S606  it is this program's own command
    subprocess.Popen(new, env=environment, close_fds=True)  # noqa: S603  it is this program's own command
    os._exit(0)
