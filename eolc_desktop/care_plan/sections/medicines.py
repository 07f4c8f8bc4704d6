"""The medicines a person takes, as the source gives them (D-12.5). Recorded, never advised."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, OnFamilyCopy, Part, Section
from eolc_desktop.care_plan.item_classes import MAY_BE_UNKNOWN, decision
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 55
ASK = OnFamilyCopy.ASK

FRESH_DAYS = 14  # K32

SUMMARY = Section(
    key="medicines_summary",
    title="Medicines: where the list comes from",
    family_title="My medicines",
    part=Part.ILLNESS,
    fields=(
        decision(
            key="status",
            label="Current medicines",
            standard="D-12.5",
            kind=Kind.CHOICE,
            family=ASK,
            options=value_set("medicines_known"),
            may_be=MAY_BE_UNKNOWN,
            age_limit_days=FRESH_DAYS,
        ),
        decision(
            key="source",
            label="Where the list comes from",
            standard="D-12.5",
            family=ASK,
            max_length=200,
            help="For example: GP record, or the boxes in the house.",
        ),
        decision(key="source_on", label="Date of the list", standard="D-12.5", kind=Kind.DATE, family=ASK),
        decision(key="summary", label="In words", standard="D-12.5", kind=Kind.LONG_TEXT, family=ASK),
    ),
)

MEDICINES = Section(
    key="medicines",
    title="Medicines",
    family_title="The medicines I take",
    part=Part.ILLNESS,
    intro="Copied from the chart, the box or the GP record, as it stands there. The program checks no dose.",
    repeats=True,
    entry_name="medicine",
    entry_title=("name", "form"),
    fields=(
        decision(key="name", label="Medicine", standard="D-12.5", kind=Kind.CODED, family=ASK, need=Need.RECOMMENDED),
        decision(key="form", label="Form", standard="D-12.5", kind=Kind.CODED, family=ASK),
        decision(
            key="route", label="Route", standard="D-12.5", kind=Kind.CODED, family=ASK, family_label="How it is taken"
        ),
        decision(
            key="site", label="Site", standard="D-12.5", kind=Kind.CODED, family=ASK, family_label="Where on the body"
        ),
        decision(key="method", label="Method", standard="D-12.5", family=ASK, max_length=150),
        decision(
            key="dose_amount",
            label="Dose as written",
            standard="D-12.5",
            family=ASK,
            max_length=150,
            family_label="How much, as written",
        ),
        decision(key="dose_timing", label="When, as written", standard="D-12.5", family=ASK, max_length=150),
        decision(key="dose_duration", label="For how long, as written", standard="D-12.5", family=ASK, max_length=150),
        decision(
            key="directions",
            label="Directions as on the label",
            standard="D-12.5",
            kind=Kind.LONG_TEXT,
            family=ASK,
            max_length=600,
        ),
        decision(key="daily_total", label="Total for a day, as written", standard="D-12.5", family=ASK, max_length=150),
        decision(key="instructions", label="Further instructions", standard="D-12.5", kind=Kind.CODED, family=ASK),
        decision(
            key="over_the_counter",
            label="Bought without a prescription",
            standard="D-12.5",
            kind=Kind.YES_NO,
            family=ASK,
            may_be=MAY_BE_UNKNOWN,
        ),
        decision(
            key="status",
            label="How it stands",
            standard="D-12.5",
            kind=Kind.CHOICE,
            family=ASK,
            options=value_set("medicine_status"),
        ),
        decision(key="indication", label="What it is for", standard="D-12.5", kind=Kind.CODED, family=ASK),
        decision(
            key="problem",
            label="The problem it is for, from the list",
            standard="D-12.5",
            kind=Kind.LINK,
            links_to="problems",
            family_label="Which problem",
        ),
        decision(
            key="started_on", label="Started on", standard="D-12.5", kind=Kind.DATE, family=ASK, may_be=MAY_BE_UNKNOWN
        ),
        decision(key="ends_on", label="Until", standard="D-12.5", kind=Kind.DATE, family=ASK),
        decision(key="changed_on", label="Last changed on", standard="D-12.5", kind=Kind.DATE, family=ASK),
        decision(
            key="change", label="What was changed", standard="D-12.5", kind=Kind.LONG_TEXT, family=ASK, max_length=600
        ),
        decision(key="change_reason", label="Why it was changed", standard="D-12.5", kind=Kind.CODED, family=ASK),
        decision(key="comment", label="Comment", standard="D-12.5", kind=Kind.LONG_TEXT, family=ASK, max_length=600),
    ),
)

STOPPED = Section(
    key="stopped_medicines",
    title="Medicines that were stopped",
    family_title="Medicines I no longer take",
    part=Part.ILLNESS,
    repeats=True,
    entry_name="stopped medicine",
    entry_title=("name",),
    fields=(
        decision(key="name", label="Medicine", standard="D-12.5", kind=Kind.CODED, family=ASK, need=Need.RECOMMENDED),
        decision(
            key="status",
            label="How it ended",
            standard="D-12.5",
            kind=Kind.CHOICE,
            family=ASK,
            options=value_set("medicine_status"),
        ),
        decision(key="reason", label="Why", standard="D-12.5", kind=Kind.CODED, family=ASK),
        decision(key="on", label="Stopped on", standard="D-12.5", kind=Kind.DATE, family=ASK),
        decision(key="comment", label="Comment", standard="D-12.5", kind=Kind.LONG_TEXT, family=ASK, max_length=600),
    ),
)

SECTIONS = (SUMMARY, MEDICINES, STOPPED)
