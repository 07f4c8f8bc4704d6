"""The screens about paper: some pages of Peggy's are about, one of them old, and a form came back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from eolc_desktop.documents.fillable import make_form
from eolc_desktop.documents.fillable_reading import read_form
from eolc_desktop.services import paper_copies, plans, printing, written_back
from eolc_desktop.services.invented.stories import PEGGY
from eolc_desktop.services.session import Session
from eolc_desktop.views.places import Place
from tests.documents.test_fillable import with_pikepdf
from tests.screens.stage import Stage


def _with_pages(stage: Stage) -> str:
    """Have some of Peggy's pages about, one of them old, and a form that came back; returns the old page's code."""
    codes: list[str] = []

    def fill(session: Session) -> None:
        register = paper_copies.register_of(session, PEGGY)
        if register.copies:
            codes.append(register.copies[-1].code)
            return
        first = printing.prepare(session, PEGGY, "family-plan")
        codes.append(first.order.identity.check_code)
        contact = register.plan.entries("contacts")[0].id
        entry = printing.note_made(session, first, "printed").entry
        paper_copies.hand_over(session, PEGGY, entry, paper_copies.Holder(contact, "", "In the yellow folder"))
        printing.note_made(session, printing.prepare(session, PEGGY, "commitments"), "saved")
        form = written_back.prepare_form(session, PEGGY)
        printing.note_made(session, form.prepared, "saved", "", form.order.form)
        data = with_pikepdf(make_form(form.order), {"about_me/main/most_important": "The bed by the window."})
        written_back.hold(session, written_back.recognise(session, read_form(data), data), contact)
        call = register.plan.entries("who_to_call")[0]
        values = {"first_call_phone": "01943 496 0150"}
        plans.save_entry(session, plans.read_plan(session, PEGGY), "who_to_call", call.id, values)

    stage.on_store(fill)
    return codes[0]


def paper(kind: str, person_id: str = "") -> Callable[[Stage], QWidget]:
    """Go to one of the pages about paper."""

    def play(stage: Stage) -> QWidget:
        code = _with_pages(stage)
        shell = stage.shell()
        shell.places.go(Place("paper", document=code) if kind == "paper" else Place(kind, person_id))
        stage.settle()
        return shell

    return play
