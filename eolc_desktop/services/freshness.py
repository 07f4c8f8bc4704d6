"""How long items stay fresh here: read, and changed by whoever answers for it; without a choice the standard holds."""

from __future__ import annotations

from eolc_desktop.care_plan.freshness import FreshFor, in_force
from eolc_desktop.errors import InvalidValue
from eolc_desktop.record import audit, users
from eolc_desktop.record.rows import to_text
from eolc_desktop.record.users import FRESH_DAYS
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

MOST_DAYS = 730


@needs(Right.BE_HERE)
def limits(session: Session) -> tuple[FreshFor, ...]:
    """For each section whose items go out of date: after how many days, here and as the program ships."""
    with session.store.reading() as connection:
        return in_force(session.catalogue, users.fresh_days(connection))


@needs(Right.LOOK_AFTER)
def set_limit(session: Session, section: str, days: int) -> tuple[FreshFor, ...]:
    """Let the items of a section stay fresh for so many days. Raises InvalidValue for a number that cannot be meant."""
    if not 1 <= days <= MOST_DAYS:
        raise InvalidValue(f"Please give a number of days from 1 to {MOST_DAYS}.", "Nothing was changed.", "", section)
    with session.store.writing() as connection:
        own = users.fresh_days(connection)
        line = next(line for line in in_force(session.catalogue, own) if line.section == section)
        for field in line.fields:
            own[f"{section}.{field}"] = days
        if days == line.standard_days:
            own = {key: value for key, value in own.items() if key.partition(".")[0] != section}
        users.know(connection, FRESH_DAYS, to_text({key: str(value) for key, value in own.items()}))
        audit.note(
            connection, session.clock(), session.user.id, "changed how long items stay fresh", "", {section: days}
        )
        return in_force(session.catalogue, own)
