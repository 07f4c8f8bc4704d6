"""What the exchange needs from others: the tables of this laptop, FHIR JSON of entries, and what other systems read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.conflicts import Conflict
from eolc_desktop.care_plan.merge import Line
from eolc_desktop.care_plan.plan import Author, Plan
from eolc_desktop.care_plan.said import Version
from eolc_desktop.clock import Clock
from eolc_desktop.record.exchange import ChangeSet, Proposal, SharedPerson, SharedResource
from eolc_desktop.sync.effects import JSON


class Ledger(Protocol):
    """The tables of this laptop, inside one transaction."""

    def version(self, person_id: str) -> Version:
        """Everything that stands about a person, withdrawn entries too; empty for somebody who is not here."""

    def known(self, person_id: str) -> Mapping[str, int]:
        """The changes and confirmations in the journal of a person in their order, as `merge` names them."""

    def append(self, person_id: str, lines: Sequence[Line]) -> None:
        """Add the lines of a merge to the journal of a person, who is added when not here yet."""

    def journal_head(self, person_id: str) -> int:
        """A number that grows with every line of the journal of a person."""

    def changed_since(self, sequence: int, *, recorded_here: bool = False) -> tuple[int, Collection[str]]:
        """The head of the whole journal, and the people with a line after `sequence`."""

    def others_with_number(self, person_id: str, nhs_number: str) -> int:
        """How many other records on this laptop have this NHS number."""

    def has_left(self, person_id: str) -> bool:
        """Whether the record of a person was disposed of on this laptop: it is not received again."""

    def person(self, person_id: str) -> SharedPerson:
        """How a person stands in the exchange."""

    def put_person(self, person: SharedPerson) -> None:
        """Keep how a person stands in the exchange."""

    def people(self, *, waiting: bool = False, staged: bool = False, hold: str = "") -> Sequence[str]:
        """The people with something to send, with something not merged yet, or held for a reason; the longest first."""

    def resources(self, person_id: str) -> Mapping[str, SharedResource]:
        """What is known of the resources of a person on the server, by key ("List/…")."""

    def resource(self, key: str) -> SharedResource | None:
        """What is known of one resource on the server."""

    def versions_held(self, person_id: str) -> Mapping[str, tuple[str, str]]:
        """The version that the plan follows, and the newer one that was received, of each resource of a person."""

    def expect(self, keys: Collection[str]) -> None:
        """These resources are about to be asked for one by one: a table can read them at once."""

    def unsettled(self, person_id: str) -> tuple[bool, bool]:
        """Whether something of a person was received and not merged; whether the server's version of something is not
        known."""

    def put_resources(self, *resources: SharedResource) -> None:
        """Keep what is known of resources on the server."""

    def follow(self, taken: Sequence[SharedResource]) -> None:
        """Keep each of these resources as `merged`: the version that was seen is now the one that the plan follows."""

    def forget_bases(self) -> None:
        """Forget which version of each resource the server has: it is not the server it was (it was restored)."""

    def change_sets(self, state: str, person_id: str = "") -> Sequence[ChangeSet]:
        """The change-sets in a state, oldest first: all, or those of one person."""

    def put_change_set(self, change_set: ChangeSet) -> None:
        """Keep a change-set."""

    def newest_kept(self, most: int) -> Sequence[ChangeSet]:
        """The newest change-sets whose receipts were found once more after they were taken."""

    def conflicts(self, person_id: str) -> Sequence[Conflict]:
        """Every conflict about a person, settled ones too."""

    def put_conflict(self, conflict: Conflict) -> None:
        """Keep a conflict."""

    def proposals(self, person_id: str) -> Sequence[Proposal]:
        """What other systems have proposed for a person."""

    def put_proposal(self, proposal: Proposal) -> None:
        """Keep a proposal of another system."""

    def mark(self, name: str) -> str:
        """A remembered word of the exchange, such as how far a type has been read; "" when there is none."""

    def set_mark(self, name: str, value: str) -> None:
        """Remember a word of the exchange."""

    def marked(self, prefix: str) -> Sequence[str]:
        """What stands behind `prefix` in the names of all marks that hold a word."""

    def file(self, person_id: str, sha256: str) -> tuple[bytes, str] | None:
        """An attached file of a person and its media type; None where it is not on this laptop, or not whole."""

    def has_file(self, person_id: str, sha256: str) -> bool:
        """Whether an attached file of a person is on this laptop."""

    def keep_file(self, person_id: str, data: bytes, media_type: str) -> None:
        """Keep an attached file of a person."""

    def in_doubt(self, person_id: str) -> bool:
        """Whether what is recorded here about a person is not as it was written: it is neither sent nor added to."""

    def note(self, action: str, person_id: str, detail: Mapping[str, str | int]) -> None:
        """Add a line to the audit."""


class Codec(Protocol):
    """Entries of a plan as FHIR JSON and back."""

    def encode(self, person_id: str, section: str, entry: str, part: Version, names: Mapping[str, str]) -> JSON:
        """The QuestionnaireResponse of one entry, without id and meta; `names` are the words of linked entries."""

    def decode(self, resource: JSON) -> Version:
        """The version that a QuestionnaireResponse carries. Raises Unreadable for one that must not be taken over."""

    def forget(self) -> None:
        """Let go of what was remembered of what was read, a little at a time. It may be used again afterwards."""


class Unreadable(Exception):
    """A resource cannot be read safely: it is neither taken over nor written over. Says why in words."""


class Projection(Protocol):
    """What other systems act on (Patient, Flag, Consent, …), made from the plan and patched onto what they wrote.

    Both methods are pure. `plan` holds only what may leave; `seen` is the raw JSON of the person's resources on the
    server by key. Ids come from `eolc_desktop.sync.names.fhir_id`; `last-changeset` and `meta` are the exchange's.
    """

    types: tuple[str, ...]

    def resources(self, plan: Plan, seen: Mapping[str, JSON]) -> Sequence[JSON]:
        """Every resource as it should stand, the Patient first, with its id; unchanged ones are left out when sent."""

    def proposals(self, plan: Plan, seen: Mapping[str, JSON]) -> Sequence[Proposal]:
        """What another system changed in resources of ours, where nothing of this laptop waits to be sent."""


@dataclass(frozen=True, slots=True)
class ServerAbilities:
    """What the probe found out about the server. Writing is refused where `may_write` is False."""

    may_write: bool = True
    most_entries: int = 50
    create_guard: bool = False  # honours If-None-Match: * on a PUT
    begins_at_0: bool = False  # a PUT with If-Match on version 0 begins a resource, and never replaces one
    etags_in_transactions: bool = False  # answers a transaction with the true version of each entry
    lists_changes: str = ""  # how a batch asks it for every version of everything since a moment; "" where it cannot

    @property
    def begins_once(self) -> bool:
        """Whether the server itself can be asked to begin a resource only where there is none yet."""
        return self.create_guard or self.begins_at_0

    @property
    def only_new(self) -> dict[str, str]:
        """How an entry of a transaction asks for that; {} where it cannot."""
        if self.create_guard:
            return {"ifNoneMatch": "*"}
        return {"ifMatch": 'W/"0"'} if self.begins_at_0 else {}


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything one exchange is given. `request_life` is how long a request may still take effect after it was sent;
    `overlap` how far back each reading begins before the last one ended."""

    catalogue: Catalogue
    codec: Codec
    author: Author
    laptop_id: str
    clock: Clock
    projection: Projection | None = None
    abilities: ServerAbilities = field(default_factory=ServerAbilities)
    scope: tuple[tuple[str, str], ...] = ()
    training: bool = False
    request_life: timedelta = timedelta(minutes=2)
    overlap: timedelta = timedelta(minutes=5)
    page: int = 200
    papers: bool = False
    """Whether the PDF of each plan, the files attached to it and the Questionnaires are exchanged too."""

    def now(self) -> datetime:
        """The present moment on this laptop: it decides nothing but how long to wait."""
        return self.clock()
