"""Bringing in a FHIR file: a preview in words of what comes in and what does not, then all of it or nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePath

from sqlalchemy import Connection

from eolc_desktop.care_plan.dates import moment_words, today
from eolc_desktop.care_plan.fields import Section, Value
from eolc_desktop.care_plan.nhs_number import is_for_testing
from eolc_desktop.care_plan.plan import Edit, Plan, Source, Told, banner_name
from eolc_desktop.care_plan.words import display, entry_title
from eolc_desktop.errors import ChangedElsewhere, InvalidValue
from eolc_desktop.fhir.fitting import Difference, fit
from eolc_desktop.fhir.importing import propose
from eolc_desktop.fhir.proposal import Proposed, ProposedEntry, ProposedPerson
from eolc_desktop.record import audit, journal, people, plans, users
from eolc_desktop.record.people import PersonRow
from eolc_desktop.record.rows import moment_of, moment_text, new_id
from eolc_desktop.services.plans import edits_for
from eolc_desktop.services.roles import Right, needs, require_to_decide
from eolc_desktop.services.session import Changes, Session

MOST_CANDIDATES = 8
"""How many people who could be the same are shown, the likeliest first."""
LONGEST_NAME = 80
NOT_IN_FILE = "not in the file"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One entry that would come in, in words. `question` is set where it needs a yes of its own."""

    key: str
    section_title: str
    title: str
    lines: tuple[tuple[str, str], ...]
    question: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody on this laptop who could be the person of the file, and what adding the file to them would do."""

    row: PersonRow
    same_nhs_number: bool
    arrivals: tuple[Arrival, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class PersonPreview:
    """One person of the file: what comes in, what does not, and who on this laptop could be the same."""

    place: int
    name: str
    born: str
    nhs_number: str
    arrivals: tuple[Arrival, ...]
    left_out: tuple[str, ...]
    notes: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    more_candidates: int
    asks_for_reason: bool

    @property
    def must_choose(self) -> bool:
        """Whether somebody has to say if this is a new person."""
        return bool(self.candidates)


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """Everything to be shown before anything is brought in. `notes` are about the file as a whole."""

    file_name: str
    proposed: Proposed
    people: tuple[PersonPreview, ...]
    left_out: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonChoice:
    """What somebody decided about one person of the file.

    `add_to` is the id of a person on this laptop, "" for a new person, None while nobody has said. `yes` are the keys
    of the questions that were answered with yes; every other question means no. `leave` leaves this person out.
    """

    add_to: str | None = None
    yes: frozenset[str] = frozenset()
    no_number_because: str = ""
    leave: bool = False


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What was brought in: the people it concerns, in the order of the file, and what views should read again."""

    person_ids: tuple[str, ...]
    changes: Changes
    not_answered_yes: int = 0
    added: frozenset[str] = field(default_factory=frozenset)


@needs(Right.RECORD)
def preview(session: Session, file_name: str, file: bytes | Proposed) -> ImportPreview:
    """Say in words what a FHIR file would bring in. Changes nothing.

    `file` is the file's bytes, or what `fhir.importing.propose` made of them in the worker process. Raises
    ImportRefused.
    """
    proposed = propose(file, today(session.clock())) if isinstance(file, bytes) else file
    notes = list(proposed.notes)
    with session.store.reading() as connection:
        if before := users.known(connection, _fact(proposed)):
            said = json.loads(before)
            notes.insert(0, f"This same file was brought in before, on {moment_words(moment_of(said['at']))}.")
        shown = tuple(_preview_person(session, connection, person) for person in proposed.people)
    if not session.made_up and any(is_for_testing(person.text("nhs_number")) for person in proposed.people):
        notes.append("An NHS number in the file begins with 999: those are only for testing, never a real person’s.")
    return ImportPreview(
        _plain_name(file_name), proposed, shown, tuple(line.words for line in proposed.left_out), tuple(notes)
    )


