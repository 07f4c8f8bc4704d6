"""Two laptops, a simulated server, and one exchange between them with all that goes beside the plans."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.documents.making import make
from eolc_desktop.paths import Profile
from eolc_desktop.record import users
from eolc_desktop.services import plans, shared_papers, sharing, sharing_use
from eolc_desktop.services.session import Session
from eolc_desktop.sync.effects import Draw, RenewSignIn, Request, Response
from eolc_desktop.sync.ports import ServerAbilities
from eolc_desktop.sync.projecting import PlanProjection
from tests.fixed_clock import FixedClock
from tests.services.opened import opened_session
from tests.sessions import DOCTOR_USER
from tests.sync.simulator.server import Habits, Server


@pytest.fixture
def server() -> Server:
    return Server(Habits(), random.Random(1))


@pytest.fixture
def nurse(session: Session) -> Session:
    with session.store.writing() as connection:
        users.know(connection, sharing_use.SETTINGS, "{}")
    return replace(session, made_up=True)


@pytest.fixture
def doctor(profile: Profile, clock: FixedClock) -> Iterator[Session]:
    with opened_session(Profile(profile.folder.parent / "doctor"), clock, made_up=True) as opened:
        yield replace(opened, user=DOCTOR_USER, laptop_id="laptop-2")


def exchange(
    session: Session,
    server: Server,
    on_request: Callable[[Request], Response | None] = lambda _asked: None,
    on_draw: Callable[[], None] = lambda: None,
) -> list[Request]:
    """One exchange, drawing as the command line does; returns what was asked. `on_request` may answer instead;
    `on_draw` is done while a PDF is being made."""
    server.now += 10
    work = sharing.Exchange(session, sharing.setup_for(session, ServerAbilities(), PlanProjection(), papers=True))
    asked = work.advance()
    requests = []
    while asked is not None:
        given: Any = True
        if isinstance(asked, Draw):
            order = shared_papers.order(session, asked.plan)
            given = make(order) if order is not None else b""
            on_draw()
        elif isinstance(asked, Request):
            requests.append(asked)
            work.meanwhile(asked)
            given = on_request(asked) or server.answer(asked, 1, server.now)
        else:
            assert isinstance(asked, RenewSignIn)
        asked = work.advance(given)
    assert work.outcome is not None
    assert work.outcome.stopped is None, work.outcome.stopped
    return requests


def save(session: Session, person_id: str, section: str, entry: str = MAIN, **values: object) -> None:
    plans.save_entry(session, plans.read_plan(session, person_id), section, entry, values)  # type: ignore[arg-type]
