"""What a server can be trusted with, found out by trying: in words, as JSON to remember, as one yes or no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from eolc_desktop.sync.ports import ServerAbilities


class Check(StrEnum):
    """What is tried, in this order. Those of `NEEDED` decide whether anything is ever sent to the server."""

    FHIR_R4 = "fhir_r4"
    OWN_IDS = "own_ids"
    KEEPS_UNKNOWN = "keeps_unknown"
    REFUSES_STALE = "refuses_stale"
    STALE_IN_TRANSACTION = "stale_in_transaction"
    ALL_OR_NOTHING = "all_or_nothing"
    RECEIPTS = "receipts"
    READS_CHANGES = "reads_changes"
    LISTS_CHANGES = "lists_changes"
    CREATE_GUARD = "create_guard"
    BEGINS_AT_0 = "begins_at_0"
    TRUE_ETAGS = "true_etags"
    NO_EMPTY_VERSIONS = "no_empty_versions"

    @property
    def asks(self) -> str:
        """What is asked of the server, as Settings lists it."""
        return {
            "fhir_r4": "Speaks FHIR R4",
            "own_ids": "Lets each laptop name its own records",
            "keeps_unknown": "Keeps details it does not know",
            "refuses_stale": "Refuses to write over a newer version",
            "stale_in_transaction": "Refuses that also when several records are sent together",
            "all_or_nothing": "Takes what is sent together as a whole or not at all",
            "receipts": "Keeps a receipt of each sending",
            "reads_changes": "Tells what has changed since last time",
            "lists_changes": "Also gives one short list of it all, which is quicker",
            "create_guard": "Refuses to begin the same record twice",
            "begins_at_0": "Refuses that also when it is asked in the other way there is",
            "true_etags": "Says which version it made",
            "no_empty_versions": "Makes no new version when nothing changed",
        }[self.value]


NEEDED = frozenset(
    {
        Check.FHIR_R4,
        Check.OWN_IDS,
        Check.KEEPS_UNKNOWN,
        Check.REFUSES_STALE,
        Check.STALE_IN_TRANSACTION,
        Check.ALL_OR_NOTHING,
        Check.RECEIPTS,
        Check.READS_CHANGES,
    }
)
"""Without each of these a change could be lost, doubled or never seen."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one check. `passed` is None when it could not be tried. `detail` says what was wrong; of a check
    that passed, how it is asked for."""

    check: Check
    passed: bool | None
    detail: str = ""

    @property
    def words(self) -> str:
        """The finding as a line: "Yes. Refuses to write over a newer version"."""
        answer = {True: "Yes", False: "No", None: "Not tried"}[self.passed]
        why = f": {self.detail}" if self.detail and not self.passed else ""
        return f"{answer}. {self.check.asks}{why}"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """Everything that was found out about one server, and when.

    `software` is the name and version that the server gives itself: when it changes, the server is tried again.
    `clock_skew` is how many seconds this computer's clock is ahead of the server's; it decides nothing.
    """

    software: str
    fhir_version: str
    checked_at: datetime
    findings: tuple[Finding, ...]
    clock_skew: float = 0.0

    def passed(self, check: Check) -> bool:
        """Whether a check was tried and passed."""
        return any(finding.check is check and finding.passed is True for finding in self.findings)

    def detail(self, check: Check) -> str:
        """What was found out by a check that passed; "" for one that did not."""
        return next((one.detail for one in self.findings if one.check is check and one.passed is True), "")

    @property
    def tried_all(self) -> bool:
        """Whether each check of this version of the program was at least thought of."""
        return {finding.check for finding in self.findings} == set(Check)

    @property
    def may_write(self) -> bool:
        """Whether the server protects what is sent to it well enough that anything may be sent."""
        return all(self.passed(check) for check in NEEDED)

    @property
    def may_read(self) -> bool:
        """Whether the server speaks our language at all."""
        return self.passed(Check.FHIR_R4)

    @property
    def abilities(self) -> ServerAbilities:
        """What the exchange has to know of it."""
        return ServerAbilities(
            may_write=self.may_write,
            create_guard=self.passed(Check.CREATE_GUARD),
            begins_at_0=self.passed(Check.BEGINS_AT_0),
            etags_in_transactions=self.passed(Check.TRUE_ETAGS),
            lists_changes=self.detail(Check.LISTS_CHANGES),
        )

    @property
    def words(self) -> str:
        """The result in a sentence or two."""
        name = self.software or "This server"
        if self.may_write:
            return f"{name} can be used as a shared record: plans are sent to it and received from it."
        if not self.may_read:
            return f"{name} is not a FHIR R4 server that this program can read. Nothing is sent to it."
        failed = [finding for finding in self.findings if finding.check in NEEDED and finding.passed is False]
        lacking = "; ".join(f"{finding.check.asks[0].lower()}{finding.check.asks[1:]}" for finding in failed)
        return (
            f"{name} can be read, and nothing is sent to it, because a change could be lost there without anybody "
            f"noticing. What it does not do: {lacking}."
        )

    @property
    def clock_words(self) -> str:
        """What to say about the clocks, "" when they agree within two minutes."""
        minutes = round(abs(self.clock_skew) / 60)
        if minutes < 2:
            return ""
        way = "ahead of" if self.clock_skew > 0 else "behind"
        return f"The clock of this computer is {minutes} minutes {way} the server’s. Times shown may look odd."

    def to_json(self) -> dict[str, Any]:
        """As it is remembered."""
        return {
            "software": self.software,
            "fhir_version": self.fhir_version,
            "checked_at": self.checked_at.isoformat(),
            "clock_skew": self.clock_skew,
            "findings": [[finding.check.value, finding.passed, finding.detail] for finding in self.findings],
        }


def from_json(kept: Mapping[str, Any]) -> Capabilities:
    """What `to_json` wrote; a check that this version no longer knows is passed over."""
    known = set(Check)
    return Capabilities(
        str(kept["software"]),
        str(kept["fhir_version"]),
        datetime.fromisoformat(kept["checked_at"]),
        tuple(Finding(Check(check), passed, detail) for check, passed, detail in kept["findings"] if check in known),
        float(kept["clock_skew"]),
    )
