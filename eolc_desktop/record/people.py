"""Listing and finding people, and those whose names look alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, false, func, literal_column, or_, select, text

from eolc_desktop.care_plan.dates import DateNotUnderstood, parse_typed
from eolc_desktop.care_plan.nhs_number import digits_of
from eolc_desktop.models.tables import conflict, person, set_aside
from eolc_desktop.record.folding import fold, sound_of, words_of
from eolc_desktop.record.rows import moment_of


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the caseload; what its texts mean, `care_plan.listed` says.

    `looks_alike`: another person on this laptop has a name that could be taken for it. `cpr_conflict`: two versions of
    the CPR decision wait to be settled, so that `cpr_decision` says only one of them.
    """

    id: str
    family_name: str
    given_names: str
    title: str
    preferred_name: str
    birth_date: str
    gender: str
    nhs_number: str
    postcode: str
    cpr_decision: str
    preferred_death: str
    review_date: str
    died_on: str
    version: int
    last_change_at: str
    stage: str
    plan_status: str
    review_responsible: str
    key_worker: str
    practice: str
    diagnosis: str
    on_register: str
    fast_track: str
    just_in_case: str
    last_meeting: str
    last_conversation: str
    looks_alike: bool
    cpr_conflict: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines of a list, how many there are in all, and of how many people on this laptop."""

    rows: tuple[PersonRow, ...]
    total: int
    offset: int
    everyone: int


_other = person.alias("other")
_NOT_LISTED = select(set_aside.c.person_id)
"""Those who were joined into another record of the same person, or taken off the lists."""
_LOOKS_ALIKE = exists().where(
    _other.c.sound_name == person.c.sound_name,
    _other.c.id != person.c.id,
    person.c.sound_name != "",
    _other.c.id.not_in(_NOT_LISTED),
)


def in_conflict(*, about_cpr: bool = False) -> Select[str]:
    """The ids of those about whom a conflict waits to be settled; or one about the CPR decision."""
    # The words of its index must stand as they are, for the index to be used: no conflict that was settled is read.
    wanted = select(conflict.c.person_id).where(conflict.c.settled_at == literal_column("''"))
    return wanted.where(conflict.c.about_cpr == 1) if about_cpr else wanted


def has_cpr_conflict() -> ColumnElement[bool]:
    """The condition that two versions of somebody's CPR decision wait to be settled."""
    return person.c.id.in_(in_conflict(about_cpr=True))


_WORKED_OUT = {"looks_alike": _LOOKS_ALIKE, "cpr_conflict": has_cpr_conflict()}
_COLUMNS = [_WORKED_OUT[name].label(name) if name in _WORKED_OUT else person.c[name] for name in PersonRow.__slots__]
_LIST = select(*_COLUMNS).order_by(person.c.sort_name, person.c.number)
_LISTED = _LIST.where(person.c.id.not_in(_NOT_LISTED))
_COUNT = select(func.count()).select_from(person).where(person.c.id.not_in(_NOT_LISTED))


def is_listed() -> ColumnElement[bool]:
    """The condition that somebody was neither joined into another record nor taken off the lists."""
    return person.c.id.not_in(_NOT_LISTED)


def _person(row: Any) -> PersonRow:
    return PersonRow(*row)


def matching(typed: str) -> ColumnElement[bool] | None:
    """The condition under which a person is found by what was typed; None when nothing was typed.

    Every word must begin a word of the names, the postcode or the NHS number; a whole date finds by date of birth.
    What was typed is never handed to the search engine as syntax (threat T21).
    """
    if not typed.strip():
        return None
    digits = digits_of(typed)
    only_digits = digits and not typed.strip("0123456789 -.")
    terms = [digits] if only_digits else words_of(typed)
    try:
        born = parse_typed(typed)
    except DateNotUnderstood:
        born = ""
    if len(born) == 10:
        terms = [f"born{born.replace('-', '')}"]
    if not terms:
        return false()
    query = " ".join(f'"{term}"*' for term in terms)
    found = text("SELECT rowid FROM person_search WHERE person_search MATCH :words").bindparams(words=query)
    return person.c.number.in_(found.columns(literal_column("rowid")).scalar_subquery())


def listed(
    connection: Connection,
    typed: str = "",
    offset: int = 0,
    limit: int = 200,
    among: Sequence[ColumnElement[bool]] = (),
    order: Sequence[ColumnElement[Any]] = (),
) -> Page:
    """People found by what was typed, a page at a time; with `among`, only of those. They stand in the order of their
    names, after `order` where one is given."""
    found = matching(typed)
    conditions = [*([found] if found is not None else []), *among]
    wanted = _LISTED.order_by(None).order_by(*order, person.c.sort_name, person.c.number) if order else _LISTED
    rows = connection.execute(wanted.where(*conditions).limit(limit).offset(offset)).all()
    everyone = connection.execute(_COUNT).scalar_one()
    total = connection.execute(_COUNT.where(*conditions)).scalar_one() if conditions else everyone
    return Page(tuple(_person(row) for row in rows), total, offset, everyone)


