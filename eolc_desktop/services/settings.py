"""What the record knows of its user and organisation: who I am, the number families ring, a code not confirmed yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from eolc_desktop.care_plan.bank_holidays import use_proclaimed
from eolc_desktop.care_plan.dates import DateNotUnderstood, parse_typed
from eolc_desktop.errors import InvalidValue
from eolc_desktop.record import audit, users
from eolc_desktop.record.users import User
from eolc_desktop.services.roles import Right, needs, refuse_copy
from eolc_desktop.services.session import Session

NUMBER_TO_CALL = "number_to_call"
"""The fact that holds the number families ring to ask whether a page is the newest."""
CODE_WAITS = "recovery_code_waits"
"""The fact that says "yes" until the user has typed the end of the recovery code from their own copy."""
BANK_HOLIDAYS = "bank_holidays"
"""The fact that holds the bank holidays that were proclaimed once, with commas between them."""
_LONGEST_NUMBER = 60


@dataclass(frozen=True, slots=True)
class Facts:
    """What is kept in the record about this laptop and its user."""

    user: User
    number_to_call: str
    recovery_code_waits: bool
    bank_holidays: tuple[str, ...] = ()
    """Those that were proclaimed once, as the record stores days."""


@needs(Right.BE_HERE)
def facts(session: Session) -> Facts:
    """Read what the record knows about itself."""
    with session.store.reading() as connection:
        return Facts(
            users.get(connection, session.user.id) or session.user,
            users.known(connection, NUMBER_TO_CALL),
            users.known(connection, CODE_WAITS) == "yes",
            tuple(day for day in users.known(connection, BANK_HOLIDAYS).split(",") if day),
        )


@needs(Right.BE_HERE)
def change_who_i_am(session: Session, name: str, role: str, organisation: str) -> User:
    """Change how the user is named from now on; what they recorded keeps the name it was recorded under.

    Raises InvalidValue when there is no name.
    """
    refuse_copy(session)
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


@needs(Right.LOOK_AFTER)
def set_bank_holidays(session: Session, typed: str) -> tuple[str, ...]:
    """Keep the bank holidays that were proclaimed once, a day in each line; they count from now on.

    Returns the days as the record stores them. Raises InvalidValue for what is no whole date.
    """
    days = []
    for line in (part.strip() for part in typed.replace(",", "\n").splitlines()):
        if not line:
            continue
        try:
            day = parse_typed(line)
        except DateNotUnderstood:
            day = ""
        if len(day) != 10:
            raise InvalidValue(
                f"“{line[:40]}” is not a whole date.", "Nothing was changed.", "For example 08/05/2023.", BANK_HOLIDAYS
            )
        days.append(day)
    kept = tuple(sorted(set(days)))
    with session.store.writing() as connection:
        users.know(connection, BANK_HOLIDAYS, ",".join(kept))
        audit.note(connection, session.clock(), session.user.id, "changed the bank holidays")
    use_bank_holidays(kept)
    return kept


def use_bank_holidays(days: Iterable[str]) -> None:
    """Count these days, as the record stores them, as bank holidays."""
    use_proclaimed(frozenset(date.fromisoformat(day) for day in days if day))


@needs(Right.BE_HERE)
def recovery_code_kept(session: Session) -> None:
    """Note that the user holds a copy of the recovery code: they typed its end from it."""
    refuse_copy(session)
    with session.store.writing() as connection:
        users.know(connection, CODE_WAITS, "no")
        audit.note(connection, session.clock(), session.user.id, "confirmed recovery code")


@needs(Right.BE_HERE)
def note_change(session: Session, action: str) -> None:
    """Note in the audit that the user changed how the record is unlocked; `action` is the program's own words."""
    refuse_copy(session)
    with session.store.writing() as connection:
        audit.note(connection, session.clock(), session.user.id, action)
