"""A signed-in session on a real encrypted store, for tests that need no key slots."""

from __future__ import annotations

import secrets
from uuid import uuid4

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.clock import Clock
from eolc_desktop.models.store import create_store
from eolc_desktop.paths import Profile
from eolc_desktop.record import users
from eolc_desktop.record.users import User
from eolc_desktop.services.session import Session, Signature
from tests.authors import DOCTOR, NURSE

EVERY_RIGHT = frozenset(("nurse", "clinician", "administrator"))
NURSE_USER = User(NURSE.user_id, NURSE.name, NURSE.role, NURSE.organisation, roles=EVERY_RIGHT)

DOCTOR_USER = User(DOCTOR.user_id, DOCTOR.name, DOCTOR.role, DOCTOR.organisation, roles=EVERY_RIGHT)


def begin(profile: Profile, clock: Clock, who: User = NURSE_USER) -> Session:
    """Make a store in the profile and sign in."""
    profile.make_private()
    store = create_store(profile.store, secrets.token_bytes(32), str(uuid4()))
    with store.writing() as connection:
        users.add(connection, who, clock())
    # There are no keys to sign with here: what a signature is for has tests of its own.
    return Session(store, who, clock, built_in(), "laptop-1", profile, signature=Signature(lasts=True))
