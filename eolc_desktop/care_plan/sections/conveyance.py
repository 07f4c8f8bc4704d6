"""Going to hospital, and an implanted defibrillator (D-10.10, D-10.11)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, OnFamilyCopy, Part, Section, When
from eolc_desktop.care_plan.item_classes import CPR_AND_ESCALATION, MAY_BE_UNKNOWN, decision
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 24
ASK = OnFamilyCopy.ASK
GROUP = CPR_AND_ESCALATION

CONVEYANCE = Section(
    key="conveyance",
    title="Going to hospital, and heart devices",
    family_title="Going to hospital",
    part=Part.DECISIONS,
    fields=(
        decision(
            key="to_hospital",
            label="Going to hospital",
            standard="D-10.10",
            kind=Kind.CHOICE,
            family=ASK,
            need=Need.RECOMMENDED,
            coherence_group=GROUP,
            options=value_set("conveyance"),
        ),
        decision(
            key="go_for",
            label="To hospital for",
            standard="D-10.10",
            kind=Kind.LONG_TEXT,
            family=ASK,
            coherence_group=GROUP,
            help="For example: a broken bone.",
            family_label="Take me to hospital for",
        ),
        decision(
            key="avoid_unless",
            label="Avoid hospital unless",
            standard="D-10.10",
            kind=Kind.LONG_TEXT,
            family=ASK,
            coherence_group=GROUP,
            family_label="Do not take me to hospital unless",
        ),
        decision(
            key="decided_by",
            label="Decided by",
            standard="D-10.10",
            family=ASK,
            coherence_group=GROUP,
            max_length=150,
            help="Name and role.",
        ),
        decision(
            key="decided_on", label="Decided on", standard="D-10.10", kind=Kind.DATE, family=ASK, coherence_group=GROUP
        ),
        decision(
            key="icd_present",
            label="Has an implanted defibrillator (ICD)",
            standard="D-10.11",
            kind=Kind.YES_NO,
            coherence_group=GROUP,
            may_be=MAY_BE_UNKNOWN,
        ),
        decision(
            key="icd_state",
            label="The defibrillator's shock function",
            standard="D-10.11",
            kind=Kind.CHOICE,
            need=Need.CONDITION,
            coherence_group=GROUP,
            options=value_set("icd_state"),
            may_be=MAY_BE_UNKNOWN,
            show_when=When("icd_present", (True,)),
        ),
        decision(
            key="icd_state_on",
            label="Discussed or switched off on",
            standard="D-10.11",
            kind=Kind.DATE,
            coherence_group=GROUP,
            show_when=When("icd_state", ("discussed", "deactivated")),
        ),
    ),
)

SECTIONS = (CONVEYANCE,)
