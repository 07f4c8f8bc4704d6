"""The plan as a whole: its status, agreement and review (D-00.5 to D-00.9).

The record's id, when it was made and last changed and by whom, and the plan's version (D-00.1 to D-00.4) are kept by
the journal and read from `Plan`; they are no fields.
"""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, OnFamilyCopy, Part, Section, When
from eolc_desktop.care_plan.item_classes import MAY_DECLINE, fact, voice
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 50
YES = OnFamilyCopy.YES

PLAN_CONTROL = Section(
    key="plan_control",
    title="This plan and its review",
    family_title="My plan",
    part=Part.PERSON,
    fields=(
        fact(
            key="status",
            label="Status of the plan",
            standard="D-00.5",
            kind=Kind.CHOICE,
            family=YES,
            need=Need.RECOMMENDED,
            options=value_set("plan_status"),
        ),
        fact(
            key="review_date",
            label="Review planned for",
            standard="D-00.6",
            kind=Kind.DATE,
            family=YES,
            need=Need.READY,
            help="Within three months; sooner when things are changing.",
            family_label="We will look at this plan again on",
        ),
        fact(
            key="review_responsible",
            label="Who will review it",
            standard="D-00.7",
            family=YES,
            need=Need.READY,
            max_length=150,
            help="Name and role.",
            family_label="Who will look at it with me",
        ),
        fact(
            key="review_role",
            label="Role of whoever reviews it",
            standard="D-00.7",
            kind=Kind.CHOICE,
            family=YES,
            options=value_set("care_group"),
            family_label="Role",
        ),
        fact(
            key="review_phone",
            label="Telephone of whoever reviews it",
            standard="D-00.7",
            kind=Kind.PHONE,
            family=YES,
            family_label="Telephone",
        ),
        voice(
            key="agreed",
            label="Agreed with the person",
            standard="D-00.9",
            kind=Kind.CHOICE,
            family=YES,
            need=Need.RECOMMENDED,
            options=value_set("agreement"),
            may_be=MAY_DECLINE,
            prompt="Is this plan right for you as it stands?",
            family_label="Do I agree with this plan?",
        ),
        voice(
            key="agreed_with",
            label="Agreed with whom",
            standard="D-00.9",
            family=YES,
            max_length=200,
            family_label="Agreed with",
        ),
        voice(
            key="agreed_role",
            label="Their role or relationship",
            standard="D-00.9",
            family=YES,
            max_length=150,
            family_label="Role or relationship",
        ),
        voice(key="agreed_on", label="Agreed on", standard="D-00.9", kind=Kind.DATE, family=YES),
        voice(
            key="disagreement",
            label="What the person does not agree with",
            standard="D-00.9",
            kind=Kind.LONG_TEXT,
            family=YES,
            need=Need.CONDITION,
            show_when=When("agreed", ("no", "partly")),
            prompt="What would you want to be different?",
            family_label="What I do not agree with",
        ),
        fact(
            key="last_mdt",
            label="Last team meeting",
            standard="D-00.8",
            kind=Kind.DATE,
            need=Need.RECOMMENDED,
            help="The last multidisciplinary or Gold Standards Framework review.",
        ),
        fact(key="mdt_attendees", label="Who was there", standard="D-00.8", kind=Kind.LONG_TEXT, max_length=1000),
        # The colour stands for a prognosis, so it is treated as one wherever something is printed (K23).
        fact(
            key="rag",
            label="Stage agreed at the meeting",
            standard="D-00.8",
            kind=Kind.CHOICE,
            options=value_set("stage"),
        ),
    ),
)

SECTIONS = (PLAN_CONTROL,)
