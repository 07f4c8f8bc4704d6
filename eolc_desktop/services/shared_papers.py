"""The plan as a PDF for everybody who reads the shared record: drawn from nothing but what may leave."""

from __future__ import annotations

from dataclasses import replace

from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.documents.copies import ReadersChosen, copy_for
from eolc_desktop.documents.kinds import DOCUMENTS
from eolc_desktop.documents.making import Order
from eolc_desktop.errors import NotAllowed, PrintFailed
from eolc_desktop.record import plans, users
from eolc_desktop.services import organisation
from eolc_desktop.services.print_checks import beside_the_plan, checked_again
from eolc_desktop.services.print_identity import identity_of
from eolc_desktop.services.print_needs import Chosen, needs_of, style_for
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session
from eolc_desktop.services.settings import NUMBER_TO_CALL

DOCUMENT = "handover"
"""The document for other professionals: they are who reads the shared record."""


@needs(Right.SHARE)
def is_made(session: Session) -> bool:
    """Whether the organisation lets this document be made."""
    try:
        organisation.refuse_document(session.policy, DOCUMENT, DOCUMENTS[DOCUMENT].name)
    except (NotAllowed, PrintFailed):
        return False
    return True


@needs(Right.SHARE)
def order(session: Session, plan: Plan) -> Order | None:
    """The order for the PDF of a plan that holds only what may leave; None where none is made of it.

    It bears no check code: it is no paper that lies about, and what the shared record holds is the newest. Raises
    NoSuchPerson.
    """
    if not is_made(session):
        return None
    document, readers = organisation.as_allowed(session.policy, DOCUMENTS[DOCUMENT]), ReadersChosen()
    with session.store.reading() as connection:
        standing = plans.plan_of(connection, session.catalogue, plan.person_id, plan.as_of)
        number_to_call = users.known(connection, NUMBER_TO_CALL)
    plan = replace(plan, version=standing.version, created_at=standing.created_at, fresh_days=standing.fresh_days)
    copy = copy_for(plan, readers, document.scope)
    if copy.refused:
        return None
    try:
        checked_again(plan, copy, readers, document)
    except PrintFailed:
        return None
    style = style_for(document, needs_of(plan, document), Chosen())
    beside = beside_the_plan(plan, copy, readers, document, "", number_to_call)
    identity = replace(identity_of(session, plan, document, style, beside), check_code="")
    return Order(DOCUMENT, copy.plan, identity, style, beside)
