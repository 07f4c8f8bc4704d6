"""The six commitments and the seven questions across the caseload and over time, with the ids behind every count."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import dropwhile

from eolc_desktop.care_plan import dates
from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.plan import ENTRY_ITSELF
from eolc_desktop.care_plan.promises import COMMITMENTS, QUESTIONS
from eolc_desktop.care_plan.to_do import owner_key
from eolc_desktop.documents.blocks import BarOf
from eolc_desktop.documents.service_sheets import Numbers, SheetOrder, TableOfFigures, figures_sheet
from eolc_desktop.record import history, measured
from eolc_desktop.services import sheets
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

TEAM = ""
"""In place of a key worker: everybody on this laptop."""
FIELDS: Mapping[str, tuple[str, ...]] = {
    "commitments": ("state", "verdict"),
    "compact": ("asked_on", *(key for q in QUESTIONS for key in (q.key, f"{q.key}_mirror"))),
    "key_people": ("key_worker_name",),
    "death": ("died_on",),
}
STATES = ("met", "partly", "not_yet", "declined", "not_appropriate", "")
ANSWERS = ("yes", "partly", "no", "not_asked", "")
QUARTERS = 8
Ids = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """One commitment or question: by the team's word, and by the person's own; each with the ids behind it.

    `team` is how it stands (a commitment), or the team's own answer (a question); `own` the person's verdict or answer.
    `kept_both` are those where the team says met or yes and the person says yes; `apart` where the team says so and the
    person says no or in part.
    """

    key: str
    title: str
    team: Mapping[str, Ids]
    own: Mapping[str, Ids]
    kept_both: Ids
    apart: Ids


@dataclass(frozen=True, slots=True)
class Quarter:
    """One quarter of a year: for each promise how many had been asked, and how many said yes, by its end."""

    words: str
    last: date
    met: Mapping[str, tuple[int, int]]
    """For each commitment: how many stood as met, of how many whose state was recorded."""
    said_yes: Mapping[str, tuple[int, int]]
    """For each commitment and question: how many said yes, of how many who answered."""


@dataclass(frozen=True, slots=True)
class PromisesKept:
    """What was promised, for everybody alive of a caseload, and how it went over the quarters."""

    whose: str
    people: Ids
    promises: tuple[Promise, ...]
    quarters: tuple[Quarter, ...]
    workers: tuple[tuple[str, str, int], ...]
    """Key workers: the key, the name, and for how many of the living."""


@needs(Right.READ)
def read(session: Session, whose: str = TEAM) -> PromisesKept:
    """Count everything anew. `whose` is the key of a key worker (`owner_key`), or everybody's."""
    on = dates.today(session.clock())
    with session.store.reading() as connection:
        everybody = measured.everybody(connection, FIELDS)
        lines = history.states_of(connection, "commitments", ("state", "verdict"))
    living: dict[str, measured.Entries] = {}
    workers: dict[str, tuple[str, int]] = {}
    of_worker: set[str] = set()
    for person_id, entries in everybody.items():
        name = _text(entries, "key_people", "key_worker_name")
        key = owner_key(name)
        is_wanted = whose in (TEAM, key)
        if is_wanted:
            of_worker.add(person_id)
        if not _text(entries, "death", "died_on"):
            if key:
                workers[key] = (name.split(",")[0].strip(), workers.get(key, ("", 0))[1] + 1)
            if is_wanted:
                living[person_id] = entries
    promises = (*_commitments(living), *_questions(living))
    known = {person_id: everybody[person_id] for person_id in of_worker}
    quarters = _quarters(quarter_ends(on, QUARTERS), known, lines)
    named = tuple(sorted((key, name, count) for key, (name, count) in workers.items()))
    return PromisesKept(whose, tuple(living), promises, quarters, named)


def quarter_ends(on: date, count: int) -> tuple[date, ...]:
    """The last days of so many quarters up to the one a day is in, which ends with that day."""
    ends = [on]
    year, quarter = on.year, (on.month - 1) // 3
    for _ in range(count - 1):
        first = date(year, quarter * 3 + 1, 1)
        ends.append(date.fromordinal(first.toordinal() - 1))
        year, quarter = (year, quarter - 1) if quarter else (year - 1, 3)
    return tuple(reversed(ends))


