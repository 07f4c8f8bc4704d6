"""The exchange without a server: an encrypted file for one other laptop, carried there on a stick, and merged there."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from eolc_desktop.care_plan.plan import banner_name
from eolc_desktop.care_plan.said import plan_from
from eolc_desktop.errors import ImportRefused, NotAllowed, PrintFailed
from eolc_desktop.fhir.reading import parse
from eolc_desktop.models import carried_file
from eolc_desktop.models.carried_file import LARGEST_PIECE, Address, Opened, Writer
from eolc_desktop.record import aside, attachments, audit, people, users
from eolc_desktop.record.rows import moment_of, moment_text, new_id
from eolc_desktop.services import going_out, laptops, private_file
from eolc_desktop.services.going_out import Way
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Changes, Session
from eolc_desktop.services.sharing import setup_for
from eolc_desktop.sync import carrying
from eolc_desktop.sync.carrying import Packet, Taken
from eolc_desktop.sync.ports import ServerAbilities, Setup, Unreadable
from eolc_desktop.sync.store_ledger import StoreLedger

SHARED_RECORD = "shared_record"
"""The fact that is there where a shared record is used: what is taken over then waits to be sent to it too."""
FILE_NAME = "for-another-laptop.eolc"
FILE_WORDS = (
    "Only the laptop with this address can open the file. It holds what may be shared: what a person keeps back, and "
    "plans without consent to share, stay here."
)
PERSON, FILE = b"P", b"F"


# Taking people to another laptop


@dataclass(frozen=True, slots=True)
class Carried:
    """What was written: how many people, and who is not among them, with the reason; what of others stays here."""

    people: int
    not_among: tuple[tuple[str, str], ...]
    kept_here: tuple[tuple[str, str], ...]


class Carrying:
    """A file being written, one person at a step, so that other work goes on. Whole only after the last step."""

    def __init__(self, session: Session, to: Address, person_ids: Sequence[str], path: Path) -> None:
        self._session, self._to, self._path = session, to, path
        self._waiting = list(person_ids)
        self.everybody = len(self._waiting)
        self._id = new_id()
        self._file: BinaryIO | None = None
        self._writer: Writer | None = None
        self._people: list[str] = []
        self._not_among: list[tuple[str, str]] = []
        self._kept_here: list[tuple[str, str]] = []

    @property
    def done(self) -> int:
        """How many people were looked at."""
        return self.everybody - len(self._waiting)

    def step(self) -> Carried | None:
        """Write the next person; what was written, once the file is whole. Raises PrintFailed, leaving no file."""
        try:
            if self._writer is None:
                self._begin()
            if self._waiting:
                self._add(self._waiting.pop(0))
                return None
            return self._finish()
        except OSError as error:
            self.give_up()
            raise PrintFailed(
                "The file could not be saved there.",
                "Nothing else was changed.",
                "Choose another folder, or make room on the disk or the stick.",
            ) from error

    def give_up(self) -> None:
        """Leave no half file."""
        if self._file is not None:
            self._file.close()
            self._file = None
        if self._writer is not None:
            private_file.give_up(self._session, self._path)

    def _begin(self) -> None:
        private_file.begin(self._session, self._path)
        self._file = private_file.part_of(self._path).open("r+b")
        self._writer = Writer(self._file, laptops.private_key(self._session), self._to)
        author = self._session.user.author
        about = {"file": self._id, "made_at": moment_text(self._session.clock()), "by": author.words}
        about |= {"laptop": laptops.called(self._session), "people": _kind(self._session)}
        self._writer.add(json.dumps(about).encode())

    def _add(self, person_id: str) -> None:
        assert self._writer is not None
        session = self._session
        setup = _setup(session)
        with session.store.reading() as connection:
            row = people.row_of(connection, person_id)
            if row is None:
                return
            name = banner_name(row.family_name, row.given_names, row.title)
            if going_out.must_stay(session, connection, person_id):
                self._not_among.append((name, going_out.WHY))
                return
            packet, leaving = carrying.pack(StoreLedger(connection, session.pen()), setup, person_id)
            if leaving.hold is not None:
                self._not_among.append((name, leaving.hold.words))
                return
            content = json.dumps(carrying.to_json(packet), ensure_ascii=False).encode()
            files = []
            for sha256 in carrying.files_named(packet):
                with suppress(KeyError):
                    data, media_type = attachments.read(connection, person_id, sha256)
                    about = {"person": person_id, "sha256": sha256, "media_type": media_type}
                    files.append(FILE + json.dumps(about).encode() + b"\n" + data)
        if max(map(len, (content, *files))) >= LARGEST_PIECE:
            self._not_among.append((name, "The plan, or a file attached to it, is too large for a file."))
            return
        for piece in (PERSON + content, *files):
            self._writer.add(piece)
        self._people.append(person_id)
        reasons = sorted({why.words for why in leaving.stays.values()})
        self._kept_here += [(name, f"{reason}.") for reason in reasons]

    def _finish(self) -> Carried:
        assert self._writer is not None
        assert self._file is not None
        if not self._people:
            self.give_up()
            return Carried(0, tuple(self._not_among), ())
        self._writer.finish()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._file = None
        session = self._session
        now = session.clock()
        with session.store.writing() as connection:
            for person_id in self._people:
                detail: dict[str, str | int] = {"file": self._id, "laptop": self._to.check_words}
                audit.note(connection, now, session.user.id, "took to another laptop", person_id, detail)
        laptops.meet(session, self._to)
        private_file.finish(self._session, self._path)
        return Carried(len(self._people), tuple(self._not_among), tuple(self._kept_here))


@needs(Right.SHARE)
def begin_carrying(session: Session, to: Address, person_ids: Sequence[str] | None, path: Path) -> Carrying:
    """Begin a file for another laptop with these people, or with everybody who is listed. Raises NotAllowed, and
    NotAsWritten when the record cannot be trusted."""
    if to.key == laptops.my_address(session).key:
        raise NotAllowed(
            "This is the address of this very laptop.",
            "Nothing was made.",
            "Ask for the address that the other laptop shows.",
        )
    going_out.refuse_record(session, Way.SAVED)
    with session.store.reading() as connection:
        chosen = people.all_ids(connection) if person_ids is None else tuple(person_ids)
    return Carrying(session, to, chosen, path)


@needs(Right.SHARE)
def carry_on(_session: Session, carrying_now: Carrying) -> Carried | None:
    """The next step of a file being written."""
    return carrying_now.step()


# Bringing people in from another laptop


@dataclass(frozen=True, slots=True)
class Arriving:
    """One person in a file. `why_not` says why nothing of them can be taken over; `note` what to look at."""

    person_id: str
    name: str
    born: str
    nhs_number: str
    is_new: bool
    why_not: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """A file that was opened and read to its end: nothing of it is taken over yet."""

    path: Path
    sender: Address
    is_met: bool
    made_at: datetime
    made_by: str
    people: tuple[Arriving, ...]


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What came of it: people new here, people with something new, conflicts that were begun."""

    new_people: int
    changed_people: int
    conflicts: int
    changes: Changes


