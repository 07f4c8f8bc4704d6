"""What is asked at unlocking was asked before, of an empty record: with nothing on the disk and nobody in it."""

from __future__ import annotations

import logging
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine.interfaces import CacheStats

from eolc_desktop.app import rehearsal
from eolc_desktop.app.opening import begin_session, make_record
from eolc_desktop.app.rehearsal import rehearse
from eolc_desktop.care_plan.bank_holidays import is_bank_holiday
from eolc_desktop.models.in_memory import NOWHERE, store_in_memory
from eolc_desktop.paths import Profile
from eolc_desktop.services import caseload_table, people, settings, today
from tests.app.laptop import CHEAP, JO, WORDS
from tests.fixed_clock import FixedClock
from tests.strictness import ExpectedLog


def test_the_first_pages_ask_nothing_that_was_not_put_into_sql_before(profile: Profile, clock: FixedClock) -> None:
    rehearse(clock)
    made = make_record(profile, JO, WORDS, clock, costs=CHEAP)
    asked: list[CacheStats] = []

    def note(_connection: Any, _cursor: Any, _said: str, _values: Any, context: Any, _many: bool) -> None:
        asked.append(context.cache_hit)

    with made.store.reading() as connection:
        engine = connection.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        session = begin_session(made.store, made.user_id, profile, clock)
        today.today(session)
        people.recently_changed(session, 1)
        caseload_table.listed(session, caseload_table.Wanted("", "", caseload_table.kept(session)))
    finally:
        event.remove(engine, "before_cursor_execute", note)
        made.store.close()
    assert len(asked) > 5
    assert set(asked) == {CacheStats.CACHE_HIT}


def test_it_leaves_nothing_behind(clock: FixedClock, caplog: pytest.LogCaptureFixture) -> None:
    day = date(2026, 11, 12)
    settings.use_bank_holidays([day.isoformat()])
    try:
        _rehearsed(clock, caplog)
        assert is_bank_holiday(day), "what whoever signed in has put into force stays in force"
    finally:
        settings.use_bank_holidays([])


def _rehearsed(clock: FixedClock, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, rehearsal.log.name):
        rehearse(clock)
    assert [record.getMessage() for record in caplog.records if record.name == rehearsal.log.name] == ["rehearsed"]
    assert not NOWHERE.parent.exists()


def test_a_rehearsal_that_fails_is_noted_and_harms_nobody(
    clock: FixedClock, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, expected_log: ExpectedLog
) -> None:
    expected_log.expect(rehearsal.log.name)
    monkeypatch.setattr(today, "today", lambda _session: 1 / 0)
    rehearse(clock)
    assert "the rehearsal failed" in caplog.text


def test_a_store_in_memory_is_empty() -> None:
    with store_in_memory() as store, store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM person").scalar() == 0
    with pytest.raises(RuntimeError, match="closed"), store.reading():
        pass
