"""What the organisation has set for this computer (`docs/policy.md`): services refuse by it, views say who chose.

It is asked with the policy alone, which the session carries from the moment it begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from eolc_desktop.errors import NotAllowed, PrintFailed, UserError
from eolc_desktop.policy import ALWAYS_ALLOWED, Policy

if TYPE_CHECKING:
    from eolc_desktop.documents.kinds import Document

SET_BY = "Set by your organisation."
PRINT_ONLY = "Documents are printed here, not saved as files. " + SET_BY
STRICT = "What it was to set is kept as strict as it can be, and printing goes on. Settings has the whole list."
ASK = "Please ask your computer support."
_NOT_HERE = "The organisation’s policy names a {}, which this version does not have."
_LARGEST_CERTIFICATES = 1 << 20


@dataclass(frozen=True, slots=True)
class SharedRecordRule:
    """The shared record that the organisation has set: its address, and its certificate authority as PEM ("": none).

    An address of "" means that the organisation's own could not be read: then no shared record may be used.
    """

    address: str
    authority: str


# Documents: what makes them is loaded when one is asked about, which takes 3 MB and is not on most days


def allowed_keys(policy: Policy) -> frozenset[str]:
    """The documents and lists that may be made. Where the policy names none that this version has, all of them: a
    family that needs a page must not go without it because of a spelling mistake."""
    from eolc_desktop.documents.kinds import DOCUMENTS, ON_PAPER  # noqa: PLC0415

    every = frozenset(DOCUMENTS) | frozenset(ON_PAPER)
    named = frozenset(key for key in every if policy.allows_document(key))
    return named or every


def as_allowed(policy: Policy, document: Document) -> Document:
    """A document with only the languages that may be used."""
    languages = tuple(code for code in document.languages if policy.allows_language(code))
    return replace(document, languages=languages)


def documents(policy: Policy) -> tuple[Document, ...]:
    """The documents that can be made here, in the order in which they are offered."""
    from eolc_desktop.documents.kinds import DOCUMENTS  # noqa: PLC0415

    allowed = allowed_keys(policy)
    return tuple(as_allowed(policy, each) for each in DOCUMENTS.values() if each.key in allowed) or tuple(
        as_allowed(policy, each) for each in DOCUMENTS.values()
    )


def refuse_document(policy: Policy, key: str, name: str) -> None:
    """Raise PrintFailed when this document may not be made."""
    if key not in allowed_keys(policy):
        raise PrintFailed(f"“{name}” is not made on this computer.", SET_BY, "Choose another document.")


def refuse_saving(policy: Policy) -> None:
    """Raise PrintFailed when nothing about a person may be written to a file that is not encrypted."""
    if not policy.may_save_pdfs:
        raise PrintFailed("Nothing was saved.", PRINT_ONLY, "Print it, or ask your computer support.")


# The shared record


def shared_record_rule(policy: Policy) -> SharedRecordRule | None:
    """The shared record that must be used; None where the user may choose. Raises UserError when the file with the
    certificate authority cannot be read: another would not be the organisation's."""
    if not policy.decides("server"):
        return None
    return SharedRecordRule(policy.server, authority_set(policy) or "")


def authority_set(policy: Policy) -> str | None:
    """The certificate authority that must be used, as PEM; None where the user may choose. Raises UserError."""
    if not policy.decides("certificate_authority"):
        return None
    try:
        if not policy.certificate_authority:
            raise OSError
        content = Path(policy.certificate_authority).read_bytes()
        if len(content) > _LARGEST_CERTIFICATES:
            raise OSError
        return content.decode("ascii")
    except (OSError, ValueError):
        raise UserError(
            "Your organisation’s certificate authority could not be read on this computer.",
            "Nothing was sent. Everything you recorded is safe on this laptop.",
            ASK,
        ) from None


def refuse_address(policy: Policy, address: str) -> None:
    """Raise NotAllowed when this is not the shared record that the organisation has set."""
    if policy.decides("server") and address.rstrip("/") != policy.server:
        which = f"It is {policy.server}." if policy.server else "What it has set could not be read, so none is used."
        raise NotAllowed(
            "Your organisation sets which shared record this computer uses.", "Nothing was changed.", which
        )


# In words


def lines(policy: Policy) -> tuple[str, ...]:
    """What is set, each in a sentence, for Settings, the self-test and support."""
    return tuple(_lines(policy)) if policy.is_set else ()


def _lines(policy: Policy) -> Iterator[str]:
    if policy.decides("longest_idle_minutes"):
        minutes = policy.longest_idle_minutes
        yield f"The program locks after at most {minutes} minute{'' if minutes == 1 else 's'} without use."
    if policy.decides("server"):
        yield f"The shared record is {policy.server}." if policy.server else "No shared record is used."
    if policy.decides("certificate_authority"):
        yield "The shared record is trusted by your organisation’s own certificate authority."
    if policy.decides("documents"):
        from eolc_desktop.documents.kinds import DOCUMENTS, ON_PAPER  # noqa: PLC0415

        names = {key: each.name for key, each in DOCUMENTS.items()} | {key: each.name for key, each in ON_PAPER.items()}
        allowed = allowed_keys(policy)
        made = ", ".join(name for key, name in names.items() if key in allowed)
        yield f"Documents that can be made: {made}."
    if policy.decides("may_save_pdfs"):
        yield f"Documents are printed, {'and may be' if policy.may_save_pdfs else 'not'} saved as files."
    if policy.decides("backup_folder") and policy.backup_folder:
        yield f"Each backup is copied to {policy.backup_folder} too, encrypted."
    if policy.decides("languages") and policy.languages is not None:
        from eolc_desktop.documents.translations import words_in  # noqa: PLC0415

        codes = sorted(code for code in {ALWAYS_ALLOWED, *policy.languages} if _is_known(code))
        yield f"Documents can be printed in: {', '.join(words_in(code).called for code in codes)}."


def _is_known(code: str) -> bool:
    from eolc_desktop.documents.kinds import DOCUMENTS  # noqa: PLC0415

    return any(code in document.languages for document in DOCUMENTS.values())


def notices(policy: Policy) -> tuple[str, ...]:
    """What of the policy could not be used, for the user and for computer support."""
    unknown = _unknown_documents(policy.documents) if policy.documents else []
    foreign = sorted(code for code in policy.languages or () if not _is_known(code))
    return (
        *policy.notices,
        *(_NOT_HERE.format(f"document “{key[:40]}”") for key in unknown),
        *(_NOT_HERE.format(f"language “{code[:40]}”") for code in foreign),
    )


def _unknown_documents(named: frozenset[str]) -> list[str]:
    from eolc_desktop.documents.kinds import DOCUMENTS, ON_PAPER  # noqa: PLC0415

    return sorted(named - frozenset(DOCUMENTS) - frozenset(ON_PAPER))
