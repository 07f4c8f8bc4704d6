"""What is to be done for one person, gathered from every part of the plan that says so: tasks, next steps, reviews.

Nothing here is a task of its own: each line is read from an entry of the plan, and is done when that entry says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.dates import date_words, is_partial_date, last_day, time_words, today
from eolc_desktop.care_plan.fast_track_clock import State, clock_of, next_step
from eolc_desktop.care_plan.fields import MAIN, Value, absence_of, is_empty
from eolc_desktop.care_plan.words import display, entry_title

Values = Mapping[str, Value]
Entries = Mapping[str, Sequence[tuple[str, Values]]]
"""By section: the id and the values of each entry that stands."""


@dataclass(frozen=True, slots=True)
class Source:
    """A section whose entries are each one thing to do, and which fields say what, who, when and how it stands.

    `over` are the states in which nothing is left to do; `done` is the one that marking it as done records, with the
    fields that then hold the day and the name; `again` is the state of one that is open after all. `ends_at_death`:
    nobody does it any more for somebody who has died.
    """

    section: str
    kind: str
    what: tuple[str, ...]
    owner: str
    due: str
    state: str
    over: tuple[str, ...]
    done: str
    again: str
    done_on: str = ""
    done_by: str = ""
    ends_at_death: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that is read."""
        return tuple(
            key for key in (*self.what, self.owner, self.due, self.state, self.done_on, self.done_by) if key
        )  # fmt: skip


SOURCES = (
    Source(
        "tasks", "Task", ("what",), "owner", "due_on", "state", ("done", "not_needed"), "done", "to_do",
        done_on="done_on", done_by="done_by",
    ),
    Source("next_steps", "Next step", ("what",), "who", "by_when", "state", ("done", "not_needed"), "done", "to_do"),
    Source(
        "next_contacts", "Next contact", ("how", "window"), "with_whom", "on", "state", ("took_place", "cancelled"),
        "took_place", "agreed", ends_at_death=True,
    ),
    Source(
        "actions", "Action", ("what",), "who", "when", "status", ("done", "not_done"), "done", "to_do",
        ends_at_death=True,
    ),
    Source(
        "closure", "After a death", ("what", "words"), "owner", "", "state", ("done", "not_needed"), "done", "to_do",
        done_on="done_on", done_by="done_by",
    ),
    Source(
        "bereavement", "Bereavement", ("name",), "follow_up_by", "follow_up_on", "state",
        ("made", "referred", "closed"), "made", "planned",
    ),
)  # fmt: skip
BY_SECTION = {source.section: source for source in SOURCES}
_LASTING: Mapping[str, tuple[str, ...]] = {
    "commitments": ("state", "next_action", "next_action_owner", "next_action_due"),
    "team_reviews": ("on", "next_on"),
    "plan_control": ("review_date", "review_responsible", "status"),
    "death": ("died_on",),
}
LASTING: Mapping[str, tuple[str, ...]] = {**{source.section: source.fields for source in SOURCES}, **_LASTING}
"""What is read for everything to do but Fast Track: it stands until the plan changes."""
CLOCKED: Mapping[str, tuple[str, ...]] = {
    "fast_track": ("stage", "signed_at", "sent_at", "sent_to", "received_at", "decided_at", "started_at",
                   "step_down_on", "clinician_name"),
    "key_people": ("key_worker_name",),
    "death": ("died_on",),
}  # fmt: skip
"""What is read for Fast Track, whose next step depends on the hour."""


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do. `section` and `entry` are where it stands in the plan.

    `due` is a day as the record stores it, "" for none; `state` the key of how it stands, "" where nothing is recorded
    or it has none. `can_be_marked`: it is done by saying so, and not by a judgement or a new date elsewhere.
    """

    section: str
    entry: str
    kind: str
    what: str
    owner: str
    due: str
    state: str = ""
    state_words: str = ""
    is_done: bool = False
    can_be_marked: bool = False
    at: str = ""
    """The time of day, where it is due at an hour."""

    def days_over(self, day: date) -> int:
        """By how many days it is overdue on a day; 0 or less when it is not, or has no date, or is done."""
        return (day - last_day(self.due)).days if self.due and not self.is_done else 0


def due_words(to_do: ToDo, day: date) -> str:
    """When it is due, in words: "Overdue by 3 days (09-Nov-2026)", "Today", "By 20-Nov-2026", "No date"."""
    if not to_do.due:
        return "No date"
    on = date_words(to_do.due) + (f" {to_do.at}" if to_do.at else "")
    if to_do.is_done:
        return f"Was planned for {on}"
    over = to_do.days_over(day)
    if over > 0:
        return f"Overdue by {over} day{'' if over == 1 else 's'} ({on})"
    if over == 0:
        return f"Today{f', {to_do.at}' if to_do.at else ''}"
    return f"Tomorrow ({on})" if over == -1 else f"By {on}"


def lasting(entries: Entries, catalogue: Catalogue) -> tuple[ToDo, ...]:
    """Everything to do for one person, what is done already too, but for Fast Track."""
    has_died = _has_died(entries)
    found = [*_listed(entries, catalogue, has_died=has_died)]
    if not has_died:
        found += [*_commitments(entries, catalogue), *_meetings(entries), *_review(entries)]
    return tuple(found)


def clocked(entries: Entries, now: datetime) -> tuple[ToDo, ...]:
    """What is to be done for one person's Fast Track at this hour."""
    return () if _has_died(entries) else tuple(_fast_track(entries, now))


