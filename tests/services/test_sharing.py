"""Sharing as a user sees it: what leaves and what stays, how it stands, conflicts and proposals."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from eolc_desktop.care_plan.conflicts import Choice
from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, EntryState, Source
from eolc_desktop.errors import ChangedElsewhere, InvalidValue, UserError
from eolc_desktop.paths import Profile
from eolc_desktop.record import audit, users
from eolc_desktop.record import exchange as tables
from eolc_desktop.record.exchange import Proposal
from eolc_desktop.services import (
    conflicts,
    inbox,
    outbox,
    people,
    plans,
    restoring,
    sharing,
    sharing_status,
    sharing_use,
)
from eolc_desktop.services.restoring import AfterRestore
from eolc_desktop.services.session import Session
from eolc_desktop.sync.effects import Draw, RenewSignIn, Response
from eolc_desktop.sync.ports import ServerAbilities
from tests.fixed_clock import FixedClock
from tests.services.opened import opened_session
from tests.sessions import DOCTOR_USER
from tests.sync.simulator.server import Habits, Server


@pytest.fixture
def server() -> Server:
    return Server(Habits(), random.Random(1))


def uses_a_shared_record(session: Session) -> None:
    with session.store.writing() as connection:
        users.know(connection, sharing_use.SETTINGS, "{}")


@pytest.fixture
def nurse(session: Session) -> Session:
    uses_a_shared_record(session)
    return replace(session, made_up=True)


@pytest.fixture
def doctor(profile: Profile, clock: FixedClock) -> Iterator[Session]:
    with opened_session(Profile(profile.folder.parent / "doctor"), clock, made_up=True) as opened:
        uses_a_shared_record(opened)
        yield replace(opened, user=DOCTOR_USER, laptop_id="laptop-2")


def exchange(session: Session, server: Server, abilities: ServerAbilities | None = None) -> sharing.Exchange:
    server.now += 10
    under_way = sharing.Exchange(session, sharing.setup_for(session, abilities or ServerAbilities()))
    wanted = under_way.advance()
    while wanted is not None:
        assert not isinstance(wanted, Draw)
        wanted = under_way.advance(True if isinstance(wanted, RenewSignIn) else server.answer(wanted, 1, server.now))
    return under_way


def save(session: Session, person_id: str, section: str, entry: str = MAIN, **values: object) -> None:
    plans.save_entry(session, plans.read_plan(session, person_id), section, entry, values)  # type: ignore[arg-type]


@pytest.fixture
def margaret(nurse: Session) -> str:
    """Somebody who agreed to sharing."""
    added = people.add_person(nurse, {"family_name": "Smith", "given_names": "Margaret", "phone": "01274 496 0001"})
    save(nurse, added.plan.person_id, "consent", to_share="given")
    save(nurse, added.plan.person_id, "cpr", decision="for", reason="She wishes it")
    return added.plan.person_id


def test_the_outbox_shows_exactly_what_is_sent(nurse: Session, server: Server, margaret: str) -> None:
    save(nurse, margaret, "about_me", fears="My brother’s opinions")
    save(nurse, margaret, "kept_back", "", what=["about_me.fears"])
    save(nurse, margaret, "contacts", "", name="Zed Smith", involvement="must_not_be_told")
    shown = outbox.outbox(nurse, margaret)
    assert [line.name for line in shown.goes if line.heading == nurse.catalogue["cpr"].title] == [
        field.label for field in nurse.catalogue["cpr"].fields if field.key in ("decision", "reason")
    ], "as the section asks for it"
    went = {line.place for line in shown.goes}
    exchange(nurse, server)
    codec = sharing.setup_for(nurse, ServerAbilities()).codec
    sent = {
        place
        for key in server.history
        if key.startswith("QuestionnaireResponse/")
        for place in codec.decode(server.history[key][-1])
    }
    assert sent == went
    stays = {line.place: line.reason for line in outbox.outbox(nurse, margaret).stays}
    assert stays["about_me", MAIN, "fears"] == "The person asked for this to be kept back"
    assert any(place[0] == "contacts" and "must not be told" in reason for place, reason in stays.items())
    everything = repr(server.history)
    for secret in ("My brother", "Zed Smith"):
        assert secret not in everything
    assert outbox.outbox(nurse, margaret).goes == ()


@pytest.mark.hazard("H22")
def test_without_consent_nothing_leaves_and_the_outbox_says_why(nurse: Session, server: Server) -> None:
    person_id = people.add_person(nurse, {"family_name": "Jones"}).plan.person_id
    exchange(nurse, server)
    assert server.history == {}
    shown = outbox.outbox(nurse, person_id)
    assert (shown.goes, shown.name) == ((), "JONES")
    assert "Consent to share is not recorded yet" in shown.hold
    assert "1 person held here. Consent to share is not recorded yet" in " ".join(sharing_status.status(nurse).lines)


@pytest.mark.hazard("H22")
@pytest.mark.parametrize("basis", ["best_interests", "parental_responsibility"])
def test_a_plan_that_was_decided_on_in_best_interests_leaves_with_the_cpr_decision_alone(
    nurse: Session, server: Server, basis: str
) -> None:
    person_id = people.add_person(nurse, {"family_name": "Jones"}).plan.person_id
    save(nurse, person_id, "cpr", decision="not_for")
    exchange(nurse, server)
    assert server.history == {}
    save(nurse, person_id, "consent", to_share=basis)
    exchange(nurse, server)
    assert "not_for" in repr(server.history)


@pytest.mark.hazard("H21")
def test_what_waits_when_consent_is_withdrawn_never_leaves(nurse: Session, server: Server, margaret: str) -> None:
    exchange(nurse, server)
    save(nurse, margaret, "about_me", most_important="Zqafterwards")
    save(nurse, margaret, "consent", to_share="withdrawn")
    exchange(nurse, server)
    assert "withdrawn" in repr(server.history)
    assert "Zqafterwards" not in repr(server.history)


def test_after_a_restore_nothing_is_sent_before_everything_was_compared(
    nurse: Session, server: Server, margaret: str
) -> None:
    restoring.note_restored(nurse, nurse.clock(), is_new_laptop=False)
    exchange(nurse, server)
    assert server.history == {}
    assert restoring.after_restore(nurse) is None
    exchange(nurse, server)
    assert server.history


def test_what_was_shared_before_it_was_kept_back_stays_there_and_is_said(
    nurse: Session, server: Server, margaret: str
) -> None:
    exchange(nurse, server)
    save(nurse, margaret, "kept_back", "", what=["person.phone"])
    save(nurse, margaret, "person", phone="01274 496 0002")
    (line,) = [line for line in outbox.outbox(nurse, margaret).stays if line.place == ("person", MAIN, "phone")]
    assert line.shared_before
    exchange(nurse, server)
    assert "496 0002" not in repr(server.history)


def test_all_shared_is_said_only_when_it_is(nurse: Session, server: Server, margaret: str) -> None:
    before = sharing_status.status(nurse)
    assert (before.all_shared, before.waiting) == (False, 1)
    assert before.lines == ("1 person with changes that are not shared yet.",)
    assert exchange(nurse, server).tally.sent == 1
    assert sharing_status.status(nurse).all_shared
    assert sharing_status.status(nurse).lines == ("Everything is shared.",)
    save(nurse, margaret, "person", email="m@example.org")
    assert not sharing_status.status(nurse).all_shared


def test_a_server_that_may_not_be_written_is_still_read(
    nurse: Session, doctor: Session, server: Server, margaret: str
) -> None:
    exchange(nurse, server)
    exchange(doctor, server, ServerAbilities(may_write=False))
    assert plans.read_plan(doctor, margaret).text("person", "family_name") == "Smith"
    save(doctor, margaret, "person", email="m@example.org")
    versions = len(server.history)
    exchange(doctor, server, ServerAbilities(may_write=False))
    assert len(server.history) == versions
    assert sharing_status.status(doctor).waiting == 1


def test_what_waits_and_does_not_move_is_told_and_what_is_not_reached_is_not_called_stuck(
    nurse: Session, server: Server, margaret: str, clock: FixedClock
) -> None:
    def ends(*, may_write: bool, stopped: str = "") -> sharing_status.Status:
        clock.advance(minutes=6)
        outcome = exchange(nurse, server, ServerAbilities(may_write=may_write)).outcome
        return sharing_status.note_exchange(nurse, None if stopped else outcome, stopped)

    assert not ends(may_write=False).is_stuck, "it was noticed just now"
    assert not ends(may_write=False).is_stuck, "it has waited for six minutes"
    stuck = ends(may_write=False)
    assert stuck.is_stuck
    assert "for more than ten minutes nothing" in stuck.lines[-1]
    assert stuck.lines[-1] in stuck.why
    assert "nothing has gone out for over 10 min" in stuck.in_short(clock())
    assert not ends(may_write=False, stopped="The shared record could not be reached.").is_stuck
    assert stuck.moved == "", "nothing has come or gone yet"
    went = ends(may_write=True)
    assert (went.is_stuck, went.all_shared) == (False, True)
    assert went.moved.endswith(": no news received; 1 sending accepted.")
    assert ends(may_write=True).moved == went.moved, "until something comes or goes again"


def test_what_comes_keeps_its_author_and_its_source(
    nurse: Session, doctor: Session, server: Server, margaret: str
) -> None:
    exchange(nurse, server)
    exchange(doctor, server)
    item = plans.read_plan(doctor, margaret).item("cpr", "decision")
    assert item is not None
    assert item.recorded_by == nurse.user.author
    assert [change.recorded_by for change in plans.history_of(doctor, margaret, "cpr")] == [nurse.user.author] * 2


@pytest.fixture
def conflict(nurse: Session, doctor: Session, server: Server, margaret: str) -> conflicts.ConflictShown:
    """The doctor and the nurse changed what is read together, without seeing each other's change."""
    exchange(nurse, server)
    exchange(doctor, server)
    save(doctor, margaret, "cpr", decision="not_for", reason="Frail")
    exchange(doctor, server)
    save(nurse, margaret, "conveyance", to_hospital="avoid")
    exchange(nurse, server)
    (shown,) = conflicts.conflicts(nurse)
    return shown


