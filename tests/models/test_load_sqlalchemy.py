"""SQLAlchemy is loaded without what this program never uses of it, and everybody else gets the real modules."""

from __future__ import annotations

import subprocess
import sys

LOADED = """
import sys
import eolc_desktop.models.load_sqlalchemy
print([name for name in ("asyncio", "ssl", "importlib.metadata") if name in sys.modules])
from sqlalchemy.util import concurrency
print(concurrency.is_exit_exception(ValueError()), concurrency.iscoroutine(7))
import asyncio, asyncio.events, importlib.metadata
print(type(asyncio).__name__, sys.modules["asyncio.events"] is asyncio.events)
print(concurrency.is_exit_exception(asyncio.CancelledError()), importlib.metadata.version("sqlalchemy")[0])
"""


def test_sqlalchemy_is_loaded_without_asyncio_which_stays_there_for_others() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines() == ["[]", "False False", "module True", "True 2"]
