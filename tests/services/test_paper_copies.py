"""The register through a real store: entered before paper, asked about, recalled when the plan changes, looked up."""

from __future__ import annotations

from pathlib import Path

import pytest

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import Edit
from eolc_desktop.errors import PrintFailed, UserError
from eolc_desktop.record import exchange, journal, paper_copies, people
from eolc_desktop.record.exchange import SharedPerson
from eolc_desktop.services import paper_copies as services
from eolc_desktop.services import plans, printing
from eolc_desktop.services.paper_copies import Standing
from eolc_desktop.services.session import Session
from tests.fixed_clock import FixedClock


@pytest.fixture
def person_id(session: Session) -> str:
    with session.store.writing() as connection:
        person_id = journal.add_person(connection, session.pen())
        edits = [
            Edit("person", MAIN, "family_name", "Smith"),
            Edit("person", MAIN, "given_names", "Margaret"),
            Edit("who_to_call", "night", "first_call_phone", "01943 496 0199"),
            Edit("contacts", "anna", "name", "Anna Smith"),
        ]
        journal.append(connection, session.pen(), person_id, edits)
    return person_id


def record(session: Session, person_id: str, section: str, field: str, value: str, entry: str = MAIN) -> None:
    with session.store.reading() as connection:
        _value, base = journal.current_value(connection, person_id, section, entry, field)
    plans.record(session, person_id, [Edit(section, entry, field, value, base=base)])


def print_one(session: Session, person_id: str, document: str = "family-plan") -> tuple[str, str]:
    """The entry and the check code of a page."""
    prepared = printing.prepare(session, person_id, document)
    return printing.note_made(session, prepared, "printed").entry, prepared.order.identity.check_code


def test_a_page_is_entered_and_makes_no_version_and_nothing_to_undo(session: Session, person_id: str) -> None:
    before = plans.read_plan(session, person_id)
    entry, code = print_one(session, person_id)
    (copy,) = services.register_of(session, person_id).copies
    assert (copy.entry, copy.code, copy.document, copy.version) == (entry, code, "family-plan", before.version)
    assert copy.made_by is not None
    assert copy.made_by.name == session.user.name
    after = plans.read_plan(session, person_id)
    assert (after.version, after.last_change_at, after.last_change_by) == (
        before.version,
        before.last_change_at,
        before.last_change_by,
    )
    plans.undo_last(session, person_id)
    assert len(services.register_of(session, person_id).copies) == 1, "undo takes back what was recorded, not a print"


def test_who_has_it_and_what_became_of_it(session: Session, person_id: str, clock: FixedClock) -> None:
    entry, code = print_one(session, person_id)
    services.hand_over(session, person_id, entry, services.Holder("anna", "", "Yellow folder"))
    (copy,) = services.register_of(session, person_id).copies
    assert copy.whereabouts == "Anna Smith; kept: Yellow folder"
    services.mark(session, person_id, [entry], "destroyed", "Shredded")
    (copy,) = services.register_of(session, person_id).copies
    assert not copy.is_out
    assert copy.state_by is not None
    answer = services.look_up(session, code)
    assert answer.standing is Standing.SUPERSEDED
    assert "destroyed" in answer.says
    assert any("Shredded" in line for line in answer.more)
    with pytest.raises(UserError, match="not in the register"):
        services.mark(session, person_id, ["elsewhere"], "lost")


def test_a_change_that_matters_recalls_the_pages_that_say_otherwise(session: Session, person_id: str) -> None:
    assert services.recall_list(session).people == ()
    entry, _code = print_one(session, person_id)
    print_one(session, person_id, "commitments")
    services.hand_over(session, person_id, entry, services.Holder("anna", "", "Yellow folder"))
    assert services.recall_list(session).people == ()
    record(session, person_id, "about_me", "most_important", "The garden")
    assert services.recall_list(session).people == ()
    record(session, person_id, "who_to_call", "first_call_phone", "01943 496 0150", "night")
    (person,) = services.recall_list(session).people
    assert person.row.id == person_id
    (page,) = person.pages
    assert (page.entry, page.whereabouts) == (entry, "Anna Smith; kept: Yellow folder")
    assert "Who to call" in page.changed
    services.mark(session, person_id, [entry], "replaced")
    assert services.recall_list(session).people == ()


def test_the_list_follows_whoever_writes_the_journal_and_can_be_made_anew(session: Session, person_id: str) -> None:
    print_one(session, person_id)
    services.recall_list(session)
    with session.store.writing() as connection:  # as an import or the exchange would
        journal.append(connection, session.pen(), person_id, [Edit("cpr", MAIN, "decision", "dnacpr")])
    before = services.recall_list(session)
    assert before.pages == 1
    with session.store.writing() as connection:
        paper_copies.rebuild(connection)
    assert services.recall_list(session) == before


