"""What somebody else changed after the user read it: in words, with who did it and when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from eolc_desktop.care_plan.dates import moment_words
from eolc_desktop.care_plan.differences import Difference, Happened, differences
from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import Item, Plan
from eolc_desktop.views.forms.section_form import entry_of


@dataclass(frozen=True, slots=True)
class SinceRead:
    """One item, or an entry as a whole, that no longer says what the user read. `item` is what stands now."""

    difference: Difference
    item: Item | None
    before: Item | None

    @property
    def place(self) -> tuple[str, str, str]:
        """Section, entry and field ("" for the entry as a whole)."""
        return self.difference.section, self.difference.entry, self.difference.field

    @property
    def change_id(self) -> str:
        """The change that did it; for an entry as a whole what it says now."""
        return self.item.change_id if self.item is not None else self.difference.after

    @property
    def called(self) -> str:
        """What it is: the label of the item, after the name of its entry where there are several."""
        one = self.difference
        entry = "" if one.entry == MAIN else one.where.partition(", ")[2] or one.where
        return ": ".join(part for part in (entry, one.label) if part)

    @property
    def says(self) -> str:
        """Before and now, and who recorded what stands now."""
        one = self.difference
        if not one.field:
            return f"“{self.called}” is now marked {one.after}."
        match one.happened:
            case Happened.ADDED:
                said = f"was empty; it now says {one.after}"
            case Happened.TAKEN_AWAY:
                said = f"said {one.before}; that was taken away"
            case _:
                said = f"said {one.before}; it now says {one.after}"
        return f"“{self.called}” {said} ({who_and_when(self.item)})."


def since_read(read: Plan, now: Plan, sections: Collection[str] = ()) -> tuple[SinceRead, ...]:
    """Everything that says something else now than when it was read, in the order of the plan; with `sections`, in
    the sections with these keys."""
    touched = {key for key, entries in now.sections.items() if entries is not read.sections.get(key)}
    wanted = touched.intersection(sections) if sections else touched
    found = []
    for one in differences(read, now, wanted) if wanted else ():
        items = []
        for plan in (now, read):
            entry = entry_of(plan, one.section, one.entry)
            items.append(entry.items.get(one.field) if entry is not None else None)
        found.append(SinceRead(one, items[0], items[1]))
    return tuple(found)


def who_and_when(item: Item | None) -> str:
    """Who recorded what stands now: "Dr A Khan, consultant, 12-Nov-2026 14:32"."""
    if item is None:
        return "nobody says who"
    by = item.recorded_by
    return ", ".join(part for part in (by.name or "author not known", by.role, moment_words(item.recorded_at)) if part)
