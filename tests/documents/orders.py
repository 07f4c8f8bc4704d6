"""Orders for documents made in memory, without a store, and what a page says read back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.documents.copies import Copy, ReadersChosen, copy_for
from eolc_desktop.documents.kinds import DOCUMENTS
from eolc_desktop.documents.making import Order
from eolc_desktop.documents.page import PageIdentity
from eolc_desktop.documents.raster import text_of
from eolc_desktop.documents.translations import words_in
from eolc_desktop.services.print_checks import beside_the_plan, warnings_for
from eolc_desktop.services.print_needs import Chosen, needs_of, style_for

ALL_AWARE: dict[str, Value] = {"aware_diagnosis": "aware", "aware_prognosis": "aware", "aware_cpr": "aware"}
ORDINARY: dict[str, dict[str, Value]] = {
    "contacts": ALL_AWARE | {"involvement": "told_everything"},
    "kept_back": {"what": None, "what_words": None},
    "person": {"address_restricted": False, "birth_date": "1941-04-05"},
    "plan_control": {"status": "agreed"},
    "death": {"died_on": None},
    "communication_needs": {"needs": ["hearing_aid"], "print_size": None, "format": None},
}
"""What is recorded so that no reader is unaware, nothing is kept back, and the person lives."""
IDENTITY = PageIdentity(
    person_line="PATIENT, Margaret (Mrs)",
    born="5 April 1941",
    nhs_number="999 000 0018",
    plan_version="7",
    printed="12 November 2026 at 2:32pm",
    printed_by="Amina Yusuf, district nurse",
    check_code="7K2M9Q",
    to_check_call="01943 000111",
)


def order_for(
    plan: Plan,
    document_key: str,
    readers: ReadersChosen | None = None,
    chosen: Chosen | None = None,
    identity: PageIdentity = IDENTITY,
) -> tuple[Order, Copy]:
    """The order that `services.printing.prepare` would make of this plan, with an identity that is always the same."""
    document, chosen = DOCUMENTS[document_key], chosen or Chosen()
    readers = readers or ReadersChosen()
    copy = copy_for(plan, readers, document.scope)
    style = style_for(document, needs_of(plan, document), chosen)
    beside = beside_the_plan(plan, copy, readers, document, chosen.going_to, identity.to_check_call)
    warnings = warnings_for(plan, document, beside, words_in(style.language), made_up=False)
    shown = copy.plan if document.holds_plan else replace(copy.plan, sections={})
    return Order(document_key, shown, replace(identity, warnings=warnings), style, beside), copy


def packed(pdf: bytes) -> str:
    """All the text of a document with nothing between its letters, so that a line's end hides no word."""
    return re.sub(r"[\s\u00ad]+", "", "".join(text_of(pdf)))


def run_on(pdf: bytes) -> str:
    """The same without the head and the foot of the pages, for words that go on over the end of one."""
    pages = [re.sub(r"[\s\u00ad]+", "", page) for page in text_of(pdf)]
    head = next((at for at, signs in enumerate(zip(*pages, strict=False)) if len(set(signs)) > 1), 0)
    return "".join(page[head : page.rfind("Thismaynotbethenewestcopy")] for page in pages)


def with_changes(*changes: Mapping[str, Mapping[str, Value]]) -> dict[str, dict[str, Value]]:
    """The ordinary changes with others over them."""
    merged = {key: dict(values) for key, values in ORDINARY.items()}
    for each in changes:
        for key, values in each.items():
            merged.setdefault(key, {}).update(values)
    return merged
