"""Consent to make the record and to share it (D-01.1 to D-01.5, D-01.8).

What was sent, received and opened (D-01.7) is kept by the exchange itself and is no field.
"""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, OnFamilyCopy, Part, Section, When
from eolc_desktop.care_plan.item_classes import CAPACITY_ATTORNEY_CONSENT, MAY_DECLINE, legal, voice
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 30
YES = OnFamilyCopy.YES
GROUP = CAPACITY_ATTORNEY_CONSENT

CONSENT = Section(
    key="consent",
    title="Consent and sharing",
    family_title="My consent",
    part=Part.PERSON,
    intro="Making this record and sharing it are two questions: ask them one after the other.",
    fields=(
        legal(
            key="to_record",
            label="Consent to make this record",
            standard="D-01.1",
            kind=Kind.CHOICE,
            family=YES,
            need=Need.READY,
            coherence_group=GROUP,
            options=value_set("consent_record"),
            prompt="May we write this plan down and keep it?",
            family_label="Making this record",
        ),
        legal(
            key="to_share",
            label="Consent to share it",
            standard="D-01.2",
            kind=Kind.CHOICE,
            family=YES,
            need=Need.READY,
            coherence_group=GROUP,
            options=value_set("consent_share"),
            prompt="May we share it with the people who care for you, so that they know what you want?",
            family_label="Sharing it",
        ),
        legal(key="taken_by", label="Consent taken by", standard="D-01.3", coherence_group=GROUP, max_length=150),
        legal(key="taken_on", label="Consent taken on", standard="D-01.3", kind=Kind.DATE, coherence_group=GROUP),
        legal(
            key="how",
            label="How consent was given",
            standard="D-01.3",
            kind=Kind.CHOICE,
            coherence_group=GROUP,
            options=value_set("consent_how"),
        ),
        legal(
            key="best_interests_basis",
            label="Best interests: who was consulted, and why",
            standard="D-01.4",
            kind=Kind.LONG_TEXT,
            coherence_group=GROUP,
            # Always shown: it may be wanted for either question, and a condition looks at one field. K13 asks for it.
            help="Only for a best-interests decision: the names of those consulted, and the reason.",
        ),
        voice(
            key="share_with",
            label="May be shared with",
            standard="D-01.5",
            kind=Kind.CHOICES,
            family=YES,
            need=Need.RECOMMENDED,
            coherence_group=GROUP,
            options=value_set("recipient"),
            may_be=MAY_DECLINE,
            prompt="Who should be able to see your plan?",
            family_label="I am happy for these to see my plan",
        ),
        voice(
            key="not_with",
            label="Asked, and not to be shared with",
            standard="D-01.5",
            kind=Kind.CHOICES,
            family=YES,
            coherence_group=GROUP,
            options=value_set("recipient"),
            help="Who is in neither list has not been asked about.",
            family_label="I do not want these to see my plan",
        ),
        legal(
            key="withdrawn_on",
            label="Consent withdrawn on",
            standard="D-01.8",
            kind=Kind.DATE,
            need=Need.CONDITION,
            coherence_group=GROUP,
            show_when=When("to_share", ("withdrawn",)),
        ),
        legal(
            key="recall",
            label="What must be called back, and from whom",
            standard="D-01.8",
            kind=Kind.LONG_TEXT,
            need=Need.CONDITION,
            coherence_group=GROUP,
            show_when=When("to_share", ("withdrawn",)),
        ),
    ),
)

SECTIONS = (CONSENT,)