@needs(Right.RECORD)
def accept(session: Session, shown: ImportPreview, choices: Mapping[int, PersonChoice] | None = None) -> ImportResult:
    """Bring in what was shown: everybody in the file as was chosen, in one transaction, or nothing at all.

    `choices` is by the place of the person in the file; who is not in it is a new person, which is only taken when
    nobody here could be the same. Raises InvalidValue when somebody still has to choose; ChangedElsewhere when the
    record has moved on since the preview; NotAllowed for a CPR decision that is not the user's to record; StoreFull.
    In each case nothing was written.
    """
    chosen = choices or {}
    told = Told(Source.OTHER_SYSTEM, f"FHIR file {shown.file_name}")
    pen = session.pen()
    new: list[tuple[str, Sequence[Edit]]] = []
    person_ids: list[str] = []
    unanswered = 0
    with session.store.writing() as connection:
        _refuse_if_moved_on(connection, shown)
        for person, seen in zip(shown.proposed.people, shown.people, strict=True):
            choice = chosen.get(person.place, PersonChoice())
            if choice.leave:
                continue
            _refuse_undecided(session, seen, choice)
            if choice.add_to:
                plan = plans.plan_of(connection, session.catalogue, choice.add_to, pen.at)
                entries = fit(plan, person).entries
                person_id, edits = choice.add_to, _edits(plan, _answered(entries, choice), told)
                require_to_decide(session, edits)
                journal.append(connection, pen, person_id, edits)
            else:
                entries = person.entries
                person_id, edits = new_id(), _edits(None, _answered(_with_reason(entries, choice), choice), told)
                require_to_decide(session, edits)
                new.append((person_id, edits))
            unanswered += sum(1 for entry in entries if entry.question and entry.key not in choice.yes)
            person_ids.append(person_id)
        if new:
            journal.append_new_people(connection, pen, new)
        _note(session, connection, pen.at, shown, person_ids, unanswered)
    added = frozenset(person_id for person_id, _edits_of in new)
    return ImportResult(tuple(person_ids), Changes(frozenset(person_ids)), unanswered, added)


def _preview_person(session: Session, connection: Connection, person: ProposedPerson) -> PersonPreview:
    number = person.text("nhs_number")
    rows = _candidates(connection, person)
    return PersonPreview(
        place=person.place,
        name=banner_name(person.text("family_name"), person.text("given_names"), person.text("title")),
        born=_words(session, person, "birth_date") or NOT_IN_FILE,
        nhs_number=_words(session, person, "nhs_number") or NOT_IN_FILE,
        arrivals=_arrivals(session, person.entries),
        left_out=tuple(line.words for line in person.left_out),
        notes=person.notes,
        candidates=tuple(_candidate(session, connection, person, row, number) for row in rows[:MOST_CANDIDATES]),
        more_candidates=max(0, len(rows) - MOST_CANDIDATES),
        asks_for_reason=not number and not person.text("nhs_number_missing_reason"),
    )


def _candidates(connection: Connection, person: ProposedPerson) -> list[PersonRow]:
    number, born = person.text("nhs_number"), person.text("birth_date")
    names = person.text("family_name"), person.text("given_names")
    rows = people.look_alikes(connection, *names, born, number)
    return sorted(rows, key=lambda r: (not number or r.nhs_number != number, r.birth_date != born, r.family_name, r.id))


def _candidate(
    session: Session, connection: Connection, person: ProposedPerson, row: PersonRow, number: str
) -> Candidate:
    plan = plans.plan_of(connection, session.catalogue, row.id, session.clock())
    fitting = fit(plan, person)
    arrivals = _arrivals(session, fitting.entries)
    return Candidate(row, bool(number) and row.nhs_number == number, arrivals, fitting.differences)


def _arrivals(session: Session, entries: Sequence[ProposedEntry]) -> tuple[Arrival, ...]:
    order = {section.key: place for place, section in enumerate(session.catalogue)}
    return tuple(
        _arrival(session.catalogue[entry.section], entry)
        for entry in sorted(entries, key=lambda entry: order[entry.section])
    )


