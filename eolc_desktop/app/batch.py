"""The commands that work on the record without a window: import, print, export, sync and check."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from eolc_desktop import logs
from eolc_desktop.app.carry_commands import bring_from, show_address, take_to
from eolc_desktop.app.form_command import take_form_in
from eolc_desktop.app.opening import begin_session, note_signed_in
from eolc_desktop.app.sharing_commands import export_person, share_now
from eolc_desktop.care_plan.plan import banner_name
from eolc_desktop.clock import Clock, system_clock
from eolc_desktop.desktop.single_instance import SingleInstance
from eolc_desktop.documents.copies import left_out_in_words
from eolc_desktop.documents.kinds import LISTS
from eolc_desktop.documents.making import make
from eolc_desktop.errors import ImportRefused, InvalidValue, StoreBusy, StoreMissing, UserError
from eolc_desktop.models.key_file import STANDARD, Costs, Method
from eolc_desktop.models.ways import by_what_was_typed
from eolc_desktop.paths import Profile
from eolc_desktop.services import (
    backups,
    batch_printing,
    importing,
    list_printing,
    new_key,
    organisation,
    people,
    printing,
    private_file,
    restoring,
    sign_in,
)
from eolc_desktop.services.batch_printing import Outcome
from eolc_desktop.services.importing import ImportPreview
from eolc_desktop.services.print_needs import Chosen
from eolc_desktop.services.session import Session
from eolc_desktop.services.sign_in import ProfileState

MOST_BYTES = 1 << 26
"""Bytes of a file that are read at most before the reader looks at it, and refuses it when it is too large."""


def run(given: argparse.Namespace, profile: Profile, clock: Clock = system_clock, costs: Costs = STANDARD) -> int:
    """Do a command and return its exit status. What went wrong is said in words on the error output."""
    commands: dict[str, Callable[[Session, argparse.Namespace], int]] = {
        "import": import_file,
        "form": take_form_in,
        "print": print_document,
        "export": export_person,
        "sync": sync,
        "check": check_record,
        "address": show_address,
        "take-to": take_to,
        "bring-from": bring_from,
    }
    try:
        if given.command == "restore":
            return restore_backup(given, profile, clock, costs)
        if given.command == "new-key":
            return change_key(given, profile, clock, costs)
        with opened(profile, given.passphrase_fd, clock, costs) as session:
            return commands[given.command](session, given)
    except UserError as error:
        print(error.words, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. What was kept before stays, and nothing is half done.", file=sys.stderr)
        return 1


@contextmanager
def opened(profile: Profile, passphrase_fd: int | None, clock: Clock, costs: Costs) -> Iterator[Session]:
    """Open the record of a profile for the time of a command, holding the same lock as the window.

    Raises StoreBusy when the window has it, StoreMissing when there is none, and as `sign_in.unlock` does.
    """
    if sign_in.profile_state(profile, costs) is ProfileState.NEW:
        raise StoreMissing(
            f"There is no record in {profile.folder}.", "Nothing was made.", "Open the program once to make one."
        )
    instance = SingleInstance(profile.lock)
    if not instance.claim():
        raise StoreBusy(
            "The program is open on this record.", "Nothing was changed.", "Close or quit it, then try again."
        )
    log = logs.start(profile.logs)
    try:
        signed_in = sign_in.unlock(profile, passphrase(passphrase_fd), clock, costs=costs)
        try:
            session = begin_session(signed_in.store, signed_in.user_id, profile, clock, costs=costs)
            # The passphrase was given for this one command, a moment ago.
            session.signature.lasts = True
            note_signed_in(session, signed_in.method)
            if left_behind := private_file.clear_left_behind(session):
                print(left_behind, file=sys.stderr)
            yield session
        finally:
            signed_in.store.close()
    finally:
        instance.release()
        logs.stop(log)


def passphrase(descriptor: int | None) -> str:
    """Ask for the passphrase without showing it, or read its one line from a file descriptor. Never an argument:
    arguments are seen by everybody on the computer. Raises UserError when nobody is there, or the descriptor cannot be
    read."""
    if descriptor is not None:
        return _line_from(descriptor, "passphrase")
    try:
        return getpass.getpass("Passphrase: ")
    except EOFError:
        raise UserError(
            "Nobody is there to type the passphrase.",
            "Nothing was changed.",
            "Name a file descriptor to read it from: --passphrase-fd NUMBER.",
        ) from None


def _line_from(descriptor: int, what: str) -> str:
    try:
        with os.fdopen(descriptor, encoding="utf-8") as file:
            return file.readline().removesuffix("\n")
    except (OSError, UnicodeDecodeError):
        raise UserError(
            f"The {what} could not be read from file descriptor {descriptor}.", "Nothing was changed.", ""
        ) from None


def import_file(session: Session, given: argparse.Namespace) -> int:
    """Show what a file would bring in, ask, and bring in all of it or nothing. Raises ImportRefused, InvalidValue."""
    path: Path = given.file
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES)
    except OSError:
        raise ImportRefused(f"The file {path} cannot be read.", "Nothing was brought in.", "") from None
    shown = importing.preview(session, path.name, content)
    for line in preview_lines(shown):
        print(line)
    undecided = [person.name for person in shown.people if person.must_choose]
    if undecided:
        raise InvalidValue(
            "Somebody on this computer could be the same person: " + "; ".join(undecided),
            "Nothing was brought in.",
            "Import the file in the window, where you can compare them and choose.",
        )
    if not given.yes and not _agreed():
        print("Nothing was brought in.")
        return 1
    result = importing.accept(session, shown)
    count = len(result.person_ids)
    print(f"{count} {'person was' if count == 1 else 'people were'} brought in, and kept on this computer.")
    if result.not_answered_yes:
        print(
            f"{result.not_answered_yes} entries needed a yes of their own and were left out. The window asks for each."
        )
    return 0


def preview_lines(shown: ImportPreview) -> Iterator[str]:
    """What a file would bring in, as lines of text."""
    yield f"{shown.file_name}:"
    yield from (f"  Note: {note}" for note in shown.notes)
    for person in shown.people:
        yield f"  {person.name}, born {person.born}, NHS No. {person.nhs_number}"
        for arrival in person.arrivals:
            heading = " – ".join(part for part in (arrival.section_title, arrival.title) if part)
            yield f"    {heading}{' (asks for a yes, so it is left out here)' if arrival.question else ''}"
            yield from (f"      {label}: {words}" for label, words in arrival.lines)
        yield from (f"    Note: {note}" for note in person.notes)
        yield from (f"    Not brought in: {words}" for words in person.left_out)
        if person.asks_for_reason:
            yield "    There is no NHS number. Why can be recorded in the plan."
    yield from (f"  Not brought in: {words}" for words in shown.left_out)


def _agreed() -> bool:
    if not sys.stdin.isatty():
        print("To bring it in without being asked, add --yes.", file=sys.stderr)
        return False
    return input("Bring this in? Type yes or no: ").strip().casefold() in ("yes", "y")


def print_document(session: Session, given: argparse.Namespace) -> int:
    """Make a document of one person and save it. What needs a yes stays out of it: nobody is here to say so."""
    if given.document in LISTS:
        return print_list(session, given)
    if given.all or given.to_replace:
        return print_for_many(session, given)
    found = people.with_nhs_number(session, given.person)
    if len(found) != 1:
        many = (
            f"{len(found)} people on this computer have that NHS number." if found else "Nobody here has that number."
        )
        raise InvalidValue(many, "Nothing was printed.", "Please look for the person in the window.")
    chosen = Chosen(points=given.points, language=given.language, going_to=given.going_to)
    prepared = printing.prepare(session, found[0].id, given.document, chosen=chosen)
    printing.save_copy(session, prepared, make(prepared.order), given.out)
    print(f"{prepared.document.name} was saved as {given.out}, in print of {prepared.order.style.base_points} points.")
    for reason, lines in left_out_in_words(prepared.copy.left_out):
        print(f"  Left out. {reason}:")
        for line in lines:
            print(f"    {line}")
    for words in prepared.to_look_for:
        print(f"  Please look: {words}")
    return 0


def print_list(session: Session, given: argparse.Namespace) -> int:
    """Save a list of everybody on this laptop, or of those with pages to replace. Raises PrintFailed, InvalidValue."""
    if given.person:
        raise InvalidValue("A list is of many people.", "Nothing was printed.", "Type --all instead of --person.")
    chosen = [row.id for row in batch_printing.people_for(session, True)] if given.to_replace else None
    order = list_printing.prepare_list(session, given.document, chosen, full_names=not given.initials)
    list_printing.save_list(session, order, make(order), given.out)
    print(f"{LISTS[given.document].name} was saved as {given.out}: {len(order.listed.people)} people.")
    print("  It holds personal data: keep it with you, and destroy it after use.")
    return 0


def print_for_many(session: Session, given: argparse.Namespace) -> int:
    """Save a document for many people into a folder. Ctrl+C stops after the person it is at; what is done stays."""
    batch_printing.check_folder(given.out)
    rows = batch_printing.people_for(session, only_to_replace=given.to_replace)
    print(batch_printing.WARNING)
    print(batch_printing.SAYS_NO)
    done: list[Outcome] = []
    try:
        for outcome in batch_printing.save_all(session, rows, given.document, given.out, make):
            done.append(outcome)
            print(f"\r{len(done)} of {len(rows)}", end="", flush=True)
    except KeyboardInterrupt:
        print("\nStopped.")
    print()
    failed = [outcome for outcome in done if outcome.failed]
    for outcome in failed:
        name = banner_name(outcome.row.family_name, outcome.row.given_names, outcome.row.title)
        print(f"Not made: {name}: {outcome.failed}", file=sys.stderr)
    print(f"{len(done) - len(failed)} of {len(rows)} copies were made, each entered in the register of paper copies.")
    return 0 if len(done) == len(rows) and not failed else 1


def change_key(given: argparse.Namespace, profile: Profile, clock: Clock, costs: Costs) -> int:
    """Give the record another key. Raises StoreBusy, and as `new_key.new_key` does."""
    instance = SingleInstance(profile.lock)
    if not instance.claim():
        raise StoreBusy(
            "The program is open on this record.", "Nothing was changed.", "Close or quit it, then try again."
        )
    try:
        done, code = new_key.new_key(profile, passphrase(given.passphrase_fd), clock, costs=costs)
    finally:
        instance.release()
    print("The record has another key now. Whoever kept a copy of the old one opens nothing with it.")
    print(f"Backups turned to it: {done.backups}. Backups removed because they could not be: {done.backups_gone}.")
    if done.backups_old:
        print(f"Backups that still open with the old key, because the disk refused: {done.backups_old}. Delete them.")
    if code:
        print(f"Your recovery code was of an earlier version. This is the new one, shown once: {code}")
    if any(method is not Method.RECOVERY_CODE for _user, method in done.left_behind) or len(done.left_behind) > 1:
        print("Some ways in of others were of an earlier version and open nothing now: add them again in Settings.")
    return 0


def restore_backup(given: argparse.Namespace, profile: Profile, clock: Clock, costs: Costs) -> int:
    """Put a backup in the record's place, or begin with it on a new computer. What was there is set aside.

    Raises BackupFailed, StoreBusy, and as `restoring.restore` does; the record's place is then as it was.
    """
    backup = restoring.backup_at(given.backup)
    is_new = sign_in.profile_state(profile, costs) is ProfileState.NEW
    profile.make_private()
    instance = SingleInstance(profile.lock)
    if not instance.claim():
        raise StoreBusy(
            "The program is open on this record.", "Nothing was changed.", "Close or quit it, then try again."
        )
    try:
        signed_in = restoring.restore(
            profile, backup, by_what_was_typed(passphrase(given.passphrase_fd)), clock, costs=costs
        )
        try:
            session = begin_session(signed_in.store, signed_in.user_id, profile, clock, costs=costs)
            after = restoring.note_restored(session, backup.made_at, is_new_laptop=is_new)
            count = restoring.people_held(session)
        finally:
            signed_in.store.close()
    finally:
        instance.release()
    print(after.words)
    print("It holds 1 person." if count == 1 else f"It holds {count} people.")
    return 0


def sync(session: Session, given: argparse.Namespace) -> int:
    """Exchange with the shared record, with the token read from a file descriptor where one is named."""
    return share_now(session, given, _line_from(given.token_fd, "token") if given.token_fd is not None else "")


def check_record(session: Session, _given: argparse.Namespace) -> int:
    """Check the whole record and say in plain words what was found."""
    report = backups.check_record(session, full=True)
    for line in report.lines:
        print(line)
    count = people.caseload(session, limit=0).total
    print("There is 1 person in it." if count == 1 else f"There are {count} people in it.")
    kept = backups.kept_backups(session)
    print(f"There are {len(kept)} backups." if len(kept) != 1 else "There is 1 backup.")
    for line in organisation.lines(session.policy):
        print(f"{organisation.SET_BY} {line}")
    for notice in organisation.notices(session.policy):
        print(f"Please look: {notice}")
    return 0 if report.ok else 1
