"""How one person stands on the palliative care register: why, by which tool, and when the team last reviewed them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.dates import date_words, is_partial_date, last_day
from eolc_desktop.care_plan.fields import Value, is_empty
from eolc_desktop.care_plan.to_do import Entries
from eolc_desktop.care_plan.words import display

REVIEW_DAYS = 92
"""Three months: at least so often the team looks at the plan of everybody on the register."""
SOURCE = (
    "Good practice. Until it was retired the register was indicator PC001 of the Quality and Outcomes Framework, and "
    "the review by the team every three months was PC002."
)
FIELDS: Mapping[str, tuple[str, ...]] = {
    "register": ("on_register", "registered_on", "register_words", "tools", "tool_on", "tool_result",
                 "surprise_question"),
    "prognosis": ("band", "judged_on"),
    "team_reviews": ("on",),
    "plan_control": ("last_mdt",),
}  # fmt: skip
"""Everything that is read, by section."""


@dataclass(frozen=True, slots=True)
class Registered:
    """How one person stands. `reviewed_on` is the last review by the team ("" for none); `is_due` that it is more than
    three months ago, or never was, for somebody on the register. `prognosis` is for those who may see it."""

    state: str
    words: tuple[str, ...]
    prognosis: str
    reviewed_on: str
    is_due: bool

    @property
    def is_on(self) -> bool:
        """Whether the person is on the register."""
        return self.state == "on"


def registered(entries: Entries, catalogue: Catalogue, day: date) -> Registered:
    """How a person stands, from the entries of their plan."""
    values = _main(entries, "register")
    section = catalogue["register"]
    state = _text(values, "on_register")

    def said(key: str) -> str:
        return "" if is_empty(values.get(key)) else display(section[key], values.get(key))

    words = [said("on_register") if state else "Nothing is recorded about the register"]
    if state == "on" and (on := _text(values, "registered_on")):
        words[0] += f" since {date_words(on)}"
    if why := said("register_words"):
        words.append(f"Why: {why}")
    if tools := said("tools"):
        on = _text(values, "tool_on")
        words.append(f"Identified by: {tools}" + (f", {date_words(on)}" if on else ""))
    if result := said("tool_result"):
        words.append(f"Result: {result}")
    if surprise := said("surprise_question"):
        words.append(f"Surprise question: {surprise[:1].lower()}{surprise[1:]}")
    reviewed = _reviewed(entries)
    is_due = state == "on" and (not reviewed or (day - last_day(reviewed)).days > REVIEW_DAYS)
    if state == "on":
        last = f"last on {date_words(reviewed)}" if reviewed else "none is recorded"
        words.append(f"Review by the team: {last}" + (", more than three months ago" if is_due and reviewed else ""))
    return Registered(state, tuple(words), _prognosis(entries, catalogue), reviewed, is_due)


def _reviewed(entries: Entries) -> str:
    days = [_text(values, "on") for _id, values in entries.get("team_reviews", ())]
    days.append(_text(_main(entries, "plan_control"), "last_mdt"))
    return max((day for day in days if is_partial_date(day)), default="")


def _prognosis(entries: Entries, catalogue: Catalogue) -> str:
    values = _main(entries, "prognosis")
    band = "" if is_empty(values.get("band")) else display(catalogue["prognosis"]["band"], values.get("band"))
    on = _text(values, "judged_on")
    return f"Likely prognosis: {band}{f', judged {date_words(on)}' if on else ''}" if band else ""


def _main(entries: Entries, section: str) -> Mapping[str, Value]:
    return next((values for _entry, values in entries.get(section, ())), {})


def _text(values: Mapping[str, Value], key: str) -> str:
    value = values.get(key)
    return value if isinstance(value, str) else ""
