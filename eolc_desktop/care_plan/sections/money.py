"""Who pays, and money that the person may claim (D-13.6, D-13.7)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, OnFamilyCopy, Part, Section
from eolc_desktop.care_plan.item_classes import fact
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 35
YES, ASK = OnFamilyCopy.YES, OnFamilyCopy.ASK

MONEY = Section(
    key="money",
    title="Money and benefits",
    family_title="Money and benefits",
    part=Part.CARE,
    fields=(
        fact(key="funding", label="Who pays for care", standard="D-13.6", kind=Kind.CODED, family=ASK),
        fact(
            key="budget",
            label="Personal health budget",
            standard="D-13.6",
            kind=Kind.CHOICE,
            family=ASK,
            options=value_set("budget_state"),
        ),
        fact(
            key="budget_words",
            label="Budget: what it covers, and who holds it",
            standard="D-13.6",
            kind=Kind.LONG_TEXT,
            family=ASK,
            max_length=600,
        ),
        fact(
            key="sr1",
            label="SR1 (formerly DS1500)",
            standard="D-13.7",
            kind=Kind.CHOICE,
            family=YES,
            options=value_set("sr1"),
            family_label="SR1 form",
        ),
        fact(key="sr1_on", label="SR1: date", standard="D-13.7", kind=Kind.DATE, family=YES),
        fact(
            key="benefits", label="Money: in words", standard="D-13.7", kind=Kind.LONG_TEXT, family=YES, max_length=1000
        ),
        fact(
            key="attendance_allowance",
            label="Attendance Allowance or PIP",
            standard="D-13.7",
            kind=Kind.CHOICE,
            family=YES,
            options=value_set("benefit_state"),
        ),
        fact(
            key="carers_allowance",
            label="Carer's Allowance",
            standard="D-13.7",
            kind=Kind.CHOICE,
            family=YES,
            options=value_set("benefit_state"),
        ),
        fact(
            key="blue_badge",
            label="Blue Badge",
            standard="D-13.7",
            kind=Kind.CHOICE,
            family=YES,
            options=value_set("benefit_state"),
        ),
    ),
)

SECTIONS = (MONEY,)
