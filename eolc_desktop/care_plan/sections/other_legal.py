"""The advance statement, and other legal matters (D-08.8 to D-08.11)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, OnFamilyCopy, Part, Section, When
from eolc_desktop.care_plan.item_classes import (
    CAPACITY_ATTORNEY_CONSENT,
    MAY_BE_UNKNOWN,
    MAY_DECLINE_OR_BE_UNKNOWN,
    legal,
    voice,
)
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 45
YES = OnFamilyCopy.YES
GROUP = CAPACITY_ATTORNEY_CONSENT

OTHER_LEGAL = Section(
    key="other_legal",
    title="Advance statement and other legal matters",
    family_title="My advance statement",
    part=Part.DECISIONS,
    fields=(
        voice(
            key="advance_statement",
            label="Advance statement",
            standard="D-08.10",
            kind=Kind.CHOICE,
            family=YES,
            need=Need.RECOMMENDED,
            options=value_set("advance_statement"),
            may_be=MAY_DECLINE_OR_BE_UNKNOWN,
            prompt="Have you written down your wishes anywhere?",
            help="Wishes and preferences. It is read after an advance decision to refuse treatment.",
        ),
        voice(
            key="advance_statement_on",
            label="Date of the statement",
            standard="D-08.10",
            kind=Kind.DATE,
            family=YES,
            show_when=When("advance_statement", ("yes",)),
            family_label="Its date",
        ),
        voice(
            key="advance_statement_text",
            label="What it says",
            standard="D-08.10",
            kind=Kind.LONG_TEXT,
            family=YES,
            show_when=When("advance_statement", ("yes",)),
        ),
        voice(
            key="advance_statement_location",
            label="Where it is kept",
            standard="D-08.10",
            family=YES,
            need=Need.CONDITION,
            max_length=300,
            show_when=When("advance_statement", ("yes",)),
        ),
        legal(
            key="property_lpa",
            label="Lasting power of attorney for property and affairs",
            standard="D-08.8",
            kind=Kind.CHOICE,
            coherence_group=GROUP,
            options=value_set("property_attorney"),
            may_be=MAY_BE_UNKNOWN,
        ),
        legal(
            key="property_attorneys",
            label="Attorneys for property and affairs",
            standard="D-08.8",
            coherence_group=GROUP,
            max_length=300,
            show_when=When("property_lpa", ("yes",)),
        ),
        legal(
            key="property_phone",
            label="Telephone of the attorneys for property and affairs",
            standard="D-08.8",
            kind=Kind.PHONE,
            coherence_group=GROUP,
            show_when=When("property_lpa", ("yes",)),
        ),
        legal(
            key="property_location",
            label="Where that document is",
            standard="D-08.8",
            coherence_group=GROUP,
            max_length=300,
            show_when=When("property_lpa", ("yes",)),
        ),
        legal(
            key="deputy",
            label="Deputy appointed by the Court of Protection",
            standard="D-08.9",
            kind=Kind.YES_NO,
            coherence_group=GROUP,
            may_be=MAY_BE_UNKNOWN,
        ),
        legal(
            key="deputy_details",
            label="Deputy: name, telephone and powers",
            standard="D-08.9",
            kind=Kind.LONG_TEXT,
            need=Need.CONDITION,
            coherence_group=GROUP,
            max_length=600,
            show_when=When("deputy", (True,)),
        ),
        legal(
            key="imca",
            label="Independent mental capacity advocate (IMCA)",
            standard="D-08.9",
            kind=Kind.YES_NO,
            coherence_group=GROUP,
            may_be=MAY_BE_UNKNOWN,
        ),
        legal(
            key="imca_details",
            label="Advocate: name and telephone",
            standard="D-08.9",
            need=Need.CONDITION,
            coherence_group=GROUP,
            max_length=300,
            show_when=When("imca", (True,)),
        ),
        legal(
            key="dols",
            label="Deprivation of liberty safeguard in force",
            standard="D-08.11",
            kind=Kind.YES_NO,
            coherence_group=GROUP,
            may_be=MAY_BE_UNKNOWN,
            help="The coroner needs to know of it after a death.",
        ),
        legal(
            key="dols_until",
            label="In force until",
            standard="D-08.11",
            kind=Kind.DATE,
            coherence_group=GROUP,
            show_when=When("dols", (True,)),
        ),
        legal(
            key="child_decides",
            label="Under 18: who decides",
            standard="D-08.9",
            kind=Kind.CHOICE,
            coherence_group=GROUP,
            options=value_set("child_decides"),
            help="Only for someone under 18, who is outside the adult standard.",
        ),
        legal(
            key="child_consent",
            label="Under 18: consent, who was asked and what they said",
            standard="D-08.9",
            kind=Kind.LONG_TEXT,
            coherence_group=GROUP,
            max_length=600,
            help="The child’s own view too, and any court order. Parental responsibility has a place of its own.",
        ),
        legal(
            key="child_consent_location",
            label="Under 18: where the document is",
            standard="D-08.9",
            coherence_group=GROUP,
            max_length=300,
        ),
    ),
)

SECTIONS = (OTHER_LEGAL,)
