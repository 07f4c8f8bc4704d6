"""What stands on every page of a document: whose it is, which copy it is, and what must be said across it."""

from __future__ import annotations

import secrets

from eolc_desktop.care_plan.dates import date_words, moment_words
from eolc_desktop.care_plan.nhs_number import nhs_number_words
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.documents.kinds import Document
from eolc_desktop.documents.material import Beside
from eolc_desktop.documents.page import PageIdentity, PrintStyle
from eolc_desktop.documents.translations import words_in
from eolc_desktop.services.print_checks import warnings_for
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

_CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@needs(Right.BE_HERE)
def identity_of(session: Session, plan: Plan, document: Document, style: PrintStyle, beside: Beside) -> PageIdentity:
    """What every page of a document says of whose it is and which copy it is."""
    words = words_in(style.language)
    born, number = plan.text("person", "birth_date"), plan.text("person", "nhs_number")
    return PageIdentity(
        person_line=plan.banner_name,
        born=words.day(date_words(born, document.audience)) if born else words("warnings.not_known"),
        nhs_number=nhs_number_words(number) if number else words("warnings.not_known"),
        plan_version=str(plan.version),
        printed=words.day(moment_words(session.clock(), document.audience)),
        printed_by=", ".join(part for part in (session.user.name, session.user.role) if part),
        check_code=check_code(),
        to_check_call=beside.to_call,
        warnings=warnings_for(plan, document, beside, words, session.made_up),
    )


def check_code() -> str:
    """Six signs that can be read out over the telephone: no I, L, O or U."""
    return "".join(secrets.choice(_CODE_LETTERS) for _ in range(6))
