"""What the person can rely on, what they need, what is done about it, and steps on the way (D-13.1, D-13.2)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, OnFamilyCopy, Part, Section
from eolc_desktop.care_plan.item_classes import fact
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 10
YES = OnFamilyCopy.YES

STRENGTHS = Section(
    key="strengths",
    title="Strengths",
    family_title="My strengths",
    part=Part.CARE,
    intro="What they can do, know and have around them.",
    repeats=True,
    entry_name="strength",
    entry_title=("strength",),
    fields=(
        fact(key="strength", label="Strength", standard="D-13.1", kind=Kind.CODED, family=YES, need=Need.RECOMMENDED),
        fact(key="words", label="More about it", standard="D-13.1", kind=Kind.LONG_TEXT, family=YES, max_length=1000),
    ),
)

NEEDS = Section(
    key="needs",
    title="Needs, concerns and problems",
    family_title="What I need help with",
    part=Part.CARE,
    repeats=True,
    entry_name="need",
    entry_title=("need",),
    fields=(
        fact(
            key="need",
            label="Need, concern or problem",
            standard="D-13.1",
            kind=Kind.CODED,
            family=YES,
            need=Need.RECOMMENDED,
        ),
        fact(key="words", label="More about it", standard="D-13.1", kind=Kind.LONG_TEXT, family=YES, max_length=2000),
        fact(
            key="state",
            label="How it stands",
            standard="D-13.1",
            kind=Kind.CHOICE,
            family=YES,
            options=value_set("need_status"),
        ),
        fact(key="since", label="Since", standard="D-13.1", kind=Kind.DATE, family=YES),
    ),
)

ACTIONS = Section(
    key="actions",
    title="Actions and activities",
    family_title="What is being done",
    part=Part.CARE,
    repeats=True,
    entry_name="action",
    entry_title=("what",),
    fields=(
        fact(key="what", label="What", standard="D-13.2", kind=Kind.CODED, family=YES, need=Need.RECOMMENDED),
        fact(key="need", label="For which need", standard="D-13.2", kind=Kind.LINK, family=YES, links_to="needs"),
        fact(
            key="goal", label="For which goal or hope", standard="D-13.2", kind=Kind.LINK, family=YES, links_to="goals"
        ),
        fact(key="who", label="Who", standard="D-13.2", family=YES, need=Need.RECOMMENDED, max_length=150),
        fact(
            key="who_role",
            label="Their role",
            standard="D-13.2",
            kind=Kind.CHOICE,
            family=YES,
            options=value_set("care_group"),
            family_label="Role",
        ),
        fact(key="who_team", label="Team", standard="D-13.2", family=YES, max_length=150),
        fact(key="who_phone", label="Telephone", standard="D-13.2", kind=Kind.PHONE, family=YES),
        fact(key="when", label="When", standard="D-13.2", kind=Kind.DATE, family=YES),
        fact(key="how_often", label="How often, in words", standard="D-13.2", family=YES, max_length=150),
        fact(
            key="strategies",
            label="What helps in doing it",
            standard="D-13.2",
            kind=Kind.LONG_TEXT,
            family=YES,
            max_length=1000,
        ),
        fact(
            key="status",
            label="How it stands",
            standard="D-13.2",
            kind=Kind.CHOICE,
            family=YES,
            options=value_set("action_status"),
        ),
        fact(key="status_words", label="How it stands, in words", standard="D-13.2", family=YES, max_length=300),
        fact(
            key="confidence",
            label="How confident the person is, 1 to 10",
            standard="D-13.2",
            kind=Kind.NUMBER,
            family=YES,
            minimum=1,
            maximum=10,
            family_label="How confident I am, 1 to 10",
        ),
        fact(key="review_on", label="Looked at again on", standard="D-13.2", kind=Kind.DATE, family=YES),
    ),
)

STEPS = Section(
    key="goal_steps",
    title="Steps towards a goal",
    family_title="Steps towards my goals",
    part=Part.CARE,
    repeats=True,
    entry_name="step",
    entry_title=("step",),
    fields=(
        fact(key="step", label="Step", standard="D-13.2", kind=Kind.CODED, family=YES, need=Need.RECOMMENDED),
        fact(
            key="goal",
            label="Towards which goal or hope",
            standard="D-13.2",
            kind=Kind.LINK,
            family=YES,
            links_to="goals",
        ),
        fact(key="outcome", label="What came of it", standard="D-13.2", kind=Kind.CODED, family=YES),
        fact(
            key="state",
            label="How it stands",
            standard="D-13.2",
            kind=Kind.CHOICE,
            family=YES,
            options=value_set("goal_achievement"),
        ),
    ),
)

SECTIONS = (STRENGTHS, NEEDS, ACTIONS, STEPS)