def in_order(to_do: ToDo) -> tuple[str, str]:
    """The earliest day first, those without a day last."""
    return to_do.due or "9999", to_do.at


def _has_died(entries: Entries) -> bool:
    return not is_empty(_main(entries, "death").get("died_on"))


def _listed(entries: Entries, catalogue: Catalogue, *, has_died: bool) -> Iterator[ToDo]:
    for source in SOURCES:
        if has_died and source.ends_at_death:
            continue
        section = catalogue[source.section]
        for entry_id, values in entries.get(source.section, ()):
            said = [display(section[key], values.get(key)) for key in source.what if _is_said(values.get(key))]
            state = _text(values, source.state)
            if not said and not _text(values, source.owner) and not state:
                continue
            yield ToDo(
                source.section,
                entry_id,
                source.kind,
                ", ".join(said) or f"{source.kind}, not described",
                _text(values, source.owner),
                _day(values.get(source.due)),
                state,
                display(section[source.state], state) if state else "",
                is_done=state in source.over,
                can_be_marked=True,
            )


def _commitments(entries: Entries, catalogue: Catalogue) -> Iterator[ToDo]:
    section = catalogue["commitments"]
    for entry_id, values in entries.get("commitments", ()):
        what, state = _text(values, "next_action"), _text(values, "state")
        if what and state in ("partly", "not_yet"):
            yield ToDo(
                "commitments", entry_id, f"Commitment: {entry_title(section, entry_id, values)}", what,
                _text(values, "next_action_owner"), _day(values.get("next_action_due")), state,
                display(section["state"], state),
            )  # fmt: skip


THE_TEAM = "The whole team"
"""Whose a team meeting is: no one of them can have it without the others."""


def _meetings(entries: Entries) -> Iterator[ToDo]:
    """The next team meeting that the latest one named, until a meeting of that day or later is recorded."""
    met = [(_day(values.get("on")), entry_id, values) for entry_id, values in entries.get("team_reviews", ())]
    if not met:
        return
    on, entry_id, values = max(met, key=lambda one: (one[0], one[1]))
    following = _day(values.get("next_on"))
    if following and following > on:
        yield ToDo("team_reviews", entry_id, "Team meeting", "Next team meeting", THE_TEAM, following)


def _review(entries: Entries) -> Iterator[ToDo]:
    values = _main(entries, "plan_control")
    due = _day(values.get("review_date"))
    if due and values.get("status") != "closed":
        owner = _text(values, "review_responsible")
        yield ToDo("plan_control", MAIN, "Review", "Review of the plan", owner, due)


def _fast_track(entries: Entries, now: datetime) -> Iterator[ToDo]:
    values = _main(entries, "fast_track")
    clock = clock_of(values, now)
    owner = _text(_main(entries, "key_people"), "key_worker_name") or _text(values, "clinician_name")
    following = next_step(clock)
    if following is not None:
        words = following.words[:1].upper() + following.words[1:].rstrip(".")
        due = today(following.by).isoformat() if following.by is not None else ""
        at = time_words(following.by) if following.by is not None else ""
        yield ToDo("fast_track", MAIN, "Fast Track", words, owner, due, at=at)
    if clock.step_down_on and clock.state is State.STARTED:
        yield ToDo("fast_track", MAIN, "Fast Track", "Look again at the package of care", owner, clock.step_down_on)


def owner_key(owner: str) -> str:
    """What two spellings of an owner have in common: "Jo Okafor, district nurse" and "jo okafor" are one."""
    return " ".join(owner.split(",")[0].split("(")[0].casefold().split())


def marked(source: Source, user: str, day: date, *, done: bool) -> dict[str, Value]:
    """What is recorded in an entry to say that it is done, or open after all."""
    values: dict[str, Value] = {source.state: source.done if done else source.again}
    if source.done_on:
        values[source.done_on] = day.isoformat() if done else None
    if source.done_by:
        values[source.done_by] = user if done else None
    return values


def _main(entries: Entries, section: str) -> Values:
    return next((values for _entry, values in entries.get(section, ())), {})


def _is_said(value: Value) -> bool:
    return not is_empty(value) and absence_of(value) is None


def _text(values: Values, key: str) -> str:
    value = values.get(key)
    return value if isinstance(value, str) else ""


def _day(value: Value) -> str:
    return value if isinstance(value, str) and is_partial_date(value) else ""
