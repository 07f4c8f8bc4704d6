"""What the caseload says about itself: how many of how many, among whom, and what to do when there is nobody."""

from __future__ import annotations

from dataclasses import dataclass

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.services import caseload_table
from eolc_desktop.services.caseload_table import BY_KEY, Wanted
from eolc_desktop.services.caseload_views import view_of


@dataclass(frozen=True, slots=True)
class Said:
    """The line above the list; what stands in its place when nobody is found, and the button there; `within` says in
    words what the list is narrowed to, and `is_part` whether others are here who are not shown."""

    words: str
    empty: str
    hint: str
    button: str
    within: str
    is_part: bool


EVERYONE, ADD = "Show everyone", "Add a person"


def said(wanted: Wanted, total: int, of: int, catalogue: Catalogue) -> Said:
    """What is said of a list that shows so many of so many."""
    typed = wanted.typed.strip()
    view = view_of(wanted.view)
    narrowed = [
        f"{BY_KEY[key].heading}: {caseload_table.value_words(catalogue, BY_KEY[key], value)}"
        for key, value in wanted.arranged.narrowed
    ]
    within = "; ".join([*([view.within] if view.key else []), *narrowed])
    everyone = "1 person" if of == 1 else f"{of:,} people"
    if typed:
        match = "matches" if total == 1 else "match"
        words = f"{total:,} of {everyone} {match} “{typed}”" + (f", among: {within}" if within else "")
        among = f" among those shown: {within}" if within else " on this computer"
        hint = "" if within else "People you are not caring for are not kept here."
        return Said(words, f"No one matches “{typed}”{among}", hint, EVERYONE, within, is_part=True)
    if within and of:
        words = f"Showing {total:,} of {of:,}: {within}"
        return Said(words, f"Nobody here is in this view: {within}", "", EVERYONE, within, is_part=True)
    return Said(everyone, "There is nobody on this computer yet", "", ADD, within, is_part=False)
