"""What can be taken out: the kinds of file, what each line of them holds, and what is said before one is written."""

from __future__ import annotations

from enum import StrEnum

from eolc_desktop.care_plan.extract import ASSESSMENT_FIELDS, PEOPLE_FIELDS, ExtractField


class Kind(StrEnum):
    """What can be taken out."""

    CSV = "csv"
    JSON = "json"
    FHIR = "fhir"
    EXTRACT = "extract"
    ASSESSMENTS = "assessments"

    @property
    def words(self) -> str:
        """How it is called."""
        return {
            Kind.CSV: "The plans, as CSV: one line for each value that stands",
            Kind.JSON: "The plans, as JSON: one line for each person",
            Kind.FHIR: "The plans that may be shared, as FHIR: one document a line",
            Kind.EXTRACT: "An extract without names: one line for each person",
            Kind.ASSESSMENTS: "An extract without names: phase, AKPS and IPOS, as the specialist data set has them",
        }[self]

    @property
    def file_name(self) -> str:
        """The name that is offered; it says nothing about anybody."""
        return {
            Kind.CSV: "plans.csv",
            Kind.JSON: "plans.ndjson",
            Kind.FHIR: "plans.fhir.ndjson",
            Kind.EXTRACT: "extract-people.csv",
            Kind.ASSESSMENTS: "extract-assessments.csv",
        }[self]

    @property
    def has_names(self) -> bool:
        """Whether people can be told from it."""
        return self in (Kind.CSV, Kind.JSON, Kind.FHIR)

    @property
    def can_hold_what_stays(self) -> bool:
        """Whether it can be asked to hold what people keep back too: a FHIR file goes to others, and never does."""
        return self in (Kind.CSV, Kind.JSON)

    @property
    def fields(self) -> tuple[ExtractField, ...]:
        """What each line holds."""
        return {
            Kind.CSV: CSV_FIELDS,
            Kind.JSON: JSON_FIELDS,
            Kind.FHIR: FHIR_FIELDS,
            Kind.EXTRACT: PEOPLE_FIELDS,
            Kind.ASSESSMENTS: ASSESSMENT_FIELDS,
        }[self]


STAYS_HERE = (
    "Why it stays out of whatever is shared: kept_back, must_not_be_told, address or rule. Empty everywhere unless the "
    "file was asked to hold such answers too"
)
CSV_FIELDS = tuple(
    ExtractField(key, words)
    for key, words in (
        ("person", "The random id of the record"),
        ("nhs_number", "As recorded"),
        ("name", "Family name and given names"),
        ("section", "The part of the plan"),
        ("entry", "Which entry of it"),
        ("field", "The item"),
        ("value", "As it is kept: text, or JSON for lists and codes"),
        ("recorded_at", "When it was recorded, in UTC"),
        ("recorded_by", "Name, role and organisation"),
        ("source", "How the author knew"),
        ("last_confirmed_at", "When somebody last said that it still holds"),
        ("stays_here", STAYS_HERE),
    )
)
JSON_FIELDS = (
    ExtractField("person", "The random id of the record, and its version"),
    ExtractField(
        "sections", "Every section with its entries: state, and each value with who recorded it, when, and how"
    ),
    ExtractField("stays_here", STAYS_HERE),
)
FHIR_FIELDS = (
    ExtractField("Bundle", "A FHIR R4 document for each person, of what consent and the person’s wishes let leave"),
    ExtractField("left out", "People of whom nothing may leave are left out, and counted"),
)
WARNING = (
    "This file names people and holds their plans in the clear. Anybody who has it can read it. Send it only over a "
    "secure route, and delete it when it is no longer needed."
)
LEFT_OUT = (
    "What people keep back, what is recorded of somebody who must not be told, and confidential addresses are not in "
    "it. What is kept back in words only cannot be found by the program."
)
"""What is said of a file that names people, unless it was asked to hold everything."""
HELD_TOO = (
    "It also holds what people asked to be kept back, what is recorded of somebody who must not be told, and "
    "confidential addresses; each is marked under stays_here. Choose this only to move the whole record to another "
    "system of your own organisation."
)
WITHOUT_NAMES = (
    "No names, numbers, addresses, exact dates or free text are in this file, and what people keep back counts in it "
    "as not recorded. People with rare answers could still be recognised by somebody who knows them: share it only "
    "under an agreement."
)
