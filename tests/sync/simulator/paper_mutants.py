"""Mistakes that could be made with the PDF of a plan and the files attached to it; `mutants` has those of the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from eolc_desktop.care_plan.said import plan_from
from eolc_desktop.fhir.sharing.documents import document
from eolc_desktop.fhir.sharing.elements import Making
from eolc_desktop.sync import papers, sealing
from eolc_desktop.sync.projecting import ids_of


def old_paper_stands() -> AbstractContextManager[Any]:
    """The PDF of the version before stays the current one when a newer plan goes."""
    return patch.object(sealing, "superseded", lambda *_: {})


@contextmanager
def sent_as_drawn() -> Iterator[None]:
    """What was drawn is sent, whatever was decided while it was drawn."""
    drawn: dict[str, Any] = {}
    look = papers._paper_due

    def due(ledger: Any, setup: Any, person_id: str) -> Any:
        drawn[person_id] = look(ledger, setup, person_id)
        return drawn[person_id]

    def sealed(ledger: Any, setup: Any, person_id: str, paper: Any, _plan: Any) -> Any:
        resources = list(document(Making(drawn[person_id].plan, ids_of(person_id)), paper))
        return papers._sealed(ledger, setup, person_id, resources, paper.version)

    with patch.object(papers, "_paper_due", due), patch.object(papers, "_seal_paper", sealed):
        yield


@contextmanager
def everything_on_paper() -> Iterator[None]:
    """What is kept back is drawn with the rest."""
    going = papers._going

    def whole(ledger: Any, setup: Any, person_id: str) -> Any:
        found = going(ledger, setup, person_id)
        if found is None:
            return None
        plan = plan_from(person_id, setup.catalogue, ledger.version(person_id), setup.now())
        return replace(found, plan=plan)

    with patch.object(papers, "_going", whole):
        yield


@contextmanager
def paper_without_consent() -> Iterator[None]:
    """Consent is asked for the plan, and not again for its PDF."""
    outgoing = sealing.outgoing

    def unheld(ledger: Any, setup: Any, person_id: str) -> Any:
        found = outgoing(ledger, setup, person_id)
        return replace(found, leaving=replace(found.leaving, hold=None))

    with patch.object(papers, "outgoing", unheld):
        yield


def scans_forgotten() -> AbstractContextManager[Any]:
    """The files that a plan names do not go with it."""
    return patch.object(papers, "_next_file", lambda *_: None)


PAPER_MUTANTS: dict[str, Callable[[], AbstractContextManager[Any]]] = {
    made.__name__: made
    for made in (old_paper_stands, sent_as_drawn, everything_on_paper, paper_without_consent, scans_forgotten)
}
