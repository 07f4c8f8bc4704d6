"""What the record knows of its user and organisation: who I am, the number families ring, a code not confirmed yet."""

from __future__ import annotations

from dataclasses import dataclass, replace

from eolc_desktop.errors import InvalidValue
from eolc_desktop.record import audit, users
from eolc_desktop.record.users import User
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

NUMBER_TO_CALL = "number_to_call"
"""The fact that holds the number families ring to ask whether a page is the newest."""
CODE_WAITS = "recovery_code_waits"
"""The fact that says "yes" until the user has typed the end of the recovery code from their own copy."""
_LONGEST_NUMBER = 60


@dataclass(frozen=True, slots=True)
class Facts:
    """What is kept in the record about this laptop and its user."""

    user: User
    number_to_call: str
    recovery_code_waits: bool


@needs(Right.BE_HERE)
def facts(session: Session) -> Facts:
    """Read what the record knows about itself."""
    with session.store.reading() as connection:
        return Facts(
            users.get(connection, session.user.id) or session.user,
            users.known(connection, NUMBER_TO_CALL),
            users.known(connection, CODE_WAITS) == "yes",
        )


@needs(Right.BE_HERE)
def change_who_i_am(session: Session, name: str, role: str, organisation: str) -> User:
    """Change how the user is named from now on; what they recorded keeps the name it was recorded under.

    Raises InvalidValue when there is no name.
    """
    name, role, organisation = (" ".join(words.split()) for words in (name, role, organisation))
    if not name:
        raise InvalidValue("Please type your name.", "Nothing was changed.", "", "name")
    with session.store.writing() as connection:
        users.change_details(connection, session.user.id, name, role, organisation)
        audit.note(connection, session.clock(), session.user.id, "changed own details")
    return replace(session.user, name=name, role=role, organisation=organisation)


@needs(Right.LOOK_AFTER)
def set_number_to_call(session: Session, number: str) -> str:
    """Keep the number families ring, as it is to be printed; "" for none. Raises InvalidValue when it is too long."""
    number = " ".join(number.split())
    if len(number) > _LONGEST_NUMBER:
        raise InvalidValue(
            f"This is longer than fits on a page: at most {_LONGEST_NUMBER} letters and numbers.",
            "Nothing was changed.",
            "",
            "number_to_call",
        )
    with session.store.writing() as connection:
        users.know(connection, NUMBER_TO_CALL, number)
        audit.note(connection, session.clock(), session.user.id, "changed the number to call")
    return number


@needs(Right.BE_HERE)
def recovery_code_kept(session: Session) -> None:
    """Note that the user holds a copy of the recovery code: they typed its end from it."""
    with session.store.writing() as connection:
        users.know(connection, CODE_WAITS, "no")
        audit.note(connection, session.clock(), session.user.id, "confirmed recovery code")


@needs(Right.BE_HERE)
def note_change(session: Session, action: str) -> None:
    """Note in the audit that the user changed how the record is unlocked; `action` is the program's own words."""
    with session.store.writing() as connection:
        audit.note(connection, session.clock(), session.user.id, action)
