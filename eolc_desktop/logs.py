"""The private log: what the program did, in constants, counts and ids, never in anything a person said or is."""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from enum import Enum
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from eolc_desktop.errors import UserError

PACKAGE = "eolc_desktop"
LOG_NAME = "eolc-desktop.log"
BYTES_A_FILE = 1_000_000
OLD_FILES_KEPT = 4
FRAMES_SHOWN = 40

_RANDOM_ID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LONGEST_COUNT = 10_000_000
"""Whole numbers below this are counts and milliseconds; at or above it they could be an NHS or telephone number."""


class Plain(str):
    """A word its author vouches for: fixed in the program's own text, never taken from a record or from typing."""

    __slots__ = ()


def shown(value: object) -> str:
    """Return a value as a log may hold it: counts, ids, types and vouched words as they are, others by their kind.

    A `UserError` shows its sentences, which by rule hold no patient data; any other exception shows its type alone.
    """
    if isinstance(value, Plain):
        return str(value)
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if value is None or isinstance(value, bool | float):
        return str(value)
    if isinstance(value, int):
        return str(value) if abs(value) < _LONGEST_COUNT else "<long number>"
    if isinstance(value, type):
        return value.__name__
    if isinstance(value, UserError):
        return f"{type(value).__name__}: {value}"
    if isinstance(value, BaseException):
        return type(value).__name__
    if isinstance(value, str):
        return value if _RANDOM_ID.fullmatch(value) else f"<text of {len(value)}>"
    return f"<{type(value).__name__}>"


def describe(error: BaseException) -> str:
    """Return an exception as types and places only, its causes after it: no message, no values, no home folder."""
    lines: list[str] = []
    for introduction, link in _chain(error):
        lines.append(f"{introduction}{_full_name(type(link))}")
        if isinstance(link, BaseExceptionGroup):
            lines.append("  holding " + ", ".join(_full_name(type(part)) for part in link.exceptions))
        lines += [f"  {line}" for line in frames(link.__traceback__)]
        lines += [f"  {line}" for line in getattr(link, "remote_frames", ())]
    return "\n".join(lines)


def frames(trace: TracebackType | None) -> list[str]:
    """Return the place of each frame of a traceback, outermost first, without the middle of a long one."""
    places: list[str] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{_short(code.co_filename)}:{trace.tb_lineno} in {code.co_qualname}")
        trace = trace.tb_next
    if len(places) > FRAMES_SHOWN:
        half = FRAMES_SHOWN // 2
        places[half:-half] = [f"… {len(places) - FRAMES_SHOWN} more frames …"]
    return places


def start(folder: Path, *, level: int = logging.INFO) -> logging.Handler:
    """Write the program's log to `folder`, readable by this user alone (mode 0600), in a few files of a megabyte.

    Returns the handler, for `stop`. Nothing is written anywhere else; the printing of a whole exception, values and
    all, when logging itself fails, is turned off.
    """
    logging.raiseExceptions = False
    handler = _PrivateFile(
        folder / LOG_NAME, maxBytes=BYTES_A_FILE, backupCount=OLD_FILES_KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(PrivateFormatter())
    handler.setLevel(level)
    root = logging.getLogger()
    root.addHandler(handler)
    logging.getLogger(PACKAGE).setLevel(level)
    return handler


def stop(handler: logging.Handler) -> None:
    """Close what `start` opened. A full disk loses the last lines and stops nothing: the program goes on to lock."""
    logging.getLogger().removeHandler(handler)
    with suppress(OSError):
        handler.close()


class PrivateFormatter(logging.Formatter):
    """One line a record: time in UTC, level, logger, words. What could be a person's is shown only by its kind.

    The message of another library is left out altogether, because it may already hold values: its logger, level and
    place stay.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and under it the types and places of an exception when the record carries one."""
        at = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%d %H:%M:%S")
        ours = record.name == PACKAGE or record.name.startswith(f"{PACKAGE}.")
        words = _words(record) if ours else f"at {_short(record.pathname)}:{record.lineno} in {record.funcName}"
        line = f"{at} {record.levelname:<8} {record.name} {words}"
        error = record.exc_info[1] if record.exc_info else None
        return f"{line}\n{describe(error)}" if error else line


def _words(record: logging.LogRecord) -> str:
    if not record.args:
        return str(record.msg)
    arguments = record.args.values() if isinstance(record.args, dict) else record.args
    safe = tuple(shown(argument) for argument in arguments)
    template = re.sub(r"%(\(\w+\))?[-+ #0]*(\d+|\*)?(\.\d+)?[diouxXeEfFgGcrsa]", "%s", str(record.msg))
    try:
        return template % safe
    except (TypeError, ValueError):
        return f"<a line with the wrong number of values, at {_short(record.pathname)}:{record.lineno}>"


class _PrivateFile(RotatingFileHandler):
    def _open(self) -> object:  # type: ignore[override]
        path = Path(self.baseFilename)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(descriptor, "a", encoding=self.encoding)


def _chain(error: BaseException) -> Iterator[tuple[str, BaseException]]:
    seen: set[int] = set()
    link: BaseException | None = error
    introduction = ""
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield introduction, link
        if link.__cause__ is not None:
            link, introduction = link.__cause__, "caused by "
        elif link.__suppress_context__:
            link = None
        else:
            link, introduction = link.__context__, "while handling "


def _full_name(kind: type) -> str:
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _short(path: str) -> str:
    """Leave out where the program is installed: the folder often holds the user's own name."""
    slashed = path.replace("\\", "/")
    for marker in (f"/{PACKAGE}/", "/site-packages/", f"/python{sys.version_info.major}.{sys.version_info.minor}/"):
        _, found, tail = slashed.rpartition(marker)
        if found:
            return f"{PACKAGE}/{tail}" if PACKAGE in marker else tail
    return slashed.rpartition("/")[2]
