"""Mistakes that could be made with the list of everything that changed; `mutants` has the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from unittest.mock import patch

from eolc_desktop.sync import all_changes, how_far


@contextmanager
def list_cut_short() -> Iterator[None]:
    """A list that goes on is taken to be whole."""
    with patch.object(all_changes, "_goes_on", lambda _: False), patch.object(all_changes, "MOST", 20):
        pages = all_changes.pages

        def whole(kinds: Any, history: Any) -> Any:
            return pages(kinds, {**history, "entry": history.get("entry", [])[:19]})

        with patch.object(all_changes, "pages", whole):
            yield


def list_after_half_a_reading() -> AbstractContextManager[Any]:
    """Everything is taken to be read as far as the manifests are."""
    return patch.object(all_changes, "start", lambda _ledger, setup, _kinds, since: since if _asks(setup) else "")


@contextmanager
def newest_by_its_place() -> Iterator[None]:
    """The version that comes first in the list is taken for the newest, whatever its number."""
    with patch.object(all_changes, "_newest", lambda versions: versions[0]):
        yield


@contextmanager
def list_without_overlap() -> Iterator[None]:
    """The list begins exactly where the last reading ended."""

    def exactly(ledger: Any, setup: Any, kinds: Any, since: str) -> str:
        return how_far.newest(ledger, all_changes.all_of(kinds)) if since and _asks(setup) else ""

    with patch.object(all_changes, "start", exactly):
        yield


def _asks(setup: Any) -> bool:
    return bool(setup.abilities.lists_changes)


LIST_MUTANTS: dict[str, Callable[[], AbstractContextManager[Any]]] = {
    made.__name__: made
    for made in (list_cut_short, list_after_half_a_reading, newest_by_its_place, list_without_overlap)
}
