"""The tables of the exchange with the shared record: what the server has, what was sent, what waits for a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, literal, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from eolc_desktop.models.tables import (
    change,
    change_set,
    conflict,
    disposal,
    exchange_mark,
    person,
    proposal,
    shared_person,
)
from eolc_desktop.record import exact_json
from eolc_desktop.record.exchange_marks import PAPERS_DUE, PAPERS_REFUSED, mark, marked, set_mark
from eolc_desktop.record.journal import SHARED_RECORD
from eolc_desktop.record.rows import moment_of

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SharedPerson:
    """How one person stands in the exchange.

    `waiting_since` is when something to be sent was first noticed ("" for nothing); `staged` that something received
    is not merged yet; `hold` why nothing is sent (a `leaving.Hold`); `trouble` what went wrong, in words.
    """

    person_id: str
    waiting_since: str = ""
    staged: bool = False
    hold: str = ""
    trouble: str = ""
    last_sent: str = ""
    last_received: str = ""


@dataclass(frozen=True, slots=True)
class SharedResource:
    """What is known of one resource on the server.

    `base` is the version that this laptop's plan follows, `seen` a newer one that is not merged yet; both raw. An empty
    `base_version` beside a `base`, or `seen_version` beside a `seen`, means that the server's number is not known.
    """

    key: str
    person_id: str
    base: JSON | None = None
    base_version: str = ""
    base_updated: str = ""
    seen: JSON | None = None
    seen_version: str = ""
    seen_updated: str = ""

    @property
    def latest(self) -> JSON | None:
        """The newest version that was seen."""
        return self.base if self.seen is None else self.seen

    @property
    def is_unsure(self) -> bool:
        """Whether something was seen, and it is not known that it is the newest: it has to be read by name."""
        return self.latest is not None and not (self.base_version if self.seen is None else self.seen_version)

    def merged(self) -> SharedResource:
        """The resource once the version that was seen is the one the plan follows."""
        if self.seen is None:
            return self
        return SharedResource(self.key, self.person_id, self.seen, self.seen_version, self.seen_updated)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What was sent as one transaction, and what became of it.

    States: "sent" (it may have reached the server), "done" (the server took it), "kept" (its receipt was found once
    more later), "dropped" (it is not there, and its edits were looked at anew), "refused" (the server will not have
    it: `trouble` says why). `guarded` means that a late delivery of it can change nothing, because the server checks a
    version.
    """

    id: str
    person_id: str
    state: str
    bundle: JSON = field(default_factory=dict)
    guarded: bool = True
    journal_head: int = 0
    sent_at: str = ""
    done_at: str = ""
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that another system made in the shared record, for a person to accept or decline.

    `changes` are (section, entry, field, proposed value); `words` say it in a sentence; `resource` is what that system
    wrote, raw.
    """

    id: str
    person_id: str
    key: str
    words: str
    found_at: str
    who: str = ""
    changes: tuple[tuple[str, str, str, Any], ...] = ()
    resource: JSON = field(default_factory=dict)
    accepted: bool | None = None
    decided_at: str = ""
    decided_by: str = ""
    reason: str = ""


def _load(text: str) -> Any:
    return exact_json.loads(text) if text else None


# Where the journal stands


def journal_head(connection: Connection, person_id: str) -> int:
    """The number of the last line of a person's journal."""
    return int(
        connection.execute(
            select(func.coalesce(func.max(change.c.sequence), 0)).where(change.c.person_id == person_id)
        ).scalar_one()
    )


def changed_since(connection: Connection, sequence: int, *, recorded_here: bool = False) -> tuple[int, tuple[str, ...]]:
    """The head of the whole journal, and the people with a line after `sequence`; with `recorded_here` only lines that
    could have to be sent: neither what was received nor what a merge put aside."""
    head = connection.execute(select(func.coalesce(func.max(change.c.sequence), 0))).scalar_one()
    wanted = select(change.c.person_id).where(change.c.sequence > sequence).distinct()
    if recorded_here:
        wanted = wanted.where(change.c.laptop_id != SHARED_RECORD, change.c.id.not_like(":%"))
    return int(head), tuple(connection.execute(wanted).scalars())


