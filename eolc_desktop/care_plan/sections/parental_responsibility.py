"""Who has parental responsibility for somebody under 18 (Children Act 1989, section 3).

The adult standard (SCCI1580) leaves children out and the PRSB standard has one item for them, "Consent relating to
child"; the numbers are those of the attorneys, the nearest items of the data dictionary. A plan for somebody under 18
is recorded all the same, and says that it is outside the adult standard (K33).
"""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, OnFamilyCopy, Part, Section
from eolc_desktop.care_plan.item_classes import CAPACITY_ATTORNEY_CONSENT, MAY_BE_UNKNOWN, legal
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 46
YES = OnFamilyCopy.YES
GROUP = CAPACITY_ATTORNEY_CONSENT

PARENTAL_RESPONSIBILITY = Section(
    key="parental_responsibility",
    title="Parental responsibility",
    family_title="Who has parental responsibility for me",
    part=Part.DECISIONS,
    intro="Only for someone under 18. Not every parent has it, and others may: please ask.",
    repeats=True,
    entry_name="person with parental responsibility",
    entry_title=("name", "relationship"),
    fields=(
        legal(
            key="name",
            label="Name",
            standard="D-08.5",
            family=YES,
            coherence_group=GROUP,
            max_length=150,
        ),
        legal(
            key="relationship",
            label="Who they are to the child",
            standard="D-08.5",
            family=YES,
            coherence_group=GROUP,
            max_length=100,
            help="For example: mother, grandfather, social worker.",
            family_label="Role or relationship",
        ),
        legal(
            key="phone",
            label="Telephone",
            standard="D-08.5",
            kind=Kind.PHONE,
            family=YES,
            coherence_group=GROUP,
            age_limit_days=60,  # K32, contacts
        ),
        legal(
            key="basis",
            label="How they have it",
            standard="D-08.7",
            kind=Kind.CHOICE,
            coherence_group=GROUP,
            options=value_set("parental_basis"),
            may_be=MAY_BE_UNKNOWN,
        ),
        legal(
            key="agrees",
            label="Whether they agree with this plan",
            standard="D-08.7",
            kind=Kind.CHOICE,
            coherence_group=GROUP,
            options=value_set("parental_agreement"),
        ),
        legal(
            key="location",
            label="Where the order or agreement is",
            standard="D-08.7",
            coherence_group=GROUP,
            max_length=300,
        ),
        legal(
            key="seen_by",
            label="Order or agreement seen by",
            standard="D-08.7",
            coherence_group=GROUP,
            max_length=150,
            help="Name and role, or “not seen”.",
        ),
        legal(
            key="contact",
            label="The same person among the contacts",
            standard="D-08.7",
            kind=Kind.LINK,
            coherence_group=GROUP,
            links_to="contacts",
        ),
    ),
)

SECTIONS = (PARENTAL_RESPONSIBILITY,)
