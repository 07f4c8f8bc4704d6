"""The caseload as a table: which columns there are, and the people sorted, grouped and narrowed as arranged."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

from sqlalchemy import ColumnElement

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.fields import Kind
from eolc_desktop.care_plan.listed import ABSENT, answer
from eolc_desktop.care_plan.value_sets import value_set
from eolc_desktop.care_plan.words import display
from eolc_desktop.record import caseload_columns, people, users
from eolc_desktop.record.caseload_columns import NOT_RECORDED, Stored
from eolc_desktop.record.people import Page, PersonRow
from eolc_desktop.services import caseload_views
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

_KEPT = "caseload_arrangement"


def _choice(column: str, section: str, key: str, options: str) -> Stored:
    return Stored(column, section, key, tuple(option.key for option in value_set(options)))


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, its heading, where its values stand, and whether people can be grouped and narrowed by it."""

    key: str
    heading: str
    stored: Stored
    is_choice: bool = False
    sample: str = ""


COLUMNS = (
    Column("name", "Name", Stored("sort_name")),
    Column("preferred", "Preferred name", Stored("preferred_name"), sample="Preferred name"),
    Column("born", "Born", Stored("birth_date", "person", "birth_date"), sample="05-Mmm-1941 (85y)"),
    Column("nhs", "NHS No.", Stored("nhs_number"), sample="999 000 0018"),
    Column("place", "Preferred place",
           _choice("preferred_death", "places", "preferred_death", "preferred_place_of_death"),
           is_choice=True, sample="Home with family"),
    Column("cpr", "CPR", Stored("cpr_decision"), sample="Not recorded"),
    Column("review", "Review", Stored("review_date", "plan_control", "review_date"), sample="12-Mmm-2026"),
    Column("changed", "Last change", Stored("last_change_at"), sample="12-Mmm-2026"),
    Column("stage", "Stage", _choice("stage", "plan_control", "rag", "stage"), is_choice=True, sample="Green – months"),
    Column("status", "Plan", _choice("plan_status", "plan_control", "status", "plan_status"), is_choice=True,
           sample="Under review"),
    Column("worker", "Key worker", Stored("key_worker", "key_people", "key_worker_name"), is_choice=True,
           sample="Jo Okafor-Smith"),
    Column("reviewer", "Who reviews", Stored("review_responsible", "plan_control", "review_responsible"),
           is_choice=True, sample="Jo Okafor, district nurse"),
    Column("practice", "GP practice", Stored("practice", "key_people", "gp_practice"), is_choice=True,
           sample="Bridge Street Surg"),
    Column("diagnosis", "Diagnosis", Stored("diagnosis", "diagnosis", "primary"), sample="Cancer of the bowel"),
    Column("register", "Register", _choice("on_register", "register", "on_register", "palliative_register"),
           is_choice=True, sample="On the register"),
    Column("fast_track", "Fast Track", _choice("fast_track", "fast_track", "stage", "fast_track_stage"),
           is_choice=True, sample="Package started"),
    Column("just_in_case", "Just-in-case medicines", _choice("just_in_case", "anticipatory", "state", "anticipatory"),
           is_choice=True, sample="Box issued, in the house"),
    Column("met", "Team meeting", Stored("last_meeting", "team_reviews", "on"), sample="12-Mmm-2026"),
    Column("talked", "Last conversation", Stored("last_conversation", "conversations", "on"), sample="12-Mmm-2026"),
    Column("postcode", "Postcode", Stored("postcode"), sample="LS21 1AA"),
    Column("died", "Died", Stored("died_on", "death", "died_on"), sample="12-Mmm-2026"),
)  # fmt: skip
"""Every column, in the order they are offered in."""
BY_KEY: Mapping[str, Column] = {column.key: column for column in COLUMNS}
IDENTITY = ("name", "born", "nhs")
"""By these people are told apart: a list of several never goes without them."""
OF_CHOICE = tuple(column for column in COLUMNS if column.key not in IDENTITY)
GROUPS = tuple(column for column in COLUMNS if column.is_choice)
USUAL = ("preferred", "born", "nhs", "place", "cpr", "review", "changed")
MOST_COLUMNS = 9
"""Beside the name; more are not read on any screen."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How a user has the caseload: columns beside the name, what it is sorted and grouped by, and narrowed to.

    `narrowed` are keys of columns with the one value wanted ("" for people with none recorded).
    """

    columns: tuple[str, ...] = USUAL
    sort: str = "name"
    descending: bool = False
    group: str = ""
    narrowed: tuple[tuple[str, str], ...] = ()

    def narrow(self, column: str, value: str | None) -> Arrangement:
        """Narrowed by one more column; None for any value again."""
        kept = tuple(pair for pair in self.narrowed if pair[0] != column)
        return replace(self, narrowed=kept if value is None else (*kept, (column, value)))

    def with_column(self, key: str, shown: bool) -> Arrangement:
        """With a column shown or not, in the order they are offered in."""
        wanted = {*self.columns, key} if shown else {*self.columns} - {key}
        return replace(self, columns=tuple(column.key for column in COLUMNS if column.key in wanted))


