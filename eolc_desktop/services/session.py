"""The signed-in session: what every service is given, and what each write says it touched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.clock import Clock
from eolc_desktop.record.journal import Pen
from eolc_desktop.record.users import User

if TYPE_CHECKING:
    from eolc_desktop.models.store import Store
    from eolc_desktop.paths import Profile


@dataclass(frozen=True, slots=True)
class Session:
    """An open store and the user who opened it. Used on the store thread only.

    `made_up` is set for the demonstration and for training: such a store says so on every page.
    """

    store: Store
    user: User
    clock: Clock
    catalogue: Catalogue
    laptop_id: str
    profile: Profile
    made_up: bool = False

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
