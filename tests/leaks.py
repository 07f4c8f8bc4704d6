"""Looks for what tests recorded about people in places where it must never be: logs, crash reports, settings, home.

`conftest` looks once at the end of every run, over everything the run left behind; `tests/test_leaks.py` plants leaks
and sees them found.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

RECORDED = ("Margaret Rose", "Zqxcanary", "9990000018", "999 000 0018", "My own bed", "four walnuts beside the kettle")
"""What many tests record or unlock with: names, a number, somebody's words, a passphrase."""
PLAIN_FILES = frozenset({"settings.json", "head.json", "in-use.lock"})
"""Files of a profile that are not encrypted and hold nothing about anybody."""
_STREAMS = (b"\x78\x01", b"\x78\x9c", b"\x78\xda")
_MOST_BYTES = 20_000_000


def places_in(folder: Path) -> Iterator[Path]:
    """Files that must hold nothing about a person: everything in a folder of logs, and the plain files of profiles."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink() and ("logs" in path.parts or path.name in PLAIN_FILES):
            yield path


def found_in(paths: Iterable[Path], words: Iterable[str] = RECORDED) -> list[str]:
    """Say which file holds which word: as it is, as Qt writes it (UTF-16), or inside a compressed stream."""
    needles = {word: (word.casefold().encode(), word.casefold().encode("utf-16-le")) for word in words}
    found = []
    for path in paths:
        try:
            if path.stat().st_size > _MOST_BYTES:
                continue
            content = path.read_bytes()
        except OSError:
            continue
        for held in (content, *_inflated(content)):
            lowered = held.lower()
            found += [f"{path.name}: {word}" for word, forms in needles.items() if any(f in lowered for f in forms)]
    return sorted(set(found))


def _inflated(content: bytes) -> Iterator[bytes]:
    for mark in _STREAMS:
        start = content.find(mark)
        while start >= 0:
            with suppress(zlib.error):
                yield zlib.decompressobj().decompress(content[start:], _MOST_BYTES)
            start = content.find(mark, start + 1)
