"""The seven questions of the compact, asked again at each occasion, question 2 in its four parts (D-06).

Whether the overview of plans is complete (D-06.7, derived) will follow from the list of other plans (D-13.8); until
then question 7 is the person's answer alone.
"""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Field, Kind, Need, OnFamilyCopy, Part, Section, When
from eolc_desktop.care_plan.item_classes import MAY_DECLINE, fact, voice
from eolc_desktop.care_plan.promises import QUESTIONS, Question
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 20
YES = OnFamilyCopy.YES
AN_AGREEMENT = When("q2", ("yes", "partly"))


def _answers(question: Question) -> tuple[Field, ...]:
    """The fields of one question: the answer, the person's words, the parts of question 2, and the team's mirror."""
    return (
        voice(
            key=question.key,
            label=f"{question.number}. {question.plain}",
            standard="D-06.q.1",
            kind=Kind.CHOICE,
            family=YES,
            need=Need.RECOMMENDED,
            options=value_set("compact_answer"),
            may_be=MAY_DECLINE,
            help=question.wording,
        ),
        voice(
            key=f"{question.key}_words",
            label="In their own words",
            standard="D-06.q.2",
            kind=Kind.LONG_TEXT,
            family=YES,
            may_be=MAY_DECLINE,
            family_label="In my own words",
        ),
        *(
            voice(
                key=key,
                label=part,
                standard="D-06.2a-c",
                kind=Kind.LONG_TEXT,
                family=YES,
                need=Need.CONDITION,
                show_when=AN_AGREEMENT,
                may_be=MAY_DECLINE,
            )
            for key, part in question.parts
        ),
        fact(
            key=f"{question.key}_mirror",
            label=f"The team's answer: {question.asked_of_team}",
            standard="D-06.m",
            kind=Kind.CHOICE,
            options=value_set("mirror_answer"),
        ),
    )


# Class A in the dictionary (D-06.0), but typed: the occasion may have been before the day on which it is recorded.
COMPACT = Section(
    key="compact",
    title="The seven questions",
    family_title="My agreement with my care team",
    part=Part.PROMISES,
    intro="One entry for each time they are asked, so that answers can be compared.",
    repeats=True,
    entry_name="occasion",
    entry_title=("asked_on",),
    fields=(
        fact(key="asked_on", label="Asked on", standard="D-06.0", kind=Kind.DATE, need=Need.RECOMMENDED),
        fact(key="asked_by", label="Asked by", standard="D-06.0", need=Need.RECOMMENDED, max_length=150),
        fact(
            key="answered_by",
            label="Who answered",
            standard="D-06.0",
            kind=Kind.CHOICE,
            need=Need.RECOMMENDED,
            options=value_set("answered_by"),
        ),
        fact(key="language", label="Language spoken", standard="D-06.0", max_length=60),
        *(field for question in QUESTIONS for field in _answers(question)),
    ),
)

SECTIONS = (COMPACT,)
