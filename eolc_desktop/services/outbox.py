"""The outbox: exactly what would leave this laptop about somebody, and what stays here and why, before it leaves."""

from __future__ import annotations

from dataclasses import dataclass, replace

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.conflicts import heading_and_name, label_of, title_of, value_words
from eolc_desktop.care_plan.leaving import Hold, kept_back_in_words_only
from eolc_desktop.care_plan.plan import EntryState
from eolc_desktop.care_plan.said import Place, content
from eolc_desktop.record import audit, exchange_marks, people, plans
from eolc_desktop.record import exchange as tables
from eolc_desktop.record.exchange import SharedPerson
from eolc_desktop.record.exchange_marks import PAPERS_DUE, PAPERS_REFUSED
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session
from eolc_desktop.services.sharing import ledger_of, setup_for
from eolc_desktop.sync import sealing
from eolc_desktop.sync.exchange import notice_edits
from eolc_desktop.sync.names import entry_key, file_key
from eolc_desktop.sync.store_ledger import StoreLedger


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """One value that would be sent: where it stands, what it says, and whether it only confirms what was there.

    `heading` names its section and entry, `name` its field.
    """

    place: Place
    heading: str
    name: str
    words: str
    confirms: bool


@dataclass(frozen=True, slots=True)
class StaysLine:
    """One value that stays here, and why. `shared_before` means that an earlier version is in the shared record, where
    it cannot be called back from here."""

    place: Place
    label: str
    reason: str
    shared_before: bool


@dataclass(frozen=True, slots=True)
class Outbox:
    """What would leave about one person now, and what stays here. `hold` says why nothing is sent, "" when it is.

    `look_for` is what the person keeps back in words that the program cannot find by itself; `trouble` why the shared
    record did not take what was sent before.
    """

    person_id: str
    name: str
    goes: tuple[OutboxLine, ...]
    stays: tuple[StaysLine, ...]
    hold: str
    look_for: tuple[str, ...]
    trouble: str
    conflicts: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    """What goes beside the plan: its PDF and the scans attached to it."""
    papers_trouble: str = ""
    """Why the shared record did not take one of them, in words."""


@needs(Right.SHARE)
def outbox(session: Session, person_id: str) -> Outbox:
    """Exactly what would leave about one person now: the same function as in sending. Raises NoSuchPerson."""
    setup = setup_for(session)
    with session.store.reading() as connection:
        ledger = ledger_of(session, connection)
        plan = plans.plan_of(connection, session.catalogue, person_id, session.clock())
        going = sealing.outgoing(ledger, setup, person_id)
        held = ledger.resources(person_id)
        version = ledger.version(person_id)
        standing = ledger.person(person_id)
        is_doubted = ledger.in_doubt(person_id)
        papers = () if is_doubted or going.leaving.hold else _papers(session, ledger, going)
        papers_trouble = ledger.mark(PAPERS_REFUSED + person_id)
    goes = []
    for waiting in going.entries:
        known = held.get(entry_key(person_id, waiting.section, waiting.entry))
        base = setup.codec.decode(known.base) if known is not None and known.base is not None else {}
        for place in _as_asked(session.catalogue, waiting):
            words = value_words(session.catalogue, place, waiting.part[place], plan.links)
            confirms = content(base.get(place), place) == content(waiting.part[place], place)
            heading, name = heading_and_name(plan.catalogue, place, plan.links)
            goes.append(OutboxLine(place, heading, name, words, confirms))
    stays = []
    for place, why in going.leaving.stays.items():
        known = held.get(entry_key(person_id, place[0], place[1]))
        shared = setup.codec.decode(known.base) if known is not None and known.base is not None else {}
        if content(version.get(place), place) is not None:
            stays.append(StaysLine(place, label_of(plan.catalogue, place, plan.links), why.words, place in shared))
    held_for = Hold.IN_DOUBT if is_doubted else going.leaving.hold
    hold = held_for.words if held_for else ""
    return Outbox(
        person_id,
        plan.banner_name,
        tuple(goes) if not is_doubted else (),
        tuple(stays),
        hold,
        kept_back_in_words_only(plan),
        standing.trouble,
        tuple(title_of(session.catalogue, conflict) for conflict in going.conflicts) if not is_doubted else (),
        papers,
        papers_trouble,
    )


