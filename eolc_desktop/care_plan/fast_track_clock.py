"""The clock of NHS Continuing Healthcare Fast Track: how far a form has come, and the 48 hours that run from receipt.

The board that receives a completed form should arrange the care preferably within 48 hours of its receipt (National
Framework for NHS Continuing Healthcare, 2022). They are hours of the clock: they run on through nights, weekends and
bank holidays. Everything here follows from what is recorded in the section `fast_track`; nothing is inferred from time
that has gone by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum

from eolc_desktop.care_plan.bank_holidays import is_bank_holiday
from eolc_desktop.care_plan.dates import day_words, is_partial_date, moment_words, today
from eolc_desktop.care_plan.fields import Value
from eolc_desktop.clock import LOCAL

SECTION = "fast_track"
CLOCK_HOURS = 48
"""From receipt of the completed form to the care that was arranged."""
RECEIPT_HOURS = 4
"""After so many hours without a word the sender asks whether the form has come (as rule K27 has it)."""
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HOUR = timedelta(hours=1)


class State(IntEnum):
    """How far a Fast Track has come, by what is recorded. The last three are over, and have no clock any more."""

    NONE = 0
    PREPARING = 1
    SIGNED = 2
    SENT = 3
    RECEIVED = 4
    DECIDED = 5
    STARTED = 6
    REFUSED = 7
    WITHDRAWN = 8
    STEPPED_DOWN = 9


STEPS: tuple[tuple[State, str], ...] = (
    (State.SIGNED, "signed_at"),
    (State.SENT, "sent_at"),
    (State.RECEIVED, "received_at"),
    (State.DECIDED, "decided_at"),
    (State.STARTED, "started_at"),
)
"""Each step with the field that holds its moment, in their order."""
BY_STAGE: Mapping[str, State] = {
    "considered": State.PREPARING,
    "preparing": State.PREPARING,
    "signed": State.SIGNED,
    "sent": State.SENT,
    "received": State.RECEIVED,
    "agreed": State.DECIDED,
    "package_started": State.STARTED,
    "refused": State.REFUSED,
    "withdrawn": State.WITHDRAWN,
    "stepped_down": State.STEPPED_DOWN,
}
OVER = frozenset((State.REFUSED, State.WITHDRAWN, State.STEPPED_DOWN))
RUNNING = frozenset((State.SIGNED, State.SENT, State.RECEIVED, State.DECIDED))
"""A form is under way, and the care has not begun."""


@dataclass(frozen=True, slots=True)
class Next:
    """The next thing to do and to record: in words, the field it goes in, and by when (None where nothing says)."""

    words: str
    field: str
    by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """One Fast Track at one moment.

    `due_at` is the end of the 48 hours, None until a moment of receipt is recorded. `stopped_at` is when the care
    began. `late_by` is how long after `due_at` that was, or is by now: zero while the hours run, and None where
    nothing can be said, because a moment is not recorded or the form was refused or withdrawn.
    """

    state: State
    moments: Mapping[State, datetime]
    now: datetime
    sent_to: str = ""
    step_down_on: str = ""
    due_at: datetime | None = None
    stopped_at: datetime | None = None
    late_by: timedelta | None = None

    @property
    def received_at(self) -> datetime | None:
        """When receipt was confirmed."""
        return self.moments.get(State.RECEIVED)

    @property
    def is_running(self) -> bool:
        """Whether a form is under way and the care has not begun."""
        return self.state in RUNNING

    @property
    def has_slipped(self) -> bool:
        """Whether the 48 hours are over and the care has not begun."""
        return self.is_running and bool(self.late_by)

    @property
    def achieved(self) -> bool | None:
        """Whether the care began within the 48 hours; None where that is not known, or not known yet."""
        if self.late_by is None or (self.stopped_at is None and not self.late_by):
            return None
        return not self.late_by


def clock_of(values: Mapping[str, Value], now: datetime) -> Clock:
    """The clock, from the values of the section `fast_track`. A moment that cannot be read counts as not recorded."""
    moments = {state: moment for state, key in STEPS if (moment := _moment(values.get(key))) is not None}
    stage = values.get("stage")
    said = BY_STAGE.get(stage, State.NONE) if isinstance(stage, str) else State.NONE
    state = said if said in OVER else max((said, *moments))
    received, started = moments.get(State.RECEIVED), moments.get(State.STARTED)
    due = _plus(received, CLOCK_HOURS) if received is not None else None
    late: timedelta | None = None
    counts = state in RUNNING or started is not None
    if due is not None and counts and not (state is State.STARTED and started is None):
        late = max(timedelta(0), (started or now).astimezone(UTC) - due)
    return Clock(
        state, moments, now, _text(values, "sent_to"), _day(values.get("step_down_on")), due, started, late,
    )  # fmt: skip


def _plus(moment: datetime, hours: int) -> datetime | None:
    """So many hours of the clock later, whatever the clocks are put to meanwhile."""
    try:
        return moment.astimezone(UTC) + timedelta(hours=hours)
    except OverflowError:
        return None


def _moment(value: Value) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        return moment.astimezone(UTC) if moment is not None and moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _text(values: Mapping[str, Value], key: str) -> str:
    value = values.get(key)
    return value if isinstance(value, str) else ""


def _day(value: Value) -> str:
    return value if isinstance(value, str) and is_partial_date(value) else ""


# In words


def headline(clock: Clock) -> str:
    """How it stands, in one or two sentences."""
    match clock.state:
        case State.NONE:
            return "No Fast Track is recorded."
        case State.PREPARING:
            return f"The form is not signed yet. {NOT_BEGUN}"
        case State.SIGNED:
            return f"Signed{_at(clock, State.SIGNED)}, and not recorded as sent. {NOT_BEGUN}"
        case State.SENT:
            return f"Sent{_to(clock)}{_at(clock, State.SENT)}. Its receipt is not confirmed. {NOT_BEGUN}"
        case State.RECEIVED:
            return f"Receipt confirmed{_at(clock, State.RECEIVED)}. {_hours(clock)}"
        case State.DECIDED:
            return f"Agreed{_at(clock, State.DECIDED)}, and the care has not begun. {_hours(clock)}"
        case State.STARTED:
            return f"The care began{_at(clock, State.STARTED)}. {_outcome(clock)}".rstrip()
        case State.REFUSED:
            return f"Not agreed{_at(clock, State.DECIDED)}. The clock has stopped."
        case State.WITHDRAWN:
            return "Withdrawn. The clock has stopped."
    return "Reviewed and stepped down. " + (_outcome(clock) or "The clock has stopped.")


NOT_BEGUN = f"The {CLOCK_HOURS} hours have not begun: they run from the moment at which its receipt is confirmed."
NO_RECEIPT = f"The moment of receipt is not recorded, so the {CLOCK_HOURS} hours cannot be counted."


def lines(clock: Clock, holidays: frozenset[date] = frozenset()) -> tuple[str, ...]:
    """What belongs to it: days the hours run through, what to do when they slipped, what comes next, the review.

    `holidays` are bank holidays that were proclaimed beyond those the law lists.
    """
    said = [_through(clock, holidays), _doubt(clock)]
    if clock.has_slipped:
        asked = clock.sent_to or "the integrated care board"
        said.append(
            f"The {CLOCK_HOURS} hours are over. Ask {asked} who is dealing with it and by when the care will begin. "
            "Record what held it up, and tell whoever leads on continuing healthcare there."
        )
    following = next_step(clock)
    if following is not None:
        by = ""
        if following.by is not None:
            by = f" {'By' if following.by >= clock.now else 'It was due by'} {moment_words(following.by)}."
        said.append(f"Next: {following.words}{by}")
    if clock.step_down_on:
        said.append(f"The package is looked at again on {_date(clock.step_down_on)}.")
    return tuple(words for words in said if words)


def next_step(clock: Clock) -> Next | None:
    """The next thing to record, or None where nothing is waited for."""
    to = clock.sent_to or "the integrated care board"
    match clock.state:
        case State.PREPARING:
            return Next("have the form signed, and record when.", "signed_at")
        case State.SIGNED:
            return Next("send the form, and record when and to whom.", "sent_at")
        case State.SENT:
            sent = clock.moments.get(State.SENT)
            by = _plus(sent, RECEIPT_HOURS) if sent is not None else None
            return Next(f"ask {to} whether the form has come; record when, and who said so.", "received_at", by)
        case State.RECEIVED:
            if clock.received_at is None:
                return Next("record the moment at which receipt was confirmed.", "received_at")
            return Next(f"ask {to} for the decision, and record it.", "decided_at", clock.due_at)
        case State.DECIDED:
            return Next("record when the care begins.", "started_at", clock.due_at)
        case State.STARTED if clock.stopped_at is None:
            return Next("record the moment at which the care began.", "started_at")
        case State.STARTED if not clock.step_down_on:
            return Next("agree the day on which the package is looked at again, and record it.", "step_down_on")
    return None


def hours_words(span: timedelta) -> str:
    """ "26 hours", "1 hour", "less than an hour"; from three days on "3 days and 2 hours"."""
    hours = int(span / _HOUR)
    if hours < 1:
        return "less than an hour"
    if hours < 72:
        return "1 hour" if hours == 1 else f"{hours} hours"
    days, rest = divmod(hours, 24)
    return f"{days} days" + (f" and {rest} hour{'' if rest == 1 else 's'}" if rest else "")


def _at(clock: Clock, state: State) -> str:
    moment = clock.moments.get(state)
    return f" {weekday_words(moment)}" if moment is not None else ""


def weekday_words(moment: datetime) -> str:
    """ "Friday 13-Nov-2026 16:40": with the day of the week, by which weekends are planned."""
    return f"{DAYS[today(moment).weekday()]} {moment_words(moment)}"


def _to(clock: Clock) -> str:
    return f" to {clock.sent_to}" if clock.sent_to else ""


def _hours(clock: Clock) -> str:
    if clock.due_at is None or clock.late_by is None:
        return NO_RECEIPT
    ends = weekday_words(clock.due_at)
    if clock.late_by:
        return f"The {CLOCK_HOURS} hours ended {ends}: {hours_words(clock.late_by)} ago."
    return f"The {CLOCK_HOURS} hours end {ends}: {hours_words(clock.due_at - clock.now.astimezone(UTC))} left."


def _outcome(clock: Clock) -> str:
    if clock.stopped_at is None:
        return "When it began is not recorded, so the hours cannot be counted." if clock.state is State.STARTED else ""
    if clock.received_at is None or clock.late_by is None:
        return NO_RECEIPT
    if clock.late_by:
        return f"That was {hours_words(clock.late_by)} after the {CLOCK_HOURS} hours had ended."
    return (
        f"That was {hours_words(clock.stopped_at - clock.received_at)} after receipt, within the {CLOCK_HOURS} hours."
    )


def _through(clock: Clock, holidays: frozenset[date]) -> str:
    """Which days without an open office still lie within the hours that run."""
    if not clock.is_running or clock.due_at is None or clock.received_at is None or clock.late_by:
        return ""
    first, last = today(max(clock.received_at, clock.now)), today(clock.due_at)
    days = [first + timedelta(days=n) for n in range(min(3, (last - first).days) + 1)]
    closed = [
        f"{DAYS[day.weekday()]} {day_words(day)} is a bank holiday"
        if is_bank_holiday(day, holidays)
        else f"{DAYS[day.weekday()]} {day_words(day)} is at the weekend"
        for day in days
        if is_bank_holiday(day, holidays) or day.weekday() >= 5
    ]
    if not closed:
        return ""
    return f"The hours run on: {', and '.join(closed)}. Ask beforehand who can arrange care then."


def _doubt(clock: Clock) -> str:
    """What cannot be right about the moments, to be looked at."""
    ahead = [state for state in clock.moments if clock.moments[state] > clock.now.astimezone(UTC)]
    if ahead:
        return "A moment that is recorded here is still to come. Please check it."
    started, received = clock.moments.get(State.STARTED), clock.received_at
    if started is not None and received is not None and started < received:
        return "The care is recorded as begun before the form was received. Please check both moments."
    return ""


def _date(day: str) -> str:
    if len(day) != 10:
        return day
    at = date.fromisoformat(day)
    return f"{DAYS[at.weekday()]} {day_words(at)}"


# How often the hours are kept


@dataclass(frozen=True, slots=True)
class DayOfWeek:
    """The forms received on one day of the week: how many, and of those known how many had care within 48 hours.

    `still_running` are received and within their hours; they are neither kept nor missed yet. `median` is the middle
    time from receipt to the care of those whose care began.
    """

    day: str
    received: int
    achieved: int
    missed: int
    still_running: int
    median: timedelta | None

    @property
    def known(self) -> int:
        """Of how many it is known whether the hours were kept."""
        return self.achieved + self.missed

    @property
    def words(self) -> str:
        """The line in words."""
        if not self.received:
            return f"{self.day}: none received."
        said = f"{self.day}: {self.received} received"
        if self.known:
            said += f"; care within {CLOCK_HOURS} hours for {self.achieved} of {self.known}"
        if self.median is not None:
            said += f", half of them within {hours_words(self.median)}"
        return said + (f"; {self.still_running} still within the hours." if self.still_running else ".")


def by_day_of_week(clocks: list[Clock]) -> tuple[DayOfWeek, ...]:
    """How often the hours were kept, by the day of the week in England on which the form was received.

    Forms without a moment of receipt, and those refused, withdrawn, or begun at a moment that is not recorded, are not
    in it: nothing can be said of them.
    """
    of_day: list[list[Clock]] = [[] for _day in DAYS]
    for clock in clocks:
        if clock.received_at is not None and clock.late_by is not None:
            of_day[clock.received_at.astimezone(LOCAL).weekday()].append(clock)
    made = []
    for name, found in zip(DAYS, of_day, strict=True):
        outcomes = [clock.achieved for clock in found]
        spans = sorted(c.stopped_at - c.received_at for c in found if c.stopped_at and c.received_at)
        median = spans[(len(spans) - 1) // 2] if spans else None
        made.append(
            DayOfWeek(name, len(found), outcomes.count(True), outcomes.count(False), outcomes.count(None), median)
        )
    return tuple(made)
