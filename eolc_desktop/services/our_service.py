"""What the organisation keeps of itself: services near here, its look at itself, risks; from and to CSV and FHIR."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from eolc_desktop.care_plan.check import check_entry
from eolc_desktop.care_plan.fields import Kind, Section, Value, is_empty
from eolc_desktop.care_plan.our_service.sections import AREAS, SERVICES, catalogue, score
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, Edit, Entry, EntryState, Plan
from eolc_desktop.errors import ImportRefused, InvalidValue
from eolc_desktop.fhir import healthcare_service
from eolc_desktop.record import audit
from eolc_desktop.record import our_service as record
from eolc_desktop.record.folding import fold
from eolc_desktop.record.rows import new_id
from eolc_desktop.services.private_file import write_private
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

_NUMBER = re.compile(r"[+-]?[0-9][0-9 .()]*")
MOST_BYTES = 8_000_000
MOST_ROWS = 5_000


@needs(Right.READ)
def read(session: Session) -> Plan:
    """Everything that the organisation keeps of itself, as it stands now."""
    with session.store.reading() as connection:
        return record.read(connection, catalogue(), session.clock())


@needs(Right.RECORD)
def save(session: Session, section: str, entry: str, values: Mapping[str, Value]) -> Plan:
    """Record the values of one entry that differ from what stands. Raises InvalidValue for one that cannot be kept."""
    described = catalogue()[section]
    for problem in check_entry(described, dict(values)):
        if problem.unusable:
            raise InvalidValue(problem.says, "Nothing was saved, and what you typed is kept.", "", problem.field_key)
    plan = read(session)
    known = next((one for one in plan.all_entries(section) if one.id == entry), None)
    _write(session, list(_edits(section, entry, values, known)), section)
    return read(session)


def _edits(section: str, entry: str, values: Mapping[str, Value], known: Entry | None) -> Iterable[Edit]:
    for key, value in values.items():
        before = known.value(key) if known is not None else None
        kept = None if is_empty(value) else value
        if before != kept and not (known is None and kept is None):
            yield Edit(section, entry, key, kept)


@needs(Right.RECORD)
def set_state(session: Session, section: str, entry: str, state: EntryState, reason: str) -> Plan:
    """Take an entry off the list, with a reason; what was recorded of it stays."""
    if not reason.strip():
        raise InvalidValue("Please say why.", "Nothing was changed.", "A short reason is enough.")
    _write(session, [Edit(section, entry, ENTRY_ITSELF, state.value, reason=reason.strip())], section)
    return read(session)


def _write(session: Session, edits: Sequence[Edit], section: str) -> None:
    if not edits:
        return
    now = session.clock()
    with session.store.writing() as connection:
        count = record.append(connection, session.user.author, now, edits)
        detail: dict[str, str | int] = {"section": section, "lines": count}
        audit.note(connection, now, session.user.id, "service recorded", "", detail)


# Services near here


def found(plan: Plan, typed: str) -> tuple[Entry, ...]:
    """The services in which every word that was typed begins a word, by name; all of them where nothing was typed."""
    wanted = fold(typed).split()
    kinds = {option.key: option.label for option in SERVICES["kind"].options}
    services = []
    for entry in plan.entries("services"):
        said = [str(value) for value in entry.values.values() if isinstance(value, str)]
        words = fold(" ".join([*said, kinds.get(entry.text("kind"), "")])).split()
        if all(any(word.startswith(part) for word in words) for part in wanted):
            services.append(entry)
    return tuple(sorted(services, key=lambda entry: fold(entry.text("name"))))


@dataclass(frozen=True, slots=True)
class ToBringIn:
    """What a file would bring in: new entries, those whose name is known and that would change, and what was left."""

    section: str
    new: tuple[Mapping[str, Value], ...]
    changed: tuple[tuple[str, Mapping[str, Value]], ...]
    same: int
    left_out: tuple[str, ...]


@needs(Right.RECORD)
def preview(session: Session, section: str, content: bytes) -> ToBringIn:
    """Read a CSV file (columns named like the fields, by label or key) or, for services, a FHIR Bundle.

    Raises ImportRefused for a file that is neither. Nothing is written.
    """
    if len(content) > MOST_BYTES:
        raise ImportRefused("The file is too large for a list.", "Nothing was brought in.", "Split it.")
    described = catalogue()[section]
    is_json = content.lstrip()[:1] in (b"{", b"[")
    if is_json and section == SERVICES.key:
        rows, left = healthcare_service.read(content), list[str]()
    else:
        rows, left = _read_csv(described, content)
    plan = read(session)
    title = "name" if section == SERVICES.key else "begins"
    known = {fold(entry.text(title)): entry for entry in plan.entries(section)}
    new: list[Mapping[str, Value]] = []
    changed: list[tuple[str, Mapping[str, Value]]] = []
    same = 0
    for place, values in enumerate(rows, 1):
        problems = [one.says for one in check_entry(described, dict(values)) if one.unusable]
        if is_empty(values.get(title)) or problems:
            left.append(f"Line {place}: {'; '.join(problems) or f'no {described[title].label.lower()}'}")
            continue
        before = known.get(fold(str(values[title])))
        if before is None:
            new.append(values)
        elif any(before.value(key) != value for key, value in values.items()):
            changed.append((before.id, values))
        else:
            same += 1
    return ToBringIn(section, tuple(new), tuple(changed), same, tuple(left))


def _read_csv(section: Section, content: bytes) -> tuple[list[Mapping[str, Value]], list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    lines = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in text.split("\n", 1)[0] else ",")
    names = {fold(name): field for field in section.fields for name in (field.key, field.label)}
    columns = {column: names[fold(column)] for column in lines.fieldnames or () if fold(column or "") in names}
    if not columns:
        wanted = ", ".join(field.label for field in section.fields)
        raise ImportRefused(
            "No column of this file has a name that is known here.", "Nothing was brought in.", f"Columns: {wanted}."
        )
    rows: list[Mapping[str, Value]] = []
    left: list[str] = []
    try:
        for number, line in enumerate(lines, 1):
            if number > MOST_ROWS:
                left.append(f"Everything after line {MOST_ROWS:,}")
                break
            rows.append({f.key: v for column, f in columns.items() if (v := _typed(f.kind, f.options, line[column]))})
    except csv.Error as error:
        raise ImportRefused("The file is not a list that can be read.", "Nothing was brought in.", "") from error
    return rows, left


def _typed(kind: Kind, options: Sequence[object], said: str | None) -> Value:
    words = (said or "").strip()
    if kind is Kind.CHOICE:
        by_words = {fold(getattr(option, name)): option.key for option in options for name in ("key", "label")}  # type: ignore[attr-defined]
        return by_words.get(fold(words)) or next(
            (key for label, key in by_words.items() if words and label.startswith(fold(words))), None
        )
    return words


@needs(Right.RECORD)
def bring_in(session: Session, shown: ToBringIn) -> Plan:
    """Record everything that was shown, as one save."""
    plan = read(session)
    by_id = {entry.id: entry for entry in plan.entries(shown.section)}
    edits: list[Edit] = []
    for values in shown.new:
        edits += _edits(shown.section, new_id(), values, None)
    for entry, values in shown.changed:
        edits += _edits(shown.section, entry, values, by_id.get(entry))
    _write(session, edits, shown.section)
    return read(session)


@needs(Right.SHARE)
def save_csv(session: Session, section: str, path: Path) -> int:
    """Write a section as CSV where the user chose; returns how many lines. Raises PrintFailed."""
    described = catalogue()[section]
    entries = read(session).entries(section)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([field.label for field in described.fields])
    for entry in entries:
        writer.writerow([spreadsheet_safe(_plain(entry.value(field.key))) for field in described.fields])
    _save(session, path, out.getvalue().encode("utf-8-sig"), f"{section} as CSV", len(entries))
    return len(entries)


@needs(Right.SHARE)
def save_fhir(session: Session, path: Path) -> int:
    """Write the services as a FHIR Bundle of HealthcareService resources. Raises PrintFailed."""
    entries = read(session).entries("services")
    bundle = healthcare_service.bundle([(entry.id, entry.values) for entry in entries], session.clock())
    _save(session, path, json.dumps(bundle, ensure_ascii=False, indent=2).encode(), "services as FHIR", len(entries))
    return len(entries)


def _save(session: Session, path: Path, content: bytes, what: str, count: int) -> None:
    with session.store.writing() as connection:
        detail: dict[str, str | int] = {"what": what, "entries": count, "bytes": len(content)}
        audit.note(connection, session.clock(), session.user.id, "service saved", "", detail)
    write_private(session, path, content)


def _plain(value: Value) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def spreadsheet_safe(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would take for a formula (OWASP, CSV injection).

    Plain numbers and telephone numbers stay as they are.
    """
    begins = text[:1] in ("=", "+", "-", "@", "\t", "\r")
    return f"'{text}" if begins and not _NUMBER.fullmatch(text) else text


