"""What rules know from outside the plan: what other systems and other records on this laptop hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from eolc_desktop.care_plan.fields import MAIN


@dataclass(frozen=True, slots=True)
class CprElsewhere:
    """A CPR decision that another organisation holds as current: its words, and the date on it as it was given."""

    organisation: str
    decision: str  # a key of the value set `cpr_decision`
    decided_on: str = ""
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OtherRecord:
    """Another record on this laptop, as far as it takes to ask whether two records are one person's."""

    family_name: str
    given_names: str
    birth_date: str
    nhs_number: str


@dataclass(frozen=True, slots=True)
class ChangedOnBothSides:
    """An item that was changed here and in the shared record since they last agreed; the words are ready to read."""

    section: str
    field: str
    theirs: str
    by: str
    entry: str = MAIN
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outside:
    """Everything that the rules ask of whoever calls them: a caller that knows nothing of it leaves it empty.

    `waiting_to_leave` is how many changes of this person stand in the outbox.
    """

    cpr_elsewhere: tuple[CprElsewhere, ...] = ()
    waiting_to_leave: int = 0
    other_records: tuple[OtherRecord, ...] = ()
    changed_on_both_sides: tuple[ChangedOnBothSides, ...] = ()


NOTHING_KNOWN = Outside()
"""What a caller hands in who knows of nothing outside the plan."""
