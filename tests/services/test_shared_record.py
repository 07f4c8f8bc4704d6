"""Which shared record is used: checked before it is kept, tried before it is sent to, its secrets kept in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import pytest
from joserfc.jwk import ECKey

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.documents.making import make
from eolc_desktop.errors import Cancelled, InvalidValue, NotAllowed, UserError
from eolc_desktop.paths import Profile
from eolc_desktop.record import users
from eolc_desktop.services import people, plans, shared_record, sharing
from eolc_desktop.services.session import Session
from eolc_desktop.services.shared_record import RecordSettings, SignInBy
from eolc_desktop.sync.capabilities import Check
from eolc_desktop.sync.entry_codec import EntryCodec
from eolc_desktop.sync.tally import Tally
from tests.fixed_clock import FixedClock
from tests.sessions import begin
from tests.sync.loopback import Loopback
from tests.sync.team_record import TeamRecord
from tests.sync.test_probe import Record

KEY = ECKey.generate_key("P-256").as_pem(private=True).decode()


@pytest.fixture
def session(profile: Profile, clock: FixedClock) -> Iterator[Session]:
    made = begin(profile, clock)
    yield replace(made, made_up=True)
    made.store.close()


@pytest.mark.parametrize(
    "wanted",
    [
        RecordSettings("https://record.example/fhir", sign_in=SignInBy.TOKEN, secret="a-token"),
        RecordSettings("https://record.example/fhir", sign_in=SignInBy.KEY, client_id="us", secret=KEY),
        RecordSettings("https://record.example/fhir", sign_in=SignInBy.BROWSER, client_id="us"),
        RecordSettings("http://127.0.0.1:9/fhir"),
    ],
    ids=lambda wanted: wanted.sign_in.value,
)
def test_settings_are_kept_and_can_be_used(session: Session, wanted: RecordSettings) -> None:
    shared_record.change(session, wanted)
    assert shared_record.settings(session) == wanted
    shared_record.connect(session, lambda _token: None).close()
    shared_record.change(session, None)
    assert shared_record.settings(session) is None


@pytest.mark.parametrize(
    "wanted",
    [
        RecordSettings("http://record.example/fhir"),
        RecordSettings("https://record.example/fhir", authority="no certificate"),
        RecordSettings("https://record.example/fhir", sign_in=SignInBy.TOKEN),
        RecordSettings("https://record.example/fhir", sign_in=SignInBy.KEY, secret="no key"),
        RecordSettings("https://record.example/fhir", sign_in=SignInBy.BROWSER),
    ],
)
def test_settings_that_cannot_be_right_are_refused(session: Session, wanted: RecordSettings) -> None:
    with pytest.raises(InvalidValue):
        shared_record.change(session, wanted)
    assert shared_record.settings(session) is None


def test_real_people_are_never_shared_without_a_sign_in(session: Session) -> None:
    with pytest.raises(InvalidValue, match="anybody can write"):
        shared_record.change(replace(session, made_up=False), RecordSettings("http://127.0.0.1:9/fhir"))


def test_only_who_looks_after_the_laptop_sets_it(session: Session) -> None:
    nurse = replace(session, user=replace(session.user, roles=frozenset({"nurse"})))
    with pytest.raises(NotAllowed):
        shared_record.change(nurse, RecordSettings("http://127.0.0.1:9/fhir"))


def test_without_a_shared_record_there_is_nothing_to_connect_to(session: Session) -> None:
    with pytest.raises(UserError, match="No shared record"):
        shared_record.connect(session, lambda _token: None)


@pytest.mark.hazard("H40")
def test_another_server_is_tried_anew_and_nobody_stays_signed_in(session: Session) -> None:
    record = Record("not atomic")
    with Loopback(record.answer) as server:
        shared_record.change(session, RecordSettings(server.address))
        shared_record.keep_sign_in(session, "a-refresh-token")
        told: list[str] = []
        with shared_record.connect(session, lambda _token: None) as http:
            shared_record.exchange_now(session, http, told.append)
        capabilities = shared_record.found(session)
        assert capabilities is not None
        assert not capabilities.may_write
        assert told[0] == capabilities.words
        shared_record.change(session, RecordSettings(server.address))
        assert shared_record.found(session) is None
        with session.store.reading() as connection:
            kept = users.known(connection, shared_record.REFRESH + session.user.id)
        assert kept == ""


def test_nothing_is_sent_to_a_server_that_could_lose_it(session: Session) -> None:
    record = Record("lost update")
    plan = people.add_person(session, {"family_name": "Zqogden", "nhs_number": "9990000018"}).plan
    plans.save_entry(session, plan, "consent", MAIN, {"to_share": "given"})
    with Loopback(record.answer) as server:
        shared_record.change(session, RecordSettings(server.address))
        with shared_record.connect(session, lambda _token: None) as http:
            shared_record.exchange_now(session, http, lambda _words: None)
            shared_record.exchange_now(session, http, lambda _words: None)
        sent = [asked.body.decode() for asked in server.asked]
    assert not any("Zqogden" in body for body in sent)
    assert json.dumps(record.held).count("Zqogden") == 0


def test_what_an_earlier_version_of_the_program_did_not_try_is_tried(session: Session) -> None:
    with Loopback(Record().answer) as server:
        shared_record.change(session, RecordSettings(server.address))
        with shared_record.connect(session, lambda _token: None) as http:
            shared_record.exchange_now(session, http, lambda _words: None)
            now = shared_record.found(session)
            assert now is not None
            assert now.abilities.lists_changes
            older = tuple(finding for finding in now.findings if finding.check is not Check.LISTS_CHANGES)
            shared_record.remember(session, replace(now, findings=older))
            told: list[str] = []
            for _ in range(2):
                shared_record.exchange_now(session, http, told.append)
    again = shared_record.found(session)
    assert again is not None
    # How far apart the clocks are was measured anew.
    assert replace(again, clock_skew=0.0) == replace(now, checked_at=session.clock(), clock_skew=0.0)
    assert len([words for words in told if "can be used" in words]) == 1


@pytest.mark.parametrize("locks", [False, True])
def test_an_exchange_lets_go_of_what_it_read_a_little_at_a_time(
    session: Session, monkeypatch: pytest.MonkeyPatch, locks: bool
) -> None:
    """All of it at once would hold up the window: it is let go before the exchange is, whichever way that ended."""
    codecs: list[EntryCodec] = []

    def kept(catalogue: Catalogue) -> EntryCodec:
        codecs.append(EntryCodec(catalogue))
        return codecs[-1]

    monkeypatch.setattr(sharing, "EntryCodec", kept)
    remembered: list[int] = []

    def went_on(tally: Tally) -> None:
        remembered.append(len(codecs[-1]._read))
        if locks and tally.sent:
            raise Cancelled("The program locks.", "", "")

    plan = people.add_person(session, {"family_name": "Smith", "nhs_number": "9990000018"}).plan
    plans.save_entry(session, plan, "consent", MAIN, {"to_share": "given"})
    with Loopback(TeamRecord().answer) as server:
        shared_record.change(session, RecordSettings(server.address))
        with shared_record.connect(session, lambda _token: None) as http:
            shared_record.exchange_now(session, http, lambda _words: None)
            plan = plans.read_plan(session, plan.person_id)
            plans.save_entry(session, plan, "about_me", MAIN, {"matters_most": "Her garden"})
            with suppress(Cancelled):
                shared_record.exchange_beside(
                    session, http, lambda _words: None, lambda function: function(), went_on, make
                )
    assert remembered[-1] > 0
    assert codecs[-1]._read == {}


def test_a_server_that_calls_itself_something_else_is_tried_again(session: Session, clock: FixedClock) -> None:
    """It was replaced, or is another version: what was found of the one before says nothing of it."""
    record = Record()
    with Loopback(record.answer) as server:
        shared_record.change(session, RecordSettings(server.address))
        told: list[str] = []

        def exchange() -> int:
            before = len(server.asked)
            with shared_record.connect(session, lambda _token: None) as http:
                shared_record.exchange_now(session, http, told.append)
            return len(server.asked) - before

        assert exchange() > 10, "it is tried"
        usual = exchange()
        assert len(told) == 2, "what it can be used for, and of its clock"
        clock.advance(hours=25)
        assert exchange() == usual + 1, "once a day it is asked what it calls itself"
        assert exchange() == usual
        record.version, record.fault = "2", "lost update"
        assert exchange() == usual, "not the same day"
        clock.advance(hours=25)
        exchange()
        found = shared_record.found(session)
        assert found is not None
        assert (found.software, found.may_write) == ("Example 2", False)
        assert "nothing is sent to it" in told[2]
