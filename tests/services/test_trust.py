"""A record that is not as it was written says so, on every plan and in words, and nothing of it is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.errors import InvalidValue, NotAllowed, PrintFailed, StoreError, StoreFull
from eolc_desktop.models import keys
from eolc_desktop.models.head_file import KeptHead, read_head
from eolc_desktop.models.opening import connect
from eolc_desktop.models.store import Store, open_store
from eolc_desktop.record import audit
from eolc_desktop.services import people, plans, printing, trust
from eolc_desktop.services.session import Doubt, Session
from tests.services.laptop import CHEAP, GOOD

pytestmark = pytest.mark.hazard("H30")


@pytest.fixture
def plan(session: Session) -> Plan:
    return people.add_person(session, {"family_name": "Smith", "given_names": "Margaret Rose"}).plan


@pytest.fixture
def again(session: Session) -> Iterator[Callable[[], Session]]:
    """Opens the record again, as the next unlocking does."""
    opened: list[Store] = []

    def reopen() -> Session:
        session.store.close()
        for store in opened:
            store.close()
        opened.append(open_store(session.store.path, session.store.place.key, session.store.store_id))
        return replace(session, store=opened[-1], doubt=Doubt(), unnoted=[])

    yield reopen
    for store in opened:
        store.close()


def change_from_outside(
    session: Session, what: str = "UPDATE change SET value = '\"Smythe\"' WHERE sequence = 1"
) -> None:
    raw = connect(session.store.place)
    raw.execute("DROP TRIGGER change_is_never_updated")
    raw.execute(what)
    raw.close()


def test_a_record_that_fits_is_printed_and_nothing_is_said(session: Session, plan: Plan) -> None:
    trust.keep_head(session)
    assert not trust.look_first(session)
    assert not trust.look_whole(session)
    assert not trust.doubt_about(session, plan.person_id)
    assert printing.prepare(session, plan.person_id, "family-plan")


def test_a_plan_that_was_changed_says_so_when_it_is_opened_and_is_not_printed(session: Session, plan: Plan) -> None:
    other = people.add_person(session, {"family_name": "Khan"}).plan.person_id
    change_from_outside(session)
    assert plans.open_plan(session, plan.person_id), "it is shown all the same: it may be all there is"
    assert trust.doubt_about(session, plan.person_id).lines == ("This person’s plan is not as it was written.",)
    with pytest.raises(PrintFailed, match="cannot be trusted"):
        printing.prepare(session, plan.person_id, "family-plan")
    plans.open_plan(session, other)
    assert not trust.doubt_about(session, other)
    assert printing.prepare(session, other, "family-plan")


def test_it_is_not_printed_either_when_nobody_opened_it_before(session: Session, plan: Plan) -> None:
    change_from_outside(session)
    with pytest.raises(PrintFailed, match="cannot be trusted"):
        printing.prepare(session, plan.person_id, "family-plan")


def test_an_older_file_is_noticed_before_anything_is_shown(
    session: Session, plan: Plan, again: Callable[[], Session]
) -> None:
    session = again()
    session.store.close()
    old = session.store.path.read_bytes()
    session = again()
    plans.save_entry(session, plan, "about_me", MAIN, {"most_important": "My own bed"})
    assert trust.keep_head(session)
    session.store.close()
    session.store.path.write_bytes(old)
    session = again()
    assert "2 saves are missing" in trust.look_first(session).lines[0]  # the save, and the audit that was sealed
    with pytest.raises(PrintFailed, match="cannot be trusted"):
        printing.prepare(session, plan.person_id, "family-plan")
    assert not trust.keep_head(session), "what was kept of the newer record is not written over"


def test_it_is_accepted_only_with_a_reason_by_who_may_and_when_it_is_whole_in_itself(
    session: Session, plan: Plan
) -> None:
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
    session = replace(session, costs=CHEAP)
    kept = KeptHead(session.store.store_id, 999, "0" * 64)
    session.profile.head.write_text(kept.as_text())
    assert trust.look_first(session)
    with pytest.raises(InvalidValue):
        trust.accept_as_it_is(session, GOOD, " ")
    nurse = replace(session, user=replace(session.user, roles=frozenset({"nurse"})))
    with pytest.raises(NotAllowed):
        trust.accept_as_it_is(nurse, GOOD, "compared with the paper")
    trust.accept_as_it_is(session, GOOD, "compared with the paper in each house")
    assert not trust.look_first(session)
    assert printing.prepare(session, plan.person_id, "family-plan")
    with session.store.reading() as connection:
        (line,) = [line for line in audit.lines(connection) if line.action == "accepted an older record"]
    assert line.detail["reason"] == "compared with the paper in each house"
    change_from_outside(session)
    with pytest.raises(StoreError, match="not whole in itself"):
        trust.accept_as_it_is(session, GOOD, "compared with the paper")


def test_the_head_of_another_record_says_nothing(session: Session, plan: Plan) -> None:
    session.profile.head.write_text(KeptHead("another", 999, "0" * 64).as_text())
    assert not trust.look_first(session)


@pytest.mark.parametrize(
    "content", ["", "{}", "[1, 2]", "nonsense", '{"store": 3, "number": "x", "mac": ""}', "[" * 9999]
)
def test_a_head_that_cannot_be_read_is_none(session: Session, content: str) -> None:
    session.profile.head.write_text(content)
    assert read_head(session.profile.head) is None
    assert not trust.look_first(session)


def test_a_code_on_paper_tells_whether_everything_is_still_here(
    session: Session, plan: Plan, again: Callable[[], Session]
) -> None:
    first = trust.paper_code(session)
    assert trust.compare_code(session, first).startswith("The record holds everything")
    session = again()
    session.store.close()
    old = session.store.path.read_bytes()
    session = again()
    plans.save_entry(session, plan, "about_me", MAIN, {"most_important": "My own bed"})
    second = trust.paper_code(session)
    assert "and 1 later saves" in trust.compare_code(session, first.lower().replace("-", " "))
    assert "does not belong to this record" in trust.compare_code(
        session, f"{second[:-1]}{'X' if second[-1] != 'X' else 'Y'}"
    )
    for typed in ("", "K7", "I am not a code of this record at all"):
        with pytest.raises(InvalidValue):
            trust.compare_code(session, typed)
    session.store.close()
    session.store.path.write_bytes(old)
    assert "older than that code" in trust.compare_code(again(), second)


@pytest.mark.hazard("H08", "H10")
def test_a_plan_is_read_on_a_full_disk_and_the_audit_follows_when_there_is_room(
    session: Session, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object, **_named: object) -> None:
        raise StoreFull("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(audit, "note", full)
        assert plans.open_plan(session, plan.person_id).person_id == plan.person_id
    assert len(session.unnoted) == 1
    trust.keep_head(session)
    assert session.unnoted == []
    with session.store.reading() as connection:
        assert [line.action for line in audit.lines(connection, plan.person_id)] == ["added", "opened"]
