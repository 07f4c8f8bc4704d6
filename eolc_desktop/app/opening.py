"""From an open store to a session, and back: the same for the window and for the command line."""

from __future__ import annotations

from sqlalchemy import Connection

from eolc_desktop import policy
from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.clock import Clock
from eolc_desktop.errors import NotAllowed, StoreError
from eolc_desktop.models.key_file import STANDARD, Costs, Method
from eolc_desktop.models.store import Store
from eolc_desktop.paths import Profile
from eolc_desktop.record import audit, users
from eolc_desktop.record.rows import new_id
from eolc_desktop.services import own_forms, settings, sign_in, trust
from eolc_desktop.services.session import Session
from eolc_desktop.services.settings import CODE_WAITS
from eolc_desktop.services.sign_in import FirstRun, NewUser

LAPTOP_ID = "laptop_id"
MADE_UP = "made_up"
"""The fact that says "yes" in a store for the demonstration or for training."""

# The sections are read while the passphrase is typed, when this module is loaded.
built_in()


def begin_session(store: Store, user_id: str, profile: Profile, clock: Clock, *, costs: Costs = STANDARD) -> Session:
    """The session of a user on an open store, with what the organisation has set. Call it on the store thread.

    Raises StoreError for an unknown user, NotAllowed for one who was closed off.
    """
    with store.reading() as connection:
        user = users.get(connection, user_id)
        laptop_id = users.known(connection, LAPTOP_ID)
        made_up = users.known(connection, MADE_UP) == "yes"
        catalogue = own_forms.catalogue_with(connection)
        settings.use_bank_holidays(users.known(connection, settings.BANK_HOLIDAYS).split(","))
    if user is None:
        raise StoreError(
            "The record does not know the person this passphrase belongs to.",
            "Nothing was changed.",
            "Please restore the record from a backup, or ask your computer support.",
        )
    if user.closed:
        raise NotAllowed(
            "You do not use this laptop any more: you were closed off.",
            "What you recorded is kept, under your name.",
            "Somebody who looks after this laptop can add you again.",
        )
    if not laptop_id:
        laptop_id = new_id()
        with store.writing() as connection:
            users.know(connection, LAPTOP_ID, laptop_id)
    session = Session(store, user, clock, catalogue, laptop_id, profile, made_up, costs, policy=policy.load())
    trust.look_first(session)
    return session


def note_signed_in(session: Session, method: Method) -> None:
    """Note in the audit who signed in, and how."""
    with session.store.writing() as connection:
        audit.note(connection, session.clock(), session.user.id, "signed in", detail={"how": method.value})


def make_record(
    profile: Profile, who: NewUser, passphrase: str, clock: Clock, *, costs: Costs = STANDARD, made_up: bool = False
) -> FirstRun:
    """Make a new record with its first user and what it must know of itself. Raises as `sign_in.first_run` does."""

    def also(connection: Connection, user_id: str) -> None:
        users.know(connection, LAPTOP_ID, new_id())
        users.know(connection, CODE_WAITS, "yes")
        if made_up:
            users.know(connection, MADE_UP, "yes")
        audit.note(connection, clock(), user_id, "made the record")

    return sign_in.first_run(profile, who, passphrase, clock, costs=costs, also=also)
