"""Whether what is shown is what was recorded: the seals, their head outside the file, and what to say when it is not.

A plan that is in doubt is still shown, since it may be all there is at a bedside; it says that it cannot be trusted,
and nothing of it leaves: see `services.going_out` (hazard H30).
"""

from __future__ import annotations

import base64
from dataclasses import dataclass

from sqlalchemy import Connection

from eolc_desktop.errors import InvalidValue, KeyringUnavailable, KeySlotsDamaged, StoreError
from eolc_desktop.models import keys, os_keyring
from eolc_desktop.models.head_file import KeptHead, read_head, write_head
from eolc_desktop.models.key_file import Method
from eolc_desktop.models.keys import KeySlots
from eolc_desktop.models.sealing import seal_audit
from eolc_desktop.models.store import second_look
from eolc_desktop.record import audit, chain, exchange_marks
from eolc_desktop.record.chain import Head, Trust
from eolc_desktop.record.exchange_marks import HEAD_OVERRULED
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

NOT_TRUSTED = (
    "What is shown here cannot be trusted: it is not as it was recorded. Check with the shared record, the paper in "
    "the house, or whoever made the decision. Printing is stopped."
)
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_AS_CODE = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", _LETTERS)
_MAC_LETTERS = 8


@dataclass(frozen=True, slots=True)
class InDoubt:
    """Why a plan, or all of them, cannot be trusted, in sentences; empty when nothing was found."""

    lines: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.lines)


@needs(Right.BE_HERE)
def doubt_about(session: Session, person_id: str = "") -> InDoubt:
    """What is known to be wrong with this person's plan, or with the record; looks at nothing again. Any thread."""
    lines = session.doubt.lines
    if person_id and person_id in session.doubt.people:
        lines = (*lines, "This person’s plan is not as it was written.")
    return InDoubt(lines)


@needs(Right.BE_HERE)
def look_first(session: Session) -> InDoubt:
    """Compare the newest seal with the head kept outside: at once after unlocking, before anything is shown."""
    kept = _kept_head(session)
    with session.store.reading() as connection:
        head = chain.head_of(connection)
        there = chain.seal_at(connection, kept.number) if kept else None
    if kept is not None and (lines := words_for(kept, head, there)):
        session.doubt.lines = lines
        return InDoubt(lines)
    return InDoubt(())


def words_for(kept: KeptHead, head: Head, there: Head | None) -> tuple[str, ...]:
    """What a seal that was kept outside says of a record whose newest seal is `head`, and which has `there` under the
    number of that one: sentences, none where it fits."""
    if there == Head(kept.number, kept.mac):
        return ()
    if head.number < kept.number:
        missing = kept.number - head.number
        count = "1 save is" if missing == 1 else f"{missing:,} saves are"
        return (f"An older copy of the record is in its place: {count} missing that were made on this laptop.",)
    return ("This is not the record that was last used on this laptop, or it was changed outside the program.",)


@needs(Right.BE_HERE)
def look_whole(session: Session, rest: chain.Rest = chain.never_rest) -> InDoubt:
    """Look at every seal and everything they cover, with a connection of its own while saving goes on. Any thread.

    About a second for 100,000 entries, and the time of the `rest` after every few. What was found wrong before stays so
    until the record is opened again.
    """
    kept = _kept_head(session, from_keyring=True)
    with second_look(session.store.place) as connection:
        found = chain.check_all(connection, Head(kept.number, kept.mac) if kept else None, rest)
    _remember(session, found)
    return InDoubt((*session.doubt.lines, *found.lines) if not found.ok else session.doubt.lines)


@needs(Right.BE_HERE)
def person_in_doubt(session: Session, connection: Connection, person_id: str) -> bool:
    """Look at one person's seals and values, in a reading or writing that is open already."""
    if not chain.person_fits(connection, person_id):
        session.doubt.people.add(person_id)
    return person_id in session.doubt.people


@needs(Right.BE_HERE)
def keep_head(session: Session) -> bool:
    """Seal the audit so far, and keep the newest seal outside the file. Nothing is kept of a record that is in doubt.

    Returns whether there was anything new to keep.
    """
    if session.doubt.lines:
        return False
    before = read_head(session.profile.head)
    waiting = tuple(session.unnoted)
    with session.store.writing() as connection:
        for at, action, person_id, detail in waiting:
            audit.note(connection, at, session.user.id, action, person_id, detail)
        seal_audit(connection)
        head = chain.head_of(connection)
    del session.unnoted[: len(waiting)]
    if before is not None and before.store_id == session.store.store_id and before.number >= head.number:
        return False
    _keep(session, head)
    return True


@needs(Right.BE_HERE)
def paper_code(session: Session) -> str:
    """A code of the newest seal, to be written down: typed in later, it tells whether the record still holds all."""
    with session.store.reading() as connection:
        return _code_of(chain.head_of(connection))


