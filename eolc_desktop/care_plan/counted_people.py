"""What is counted of one person, and the groups that figures are broken down by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from eolc_desktop.care_plan.after_death import same_place
from eolc_desktop.care_plan.dates import last_day, today
from eolc_desktop.care_plan.fast_track_clock import STEPS, clock_of
from eolc_desktop.care_plan.fields import Value, absence_of, is_empty

Values = Mapping[str, Value]
FIELDS: Mapping[str, tuple[str, ...]] = {
    "person": ("birth_date", "ethnic_category", "postcode"),
    "diagnosis": ("primary",),
    "death": ("died_on", "place", "usual_residence", "preferred_achieved"),
    "places": ("preferred_death", "is_usual_residence"),
    "admissions": ("date_in",),
    "dying": ("recognised_on",),
    "last_days": ("food_and_drink", "symptoms", "mouth_care", "mind", "spiritual", "who_present"),
    "cpr": ("decision", "person_involved", "person_not_involved_reason"),
    "contacts": ("involvement",),
    "anticipatory": ("state",),
    "plan_control": ("agreed", "last_mdt"),
    "team_reviews": ("on",),
    "register": ("on_register",),
    "fast_track": ("stage", *(key for _state, key in STEPS)),
}
"""The fields that the figures are made from, by section."""


@dataclass(frozen=True, slots=True)
class CountedPerson:
    """What the figures need to know of one person. A value that was declined or is not known counts as not recorded.

    `received_on` is the day on which the receipt of a Fast Track form was confirmed, and `within_48_hours` whether the
    care began in time (None: not known, or not yet).
    """

    id: str
    died_on: date | None = None
    birth_date: date | None = None
    ethnic: str = ""
    postcode: str = ""
    diagnosis: str = ""
    preferred: str = ""
    place: str = ""
    usual_residence: bool | None = None
    achieved: bool | None = None
    admissions: tuple[date, ...] = ()
    recognised: bool = False
    has_last_days_plan: bool = False
    cpr: str = ""
    cpr_involved: bool = False
    contacts: int = 0
    contacts_with_wish: int = 0
    just_in_case: str = ""
    agreed: str = ""
    last_review: date | None = None
    on_register: bool = False
    received_on: date | None = None
    within_48_hours: bool | None = None


def counted(person_id: str, entries: Mapping[str, Sequence[Values]], now: datetime) -> CountedPerson:
    """Read what is counted from the entries that stand, by section."""

    def text(section: str, key: str) -> str:
        found = entries.get(section)
        value = found[0].get(key) if found else None
        return value if isinstance(value, str) else ""

    def yes_no(section: str, key: str) -> bool | None:
        found = entries.get(section)
        value = found[0].get(key) if found else None
        return value if isinstance(value, bool) else None

    preferred, place = text("places", "preferred_death"), text("death", "place")
    usual = yes_no("death", "usual_residence")
    said = text("death", "preferred_achieved")
    both = usual is True and yes_no("places", "is_usual_residence") is True
    same = same_place(preferred, place, both_usual=both)
    achieved = same if said not in ("yes", "no") or same is None else said == "yes"
    reviews = [_day(values.get("on")) for values in entries.get("team_reviews", ())] + [
        _day(text("plan_control", "last_mdt"))
    ]
    clock = clock_of(entries["fast_track"][0], now) if entries.get("fast_track") else None
    received = clock.received_at if clock is not None else None
    diagnosis = entries["diagnosis"][0].get("primary") if entries.get("diagnosis") else None
    involved = text("cpr", "person_involved") == "yes" or bool(text("cpr", "person_not_involved_reason").strip())
    wishes = [one for one in entries.get("contacts", ()) if isinstance(one.get("involvement"), str)]
    return CountedPerson(
        person_id,
        died_on=_day(text("death", "died_on")),
        birth_date=_day(text("person", "birth_date")),
        ethnic=text("person", "ethnic_category"),
        postcode=text("person", "postcode"),
        diagnosis=str(diagnosis.get("text", "")) if isinstance(diagnosis, dict) else "",
        preferred=preferred,
        place=place,
        usual_residence=usual,
        achieved=achieved,
        admissions=tuple(d for one in entries.get("admissions", ()) if (d := _day(one.get("date_in"))) is not None),
        recognised=bool(text("dying", "recognised_on")),
        has_last_days_plan=any(
            not is_empty(value) and absence_of(value) is None
            for one in entries.get("last_days", ())
            for value in one.values()
        ),
        cpr=text("cpr", "decision"),
        cpr_involved=involved,
        contacts=len(entries.get("contacts", ())),
        contacts_with_wish=len(wishes),
        just_in_case=text("anticipatory", "state"),
        agreed=text("plan_control", "agreed"),
        last_review=max((d for d in reviews if d is not None), default=None),
        on_register=text("register", "on_register") == "on",
        received_on=today(received) if received is not None else None,
        within_48_hours=clock.achieved if clock is not None else None,
    )


def _day(value: Value) -> date | None:
    """The last day a date can mean; None for what cannot be read as one."""
    if not isinstance(value, str) or not value:
        return None
    try:
        return last_day(value)
    except ValueError:
        return None


# The groups


NOT_RECORDED = "Not recorded"
_ETHNIC = (
    ("White", ("white",)),
    ("Mixed", ("mixed",)),
    ("Asian or Asian British", ("indian", "pakistani", "bangladeshi", "asian")),
    ("Black or Black British", ("caribbean", "african", "black")),
    ("Other ethnic groups", ("chinese", "other")),
)
"""The five groups of the NHS Data Dictionary's ethnic category codes, by how the keys of our choices begin."""
_DIAGNOSES = (
    ("Cancer", ("cancer", "carcinoma", "lymphoma", "leuk", "melanoma", "sarcoma", "myeloma", "tumour", "glio",
                "malignan", "mesothelioma")),
    ("Dementia", ("dementia", "alzheimer")),
    ("Heart and circulation", ("heart", "cardi", "vascular", "aort")),
    ("Lungs and breathing", ("pulmonary", "copd", "lung", "respirat", "bronch")),
    ("Brain and nerves", ("motor neuro", "parkinson", "sclerosis", "huntington", "stroke", "palsy", "atrophy")),
    ("Kidneys", ("kidney", "renal")),
    ("Liver", ("liver", "cirrho", "hepat")),
    ("Frailty and old age", ("frail",)),
)  # fmt: skip
_AGES = ((65, "Under 65"), (75, "65 to 74"), (85, "75 to 84"), (200, "85 and over"))
QUINTILES = {
    "1": "1, most deprived",
    "2": "2",
    "3": "3",
    "4": "4",
    "5": "5, least deprived",
}


