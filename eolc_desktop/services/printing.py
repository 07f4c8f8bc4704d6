"""Preparing a document and noting that it was printed or saved: the same for the window and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from eolc_desktop.care_plan.paper_copies import SECTION, copies, fingerprints, says_text
from eolc_desktop.care_plan.plan import Edit, Plan
from eolc_desktop.documents.copies import Copy, ReadersChosen, copy_for
from eolc_desktop.documents.kinds import DOCUMENTS, Document
from eolc_desktop.documents.making import Order
from eolc_desktop.documents.translations import words_in
from eolc_desktop.errors import PrintFailed
from eolc_desktop.record import audit, journal, plans, users
from eolc_desktop.services import going_out, organisation
from eolc_desktop.services.paper_copies import Entered, enter
from eolc_desktop.services.print_checks import beside_the_plan, checked_again
from eolc_desktop.services.print_identity import identity_of
from eolc_desktop.services.print_needs import Chosen, needs_of, style_for
from eolc_desktop.services.private_file import write_private
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Changes, Session
from eolc_desktop.services.settings import NUMBER_TO_CALL

NOT_SAVED = "The PDF could not be saved there."


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document ready to be made: the order for the worker process, and what the preview has to say about it.

    `copy` tells what was left out and why, and which items wait for somebody's yes. `size_reason` says why the text
    is larger than usual, when the person's own needs made it so; `to_look_for` what the program cannot check by itself.
    """

    order: Order
    copy: Copy
    document: Document
    plan: Plan
    """The whole snapshot: who could read the copy, and who may have it."""
    size_reason: str
    to_look_for: tuple[str, ...] = ()
    says: str = ""
    """The fingerprints of what the copy says, for the register of paper copies."""
    readers: str = ""
    """For whom the copy is, in words."""


@needs(Right.PRINT)
def prepare(
    session: Session,
    person_id: str,
    document_key: str,
    readers: ReadersChosen | None = None,
    chosen: Chosen | None = None,
) -> Prepared:
    """Take one snapshot of the plan and prepare a document from it. Nothing is read again afterwards (hazard H02).

    What `chosen` leaves open follows the person's recorded needs. Raises PrintFailed for an unknown document, one that
    the organisation does not allow, or a copy that may not be made.
    """
    if document_key not in DOCUMENTS:
        names = ", ".join(DOCUMENTS)
        raise PrintFailed(f"There is no document called {document_key}.", "Nothing was printed.", f"Choose: {names}.")
    whole, now = DOCUMENTS[document_key], session.clock()
    organisation.refuse_document(session.policy, document_key, whole.name)
    document = organisation.as_allowed(session.policy, whole)
    with session.store.reading() as connection:
        going_out.refuse_person(session, connection, person_id)
        plan = plans.plan_of(connection, session.catalogue, person_id, now)
        number_to_call = users.known(connection, NUMBER_TO_CALL)
    readers, chosen = readers or ReadersChosen(), chosen or Chosen()
    _refuse_what_cannot_be(document, chosen)
    copy = copy_for(plan, readers, document.scope)
    if copy.refused:
        raise PrintFailed(copy.refused, "Nothing was printed.", "Choose who this copy is for.")
    if document.refused_after_death and plan.value("death", "died_on"):
        said = document.refused_after_death.format(called=plan.called)
        raise PrintFailed(said, "Nothing was printed.", "“The last days, and after” can be printed for the family.")
    to_look_for = checked_again(plan, copy, readers, document)
    if plan.drafts_waiting:
        to_look_for = (*to_look_for, "Something was typed and is not saved yet. It is not on this copy.")
    if not number_to_call:
        to_look_for = (*to_look_for, "No number to call is set: it can be added in Settings.")
    asked = needs_of(plan, document)
    wanted = needs_of(plan, whole).language
    if wanted != asked.language:
        said = f"{plan.called} reads {words_in(wanted).called}, which is not printed here. {organisation.SET_BY}"
        to_look_for = (*to_look_for, said)
    style = style_for(document, asked, chosen)
    beside = beside_the_plan(plan, copy, readers, document, chosen.going_to, number_to_call)
    identity = identity_of(session, plan, document, style, beside)
    order = Order(
        document_key, _without_values(copy.plan) if not document.holds_plan else copy.plan, identity, style, beside
    )
    as_needed = style == style_for(document, asked, Chosen())
    return Prepared(
        order,
        copy,
        document,
        plan,
        asked.reason if as_needed else "",
        to_look_for,
        says_text(fingerprints(plan, document_key, copy.plan)),
        _readers_words(plan, readers),
    )


