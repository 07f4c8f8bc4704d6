"""Records are kept for as long as the rule says, and disposed of by it alone, with a log."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.errors import InvalidValue, NotAllowed, NotAsWritten
from eolc_desktop.models import keys
from eolc_desktop.models.opening import connect
from eolc_desktop.models.tables import metadata
from eolc_desktop.record import chain
from eolc_desktop.services import people, plans, retention
from eolc_desktop.services.session import Session
from tests.services.laptop import CHEAP, GOOD


@pytest.fixture
def held(session: Session) -> Session:
    """The session on a record whose user has a passphrase."""
    keys.create_slots(
        session.profile.keys,
        session.user.id,
        session.user.name,
        GOOD,
        session.clock,
        store_id=session.store.store_id,
        key=session.store.place.key,
        costs=CHEAP,
    )
    return replace(session, costs=CHEAP)


def died(session: Session, name: str, died_on: str) -> str:
    plan = people.add_person(session, {"family_name": name, "given_names": "Ann"}).plan
    plans.save_entry(session, plan, "death", MAIN, {"died_on": died_on})
    return plan.person_id


@pytest.mark.parametrize(
    ("died_on", "is_due"),
    [
        ("2018-11-11", True),
        ("2018-11-12", False),
        ("2018-10", True),
        ("2018-11", False),
        ("2018", False),
        ("2017", True),
    ],
)
def test_whose_time_is_over(held: Session, died_on: str, is_due: bool) -> None:
    """Today is 12 November 2026."""
    who = died(held, "Old", died_on)
    people.add_person(held, {"family_name": "Living"})
    assert [row.id for row in retention.due(held).people] == ([who] if is_due else [])


def test_the_rule_is_the_organisations(held: Session) -> None:
    died(held, "Old", "2018-11-01")
    retention.set_years(held, 20)
    assert retention.due(held).people == ()
    for years in (0, 100, -1):
        with pytest.raises(InvalidValue):
            retention.set_years(held, years)


def test_disposed_of_nothing_of_them_is_left_but_the_log_and_the_seals_hold(held: Session) -> None:
    old, other = died(held, "Zqxcanary", "2010-01-01"), died(held, "Newer", "2025-01-01")
    plans.keep_draft(held, old, "about_me/main", {"most_important": "Zqxcanary words"}, 1)
    retention.dispose(held, [old], GOOD)
    assert {row.id for row in people.caseload(held).rows} == {other}
    assert people.caseload(held, "zqxcanary").total == 0
    (line,) = retention.log(held)
    assert (line.person_id, line.rule, line.by_user) == (old, "8 years after the death", held.user.id)
    assert line.changes > 1
    with held.store.reading() as connection:
        assert chain.check_all(connection).ok
        for table in metadata.tables:
            rows = connection.exec_driver_sql(f'SELECT * FROM "{table}"').all()
            assert "Zqxcanary" not in repr(rows), table
    with held.store.reading() as connection:
        sql = "SELECT count(*) FROM sqlite_master WHERE name = 'change_is_never_deleted'"
        assert connection.exec_driver_sql(sql).scalar() == 1, "the journal is guarded again"


def test_nobody_else_can_be_disposed_of(held: Session) -> None:
    newer = died(held, "Newer", "2025-01-01")
    living = people.add_person(held, {"family_name": "Living"}).plan.person_id
    for who in (newer, living):
        with pytest.raises(NotAllowed):
            retention.dispose(held, [who], GOOD)
    assert people.caseload(held).total == 2


def test_a_deletion_past_the_program_does_not_pass_for_a_disposal(held: Session) -> None:
    who = died(held, "Newer", "2025-01-01")
    with held.store.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER change_is_never_deleted")
        connection.exec_driver_sql("DELETE FROM current WHERE person_id = ?", (who,))
        connection.exec_driver_sql("DELETE FROM change WHERE person_id = ?", (who,))
    with held.store.reading() as connection:
        assert not chain.check_all(connection).ok


@pytest.mark.hazard("H30")
def test_nobody_is_disposed_of_by_a_day_of_death_that_was_changed_from_outside(held: Session) -> None:
    who = died(held, "Ng", "2026-05-01")
    raw = connect(held.store.place)
    raw.execute("UPDATE person SET died_on = '2001-05-01' WHERE id = ?", (who,))
    raw.close()
    assert [row.id for row in retention.due(held).people] == [who]
    with pytest.raises(NotAsWritten, match="cannot be disposed of"):
        retention.dispose(held, [who], GOOD)
    assert plans.read_plan(held, who).text("death", "died_on") == "2026-05-01"
    assert retention.log(held) == ()