@needs(Right.SHARE)
def look_into(session: Session, path: Path) -> Preview:
    """Open a file that was made for this laptop, and say who is in it. Raises ImportRefused. Changes nothing."""
    setup = _setup(session)
    found: list[Arriving] = []
    try:
        with path.open("rb") as file:
            opened = carried_file.read(file, laptops.private_key(session))
            about = _about(opened)
            if about["people"] != _kind(session):
                raise ImportRefused(
                    f"This file is about {about['people']}, and this record is for {_kind(session)}.",
                    "Nothing was taken over.",
                    "The two are never mixed.",
                )
            for piece in opened.rest:
                if piece[:1] == PERSON:
                    found.append(_arriving(session, setup, piece[1:]))
    except OSError:
        raise ImportRefused("This file cannot be read.", "Nothing was taken over.", "") from None
    met = {one.key: one for one in laptops.laptops_met(session)}
    sender = met.get(opened.sender.key, replace(opened.sender, name=about["laptop"]))
    return Preview(path, sender, opened.sender.key in met, moment_of(about["made_at"]), about["by"], tuple(found))


@needs(Right.SHARE)
def take_over(session: Session, shown: Preview) -> TakenOver:
    """Merge what a file says about everybody in it, person by person, each whole or not at all.

    Taking the same file twice changes nothing more. Raises ImportRefused when the file is not the one that was shown.
    """
    setup = _setup(session)
    wanted = {person.person_id for person in shown.people if not person.why_not}
    taken: list[Taken] = []
    try:
        with shown.path.open("rb") as file:
            opened = carried_file.read(file, laptops.private_key(session))
            about = _about(opened)
            if (opened.sender.key, about["made_at"]) != (shown.sender.key, moment_text(shown.made_at)):
                raise ImportRefused("This is another file than before.", "Nothing was taken over.", "Choose it again.")
            for piece in opened.rest:
                kind, body = piece[:1], piece[1:]
                if kind == PERSON:
                    packet = carrying.from_json(setup, _parsed(body))
                    if packet.person_id in wanted:
                        taken.append(_take(session, setup, packet, about["file"], shown.sender))
                elif kind == FILE:
                    _keep_file(session, body, wanted)
    except (OSError, Unreadable):
        raise ImportRefused(
            "This file could not be read to its end.",
            "Each person in it was taken over whole or not at all.",
            "Take it over again: what is here already is not changed by it.",
        ) from None
    laptops.meet(session, shown.sender)
    return TakenOver(
        sum(one.is_new for one in taken),
        sum(not one.is_new and one.lines > 0 for one in taken),
        sum(one.conflicts for one in taken),
        Changes(frozenset(one.person_id for one in taken)),
    )