def _text(entries: measured.Entries, section: str, key: str) -> str:
    found = entries.get(section)
    value = found[0].get(key) if found else None
    return value if isinstance(value, str) else ""


def _word(values: Mapping[str, Value] | None, key: str) -> str:
    value = values.get(key) if values is not None else None
    return value if isinstance(value, str) else ""


def _commitments(living: Mapping[str, measured.Entries]) -> list[Promise]:
    made = []
    for commitment in COMMITMENTS:
        said: list[tuple[str, str, str]] = []
        for person_id, entries in living.items():
            entry_id = commitment.id
            of_it = [one for one in entries.get("commitments", ()) if one.get(ENTRY_ITSELF) == entry_id]
            values = of_it[0] if of_it else None
            said.append((person_id, _word(values, "state"), _word(values, "verdict")))
        made.append(
            _promise(
                f"c{commitment.number}", f"Commitment {commitment.number}: {commitment.title}", said, "met", STATES
            )
        )
    return made


def _questions(living: Mapping[str, measured.Entries]) -> list[Promise]:
    made = []
    latest = {person_id: latest_occasion(entries.get("compact", ())) for person_id, entries in living.items()}
    for question in QUESTIONS:
        said = [
            (person_id, _word(values, f"{question.key}_mirror"), _word(values, question.key))
            for person_id, values in latest.items()
        ]
        made.append(_promise(question.key, f"Question {question.number}: {question.plain}", said, "yes", ANSWERS))
    return made


def latest_occasion(occasions: Sequence[Mapping[str, Value]], until: str = "9999") -> Mapping[str, Value] | None:
    """The occasion asked last up to a day; one without a date counts as the earliest."""
    asked = [one for one in occasions if _word(one, "asked_on") <= until]
    return max(asked, key=lambda one: (_word(one, "asked_on"), _word(one, ENTRY_ITSELF)), default=None)


def _promise(key: str, title: str, said: Sequence[tuple[str, str, str]], good: str, states: tuple[str, ...]) -> Promise:
    team = {state: tuple(i for i, by_team, _own in said if _among(by_team, states) == state) for state in states}
    own = {answer: tuple(i for i, _team, by_them in said if _among(by_them, ANSWERS) == answer) for answer in ANSWERS}
    both = tuple(i for i, by_team, by_them in said if by_team == good and by_them == "yes")
    apart = tuple(i for i, by_team, by_them in said if by_team == good and by_them in ("no", "partly"))
    return Promise(key, title, team, own, both, apart)


def _among(word: str, words: tuple[str, ...]) -> str:
    return word if word in words else ""


def _quarters(
    ends: Sequence[date], known: Mapping[str, measured.Entries], lines: Sequence[history.StateLine]
) -> tuple[Quarter, ...]:
    """Each quarter from where the one before it ended: the lines of the journal are gone through once."""
    waiting = deque((dates.today(line.at), line) for line in lines if line.person_id in known)
    stood: dict[tuple[str, str], dict[str, str]] = {}
    made = []
    for last in ends:
        while waiting and waiting[0][0] <= last:
            _day, line = waiting.popleft()
            stood.setdefault((line.entry, line.field), {})[line.person_id] = line.value
        made.append(_quarter(last, known, stood))
    return tuple(made)


def _quarter(
    last: date, known: Mapping[str, measured.Entries], stood: Mapping[tuple[str, str], Mapping[str, str]]
) -> Quarter:
    met: dict[str, tuple[int, int]] = {}
    said: dict[str, tuple[int, int]] = {}
    for commitment in COMMITMENTS:
        key = f"c{commitment.number}"
        states = [value for value in stood.get((commitment.id, "state"), {}).values() if value]
        verdicts = [v for v in stood.get((commitment.id, "verdict"), {}).values() if v in ("yes", "partly", "no")]
        met[key] = (states.count("met"), len(states))
        said[key] = (verdicts.count("yes"), len(verdicts))
    first, until = f"{last.year}-{((last.month - 1) // 3) * 3 + 1:02d}-01", last.isoformat()
    asked = []
    for entries in known.values():
        within = [one for one in entries.get("compact", ()) if first <= _word(one, "asked_on")]
        if within and (latest := latest_occasion(within, until)) is not None:
            asked.append(latest)
    for question in QUESTIONS:
        given = [word for one in asked if (word := _word(one, question.key)) in ("yes", "partly", "no")]
        said[question.key] = (given.count("yes"), len(given))
    return Quarter(f"{last.year}, quarter {(last.month - 1) // 3 + 1}", last, met, said)


