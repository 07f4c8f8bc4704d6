"""Goals and hopes, in the person's own words (D-04.9)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, OnFamilyCopy, Part, Section, When
from eolc_desktop.care_plan.item_classes import MAY_DECLINE, voice
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 20
YES = OnFamilyCopy.YES

GOALS = Section(
    key="goals",
    title="Goals and hopes",
    family_title="My goals and hopes",
    part=Part.WHAT_MATTERS,
    repeats=True,
    entry_name="goal or hope",
    entry_title=("goal",),
    fields=(
        voice(
            key="goal",
            label="Goal or hope",
            standard="D-04.9",
            kind=Kind.LONG_TEXT,
            family=YES,
            need=Need.RECOMMENDED,
            max_length=1000,
            prompt="What do you hope for in the coming days or weeks?",
            family_label="What I hope for",
        ),
        voice(
            key="importance",
            label="How important, 1 to 10",
            standard="D-04.9",
            kind=Kind.NUMBER,
            family=YES,
            minimum=1,
            maximum=10,
            may_be=MAY_DECLINE,
            family_label="How important this is to me, 1 to 10",
        ),
        voice(
            key="status",
            label="How it stands",
            standard="D-04.9",
            kind=Kind.CHOICE,
            family=YES,
            options=value_set("goal_status"),
        ),
        voice(key="outcome", label="What came of it", standard="D-04.9", kind=Kind.CODED, family=YES),
        voice(
            key="need", label="The need it belongs to", standard="D-04.9", kind=Kind.LINK, family=YES, links_to="needs"
        ),
        voice(
            key="what_helps",
            label="What would help",
            standard="D-04.9",
            kind=Kind.LONG_TEXT,
            family=YES,
            show_when=When("status", ("hoped_for", "under_way")),
        ),
    ),
)

SECTIONS = (GOALS,)
