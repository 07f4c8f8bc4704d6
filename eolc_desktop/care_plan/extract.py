"""What an extract without names holds: its fields, one by one, and how each is made. No free text, no exact dates.

The second extract has the shape of the specialist palliative care data set (OACC: phase of illness, AKPS and IPOS at
each assessment within a spell), as far as this record holds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.counted_people import FIELDS, counted, group_of
from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.keeping_back import KEPT_BACK, kept_back_of, without_kept_back
from eolc_desktop.care_plan.leaving import WHERE_THEY_LIVE
from eolc_desktop.care_plan.plan import ENTRY_ITSELF
from eolc_desktop.care_plan.sections.ipos import TOPICS
from eolc_desktop.care_plan.service_measures import emergency_admissions

Values = Mapping[str, Value]
Entries = Mapping[str, Sequence[Values]]


@dataclass(frozen=True, slots=True)
class ExtractField:
    """One column: its name in the file, and what it holds, in words."""

    key: str
    words: str


PEOPLE_FIELDS = (
    ExtractField("pseudonym", "The same person has the same letters in each extract made with the same key"),
    ExtractField("gender", "As recorded"),
    ExtractField("age_band", "At death, or today: under 65, 65 to 74, 75 to 84, 85 and over"),
    ExtractField("ethnic_group", "One of five groups"),
    ExtractField("deprivation_fifth", "By the areas your organisation entered"),
    ExtractField("diagnosis_group", "By the words of the primary diagnosis; the words themselves are not in the file"),
    ExtractField("known_days", "Days from the beginning of the record to death, or to today"),
    ExtractField("year_of_death", "The year only"),
    ExtractField("place_of_death", "The kind of place"),
    ExtractField("preferred_place", "The kind of place, or why there is none"),
    ExtractField("in_preferred_place", "yes, no, or empty"),
    ExtractField("in_usual_residence", "yes, no, or empty"),
    ExtractField("emergency_admissions_90_days", "How many, before death"),
    ExtractField("cpr_decision", "As recorded"),
    ExtractField("cpr_discussed_or_reason", "yes or no"),
    ExtractField("just_in_case", "As recorded"),
    ExtractField("dying_recognised", "yes or no"),
    ExtractField("last_days_plan", "yes or no"),
    ExtractField("fast_track_within_48_hours", "yes, no, or empty"),
)
ASSESSMENT_FIELDS = (
    ExtractField("pseudonym", "The same person has the same letters in each extract made with the same key"),
    ExtractField("spell", "Always 1: this record holds one spell of care for each person"),
    ExtractField("spell_days", "Days from the beginning of the record to death, or to today"),
    ExtractField("spell_ended", "died, or empty while it goes on"),
    ExtractField("day", "Day of the assessment, counted from the beginning of the record"),
    ExtractField("phase", "Phase of illness, where one was assessed on that day"),
    ExtractField("akps", "AKPS, where it was assessed on that day"),
    ExtractField("ipos_version", "Who answered, and over how long"),
    *(ExtractField(f"ipos_{key}", f"IPOS, 0 to 4: {topic}") for key, topic in TOPICS),
)
READ: Mapping[str, tuple[str, ...]] = {
    **FIELDS,
    "person": (*FIELDS["person"], "gender", "address_restricted"),
    "phase": ("on", "phase"),
    "akps": ("on", "score"),
    "ipos": ("on", "version", *(key for key, _topic in TOPICS)),
    KEPT_BACK: ("what",),
}
"""The fields that the two extracts are made from, and those that say what of them stays here."""


def as_may_leave(catalogue: Catalogue, found: Iterable[tuple[str, str, Values]]) -> Entries:
    """What an extract may be made from: entries by section, each with its own id under ENTRY_ITSELF.

    `found` gives section, id and values of each entry. What the person keeps back and a confidential address are not
    in it: they count as not recorded (decision 7).
    """
    every = list(found)
    kept = kept_back_of(catalogue, [values.get("what") for section, _id, values in every if section == KEPT_BACK])
    entries: dict[str, list[Values]] = {}
    for section, entry, values in every:
        left = without_kept_back(catalogue, section, values, kept)
        if section == "person" and values.get("address_restricted") is True:
            left = {key: value for key, value in left.items() if key not in WHERE_THEY_LIVE}
        if left and section != KEPT_BACK:
            entries.setdefault(section, []).append({**left, ENTRY_ITSELF: entry})
    return entries


def person_row(
    entries: Entries, pseudonym: str, began: date, now: datetime, on: date, areas: Mapping[str, str]
) -> tuple[str, ...]:
    """The row of one person. `began` is the day on which their record was begun."""
    person = counted("", entries, now)
    gender = entries["person"][0].get("gender") if entries.get("person") else None
    groups = [group_of(person, key, on, areas) for key in ("age", "ethnicity", "deprivation", "diagnosis")]
    return (
        pseudonym,
        gender if isinstance(gender, str) else "",
        *groups,
        _days(began, person.died_on or on),
        str(person.died_on.year) if person.died_on else "",
        person.place,
        person.preferred,
        _yes_no(person.achieved),
        _yes_no(person.usual_residence),
        str(emergency_admissions(person)) if person.died_on else "",
        person.cpr,
        _yes_no(person.cpr_involved) if person.cpr else "",
        person.just_in_case,
        _yes_no(person.recognised),
        _yes_no(person.has_last_days_plan),
        _yes_no(person.within_48_hours),
    )


def assessment_rows(entries: Entries, pseudonym: str, began: date, now: datetime, on: date) -> list[tuple[str, ...]]:
    """A row for each day on which phase, AKPS or IPOS was assessed, in order."""
    person = counted("", entries, now)
    by_day: dict[date, dict[str, str]] = {}
    for section, keys in (("phase", ("phase",)), ("akps", ("score",)), ("ipos", ("version", *(k for k, _t in TOPICS)))):
        for values in entries.get(section, ()):
            day = _whole_day(values.get("on"))
            if day is not None:
                of_day = by_day.setdefault(day, {})
                of_day |= {f"{section}.{key}": said for key in keys if (said := _plain(values.get(key)))}
    head = (pseudonym, "1", _days(began, person.died_on or on), "died" if person.died_on else "")
    return [
        (
            *head,
            _days(began, day),
            found.get("phase.phase", ""),
            found.get("akps.score", ""),
            found.get("ipos.version", ""),
            *(found.get(f"ipos.{key}", "") for key, _topic in TOPICS),
        )
        for day, found in sorted(by_day.items())
    ]


def _days(first: date, last: date) -> str:
    return str((last - first).days)


def _whole_day(value: Value) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _plain(value: Value) -> str:
    if isinstance(value, bool) or value is None:
        return ""
    return str(value) if isinstance(value, str | int) else ""


def _yes_no(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"
