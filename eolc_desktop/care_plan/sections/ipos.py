"""IPOS as numbers with topic labels (D-09.8): the licensed wording is loaded by the organisation, never shipped."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Field, Kind, Need, Part, Section
from eolc_desktop.care_plan.item_classes import MAY_BE_UNKNOWN, MAY_DECLINE_OR_BE_UNKNOWN, voice
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 45

TOPICS = (
    ("pain", "Pain"),
    ("breathlessness", "Shortness of breath"),
    ("weakness", "Weakness or lack of energy"),
    ("nausea", "Nausea"),
    ("vomiting", "Vomiting"),
    ("appetite", "Poor appetite"),
    ("constipation", "Constipation"),
    ("mouth", "Sore or dry mouth"),
    ("drowsiness", "Drowsiness"),
    ("mobility", "Poor mobility"),
    ("anxious", "Anxious or worried"),
    ("family_anxious", "Family or friends anxious"),
    ("depressed", "Depressed"),
    ("at_peace", "At peace"),
    ("share_feelings", "Sharing feelings"),
    ("information", "Information"),
    ("practical", "Practical problems"),
)
"""The seventeen scored items in their order: key and topic. Each is 0 to 4; the total is 0 to 68."""


def _score(key: str, label: str) -> Field:
    return voice(
        key=key,
        label=label,
        standard="D-09.8",
        kind=Kind.NUMBER,
        minimum=0,
        maximum=4,
        may_be=MAY_DECLINE_OR_BE_UNKNOWN,
    )


IPOS = Section(
    key="ipos",
    title="Symptoms and concerns (IPOS)",
    part=Part.ILLNESS,
    intro="Numbers from the licensed form, 0 to 4, beside the topic of each question. “Not known” is “cannot assess”.",
    repeats=True,
    entry_name="assessment",
    entry_title=("on", "version"),
    fields=(
        voice(key="on", label="Completed on", standard="D-09.8", kind=Kind.DATE, need=Need.RECOMMENDED),
        voice(
            key="version",
            label="Version",
            standard="D-09.8",
            kind=Kind.CHOICE,
            need=Need.RECOMMENDED,
            options=value_set("ipos_version"),
        ),
        voice(key="by", label="By whom", standard="D-09.8", max_length=150),
        voice(
            key="main_concerns",
            label="Main problems or concerns",
            standard="D-09.8",
            kind=Kind.LONG_TEXT,
            may_be=MAY_BE_UNKNOWN,
        ),
        *(_score(key, label) for key, label in TOPICS),
        *(
            field
            for number in (1, 2, 3)
            for field in (
                voice(key=f"other_{number}", label=f"Other symptom {number}", standard="D-09.8", max_length=100),
                _score(f"other_{number}_score", f"Other symptom {number}, 0 to 4 (not in the total)"),
            )
        ),
        voice(
            key="completed",
            label="How it was completed",
            standard="D-09.8",
            kind=Kind.CHOICE,
            options=value_set("ipos_completed"),
        ),
    ),
)

SECTIONS = (IPOS,)
