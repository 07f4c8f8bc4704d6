"""Whether a home is ready for nights and for days on which offices are closed: a list to look through, never advice.

Each line says what is recorded. Nothing is taken from silence: what nobody recorded is said to be not recorded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from eolc_desktop.care_plan.bank_holidays import is_bank_holiday
from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.dates import date_words, is_partial_date, last_day
from eolc_desktop.care_plan.fields import MAIN, Value, is_empty
from eolc_desktop.care_plan.to_do import Entries
from eolc_desktop.care_plan.words import display

SOON = timedelta(days=14)
"""Medicines that expire within so many days are named (rule K17)."""
STRAINED = 7
"""Carer's strain from this number on (0 to 10) is named."""
SATURDAY = 5


class Ready(Enum):
    """How one line stands."""

    READY = "Ready"
    LOOK = "Look at this"
    UNKNOWN = "Not recorded"
    NOT_NEEDED = "Not needed"


@dataclass(frozen=True, slots=True)
class Check:
    """One line: what is looked at, how it stands, what is recorded in words, and where it stands in the plan."""

    key: str
    label: str
    state: Ready
    words: str
    at: str

    @property
    def is_open(self) -> bool:
        """Whether somebody should look at it."""
        return self.state in (Ready.LOOK, Ready.UNKNOWN)


FIELDS: Mapping[str, tuple[str, ...]] = {
    "anticipatory": ("state", "where_kept", "chart_in_house", "chart_valid_until", "syringe_driver", "checked_on"),
    "medicine_stock": ("name", "expires_on", "state"),
    "equipment": ("what", "words", "state"),
    "carer": ("has_carer", "strain", "night_cover"),
    "who_to_call": ("when", "first_call_name", "first_call_phone"),
    "call_card": ("read_back_on",),
    "death": ("died_on",),
}
"""Everything that is read, by section."""


def closed_until(day: date) -> date:
    """The next day after this one on which offices are open: Monday after a Friday, later where that is a holiday."""
    following = day + timedelta(days=1)
    while following.weekday() >= SATURDAY or is_bank_holiday(following):
        following += timedelta(days=1)
    return following


def checks(entries: Entries, catalogue: Catalogue, day: date, until: date) -> tuple[Check, ...]:
    """The lines for one person as of a day, looking ahead to another."""
    anticipatory = _main(entries, "anticipatory")
    state = _text(anticipatory, "state")
    in_use = state in ("prescribed", "box_issued")
    found = [_medicines(catalogue, anticipatory, state)]
    if in_use:
        found += [_chart(catalogue, anticipatory, until), _expiry(entries, catalogue, day, until, state)]
    found += [_equipment(entries, catalogue), *_carer(entries, catalogue), _calls(entries)]
    return tuple(found)


def _medicines(catalogue: Catalogue, values: Mapping[str, Value], state: str) -> Check:
    words = display(catalogue["anticipatory"]["state"], state) if state else "Not recorded"
    where = _text(values, "where_kept")
    if state == "box_issued":
        how = Ready.READY if where else Ready.LOOK
        words += f", kept: {where}" if where else "; where it is kept is not recorded"
    elif state in ("not_needed", "declined"):
        how = Ready.NOT_NEEDED
    else:
        how = Ready.LOOK if state else Ready.UNKNOWN
    return Check("medicines", "Just-in-case medicines", how, words, f"anticipatory/{MAIN}")


def _chart(catalogue: Catalogue, values: Mapping[str, Value], until: date) -> Check:
    there, valid = values.get("chart_in_house"), _text(values, "chart_valid_until")
    at = f"anticipatory/{MAIN}"
    if there is not True:
        said = display(catalogue["anticipatory"]["chart_in_house"], there)
        how = Ready.LOOK if there is False else Ready.UNKNOWN
        return Check("chart", "Chart in the house", how, said or "Not recorded", at)
    if not is_partial_date(valid):
        return Check("chart", "Chart in the house", Ready.LOOK, "In the house; until when is not recorded", at)
    how = Ready.READY if last_day(valid) >= until else Ready.LOOK
    return Check("chart", "Chart in the house", how, f"In the house, valid until {date_words(valid)}", at)


