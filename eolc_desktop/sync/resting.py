"""Remembering of whom nothing was to be sent when they were merged, so that it is not all read again to find that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eolc_desktop.care_plan.leaving import Hold
from eolc_desktop.record.exchange import SharedPerson
from eolc_desktop.sync.names import manifest_key
from eolc_desktop.sync.ports import Ledger, Setup
from eolc_desktop.sync.sealing import is_amiss, looked_at, outgoing


@dataclass(frozen=True, slots=True)
class AtRest:
    """That nothing about a person was to be sent right after a merge, and everything that this was found from.

    A memory, as `sealing.Ready` is: it is used only where all of that is as it was.
    """

    person_id: str
    number: str
    hold: Hold | None
    looked_at: tuple[object, ...]
    standing: SharedPerson
    versions: Mapping[str, tuple[str, str]]

    def holds(self, ledger: Ledger) -> bool:
        """Whether nothing has come in between."""
        return (
            ledger.person(self.person_id) == self.standing
            and looked_at(ledger, self.person_id, self.number) == self.looked_at
            and ledger.versions_held(self.person_id) == self.versions
        )


def at_rest(ledger: Ledger, setup: Setup, person_id: str) -> AtRest | None:
    """Look, right after a merge, while all of a person is at hand, whether they have nothing to be sent.

    It is what `sealing.seal` would find when it is their turn, for which everything would be read once more.
    """
    shared = ledger.resource(manifest_key(person_id))
    if shared is None or shared.base is None or is_amiss(ledger.resources(person_id), shared):
        return None
    if any(proposal.accepted is not None for proposal in ledger.proposals(person_id)):
        return None
    going = outgoing(ledger, setup, person_id)
    if going.entries or going.conflicts:
        return None
    seen = looked_at(ledger, person_id, going.number)
    standing, versions = ledger.person(person_id), ledger.versions_held(person_id)
    return AtRest(person_id, going.number, going.leaving.hold, seen, standing, versions)
