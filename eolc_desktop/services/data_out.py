"""Data out: everything as CSV, JSON or FHIR, and extracts without names; a few people at a time, so it can be stopped.

Pseudonyms are keyed (HMAC-SHA256): without the key, which stays encrypted on this laptop, they cannot be traced back.
"""

from __future__ import annotations

import csv
import hmac
import io
import json
import os
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from eolc_desktop.care_plan import dates
from eolc_desktop.care_plan.extract import (
    ASSESSMENT_FIELDS,
    PEOPLE_FIELDS,
    READ,
    ExtractField,
    assessment_rows,
    person_row,
)
from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, Plan
from eolc_desktop.errors import NotAllowed, PrintFailed
from eolc_desktop.record import across, audit, people, plans, users
from eolc_desktop.services import exporting, measures, organisation
from eolc_desktop.services.our_service import spreadsheet_safe
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

AT_A_TIME = 20
"""People written between two looks at whether to stop."""
_KEY = "pseudonym_key"
_LETTERS = 20


class Kind(StrEnum):
    """What can be taken out."""

    CSV = "csv"
    JSON = "json"
    FHIR = "fhir"
    EXTRACT = "extract"
    ASSESSMENTS = "assessments"

    @property
    def words(self) -> str:
        """How it is called."""
        return {
            Kind.CSV: "Everything, as CSV: one line for each value that stands",
            Kind.JSON: "Everything, as JSON: one line for each person",
            Kind.FHIR: "Everything that may leave, as FHIR: one document a line",
            Kind.EXTRACT: "An extract without names: one line for each person",
            Kind.ASSESSMENTS: "An extract without names: phase, AKPS and IPOS, as the specialist data set has them",
        }[self]

    @property
    def file_name(self) -> str:
        """The name that is offered; it says nothing about anybody."""
        return {
            Kind.CSV: "everything.csv",
            Kind.JSON: "everything.ndjson",
            Kind.FHIR: "everything.fhir.ndjson",
            Kind.EXTRACT: "extract-people.csv",
            Kind.ASSESSMENTS: "extract-assessments.csv",
        }[self]

    @property
    def has_names(self) -> bool:
        """Whether people can be told from it."""
        return self in (Kind.CSV, Kind.JSON, Kind.FHIR)

    @property
    def fields(self) -> tuple[ExtractField, ...]:
        """What each line holds."""
        return {
            Kind.CSV: CSV_FIELDS,
            Kind.JSON: JSON_FIELDS,
            Kind.FHIR: FHIR_FIELDS,
            Kind.EXTRACT: PEOPLE_FIELDS,
            Kind.ASSESSMENTS: ASSESSMENT_FIELDS,
        }[self]


CSV_FIELDS = tuple(
    ExtractField(key, words)
    for key, words in (
        ("person", "The random id of the record"),
        ("nhs_number", "As recorded"),
        ("name", "Family name and given names"),
        ("section", "The part of the plan"),
        ("entry", "Which entry of it"),
        ("field", "The item"),
        ("value", "As it is kept: text, or JSON for lists and codes"),
        ("recorded_at", "When it was recorded, in UTC"),
        ("recorded_by", "Name, role and organisation"),
        ("source", "How the author knew"),
        ("last_confirmed_at", "When somebody last said that it still holds"),
    )
)
JSON_FIELDS = (
    ExtractField("person", "The random id of the record, and its version"),
    ExtractField(
        "sections", "Every section with its entries: state, and each value with who recorded it, when, and how"
    ),
)
FHIR_FIELDS = (
    ExtractField("Bundle", "A FHIR R4 document for each person, of what consent and the person’s wishes let leave"),
    ExtractField("left out", "People of whom nothing may leave are left out, and counted"),
)
WARNING = (
    "This file names people and holds their plans in the clear. Anybody who has it can read it. Send it only over a "
    "secure route, and delete it when it is no longer needed."
)
WITHOUT_NAMES = (
    "No names, numbers, addresses, exact dates or free text are in this file. People with rare answers could still be "
    "recognised by somebody who knows them: share it only under an agreement."
)


