"""The documents that can be made, and the one function that makes them: an order in, the bytes of a PDF out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.documents.blocks import Block
from eolc_desktop.documents.commitments import commitments_sheet
from eolc_desktop.documents.compact import compact_sheet
from eolc_desktop.documents.family_plan import family_plan
from eolc_desktop.documents.page import PageIdentity, PrintStyle, build
from eolc_desktop.documents.recovery_page import recovery_page


@dataclass(frozen=True, slots=True)
class Document:
    """A kind of document: its key for the command line, its name, whom it is for, and a name for a saved file."""

    key: str
    name: str
    purpose: str
    file_name: str


DOCUMENTS: Mapping[str, Document] = {
    document.key: document
    for document in (
        Document("family-plan", "My plan for care", "For the person and their family", "my-plan-for-care.pdf"),
        Document("commitments", "Our commitment to you", "The six promises, one by one", "our-commitment.pdf"),
        Document("compact", "My agreement with my care team", "The seven questions", "my-agreement.pdf"),
    )
}
_BLOCKS: Mapping[str, Callable[[Plan], list[Block]]] = {
    "family-plan": family_plan,
    "commitments": commitments_sheet,
    "compact": compact_sheet,
}


@dataclass(frozen=True, slots=True)
class Order:
    """All that a document is made from: a snapshot that holds only what may be printed, who it is about, how it looks.

    It crosses to the worker process, so what the filter left out is not in the memory of the one that draws.
    """

    document: str
    plan: Plan
    identity: PageIdentity
    style: PrintStyle


def make(order: Order) -> bytes:
    """Make a document in memory. Equal orders give equal bytes."""
    return build(DOCUMENTS[order.document].name, order.identity, order.style, _BLOCKS[order.document](order.plan))


def make_recovery_page(user_name: str, organisation: str, made_on: str, code: str) -> bytes:
    """Make the page with the recovery code, in memory."""
    return build("Recovery code", None, PrintStyle(), recovery_page(user_name, organisation, made_on, code))
