"""Other plans and where they are (D-13.8)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, OnFamilyCopy, Part, Section
from eolc_desktop.care_plan.item_classes import fact
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 40
YES = OnFamilyCopy.YES

OTHER_PLANS = Section(
    key="other_plans",
    title="Other plans",
    family_title="My other plans",
    part=Part.CARE,
    fields=(
        fact(
            key="known",
            label="Other plans",
            standard="D-13.8",
            kind=Kind.CHOICE,
            family=YES,
            need=Need.READY,
            options=value_set("other_plans"),
            prompt="Has anyone else written a plan with you?",
        ),
        fact(key="words", label="In words", standard="D-13.8", kind=Kind.LONG_TEXT, family=YES, max_length=1000),
    ),
)

PLAN_LIST = Section(
    key="plan_list",
    title="Plans, and where they are",
    family_title="Where my other plans are",
    part=Part.CARE,
    repeats=True,
    entry_name="other plan",
    entry_title=("kind", "name"),
    fields=(
        fact(
            key="kind",
            label="Kind of plan",
            standard="D-13.8",
            kind=Kind.CHOICE,
            family=YES,
            need=Need.RECOMMENDED,
            options=value_set("plan_kind"),
        ),
        fact(key="name", label="Its name", standard="D-13.8", kind=Kind.CODED, family=YES),
        fact(
            key="owner",
            label="Whose plan it is",
            standard="D-13.8",
            family=YES,
            max_length=200,
            help="Who wrote it and keeps it up to date.",
            family_label="Who keeps it",
        ),
        fact(key="location", label="Where it is", standard="D-13.8", family=YES, need=Need.RECOMMENDED, max_length=300),
        fact(key="made_on", label="Date", standard="D-13.8", kind=Kind.DATE, family=YES),
        fact(key="contents", label="What it says", standard="D-13.8", kind=Kind.LONG_TEXT, family=YES),
        fact(key="review_on", label="Looked at again on", standard="D-13.8", kind=Kind.DATE, family=YES),
        fact(
            key="review_by",
            label="Who looks at it again",
            standard="D-13.8",
            kind=Kind.LINK,
            family=YES,
            links_to="care_team",
        ),
    ),
)

SECTIONS = (OTHER_PLANS, PLAN_LIST)