@needs(Right.PRINT)
def prepare_sheet(session: Session, kept: PromisesKept) -> SheetOrder:
    """The promises as a paper."""
    whose = next((name for key, name, _count in kept.workers if key == kept.whose), "everybody on this computer")
    lead = (f"For {whose}: {len(kept.people):,} people alive today.",)
    figures = []
    for promise in kept.promises:
        rows = tuple((words, *counts_of(promise, key)) for key, words in words_for(promise))
        over = over_time(promise, kept)
        notes = (f"The team says it is kept and the person says it is not, or in part: {len(promise.apart):,}.",)
        tables = (
            Numbers(("", "The team", "The person"), rows, now_bars(promise), "the team’s word beside the person’s"),
            Numbers(
                ("By the end of", "Met", "Said yes"),
                over,
                quarter_bars(promise, kept),
                "those who said yes, of those who answered",
            ),
        )
        figures.append(TableOfFigures(promise.title, "", notes, tables))
    blocks = figures_sheet("Promises kept", lead, figures)
    return sheets.prepare(session, "Promises kept", "promises-kept.pdf", blocks)


def now_bars(promise: Promise) -> tuple[BarOf, ...]:
    """For how many the team records that it is kept, of those of whom anything is recorded; and how many of the people
    who answered say so. A side of which nothing is recorded has no bar."""
    good = "met" if "met" in promise.team else "yes"
    team = len(promise.team[good]), sum(len(ids) for key, ids in promise.team.items() if key not in ("", "not_asked"))
    own = len(promise.own["yes"]), sum(len(promise.own[key]) for key in ("yes", "partly", "no"))
    named = ((f"The team: {_WORDS[good].lower()}", team), ("The person: yes", own))
    return tuple(BarOf(name, kept / of, f"{kept:,} of {of:,}") for name, (kept, of) in named if of)


def quarter_bars(promise: Promise, kept: PromisesKept) -> tuple[BarOf, ...]:
    """Those who said yes, of those who answered, by quarter: from two quarters on, for one is no course."""
    pairs = [(one.words, *one.said_yes.get(promise.key, (0, 0))) for one in kept.quarters]
    bars = tuple(BarOf(words, yes / of, f"{yes:,} of {of:,}") for words, yes, of in pairs if of)
    return bars if len(bars) > 1 else ()


def over_time(promise: Promise, kept: PromisesKept) -> tuple[tuple[str, str, str], ...]:
    """Each quarter with how many had it as met and said yes, from the first in which anything was recorded."""
    every = [(one.words, _of(one.met.get(promise.key)), _of(one.said_yes.get(promise.key))) for one in kept.quarters]
    return tuple(dropwhile(lambda row: row[1:] == (NONE, NONE), every))


def _of(pair: tuple[int, int] | None) -> str:
    return f"{pair[0]:,} of {pair[1]:,}" if pair is not None and pair[1] else NONE


NONE = "–"
"""Where nobody answered."""
_WORDS = {
    "met": "Met", "yes": "Yes", "partly": "In part", "not_yet": "Not yet", "no": "No", "declined": "Declined",
    "not_appropriate": "Not appropriate now", "not_asked": "Not asked", "": "Not recorded",
}  # fmt: skip


def words_for(promise: Promise) -> tuple[tuple[str, str], ...]:
    """The keys of the answers that either side may give, with their words, in order."""
    keys = dict.fromkeys((*promise.team, *promise.own))
    ordered = sorted(keys, key=lambda key: list(_WORDS).index(key))
    return tuple((key, _WORDS[key]) for key in ordered)


def counts_of(promise: Promise, key: str) -> tuple[str, str]:
    """How many the team, and how many people, gave this answer; a dash for an answer that one of them cannot give."""
    team, own = (f"{len(side[key]):,}" if key in side else "–" for side in (promise.team, promise.own))
    return team, own
