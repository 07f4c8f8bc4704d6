"""Data out: everything as CSV, JSON or FHIR, and extracts without names; a few people at a time, so it can be stopped.

Pseudonyms are keyed (HMAC-SHA256): without the key, which stays encrypted on this laptop, they cannot be traced back.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection

from eolc_desktop.care_plan import dates
from eolc_desktop.care_plan.extract import READ, as_may_leave, assessment_rows, person_row
from eolc_desktop.care_plan.keeping_back import KEPT_BACK
from eolc_desktop.care_plan.leaving import staying
from eolc_desktop.care_plan.said import version_from
from eolc_desktop.errors import Cancelled, NotAllowed, NotAsWritten, PrintFailed, UserError
from eolc_desktop.record import across, audit, people, plans, users
from eolc_desktop.services import exporting, going_out, measures, organisation, private_file
from eolc_desktop.services.data_out_kinds import Kind
from eolc_desktop.services.data_out_lines import csv_of, json_of, line_of, without
from eolc_desktop.services.going_out import Way
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

AT_A_TIME = 20
"""People written between two looks at whether to stop."""
_KEY = "pseudonym_key"
_LETTERS = 20


@dataclass(slots=True)
class Job:
    """One file that is being written. `done` people were looked at, of `ids`; those in `gone` may not leave, and those
    in `doubted` are not in it because what is recorded of them cannot be trusted: their names, by id.

    `is_over` once it has its name or was stopped: nothing is written any more.
    `holds_what_stays` when it was asked to hold also what stays out of whatever is shared (decision 7).
    """

    kind: Kind
    path: Path
    ids: tuple[str, ...]
    areas: Mapping[str, str]
    key: bytes = field(repr=False, default=b"")
    done: int = 0
    lines: int = 0
    gone: list[str] = field(repr=False, default_factory=list)
    doubted: dict[str, str] = field(repr=False, default_factory=dict)
    is_begun: bool = False
    is_over: bool = False
    holds_what_stays: bool = False

    @property
    def left_out(self) -> int:
        """How many people are not in it, because nothing of them may leave."""
        return len(self.gone)

    @property
    def written(self) -> int:
        """How many people are in it."""
        return self.done - len(self.gone) - len(self.doubted)

    @property
    def part(self) -> Path:
        """The file while it is not whole yet."""
        return private_file.part_of(self.path)

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


@needs(Right.SHARE)
def keepers(session: Session) -> int:
    """Of how many people something stays out of whatever is shared."""
    fields = {KEPT_BACK: ("what", "what_words"), "contacts": ("involvement",), "person": ("address_restricted",)}
    with session.store.reading() as connection:
        return sum(
            any(
                one.section == KEPT_BACK
                or one.values.get("involvement") == "must_not_be_told"
                or one.values.get("address_restricted") is True
                for one in found
            )
            for _person, found in across.entries(connection, fields)
        )


def _everybody(session: Session) -> tuple[str, ...]:
    with session.store.reading() as connection:
        return people.all_ids(connection)


@needs(Right.SHARE)
def begin(session: Session, kind: Kind, path: Path, *, holds_what_stays: bool = False) -> Job:
    """Begin a file where the user chose, and note it before anything is in it.

    Raises PrintFailed; NotAsWritten when the whole record is in doubt.
    What people keep back, what is recorded of somebody who must not be told, and confidential addresses are left out
    unless `holds_what_stays`, which only a file of the plans for the organisation itself can.
    """
    organisation.refuse_saving(session.policy)
    going_out.refuse_record(session, Way.SAVED)
    key = b"" if kind.has_names else _key(session)
    job = Job(kind, path, _everybody(session), measures.area_table(session), key)
    job.holds_what_stays = holds_what_stays and kind.can_hold_what_stays
    _note(session, job, "data out begun")
    return job


@needs(Right.SHARE)
def go_on(session: Session, job: Job) -> Job:
    """Write a few more people; the file takes its name, and is noted, when everybody is in it.

    Raises PrintFailed when it cannot be written, Cancelled when it was stopped. Whatever goes wrong, nothing of it is
    left behind: it holds the plans in the clear.
    """
    if job.is_over:
        raise Cancelled("This file was stopped.", "Nothing of it was left behind.")
    ids = job.ids[job.done : job.done + AT_A_TIME]
    try:
        going_out.refuse_record(session, Way.SAVED)
        _append(session, job, "".join(_written(session, job, ids)))
        job.done += len(ids)
        _note_whose(session, job, ids)
        if job.is_done:
            private_file.finish(session, job.path)
            job.is_over = True
            _note(session, job, "data out")
    except BaseException as error:
        with suppress(UserError):  # a disk that is full takes no note either; what went wrong is told
            stop(session, job)
        if isinstance(error, OSError):
            raise _cannot_write() from error
        raise
    return job


@needs(Right.SHARE)
def stop(session: Session, job: Job) -> Job:
    """Stop, and leave nothing of the file behind; a file that is whole already stays."""
    if not job.is_over:
        job.is_over = True
        if job.is_begun:
            private_file.give_up(session, job.path)
        _note(session, job, "data out stopped")
    return job


def _note(session: Session, job: Job, action: str) -> None:
    detail: dict[str, str | int] = {"what": job.kind.value, "people": job.written, "left_out": job.left_out}
    if job.doubted:
        detail["in_doubt"] = len(job.doubted)
    if job.holds_what_stays:
        detail["kept_back"] = "held too"
    with session.store.writing() as connection:
        audit.note(connection, session.clock(), session.user.id, action, "", detail)


def _note_whose(session: Session, job: Job, ids: Sequence[str]) -> None:
    """What names people is noted for each of them, so that it stands in the list of who has seen their record."""
    gone = {*job.gone, *job.doubted}
    with session.store.writing() as connection:
        for person_id in ids if job.kind.has_names else ():
            if person_id not in gone:
                detail: dict[str, str | int] = {"what": f"everything as {job.kind.value}"}
                audit.note(connection, session.clock(), session.user.id, "exported", person_id, detail)


def _append(session: Session, job: Job, text: str) -> None:
    """Add to the file; its first line, for a file that has one, comes first."""
    is_new, job.is_begun = not job.is_begun, True
    if is_new and job.kind in (Kind.CSV, Kind.EXTRACT, Kind.ASSESSMENTS):
        text = "\ufeff" + line_of(tuple(one.key for one in job.kind.fields)) + text
    if is_new:
        private_file.begin(session, job.path)
    # The file must be there: one that somebody took away meanwhile is not begun again in its middle.
    with job.part.open("r+b") as file:
        file.seek(0, os.SEEK_END)
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())


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
            yield line_of(row)
        return
    for person_id in ids:
        if job.kind is Kind.FHIR:
            try:
                bundle = exporting.bundle_of(session, person_id)
            except NotAllowed:
                job.gone.append(person_id)
                continue
            except NotAsWritten as error:
                job.doubted[person_id] = error.who
                continue
            yield json.dumps(bundle, ensure_ascii=False) + "\n"
        else:
            with session.store.reading() as connection:
                if _is_doubted(session, connection, job, person_id):
                    continue
                plan = plans.plan_of(connection, session.catalogue, person_id, session.clock(), session.user.id)
            stays = staying(plan, version_from(plan))
            if not job.holds_what_stays:
                plan, stays = without(plan, stays), {}
            yield from csv_of(plan, stays) if job.kind is Kind.CSV else (json_of(plan, stays),)
        job.lines += 1


def _is_doubted(session: Session, connection: Connection, job: Job, person_id: str) -> bool:
    """Whether somebody is left out because their record is not as it was written; whose it is, is noted in the job."""
    try:
        going_out.refuse_person(session, connection, person_id, Way.SAVED)
    except NotAsWritten as error:
        job.doubted[person_id] = error.who
    return person_id in job.doubted


def _extract_rows(session: Session, job: Job, ids: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """The rows of an extract without names, of these people."""
    now = session.clock()
    on = dates.today(now)
    with session.store.reading() as connection:
        ids = [one for one in ids if not _is_doubted(session, connection, job, one)]
        found = dict(across.entries(connection, READ, person_ids=list(ids)))
        began = people.added_on(connection, ids)
    for person_id in ids:
        entries = as_may_leave(
            session.catalogue, [(one.section, one.entry, one.values) for one in found.get(person_id, [])]
        )
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
