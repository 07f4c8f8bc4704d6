"""What stands at the head of sections read as a whole: who to call now, the box, the conversations, the tasks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from eolc_desktop.care_plan import fast_track_clock
from eolc_desktop.care_plan.bank_holidays import is_bank_holiday
from eolc_desktop.care_plan.dates import date_words, day_words, first_day, is_partial_date
from eolc_desktop.care_plan.fields import is_empty
from eolc_desktop.care_plan.first_call import SECTION, Call, has_card, who_to_call
from eolc_desktop.care_plan.plan import Entry, Plan
from eolc_desktop.care_plan.words import asking, display, entry_title, value_words
from eolc_desktop.clock import LOCAL

SOON_DAYS = 14
"""Within so many days a date is said to come soon (K17)."""
MOST_CONVERSATIONS = 8
NOT_FROM_PLAN = "Nobody is named in this plan for that hour: this is the national number."


@dataclass(frozen=True, slots=True)
class Block:
    """A card at the head of a section: a title, lines of words, and the sections it leads to."""

    title: str
    lines: tuple[str, ...]
    key_line: str = ""
    ways: tuple[str, ...] = ()


def call_blocks(plan: Plan) -> tuple[Block, ...]:
    """Whom to call now, and at each kind of hour."""
    now = who_to_call(plan, plan.as_of)
    then = f"If nobody answers: {_call(now.then)}."
    lines = (then, *_by_situation(plan)) if now.first.is_from_plan else (NOT_FROM_PLAN, then)
    at_hours = []
    for words, moment in _kinds_of_hours(plan.as_of):
        answer = who_to_call(plan, moment)
        at_hours.append(f"{words}: {_call(answer.first)}; if nobody answers {_call(answer.then)}.")
    first = Block(f"It is {now.when}: call", lines, _call(now.first))
    return (first, Block("At other times", tuple(at_hours))) if has_card(plan) else (first,)


def _by_situation(plan: Plan) -> tuple[str, ...]:
    """Where the card has several situations, the first call for each at this hour."""
    situations = {entry.text("situation"): entry.id for entry in plan.entries(SECTION) if entry.text("situation")}
    if len(situations) < 2:
        return ()
    return tuple(
        f"{words}: {_call(who_to_call(plan, plan.as_of, situation=entry).first)}" for words, entry in situations.items()
    )


def _call(call: Call) -> str:
    # A telephone number stays on one line.
    return f"{call.name} {call.phone}".strip().replace(call.phone, call.phone.replace(" ", "\u00a0"))


def _kinds_of_hours(now: datetime) -> list[tuple[str, datetime]]:
    """The next moment of each kind of hour, with how it is called."""
    today = now.astimezone(LOCAL).date()
    days = [today + timedelta(days=n) for n in range(400)]
    ordinary = next(day for day in days if day.weekday() < 5 and not is_bank_holiday(day))
    weekend = next(day for day in days if day.weekday() == 5)
    holiday = next(day for day in days if is_bank_holiday(day))
    return [
        ("Monday to Friday, daytime", _at(ordinary, 11)),
        ("At night", _at(ordinary, 23)),
        ("At the weekend", _at(weekend, 12)),
        ("On a weekend night", _at(weekend, 23)),
        (f"On a bank holiday (the next is {day_words(holiday)})", _at(holiday, 12)),
    ]


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), LOCAL)


def medicine_blocks(plan: Plan) -> tuple[Block, ...]:
    """The just-in-case box with its chart and its stock; the medicines; and what was stopped."""
    box = [words for key in ("state", "where_kept", "who_has_key") if (words := _line(plan, "anticipatory", key))]
    for key in ("chart_in_house", "chart_valid_until", "syringe_driver"):
        if words := _line(plan, "anticipatory", key):
            box.append(f"{words}{_soon(plan, plan.value('anticipatory', key))}")
    for entry in plan.entries("medicine_stock"):
        named = [_words(plan, entry, key) for key in ("name", "form", "strength")]
        if count := _words(plan, entry, "quantity"):
            named.append(f"how many: {count}")
        expires = entry.value("expires_on")
        until = f"expires {_words(plan, entry, 'expires_on')}{_soon(plan, expires)}" if not is_empty(expires) else ""
        box.append("In the box: " + " — ".join(part for part in (*named, until, _words(plan, entry, "state")) if part))
    taken = [
        " — ".join(part for part in (_words(plan, entry, key) for key in _MEDICINE) if part)
        for entry in plan.entries("medicines")
    ]
    stopped = [
        entry_title(plan.catalogue["stopped_medicines"], e.id, e.values) for e in plan.entries("stopped_medicines")
    ]
    blocks = [
        Block(
            "Just-in-case box",
            tuple(box) or ("Nothing recorded yet.",),
            ways=("anticipatory", "medicine_stock", "pharmacy"),
        ),
        Block(
            "Medicines",
            tuple(taken) or ("Nothing recorded yet.",),
            ways=("medicines", "medicines_summary", "stopped_medicines"),
        ),
    ]
    if stopped:
        blocks.append(Block("No longer taken", (", ".join(stopped),)))
    return tuple(blocks)


_MEDICINE = ("name", "form", "route", "dose_amount", "dose_timing", "indication", "status")
"""The parts of the line of a medicine, as recorded, in the order of the NHS display rules; nothing is worked out."""


def _soon(plan: Plan, value: object) -> str:
    """That a date has passed or comes soon, in words; "" otherwise."""
    if not isinstance(value, str) or len(value) != 10 or not is_partial_date(value):
        return ""
    days = (first_day(value) - plan.today).days
    if days < 0:
        return " (has passed)"
    if days <= SOON_DAYS:
        return " (today)" if not days else f" (in {days} {'day' if days == 1 else 'days'})"
    return ""


def conversation_blocks(plan: Plan) -> tuple[Block, ...]:
    """The latest conversations, newest first, in full."""
    entries = sorted(
        plan.entries("conversations"), key=lambda entry: (entry.text("on"), entry.text("at")), reverse=True
    )
    blocks = []
    for entry in entries[:MOST_CONVERSATIONS]:
        on = date_words(entry.text("on")) if is_partial_date(entry.text("on")) else "Date not recorded"
        when = " ".join(part for part in (on, entry.text("at")) if part)
        title = ", ".join(part for part in (when, _words(plan, entry, "place"), entry.text("by")) if part)
        lines = []
        for key in ("present", "discussed", "not_discussed", "next"):
            value = entry.value(key)
            if not is_empty(value):
                field = plan.catalogue["conversations"][key]
                lines.append(f"{asking(field.label)} {value_words(field, value, plan.links)}")
        blocks.append(Block(title, tuple(lines) or ("Nothing more was written down.",)))
    return tuple(blocks)


def fast_track_blocks(plan: Plan) -> tuple[Block, ...]:
    """The 48-hour clock: how it stands, what to do when it slipped, and the next thing to record."""
    entry = plan.entry("fast_track")
    clock = fast_track_clock.clock_of(entry.values if entry is not None else {}, plan.as_of)
    if clock.state is fast_track_clock.State.NONE:
        return ()
    over = not is_empty(plan.value("death", "died_on"))
    lines = () if over and clock.is_running else fast_track_clock.lines(clock)
    says = DIED_BEFORE if over and clock.is_running else fast_track_clock.headline(clock)
    return (Block("The 48-hour clock", lines, says),)


DIED_BEFORE = "The care had not begun when they died."


def death_blocks(plan: Plan) -> tuple[Block, ...]:
    """What is recorded about the death, what is done and what is not, and who is looked after now."""
    if is_empty(plan.value("death", "died_on")):
        return ()
    facts = [w for key in ("died_on", "place", "preferred_achieved", "verified_by") if (w := _line(plan, "death", key))]
    if (certified := plan.entry("certification")) is not None and (words := _words(plan, certified, "state")):
        facts.append(f"{plan.catalogue['certification'].title}: {words}")
    waiting, done = [], []
    for entry in plan.entries("closure"):
        what = ", ".join(part for part in (_words(plan, entry, "what"), entry.text("words")) if part) or "Not named"
        if entry.value("state") in ("done", "not_needed"):
            by = ", ".join(part for part in (_words(plan, entry, "done_on"), entry.text("done_by")) if part)
            done.append(f"{what}: {_words(plan, entry, 'state').lower()}{f', {by}' if by else ''}")
        else:
            waiting.append(", ".join(part for part in (what, entry.text("owner")) if part))
    people = []
    for entry in plan.entries("bereavement"):
        name = entry_title(plan.catalogue["bereavement"], entry.id, entry.values, links=plan.links)
        parts = [_words(plan, entry, key) for key in ("offer", "follow_up_on", "follow_up_by", "state")]
        people.append(": ".join((name, ", ".join(part for part in parts if part))))
    return (
        Block("The death", tuple(facts), ways=("death", "looking_back", "certification")),
        Block("Still to be done", tuple(waiting) or ("Nothing is listed.",), ways=("closure",)),
        *((Block("Done", tuple(done)),) if done else ()),
        Block("Those who are left", tuple(people) or ("Nobody is listed yet.",), ways=("bereavement",)),
    )


def _line(plan: Plan, section: str, key: str) -> str:
    if section not in plan.catalogue or is_empty(plan.value(section, key)):
        return ""
    return f"{asking(plan.catalogue[section][key].label)} {plan.words(section, key)}"


def _words(plan: Plan, entry: Entry, key: str) -> str:
    value = entry.value(key)
    return "" if is_empty(value) else display(plan.catalogue[entry.section][key], value, links=plan.links)


HEADS: Mapping[str, Callable[[Plan], tuple[Block, ...]]] = {
    "who_to_call": call_blocks,
    "anticipatory": medicine_blocks,
    "medicine_stock": medicine_blocks,
    "medicines": medicine_blocks,
    "conversations": conversation_blocks,
    "fast_track": fast_track_blocks,
    "death": death_blocks,
    "closure": death_blocks,
}
"""By the section at whose head they stand."""