def test_a_conflict_is_shown_with_both_versions_and_who_recorded_them(
    nurse: Session, doctor: Session, server: Server, conflict: conflicts.ConflictShown
) -> None:
    assert conflict.title == "CPR, treatments to give or avoid, and the advance decision"
    rows = {row.place: row for row in conflict.rows}
    assert "Dr A Khan" in rows["cpr", MAIN, "decision"].theirs_by
    assert "Jo Okafor" in rows["conveyance", MAIN, "to_hospital"].mine_by
    assert conflict.name.startswith("SMITH")
    exchange(doctor, server)
    (there,) = conflicts.conflicts(doctor)
    assert (there.id, there.rows) == (conflict.id, conflict.rows)
    assert sharing_status.status(doctor).conflicts == 1


def test_nothing_is_recorded_over_a_conflict_by_the_way(
    nurse: Session, margaret: str, conflict: conflicts.ConflictShown
) -> None:
    with pytest.raises(ChangedElsewhere, match="settled first"):
        save(nurse, margaret, "cpr", reason="Another")
    save(nurse, margaret, "person", email="m@example.org")


@pytest.mark.parametrize(
    ("choice", "decision", "hospital"),
    [(Choice.THEIRS, "not_for", ""), (Choice.MINE, "for", "avoid"), (Choice.ANEW, "not_for", "avoid")],
)
def test_a_conflict_is_settled_for_everybody(
    nurse: Session,
    doctor: Session,
    server: Server,
    margaret: str,
    conflict: conflicts.ConflictShown,
    choice: Choice,
    decision: str,
    hospital: str,
) -> None:
    exchange(doctor, server)
    (there,) = conflicts.conflicts(doctor)
    with pytest.raises(InvalidValue, match="say why"):
        conflicts.settle(doctor, there, choice, " ")
    anew = {("conveyance", MAIN, "to_hospital"): "avoid"}
    conflicts.settle(doctor, there, choice, "Talked to Jo", anew if choice is Choice.ANEW else None)
    with pytest.raises(UserError, match="already"):
        conflicts.settle(doctor, there, choice, "Again")
    exchange(doctor, server)
    exchange(nurse, server)
    for session in (nurse, doctor):
        plan = plans.read_plan(session, margaret)
        assert (plan.text("cpr", "decision"), plan.text("conveyance", "to_hospital")) == (decision, hospital)
        assert conflicts.conflicts(session) == ()
        (settled,) = conflicts.conflicts(session, open_only=False)
        assert (settled.reason, settled.settled_by) == ("Talked to Jo", DOCTOR_USER.author.words)
        assert sharing_status.status(session).all_shared


