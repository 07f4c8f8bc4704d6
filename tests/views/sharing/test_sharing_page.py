"""Sharing in the window, by keys alone, with a real server on this computer."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import Connection

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.record import exchange as tables
from eolc_desktop.record.exchange import Proposal
from eolc_desktop.services import conflicts, inbox, people, plans
from eolc_desktop.services.session import Changes
from eolc_desktop.views.sharing.page import SharingPage
from tests.pages import Page
from tests.sync.team_record import TeamRecord
from tests.views.conftest import LOOKS, PEGGY, Office, walked
from tests.views.sharing.conftest import Doctor, share

ENTER = Qt.Key.Key_Return
REASON = "I rang Dr Khan"


def opened(office: Office, width: int = 1366, height: int = 706) -> Page:
    shell, page = office.shell(width, height)
    page.key("Ctrl+6")
    office.settle()
    assert isinstance(shell.places.currentWidget(), SharingPage)
    return page


def test_a_plan_goes_to_the_team_and_the_window_says_what_leaves_first(
    set_up: Office, record: TeamRecord, peggy: str
) -> None:
    office = set_up
    office.desk.sharing.look()
    page = opened(office)
    page.wait_until_says("1 person waiting to be shared")
    page.choose("Waiting to leave, or held here", "SMITH")
    page.key(ENTER)
    page.wait_until_says("She wishes it")
    assert page.says("To everybody who may read the shared record at http://localhost")
    page.press("Share now")
    page.wait_until_says("Nothing: the shared record has everything", 20_000)
    page.press("Back")
    page.wait_until_says("Shared with the team")
    page.wait_until_says("12-Nov-2026 14:32: no news received; 2 sendings accepted.")
    assert any("She wishes it" in json.dumps(held) for held in record.held.values())
    page.choose("Which list is shown", "What was sent")
    office.settle()
    page.wait_until_has("What was sent")


def in_conflict(office: Office, doctor: Doctor, peggy: str) -> None:
    share(office)
    doctor.share()
    doctor.save(peggy, "cpr", decision="not_for", reason="Frail heart")
    doctor.share()
    office.write(peggy, "conveyance", {"to_hospital": "avoid_unless"})
    share(office)


def test_a_conflict_is_read_and_settled_and_the_plan_says_it_meanwhile(
    set_up: Office, doctor: Doctor, peggy: str
) -> None:
    office = set_up
    in_conflict(office, doctor, peggy)
    shell, page = office.shell()
    page.wait_until_says("1 conflict needs a decision")
    assert office.desk.sharing.status is not None
    assert office.desk.sharing.status.moved.startswith("12-Nov-2026 14:32: news received about 1 person; ")
    shell.show_person(peggy)
    office.settle()
    page.wait_until_says("CONFLICT – two people recorded different things: CPR")
    page.wait_until_says("CONFLICT – two different CPR decisions are recorded: read both")
    assert walked(page) == []
    page.press("Read both, and settle it")
    office.settle()
    page.wait_until_says("Frail heart")
    for words in ("Before both", "Put aside", "In the shared record"):
        assert page.says(words)
    assert page.says("Dr A Khan")
    assert page.says("Jo Okafor")
    page.press("Save the decision")
    page.wait_until_says("Please say what holds.")
    page.choose("What holds", "What was put aside holds instead")
    page.press("Save the decision")
    page.wait_until_says("Please say why.")
    page.type("Why", REASON)
    page.press("Save the decision")
    page.wait_until_says("Settled. It goes to the others")
    share(office)
    doctor.share()
    plan = plans.read_plan(doctor.session, peggy)
    assert (plan.text("cpr", "decision"), plan.text("conveyance", "to_hospital")) == ("for", "avoid_unless")
    (settled,) = conflicts.conflicts(doctor.session, open_only=False)
    assert settled.reason == REASON
    page.wait_until_says("Shared with the team")


def test_each_item_of_a_conflict_can_be_chosen_or_written_anew(set_up: Office, doctor: Doctor, peggy: str) -> None:
    office = set_up
    in_conflict(office, doctor, peggy)
    page = opened(office)
    page.wait_until_has("To be settled")
    page.reach("To be settled")
    page.key(ENTER)
    page.wait_until_says("Frail heart")
    page.choose("What holds", "Item by item, or written anew")
    hospital = next(n for n in names(page) if n.startswith("Which holds: ") and "hospital" in n.lower())
    reason = next(n for n in names(page) if n.startswith("Which holds: ") and "Reason" in n)
    page.choose(hospital, "As put aside")
    page.choose(reason, "Written anew")
    page.retype(reason.replace("Which holds", "Written anew"), "Frail, and it would not work")
    page.type("Why", REASON)
    page.press("Save the decision")
    page.wait_until_says("Settled. It goes to the others")
    plan = office.on_store(lambda: plans.read_plan(office.session, peggy))
    assert plan.text("cpr", "decision") == "not_for"
    assert plan.text("cpr", "reason") == "Frail, and it would not work"
    assert plan.text("conveyance", "to_hospital") == "avoid_unless"
    assert plan.conflicts == ()


def names(page: Page) -> list[str]:
    from tests import accessibility  # noqa: PLC0415

    return [node.name for node in accessibility.tree(page.root) if node.is_control]


def propose(office: Office, person_id: str) -> None:
    changes = (("cpr", MAIN, "decision", "not_for"),)
    words = "CPR status. Decision: the plan says “CPR may be attempted”, the other system “Do not attempt CPR”."
    proposal = Proposal("p1", person_id, "Flag/1", words, office.clock().isoformat(), "Ambulance service", changes)

    def put(connection: Connection) -> None:
        tables.put_proposal(connection, proposal)

    def write() -> bool:
        with office.session.store.writing() as connection:
            put(connection)
        return True

    office.on_store(write)
    office.desk.changed.emit(Changes(frozenset((person_id,))))
    office.settle()


@pytest.mark.parametrize(("press", "decision"), [("Accept and record it", "not_for"), ("Decline", "for")])
def test_what_an_ambulance_crew_changed_is_accepted_or_declined(
    set_up: Office, peggy: str, press: str, decision: str
) -> None:
    office = set_up
    propose(office, peggy)
    page = opened(office)
    page.wait_until_says("1 change from another system to decide on")
    page.reach("From other systems")
    page.key(ENTER)
    page.wait_until_says("Ambulance service")
    page.press(press)
    page.wait_until_says("Please say why.")
    page.type("Why", "Spoke to the crew")
    page.press(press)
    page.wait_until_says("Kept on this computer, with your reason.")
    plan = office.on_store(lambda: plans.read_plan(office.session, peggy))
    assert plan.text("cpr", "decision") == decision
    assert office.on_store(lambda: inbox.inbox(office.session)) == ()


def test_withdrawn_consent_stops_what_waits_and_says_what_cannot_be_called_back(
    set_up: Office, record: TeamRecord, peggy: str
) -> None:
    office = set_up
    share(office)
    office.write(peggy, "about_me", {"matters_most": "Her garden in the rain"})
    office.write(peggy, "consent", {"to_share": "withdrawn"})
    share(office)
    assert not any("in the rain" in json.dumps(held) for held in record.held.values())
    assert any("withdrawn" in json.dumps(held) for held in record.held.values()), "the withdrawal itself is shared"
    page = opened(office)
    page.wait_until_says("Consent to sharing was withdrawn.")
    assert page.says("cannot be called back from here")
    page.reach("Waiting to leave, or held here")
    page.key(ENTER)
    page.wait_until_says("Only that is sent, so that others see it.")


def test_a_server_that_is_away_is_said_and_nothing_is_lost(set_up: Office, record: TeamRecord, peggy: str) -> None:
    office = set_up
    record.is_away = True
    share(office)
    page = opened(office)
    page.wait_until_says("The last exchange did not come to its end.")
    assert page.says("1 person waiting to be shared")
    record.is_away = False
    page.press("Share now")
    page.wait_until_says("Shared with the team", 20_000)


def test_an_exchange_can_be_stopped_at_any_moment(set_up: Office, record: TeamRecord, peggy: str) -> None:
    office = set_up
    ended: list[object] = []
    office.desk.sharing.ended.connect(ended.append)
    office.desk.sharing.share_now()
    office.desk.sharing.stop()
    office.qtbot.waitUntil(lambda: bool(ended), timeout=20_000)
    office.settle()
    share(office)
    assert record.kinds() >= {"Patient", "QuestionnaireResponse"}


def test_somebody_leaves_the_laptop_only_when_the_team_has_everything(
    set_up: Office, record: TeamRecord, peggy: str
) -> None:
    office = set_up
    page = opened(office)
    page.choose("Which list is shown", "Who is on this laptop")
    office.settle()
    page.reach("Who is on this laptop")
    page.key(ENTER)
    page.wait_until_says("The shared record has nothing of this person.")
    share(office)
    page.wait_until_says("nothing here waits for anybody")
    page.press("Let the record leave this laptop…")
    page.wait_until_says("Please say why.")
    page.choose("Why it may leave", "Moved away")
    page.press("Let the record leave this laptop…")
    office.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=10_000)
    office.qtbot.waitUntil(lambda: page.dialog().focused_name() == "Keep it here", timeout=10_000)
    page.dialog().press("Delete this laptop’s copy")
    page.wait_until_says("The record has left this laptop.")
    office.settle()
    share(office)
    assert record.kinds() >= {"Patient", "QuestionnaireResponse"}, "the shared record keeps it"
    assert office.on_store(lambda: people.caseload(office.session).total) == 0, "it does not come back by itself"
    with office.qtbot.waitActive(page.root.window(), timeout=5000):
        page.root.window().activateWindow()  # the screenless platform gives it back only when it is asked to
    page.choose("Which list is shown", "Who left this laptop")
    office.settle()
    page.reach("Who left this laptop")
    page.key(ENTER)
    page.wait_until_has("Receive the record again")
    assert walked(page) == []
    page.press("Receive the record again")
    page.wait_until_says("The record comes back to this laptop at the next exchange.")
    office.settle()
    share(office)
    (back,) = office.on_store(lambda: people.caseload(office.session).rows)
    assert back.id == peggy


@pytest.mark.parametrize(("theme_name", "percent", "size"), LOOKS)
def test_every_page_can_be_walked(
    set_up: Office,
    doctor: Doctor,
    peggy: str,
    dress: Callable[..., None],
    theme_name: str,
    percent: int,
    size: tuple[int, int],
) -> None:
    dress(theme_name, percent)
    office = set_up
    in_conflict(office, doctor, peggy)
    propose(office, peggy)
    office.person(PEGGY | {"family_name": "Jones", "nhs_number": "9990000050"})
    page = opened(office, *size)
    assert walked(page) == []
    (conflict,) = office.on_store(lambda: conflicts.conflicts(office.session))
    shell = office.shells[-1]
    from eolc_desktop.views.places import Place  # noqa: PLC0415

    for place in (
        Place("conflict", peggy, conflict.id),
        Place("outbox", peggy),
        Place("proposal", peggy, "p1"),
        Place("leaving", peggy),
        Place("export", peggy),
    ):
        shell.places.go(place)
        office.settle()
        if place.kind == "conflict":
            page.choose("What holds", "Item by item, or written anew")
        assert walked(page) == [], place.kind
