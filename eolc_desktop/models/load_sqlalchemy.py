"""Loads SQLAlchemy for one thread and one file: without `asyncio` and the list of installed packages, which it names
at its top and uses only with other databases.

The two take 8 MB and come with the network's whole library. While SQLAlchemy is imported a stand-in takes their place;
whoever imports them afterwards, gets the real ones, and so does SQLAlchemy itself should it ever ask them for anything.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any

NOT_NEEDED = ("asyncio", "importlib.metadata")


class _StandIn(ModuleType):
    """A module that is loaded when it is first asked for something."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)

    def iscoroutine(self, thing: object) -> bool:
        """The one function of asyncio that SQLAlchemy takes hold of while it is loaded; it calls it only later."""
        return bool(importlib.import_module(self.__name__).iscoroutine(thing))


def load() -> None:
    """Load SQLAlchemy with its SQLite dialect. Does nothing where it is loaded already."""
    if "sqlalchemy" in sys.modules:
        return
    stand_ins = [_StandIn(name) for name in NOT_NEEDED if name not in sys.modules]
    for stand_in in stand_ins:
        _put(stand_in)
    try:
        importlib.import_module("sqlalchemy.dialects.sqlite")
    finally:
        for stand_in in stand_ins:
            _take_away(stand_in)


def _put(stand_in: ModuleType) -> None:
    parent, _, child = stand_in.__name__.rpartition(".")
    sys.modules[stand_in.__name__] = stand_in
    if parent:
        setattr(sys.modules[parent], child, stand_in)


def _take_away(stand_in: ModuleType) -> None:
    parent, _, child = stand_in.__name__.rpartition(".")
    if sys.modules.get(stand_in.__name__) is stand_in:
        del sys.modules[stand_in.__name__]
    if parent and getattr(sys.modules[parent], child, None) is stand_in:
        delattr(sys.modules[parent], child)


load()
