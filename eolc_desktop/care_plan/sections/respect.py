"""The ReSPECT form: that it exists, what it says and where it is. The form is never imitated (D-10.8)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, OnFamilyCopy, Part, Section, When
from eolc_desktop.care_plan.item_classes import CPR_AND_ESCALATION, MAY_BE_UNKNOWN, decision
from eolc_desktop.care_plan.value_sets import code, value_set

ORDER = 20
YES = OnFamilyCopy.YES
GROUP = CPR_AND_ESCALATION
THERE_IS_ONE = When("exists", ("yes",))

RESPECT = Section(
    key="respect",
    title="ReSPECT form",
    family_title="My ReSPECT form",
    part=Part.DECISIONS,
    fields=(
        decision(
            key="exists",
            label="There is a ReSPECT form",
            standard="D-10.8",
            kind=Kind.CHOICE,
            family=YES,
            coherence_group=GROUP,
            options=value_set("respect_exists"),
            codes=(code("snomed", "1382601000000107"),),
            may_be=MAY_BE_UNKNOWN,
            family_label="ReSPECT form",
        ),
        decision(
            key="location",
            label="Where the original is",
            standard="D-10.8",
            family=YES,
            need=Need.CONDITION,
            coherence_group=GROUP,
            max_length=300,
            show_when=THERE_IS_ONE,
            family_label="The ReSPECT form itself is kept",
        ),
        decision(
            key="version",
            label="Version of the form",
            standard="D-10.8",
            coherence_group=GROUP,
            max_length=35,
            show_when=THERE_IS_ONE,
        ),
        decision(
            key="made_on",
            label="Date on the form",
            standard="D-10.8",
            kind=Kind.DATE,
            need=Need.CONDITION,
            coherence_group=GROUP,
            show_when=THERE_IS_ONE,
        ),
        decision(
            key="cpr_recommendation",
            label="What the form says about CPR",
            standard="D-10.8",
            kind=Kind.CHOICE,
            need=Need.CONDITION,
            coherence_group=GROUP,
            options=value_set("respect_cpr"),
            may_be=MAY_BE_UNKNOWN,
            show_when=THERE_IS_ONE,
        ),
        decision(
            key="focus",
            label="Focus of care on the form",
            standard="D-10.8",
            kind=Kind.CHOICE,
            coherence_group=GROUP,
            options=value_set("respect_focus"),
            show_when=THERE_IS_ONE,
        ),
        decision(
            key="senior_clinician",
            label="Senior responsible clinician",
            standard="D-10.8",
            coherence_group=GROUP,
            max_length=150,
            show_when=THERE_IS_ONE,
        ),
        decision(
            key="confirmed_on",
            label="Last confirmed valid on",
            standard="D-10.8",
            kind=Kind.DATE,
            coherence_group=GROUP,
            show_when=THERE_IS_ONE,
        ),
    ),
)

SECTIONS = (RESPECT,)