def test_settling_looks_at_what_stands_now(
    nurse: Session, doctor: Session, server: Server, margaret: str, conflict: conflicts.ConflictShown
) -> None:
    stale = replace(conflict, seen={**conflict.seen, ("cpr", MAIN, "decision"): "something-older"})
    with pytest.raises(ChangedElsewhere):
        conflicts.settle(nurse, stale, Choice.MINE, "Because")
    assert len(conflicts.conflicts(nurse)) == 1


def test_withdrawn_entries_travel_with_their_reason(
    nurse: Session, doctor: Session, server: Server, margaret: str
) -> None:
    save(nurse, margaret, "next_steps", "", what="Order a bed")
    (entry,) = plans.read_plan(nurse, margaret).entries("next_steps")
    exchange(nurse, server)
    exchange(doctor, server)
    plans.set_state(
        nurse, plans.read_plan(nurse, margaret), "next_steps", entry.id, EntryState.WITHDRAWN, "Has one already"
    )
    exchange(nurse, server)
    exchange(doctor, server)
    (there,) = plans.read_plan(doctor, margaret).all_entries("next_steps")
    assert (there.state, there.reason) == (EntryState.WITHDRAWN, "Has one already")
    change = plans.history_of(doctor, margaret, "next_steps", entry.id, ENTRY_ITSELF)[-1]
    assert change.recorded_by == nurse.user.author


