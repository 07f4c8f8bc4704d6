"""What each user may do: the one place where it is decided, and the guard that every service stands behind.

The program decides this, not cryptography: whoever can unlock the record holds its one key (SECURITY.md says so).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import Enum, StrEnum
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from eolc_desktop.care_plan.plan import ENTRY_ITSELF, Edit, Op
from eolc_desktop.errors import NotAllowed
from eolc_desktop.services.session import Session

P = ParamSpec("P")
T = TypeVar("T")


class Role(StrEnum):
    """What a user is to this program. One person may hold several; what they may do adds up."""

    NURSE = "nurse"
    COORDINATOR = "coordinator"
    CLINICIAN = "clinician"
    ADMINISTRATOR = "administrator"
    VISITOR = "visitor"

    @property
    def words(self) -> str:
        """What the role is called."""
        return {
            Role.NURSE: "Nurse",
            Role.COORDINATOR: "Coordinator",
            Role.CLINICIAN: "Clinician who may record prognosis and CPR decisions",
            Role.ADMINISTRATOR: "Looks after this laptop",
            Role.VISITOR: "Visitor, who may only read, with a reason",
        }[self]


class Right(Enum):
    """One thing that may or may not be done. The value completes the sentence “You may not … on this laptop.”"""

    BE_HERE = "use the program"
    READ = "read people’s plans"
    RECORD = "record in people’s plans"
    DECIDE = "record a prognosis or a CPR decision"
    PRINT = "print or save copies of plans"
    SHARE = "take records out of the program, or share them"
    TIDY = "join records, or take people off the lists"
    LOOK_AFTER = "look after the users, backups and rules of this laptop"


_READER = {Right.BE_HERE, Right.READ}
_CARER = _READER | {Right.RECORD, Right.PRINT, Right.SHARE}
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.NURSE: frozenset(_CARER),
    Role.COORDINATOR: frozenset(_CARER | {Right.TIDY}),
    Role.CLINICIAN: frozenset(_CARER | {Right.TIDY, Right.DECIDE}),
    Role.ADMINISTRATOR: frozenset({Right.BE_HERE, Right.TIDY, Right.LOOK_AFTER}),
    Role.VISITOR: frozenset(_READER),
}
CARE_ROLES = (Role.NURSE, Role.COORDINATOR, Role.CLINICIAN, Role.VISITOR)

DECISION_SECTIONS = frozenset({"cpr", "prognosis"})
"""Sections that only somebody with `Right.DECIDE` records in; confirming what stands there is for every carer."""
DECISION_FIELDS = frozenset({("respect", "cpr_recommendation"), ("plan_control", "rag")})
"""Fields of other sections that say the same."""
SIGNED = frozenset({("cpr", "decision"), ("cpr", ENTRY_ITSELF), ("respect", "cpr_recommendation")})
"""What asks for the passphrase once more: the CPR decision itself, and marking it withdrawn or entered in error."""


class ReasonWanted(NotAllowed):
    """A visitor has not said why they need to read."""


class SignatureWanted(NotAllowed):
    """This is signed with the passphrase, which has not been given just now."""


def rights_of(roles: Iterable[str]) -> frozenset[Right]:
    """Everything that somebody with these roles may do; a role that this version does not know gives nothing."""
    known = [Role(role) for role in roles if role in Role._value2member_map_]
    return frozenset().union(*(RIGHTS[role] for role in known))


def may(session: Session, right: Right) -> bool:
    """Whether the signed-in user may do this. A visitor may read once they have said why."""
    user = session.user
    if user.closed or right not in rights_of(user.roles):
        return False
    return right is not Right.READ or not asks_for_reason(session)


def asks_for_reason(session: Session) -> bool:
    """Whether the user is a visitor, and nothing else that reads, who has not said why they are here."""
    reads_anyway = Right.READ in rights_of(set(session.user.roles) - {Role.VISITOR})
    return Role.VISITOR in session.user.roles and not reads_anyway and not session.visit.reason


def require(session: Session, right: Right) -> None:
    """Raise NotAllowed when the user may not do this; ReasonWanted when a visitor has not said why yet."""
    if may(session, right):
        return
    if right is Right.READ and not session.user.closed and asks_for_reason(session):
        raise ReasonWanted(
            "You are a visitor here, and have not said why you need to read.",
            "Nothing was shown.",
            "Lock, unlock again, and give your reason.",
        )
    raise NotAllowed(
        f"You may not {right.value} on this laptop.",
        "Nothing was changed.",
        "Somebody who looks after this laptop can change what you may do, in Settings.",
    )


def refuse_copy(session: Session) -> None:
    """Raise NotAllowed where a copy is only read, in an emergency: what is changed in it would be gone at the lock."""
    if session.reading_only:
        raise NotAllowed(
            "This is a copy, opened for reading only: nothing can be changed in it.",
            "Nothing was changed.",
            "Once the computer is put right, unlock as usual and do it then.",
        )


def needs(right: Right) -> Callable[[Callable[Concatenate[Session, P], T]], Callable[Concatenate[Session, P], T]]:
    """Guard a service: it begins only for a user who may do this. Every service that is given a session has one."""

    def guard(service: Callable[Concatenate[Session, P], T]) -> Callable[Concatenate[Session, P], T]:
        @wraps(service)
        def guarded(session: Session, *given: P.args, **named: P.kwargs) -> T:
            require(session, right)
            return service(session, *given, **named)

        guarded.right = right  # type: ignore[attr-defined]
        return cast("Callable[Concatenate[Session, P], T]", guarded)

    return guard


def require_for_edits(session: Session, edits: Sequence[Edit]) -> None:
    """Raise NotAllowed when edits record what only a clinician may, SignatureWanted when they are to be signed first.

    The signature is good for one save; it is spent by `spend_signature` once that is on the disk.
    """
    require_to_decide(session, edits)
    if is_signed(edits) and not session.signature.holds(session.clock()):
        raise SignatureWanted(
            "A CPR decision is signed with your passphrase.",
            "Nothing was saved, and what you typed is kept.",
            "Type your passphrase to save it under your name.",
        )


def require_to_decide(session: Session, edits: Iterable[Edit]) -> None:
    """Raise NotAllowed when edits record a prognosis or a CPR decision and the user may not."""
    if any(
        edit.section in DECISION_SECTIONS or (edit.section, edit.field) in DECISION_FIELDS
        for edit in edits
        if edit.op is Op.SET and not says_there_is_none(edit)
    ):
        require(session, Right.DECIDE)


def is_signed(edits: Iterable[Edit]) -> bool:
    """Whether edits hold something that asks for the passphrase once more."""
    return any(
        (edit.section, edit.field) in SIGNED for edit in edits if edit.op is Op.SET and not says_there_is_none(edit)
    )


def says_there_is_none(edit: Edit) -> bool:
    """Whether an edit only says, where nothing was recorded, that no CPR decision is known: that is no decision.

    Every plan must say so in words (SCCI1580, rule K03), and a nurse at a first visit is who finds out. In place of a
    decision that stands it is a change of that decision.
    """
    return (edit.section, edit.field, edit.value, edit.base) == ("cpr", "decision", "no_decision", "")


def spend_signature(session: Session, edits: Iterable[Edit]) -> None:
    """A signature is good for one save."""
    if is_signed(edits):
        session.signature.spend()
