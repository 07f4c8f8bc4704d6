"""Fast Track across the caseload: whose form is under way, and how often the 48 hours are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from eolc_desktop.care_plan.fast_track_clock import (
    SECTION,
    STEPS,
    Clock,
    DayOfWeek,
    State,
    by_day_of_week,
    clock_of,
    next_step,
)
from eolc_desktop.record import across, people
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

FIELDS = ("stage", "sent_to", "step_down_on", *(key for _state, key in STEPS))
"""What the clock is read from."""
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Running:
    """One person's Fast Track that is under way."""

    row: PersonRow
    clock: Clock


@dataclass(frozen=True, slots=True)
class FastTracks:
    """Fast Track on this laptop: what is under way, the most urgent first; packages that run and are to be looked at
    again, the earliest day first; and the days of the week."""

    running: tuple[Running, ...]
    to_step_down: tuple[Running, ...]
    days: tuple[DayOfWeek, ...]


def needs_letter(one: Running) -> bool:
    """Whether there is something to escalate: the hours are over, or nobody confirmed receipt in time (rule K27)."""
    step = next_step(one.clock)
    late = step is not None and step.by is not None and step.by < one.clock.now
    return one.clock.has_slipped or (one.clock.state is State.SENT and late)


@needs(Right.READ)
def clock(session: Session, person_id: str) -> Clock:
    """The clock of one person."""
    with session.store.reading() as connection:
        found = dict(across.entries(connection, {SECTION: FIELDS}, person_id)).get(person_id, [])
    return clock_of(found[0].values if found else {}, session.clock())


@needs(Right.READ)
def fast_tracks(session: Session) -> FastTracks:
    """Every Fast Track in one reading of the store. Those of people who have died count, and are not under way."""
    now = session.clock()
    with session.store.reading() as connection:
        read = across.entries(connection, {SECTION: FIELDS})
        clocks = {person_id: clock_of(found[0].values, now) for person_id, found in read if found}
        ids = [person_id for person_id, one in clocks.items() if one.is_running or one.state is State.STARTED]
        rows = people.rows_of(connection, ids)
    found = [Running(row, clocks[row.id]) for row in rows if not row.died_on]
    alive = [one for one in found if one.clock.is_running]
    started = sorted((one for one in found if not one.clock.is_running), key=lambda one: one.clock.step_down_on)
    alive.sort(key=lambda one: (one.clock.due_at or _LAST, -one.clock.state))
    return FastTracks(tuple(alive), tuple(started), by_day_of_week([*clocks.values()]))