def others_with_number(connection: Connection, person_id: str, nhs_number: str) -> int:
    """How many other records on this laptop have this NHS number."""
    if not nhs_number:
        return 0
    wanted = select(func.count()).select_from(person).where(person.c.nhs_number == nhs_number, person.c.id != person_id)
    return int(connection.execute(wanted).scalar_one())


# People


_PUT_PERSON = upsert(shared_person)
_PUT_PERSON = _PUT_PERSON.on_conflict_do_update(
    index_elements=[shared_person.c.person_id],
    set_={c.name: _PUT_PERSON.excluded[c.name] for c in shared_person.c if c.name != "person_id"},
)
_PERSON = select(shared_person).where(shared_person.c.person_id == bindparam("wanted"))


def shared_person_of(connection: Connection, person_id: str) -> SharedPerson:
    """How a person stands in the exchange; an empty answer for one who has no part in it yet."""
    row = connection.execute(_PERSON, {"wanted": person_id}).first()
    return _person(row) if row else SharedPerson(person_id)


def all_shared_people(connection: Connection) -> tuple[SharedPerson, ...]:
    """How everybody stands in the exchange."""
    return tuple(_person(row) for row in connection.execute(select(shared_person)))


def put_shared_person(connection: Connection, standing: SharedPerson) -> None:
    """Keep how a person stands in the exchange."""
    connection.execute(_PUT_PERSON, asdict(standing))


def people_in(
    connection: Connection, *, waiting: bool = False, staged: bool = False, hold: str = ""
) -> tuple[str, ...]:
    """The people with something to send, with something not merged yet, or held for a reason; the longest first."""
    wanted = select(shared_person.c.person_id).order_by(shared_person.c.waiting_since, shared_person.c.person_id)
    if waiting:
        wanted = wanted.where(shared_person.c.waiting_since != "")
    if staged:
        wanted = wanted.where(shared_person.c.staged == 1)
    if hold:
        wanted = wanted.where(shared_person.c.hold == hold)
    return tuple(connection.execute(wanted).scalars())


def _person(row: Any) -> SharedPerson:
    return SharedPerson(**(row._asdict() | {"staged": bool(row.staged)}))


def unsent_words(connection: Connection, person_id: str) -> str:
    """What of a person others would lose if their record left this laptop now, in words; "" for nothing."""
    standing = shared_person_of(connection, person_id)
    if change_sets(connection, "sent", person_id) or change_sets(connection, "refused", person_id):
        return "Something was sent to the shared record that it may not have taken."
    if standing.waiting_since and not standing.hold and (standing.last_sent or standing.last_received):
        return "Something recorded here is not in the shared record yet."
    if mark(connection, PAPERS_DUE + person_id) or mark(connection, PAPERS_REFUSED + person_id):
        return "A scan attached here, or the plan as a PDF, is not in the shared record yet."
    open_conflict = select(conflict.c.id).where(conflict.c.person_id == person_id, conflict.c.settled_at == "").limit(1)
    if connection.execute(open_conflict).first() is not None:
        return "Two versions of something recorded here still have to be settled."
    return ""


def those_who_left(connection: Connection) -> frozenset[str]:
    """The people whose record was disposed of on this laptop: it is not received until it is brought back."""
    gone = frozenset(connection.execute(_DISPOSED).scalars())
    return gone.difference(marked(connection, _BACK)) if gone else gone


_DISPOSED = select(disposal.c.person_id)


_BACK = "brought back:"


def let_return(connection: Connection, person_id: str) -> None:
    """Receive somebody again who left this laptop: everything is read anew, since what was passed over is not known."""
    set_mark(connection, f"{_BACK}{person_id}", "yes")
    connection.execute(update(exchange_mark).where(exchange_mark.c.name.startswith("read:")).values(value=""))


def forget_return(connection: Connection, person_id: str) -> None:
    """They left: they are not received again until somebody brings them back."""
    set_mark(connection, f"{_BACK}{person_id}", "")


