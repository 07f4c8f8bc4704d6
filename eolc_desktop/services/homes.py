"""Whose homes have something to look at before offices open again: read once a day, and anew where a plan changed."""

from __future__ import annotations

from eolc_desktop.care_plan import home_ready
from eolc_desktop.care_plan.dates import today
from eolc_desktop.care_plan.home_ready import FIELDS
from eolc_desktop.record import across, people
from eolc_desktop.record.to_do_lines import by_section
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session


@needs(Right.READ)
def to_look_at(session: Session) -> tuple[str, ...]:
    """The ids of the living whose homes have something to look at, as the weekend check says (`services.weekend`)."""
    day, kept = today(session.clock()), session.homes
    until = home_ready.closed_until(day)
    if kept.day != day:
        kept.day = day
        kept.found.clear()
    with session.store.reading() as connection:
        versions = people.versions_of_the_living(connection)
        stale = [who for who, version in versions.items() if kept.found.get(who, (-1, False))[0] != version]
        if stale:
            of_whom = stale if len(stale) < len(versions) else None
            read = across.entries(connection, FIELDS, person_ids=of_whom, living=True)
            entries = {who: by_section(found) for who, found in read}
            for who in stale:
                checks = home_ready.checks(entries.get(who, {}), session.catalogue, day, until)
                kept.found[who] = versions[who], any(check.is_open for check in checks)
    return tuple(who for who in versions if kept.found[who][1])