@needs(Right.BE_HERE)
def compare_code(session: Session, typed: str) -> str:
    """Say in words whether the record holds everything that it held when a paper code was written down.

    Raises InvalidValue for what cannot be such a code.
    """
    plain = "".join(c for c in typed.upper().translate(str.maketrans("OIL", "011")) if c in _LETTERS)
    number_part, mac_part = plain[:-_MAC_LETTERS], plain[-_MAC_LETTERS:]
    if not number_part or len(plain) > 20:
        raise InvalidValue("That is not a code of the record.", "Nothing was changed.", "It looks like 3K-7Q2M-41XZ.")
    number = 0
    for letter in number_part:
        number = number * 32 + _LETTERS.index(letter)
    with session.store.reading() as connection:
        head = chain.head_of(connection)
        there = chain.seal_at(connection, number)
    if there is not None and _mac_letters(there) == mac_part:
        later = head.number - number
        return (
            "The record holds everything it held when that code was written down"
            f"{f', and {later:,} later saves' if later else ''}."
        )
    if number > head.number:
        return "The record is older than that code: what was saved after it is not here. Do not trust it as it is."
    return "That code does not belong to this record, or the record was changed. Check how it was written down."


@needs(Right.LOOK_AFTER)
def accept_as_it_is(session: Session, passphrase: str, reason: str) -> None:
    """Go on with an older copy of the record, after its plans were compared with what is known elsewhere.

    Only a missing end can be accepted so; a record that was changed in itself is to be restored from a backup. Raises
    InvalidValue without a reason, WrongPassphrase, StoreError when the record is not whole in itself.
    """
    if len(reason.split()) < 2:
        raise InvalidValue("Please say what was compared, and with what.", "Nothing was changed.", "", "reason")
    slots = KeySlots.load(session.profile.keys, costs=session.costs, clock=session.clock)
    keys.unlock_with_passphrase(slots, passphrase, session.user.id)
    with session.store.reading() as connection:
        found = chain.check_all(connection)
    if not found.ok:
        raise StoreError(
            "The record is not whole in itself.", "Nothing was changed.", "Please restore it from a backup."
        )
    with session.store.writing() as connection:
        detail: dict[str, str | int] = {"reason": reason.strip()}
        audit.note(connection, session.clock(), session.user.id, "accepted an older record", detail=detail)
        if session.doubt.elsewhere:
            exchange_marks.set_mark(connection, HEAD_OVERRULED, session.doubt.elsewhere)
        seal_audit(connection)
        head = chain.head_of(connection)
    session.doubt.lines, session.doubt.elsewhere = (), ""
    _keep(session, head)


@needs(Right.BE_HERE)
def forget_head(session: Session) -> None:
    """Keep the newest seal of a record that was just restored, in place of what was kept of the one before."""
    with session.store.reading() as connection:
        head = chain.head_of(connection)
    _keep(session, head)


def _remember(session: Session, found: Trust) -> None:
    session.doubt.people |= found.people
    if not found.whole:
        session.doubt.lines = tuple(dict.fromkeys((*session.doubt.lines, *found.lines)))
    session.doubt.looked = True


def _keep(session: Session, head: Head) -> None:
    kept = KeptHead(session.store.store_id, head.number, head.mac)
    write_head(session.profile.head, kept)
    if _keyring_of(session):
        try:
            os_keyring.keep_secret(_account(session), kept.as_text())
        except KeyringUnavailable:
            # The file beside the keys holds it; the key store is asked again next time.
            return


def _kept_head(session: Session, *, from_keyring: bool = False) -> KeptHead | None:
    """The newest of what the file and, when asked for, the key store hold about this record.

    A key store may take three seconds to say nothing, so it is not asked while somebody waits for their first page.
    """
    held = [read_head(session.profile.head)]
    if from_keyring and (backend := _keyring_of(session)):
        try:
            held.append(KeptHead.of_text(os_keyring.kept_secret(_account(session), backend)))
        except KeyringUnavailable:
            held.append(None)
    ours = [head for head in held if head is not None and head.store_id == session.store.store_id]
    return max(ours, key=lambda head: head.number, default=None)


def _keyring_of(session: Session) -> str:
    """The key store that this user chose to unlock with; "" when they did not."""
    try:
        slots = KeySlots.load(session.profile.keys, costs=session.costs, clock=session.clock)
    except (OSError, KeySlotsDamaged):
        return ""
    return next((slot.backend for slot in slots.of_method(Method.KEYRING, session.user.id)), "")


def _account(session: Session) -> str:
    return f"{session.store.store_id}/{session.user.id}/head"


def _code_of(head: Head) -> str:
    number, letters = head.number, ""
    while number or not letters:
        number, digit = divmod(number, 32)
        letters = _LETTERS[digit] + letters
    mac = _mac_letters(head)
    return f"{letters}-{mac[:4]}-{mac[4:]}"


def _mac_letters(head: Head) -> str:
    return base64.b32encode(bytes.fromhex(head.mac)).decode()[:_MAC_LETTERS].translate(_AS_CODE)
