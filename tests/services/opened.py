"""A signed-in session on a real encrypted store, for tests of services."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.clock import Clock
from eolc_desktop.models.store import create_store
from eolc_desktop.paths import Profile
from eolc_desktop.record import users
from eolc_desktop.services.session import Session

JO = users.User("user-jo", "Jo Okafor", "district nurse", "Airedale community team")


@contextmanager
def opened_session(profile: Profile, clock: Clock, *, made_up: bool = False) -> Iterator[Session]:
    """A store made for this, with one user signed in; closed at the end."""

    def fill(connection: Connection) -> None:
        users.add(connection, JO, clock())

    store = create_store(profile.store, secrets.token_bytes(32), str(uuid.uuid4()), fill=fill)
    try:
        yield Session(store, JO, clock, built_in(), "laptop-1", profile, made_up)
    finally:
        store.close()