def test_many_people_are_looked_at_a_few_at_a_time(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "AT_ONCE", 3)
    with session.store.writing() as connection:
        for number in range(8):
            someone = journal.add_person(connection, session.pen())
            page = {"code": f"AAAAA{number}", "says": "cpr 0123456789ab"}
            edits = [Edit("paper_copies", "p", key, value) for key, value in page.items()]
            journal.append(connection, session.pen(), someone, edits)
    waiting: list[int] = []
    while not waiting or waiting[-1]:
        found = services.recall_list(session)
        waiting.append(found.still_looking)
    assert waiting == [5, 2, 0]
    assert found.pages == 8


def test_a_code_is_answered_in_every_case(session: Session, person_id: str, clock: FixedClock) -> None:
    _entry, code = print_one(session, person_id)
    for typed in (code, code.lower(), f"EOLC:{code}", f"eolc {code[:3]}-{code[3:]}\n"):
        answer = services.look_up(session, typed)
        assert answer.standing is Standing.CURRENT, typed
        assert "as far as this laptop knows" in answer.says
        assert "not exchanged" in answer.checked
        assert answer.row is not None
        assert answer.row.id == person_id
    record(session, person_id, "about_me", "most_important", "The garden")
    assert services.look_up(session, code).standing is Standing.SAFETY_UNCHANGED
    clock.advance(minutes=5)
    record(session, person_id, "who_to_call", "first_call_phone", "01943 496 0150", "night")
    _newer, newer_code = print_one(session, person_id)
    answer = services.look_up(session, code)
    assert answer.standing is Standing.SUPERSEDED
    assert any("Who to call" in line and session.user.name in line for line in answer.more)
    assert any(newer_code in line for line in answer.more), "it says by what"
    assert services.look_up(session, newer_code).standing is Standing.CURRENT


def test_an_unknown_code_counts_as_old_and_nonsense_is_no_code(session: Session, person_id: str) -> None:
    answer = services.look_up(session, "ZZZZZZ")
    assert (answer.standing, answer.row) == (Standing.UNKNOWN, None)
    assert "counts as old" in answer.says
    for typed in ("", "hello", "12345", "1234567", "💚💚💚💚💚💚"):
        assert services.look_up(session, typed).code == ""


def test_letters_that_look_like_figures_are_read_as_those(session: Session) -> None:
    assert services.code_in("O0iL1u") == "00111V"


def test_a_page_that_did_not_come_out_is_known_and_not_looked_for(
    session: Session, person_id: str, tmp_path: Path
) -> None:
    prepared = printing.prepare(session, person_id, "family-plan")
    with pytest.raises(PrintFailed):
        printing.save_copy(session, prepared, b"%PDF-", tmp_path / "no such folder" / "x.pdf")
    (copy,) = services.register_of(session, person_id).copies
    assert not copy.is_out
    answer = services.look_up(session, prepared.order.identity.check_code)
    assert answer.standing is Standing.SUPERSEDED
    assert "never finished" in answer.says


def test_the_next_print_names_the_older_copies_of_the_same_kind(session: Session, person_id: str) -> None:
    first, _code = print_one(session, person_id)
    print_one(session, person_id, "commitments")
    prepared = printing.prepare(session, person_id, "family-plan")
    assert [copy.entry for copy in printing.note_made(session, prepared, "printed").older] == [first]


def test_the_register_is_no_part_of_what_is_printed_or_left_out(session: Session, person_id: str) -> None:
    print_one(session, person_id)
    prepared = printing.prepare(session, person_id, "family-plan")
    assert "paper_copies" not in prepared.copy.plan.sections
    assert not any("Paper" in str(one) for one in prepared.copy.left_out)


def test_a_code_is_found_by_its_index(session: Session) -> None:
    """A caseload has some hundred thousand items: looking through them all would take as long as a breath."""
    with session.store.reading() as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT person_id, entry FROM current "
            "WHERE section = 'paper_copies' AND field = 'code' AND value = '\"7K2M9Q\"'"
        ).all()
        assert people.all_ids(connection) == ()
    assert "ix_current_check_code" in str(plan)


def test_an_answer_says_when_this_laptop_last_exchanged(session: Session, person_id: str) -> None:
    _entry, code = print_one(session, person_id)
    with session.store.writing() as connection:
        known = SharedPerson(person_id, last_received="2026-11-11T09:05:00+00:00")
        exchange.put_shared_person(connection, known)
    assert "about this person 11-Nov-2026 09:05" in services.look_up(session, code).checked
    assert "with the shared record 11-Nov-2026 09:05" in services.look_up(session, "ZZZZZZ").checked
