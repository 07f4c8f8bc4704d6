"""Attorneys for health and welfare, from the lasting power of attorney itself (D-08.5 to D-08.7)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, OnFamilyCopy, Part, Section, When
from eolc_desktop.care_plan.item_classes import CAPACITY_ATTORNEY_CONSENT, MAY_BE_UNKNOWN, legal
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 40
YES = OnFamilyCopy.YES
GROUP = CAPACITY_ATTORNEY_CONSENT

ATTORNEYS = Section(
    key="attorneys",
    title="Attorneys for health and welfare",
    family_title="My attorneys for health and welfare",
    part=Part.DECISIONS,
    intro="From the lasting power of attorney itself, where it was seen.",
    repeats=True,
    entry_name="attorney",
    entry_title=("name",),
    fields=(
        legal(
            key="name",
            label="Name",
            standard="D-08.5",
            family=YES,
            need=Need.RECOMMENDED,
            coherence_group=GROUP,
            max_length=150,
        ),
        legal(
            key="kind",
            label="Attorney or replacement",
            standard="D-08.5",
            kind=Kind.CHOICE,
            family=YES,
            coherence_group=GROUP,
            options=value_set("attorney_kind"),
        ),
        legal(
            key="acts",
            label="How the attorneys act",
            standard="D-08.5",
            kind=Kind.CHOICE,
            family=YES,
            coherence_group=GROUP,
            options=value_set("attorneys_act"),
        ),
        legal(
            key="phone",
            label="Telephone",
            standard="D-08.5",
            kind=Kind.PHONE,
            family=YES,
            need=Need.RECOMMENDED,
            coherence_group=GROUP,
            age_limit_days=60,  # K32, contacts
        ),
        legal(
            key="phone_other",
            label="Other telephone",
            standard="D-08.5",
            kind=Kind.PHONE,
            family=YES,
            coherence_group=GROUP,
        ),
        legal(
            key="contact",
            label="The same person among the contacts",
            standard="D-08.5",
            kind=Kind.LINK,
            family=YES,
            coherence_group=GROUP,
            links_to="contacts",
        ),
        legal(
            key="authority",
            label="Life-sustaining treatment",
            standard="D-08.6",
            kind=Kind.CHOICE,
            need=Need.RECOMMENDED,
            coherence_group=GROUP,
            options=value_set("attorney_authority"),
            may_be=MAY_BE_UNKNOWN,
            help="What section 5 of the lasting power of attorney says.",
        ),
        legal(
            key="made_on",
            label="Date it was made",
            standard="D-08.7",
            kind=Kind.DATE,
            coherence_group=GROUP,
            may_be=MAY_BE_UNKNOWN,
        ),
        legal(
            key="registered",
            label="Registered with the Office of the Public Guardian",
            standard="D-08.7",
            kind=Kind.YES_NO,
            coherence_group=GROUP,
            may_be=MAY_BE_UNKNOWN,
        ),
        legal(
            key="opg_reference",
            label="Reference of the Office of the Public Guardian",
            standard="D-08.7",
            coherence_group=GROUP,
            max_length=35,
            show_when=When("registered", (True,)),
        ),
        legal(
            key="seen_by",
            label="Document seen by",
            standard="D-08.7",
            coherence_group=GROUP,
            max_length=150,
            help="Name and role, or “not seen”.",
        ),
        legal(
            key="location",
            label="Where the document is",
            standard="D-08.7",
            coherence_group=GROUP,
            max_length=300,
            may_be=MAY_BE_UNKNOWN,
        ),
        legal(
            key="activated",
            label="In use now, because the person lacks capacity",
            standard="D-08.7",
            kind=Kind.YES_NO,
            coherence_group=GROUP,
            may_be=MAY_BE_UNKNOWN,
        ),
    ),
)

SECTIONS = (ATTORNEYS,)
