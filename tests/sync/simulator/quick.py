"""Pure functions that a schedule calls over and over with the same: remembered, for the speed of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from urllib import parse

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.conflicts import Conflict
from eolc_desktop.sync import conflict_task, names, questionnaires
from eolc_desktop.sync.effects import JSON
from eolc_desktop.sync.names import stamp_of
from eolc_desktop.sync.ports import Setup

_conflicts: dict[tuple[str, str], Conflict | None] = {}
_stamps: dict[int, tuple[JSON, dict[str, str]]] = {}
_asked: dict[int, tuple[Catalogue, str]] = {}


def begin() -> None:
    """Forget the last history: one of the same seed, with papers, gives its names to other conflicts."""
    _conflicts.clear()
    _stamps.clear()


def stamps_in(resource: JSON | None) -> dict[str, str]:
    """As `names.stamps_in`. Nothing changes a resource in place: it is known again by itself, and kept, so that no
    other can take its place in the memory."""
    if resource is None:
        return {}
    known = _stamps.get(id(resource))
    if known is None:
        if len(_stamps) > 5_000:
            _stamps.clear()
        known = _stamps[id(resource)] = (resource, names.stamps_in(resource))
    return dict(known[1])


_name = questionnaires._name


def name_of_all_asked(setup: Setup) -> str:
    """As `questionnaires._name`: the same catalogue asks the same in every history."""
    known = _asked.get(id(setup.catalogue))
    if known is None:
        known = _asked[id(setup.catalogue)] = (setup.catalogue, _name(setup))
    return known[1]


def conflict_in(resource: JSON) -> Conflict | None:
    """As `conflict_task.conflict_in`. A change-set writes a resource once: its stamp and id say which version it is."""
    name = (str(resource.get("id")), stamp_of(resource))
    if not name[1]:
        return conflict_task.conflict_in(resource)
    if name not in _conflicts:
        if len(_conflicts) > 5_000:
            _conflicts.clear()
        _conflicts[name] = conflict_task.conflict_in(resource)
    return _conflicts[name]


@lru_cache(maxsize=5_000)
def _encoded(query: tuple[tuple[str, str], ...]) -> str:
    return parse.urlencode(query)


def urlencode(query: Sequence[tuple[str, str]]) -> str:
    """As `urllib.parse.urlencode`, for pairs."""
    return _encoded(tuple(query))


@lru_cache(maxsize=5_000)
def parse_qsl(query: str) -> tuple[tuple[str, str], ...]:
    """As `urllib.parse.parse_qsl`."""
    return tuple(parse.parse_qsl(query))
