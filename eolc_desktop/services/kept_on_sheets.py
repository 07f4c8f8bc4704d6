"""What people keep back, for every list and sheet about several people: one reading, asked before a word is put on it.

Decision 12: what a person keeps back, what concerns somebody who must not be told, and a confidential address, stand on
none of them. A line says that something is left out; an empty one would read as if nothing were recorded (hazard H04).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.fields import Value, is_empty
from eolc_desktop.care_plan.keeping_back import KEPT_BACK, kept_back_of, without_kept_back
from eolc_desktop.care_plan.leaving import WHERE_THEY_LIVE
from eolc_desktop.record import across

_READ: Mapping[str, tuple[str, ...]] = {
    KEPT_BACK: ("what", "what_words"),
    "contacts": ("involvement",),
    "person": ("address_restricted",),
}


@dataclass(frozen=True, slots=True)
class KeptOff:
    """What stays off every sheet about one person. `hidden` are the contacts who must not be told.

    `keeps_something` is also true of what is kept back in words only. The team's own notes, which no item of the list
    of what can be kept back names and which may repeat anything, are then kept off whole.
    """

    catalogue: Catalogue
    kept: tuple[set[str], set[str]]
    keeps_something: bool
    hidden: frozenset[str]
    is_restricted: bool

    def stays(self, section: str, keys: Iterable[str]) -> bool:
        """Whether any of these fields stays off, whether or not something is recorded there."""
        wanted = dict.fromkeys(keys, "")
        lives = self.is_restricted and section == "person" and not WHERE_THEY_LIVE.isdisjoint(wanted)
        return lives or len(without_kept_back(self.catalogue, section, wanted, self.kept)) < len(wanted)

    def hides(self, section: str, entry: str, values: Mapping[str, Value]) -> bool:
        """Whether an entry is about somebody who must not be told, or names them."""
        return (section == "contacts" and entry in self.hidden) or any(
            value in self.hidden for value in values.values() if isinstance(value, str)
        )


def nothing_kept(catalogue: Catalogue) -> KeptOff:
    """For somebody of whom everything may stand on a sheet."""
    return KeptOff(catalogue, (set(), set()), keeps_something=False, hidden=frozenset(), is_restricted=False)


def kept_off(
    connection: Connection, catalogue: Catalogue, person_ids: Sequence[str] | None = None
) -> Mapping[str, KeptOff]:
    """For everybody of whom something stays off a sheet (of these people; None: of all): what."""
    found: dict[str, KeptOff] = {}
    for person_id, entries in across.entries(connection, _READ, person_ids=person_ids):
        kept = [one.values for one in entries if one.section == KEPT_BACK]
        made = KeptOff(
            catalogue,
            kept_back_of(catalogue, [values.get("what") for values in kept]),
            keeps_something=any(not is_empty(values.get(key)) for values in kept for key in _READ[KEPT_BACK]),
            hidden=frozenset(one.entry for one in entries if one.values.get("involvement") == "must_not_be_told"),
            is_restricted=any(one.values.get("address_restricted") is True for one in entries),
        )
        if made.keeps_something or made.hidden or made.is_restricted:
            found[person_id] = made
    return found
