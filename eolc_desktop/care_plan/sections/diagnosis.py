"""The main diagnosis, as it was given, and other problems and devices (D-09.1, D-09.2)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, OnFamilyCopy, Part, Section
from eolc_desktop.care_plan.item_classes import MAY_BE_UNKNOWN, decision
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 10
ASK = OnFamilyCopy.ASK

DIAGNOSIS = Section(
    key="diagnosis",
    title="Diagnosis",
    family_title="My illness",
    part=Part.ILLNESS,
    fields=(
        decision(
            key="primary",
            label="Main palliative diagnosis",
            standard="D-09.1",
            kind=Kind.CODED,
            family=ASK,
            need=Need.READY,
            may_be=MAY_BE_UNKNOWN,
            family_label="Diagnosis",
        ),
        decision(
            key="description",
            label="More about it",
            standard="D-09.1",
            kind=Kind.LONG_TEXT,
            family=ASK,
            help="How far it has come, and what has been done for it.",
        ),
        decision(
            key="diagnosed_on",
            label="Diagnosed on",
            standard="D-09.1",
            kind=Kind.DATE,
            family=ASK,
            may_be=MAY_BE_UNKNOWN,
        ),
        decision(key="diagnosed_by", label="By whom, or where", standard="D-09.1", family=ASK, max_length=200),
    ),
)

PROBLEMS = Section(
    key="problems",
    title="Other diagnoses and problems",
    part=Part.ILLNESS,
    intro="Whatever else someone who comes to help needs to know: dialysis, infection risk, dementia, pain.",
    repeats=True,
    entry_name="problem",
    entry_title=("problem",),
    fields=(
        decision(
            key="problem", label="Diagnosis or problem", standard="D-09.2", kind=Kind.CODED, need=Need.RECOMMENDED
        ),
        decision(key="onset", label="Since", standard="D-09.2", kind=Kind.DATE, may_be=MAY_BE_UNKNOWN),
        decision(key="ended_on", label="Until, if it is over", standard="D-09.2", kind=Kind.DATE),
        decision(
            key="state", label="How it stands", standard="D-09.2", kind=Kind.CHOICE, options=value_set("problem_stage")
        ),
        decision(key="stage", label="Stage of disease", standard="D-09.2", max_length=150),
        decision(key="comment", label="Comment", standard="D-09.2", kind=Kind.LONG_TEXT, max_length=1000),
    ),
)

DEVICES = Section(
    key="devices",
    title="Devices in or on the body",
    part=Part.ILLNESS,
    repeats=True,
    entry_name="device",
    entry_title=("kind", "device"),
    fields=(
        decision(
            key="kind",
            label="Kind of device",
            standard="D-09.2",
            kind=Kind.CHOICE,
            need=Need.RECOMMENDED,
            options=value_set("device"),
            help="Whether a defibrillator is switched off stands under “Going to hospital, and heart devices”.",
        ),
        decision(key="device", label="Which one, in words", standard="D-09.2", kind=Kind.CODED),
        decision(key="since", label="Since", standard="D-09.2", kind=Kind.DATE, may_be=MAY_BE_UNKNOWN),
        decision(
            key="looked_after_by",
            label="Looked after by",
            standard="D-09.2",
            max_length=200,
            help="Name and telephone.",
        ),
        decision(key="comment", label="Comment", standard="D-09.2", kind=Kind.LONG_TEXT, max_length=1000),
    ),
)

SECTIONS = (DIAGNOSIS, PROBLEMS, DEVICES)
