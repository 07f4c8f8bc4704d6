"""The advance decision to refuse treatment, as the document says it (D-08.2 to D-08.4; MCA 2005, sections 24 to 26)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, OnFamilyCopy, Part, Section, When
from eolc_desktop.care_plan.item_classes import CPR_AND_ESCALATION, MAY_BE_UNKNOWN, legal
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 30
YES, ASK = OnFamilyCopy.YES, OnFamilyCopy.ASK
GROUP = CPR_AND_ESCALATION
THERE_IS_ONE = When("exists", ("yes",))
REFUSES_LIFE_SUSTAINING = When("refuses_life_sustaining", ("yes",))

ADVANCE_REFUSAL = Section(
    key="advance_refusal",
    title="Advance decision to refuse treatment",
    family_title="My advance decision to refuse treatment",
    part=Part.DECISIONS,
    intro="Copied from the document. The program does not judge whether it is valid or applies.",
    fields=(
        legal(
            key="exists",
            label="Advance decision to refuse treatment (ADRT)",
            standard="D-08.2",
            kind=Kind.CHOICE,
            family=ASK,
            need=Need.RECOMMENDED,
            coherence_group=GROUP,
            options=value_set("adrt"),
            may_be=MAY_BE_UNKNOWN,
            prompt="Have you ever written down a treatment that you would refuse?",
            family_label="Advance decision",
        ),
        legal(
            key="refuses_life_sustaining",
            label="Refuses life-sustaining treatment",
            standard="D-08.2",
            kind=Kind.CHOICE,
            family=ASK,
            need=Need.CONDITION,
            coherence_group=GROUP,
            options=value_set("adrt_life_sustaining"),
            may_be=MAY_BE_UNKNOWN,
            show_when=THERE_IS_ONE,
            family_label="Treatment that keeps me alive",
        ),
        legal(
            key="made_on",
            label="Date on the document",
            standard="D-08.3",
            kind=Kind.DATE,
            need=Need.CONDITION,
            coherence_group=GROUP,
            may_be=MAY_BE_UNKNOWN,
            show_when=THERE_IS_ONE,
        ),
        legal(
            key="refused",
            label="Treatments it refuses",
            standard="D-08.3",
            kind=Kind.CHOICES,
            need=Need.CONDITION,
            coherence_group=GROUP,
            options=value_set("refused_treatment"),
            show_when=THERE_IS_ONE,
            help="So that they can be compared with what is planned.",
        ),
        legal(
            key="treatments",
            label="The treatments, in the document's words",
            standard="D-08.3",
            kind=Kind.LONG_TEXT,
            need=Need.CONDITION,
            coherence_group=GROUP,
            show_when=THERE_IS_ONE,
        ),
        legal(
            key="circumstances",
            label="In which circumstances",
            standard="D-08.3",
            kind=Kind.LONG_TEXT,
            need=Need.CONDITION,
            coherence_group=GROUP,
            show_when=THERE_IS_ONE,
        ),
        legal(
            key="written",
            label="It is in writing",
            standard="D-08.3",
            kind=Kind.YES_NO,
            need=Need.CONDITION,
            coherence_group=GROUP,
            may_be=MAY_BE_UNKNOWN,
            show_when=THERE_IS_ONE,
        ),
        legal(
            key="signed",
            label="It is signed",
            standard="D-08.3",
            kind=Kind.YES_NO,
            need=Need.CONDITION,
            coherence_group=GROUP,
            may_be=MAY_BE_UNKNOWN,
            show_when=THERE_IS_ONE,
        ),
        legal(
            key="witnessed",
            label="It is witnessed",
            standard="D-08.3",
            kind=Kind.YES_NO,
            need=Need.CONDITION,
            coherence_group=GROUP,
            may_be=MAY_BE_UNKNOWN,
            show_when=THERE_IS_ONE,
        ),
        legal(
            key="even_if_life_at_risk",
            label="It says that it applies even if life is at risk",
            standard="D-08.3",
            kind=Kind.YES_NO,
            need=Need.CONDITION,
            coherence_group=GROUP,
            may_be=MAY_BE_UNKNOWN,
            show_when=REFUSES_LIFE_SUSTAINING,
        ),
        legal(
            key="adult_with_capacity",
            label="The person was 18 or over and had capacity when it was made",
            standard="D-08.3",
            kind=Kind.YES_NO,
            need=Need.CONDITION,
            coherence_group=GROUP,
            may_be=MAY_BE_UNKNOWN,
            show_when=THERE_IS_ONE,
        ),
        legal(
            key="location",
            label="Where the original is",
            standard="D-08.4",
            family=YES,
            need=Need.CONDITION,
            coherence_group=GROUP,
            max_length=300,
            may_be=MAY_BE_UNKNOWN,
            show_when=THERE_IS_ONE,
            family_label="The original is kept",
        ),
        legal(
            key="seen_by",
            label="Document seen by",
            standard="D-08.4",
            family=YES,
            coherence_group=GROUP,
            max_length=150,
            show_when=THERE_IS_ONE,
            help="Name and role, or “not seen”.",
        ),
    ),
)

SECTIONS = (ADVANCE_REFUSAL,)
