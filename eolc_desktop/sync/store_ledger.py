"""The tables of this laptop as the exchange uses them: thin, because `record` does the work."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from sqlalchemy import Connection

from eolc_desktop.care_plan.conflicts import Conflict
from eolc_desktop.care_plan.merge import Line
from eolc_desktop.care_plan.said import Place, Version
from eolc_desktop.errors import StoreDamaged
from eolc_desktop.record import (
    attachments,
    audit,
    chain,
    conflicts,
    exchange,
    exchange_marks,
    journal,
    people,
    shared_resources,
    versions,
)
from eolc_desktop.record.exchange import ChangeSet, Proposal, SharedPerson, SharedResource
from eolc_desktop.record.journal import Pen


class StoreLedger:
    """The ledger over one open transaction of the encrypted store.

    What was read of a person is kept until something of it is written, for as long as the transaction lasts.
    """

    def __init__(
        self, connection: Connection, pen: Pen, in_doubt: Callable[[Connection, str], bool] | None = None
    ) -> None:
        """`in_doubt` looks whether a person's plan is as it was written; by their seals where it is not given."""
        self._connection = connection
        self._pen = pen
        self._in_doubt = in_doubt
        self._versions: dict[str, Version] = {}
        self._resources: dict[str, Mapping[str, SharedResource]] = {}
        self._by_key: dict[str, SharedResource | None] = {}
        self._people: dict[str, SharedPerson] = {}
        self._left: frozenset[str] | None = None

    def version(self, person_id: str) -> Version:
        """Everything that stands about a person."""
        if person_id not in self._versions:
            self._versions[person_id] = versions.version_of(self._connection, person_id)
        return self._versions[person_id]

    def known(self, person_id: str) -> Mapping[str, int]:
        """The changes and confirmations in the journal of a person."""
        return versions.known_changes(self._connection, person_id)

    def times_known(self, person_id: str) -> Mapping[str, int]:
        """How often each change, and each confirmation, stands in the journal of a person."""
        return versions.times_known(self._connection, person_id)

    def last_common(
        self, person_id: str, besides: Mapping[Place, Collection[str]], known: Mapping[str, int]
    ) -> Version:
        """What last stood at places under a change that another laptop knows too, besides what stands now."""
        return versions.last_common(self._connection, person_id, besides, known)

    def append(self, person_id: str, lines: Sequence[Line]) -> None:
        """Add the lines of a merge to the journal, and the person where they are not here yet."""
        self._versions.pop(person_id, None)
        if people.row_of(self._connection, person_id) is None:
            journal.add_person(self._connection, self._pen, person_id)
        if lines:
            journal.append_merged(self._connection, self._pen, person_id, lines)

    def journal_head(self, person_id: str) -> int:
        """The number of the last line of a person's journal."""
        return exchange.journal_head(self._connection, person_id)

    def changed_since(self, sequence: int, *, recorded_here: bool = False) -> tuple[int, Collection[str]]:
        """The head of the whole journal, and the people with a line after `sequence`."""
        return exchange.changed_since(self._connection, sequence, recorded_here=recorded_here)

    def others_with_number(self, person_id: str, nhs_number: str) -> int:
        """How many other records on this laptop have this NHS number."""
        return exchange.others_with_number(self._connection, person_id, nhs_number)

    def has_left(self, person_id: str) -> bool:
        """Whether the record of a person was disposed of on this laptop."""
        if self._left is None:
            self._left = exchange.those_who_left(self._connection)
        return person_id in self._left

    def person(self, person_id: str) -> SharedPerson:
        """How a person stands in the exchange."""
        if person_id not in self._people:
            self._people[person_id] = exchange.shared_person_of(self._connection, person_id)
        return self._people[person_id]

    def put_person(self, person: SharedPerson) -> None:
        """Keep how a person stands in the exchange."""
        self._people[person.person_id] = person
        exchange.put_shared_person(self._connection, person)

    def people(self, *, waiting: bool = False, staged: bool = False, hold: str = "") -> Sequence[str]:
        """The people with something to send, or with something that is not merged yet."""
        return exchange.people_in(self._connection, waiting=waiting, staged=staged, hold=hold)

    def resources(self, person_id: str) -> Mapping[str, SharedResource]:
        """What is known of the resources of a person on the server."""
        if person_id not in self._resources:
            self._resources[person_id] = shared_resources.of_person(self._connection, person_id, self._by_key)
        return self._resources[person_id]

    def resource(self, key: str) -> SharedResource | None:
        """What is known of one resource on the server."""
        if key not in self._by_key:
            self._by_key[key] = shared_resources.one(self._connection, key)
        return self._by_key[key]

    def versions_held(self, person_id: str) -> Mapping[str, tuple[str, str]]:
        """The versions of the resources of a person, without what they say."""
        return shared_resources.versions(self._connection, person_id)

    def expect(self, keys: Collection[str]) -> None:
        """Read these resources at once: they are about to be asked for one by one."""
        wanted = [key for key in keys if key not in self._by_key]
        self._by_key |= dict.fromkeys(wanted) | shared_resources.several(self._connection, wanted)

    def unsettled(self, person_id: str) -> tuple[bool, bool]:
        """Whether something was received and not merged; whether the server's version of something is not known."""
        return shared_resources.unsettled(self._connection, person_id)

    def put_resources(self, *resources: SharedResource) -> None:
        """Keep what is known of resources on the server."""
        self._remember(*resources)
        shared_resources.put(self._connection, resources)

    def follow(self, taken: Sequence[SharedResource]) -> None:
        """The versions that were seen of these resources of one person are from now on those that the plan follows."""
        self._remember(*(known.merged() for known in taken))
        shared_resources.follow(self._connection, [known.key for known in taken])

    def _remember(self, *resources: SharedResource) -> None:
        for resource in resources:
            self._by_key[resource.key] = resource
        for person_id in {resource.person_id for resource in resources} & self._resources.keys():
            # Anew: whoever was given the one before goes on with it as it was.
            newer = {resource.key: resource for resource in resources if resource.person_id == person_id}
            self._resources[person_id] = {**self._resources[person_id], **newer}

    def forget_bases(self) -> None:
        """Forget what the server had."""
        self._resources.clear()
        self._by_key.clear()
        self._people.clear()
        shared_resources.forget_bases(self._connection)

    def change_sets(self, state: str, person_id: str = "") -> Sequence[ChangeSet]:
        """The change-sets in a state, oldest first."""
        return exchange.change_sets(self._connection, state, person_id)

    def put_change_set(self, change_set: ChangeSet) -> None:
        """Keep a change-set."""
        exchange.put_change_set(self._connection, change_set)

    def newest_kept(self, most: int) -> Sequence[ChangeSet]:
        """The newest change-sets whose receipts were found once more after they were taken."""
        return exchange.newest_kept(self._connection, most)

    def conflicts(self, person_id: str) -> Sequence[Conflict]:
        """Every conflict about a person."""
        return conflicts.conflicts_of(self._connection, person_id)

    def put_conflict(self, conflict: Conflict) -> None:
        """Keep a conflict."""
        conflicts.put_conflict(self._connection, conflict)

    def proposals(self, person_id: str) -> Sequence[Proposal]:
        """What other systems have proposed for a person."""
        return exchange.proposals_of(self._connection, person_id)

    def put_proposal(self, proposal: Proposal) -> None:
        """Keep a proposal of another system."""
        exchange.put_proposal(self._connection, proposal)

    def mark(self, name: str) -> str:
        """A remembered word of the exchange."""
        return exchange_marks.mark(self._connection, name)

    def set_mark(self, name: str, value: str) -> None:
        """Remember a word of the exchange."""
        exchange_marks.set_mark(self._connection, name, value)

    def marked(self, prefix: str) -> Sequence[str]:
        """What stands behind `prefix` in the names of all marks that hold a word."""
        return exchange_marks.marked(self._connection, prefix)

    def file(self, person_id: str, sha256: str) -> tuple[bytes, str] | None:
        """An attached file of a person and its media type."""
        try:
            return attachments.read(self._connection, person_id, sha256)
        except (KeyError, StoreDamaged):
            return None

    def has_file(self, person_id: str, sha256: str) -> bool:
        """Whether an attached file of a person is on this laptop."""
        return attachments.has(self._connection, person_id, sha256)

    def keep_file(self, person_id: str, data: bytes, media_type: str) -> None:
        """Keep an attached file of a person."""
        attachments.keep(self._connection, person_id, data, media_type, self._pen.at)

    def in_doubt(self, person_id: str) -> bool:
        """Whether what is recorded here about a person is not as it was written."""
        if self._in_doubt is not None:
            return self._in_doubt(self._connection, person_id)
        return not chain.person_fits(self._connection, person_id)

    def newest_seal(self) -> chain.Head:
        """The newest seal of everything that is recorded here."""
        return chain.head_of(self._connection)

    def seal_at(self, number: int) -> chain.Head | None:
        """The seal with a number, or None where this record does not reach so far."""
        return chain.seal_at(self._connection, number)

    def note(self, action: str, person_id: str, detail: Mapping[str, str | int]) -> None:
        """Add a line to the audit."""
        audit.note(self._connection, self._pen.at, self._pen.author.user_id, action, person_id, detail)
