"""What must be true for the preferred place to be possible (D-11.5)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, OnFamilyCopy, Part, Section, When
from eolc_desktop.care_plan.item_classes import MAY_BE_UNKNOWN, fact
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 35
YES = OnFamilyCopy.YES

PLACE_NEEDS = Section(
    key="place_needs",
    title="What must be true for this to happen",
    family_title="What needs to be in place",
    part=Part.WHAT_MATTERS,
    intro="A bed, a night sitter, medicines in the house, equipment, someone with a key.",
    repeats=True,
    entry_name="thing needed",
    entry_title=("what",),
    fields=(
        fact(key="what", label="What is needed", standard="D-11.5", family=YES, need=Need.RECOMMENDED, max_length=300),
        fact(
            key="state",
            label="How it stands",
            standard="D-11.5",
            kind=Kind.CHOICE,
            family=YES,
            options=value_set("need_state"),
        ),
        fact(key="who", label="Who is seeing to it", standard="D-11.5", family=YES, max_length=150),
        fact(
            key="by_when",
            label="By when",
            standard="D-11.5",
            kind=Kind.DATE,
            family=YES,
            may_be=MAY_BE_UNKNOWN,
            show_when=When("state", ("in_place",), negate=True),
        ),
    ),
)

SECTIONS = (PLACE_NEEDS,)
