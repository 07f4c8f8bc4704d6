"""A HAPI FHIR of one measurement, where one can be run."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.bench.figures import Figure
from tests.servers.hapi import Hapi


def on_hapi(what: str, measure: Callable[[Hapi], Iterator[Figure]], *, teams: int = 0) -> Iterator[Figure]:
    """The figures that are measured on a server of their own, which ends with them. Where Java is missing there are
    none, and that is said."""
    try:
        server = Hapi(teams=teams)
    except pytest.skip.Exception as reason:
        print(f"{what}: not measured. {reason}")
        return
    try:
        server.begin()
        yield from measure(server)
    finally:
        server.end()
