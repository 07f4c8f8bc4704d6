"""Whose homes have something to look at before offices open again: read once a day, and anew where a plan changed."""

from __future__ import annotations

from eolc_desktop.care_plan import home_ready
from eolc_desktop.care_plan.dates import today
from eolc_desktop.care_plan.home_ready import FIELDS
from eolc_desktop.record import across, people
from eolc_desktop.record.to_do_lines import by_section
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

AT_ONCE = 100
"""Plans that are read in one go in a quiet moment: the store is free for others in between."""


@needs(Right.READ)
def to_look_at(session: Session) -> tuple[str, ...]:
    """The ids of the living whose homes have something to look at, as the weekend check says (`services.weekend`)."""
    versions, _left = _read(session, None)
    return tuple(who for who in versions if session.homes.found[who][1])


@needs(Right.READ)
def get_ready(session: Session) -> bool:
    """Read some of the plans that were not read yet, and say whether there are more: for a quiet moment."""
    _versions, left = _read(session, AT_ONCE)
    return left > 0


def _read(session: Session, most: int | None) -> tuple[dict[str, int], int]:
    """Read so many of those that are not known as they are now. Returns all versions, and how many are left."""
    day, kept = today(session.clock()), session.homes
    until = home_ready.closed_until(day)
    if kept.day != day:
        kept.day = day
        kept.found.clear()
    with session.store.reading() as connection:
        versions = people.versions_of_the_living(connection)
        stale = [who for who, version in versions.items() if kept.found.get(who, (-1, False))[0] != version]
        wanted = stale[:most]
        if wanted:
            of_whom = wanted if len(wanted) < len(versions) else None
            read = across.entries(connection, FIELDS, person_ids=of_whom, living=True)
            entries = {who: by_section(found) for who, found in read}
            for who in wanted:
                checks = home_ready.checks(entries.get(who, {}), session.catalogue, day, until)
                kept.found[who] = versions[who], any(check.is_open for check in checks)
    return versions, len(stale) - len(wanted)
