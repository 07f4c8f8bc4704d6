"""A signed-in session for the tests of services."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from eolc_desktop.paths import Profile
from eolc_desktop.services.session import Session
from tests.fixed_clock import FixedClock
from tests.sessions import begin


@pytest.fixture
def session(profile: Profile, clock: FixedClock) -> Iterator[Session]:
    session = begin(profile, clock)
    yield session
    session.store.close()
