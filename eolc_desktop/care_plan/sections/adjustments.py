"""Reasonable adjustments, one entry for each (D-03.3; PRSB individual requirements)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, OnFamilyCopy, Part, Section
from eolc_desktop.care_plan.item_classes import fact

ORDER = 25
YES = OnFamilyCopy.YES

ADJUSTMENTS = Section(
    key="adjustments",
    title="Reasonable adjustments",
    family_title="What I need you to do differently",
    part=Part.PERSON,
    repeats=True,
    entry_name="adjustment",
    entry_title=("adjustment",),
    fields=(
        fact(
            key="adjustment", label="Adjustment", standard="D-03.3", kind=Kind.CODED, family=YES, need=Need.RECOMMENDED
        ),
        fact(key="detail", label="How, in detail", standard="D-03.3", kind=Kind.LONG_TEXT, family=YES, max_length=1000),
    ),
)

SECTIONS = (ADJUSTMENTS,)
