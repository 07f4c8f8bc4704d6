"""A nurse's window and a doctor's laptop before one shared record on this computer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from eolc_desktop.care_plan.fields import Value
from eolc_desktop.paths import Profile
from eolc_desktop.services import plans, shared_record
from eolc_desktop.services.session import Session
from eolc_desktop.services.shared_record import RecordSettings
from tests.fixed_clock import FixedClock
from tests.services.opened import opened_session
from tests.sessions import DOCTOR_USER
from tests.sync.loopback import Loopback
from tests.sync.team_record import TeamRecord
from tests.views.conftest import PEGGY, Office

SHARED = {"consent": {"to_share": "given"}, "cpr": {"decision": "for", "reason": "She wishes it"}}


@pytest.fixture
def made_up() -> bool:
    return True


@pytest.fixture
def record() -> TeamRecord:
    return TeamRecord()


@pytest.fixture
def server(record: TeamRecord) -> Iterator[Loopback]:
    with Loopback(record.answer) as made:
        yield made


@dataclass
class Doctor:
    """The laptop of somebody else, driven without a window."""

    session: Session
    address: str

    def share(self) -> None:
        if shared_record.settings(self.session) is None:
            every = replace(self.session, user=replace(DOCTOR_USER, roles=frozenset({"administrator"})))
            shared_record.change(every, RecordSettings(self.address))
        with shared_record.connect(self.session, lambda _token: None) as http:
            assert shared_record.exchange_now(self.session, http, lambda _words: None).stopped is None

    def save(self, person_id: str, section: str, **values: Value) -> None:
        plan = plans.read_plan(self.session, person_id)
        plans.save_entry(self.session, plan, section, "main", values)


@pytest.fixture
def doctor(profile: Profile, clock: FixedClock, server: Loopback) -> Iterator[Doctor]:
    with opened_session(Profile(profile.folder.parent / "doctor"), clock, made_up=True) as opened:
        yield Doctor(replace(opened, user=DOCTOR_USER, laptop_id="laptop-2"), server.address)


@pytest.fixture
def set_up(office: Office, server: Loopback) -> Office:
    """The nurse's laptop uses the shared record; nothing was exchanged yet."""
    every = replace(office.session, user=replace(office.session.user, roles=frozenset({"administrator"})))
    office.on_store(lambda: shared_record.change(every, RecordSettings(server.address)) or True)
    office.desk.sharing.look()
    office.settle()
    return office


@pytest.fixture
def peggy(office: Office) -> str:
    return office.person(PEGGY, **SHARED)


def share(office: Office) -> None:
    """Exchange, and wait for the end of it."""
    with office.qtbot.waitSignal(office.desk.sharing.ended, timeout=20_000):
        office.desk.sharing.share_now()
    office.settle()