def _refuse_what_cannot_be(document: Document, chosen: Chosen) -> None:
    """Raise PrintFailed for a size, language or setting that this document does not have."""
    for value, offered, what in (
        (chosen.points, document.sizes, "print of {} points"),
        (chosen.language, document.languages, "the language {}"),
        (chosen.going_to, document.going_to, "the setting {}"),
    ):
        if value and value not in offered:
            names = ", ".join(str(each) for each in offered if each) or "none"
            said = f"{document.name} cannot be made in {what.format(value)}."
            raise PrintFailed(said, "Nothing was printed.", f"It can have: {names}.")


def _without_values(plan: Plan) -> Plan:
    return replace(plan, sections={}, conflicts=())


def _readers_words(plan: Plan, readers: ReadersChosen) -> str:
    names = [plan.links.get(contact, "") for contact in readers.contacts]
    return ", ".join([plan.called or "The person", *(name for name in names if name)])


@needs(Right.PRINT)
def note_made(session: Session, prepared: Prepared, how: str, given_to: str = "", form: str = "") -> Entered:
    """Note that a document was printed or saved, in the audit and in the register, before it leaves the program.

    `how` is "printed" or "saved"; `given_to` is the entry id of a contact, or "" for the person; `form` is the number
    of a form to fill in. The check code on the page is kept with it, so that the page can be recognised later.
    """
    order, now = prepared.order, session.clock()
    detail: Mapping[str, str | int] = {
        "document": order.document,
        "version": order.plan.version,
        "check_code": order.identity.check_code,
        "given_to": given_to,
        "left_out": len(prepared.copy.left_out),
    }
    person_id = order.plan.person_id
    with session.store.writing() as connection:
        audit.note(connection, now, session.user.id, how, person_id, detail)
        plan = plans.plan_of(connection, session.catalogue, person_id, now)
        older = [copy for copy in copies(plan) if copy.document == order.document and copy.is_out]
        entry = enter(
            connection,
            session,
            person_id,
            {
                "name": prepared.document.name,
                "document": order.document,
                "code": order.identity.check_code,
                "how": how,
                "made_at": now.isoformat(),
                "version": order.plan.version,
                "readers": prepared.readers,
                "says": prepared.says,
                "form": form,
                "given_to": given_to,
            },
        )
    return Entered(entry, tuple(older), Changes(frozenset((person_id,)), frozenset((SECTION,))))


@needs(Right.PRINT)
def note_not_made(session: Session, prepared: Prepared, entry: str) -> Changes:
    """Note that a page which was entered did not come out whole. Its code stays known: some of it may lie about."""
    person_id = prepared.order.plan.person_id
    with session.store.writing() as connection:
        _how, base = journal.current_value(connection, person_id, SECTION, entry, "how")
        journal.append(connection, session.pen(), person_id, [Edit(SECTION, entry, "how", "not_made", base=base)])
    return Changes(frozenset((person_id,)), frozenset((SECTION,)))


@needs(Right.PRINT)
def save_copy(
    session: Session, prepared: Prepared, pdf: bytes, path: Path, given_to: str = "", form: str = ""
) -> Entered:
    """Note that a document is saved and write it where the user chose, readable by them alone (mode 0600).

    Raises PrintFailed, leaving no half file, and where the organisation does not allow documents to be saved.
    """
    organisation.refuse_saving(session.policy)
    entered = note_made(session, prepared, "saved", given_to, form)
    try:
        write_private(session, path, pdf, NOT_SAVED)
    except PrintFailed:
        note_not_made(session, prepared, entered.entry)
        raise
    return entered
