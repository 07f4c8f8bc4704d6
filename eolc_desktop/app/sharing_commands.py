"""The commands by which a plan leaves the computer: export of a person, and an exchange with the shared record."""

from __future__ import annotations

import argparse
import sys

from eolc_desktop.documents.making import make
from eolc_desktop.errors import InvalidValue
from eolc_desktop.fhir.nrl_pointer import Publishing
from eolc_desktop.services import exporting, people, shared_record, sharing_status
from eolc_desktop.services.session import Session
from eolc_desktop.services.shared_record import RecordSettings, SignInBy, certificate_in
from eolc_desktop.services.sharing_use import Hold


def export_person(session: Session, given: argparse.Namespace) -> int:
    """Write one person as a FHIR document, and the pointer to its PDF where asked for; say what stays here and why."""
    found = people.with_nhs_number(session, given.person)
    if len(found) != 1:
        many = (
            f"{len(found)} people on this computer have that NHS number." if found else "Nobody here has that number."
        )
        raise InvalidValue(many, "Nothing was exported.", "Please look for the person in the window.")
    exported = exporting.prepare(session, found[0].id)
    print(exporting.WARNING)
    for words in exported.stays:
        print(f"  Stays on this computer. {words}")
    if not given.yes and not _agreed_to_export():
        print("Nothing was exported.")
        return 1
    if given.section:
        exporting.save_section(session, exported, given.section, given.out)
        print(f"The section was saved as {given.out}.")
        return 0
    publishing = Publishing(given.ods, given.address)
    if given.pointer is not None:
        exported.check_pointer(publishing)  # before the plan is written, so that it is both or none
    pdf = make(exported.order)
    exporting.save_document(session, exported, pdf, given.out)
    print(f"The plan was saved as {given.out}.")
    if given.pointer is not None:
        exporting.save_pointer(session, exported, pdf, given.pointer, publishing)
        print(f"The pointer was saved as {given.pointer}. It is for the service that publishes it, not for sending.")
    return 0


def _agreed_to_export() -> bool:
    if not sys.stdin.isatty():
        print("To export without being asked, add --yes.", file=sys.stderr)
        return False
    return input("Write the file? Type yes or no: ").strip().casefold() in ("yes", "y")


def share_now(session: Session, given: argparse.Namespace, token: str = "") -> int:
    """Exchange with the shared record once, after trying a server that was not tried yet; say what came of it.

    `token` signs in to a server that is named now; one that cannot be tried is not used. The status is 0 when the
    exchange came to its end, also where something is left that waits for a person.
    """
    if given.server:
        authority = certificate_in(given.authority) if given.authority else ""
        by = SignInBy.TOKEN if token else SignInBy.NOTHING
        wanted = RecordSettings(given.server, authority, sign_in=by, secret=token)
        found = shared_record.try_server(wanted, session.policy, session.clock, Hold(), made_up=session.made_up)
        print(f"{found.words} {found.clock_words}".strip())
        shared_record.change(session, wanted, found)
    kept: list[str] = []
    with shared_record.connect(session, kept.append) as http:
        try:
            outcome = shared_record.exchange_now(session, http, print)
        finally:
            for token in kept[-1:]:
                shared_record.keep_sign_in(session, token)
    print(f"This time: {sharing_status.outcome_words(outcome)}")
    for line in sharing_status.note_exchange(session, outcome).lines:
        print(line)
    if outcome.stopped is not None:
        print(f"{outcome.stopped.reason} What was not shared yet waits on this computer.", file=sys.stderr)
        return 1
    return 0
