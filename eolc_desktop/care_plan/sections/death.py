"""After a death: when and where, and whether the person was where they wanted to be (D-11.7, D-11.8, D-15.4)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, Part, Section, When
from eolc_desktop.care_plan.item_classes import MAY_BE_UNKNOWN, fact
from eolc_desktop.care_plan.value_sets import code, value_set

ORDER = 10

DEATH = Section(
    key="death",
    title="The person has died",
    part=Part.AFTER_DEATH,
    fields=(
        fact(key="died_on", label="Date of death", standard="D-15.4", kind=Kind.DATE),
        fact(
            key="died_time",
            label="Time of death, if known",
            standard="D-15.4",
            max_length=20,
            help="24-hour clock, for example 03:20.",
        ),
        fact(key="verified_by", label="Verified by", standard="D-15.4", max_length=150, help="Name and role."),
        fact(key="verified_on", label="Verified on", standard="D-15.4", kind=Kind.DATE),
        fact(
            key="verified_time",
            label="Time of verification",
            standard="D-15.4",
            max_length=20,
            help="24-hour clock, for example 03:20.",
        ),
        fact(
            key="place",
            label="Where they died",
            standard="D-11.7",
            kind=Kind.CHOICE,
            need=Need.RECOMMENDED,
            options=value_set("actual_place_of_death"),
            may_be=MAY_BE_UNKNOWN,
        ),
        fact(key="place_name", label="Name of the place", standard="D-11.7", max_length=200),
        fact(
            key="usual_residence",
            label="It was where they usually lived",
            standard="D-11.7",
            kind=Kind.YES_NO,
            codes=(code("snomed", "887801000000106"),),
        ),
        fact(key="who_was_there", label="Who was there", standard="D-11.7", max_length=300),
        fact(
            key="preferred_achieved",
            label="Was it where they wanted to be?",
            standard="D-11.8",
            kind=Kind.CHOICE,
            need=Need.RECOMMENDED,
            options=value_set("preference_achieved"),
        ),
        fact(
            key="reason_not",
            label="Why not",
            standard="D-11.8",
            kind=Kind.CHOICES,
            need=Need.CONDITION,
            options=value_set("reason_not_achieved"),
            show_when=When("preferred_achieved", ("no",)),
        ),
        fact(
            key="reason_words",
            label="What happened, in words",
            standard="D-11.8",
            kind=Kind.LONG_TEXT,
            show_when=When("preferred_achieved", ("no",)),
        ),
    ),
)

SECTIONS = (DEATH,)
