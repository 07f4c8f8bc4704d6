"""Speaking up, and disagreements and how they are being handled (D-16.1, D-16.2)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, Part, Section, When
from eolc_desktop.care_plan.item_classes import voice
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 50


SPEAK_UP = Section(
    key="speak_up",
    title="Speaking up",
    part=Part.PROMISES,
    intro="Anyone can say that this plan is not being made or kept as it should be.",
    repeats=True,
    entry_name="concern",
    entry_title=("on", "principle"),
    fields=(
        voice(key="on", label="Date", standard="D-16.1", kind=Kind.DATE, need=Need.RECOMMENDED),
        voice(
            key="raised_by",
            label="Raised by",
            standard="D-16.1",
            kind=Kind.CHOICE,
            need=Need.RECOMMENDED,
            options=value_set("concern_by"),
        ),
        voice(key="raised_by_name", label="Name, if they give it", standard="D-16.1", max_length=150),
        voice(
            key="principle",
            label="Which principle",
            standard="D-16.1",
            kind=Kind.CHOICE,
            options=value_set("acp_principle"),
        ),
        voice(
            key="what",
            label="What they said, in their own words",
            standard="D-16.1",
            kind=Kind.LONG_TEXT,
            need=Need.RECOMMENDED,
        ),
        voice(key="response", label="What was answered and done", standard="D-16.1", kind=Kind.LONG_TEXT),
        voice(key="responder", label="Answered by", standard="D-16.1", max_length=150),
        voice(
            key="state", label="How it stands", standard="D-16.1", kind=Kind.CHOICE, options=value_set("concern_state")
        ),
        voice(
            key="closed_on", label="Closed on", standard="D-16.1", kind=Kind.DATE, show_when=When("state", ("closed",))
        ),
        voice(key="content", label="Are they content with the answer?", standard="D-16.1", kind=Kind.YES_NO),
    ),
)

DISAGREEMENTS = Section(
    key="disagreements",
    title="Disagreements",
    part=Part.PROMISES,
    intro="Between the person, family and clinicians: what each says, and how it is being handled.",
    repeats=True,
    entry_name="disagreement",
    entry_title=("on", "about"),
    fields=(
        voice(key="on", label="Date", standard="D-16.2", kind=Kind.DATE, need=Need.RECOMMENDED),
        voice(key="about", label="What it is about", standard="D-16.2", need=Need.RECOMMENDED, max_length=300),
        voice(
            key="between",
            label="Between whom",
            standard="D-16.2",
            kind=Kind.CHOICES,
            options=value_set("disagreement_between"),
        ),
        voice(key="person_says", label="What the person says", standard="D-16.2", kind=Kind.LONG_TEXT),
        voice(key="others_say", label="What the others say", standard="D-16.2", kind=Kind.LONG_TEXT),
        voice(key="handling", label="How it is being handled", standard="D-16.2", kind=Kind.LONG_TEXT),
        voice(key="lead", label="Who leads on it", standard="D-16.2", max_length=150),
        voice(
            key="state",
            label="How it stands",
            standard="D-16.2",
            kind=Kind.CHOICE,
            options=value_set("disagreement_state"),
        ),
        voice(
            key="settled_on",
            label="Settled on",
            standard="D-16.2",
            kind=Kind.DATE,
            show_when=When("state", ("settled",)),
        ),
    ),
)

SECTIONS = (SPEAK_UP, DISAGREEMENTS)
