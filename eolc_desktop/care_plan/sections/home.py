"""Equipment, and getting into the home (D-12.6, D-12.7)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, OnFamilyCopy, Part, Section, When
from eolc_desktop.care_plan.item_classes import MAY_BE_UNKNOWN, fact
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 55
YES = OnFamilyCopy.YES

EQUIPMENT = Section(
    key="equipment",
    title="Equipment",
    family_title="Equipment at home",
    part=Part.CARE,
    repeats=True,
    entry_name="piece of equipment",
    entry_title=("what", "words"),
    fields=(
        fact(
            key="what",
            label="What",
            standard="D-12.6",
            kind=Kind.CHOICE,
            family=YES,
            need=Need.RECOMMENDED,
            options=value_set("equipment"),
        ),
        fact(key="words", label="Which, in words", standard="D-12.6", family=YES, max_length=150),
        fact(
            key="state",
            label="How it stands",
            standard="D-12.6",
            kind=Kind.CHOICE,
            family=YES,
            need=Need.RECOMMENDED,
            options=value_set("equipment_state"),
        ),
        fact(
            key="on",
            label="Since, or expected on",
            standard="D-12.6",
            kind=Kind.DATE,
            family=YES,
            may_be=MAY_BE_UNKNOWN,
        ),
        fact(key="supplier", label="From whom", standard="D-12.6", family=YES, max_length=150),
        fact(key="supplier_phone", label="Telephone if it fails", standard="D-12.6", kind=Kind.PHONE, family=YES),
    ),
)

HOME_ACCESS = Section(
    key="home_access",
    title="Getting into the home",
    part=Part.CARE,
    intro="Kept for staff. The key-safe code is hidden on screen until asked for, and never printed.",
    fields=(
        fact(
            key="entry",
            label="How to get in",
            standard="D-12.7",
            kind=Kind.LONG_TEXT,
            need=Need.RECOMMENDED,
            max_length=600,
        ),
        fact(key="key_safe", label="There is a key safe", standard="D-12.7", kind=Kind.YES_NO, may_be=MAY_BE_UNKNOWN),
        fact(
            key="key_safe_place",
            label="Where the key safe is",
            standard="D-12.7",
            max_length=200,
            show_when=When("key_safe", (True,)),
        ),
        fact(
            key="key_safe_code",
            label="Key-safe code",
            standard="D-12.7",
            max_length=30,
            sensitive=True,
            show_when=When("key_safe", (True,)),
        ),
        fact(
            key="parking", label="Parking and finding the house", standard="D-12.7", kind=Kind.LONG_TEXT, max_length=600
        ),
        fact(key="animals", label="Dogs and other animals", standard="D-12.7", max_length=300),
        fact(key="stairs", label="Stairs, lift, and room for a stretcher", standard="D-12.7", max_length=300),
        fact(key="safety", label="Safety of those who visit", standard="D-12.7", kind=Kind.LONG_TEXT, max_length=600),
    ),
)

SECTIONS = (EQUIPMENT, HOME_ACCESS)