def began(connection: Connection, person_id: str) -> tuple[datetime, str, bool] | None:
    """When a person's first line was recorded, by whom (a name), and whether it was received; None for no line."""
    wanted = select(change.c.recorded_at, change.c.author_name, change.c.laptop_id)
    row = connection.execute(wanted.where(change.c.person_id == person_id).order_by(change.c.sequence).limit(1)).first()
    return (moment_of(row.recorded_at), row.author_name, row.laptop_id == SHARED_RECORD) if row else None


# What was sent


_PUT_CHANGE_SET = upsert(change_set)
_PUT_CHANGE_SET = _PUT_CHANGE_SET.on_conflict_do_update(
    index_elements=[change_set.c.id],
    set_={c.name: _PUT_CHANGE_SET.excluded[c.name] for c in change_set.c if c.name not in ("id", "number")},
)


def change_sets(connection: Connection, state: str, person_id: str = "") -> tuple[ChangeSet, ...]:
    """The change-sets in a state, oldest first: all, or those of one person."""
    wanted = select(change_set).where(change_set.c.state == state).order_by(change_set.c.number)
    if person_id:
        wanted = wanted.where(change_set.c.person_id == person_id)
    return tuple(_change_set(row) for row in connection.execute(wanted))


def newest_kept(connection: Connection, most: int) -> tuple[ChangeSet, ...]:
    """The newest change-sets whose receipts were found once more after they were taken."""
    wanted = select(change_set).where(change_set.c.state == "kept")
    wanted = wanted.order_by(change_set.c.done_at.desc(), change_set.c.number.desc()).limit(most)
    return tuple(_change_set(row) for row in connection.execute(wanted))


def newest_change_sets(connection: Connection, most: int) -> tuple[ChangeSet, ...]:
    """The newest change-sets in whatever state, the latest first, without what they held."""
    wanted = select(*(c for c in change_set.c if c.name != "bundle"), literal("").label("bundle"))
    return tuple(
        _change_set(row) for row in connection.execute(wanted.order_by(change_set.c.number.desc()).limit(most))
    )


def put_change_set(connection: Connection, sent: ChangeSet) -> None:
    """Keep a change-set; what it held is dropped once the server has it."""
    kept = asdict(replace(sent, bundle={}))
    kept["bundle"] = exact_json.dumps(sent.bundle) if sent.bundle and sent.state not in ("done", "kept") else ""
    kept["guarded"] = int(sent.guarded)
    connection.execute(_PUT_CHANGE_SET, kept)


def _change_set(row: Any) -> ChangeSet:
    kept: Mapping[str, Any] = row._asdict()
    return ChangeSet(
        **{k: v for k, v in kept.items() if k not in ("number", "bundle", "guarded")},
        bundle=_load(row.bundle) or {},
        guarded=bool(row.guarded),
    )


# What other systems propose


_PUT_PROPOSAL = upsert(proposal)
_PUT_PROPOSAL = _PUT_PROPOSAL.on_conflict_do_update(
    index_elements=[proposal.c.id],
    set_={c.name: _PUT_PROPOSAL.excluded[c.name] for c in proposal.c if c.name != "id"},
)


def proposals_of(connection: Connection, person_id: str = "") -> tuple[Proposal, ...]:
    """What other systems have proposed, for one person or for all, oldest first."""
    wanted = select(proposal.c.body).order_by(proposal.c.found_at, proposal.c.id)
    if person_id:
        wanted = wanted.where(proposal.c.person_id == person_id)
    return tuple(_proposal(text) for text in connection.execute(wanted).scalars())


def put_proposal(connection: Connection, proposed: Proposal) -> None:
    """Keep a proposal of another system."""
    connection.execute(
        _PUT_PROPOSAL,
        {
            "id": proposed.id,
            "person_id": proposed.person_id,
            "body": exact_json.dumps(asdict(proposed)),
            "found_at": proposed.found_at,
            "decided_at": proposed.decided_at,
        },
    )


def _proposal(text: str) -> Proposal:
    kept = exact_json.loads(text)
    changes = tuple((section, entry, key, value) for section, entry, key, value in kept["changes"])
    return Proposal(**(kept | {"changes": changes}))
