"""What the person and those close to them understand of the illness (D-09.5)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, Part, Section
from eolc_desktop.care_plan.item_classes import MAY_DECLINE, voice
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 20


UNDERSTANDING = Section(
    key="understanding",
    title="What they understand of the illness",
    part=Part.ILLNESS,
    intro="What each contact knows stands with that contact.",
    fields=(
        voice(
            key="person_words",
            label="What the person understands, in their own words",
            standard="D-09.5",
            kind=Kind.LONG_TEXT,
            need=Need.RECOMMENDED,
            may_be=MAY_DECLINE,
            prompt="What have you been told about your illness? What do you make of it?",
        ),
        voice(
            key="aware",
            label="Whether the person knows what to expect",
            standard="D-09.5",
            kind=Kind.CHOICE,
            options=value_set("own_awareness"),
            may_be=MAY_DECLINE,
        ),
        voice(
            key="family_words",
            label="What those close to them understand",
            standard="D-09.5",
            kind=Kind.LONG_TEXT,
            may_be=MAY_DECLINE,
        ),
        voice(
            key="talked_about",
            label="What they want, or do not want, to talk about",
            standard="D-09.5",
            kind=Kind.LONG_TEXT,
            may_be=MAY_DECLINE,
            prompt="Is there anything you would rather not talk about?",
        ),
    ),
)

SECTIONS = (UNDERSTANDING,)
