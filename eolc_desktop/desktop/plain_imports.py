"""Gives Python its own `import` back, which PySide replaces.

PySide reads the source of every module that is imported after it, to find out whether that module asks for one of
PySide's optional spellings (`from __feature__ import snake_case`), and Python's `linecache` then keeps the text.
Nothing here asks for one. Without this the texts of all our libraries and our own stay in memory: 20 MB, and a third
of the time it takes to load them.
"""

from __future__ import annotations

import builtins
import linecache

import PySide6.QtCore  # noqa: F401  it replaces `import` when it is loaded


def use_plain_imports() -> None:
    """Take PySide's look at each module out of `import` again. Does nothing where PySide has not put it there."""
    own = getattr(builtins, "__orig_import__", None)
    if own is not None:
        builtins.__import__ = own
        # What was imported before leaves 2 MB of text there, which comes back by itself should it ever be asked for.
        linecache.clearcache()
