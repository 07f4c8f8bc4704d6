"""Anticipatory medicines: whether they are in the house, where, and with a chart (D-12.1 to D-12.4, D-12.8)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, OnFamilyCopy, Part, Section, When
from eolc_desktop.care_plan.item_classes import MAY_BE_UNKNOWN, MEDICINES_IN_HOUSE, decision, fact
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 50
YES = OnFamilyCopy.YES

GROUP = MEDICINES_IN_HOUSE
FRESH_DAYS = 14  # K32
IN_USE = When("state", ("prescribed", "box_issued"))

ANTICIPATORY = Section(
    key="anticipatory",
    title="Just-in-case medicines",
    family_title="Just-in-case medicines",
    part=Part.ILLNESS,
    intro="Whether they are in the house, where, and with a signed chart. No doses: those stand on the chart.",
    fields=(
        decision(
            key="state",
            label="Just-in-case medicines",
            standard="D-12.1",
            kind=Kind.CHOICE,
            family=YES,
            need=Need.RECOMMENDED,
            coherence_group=GROUP,
            options=value_set("anticipatory"),
            age_limit_days=FRESH_DAYS,
        ),
        decision(
            key="statement",
            label="In words",
            standard="D-12.1",
            kind=Kind.LONG_TEXT,
            family=YES,
            coherence_group=GROUP,
            max_length=1000,
            help="Medicines and equipment kept ready, and for what.",
        ),
        decision(
            key="issued_on",
            label="Issued on",
            standard="D-12.1",
            kind=Kind.DATE,
            family=YES,
            coherence_group=GROUP,
            show_when=IN_USE,
        ),
        fact(
            key="where_kept",
            label="Where they are kept",
            standard="D-12.2",
            family=YES,
            need=Need.CONDITION,
            coherence_group=GROUP,
            max_length=300,
            may_be=MAY_BE_UNKNOWN,
            show_when=IN_USE,
            age_limit_days=FRESH_DAYS,
            help="For example: top of the wardrobe, back bedroom.",
            family_label="Kept",
        ),
        fact(
            key="who_has_key",
            label="Who has the key, or the code",
            standard="D-12.2",
            family=YES,
            coherence_group=GROUP,
            max_length=200,
            show_when=IN_USE,
            family_label="Who has the key",
        ),
        fact(
            key="chart_in_house",
            label="Signed chart is in the house",
            standard="D-12.4",
            kind=Kind.YES_NO,
            need=Need.CONDITION,
            coherence_group=GROUP,
            may_be=MAY_BE_UNKNOWN,
            show_when=IN_USE,
        ),
        fact(
            key="chart_signed_by",
            label="Chart signed by",
            standard="D-12.4",
            coherence_group=GROUP,
            max_length=150,
            show_when=IN_USE,
        ),
        fact(
            key="chart_valid_until",
            label="Chart valid until",
            standard="D-12.4",
            kind=Kind.DATE,
            need=Need.CONDITION,
            coherence_group=GROUP,
            may_be=MAY_BE_UNKNOWN,
            show_when=IN_USE,
        ),
        fact(
            key="syringe_driver",
            label="Syringe driver in the house",
            standard="D-12.4",
            kind=Kind.YES_NO,
            coherence_group=GROUP,
            may_be=MAY_BE_UNKNOWN,
        ),
        fact(
            key="checked_on",
            label="Stock last counted on",
            standard="D-12.3",
            kind=Kind.DATE,
            coherence_group=GROUP,
            show_when=IN_USE,
        ),
        fact(
            key="checked_by",
            label="Counted by",
            standard="D-12.3",
            coherence_group=GROUP,
            max_length=150,
            show_when=IN_USE,
        ),
    ),
)

STOCK = Section(
    key="medicine_stock",
    title="What is in the box",
    part=Part.ILLNESS,
    repeats=True,
    entry_name="medicine",
    entry_title=("name", "strength"),
    fields=(
        fact(
            key="name",
            label="Medicine",
            standard="D-12.3",
            kind=Kind.CODED,
            need=Need.RECOMMENDED,
            coherence_group=GROUP,
        ),
        fact(
            key="form",
            label="Form",
            standard="D-12.3",
            coherence_group=GROUP,
            max_length=60,
            help="For example: ampoules.",
        ),
        fact(key="strength", label="Strength as on the label", standard="D-12.3", coherence_group=GROUP, max_length=60),
        fact(key="quantity", label="How many", standard="D-12.3", coherence_group=GROUP, max_length=60),
        fact(
            key="expires_on",
            label="Expires",
            standard="D-12.3",
            kind=Kind.DATE,
            need=Need.RECOMMENDED,
            coherence_group=GROUP,
        ),
        fact(key="batch", label="Batch", standard="D-12.3", coherence_group=GROUP, max_length=60),
        fact(
            key="state",
            label="How it stands",
            standard="D-12.3",
            kind=Kind.CHOICE,
            coherence_group=GROUP,
            options=value_set("stock_state"),
        ),
    ),
)

PHARMACY = Section(
    key="pharmacy",
    title="Pharmacy",
    family_title="My pharmacy",
    part=Part.ILLNESS,
    fields=(
        fact(key="name", label="Pharmacy", standard="D-12.8", family=YES, max_length=150, coherence_group=GROUP),
        fact(key="phone", label="Telephone", standard="D-12.8", kind=Kind.PHONE, family=YES, coherence_group=GROUP),
        fact(key="hours", label="Hours", standard="D-12.8", family=YES, max_length=150, coherence_group=GROUP),
        fact(
            key="out_of_hours",
            label="Out of hours: where these medicines are in stock",
            standard="D-12.8",
            kind=Kind.LONG_TEXT,
            family=YES,
            max_length=600,
            coherence_group=GROUP,
            help="Name, telephone and hours.",
        ),
    ),
)

SECTIONS = (ANTICIPATORY, STOCK, PHARMACY)
