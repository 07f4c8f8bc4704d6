"""One exchange of a session with a simulated server, with all that goes beside the plans."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.documents.making import make
from eolc_desktop.services import plans, shared_papers, sharing
from eolc_desktop.services.session import Session
from eolc_desktop.sync.effects import Draw, RenewSignIn, Request, Response
from eolc_desktop.sync.ports import ServerAbilities
from eolc_desktop.sync.projecting import PlanProjection
from tests.sync.simulator.server import Server


def exchange(
    session: Session, server: Server, on_request: Callable[[Request], Response | None] = lambda _asked: None
) -> list[Request]:
    """One exchange, drawing as the command line does; returns what was asked. `on_request` may answer instead."""
    server.now += 10
    work = sharing.Exchange(session, sharing.setup_for(session, ServerAbilities(), PlanProjection(), papers=True))
    asked = work.advance()
    requests = []
    while asked is not None:
        given: Any = True
        if isinstance(asked, Draw):
            order = shared_papers.order(session, asked.plan)
            given = make(order) if order is not None else b""
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
