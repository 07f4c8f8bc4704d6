"""What happens next and when we are next in touch: questions 5 and 6 of the compact as facts (D-06.5, D-06.6)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, OnFamilyCopy, Part, Section
from eolc_desktop.care_plan.item_classes import MAY_BE_UNKNOWN, fact
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 30
YES = OnFamilyCopy.YES

NEXT_STEPS = Section(
    key="next_steps",
    title="Next steps",
    family_title="What happens next",
    part=Part.PROMISES,
    repeats=True,
    entry_name="next step",
    entry_title=("what",),
    fields=(
        fact(
            key="what",
            label="What happens next",
            standard="D-06.5",
            family=YES,
            need=Need.RECOMMENDED,
            max_length=500,
            family_label="What",
        ),
        fact(
            key="who",
            label="Who does it",
            standard="D-06.5",
            family=YES,
            need=Need.RECOMMENDED,
            max_length=150,
            family_label="Who",
        ),
        fact(
            key="by_when",
            label="By when",
            standard="D-06.5",
            kind=Kind.DATE,
            family=YES,
            need=Need.RECOMMENDED,
            may_be=MAY_BE_UNKNOWN,
        ),
        fact(
            key="state",
            label="How it stands",
            standard="D-06.5",
            kind=Kind.CHOICE,
            family=YES,
            options=value_set("step_state"),
        ),
    ),
)

NEXT_CONTACTS = Section(
    key="next_contacts",
    title="Next contact",
    family_title="When we are next in touch",
    part=Part.PROMISES,
    repeats=True,
    entry_name="next contact",
    entry_title=("on", "window", "with_whom"),
    fields=(
        fact(key="on", label="Date", standard="D-06.6", kind=Kind.DATE, family=YES, family_label="When"),
        fact(
            key="window",
            label="Or when, in words",
            standard="D-06.6",
            family=YES,
            max_length=150,
            help="For example: Thursday between 10 and 12, or within a week.",
            family_label="When, in words",
        ),
        fact(key="with_whom", label="With whom", standard="D-06.6", family=YES, need=Need.RECOMMENDED, max_length=150),
        fact(key="how", label="How", standard="D-06.6", kind=Kind.CHOICE, family=YES, options=value_set("contact_how")),
        fact(
            key="state",
            label="How it stands",
            standard="D-06.6",
            kind=Kind.CHOICE,
            family=YES,
            options=value_set("contact_state"),
        ),
    ),
)

SECTIONS = (NEXT_STEPS, NEXT_CONTACTS)