# The look at itself


@dataclass(frozen=True, slots=True)
class Step:
    """How one thing stood at one time, for red, amber and green over time."""

    entry: str
    at: datetime
    value: str


@needs(Right.READ)
def over_time(session: Session, section: str, field: str) -> tuple[Step, ...]:
    """Every value that a field had, with its day: colours of ambitions, impact and likelihood of risks."""
    with session.store.reading() as connection:
        lines = record.changes(connection, section, field)
    return tuple(Step(line.entry, line.at, line.value if isinstance(line.value, str) else "") for line in lines)


def risk_change(impacts: Sequence[Step], likelihoods: Sequence[Step], entry: str) -> int | None:
    """By how much a risk's score differs from what it was before it was last changed; None where there is no before."""
    moments = sorted(
        [(step.at, 0, step.value) for step in impacts if step.entry == entry]
        + [(step.at, 1, step.value) for step in likelihoods if step.entry == entry]
    )
    now = ["", ""]
    scores: list[int] = []
    for place, (at, which, value) in enumerate(moments):
        now[which] = value
        is_last_of_save = place + 1 == len(moments) or moments[place + 1][0] != at
        if is_last_of_save and (made := score(*now)) is not None:
            scores.append(made)
    return scores[-1] - scores[-2] if len(scores) > 1 else None


DIRECTORY, DEPRIVATION = SERVICES.key, AREAS.key
