"""The one function that makes a document: an order in, the bytes of a PDF out."""

from __future__ import annotations

from dataclasses import dataclass, field

from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.documents.kinds import DOCUMENTS, ON_PAPER
from eolc_desktop.documents.lists import PeopleList
from eolc_desktop.documents.material import Beside, Material
from eolc_desktop.documents.minutes import Minutes
from eolc_desktop.documents.page import PageIdentity, PrintStyle, build
from eolc_desktop.documents.recovery_page import recovery_page
from eolc_desktop.documents.service_sheets import SheetOrder
from eolc_desktop.documents.translations import words_in
from eolc_desktop.documents.two_versions import two_versions


@dataclass(frozen=True, slots=True)
class Order:
    """All that a document is made from: a snapshot that holds only what may be printed, who it is about, how it looks.

    It crosses to the worker process, so what the filter left out is not in the memory of the one that draws. `beside`
    is what must be said that is not in the snapshot.
    """

    document: str
    plan: Plan
    identity: PageIdentity
    style: PrintStyle
    beside: Beside = field(default_factory=Beside)


@dataclass(frozen=True, slots=True)
class ListOrder:
    """A list of several people to be made, with what stands on its pages. `whose` are the ids of those on it."""

    document: str
    listed: PeopleList | Minutes
    identity: PageIdentity
    style: PrintStyle
    whose: tuple[str, ...] = ()


def make(order: Order | ListOrder | SheetOrder) -> bytes:
    """Make a document in memory. Equal orders give equal bytes."""
    if isinstance(order, SheetOrder):
        return build(order.title, order.identity, order.style, list(order.blocks), sheet=order.sheet)
    if isinstance(order, ListOrder):
        kind = ON_PAPER[order.document]
        return build(kind.name, order.identity, order.style, kind.blocks(order.listed), sheet=kind.sheet)
    document = DOCUMENTS[order.document]
    words = words_in(order.style.language)
    material = Material(order.plan, document.audience, words, order.beside, document.sources)
    title = words(document.title_key)
    blocks = [*two_versions(material), *document.blocks(material)]
    return build(title, order.identity, order.style, blocks, sheet=document.sheet)


def make_recovery_page(user_name: str, organisation: str, made_on: str, code: str) -> bytes:
    """Make the page with the recovery code, in memory."""
    return build("Recovery code", None, PrintStyle(), recovery_page(user_name, organisation, made_on, code))
