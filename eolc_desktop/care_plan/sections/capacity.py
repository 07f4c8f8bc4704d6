"""Decisions about capacity, each for one decision at one time (D-08.1; Mental Capacity Act 2005)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, Part, Section
from eolc_desktop.care_plan.item_classes import CAPACITY_ATTORNEY_CONSENT, decision
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 50
GROUP = CAPACITY_ATTORNEY_CONSENT

CAPACITY = Section(
    key="capacity",
    title="Capacity, decision by decision",
    part=Part.DECISIONS,
    intro="Capacity is for one decision at one time. An adult has it unless it is shown otherwise.",
    repeats=True,
    entry_name="decision about capacity",
    entry_title=("about", "decision", "assessed_on"),
    fields=(
        decision(
            key="about",
            label="Which kind of decision",
            standard="D-08.1",
            kind=Kind.CHOICE,
            need=Need.RECOMMENDED,
            coherence_group=GROUP,
            options=value_set("capacity_about"),
        ),
        decision(
            key="decision", label="The decision, in words", standard="D-08.1", coherence_group=GROUP, max_length=300
        ),
        decision(
            key="outcome",
            label="Outcome",
            standard="D-08.1",
            kind=Kind.CHOICE,
            need=Need.RECOMMENDED,
            coherence_group=GROUP,
            options=value_set("capacity_outcome"),
        ),
        decision(
            key="assessed_by",
            label="Assessed by",
            standard="D-08.1",
            need=Need.RECOMMENDED,
            coherence_group=GROUP,
            max_length=150,
            help="Name and role.",
        ),
        decision(
            key="assessed_on",
            label="Assessed on",
            standard="D-08.1",
            kind=Kind.DATE,
            need=Need.RECOMMENDED,
            coherence_group=GROUP,
        ),
        decision(
            key="form_location", label="Where the form is", standard="D-08.1", coherence_group=GROUP, max_length=300
        ),
    ),
)

SECTIONS = (CAPACITY,)
