"""A signed-in session on a real encrypted store, closed when a test is done with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from eolc_desktop.clock import Clock
from eolc_desktop.paths import Profile
from eolc_desktop.services.session import Session
from tests.sessions import begin


@contextmanager
def opened_session(profile: Profile, clock: Clock, *, made_up: bool = False) -> Iterator[Session]:
    """A store made for this test, with one user signed in."""
    session = replace(begin(profile, clock), made_up=made_up)
    try:
        yield session
    finally:
        session.store.close()