@dataclass(slots=True)
class Job:
    """One file that is being written. `done` people are in it, of `ids`; those in `gone` may not leave."""

    kind: Kind
    path: Path
    ids: tuple[str, ...]
    areas: Mapping[str, str]
    key: bytes = field(repr=False, default=b"")
    done: int = 0
    lines: int = 0
    gone: list[str] = field(repr=False, default_factory=list)

    @property
    def left_out(self) -> int:
        """How many people are not in it, because nothing of them may leave."""
        return len(self.gone)

    @property
    def part(self) -> Path:
        """The file while it is not whole yet."""
        return self.path.with_name(f".{self.path.name}.part")

    @property
    def is_done(self) -> bool:
        """Whether everybody is in it."""
        return self.done >= len(self.ids)


@needs(Right.SHARE)
def preview(session: Session, kind: Kind, most: int = 5) -> tuple[tuple[str, ...], ...]:
    """The first rows of an extract as they would be written; nothing for what names people."""
    if kind.has_names:
        return ()
    job = Job(kind, Path(), _everybody(session)[:most], measures.area_table(session), _key(session))
    return tuple(_extract_rows(session, job, job.ids))[:most]


def _everybody(session: Session) -> tuple[str, ...]:
    with session.store.reading() as connection:
        return people.all_ids(connection)


@needs(Right.SHARE)
def begin(session: Session, kind: Kind, path: Path) -> Job:
    """Begin a file where the user chose, and note it before anything is in it. Raises PrintFailed."""
    organisation.refuse_saving(session.policy)
    job = Job(kind, path, _everybody(session), measures.area_table(session), b"" if kind.has_names else _key(session))
    _note(session, job, "data out begun")
    head = _line(tuple(one.key for one in kind.fields)) if kind in (Kind.CSV, Kind.EXTRACT, Kind.ASSESSMENTS) else ""
    _append(job, head, is_new=True)
    return job


@needs(Right.SHARE)
def go_on(session: Session, job: Job) -> Job:
    """Write a few more people; the file takes its name, and is noted, when everybody is in it. Raises PrintFailed."""
    ids = job.ids[job.done : job.done + AT_A_TIME]
    try:
        _append(job, "".join(_written(session, job, ids)))
        job.done += len(ids)
        _note_whose(session, job, ids)
        if job.is_done:
            job.part.replace(job.path)
            _note(session, job, "data out")
    except OSError as error:
        stop(session, job)
        raise _cannot_write() from error
    return job


@needs(Right.SHARE)
def stop(session: Session, job: Job) -> None:
    """Stop, and leave nothing of the file behind."""
    job.part.unlink(missing_ok=True)
    _note(session, job, "data out stopped")


def _note(session: Session, job: Job, action: str) -> None:
    detail: dict[str, str | int] = {"what": job.kind.value, "people": job.done - job.left_out, "left_out": job.left_out}
    with session.store.writing() as connection:
        audit.note(connection, session.clock(), session.user.id, action, "", detail)


def _note_whose(session: Session, job: Job, ids: Sequence[str]) -> None:
    """What names people is noted for each of them, so that it stands in the list of who has seen their record."""
    gone = set(job.gone)
    with session.store.writing() as connection:
        for person_id in ids if job.kind.has_names else ():
            if person_id not in gone:
                detail: dict[str, str | int] = {"what": f"everything as {job.kind.value}"}
                audit.note(connection, session.clock(), session.user.id, "exported", person_id, detail)


def _append(job: Job, text: str, *, is_new: bool = False) -> None:
    how = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if is_new else os.O_APPEND)
    try:
        descriptor = os.open(job.part, how, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode("utf-8-sig" if is_new and text else "utf-8"))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        job.part.unlink(missing_ok=True)
        raise _cannot_write() from error


def _cannot_write() -> PrintFailed:
    return PrintFailed(
        "The file could not be written there.",
        "Nothing of it was left behind.",
        "Choose another folder, or make room on the disk.",
    )


