"""Allergies and reactions, with exactly the four states that the NHS banner shows (D-09.3)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, OnFamilyCopy, Part, Section
from eolc_desktop.care_plan.item_classes import ALLERGIES, MAY_BE_UNKNOWN, decision
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 15
YES = OnFamilyCopy.YES
GROUP = ALLERGIES

STATUS = Section(
    key="allergies",
    title="Allergies",
    family_title="Allergies",
    part=Part.DECISIONS,
    intro="“No known allergies” is recorded only when someone asked.",
    fields=(
        decision(
            key="status",
            label="Allergies",
            standard="D-09.3",
            kind=Kind.CHOICE,
            family=YES,
            need=Need.RECOMMENDED,
            coherence_group=GROUP,
            options=value_set("allergy_status"),
            prompt="Has any medicine, food or dressing ever done you harm?",
            help="“Allergies unavailable”: there is a record of them, and it cannot be reached.",
        ),
        decision(
            key="last_checked",
            label="Last checked on",
            standard="D-09.3",
            kind=Kind.DATE,
            family=YES,
            coherence_group=GROUP,
        ),
        decision(
            key="checked_with",
            label="Checked with, or where",
            standard="D-09.3",
            family=YES,
            coherence_group=GROUP,
            max_length=150,
            help="For example: the person, or the GP summary.",
        ),
    ),
)

ALLERGY = Section(
    key="allergy",
    title="Allergies and reactions",
    family_title="My allergies",
    part=Part.DECISIONS,
    repeats=True,
    entry_name="allergy",
    entry_title=("substance", "reaction"),
    fields=(
        decision(
            key="substance",
            label="Substance",
            standard="D-09.3",
            kind=Kind.CODED,
            family=YES,
            need=Need.RECOMMENDED,
            coherence_group=GROUP,
            family_label="What it is to",
        ),
        decision(
            key="reaction",
            label="What happened",
            standard="D-09.3",
            family=YES,
            need=Need.RECOMMENDED,
            coherence_group=GROUP,
            max_length=300,
            may_be=MAY_BE_UNKNOWN,
        ),
        decision(
            key="reaction_kind",
            label="Kind of reaction",
            standard="D-09.3",
            kind=Kind.CHOICES,
            family=YES,
            coherence_group=GROUP,
            options=value_set("reaction"),
            may_be=MAY_BE_UNKNOWN,
        ),
        decision(
            key="kind",
            label="Allergy or intolerance",
            standard="D-09.3",
            kind=Kind.CHOICE,
            family=YES,
            coherence_group=GROUP,
            options=value_set("allergy_kind"),
            may_be=MAY_BE_UNKNOWN,
        ),
        decision(
            key="severity",
            label="How severe",
            standard="D-09.3",
            kind=Kind.CHOICE,
            family=YES,
            need=Need.RECOMMENDED,
            coherence_group=GROUP,
            options=value_set("allergy_severity"),
            may_be=MAY_BE_UNKNOWN,
        ),
        decision(
            key="when",
            label="When it happened",
            standard="D-09.3",
            kind=Kind.DATE,
            family=YES,
            coherence_group=GROUP,
            may_be=MAY_BE_UNKNOWN,
        ),
        decision(
            key="certainty",
            label="How certain",
            standard="D-09.3",
            kind=Kind.CHOICE,
            family=YES,
            coherence_group=GROUP,
            options=value_set("allergy_certainty"),
        ),
        decision(
            key="product",
            label="The product, where it is more exact",
            standard="D-09.3",
            kind=Kind.CODED,
            family=YES,
            coherence_group=GROUP,
        ),
        decision(
            key="route",
            label="How it was taken",
            standard="D-09.3",
            kind=Kind.CODED,
            family=YES,
            coherence_group=GROUP,
            help="For example: by mouth, on the skin.",
        ),
        decision(
            key="evidence",
            label="How it is known",
            standard="D-09.3",
            family=YES,
            coherence_group=GROUP,
            max_length=300,
            help="For example: hospital letter, seen by the daughter.",
        ),
        decision(
            key="first_experienced",
            label="First time",
            standard="D-09.3",
            kind=Kind.DATE,
            family=YES,
            coherence_group=GROUP,
            may_be=MAY_BE_UNKNOWN,
        ),
        decision(
            key="ended_on",
            label="No longer an allergy since",
            standard="D-09.3",
            kind=Kind.DATE,
            family=YES,
            coherence_group=GROUP,
        ),
        decision(
            key="comment",
            label="Comment",
            standard="D-09.3",
            kind=Kind.LONG_TEXT,
            family=YES,
            coherence_group=GROUP,
            max_length=600,
        ),
    ),
)

SECTIONS = (STATUS, ALLERGY)