def _arrival(section: Section, entry: ProposedEntry) -> Arrival:
    title = entry_title(section, entry.entry, entry.values) if section.repeats else ""
    lines = tuple((f.label, display(f, entry.values[f.key])) for f in section.fields if f.key in entry.values)
    return Arrival(entry.key, section.title, title, lines, entry.question, entry.notes)


def _words(session: Session, person: ProposedPerson, key: str) -> str:
    value = person.person_values.get(key)
    return display(session.catalogue["person"][key], value) if value is not None else ""


def _refuse_if_moved_on(connection: Connection, shown: ImportPreview) -> None:
    for person, seen in zip(shown.proposed.people, shown.people, strict=True):
        rows = _candidates(connection, person)
        now = {(row.id, row.version) for row in rows[:MOST_CANDIDATES]}
        if now != {(candidate.row.id, candidate.row.version) for candidate in seen.candidates}:
            raise ChangedElsewhere(
                "The record has changed since this preview was made.",
                "Nothing was brought in.",
                "Open the file again and look at the new preview.",
            )


def _refuse_undecided(session: Session, seen: PersonPreview, choice: PersonChoice) -> None:
    if choice.add_to is None and seen.must_choose:
        raise InvalidValue(
            "Somebody on this laptop could be the same person.",
            "Nothing was brought in.",
            "Say whether this is a new person, or choose whom to add it to.",
        )
    if choice.add_to and choice.add_to not in {candidate.row.id for candidate in seen.candidates}:
        raise InvalidValue("That person was not among those shown.", "Nothing was brought in.", "Choose again.")
    reason = session.catalogue["person"]["nhs_number_missing_reason"]
    if choice.no_number_because and reason.option(choice.no_number_because) is None:
        raise InvalidValue("That is not one of the reasons.", "Nothing was brought in.", "Choose again.", reason.key)


def _answered(entries: Sequence[ProposedEntry], choice: PersonChoice) -> list[ProposedEntry]:
    return [entry for entry in entries if not entry.question or entry.key in choice.yes]


def _with_reason(entries: Sequence[ProposedEntry], choice: PersonChoice) -> list[ProposedEntry]:
    """The entries with why there is no NHS number, when somebody said so and the file gives none."""
    if not choice.no_number_because:
        return list(entries)
    return [
        replace(entry, values={**entry.values, "nhs_number_missing_reason": choice.no_number_because})
        if entry.section == "person" and "nhs_number" not in entry.values
        else entry
        for entry in entries
    ]


def _edits(plan: Plan | None, entries: Sequence[ProposedEntry], told: Told) -> list[Edit]:
    edits: list[Edit] = []
    for entry in entries:
        entry_id = entry.entry or new_id()
        values: Mapping[str, Value] = entry.values
        if plan is None:
            edits += [Edit(entry.section, entry_id, key, value, told=told) for key, value in values.items()]
        else:
            edits += edits_for(plan, entry.section, entry_id, values, told)
    return edits


def _note(
    session: Session, connection: Connection, at: datetime, shown: ImportPreview, person_ids: Sequence[str], no: int
) -> None:
    detail: dict[str, str | int] = {"file_sha256": shown.proposed.sha256, "people": len(person_ids)}
    if no:
        detail["questions_not_answered_yes"] = no
    for person_id in person_ids:
        audit.note(connection, at, session.user.id, "imported", person_id, detail)
    if person_ids:
        said = {"at": moment_text(at), "user": session.user.id}
        users.know(connection, _fact(shown.proposed), json.dumps(said, sort_keys=True))


def _fact(proposed: Proposed) -> str:
    return f"imported {proposed.sha256}"


def _plain_name(file_name: str) -> str:
    """The file's own name without its folders, on one line, the middle left out when it is very long."""
    name = PurePath(file_name.replace("\\", "/")).name
    plain = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    half = LONGEST_NAME // 2
    return plain if len(plain) <= LONGEST_NAME else f"{plain[:half]}…{plain[-half:]}"
