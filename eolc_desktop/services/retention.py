"""How long a record is kept on this laptop after somebody has died, and disposing of it when that time is over.

The rule is the organisation's; the NHS Records Management Code of Practice keeps adult health records for eight years
after the last contact or the death. What is disposed of here is this laptop's copy: other laptops, the shared record
and paper have their own rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from eolc_desktop.care_plan import dates
from eolc_desktop.errors import InvalidValue, NotAllowed
from eolc_desktop.models import keys
from eolc_desktop.models.keys import KeySlots
from eolc_desktop.record import audit, disposal, exchange, people, users
from eolc_desktop.record.disposal import Disposed
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services import going_out
from eolc_desktop.services.going_out import Way
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Changes, Session

KEPT_YEARS = "kept_years_after_death"
"""The fact that holds the rule, where it is not as the program ships."""
STANDARD_YEARS = 8
FEWEST, MOST = 1, 99


@dataclass(frozen=True, slots=True)
class Due:
    """Who has been dead for longer than the rule says, and the rule in words."""

    people: tuple[PersonRow, ...]
    years: int

    @property
    def rule(self) -> str:
        """The rule in words, as it is kept in the log."""
        return f"{self.years} years after the death"


@needs(Right.LOOK_AFTER)
def set_years(session: Session, years: int) -> None:
    """Keep records for so many whole years after the death. Raises InvalidValue."""
    if not FEWEST <= years <= MOST:
        raise InvalidValue(f"Please give whole years from {FEWEST} to {MOST}.", "Nothing was changed.", "", "years")
    with session.store.writing() as connection:
        users.know(connection, KEPT_YEARS, str(years))
        audit.note(
            connection, session.clock(), session.user.id, "changed how long records are kept", "", {"years": years}
        )


@needs(Right.LOOK_AFTER)
def due(session: Session) -> Due:
    """Whose time is over, by the rule. Deletes nothing. A date of death that is not a whole day counts to its end."""
    today = dates.today(session.clock())
    with session.store.reading() as connection:
        years = int(users.known(connection, KEPT_YEARS) or STANDARD_YEARS)
        dead = people.who_died(connection)
    return Due(tuple(row for row in dead if _is_over(row.died_on, years, today)), years)


@needs(Right.LOOK_AFTER)
def dispose(session: Session, person_ids: Sequence[str], passphrase: str) -> Changes:
    """Delete this laptop's copy of these records for good, and log whose they were, when, by whom and by which rule.

    Only people whose time is over; the seals over what was deleted stay, so that nobody could pass a deletion off as
    one by the rule. Backups made before still hold them until they are thinned out. Raises NotAllowed, WrongPassphrase,
    and NotAsWritten for somebody in doubt: a day of death that was changed from outside would delete the living.
    """
    slots = KeySlots.load(session.profile.keys, costs=session.costs, clock=session.clock)
    keys.unlock_with_passphrase(slots, passphrase, session.user.id)
    over = due(session)
    if not set(person_ids) <= {row.id for row in over.people}:
        raise NotAllowed("The time of one of these people is not over.", "Nothing was deleted.", "")
    going_out.refuse_each(session, person_ids, Way.DISPOSED)
    now = session.clock()
    with session.store.writing() as connection:
        for person_id in person_ids:
            if unsent := exchange.unsent_words(connection, person_id):
                raise NotAllowed(unsent, "Nothing was deleted.", "Share or settle it first, then try again.")
            disposal.dispose(connection, person_id, now, session.user.id, over.rule)
            audit.note(connection, now, session.user.id, "disposed of", person_id, {"rule": over.rule})
    return Changes(frozenset(person_ids))


@needs(Right.LOOK_AFTER)
def log(session: Session) -> tuple[Disposed, ...]:
    """Everything that was ever disposed of on this laptop, the latest first."""
    with session.store.reading() as connection:
        return disposal.log(connection)


def _is_over(died_on: str, years: int, today: date) -> bool:
    parts = [int(part) for part in died_on.split("-")]
    year, month, day = (*parts, *(12, 31)[len(parts) - 1 :]) if len(parts) < 3 else parts
    return (today.year, today.month, today.day) > (year + years, month, day)