def _take(session: Session, setup: Setup, packet: Packet, file_id: str, sender: Address) -> Taken:
    with session.store.writing() as connection:
        ledger = StoreLedger(connection, session.pen())
        taken = carrying.take(ledger, setup, packet)
        if users.known(connection, SHARED_RECORD):
            carrying.wait_to_be_shared(ledger, setup, packet.person_id)
        detail: dict[str, str | int] = {"file": file_id, "laptop": sender.check_words, "lines": taken.lines}
        ledger.note("took over from another laptop", packet.person_id, detail)
    return taken


def _keep_file(session: Session, body: bytes, wanted: set[str]) -> None:
    head, _, data = body.partition(b"\n")
    about = _parsed(head)
    if about.get("person") not in wanted:
        return
    with session.store.writing() as connection:
        # It is named by what it holds: a file that is not what it says is kept under its own name, and shown nowhere.
        attachments.keep(connection, str(about["person"]), data, str(about.get("media_type", "")), session.clock())


def _arriving(session: Session, setup: Setup, body: bytes) -> Arriving:
    try:
        packet = carrying.from_json(setup, _parsed(body))
    except Unreadable as error:
        return Arriving(
            "", "Somebody whose plan cannot be read", "", "", False, f"{error} Nothing of it is taken over."
        )
    plan = plan_from(packet.person_id, session.catalogue, packet.version, session.clock())
    number = plan.text("person", "nhs_number")
    with session.store.reading() as connection:
        here = people.row_of(connection, packet.person_id)
        left = StoreLedger(connection, session.pen()).has_left(packet.person_id)
        in_doubt = here is not None and going_out.must_stay(session, connection, packet.person_id)
        off_lists = aside.get(connection, packet.person_id)
        alike = people.look_alikes(
            connection,
            plan.text("person", "family_name"),
            plan.text("person", "given_names"),
            plan.text("person", "birth_date"),
            number,
            packet.person_id,
        )
    why_not = "The record of this person was disposed of on this laptop: it is not taken over again." if left else ""
    if in_doubt:
        why_not = (
            "What is recorded here about them is not as it was written: nothing is added to it until that is settled."
        )
    note = ""
    if off_lists is not None:
        note = "This person was taken off the lists here, and stays off them."
    elif alike and here is None:
        note = "Somebody here could be the same person. Look at both afterwards, under “Two records of one person”."
    return Arriving(
        packet.person_id, plan.banner_name, plan.text("person", "birth_date"), number, here is None, why_not, note
    )


def _about(opened: Opened) -> dict[str, str]:
    about = _parsed(opened.first)
    try:
        found = {name: str(about[name])[:200] for name in ("file", "made_at", "by", "laptop", "people")}
        moment_of(found["made_at"])
    except (KeyError, TypeError, ValueError):
        raise ImportRefused(
            "This file was made by another version of the program.", "Nothing was taken over.", ""
        ) from None
    return found


def _kind(session: Session) -> str:
    return "made-up people" if session.made_up else "real people"


def _parsed(body: bytes) -> Any:
    return parse(body, LARGEST_PIECE, float)


def _setup(session: Session) -> Setup:
    return setup_for(session, ServerAbilities())
