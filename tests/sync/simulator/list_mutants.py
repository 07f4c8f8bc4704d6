"""Mistakes that could be made with the list of what changed; `mutants` has the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from unittest.mock import patch

from eolc_desktop.sync import all_changes, how_far


@contextmanager
def list_cut_short() -> Iterator[None]:
    """A list that goes on is taken to be whole."""
    versions = all_changes.versions

    def some(history: Any) -> Any:
        return versions({**history, "entry": history.get("entry", [])[:5]})

    with patch.object(all_changes, "whole", lambda _: True), patch.object(all_changes, "versions", some):
        yield


def list_after_half_a_reading() -> AbstractContextManager[Any]:
    """Everything is taken to be read as far as the manifests are."""
    return patch.object(all_changes, "start", lambda _ledger, setup, _kinds, since: since if _asks(setup) else "")


@contextmanager
def list_without_overlap() -> Iterator[None]:
    """The list begins exactly where the last reading ended."""

    def exactly(ledger: Any, setup: Any, kinds: Any, since: str) -> str:
        return how_far.newest(ledger, all_changes.all_of(kinds)) if since and _asks(setup) else ""

    with patch.object(all_changes, "start", exactly):
        yield


def number_is_enough() -> AbstractContextManager[Any]:
    """A version is taken to be known by its number alone, also on a server that was set back."""

    def known(ledger: Any, key: str, of_one: Any) -> bool:
        here, newest = ledger.resource(key), all_changes._newest(of_one)
        return here is not None and newest is not None and newest["meta"]["versionId"] == here.base_version

    return patch.object(all_changes, "_is_known", known)


def _asks(setup: Any) -> bool:
    return bool(setup.abilities.lists_changes)


LIST_MUTANTS: dict[str, Callable[[], AbstractContextManager[Any]]] = {
    made.__name__: made for made in (list_cut_short, list_after_half_a_reading, list_without_overlap, number_is_enough)
}
