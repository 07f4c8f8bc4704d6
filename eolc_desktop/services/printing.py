"""Preparing a document and noting that it was printed or saved: the same for the window and the command line."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eolc_desktop.care_plan.dates import date_words, moment_words
from eolc_desktop.care_plan.fields import Audience
from eolc_desktop.care_plan.nhs_number import nhs_number_words
from eolc_desktop.care_plan.paper_copies import SECTION, copies, fingerprints, says_text
from eolc_desktop.care_plan.plan import Edit, Plan
from eolc_desktop.care_plan.rules.copies import CopyPlanned, k21, k22, k23
from eolc_desktop.care_plan.rules.finding import ItemRef, Severity
from eolc_desktop.documents.copies import Copy, ReadersChosen, family_copy
from eolc_desktop.documents.making import DOCUMENTS, Document, Order
from eolc_desktop.documents.page import PageIdentity, PrintStyle
from eolc_desktop.errors import PrintFailed
from eolc_desktop.record import audit, journal, plans, users
from eolc_desktop.services import trust
from eolc_desktop.services.paper_copies import Entered, enter
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Changes, Session
from eolc_desktop.services.settings import NUMBER_TO_CALL

_CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
USUAL_SIZE = 14
LARGE_SIZES = (16, 18, 22)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document ready to be made: the order for the worker process, and what the preview has to say about it.

    `copy` tells what was left out and why, and which items wait for somebody's yes. `size_reason` says why the text
    is larger than usual, when the person's own needs made it so; `to_look_for` what the program cannot check by itself.
    """

    order: Order
    copy: Copy
    document: Document
    size_reason: str
    to_look_for: tuple[str, ...] = ()
    says: str = ""
    """The fingerprints of what the copy says, for the register of paper copies."""
    readers: str = ""
    """For whom the copy is, in words."""


def documents() -> tuple[Document, ...]:
    """The documents that can be printed, in the order in which they are offered."""
    return tuple(DOCUMENTS.values())


def size_needed(plan: Plan) -> tuple[int, str]:
    """The size of print in points that the person's needs ask for, and why; otherwise the usual size and ""."""
    needs = plan.value("communication_needs", "needs")
    asked = plan.value("communication_needs", "print_size")
    if isinstance(asked, int) and asked > USUAL_SIZE:
        size = next((s for s in LARGE_SIZES if s >= asked), LARGE_SIZES[-1])
        return size, f"set because {plan.called} needs print of {asked} points"
    if isinstance(needs, list) and "large_print" in needs:
        return LARGE_SIZES[0], f"set because {plan.called} needs large print"
    return USUAL_SIZE, ""


@needs(Right.PRINT)
def prepare(
    session: Session,
    person_id: str,
    document_key: str,
    readers: ReadersChosen | None = None,
    points: int | None = None,
    high_contrast: bool = False,
) -> Prepared:
    """Take one snapshot of the plan and prepare a document from it. Nothing is read again afterwards (hazard H02).

    `points` is the size of print; None follows the person's recorded needs. Raises PrintFailed for an unknown
    document or a copy that may not be made.
    """
    if document_key not in DOCUMENTS:
        names = ", ".join(DOCUMENTS)
        raise PrintFailed(f"There is no document called {document_key}.", "Nothing was printed.", f"Choose: {names}.")
    document = DOCUMENTS[document_key]
    now = session.clock()
    with session.store.reading() as connection:
        trust.refuse_to_print(session, connection, person_id)
        plan = plans.plan_of(connection, session.catalogue, person_id, now)
        number_to_call = users.known(connection, NUMBER_TO_CALL)
    readers = readers or ReadersChosen()
    copy = family_copy(plan, readers)
    if copy.refused:
        raise PrintFailed(copy.refused, "Nothing was printed.", "Choose who this copy is for.")
    to_look_for = _checked_again(plan, copy, readers)
    needed, reason = size_needed(plan)
    size = points or needed
    identity = PageIdentity(
        person_line=plan.banner_name,
        born=date_words(plan.text("person", "birth_date"), Audience.FAMILY)
        if plan.text("person", "birth_date")
        else "Not known",
        nhs_number=nhs_number_words(plan.text("person", "nhs_number"))
        if plan.text("person", "nhs_number")
        else "Not known",
        plan_version=str(plan.version),
        printed=moment_words(now, Audience.FAMILY),
        printed_by=", ".join(part for part in (session.user.name, session.user.role) if part),
        check_code=_check_code(),
        to_check_call=number_to_call,
        warnings=_warnings(plan, session.made_up),
    )
    number_waits = () if number_to_call else ("No number to call is set: it can be added in Settings.",)
    order = Order(document_key, copy.plan, identity, PrintStyle(base_points=size, high_contrast=high_contrast))
    return Prepared(
        order,
        copy,
        document,
        reason if size == needed else "",
        (*to_look_for, *number_waits),
        says_text(fingerprints(plan, document_key, copy.plan)),
        _readers_words(plan, readers),
    )


def _readers_words(plan: Plan, readers: ReadersChosen) -> str:
    names = [plan.links.get(contact, "") for contact in readers.contacts]
    return ", ".join([plan.called or "The person", *(name for name in names if name)])


def _checked_again(plan: Plan, copy: Copy, readers: ReadersChosen) -> tuple[str, ...]:
    """Look at the finished copy with the rules K21 to K23, which know nothing of how it was put together.

    Returns what has to be looked for by eye. Raises PrintFailed when the copy shows what it must not: then the filter
    has a fault, and no paper is better than that paper.
    """
    items = frozenset(ItemRef(section.key, key, entry.id) for section, entry, key, _item in copy.plan.recorded())
    planned = CopyPlanned(items, readers.contacts, readers.said_yes)
    findings = [finding for rule in (k21, k22, k23) for finding in rule(plan, planned)]
    if any(finding.severity is Severity.BLOCKS for finding in findings):
        raise PrintFailed(
            "This copy would show something that somebody must not see.",
            "Nothing was printed.",
            "Please tell the people who look after this program; the record itself is safe.",
        )
    return tuple(finding.says for finding in findings)


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

    Raises PrintFailed, leaving no half file.
    """
    entered = note_made(session, prepared, "saved", given_to, form)
    beside = path.with_name(f".{path.name}.part")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        note_not_made(session, prepared, entered.entry)
        raise PrintFailed(
            "The PDF could not be saved there.",
            "Nothing else was changed.",
            "Choose another folder, or make room on the disk.",
        ) from error
    return entered


def _warnings(plan: Plan, made_up: bool) -> tuple[str, ...]:
    warnings = []
    if made_up:
        warnings.append("MADE-UP PERSON – for showing the program only")
    if plan.value("plan_control", "status") in (None, "draft"):
        warnings.append("DRAFT – this plan has not been recorded as agreed")
    if plan.value("death", "died_on"):
        warnings.append("This person has died. This page is kept as a record.")
    return tuple(warnings)


def _check_code() -> str:
    """Six signs that can be read out over the telephone: no I, L, O or U."""
    return "".join(secrets.choice(_CODE_LETTERS) for _ in range(6))
