"""Who uses this laptop: adding somebody, what they may do, closing them off, and signing with the passphrase."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import func, select

from eolc_desktop.errors import InvalidValue, KeySlotsDamaged, NotAllowed
from eolc_desktop.models import keys
from eolc_desktop.models.key_file import Method
from eolc_desktop.models.keys import KeySlots, Unlocked
from eolc_desktop.models.tables import draft
from eolc_desktop.record import audit, users
from eolc_desktop.record.users import User
from eolc_desktop.services import sign_in
from eolc_desktop.services.roles import CARE_ROLES, Right, Role, needs
from eolc_desktop.services.session import Session
from eolc_desktop.services.sign_in import NewUser


@dataclass(frozen=True, slots=True)
class UserLine:
    """One user as Settings shows them. `drafts` is how much they began and did not save; `can_unlock` whether any
    passphrase of theirs opens the record."""

    user: User
    can_unlock: bool
    uses_keyring: bool
    drafts: int


@dataclass(frozen=True, slots=True)
class AddedUser:
    """A new user and their recovery code, to be shown and printed now, and never again."""

    user_id: str
    recovery_code: str = field(repr=False)


@needs(Right.BE_HERE)
def all_users(session: Session) -> tuple[UserLine, ...]:
    """Everybody who has ever used this laptop, those closed off last."""
    try:
        slots = KeySlots.load(session.profile.keys, costs=session.costs, clock=session.clock)
        unlocks = {slot.user_id for slot in slots.of_method(Method.PASSPHRASE)}
        keyring = {slot.user_id for slot in slots.of_method(Method.KEYRING)}
    except (OSError, KeySlotsDamaged):
        # Seen when keys are next asked for, with what to do about it; the list is of use all the same.
        unlocks = keyring = set()
    with session.store.reading() as connection:
        begun: dict[str, int] = {
            row[0]: row[1]
            for row in connection.execute(select(draft.c.user_id, func.count()).group_by(draft.c.user_id))
        }
        found = users.all_users(connection)
    lines = [UserLine(one, one.id in unlocks, one.id in keyring, begun.get(one.id, 0)) for one in found]
    return tuple(sorted(lines, key=lambda line: line.user.closed))


@needs(Right.LOOK_AFTER)
def add_user(session: Session, my_passphrase: str, who: NewUser, roles: Iterable[Role], passphrase: str) -> AddedUser:
    """Let another person use the record with a passphrase of their own, typed by themselves.

    `my_passphrase` proves who adds them. Raises WrongPassphrase; InvalidValue when a name is missing or used already,
    no role was chosen, or the new passphrase will not do; StoreFull. Nothing is changed then. Raises BackupFailed when
    they were added, but not to every backup.
    """
    chosen = _checked(roles)
    name = " ".join(who.name.split())
    if not name:
        raise InvalidValue("Please type a name.", "Nobody was added.", "", "name")
    with session.store.reading() as connection:
        if any(one.name.casefold() == name.casefold() and not one.closed for one in users.all_users(connection)):
            raise InvalidValue(
                "Somebody with this name uses this laptop already.",
                "Nobody was added.",
                "Add something that tells them apart, such as the team.",
                "name",
            )
    proof = _proved(session, my_passphrase)
    fresh = NewUser(name, " ".join(who.role.split()), " ".join(who.organisation.split()), chosen)
    user_id, code = sign_in.add_user(
        session.profile, session.store, proof, fresh, passphrase, session.clock, costs=session.costs
    )
    _note(session, "added a user", user_id, chosen)
    return AddedUser(user_id, code)


@needs(Right.LOOK_AFTER)
def set_roles(session: Session, user_id: str, roles: Iterable[Role]) -> None:
    """Change what a user may do, from the next time they unlock.

    Raises InvalidValue when no role was chosen, NotAllowed when nobody would be left to look after the laptop.
    """
    chosen = _checked(roles)
    with session.store.reading() as connection:
        others = [one for one in users.all_users(connection) if one.id != user_id and not one.closed]
    if Role.ADMINISTRATOR not in chosen and not any(Role.ADMINISTRATOR in one.roles for one in others):
        raise NotAllowed(
            "Nobody would be left who looks after this laptop.",
            "Nothing was changed.",
            "Let somebody else look after it first.",
        )
    with session.store.writing() as connection:
        users.set_roles(connection, user_id, chosen)
    _note(session, "changed what a user may do", user_id, chosen)


@needs(Right.LOOK_AFTER)
def close_off(session: Session, my_passphrase: str, user_id: str) -> None:
    """Close off somebody who leaves: no passphrase, code or key store of theirs opens this record, here or in a backup.

    What they recorded stays, under their name. They held the record's key while they could unlock: to make sure that a
    copy of it opens nothing new, change the key (`services.rekeying`). Raises WrongPassphrase, NotAllowed for oneself
    and for the last one who looks after the laptop, BackupFailed when a backup still opens for them.
    """
    proof = _proved(session, my_passphrase)
    with session.store.reading() as connection:
        others = [one for one in users.all_users(connection) if one.id != user_id and not one.closed]
    if not any(Role.ADMINISTRATOR in one.roles for one in others):
        raise NotAllowed(
            "Nobody would be left who looks after this laptop.",
            "Nothing was changed.",
            "Let somebody else look after it first.",
        )
    if user_id == session.user.id:
        raise NotAllowed(
            "You cannot close yourself off.",
            "Nothing was changed.",
            "Somebody else who looks after this laptop can do it for you.",
        )
    # The mark in the record comes first: cut off between the two, they may unlock and are still let do nothing.
    with session.store.writing() as connection:
        users.close(connection, user_id, session.clock())
        audit.note(connection, session.clock(), session.user.id, "closed a user off", detail={"user": user_id})
    sign_in.remove_user(session.profile, proof, user_id, session.clock, costs=session.costs)


@needs(Right.BE_HERE)
def sign(session: Session, passphrase: str) -> None:
    """Prove with the passphrase who is at the keyboard; it signs the next save of a CPR decision, within two minutes.

    Takes about 0.3 s. Raises WrongPassphrase and WaitFirst, as unlocking does.
    """
    _proved(session, passphrase)
    session.signature.given_at = session.clock()


@needs(Right.BE_HERE)
def say_why(session: Session, reason: str) -> None:
    """Keep why a visitor needs to read. It stands in the audit. Raises InvalidValue when it says next to nothing."""
    reason = " ".join(reason.split())
    if len(reason) < 5:
        raise InvalidValue("Please say in a few words why you need to read.", "Nothing was shown.", "", "reason")
    with session.store.writing() as connection:
        audit.note(connection, session.clock(), session.user.id, "gave a reason to read", detail={"reason": reason})
    session.visit.reason = reason


def _proved(session: Session, passphrase: str) -> Unlocked:
    slots = KeySlots.load(session.profile.keys, costs=session.costs, clock=session.clock)
    return keys.unlock_with_passphrase(slots, passphrase, session.user.id)


def _checked(roles: Iterable[Role]) -> frozenset[Role]:
    chosen = frozenset(roles)
    if not chosen & set(CARE_ROLES):
        raise InvalidValue(
            "Please choose what this person may do.", "Nothing was changed.", "One of the four is needed.", "roles"
        )
    return chosen


def _note(session: Session, action: str, user_id: str, roles: Iterable[Role]) -> None:
    with session.store.writing() as connection:
        detail: dict[str, str | int] = {"user": user_id, "roles": " ".join(sorted(roles))}
        audit.note(connection, session.clock(), session.user.id, action, detail=detail)
