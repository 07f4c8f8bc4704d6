"""What happens when things change: trigger, what to do, whom to call, what not to do (D-13.3)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, OnFamilyCopy, Part, Section
from eolc_desktop.care_plan.item_classes import fact
from eolc_desktop.care_plan.value_sets import code, value_set

ORDER = 20
YES = OnFamilyCopy.YES

CONTINGENCY = Section(
    key="contingency",
    title="When things change",
    family_title="What to do when things change",
    part=Part.CARE,
    intro="One plan for each thing that may happen.",
    repeats=True,
    entry_name="plan for a change",
    entry_title=("trigger",),
    fields=(
        fact(
            key="trigger",
            label="If this happens",
            standard="D-13.3",
            kind=Kind.CODED,
            family=YES,
            need=Need.RECOMMENDED,
            codes=(code("snomed", "1364521000000106"),),
            help="For example: more breathless than usual.",
        ),
        fact(
            key="what_to_do",
            label="What to do",
            standard="D-13.3",
            kind=Kind.LONG_TEXT,
            family=YES,
            need=Need.RECOMMENDED,
        ),
        fact(
            key="call_name", label="Whom to call", standard="D-13.3", family=YES, need=Need.RECOMMENDED, max_length=150
        ),
        fact(
            key="call_role",
            label="Their role",
            standard="D-13.3",
            kind=Kind.CHOICE,
            family=YES,
            options=value_set("care_group"),
            family_label="Role",
        ),
        fact(
            key="call_phone", label="Telephone", standard="D-13.3", kind=Kind.PHONE, family=YES, need=Need.RECOMMENDED
        ),
        fact(key="do_not", label="What not to do", standard="D-13.3", kind=Kind.LONG_TEXT, family=YES, max_length=1000),
        fact(key="early_signs", label="Early signs", standard="D-13.3", kind=Kind.CODED, family=YES),
        fact(
            key="coping",
            label="What helps to cope",
            standard="D-13.3",
            kind=Kind.LONG_TEXT,
            family=YES,
            max_length=1000,
        ),
        fact(key="coping_from", label="Since", standard="D-13.3", kind=Kind.DATE, family=YES),
        fact(key="coping_until", label="Until", standard="D-13.3", kind=Kind.DATE, family=YES),
        fact(
            key="name",
            label="Name of this plan, if it has one",
            standard="D-13.3",
            kind=Kind.CODED,
            family=YES,
            family_label="Name of this plan",
        ),
        fact(
            key="agreed",
            label="Agreed by",
            standard="D-13.3",
            kind=Kind.CHOICE,
            family=YES,
            options=value_set("agreed_by"),
        ),
        fact(key="agreed_with", label="Agreed by: name", standard="D-13.3", family=YES, max_length=150),
        fact(key="agreed_role", label="Agreed by: role or relationship", standard="D-13.3", family=YES, max_length=150),
        fact(key="review_on", label="Looked at again on", standard="D-13.3", kind=Kind.DATE, family=YES),
        fact(
            key="review_by",
            label="Who looks at it again",
            standard="D-13.3",
            kind=Kind.LINK,
            family=YES,
            links_to="care_team",
        ),
    ),
)

SECTIONS = (CONTINGENCY,)
