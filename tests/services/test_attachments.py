"""Attaching a file: encrypted in the store, once, whole, withdrawn but never lost, and in every backup."""

from __future__ import annotations

import pytest

from eolc_desktop.care_plan.plan import EntryState, Plan
from eolc_desktop.documents.attached import inspect
from eolc_desktop.errors import InvalidValue, StoreDamaged, UserError
from eolc_desktop.record import attachments as record
from eolc_desktop.services import attachments, plans
from eolc_desktop.services.session import Session
from tests.documents.test_attached import pdf, picture
from tests.services.people_made import a_person

WHAT = {"title": "CPR form on the fridge", "kind": "cpr_form", "original": "On the fridge door"}


@pytest.fixture
def plan(session: Session) -> Plan:
    return plans.read_plan(session, a_person(session))


def test_a_file_is_kept_with_what_it_is_and_comes_back_whole(session: Session, plan: Plan) -> None:
    data = picture("JPEG", (900, 700)) + bytes(600_000)  # several pieces; what follows a JPEG is part of the file
    result = attachments.attach(session, plan, WHAT, data, inspect(data))
    (one,) = attachments.attached(session, result.plan)
    assert one.is_here
    assert one.entry.text("title") == WHAT["title"]
    assert one.entry.value("size") == len(data)
    assert one.entry.items["sha256"].recorded_by == session.user.author
    assert attachments.read_file(session, plan.person_id, one.sha256) == data


def test_it_is_nowhere_on_the_disk_in_plain(session: Session, plan: Plan) -> None:
    data = pdf(1)
    attachments.attach(session, plan, WHAT, data, inspect(data))
    for path in session.profile.folder.rglob("*"):
        if path.is_file():
            held = path.read_bytes()
            assert data[:64] not in held
            assert b"on the fridge" not in held


def test_the_same_file_is_kept_once_and_one_persons_file_is_not_anothers(session: Session, plan: Plan) -> None:
    data = picture()
    first = attachments.attach(session, plan, WHAT, data, inspect(data))
    attachments.attach(session, first.plan, WHAT | {"title": "The same again"}, data, inspect(data))
    with session.store.reading() as connection:
        assert len(record.files_of(connection, plan.person_id)) == 1
    other = a_person(session)
    sha256 = attachments.attached(session, first.plan)[0].sha256
    with pytest.raises(UserError, match="not on this laptop"):
        attachments.read_file(session, other, sha256)


def test_it_is_withdrawn_with_a_reason_and_stays(session: Session, plan: Plan) -> None:
    data = picture()
    now = attachments.attach(session, plan, WHAT, data, inspect(data)).plan
    entry = attachments.attached(session, now)[0].entry
    now = plans.set_state(session, now, "documents", entry.id, EntryState.WITHDRAWN, "A newer form was signed").plan
    (one,) = attachments.attached(session, now)
    assert (one.entry.state, one.entry.reason) == (EntryState.WITHDRAWN, "A newer form was signed")
    assert attachments.read_file(session, plan.person_id, one.sha256) == data


def test_without_a_title_nothing_is_kept(session: Session, plan: Plan) -> None:
    data = picture()
    with pytest.raises(InvalidValue):
        attachments.attach(session, plan, {"title": " "}, data, inspect(data))
    with session.store.reading() as connection:
        assert record.files_of(connection, plan.person_id) == frozenset()


def test_a_file_that_is_no_longer_whole_is_never_shown_as_if_it_were(session: Session, plan: Plan) -> None:
    data = picture()
    attachments.attach(session, plan, WHAT, data, inspect(data))
    with session.store.writing() as connection:
        connection.exec_driver_sql("UPDATE attachment_part SET bytes = x'00' WHERE number = 0")
    with session.store.reading() as connection:
        (sha256,) = record.files_of(connection, plan.person_id)
    with pytest.raises(StoreDamaged):
        attachments.read_file(session, plan.person_id, sha256)