def test_what_the_server_refuses_is_kept_told_and_can_be_sent_again(
    nurse: Session, server: Server, margaret: str
) -> None:
    server.refusal = Response(422, {}, {"resourceType": "OperationOutcome", "issue": [{"code": "invariant"}]})
    other = people.add_person(nurse, {"family_name": "Jones"}).plan.person_id
    save(nurse, other, "consent", to_share="given")
    assert exchange(nurse, server).tally.refused == 2, "one person's trouble never stops another's"
    assert "(422: invariant)" in outbox.outbox(nurse, margaret).trouble
    assert sharing_status.status(nurse).in_trouble == 2
    exchange(nurse, server)
    server.refusal = None
    outbox.try_again(nurse, margaret)
    outbox.try_again(nurse, other)
    exchange(nurse, server)
    assert sharing_status.status(nurse).all_shared


@pytest.mark.parametrize("accept", [True, False])
def test_what_another_system_proposes_is_accepted_or_declined(nurse: Session, margaret: str, accept: bool) -> None:
    changes = (("cpr", MAIN, "decision", "not_for"),)
    proposal = Proposal("p1", margaret, "Flag/1", "CPR: not for CPR", "2026-11-12T10:00:00+00:00", "Ambulance", changes)
    with nurse.store.writing() as connection:
        tables.put_proposal(connection, proposal)
    assert inbox.inbox(nurse) == (proposal,)
    inbox.decide(nurse, proposal, accept=accept, reason="Rang the crew")
    item = plans.read_plan(nurse, margaret).item("cpr", "decision")
    assert item is not None
    assert item.value == ("not_for" if accept else "for")
    assert (item.told.source is Source.OTHER_SYSTEM) is accept
    assert inbox.inbox(nurse) == ()
    with pytest.raises(UserError, match="decided already"):
        inbox.decide(nurse, proposal, accept=True)
    with nurse.store.reading() as connection:
        assert any("a proposal" in line.action for line in audit.lines(connection, margaret))


def test_a_record_that_was_put_back_says_that_sharing_waits_and_for_what(
    nurse: Session, server: Server, margaret: str
) -> None:
    restoring.note_restored(nurse, nurse.clock(), is_new_laptop=True)
    alone = AfterRestore(nurse.clock(), nurse.clock(), is_shared=False)
    assert "compare with the paper" in alone.words
    assert "Sharing" not in alone.words
    uses_a_shared_record(nurse)
    before = sharing_status.status(nurse)
    assert "Sharing waits until both were compared." in before.lines[0]
    assert not before.all_shared
    assert restoring.PAUSED in before.in_short(nurse.clock())
    exchange(nurse, server)
    after = sharing_status.status(nurse)
    assert "put back" not in " ".join((*after.lines, after.in_short(nurse.clock())))


def test_a_new_laptop_that_begins_with_the_shared_record_says_what_was_never_shared(
    nurse: Session, doctor: Session, server: Server, margaret: str
) -> None:
    people.add_person(nurse, {"family_name": "Khan"})  # consent to share was not asked for yet
    exchange(nurse, server)
    exchange(doctor, server)
    assert [row.id for row in people.caseload(doctor).rows] == [margaret]
    said = sharing_status.status(doctor).lines[-1]
    assert "began with the shared record" in said
    assert "recorded and never shared is not here: plans without consent to share" in said
    assert "began with the shared record" not in " ".join(sharing_status.status(nurse).lines)
