"""Whom to call, for which situation and at which hour, and whether the card was read back (D-07.9, D-07.10)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, OnFamilyCopy, Part, Section
from eolc_desktop.care_plan.item_classes import fact
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 30
YES = OnFamilyCopy.YES
FRESH_DAYS = 60  # K32

WHO_TO_CALL = Section(
    key="who_to_call",
    title="Who to call",
    family_title="Who to call",
    part=Part.PEOPLE,
    intro="For each situation one first call, and another if nobody answers.",
    repeats=True,
    entry_name="situation",
    entry_title=("situation",),
    fields=(
        fact(
            key="situation",
            label="Situation",
            standard="D-07.9",
            family=YES,
            need=Need.READY,
            max_length=200,
            prompt="What would you want help with at three in the morning?",
            help="For example: pain that does not settle.",
            family_label="If",
        ),
        fact(
            key="when",
            label="When",
            standard="D-07.9",
            kind=Kind.CHOICES,
            family=YES,
            need=Need.RECOMMENDED,
            options=value_set("call_time"),
            help="None ticked: at any time.",
        ),
        fact(
            key="hours_from", label="From (hour)", standard="D-07.9", family=YES, max_length=20, help="24-hour clock."
        ),
        fact(key="hours_to", label="To (hour)", standard="D-07.9", family=YES, max_length=20, help="24-hour clock."),
        fact(key="first_call_name", label="Call first", standard="D-07.9", family=YES, need=Need.READY, max_length=150),
        fact(
            key="first_call_phone",
            label="Telephone",
            standard="D-07.9",
            kind=Kind.PHONE,
            family=YES,
            need=Need.READY,
            age_limit_days=FRESH_DAYS,
        ),
        fact(
            key="if_no_answer_name",
            label="If nobody answers, call",
            standard="D-07.9",
            family=YES,
            need=Need.RECOMMENDED,
            max_length=150,
        ),
        fact(
            key="if_no_answer_phone",
            label="Its telephone",
            standard="D-07.9",
            kind=Kind.PHONE,
            family=YES,
            need=Need.RECOMMENDED,
            age_limit_days=FRESH_DAYS,
            family_label="Telephone",
        ),
    ),
)


CALL_CARD = Section(
    key="call_card",
    title="Who-to-call card",
    part=Part.PEOPLE,
    intro="Reading the card back with the family shows whether it would work at night.",
    fields=(
        fact(
            key="read_back_on",
            label="Last read back with the family on",
            standard="D-07.10",
            kind=Kind.DATE,
            need=Need.RECOMMENDED,
        ),
        fact(key="read_back_with", label="With whom", standard="D-07.10", max_length=200),
        fact(key="read_back_by", label="By whom", standard="D-07.10", max_length=150),
    ),
)

SECTIONS = (WHO_TO_CALL, CALL_CARD)