def _as_asked(catalogue: Catalogue, waiting: sealing.WaitingEntry) -> list[Place]:
    """What is new of an entry, in the order in which its section asks for it, and what is no field of it last."""
    section = catalogue.find(waiting.section)
    fields = [field.key for field in section.fields] if section is not None else []
    return sorted(waiting.new, key=lambda place: (fields.index(place[2]) if place[2] in fields else len(fields), place))


def _papers(session: Session, ledger: StoreLedger, going: sealing.Outgoing) -> tuple[str, ...]:
    """What goes beside the plan once it is sent, each in a line."""
    from eolc_desktop.services import shared_papers  # noqa: PLC0415  with all that draws: not for the first picture
    from eolc_desktop.sync.papers import files_of  # noqa: PLC0415

    held = ledger.resources(going.person_id)
    said = []
    for sha256, entry in files_of(going.plan).items():
        known = held.get(file_key(going.person_id, sha256))
        if known is None or known.base is None:
            stands = entry.state is EntryState.CURRENT and ledger.has_file(going.person_id, sha256)
            said += [f"{entry.text('title') or 'A scan'}: the file itself"] if stands else []
    is_due = bool(going.entries) or bool(ledger.mark(PAPERS_DUE + going.person_id))
    if is_due and shared_papers.is_made(session):
        said.append("The plan as a PDF, made of nothing but what is sent")
    return tuple(said)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One person of whom something waits here, and why: not sent yet, held back, or refused. `papers` says in words
    what of their scans and PDF is not there yet."""

    row: PersonRow
    standing: SharedPerson
    papers: str = ""

    @property
    def hold_words(self) -> str:
        """Why nothing about them is sent; "" when it is."""
        return Hold(self.standing.hold).words if self.standing.hold in set(Hold) else ""


@needs(Right.READ)
def who_waits(session: Session) -> tuple[Waiting, ...]:
    """Everybody of whom something is here that the shared record does not have: refused ones first, then those that
    wait, the longest first, then those that are held."""
    with session.store.writing() as connection:
        notice_edits(StoreLedger(connection, session.pen()), session.clock())
        papers = dict.fromkeys(exchange_marks.marked(connection, PAPERS_DUE), "A scan or the PDF still has to go.")
        papers |= dict.fromkeys(
            exchange_marks.marked(connection, PAPERS_REFUSED), "The shared record did not take a scan or the PDF."
        )
        everybody = tables.all_shared_people(connection)
        found = [p for p in everybody if p.waiting_since or p.hold or p.trouble or p.person_id in papers]
        found.sort(key=lambda p: (not p.trouble, bool(p.hold), p.waiting_since or "9", p.person_id))
        rows = [(people.row_of(connection, p.person_id), p) for p in found]
    return tuple(Waiting(row, p, papers.get(p.person_id, "")) for row, p in rows if row is not None)


@needs(Right.SHARE)
def try_again(session: Session, person_id: str) -> None:
    """Send again what the shared record refused: somebody has put right why."""
    with session.store.writing() as connection:
        for refused in tables.change_sets(connection, "refused", person_id):
            tables.put_change_set(connection, replace(refused, state="dropped"))
        standing = tables.shared_person_of(connection, person_id)
        since = standing.waiting_since or session.clock().isoformat()
        tables.put_shared_person(connection, replace(standing, trouble="", waiting_since=since))
        if exchange_marks.mark(connection, PAPERS_REFUSED + person_id):
            exchange_marks.set_mark(connection, PAPERS_REFUSED + person_id, "")
            exchange_marks.set_mark(connection, PAPERS_DUE + person_id, since)
        audit.note(connection, session.clock(), session.user.id, "asked to send again", person_id)
