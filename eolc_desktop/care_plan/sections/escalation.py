"""Treatments to give or to avoid, one statement for each situation (D-10.9)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, OnFamilyCopy, Part, Section, When
from eolc_desktop.care_plan.item_classes import CPR_AND_ESCALATION, decision
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 22
ASK = OnFamilyCopy.ASK
GROUP = CPR_AND_ESCALATION

ESCALATION = Section(
    key="escalation",
    title="Treatments to give or to avoid",
    family_title="If I become less well",
    part=Part.DECISIONS,
    intro="One statement for each situation, as it was decided.",
    repeats=True,
    entry_name="statement",
    entry_title=("situation", "treatment", "action"),
    fields=(
        decision(
            key="situation",
            label="Situation",
            standard="D-10.9",
            family=ASK,
            need=Need.RECOMMENDED,
            coherence_group=GROUP,
            max_length=300,
            help="For example: a chest infection.",
            family_label="If this happens",
        ),
        decision(
            key="treatment",
            label="Treatment",
            standard="D-10.9",
            kind=Kind.CHOICE,
            family=ASK,
            need=Need.RECOMMENDED,
            coherence_group=GROUP,
            options=value_set("treatment"),
        ),
        decision(
            key="action",
            label="Given or avoided",
            standard="D-10.9",
            kind=Kind.CHOICE,
            family=ASK,
            need=Need.RECOMMENDED,
            coherence_group=GROUP,
            options=value_set("escalation_action"),
            family_label="What was decided",
        ),
        decision(
            key="words", label="In words", standard="D-10.9", kind=Kind.LONG_TEXT, family=ASK, coherence_group=GROUP
        ),
        decision(
            key="decided_by",
            label="Decided by",
            standard="D-10.9",
            family=ASK,
            need=Need.RECOMMENDED,
            coherence_group=GROUP,
            max_length=150,
            help="Name and role.",
        ),
        decision(
            key="decided_on", label="Decided on", standard="D-10.9", kind=Kind.DATE, family=ASK, coherence_group=GROUP
        ),
        decision(
            key="decided_with",
            label="How it was decided",
            standard="D-10.9",
            kind=Kind.CHOICE,
            family=ASK,
            coherence_group=GROUP,
            options=value_set("decided_with"),
        ),
        decision(
            key="consulted",
            label="Who was consulted",
            standard="D-10.9",
            family=ASK,
            need=Need.CONDITION,
            coherence_group=GROUP,
            max_length=300,
            show_when=When("decided_with", ("best_interests",)),
            help="Family, carers, and whoever else was asked what the person would want (Mental Capacity Act 2005, "
            "section 4).",
            family_label="Who was asked what I would want",
        ),
    ),
)

SECTIONS = (ESCALATION,)