@dataclass(frozen=True, slots=True)
class Grouping:
    """A way to break figures down: its key, how it is called, its groups in order, and how they are told."""

    key: str
    words: str
    groups: tuple[str, ...]
    told_from: str


GROUPINGS = (
    Grouping("age", "Age", (*(words for _age, words in _AGES), NOT_RECORDED), "At death, or today for the living."),
    Grouping(
        "ethnicity",
        "Ethnicity",
        (*(words for words, _begins in _ETHNIC), NOT_RECORDED),
        "The five groups of the NHS Data Dictionary, from the ethnic category in the plan.",
    ),
    Grouping(
        "deprivation",
        "Deprivation",
        (*QUINTILES.values(), NOT_RECORDED),
        "By the fifths that your organisation entered for the beginnings of postcodes, 1 the most deprived.",
    ),
    Grouping(
        "diagnosis",
        "Diagnosis",
        (*(words for words, _has in _DIAGNOSES), "Other", NOT_RECORDED),
        "By the words of the primary diagnosis.",
    ),
)


def grouping(key: str) -> Grouping:
    """The grouping with this key; age for one that is not known."""
    return next((one for one in GROUPINGS if one.key == key), GROUPINGS[0])


def group_of(person: CountedPerson, key: str, on: date, areas: Mapping[str, str]) -> str:
    """The group of a person. `on` is today; `areas` the fifth of deprivation by how a postcode begins."""
    match key:
        case "ethnicity":
            return _begins(person.ethnic)
        case "deprivation":
            return QUINTILES.get(area_of(person.postcode, areas), NOT_RECORDED)
        case "diagnosis":
            return _diagnosis(person.diagnosis)
    if person.birth_date is None:
        return NOT_RECORDED
    until = person.died_on or on
    born = person.birth_date
    years = until.year - born.year - ((until.month, until.day) < (born.month, born.day))
    return next(words for under, words in _AGES if years < under or under == _AGES[-1][0])


def _begins(key: str) -> str:
    if not key:
        return NOT_RECORDED
    return next((words for words, begins in _ETHNIC if key.startswith(begins)), NOT_RECORDED)


def _diagnosis(text: str) -> str:
    if not text.strip():
        return NOT_RECORDED
    words = text.casefold()
    return next((name for name, has in _DIAGNOSES if any(part in words for part in has)), "Other")


def postcode_key(begins: str) -> str:
    """How a postcode begins, as it is compared: capitals, and one space where the second half begins."""
    return " ".join(begins.upper().split())


def area_of(postcode: str, areas: Mapping[str, str]) -> str:
    """The fifth of the longest beginning that fits: "LS21 3" before "LS21"; "" where none was entered.

    A beginning without a space is a whole first half, so that "LS21" does not fit "LS2 1AB".
    """
    whole = "".join(postcode.split()).upper()
    first, second = (whole[:-3], whole[-3:]) if len(whole) > 4 else (whole, "")
    begins = [*(f"{first} {second[:length]}" for length in (3, 2, 1) if second), first]
    return next((areas[one] for one in begins if one in areas), "")
