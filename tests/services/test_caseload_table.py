"""The caseload sorted, grouped and narrowed: each compared with the plans themselves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from eolc_desktop.care_plan.fields import is_empty
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.paths import Profile
from eolc_desktop.record import people as listing
from eolc_desktop.services import caseload_export, caseload_table, plans
from eolc_desktop.services.caseload_table import BY_KEY, COLUMNS, GROUPS, OF_CHOICE, Arrangement, Wanted
from eolc_desktop.services.invented.filling import fill
from eolc_desktop.services.session import Session
from tests.fixed_clock import FixedClock
from tests.services.opened import opened_session

PEOPLE = 60


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    profile = Profile(tmp_path_factory.mktemp("table") / "profile")
    profile.make_private()
    with opened_session(profile, FixedClock(), made_up=True) as session:
        fill(session, PEOPLE, 11)
        yield session


@pytest.fixture(scope="module")
def read(filled: Session) -> dict[str, Plan]:
    with filled.store.reading() as connection:
        ids = listing.all_ids(connection)
    return {person_id: plans.read_plan(filled, person_id) for person_id in ids}


def value(plan: Plan, key: str) -> str:
    """What a column says, from the plan by itself."""
    stored = BY_KEY[key].stored
    if key in ("met", "talked"):
        return max((entry.text(stored.field) for entry in plan.entries(stored.section)), default="")
    if plan.entry(stored.section) is None:
        return ""
    found = plan.value(stored.section, stored.field)
    if isinstance(found, dict):
        return str(found.get("text", ""))
    return "" if is_empty(found) else str(found)


@pytest.mark.parametrize("column", [column.key for column in GROUPS])
def test_groups_and_narrowing_hold_whom_the_plans_say(filled: Session, read: dict[str, Plan], column: str) -> None:
    shown = caseload_table.listed(filled, Wanted(arranged=Arrangement(group=column)), 0, PEOPLE)
    assert sum(group.people for group in shown.groups) == PEOPLE
    for group in shown.groups:
        expected = {person_id for person_id, plan in read.items() if value(plan, column) == group.key}
        assert len(expected) == group.people, group
        assert {person_id for person_id, key in shown.group_of.items() if key == group.key} == expected
        narrowed = Arrangement(narrowed=((column, group.key),))
        page = caseload_table.listed(filled, Wanted(arranged=narrowed), 0, PEOPLE).page
        assert {row.id for row in page.rows} == expected
        assert page.total == group.people
    keys = [shown.group_of[row.id] for row in shown.page.rows]
    assert keys == sorted(keys, key=[group.key for group in shown.groups].index), (
        "groups stand together, in their order"
    )


@pytest.mark.parametrize("column", [column.key for column in COLUMNS])
@pytest.mark.parametrize("descending", [False, True])
def test_sorted_both_ways_without_anybody_lost_those_without_a_value_last(
    filled: Session, read: dict[str, Plan], column: str, descending: bool
) -> None:
    how = Arrangement(columns=tuple(c.key for c in OF_CHOICE), sort=column, descending=descending)
    shown = caseload_table.listed(filled, Wanted(arranged=how), 0, PEOPLE)
    assert {row.id for row in shown.page.rows} == set(read)
    stored = BY_KEY[column].stored
    if column == "name":
        values = [listed_name(row.family_name, row.given_names) for row in shown.page.rows]
    elif stored.section:
        values = [value(read[row.id], column) for row in shown.page.rows]
    else:
        values = [getattr(row, stored.column) for row in shown.page.rows]
    there = [one for one in values if one]
    assert not any(values[len(there) :]), "those without a value stand last"
    place = {key: number for number, key in enumerate(stored.order)}
    order = sorted(there, key=lambda one: (place.get(one, 99) if place else 0, str(one).lower()), reverse=descending)
    if place:
        assert [place.get(one, 99) for one in there] == [place.get(one, 99) for one in order]
    elif column != "name":
        assert [str(one).lower() for one in there] == [str(one).lower() for one in order]


def listed_name(family: str, given: str) -> str:
    return f"{family} {given}".strip()


def test_pages_follow_each_other_without_gap_or_repeat(filled: Session) -> None:
    wanted = Wanted(arranged=Arrangement(sort="stage", group="worker"))
    whole = [row.id for row in caseload_table.listed(filled, wanted, 0, PEOPLE).page.rows]
    parts = [row.id for at in range(0, PEOPLE, 7) for row in caseload_table.listed(filled, wanted, at, 7).page.rows]
    assert parts == whole


def test_everything_that_is_shown_is_taken_out_in_its_order(filled: Session) -> None:
    wanted = Wanted(arranged=Arrangement(sort="born", columns=("born", "nhs", "stage", "diagnosis")))
    of = caseload_export.shown(filled, wanted)
    lines = caseload_export.as_csv(of).decode("utf-8-sig").splitlines()
    assert lines[0] == "Name,Born,NHS No.,Stage,Diagnosis"
    assert len(lines) == PEOPLE + 1
    first = caseload_table.listed(filled, wanted, 0, 1).page.rows[0]
    assert first.family_name.upper() in lines[1]
