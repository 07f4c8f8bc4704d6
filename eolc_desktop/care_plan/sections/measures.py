"""Measures taken over time: function, phase of illness, frailty, and when dying was recognised (D-09.6 to D-09.11)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, Part, Section, When
from eolc_desktop.care_plan.item_classes import MAY_BE_UNKNOWN, decision
from eolc_desktop.care_plan.value_sets import code, value_set

ORDER = 40


AKPS = Section(
    key="akps",
    title="Function (AKPS)",
    part=Part.ILLNESS,
    intro="Australia-modified Karnofsky Performance Status: one entry for each time it is assessed.",
    repeats=True,
    entry_name="assessment",
    entry_title=("on", "score"),
    fields=(
        decision(key="on", label="Assessed on", standard="D-09.6", kind=Kind.DATE, need=Need.RECOMMENDED),
        decision(
            key="score",
            label="Score",
            standard="D-09.6",
            kind=Kind.CHOICE,
            need=Need.RECOMMENDED,
            options=value_set("akps"),
            codes=(code("snomed", "901671000000100"),),
        ),
        decision(key="by", label="Assessed by", standard="D-09.6", max_length=150, help="Name and role."),
        decision(key="comment", label="Comment", standard="D-09.6", kind=Kind.LONG_TEXT, max_length=600),
    ),
)

PHASE = Section(
    key="phase",
    title="Phase of illness",
    part=Part.ILLNESS,
    intro="One entry for each time it is assessed. The phases do not follow one another in order.",
    repeats=True,
    entry_name="assessment",
    entry_title=("on", "phase"),
    fields=(
        decision(key="on", label="Assessed on", standard="D-09.7", kind=Kind.DATE, need=Need.RECOMMENDED),
        decision(
            key="phase",
            label="Phase",
            standard="D-09.7",
            kind=Kind.CHOICE,
            need=Need.RECOMMENDED,
            options=value_set("phase"),
            codes=(code("snomed", "1092801000000106"),),
        ),
        decision(key="by", label="Assessed by", standard="D-09.7", max_length=150, help="Name and role."),
    ),
)

FRAILTY = Section(
    key="frailty",
    title="Frailty",
    part=Part.ILLNESS,
    repeats=True,
    entry_name="assessment",
    entry_title=("on", "scale"),
    fields=(
        decision(key="on", label="Assessed on", standard="D-09.9", kind=Kind.DATE, need=Need.RECOMMENDED),
        decision(
            key="scale",
            label="Scale",
            standard="D-09.9",
            kind=Kind.CHOICE,
            need=Need.RECOMMENDED,
            options=value_set("frailty_scale"),
        ),
        decision(
            key="cfs",
            label="Clinical Frailty Scale, 1 to 9",
            standard="D-09.9",
            kind=Kind.NUMBER,
            minimum=1,
            maximum=9,
            show_when=When("scale", ("cfs",)),
        ),
        decision(
            key="efi",
            label="Electronic frailty index",
            standard="D-09.9",
            max_length=5,
            show_when=When("scale", ("efi",)),
            help="A number from 0 to 1, for example 0.27.",
        ),
        decision(
            key="efi_band",
            label="Band, as the GP record gives it",
            standard="D-09.9",
            kind=Kind.CHOICE,
            options=value_set("efi_band"),
            show_when=When("scale", ("efi",)),
        ),
        decision(key="by", label="Assessed by, or where it comes from", standard="D-09.9", max_length=150),
    ),
)

DYING = Section(
    key="dying",
    title="Recognised as dying",
    part=Part.ILLNESS,
    intro="The first of the five priorities: recognise, and say so with kindness.",
    fields=(
        decision(key="recognised_on", label="Recognised on", standard="D-09.11", kind=Kind.DATE),
        decision(
            key="recognised_time",
            label="Time",
            standard="D-09.11",
            max_length=20,
            help="24-hour clock, for example 14:30.",
        ),
        decision(key="recognised_by", label="By whom", standard="D-09.11", max_length=150, help="Name and role."),
        decision(
            key="person_told",
            label="Was the person told?",
            standard="D-09.11",
            kind=Kind.YES_NO,
            may_be=MAY_BE_UNKNOWN,
        ),
        decision(
            key="told_to",
            label="Who else was told, and by whom",
            standard="D-09.11",
            kind=Kind.LONG_TEXT,
            max_length=600,
        ),
        decision(
            key="reversible",
            label="What was looked for that might be put right",
            standard="D-09.11",
            kind=Kind.LONG_TEXT,
            max_length=1000,
        ),
    ),
)

SECTIONS = (AKPS, PHASE, FRAILTY, DYING)