@dataclass(frozen=True, slots=True)
class Group:
    """People who have the same value: its words, and how many they are."""

    key: str
    words: str
    people: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the table. `groups` are all groups in their order, `group_of` whose is which, by person."""

    page: Page
    groups: tuple[Group, ...] = ()
    group_of: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is wanted: what was typed, the key of a saved view, and how it is arranged."""

    typed: str = ""
    view: str = ""
    arranged: Arrangement = field(default_factory=Arrangement)


@needs(Right.READ)
def listed(session: Session, wanted: Wanted, offset: int = 0, limit: int = 200) -> Listed:
    """People sorted, grouped and narrowed as wanted, a page at a time."""
    how = wanted.arranged
    group = BY_KEY.get(how.group)
    order = [] if group is None else group.stored.in_order(descending=False)
    if how.sort != "name" or how.descending:
        order += BY_KEY[how.sort].stored.in_order(descending=how.descending)
    among = _conditions(session, wanted)
    with session.store.reading() as connection:
        page = people.listed(connection, wanted.typed, offset, limit, among, order)
        groups: tuple[Group, ...] = ()
        if group is not None and page.rows:
            found = people.matching(wanted.typed)
            conditions = [*among, *([found] if found is not None else [])]
            counts = caseload_columns.counted(connection, group.stored, conditions)
            groups = tuple(Group(one.value, value_words(session.catalogue, group, one.value), one.people)
                           for one in counts)  # fmt: skip
    of = {} if group is None else {row.id: _group_key(group, row) for row in page.rows}
    return Listed(page, groups, of)


@needs(Right.READ)
def of_people(session: Session, person_ids: Sequence[str]) -> tuple[PersonRow, ...]:
    """The lines of these people as they are now."""
    with session.store.reading() as connection:
        return people.rows_of(connection, person_ids)


@needs(Right.READ)
def values_to_narrow(session: Session, wanted: Wanted, column: str) -> tuple[Group, ...]:
    """The values of a column among those wanted, however it is narrowed by that column itself."""
    others = replace(wanted, arranged=wanted.arranged.narrow(column, None))
    found = people.matching(wanted.typed)
    among = [*_conditions(session, others), *([found] if found is not None else [])]
    of = BY_KEY[column]
    with session.store.reading() as connection:
        counts = caseload_columns.counted(connection, of.stored, among)
    return tuple(Group(one.value, value_words(session.catalogue, of, one.value), one.people) for one in counts)


def _conditions(session: Session, wanted: Wanted) -> list[ColumnElement[bool]]:
    among = caseload_views.among(session, wanted.view)
    return [*among, *(BY_KEY[key].stored.is_value(value) for key, value in wanted.arranged.narrowed if key in BY_KEY)]


def _group_key(group: Column, row: PersonRow) -> str:
    value: str = getattr(row, group.stored.column)
    return NOT_RECORDED if value.startswith(ABSENT) else value


def value_words(catalogue: Catalogue, column: Column, value: str) -> str:
    """A value by which people are grouped or narrowed, in words."""
    if value == NOT_RECORDED:
        return "Not recorded"
    return cell_words(catalogue, column, value)


def cell_words(catalogue: Catalogue, column: Column, value: str) -> str:
    """What a column of the list holds, in words; "" where nothing is recorded."""
    stored = column.stored
    if not value or not stored.section:
        return value
    field = catalogue[stored.section][stored.field]
    said = answer(value)
    return str(said) if field.kind is Kind.CODED and isinstance(said, str) else display(field, said)


CPR_CONFLICT = "CONFLICT"
"""In place of a CPR decision while two versions of it wait to be settled: neither is the one that holds."""


def cpr_recorded(row: PersonRow) -> str:
    """Whether a CPR decision is recorded. Which one is for the plan to say, beside its date (hazard H04)."""
    if row.cpr_conflict:
        return CPR_CONFLICT
    return "Recorded" if row.cpr_decision not in ("", "no_decision") else "Not recorded"


def row_words(catalogue: Catalogue, row: PersonRow, key: str) -> str:
    """The words of one person in a column; "" where nothing is recorded."""
    return cell_words(catalogue, BY_KEY[key], getattr(row, BY_KEY[key].stored.column))


@needs(Right.BE_HERE)
def kept(session: Session) -> Arrangement:
    """How the user had the caseload last; what it was narrowed to is not kept, for it would hide people unnoticed."""
    with session.store.reading() as connection:
        text = users.known(connection, f"{_KEPT}:{session.user.id}")
    return _read(text) if text else Arrangement()


@needs(Right.BE_HERE)
def keep(session: Session, arranged: Arrangement) -> None:
    """Keep how the user has the caseload, for the next time."""
    with session.store.writing() as connection:
        users.know(connection, f"{_KEPT}:{session.user.id}", json.dumps(asdict(replace(arranged, narrowed=()))))


def _read(text: str) -> Arrangement:
    read = json.loads(text)
    columns = tuple(key for key in read.get("columns", USUAL) if key in BY_KEY)
    sort, group = str(read.get("sort", "name")), str(read.get("group", ""))
    return Arrangement(
        tuple(dict.fromkeys((*columns, *(key for key in IDENTITY[1:] if key not in columns)))),
        sort if sort in BY_KEY else "name",
        bool(read.get("descending")),
        group if group in {column.key for column in GROUPS} else "",
    )