def row_of(connection: Connection, person_id: str) -> PersonRow | None:
    """The line of one person, or None."""
    row = connection.execute(_LIST.where(person.c.id == person_id)).first()
    return _person(row) if row else None


def rows_of(connection: Connection, person_ids: Sequence[str]) -> tuple[PersonRow, ...]:
    """The lines of these people, in the order of their names."""
    rows = connection.execute(_LIST.where(person.c.id.in_(person_ids))).all()
    return tuple(_person(row) for row in rows)


def look_alikes(
    connection: Connection, family_name: str, given_names: str, birth_date: str, nhs_number: str = "", besides: str = ""
) -> tuple[PersonRow, ...]:
    """Other people who could be taken for this one (hazards H01, H03 and H34).

    The same NHS number; or a family name that sounds alike with the same initial; or the same date of birth with the
    same first given name or a family name that sounds alike.
    """
    sound = sound_of(family_name, given_names)
    first = fold(given_names).split()
    conditions: list[Any] = []
    if sound:
        conditions.append(person.c.sound_name == sound)
    if birth_date and sound:
        conditions.append(and_(person.c.birth_date == birth_date, person.c.sound_name.startswith(sound[:4])))
    if birth_date and first:
        conditions.append(and_(person.c.birth_date == birth_date, person.c.sort_name.contains(f" {first[0]}")))
    if nhs_number:
        conditions.append(person.c.nhs_number == nhs_number)
    if not conditions:
        return ()
    rows = connection.execute(_LISTED.where(or_(*conditions), person.c.id != besides)).all()
    return tuple(_person(row) for row in rows)


def with_nhs_number(connection: Connection, nhs_number: str) -> tuple[PersonRow, ...]:
    """The people recorded with this NHS number: more than one is a finding, never an error."""
    rows = connection.execute(_LISTED.where(person.c.nhs_number == digits_of(nhs_number))).all()
    return tuple(_person(row) for row in rows)


def born_on(connection: Connection, birth_date: str, besides: str) -> tuple[PersonRow, ...]:
    """The people born on a day, but for one of them."""
    rows = connection.execute(_LISTED.where(person.c.birth_date == birth_date, person.c.id != besides)).all()
    return tuple(_person(row) for row in rows)


def all_ids(connection: Connection) -> tuple[str, ...]:
    """The ids of everybody who is listed."""
    listed_ids = select(person.c.id).where(person.c.id.not_in(_NOT_LISTED)).order_by(person.c.number)
    return tuple(connection.execute(listed_ids).scalars())


def versions_of_the_living(connection: Connection) -> dict[str, int]:
    """The version of the plan of everybody who is listed and has not died, by their id."""
    wanted = select(person.c.id, person.c.version).where(person.c.died_on == "", person.c.id.not_in(_NOT_LISTED))
    return {row.id: row.version for row in connection.execute(wanted)}


def latest(connection: Connection, limit: int) -> tuple[PersonRow, ...]:
    """The people whose plans changed last, the latest first."""
    wanted = _LISTED.where(person.c.last_change_at != "").order_by(None).order_by(person.c.last_change_at.desc())
    return tuple(_person(row) for row in connection.execute(wanted.limit(limit)).all())


def review_due(connection: Connection, by: str, limit: int) -> tuple[PersonRow, ...]:
    """The living whose planned review is on or before a day, the earliest first."""
    wanted = (
        _LISTED.where(person.c.review_date != "", person.c.review_date <= by, person.c.died_on == "")
        .order_by(None)
        .order_by(person.c.review_date, person.c.sort_name)
    )
    return tuple(_person(row) for row in connection.execute(wanted.limit(limit)).all())


def who_died(connection: Connection) -> tuple[PersonRow, ...]:
    """Everybody with a date of death, listed or not, in the order of their names."""
    return tuple(_person(row) for row in connection.execute(_LIST.where(person.c.died_on != "")).all())


def added_on(connection: Connection, person_ids: Sequence[str]) -> dict[str, datetime]:
    """When the records of these people were begun."""
    rows = connection.execute(select(person.c.id, person.c.added_at).where(person.c.id.in_(person_ids)))
    return {row.id: moment_of(row.added_at) for row in rows}