def _written(session: Session, job: Job, ids: Sequence[str]) -> Iterable[str]:
    if not job.kind.has_names:
        for row in _extract_rows(session, job, ids):
            job.lines += 1
            yield _line(row)
        return
    for person_id in ids:
        if job.kind is Kind.FHIR:
            try:
                bundle = exporting.bundle_of(session, person_id)
            except NotAllowed:
                job.gone.append(person_id)
                continue
            yield json.dumps(bundle, ensure_ascii=False) + "\n"
        else:
            with session.store.reading() as connection:
                plan = plans.plan_of(connection, session.catalogue, person_id, session.clock(), session.user.id)
            yield from (
                _csv_of(plan) if job.kind is Kind.CSV else (json.dumps(_json_of(plan), ensure_ascii=False) + "\n",)
            )
        job.lines += 1


def _csv_of(plan: Plan) -> Iterable[str]:
    who = (plan.person_id, plan.text("person", "nhs_number"), plan.banner_name)
    for section, entries in plan.sections.items():
        for entry in entries:
            for key, item in entry.items.items():
                value = item.value if isinstance(item.value, str) else json.dumps(item.value, ensure_ascii=False)
                confirmed = item.confirmed_at.isoformat() if item.confirmed_at else ""
                yield _line(
                    (*who, section, f"{entry.id}{'' if entry.state == 'current' else f' ({entry.state.words})'}", key,
                     value, item.recorded_at.isoformat(), item.recorded_by.words, item.told.words, confirmed)
                )  # fmt: skip


def _json_of(plan: Plan) -> dict[str, object]:
    def told(moment: datetime | None) -> str | None:
        return moment.isoformat() if moment is not None else None

    return {
        "person": plan.person_id,
        "version": plan.version,
        "as_of": plan.as_of.isoformat(),
        "sections": {
            section: [
                {
                    "entry": entry.id,
                    "state": entry.state.value,
                    "reason": entry.reason,
                    "parent": entry.parent,
                    "values": {
                        key: {
                            "value": item.value,
                            "recorded_at": told(item.recorded_at),
                            "recorded_by": item.recorded_by.words,
                            "source": item.told.words,
                            "confirmed_at": told(item.confirmed_at),
                        }
                        for key, item in entry.items.items()
                    },
                }
                for entry in entries
            ]
            for section, entries in plan.sections.items()
        },
    }


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerow([spreadsheet_safe(cell) for cell in cells])
    return out.getvalue()


def _extract_rows(session: Session, job: Job, ids: Sequence[str]) -> Iterable[tuple[str, ...]]:
    now = session.clock()
    on = dates.today(now)
    with session.store.reading() as connection:
        found = dict(across.entries(connection, READ, person_ids=list(ids)))
        began = people.added_on(connection, ids)
    for person_id in ids:
        entries: dict[str, list[Mapping[str, Value]]] = {}
        for one in found.get(person_id, []):
            entries.setdefault(one.section, []).append({**one.values, ENTRY_ITSELF: one.entry})
        first = dates.today(began[person_id])
        pseudonym = pseudonym_of(job.key, person_id)
        if job.kind is Kind.EXTRACT:
            yield person_row(entries, pseudonym, first, now, on, job.areas)
        else:
            yield from assessment_rows(entries, pseudonym, first, now, on)


def pseudonym_of(key: bytes, person_id: str) -> str:
    """The pseudonym of a person: the same with the same key, and without it nothing that leads back."""
    return hmac.new(key, person_id.encode(), "sha256").hexdigest()[:_LETTERS]


def _key(session: Session) -> bytes:
    with session.store.reading() as connection:
        kept = users.known(connection, _KEY)
    if not kept:
        kept = secrets.token_hex(32)
        with session.store.writing() as connection:
            users.know(connection, _KEY, kept)
    return bytes.fromhex(kept)


@needs(Right.LOOK_AFTER)
def new_key(session: Session) -> None:
    """Begin a new key: extracts from now on cannot be joined with those from before."""
    with session.store.writing() as connection:
        users.know(connection, _KEY, secrets.token_hex(32))
        audit.note(connection, session.clock(), session.user.id, "new pseudonym key")