def _expiry(entries: Entries, catalogue: Catalogue, day: date, until: date, state: str) -> Check:
    label, at = "Expiry", f"medicine_stock/{MAIN}"
    stock = [values for _id, values in entries.get("medicine_stock", ()) if _text(values, "state") in ("in_house", "")]
    dated = [(last_day(_text(v, "expires_on")), v) for v in stock if is_partial_date(_text(v, "expires_on"))]
    if not dated:
        how = Ready.UNKNOWN if state == "box_issued" else Ready.NOT_NEEDED
        return Check("expiry", label, how, "No expiry dates are recorded", at)
    name = catalogue["medicine_stock"]["name"]
    near = [v for last, v in dated if last <= max(until, day + SOON)]
    if not near:
        first = min(dated, key=lambda pair: pair[0])[1]
        return Check("expiry", label, Ready.READY, f"The first expires {date_words(_text(first, 'expires_on'))}", at)
    words = ", ".join(f"{display(name, v.get('name'))} {date_words(_text(v, 'expires_on'))}" for v in near)
    return Check("expiry", label, Ready.LOOK, words, at)


def _equipment(entries: Entries, catalogue: Catalogue) -> Check:
    label, at = "Equipment", "equipment"
    section = catalogue["equipment"]
    rows = [(v, _text(v, "state")) for _id, v in entries.get("equipment", ())]
    if not rows:
        return Check("equipment", label, Ready.UNKNOWN, "Nothing is recorded", at)
    waiting = [v for v, state in rows if state in ("needed", "ordered")]
    words = ", ".join(
        f"{display(section['what'], v.get('what'))}: {display(section['state'], v.get('state')).lower()}"
        for v in waiting
    )
    if waiting:
        return Check("equipment", label, Ready.LOOK, words, at)
    there = [display(section["what"], v.get("what")) for v, state in rows if state == "in_place"]
    words = f"In place: {', '.join(there)}" if there else "Nothing waited for"
    return Check("equipment", label, Ready.READY, words, at)


def _carer(entries: Entries, catalogue: Catalogue) -> Iterator[Check]:
    values = _main(entries, "carer")
    at = f"carer/{MAIN}"
    cover = _text(values, "night_cover")
    how = {"family": Ready.READY, "paid": Ready.READY, "not_needed": Ready.NOT_NEEDED, "": Ready.UNKNOWN}
    words = display(catalogue["carer"]["night_cover"], cover) if cover else "Not recorded"
    yield Check("night", "Cover at night", how.get(cover, Ready.LOOK), words, at)
    strain = values.get("strain")
    if _text(values, "has_carer") == "none":
        yield Check("strain", "Carer’s strain", Ready.NOT_NEEDED, "Has no carer", at)
    elif isinstance(strain, int | float) and not isinstance(strain, bool):
        state = Ready.LOOK if strain >= STRAINED else Ready.READY
        yield Check("strain", "Carer’s strain", state, f"{strain:g} of 10", at)
    else:
        yield Check("strain", "Carer’s strain", Ready.UNKNOWN, "Not recorded", at)


def _calls(entries: Entries) -> Check:
    """Who is called at night and at the weekend, and whether the card was read back."""
    times: set[str] = set()
    for _id, values in entries.get("who_to_call", ()):
        when = values.get("when")
        reachable = not is_empty(values.get("first_call_name")) and not is_empty(values.get("first_call_phone"))
        if reachable:
            times |= {str(one) for one in when} if isinstance(when, list) and when else {"night", "weekend"}
    read = _text(_main(entries, "call_card"), "read_back_on")
    missing = [words for key, words in (("night", "at night"), ("weekend", "at the weekend")) if key not in times]
    label, at = "Who to call", "who_to_call"
    if not times:
        return Check("calls", label, Ready.UNKNOWN, "Nobody is named", at)
    if missing:
        return Check("calls", label, Ready.LOOK, f"Nobody is named {' and '.join(missing)}", at)
    words = f"Named for nights and weekends; read back {date_words(read)}" if read else "Named for nights and weekends"
    return Check("calls", label, Ready.READY, words, at)


def summary(found: Sequence[Check]) -> str:
    """What should be looked at, in one line: "Chart in the house: No; Cover at night: Nobody at night"."""
    return "; ".join(f"{check.label}: {check.words}" for check in found if check.is_open)


def _main(entries: Entries, section: str) -> Mapping[str, Value]:
    return next((values for _entry, values in entries.get(section, ())), {})


def _text(values: Mapping[str, Value], key: str) -> str:
    value = values.get(key)
    return value if isinstance(value, str) else ""
