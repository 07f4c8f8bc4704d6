"""The palliative care register, how the person was identified, and the likely prognosis (D-09.4, D-09.10)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, Part, Section, When
from eolc_desktop.care_plan.item_classes import decision
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 30


REGISTER = Section(
    key="register",
    title="Palliative care register",
    part=Part.ILLNESS,
    intro="Which tool was used and what came of it. The tools themselves are others’ work and are not shown.",
    fields=(
        decision(
            key="on_register",
            label="Palliative care register",
            standard="D-09.10",
            kind=Kind.CHOICE,
            need=Need.RECOMMENDED,
            options=value_set("palliative_register"),
        ),
        decision(key="registered_on", label="Date", standard="D-09.10", kind=Kind.DATE),
        decision(key="register_words", label="Why, in words", standard="D-09.10", kind=Kind.LONG_TEXT, max_length=1000),
        decision(
            key="tools",
            label="How they were identified",
            standard="D-09.10",
            kind=Kind.CHOICES,
            options=value_set("identification_tool"),
        ),
        decision(key="tool_on", label="When", standard="D-09.10", kind=Kind.DATE),
        decision(key="tool_by", label="By whom", standard="D-09.10", max_length=150, help="Name and role."),
        decision(key="tool_result", label="Result", standard="D-09.10", kind=Kind.LONG_TEXT, max_length=600),
        decision(
            key="surprise_question",
            label="Surprise question: if this person died within a year",
            standard="D-09.10",
            kind=Kind.CHOICE,
            options=value_set("surprise_question"),
        ),
    ),
)

PROGNOSIS = Section(
    key="prognosis",
    title="Likely prognosis",
    part=Part.ILLNESS,
    intro="Entered by the key worker, the GP or the responsible clinician. It stands on no family copy.",
    fields=(
        decision(
            key="band", label="Likely prognosis", standard="D-09.4", kind=Kind.CHOICE, options=value_set("prognosis")
        ),
        decision(key="words", label="In words", standard="D-09.4", kind=Kind.LONG_TEXT, max_length=1000),
        decision(
            key="judged_by",
            label="Judged by",
            standard="D-09.4",
            need=Need.CONDITION,
            max_length=150,
            help="Name and role.",
            show_when=When("band", tuple(option.key for option in value_set("prognosis"))),
        ),
        decision(
            key="judged_on",
            label="Judged on",
            standard="D-09.4",
            kind=Kind.DATE,
            need=Need.CONDITION,
            show_when=When("band", tuple(option.key for option in value_set("prognosis"))),
        ),
    ),
)

SECTIONS = (REGISTER, PROGNOSIS)
