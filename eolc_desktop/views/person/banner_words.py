"""Who this is, in the words and the order of the NHS patient banner (CUI, ISB 1500 to 1507)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from eolc_desktop.care_plan.dates import age_on, age_words, date_words, first_day, is_partial_date
from eolc_desktop.care_plan.fields import Audience, Value, absence_of, is_empty
from eolc_desktop.care_plan.nhs_number import nhs_number_words
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.care_plan.under_18 import OUTSIDE, is_under_18
from eolc_desktop.care_plan.words import display

NOT_KNOWN = "Not known"
NOT_RECORDED = "Not recorded"


@dataclass(frozen=True, slots=True)
class Fact:
    """One label of the banner with its value; `spoken` is the value as it is read out."""

    label: str
    value: str
    spoken: str = ""


class AllergyState(StrEnum):
    """Exactly the four states that a banner may show (PAB-0064 to PAB-0072)."""

    KNOWN = "Known allergies"
    NONE_KNOWN = "No known allergies"
    NOT_RECORDED = "Allergies not recorded"
    UNAVAILABLE = "Allergies unavailable"


@dataclass(frozen=True, slots=True)
class Allergies:
    """The state, and the substances where there are any."""

    state: AllergyState
    detail: str = ""

    @property
    def words(self) -> str:
        """The state with its detail."""
        return f"{self.state.value}: {self.detail}" if self.detail else self.state.value


def has_died(plan: Plan) -> bool:
    """Whether a date of death is recorded."""
    return not is_empty(plan.value("death", "died_on"))


def identity(plan: Plan) -> tuple[Fact, ...]:
    """Born, gender, NHS number, and after a death when and at which age: in the order of the banner."""
    facts = [_born(plan), _gender(plan), _nhs_number(plan)]
    if has_died(plan):
        facts += _died(plan)
    return tuple(facts)


def spoken_identity(plan: Plan) -> str:
    """The banner as one sentence for a screen reader, with long dates."""
    parts = [plan.banner_name]
    if preferred := plan.text("person", "preferred_name"):
        parts.append(f"preferred name {preferred}")
    parts += [f"{fact.label} {fact.spoken or fact.value}" for fact in identity(plan)]
    if is_under_18(plan):
        parts.append(OUTSIDE[:1].lower() + OUTSIDE[1:])
    return ", ".join(parts)


def _born(plan: Plan) -> Fact:
    value = plan.value("person", "birth_date")
    if not isinstance(value, str) or not is_partial_date(value):
        return Fact("Born", _absent(value))
    age = "" if has_died(plan) else age_words(value, plan.today)
    words = date_words(value)
    long = date_words(value, Audience.FAMILY)
    if not age:
        return Fact("Born", words, long)
    years = age.removesuffix("y")
    return Fact("Born", f"{words} ({age})", f"{long}, {years} years old")


def _gender(plan: Plan) -> Fact:
    value = plan.value("person", "gender")
    if is_empty(value) or absence_of(value):
        return Fact("Gender", _absent(value))
    return Fact("Gender", plan.words("person", "gender"))


def _nhs_number(plan: Plan) -> Fact:
    number = plan.value("person", "nhs_number")
    if not isinstance(number, str) or not number:
        return Fact("NHS No.", _absent(number))
    verified = plan.value("person", "nhs_number_status") == "verified"
    said = nhs_number_words(number)
    return Fact("NHS No.", said if verified else f"{said} not verified")


def nhs_number(plan: Plan) -> str:
    """The digits of the NHS number, or ""."""
    return plan.text("person", "nhs_number")


def _died(plan: Plan) -> list[Fact]:
    value = plan.value("death", "died_on")
    if not isinstance(value, str) or not is_partial_date(value):
        return [Fact("Died", _absent(value)), Fact("Age at Death", NOT_KNOWN)]
    born = plan.text("person", "birth_date")
    age = age_on(born, first_day(value)) if len(value) == 10 and is_partial_date(born) else None
    at_death = f"{age}y" if age is not None and age >= 0 else NOT_KNOWN
    spoken = f"{age} years" if age is not None and age >= 0 else ""
    return [
        Fact("Died", date_words(value), date_words(value, Audience.FAMILY)),
        Fact("Age at Death", at_death, spoken),
    ]


def _absent(value: Value) -> str:
    if is_empty(value):
        return NOT_RECORDED
    return NOT_KNOWN if absence_of(value) else str(value)


def allergies(plan: Plan) -> Allergies:
    """The state of the allergies. A listed allergy counts for more than a status that denies it; a status that this
    version does not know is never taken for "none" (hazard H11)."""
    listed = "; ".join(_substances(plan))
    status = plan.value("allergies", "status")
    if listed:
        partly = "; the full list was unavailable" if status == "unavailable" else ""
        return Allergies(AllergyState.KNOWN, f"{listed}{partly}")
    match status:
        case "known":
            return Allergies(AllergyState.KNOWN, "to what is not recorded")
        case "none_known":
            return Allergies(AllergyState.NONE_KNOWN)
        case None | "not_recorded":
            return Allergies(AllergyState.NOT_RECORDED)
    return Allergies(AllergyState.UNAVAILABLE)


def _substances(plan: Plan) -> list[str]:
    section = plan.catalogue["allergy"]
    words = []
    for entry in plan.entries("allergy"):
        if entry.value("certainty") == "refuted":
            continue
        substance = display(section["substance"], entry.value("substance"))
        if is_empty(entry.value("substance")):
            substance = "a substance that is not named"
        reaction = entry.text("reaction")
        words.append(f"{substance} ({reaction})" if reaction else substance)
    return words


def address(plan: Plan) -> str:
    """The usual address on one line; said to be confidential where it is."""
    if plan.value("person", "address_restricted") is True:
        return "Confidential: see Who they are"
    lines = plan.text("person", "address").splitlines()
    parts = [part.strip(" ,") for part in (*lines, plan.text("person", "postcode")) if part.strip(" ,")]
    return ", ".join(parts) or NOT_RECORDED


def now_at(plan: Plan) -> str:
    """Where the person is now, if it is not their usual address; else ""."""
    return plan.text("person", "current_location")


def reached_at(plan: Plan) -> str:
    """Telephones and e-mail."""
    keys = ("phone", "mobile", "email")
    return " · ".join(plan.text("person", key) for key in keys if plan.text("person", key)) or NOT_RECORDED


def needs(plan: Plan) -> str:
    """What helps the person to read, hear and follow; an interpreter first."""
    parts = []
    if plan.value("person", "interpreter") == "needed":
        language = plan.value("person", "language")
        spoken = "" if is_empty(language) else f" ({plan.words('person', 'language')})"
        parts.append(f"interpreter{spoken}")
    wanted = plan.value("communication_needs", "needs")
    if not is_empty(wanted):
        words = plan.words("communication_needs", "needs")
        parts.append(words if absence_of(wanted) else words.replace("; ", ", "))
    if parts:
        return ", ".join(parts)
    return "None said" if plan.value("communication_needs", "asked") is True else "Not asked yet"
