"""Scenes of sharing: a record as it stands between two exchanges, with a conflict and a change from another system."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget
from sqlalchemy import Connection

from eolc_desktop.care_plan.conflicts import Conflict
from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.merge import ClashItem
from eolc_desktop.care_plan.plan import Author
from eolc_desktop.care_plan.said import Said
from eolc_desktop.record import conflicts as conflict_tables
from eolc_desktop.record import exchange as tables
from eolc_desktop.record import exchange_marks, plans, users
from eolc_desktop.record.exchange import Proposal, SharedPerson
from eolc_desktop.services.invented.stories import BARBARA, PEGGY
from eolc_desktop.services.session import Session
from eolc_desktop.services.sharing_status import LAST
from eolc_desktop.services.sharing_use import SETTINGS
from eolc_desktop.views.places import Place
from tests.screens.stage import Stage

DOCTOR = Author("doctor-1", "Dr A Khan", "GP", "Hill Road surgery")
CONFLICT, PROPOSAL = "c" * 32, "d" * 32


def at(kind: str, person_id: str = "", document: str = "", *, made_up: bool = False) -> Callable[[Stage], QWidget]:
    """A page of the window while something waits to be shared, settled and answered. With real people nothing leaves of
    somebody with a number for testing: where it is to be seen what leaves, the record is `made_up`."""

    def play(stage: Stage) -> QWidget:
        stage.on_store(_between_two_exchanges)
        shell = stage.shell(made_up=made_up)
        stage.desk.sharing.look()
        stage.settle()
        shell.places.go(Place(kind, person_id, document))
        stage.settle()
        return shell

    return play


def _between_two_exchanges(session: Session) -> None:
    now = session.clock().isoformat()
    with session.store.writing() as connection:
        kept = {"address": "https://record.example.nhs.uk/fhir", "sign_in": "browser", "client_id": "eolc-desktop"}
        users.know(connection, SETTINGS, json.dumps(kept))
        exchange_marks.set_mark(connection, LAST, now)
        exchange_marks.set_mark(connection, "journal", str(2**40))  # only those named below wait
        tables.put_shared_person(connection, SharedPerson(PEGGY, waiting_since=now, last_sent=now))
        trouble = "The shared record found a mistake in what was sent. (422: invariant)"
        tables.put_shared_person(connection, SharedPerson(BARBARA, trouble=trouble, last_sent=now))
        _conflict(connection, session)
        words = "A flag. CPR recommendation: the plan says one thing, the other system another."
        changes = (("cpr", "main", "decision", "for"),)
        tables.put_proposal(
            connection, Proposal(PROPOSAL, PEGGY, "Flag/1", words, now, "Yorkshire ambulance service", changes)
        )


def _conflict(connection: Connection, session: Session) -> None:
    plan = plans.plan_of(connection, session.catalogue, PEGGY, session.clock())
    items = []
    for key, value in (("preferred_death", "hospice"), ("preferred_care", "hospice")):
        item = plan.item("places", key)
        if item is not None:
            newer = replace(item, value=value, recorded_by=DOCTOR, recorded_at=session.clock())
            mine = Said(replace(newer, confirmed_at=None, confirmed_by=None))  # nobody has confirmed that
            items.append(ClashItem(("places", MAIN, key), Said(item), mine, Said(item)))
    unit = ("group", "places")
    conflict_tables.put_conflict(connection, Conflict(CONFLICT, PEGGY, unit, tuple(items), session.clock(), DOCTOR))
