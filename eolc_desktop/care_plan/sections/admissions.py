"""Emergency hospital stays in the last 90 days (D-00.10)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Part, Section
from eolc_desktop.care_plan.item_classes import log
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 60

ADMISSIONS = Section(
    key="admissions",
    title="Emergency hospital stays",
    part=Part.PERSON,
    intro="Emergency admissions in the last 90 days.",
    repeats=True,
    entry_name="hospital stay",
    entry_title=("date_in", "site"),
    fields=(
        log(key="date_in", label="Admitted on", standard="D-00.10", kind=Kind.DATE),
        log(key="date_out", label="Home again on", standard="D-00.10", kind=Kind.DATE),
        log(key="site", label="Hospital", standard="D-00.10", max_length=150),
        log(key="reason", label="What happened", standard="D-00.10", kind=Kind.LONG_TEXT),
        log(
            key="plan_seen",
            label="Was this plan seen by the crew or the ward?",
            standard="D-00.10",
            kind=Kind.CHOICE,
            options=value_set("plan_seen"),
        ),
        log(
            key="avoidable",
            label="Looking back, could it have been avoided?",
            standard="D-00.10",
            kind=Kind.CHOICE,
            options=value_set("avoidable"),
        ),
    ),
)

SECTIONS = (ADMISSIONS,)
