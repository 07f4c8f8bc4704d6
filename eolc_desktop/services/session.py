"""The signed-in session: what every service is given, and what each write says it touched."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.clock import Clock
from eolc_desktop.models.key_file import STANDARD, Costs
from eolc_desktop.policy import NO_POLICY, Policy
from eolc_desktop.record.journal import Pen
from eolc_desktop.record.users import User

if TYPE_CHECKING:
    from eolc_desktop.models.store import Store
    from eolc_desktop.paths import Profile

SIGNATURE_HOLDS = timedelta(minutes=2)
"""How long a passphrase that was given to sign a decision is good for the save that follows."""


@dataclass(slots=True)
class Signature:
    """When the user last proved with the passphrase who they are, for the next save of a CPR decision.

    `lasts` is for what runs without anybody at the keyboard, right after the passphrase was given: the command line.
    """

    given_at: datetime | None = None
    lasts: bool = False

    def holds(self, now: datetime) -> bool:
        """Whether the next save is signed."""
        if self.lasts:
            return True
        return self.given_at is not None and timedelta(0) <= now - self.given_at <= SIGNATURE_HOLDS

    def spend(self) -> None:
        """The save was made."""
        self.given_at = None


@dataclass(slots=True)
class Visit:
    """Why a visitor needs to read, in their own words; kept in the audit beside every plan they open."""

    reason: str = ""


@dataclass(slots=True)
class Doubt:
    """What a look at the seals found wrong since the record was opened: see `services.trust`.

    `lines` say why the whole record is not to be trusted (none when it is); `people` are those whose own plan is not.
    `fitted` is when each person was last looked at for a list of several, and found as they were written. `elsewhere`
    is the seal of the shared record that does not fit, as text; "" for none.
    """

    lines: tuple[str, ...] = ()
    people: set[str] = field(default_factory=set)
    fitted: dict[str, datetime] = field(default_factory=dict)
    looked: bool = False
    elsewhere: str = ""


Unnoted = tuple[datetime, str, str, dict[str, str | int]]
"""A line of the audit that a full disk did not take: when, what, about whom, and its detail."""


@dataclass(slots=True)
class Homes:
    """Whose homes were found to have something to look at, on a day: see `services.homes`.

    For each person the version of the plan that was read, and whether there is something.
    """

    day: date | None = None
    found: dict[str, tuple[int, bool]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Session:
    """An open store and the user who opened it. Used on the store thread only.

    `made_up` is set for the demonstration and for training: such a store says so on every page. `costs` is what the
    keys are believed with. `policy` is what the organisation has set for this computer. `reading_only` says, in words,
    that this is a copy that was opened in an emergency.
    `signature`, `visit`, `doubt`, `unnoted` and `homes` change while somebody is signed in.
    """

    store: Store
    user: User
    clock: Clock
    catalogue: Catalogue
    laptop_id: str
    profile: Profile
    made_up: bool = False
    costs: Costs = STANDARD
    reading_only: str = ""
    policy: Policy = NO_POLICY
    signature: Signature = field(default_factory=Signature, compare=False)
    visit: Visit = field(default_factory=Visit, compare=False)
    doubt: Doubt = field(default_factory=Doubt, compare=False)
    unnoted: list[Unnoted] = field(default_factory=list, compare=False)
    homes: Homes = field(default_factory=Homes, compare=False)

    def pen(self) -> Pen:
        """Who writes, now, on this laptop."""
        return Pen(self.user.author, self.clock(), self.laptop_id)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a write touched, so that every open view can tell whether to read again.

    `sections` is empty when the whole record of each person may have changed.
    """

    people: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()
    drafts_only: bool = False

    def touches(self, person_id: str) -> bool:
        """Whether something about this person changed."""
        return person_id in self.people
