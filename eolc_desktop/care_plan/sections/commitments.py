"""The six commitments: how far each is kept, the person's own verdict, the evidence, and what comes next (D-05)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import FixedEntry, Kind, Need, OnFamilyCopy, Part, Section, When
from eolc_desktop.care_plan.item_classes import MAY_DECLINE, fact, log, voice
from eolc_desktop.care_plan.promises import COMMITMENTS, COMMITMENTS_HEADING, evidence_options
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 10
YES = OnFamilyCopy.YES

THE_SIX = Section(
    key="commitments",
    title="The six commitments",
    family_title=COMMITMENTS_HEADING,
    part=Part.PROMISES,
    fixed_entries=tuple(FixedEntry(commitment.id, commitment.title, commitment.wording) for commitment in COMMITMENTS),
    fields=(
        fact(
            key="state",
            label="How it stands",
            standard="D-05.n.1",
            kind=Kind.CHOICE,
            family=YES,
            need=Need.READY,
            options=value_set("commitment_state"),
        ),
        fact(
            key="state_reason",
            label="Why",
            standard="D-05.n.1",
            kind=Kind.LONG_TEXT,
            family=YES,
            need=Need.CONDITION,
            max_length=1000,
            show_when=When("state", ("declined", "not_appropriate")),
        ),
        voice(
            key="verdict",
            label="The person's own verdict",
            standard="D-05.n.3",
            kind=Kind.CHOICE,
            family=YES,
            need=Need.RECOMMENDED,
            options=value_set("verdict"),
            may_be=MAY_DECLINE,
            prompt="Did we keep this promise?",
            family_label="Did you keep this promise?",
        ),
        voice(
            key="verdict_words",
            label="In their own words",
            standard="D-05.n.3",
            kind=Kind.LONG_TEXT,
            family=YES,
            prompt="What went well? What should we have done?",
            family_label="In my own words",
        ),
        fact(
            key="next_action",
            label="What we will do next",
            standard="D-05.n.4",
            kind=Kind.LONG_TEXT,
            family=YES,
            need=Need.CONDITION,
            max_length=1000,
            show_when=When("state", ("partly", "not_yet")),
        ),
        fact(
            key="next_action_owner",
            label="Who will do it",
            standard="D-05.n.4",
            family=YES,
            need=Need.CONDITION,
            max_length=150,
            show_when=When("state", ("partly", "not_yet")),
        ),
        fact(
            key="next_action_due",
            label="By when",
            standard="D-05.n.4",
            kind=Kind.DATE,
            family=YES,
            need=Need.CONDITION,
            show_when=When("state", ("partly", "not_yet")),
        ),
    ),
)

EVIDENCE = Section(
    key="commitment_evidence",
    title="Evidence",
    part=Part.PROMISES,
    intro="What was done, when and with whom, so that “met” can be shown.",
    repeats=True,
    entry_name="piece of evidence",
    entry_title=("on", "code", "what"),
    parent="commitments",
    fields=(
        log(key="on", label="Date", standard="D-05.n.2", kind=Kind.DATE, need=Need.RECOMMENDED),
        log(
            key="by", label="By whom", standard="D-05.n.2", need=Need.RECOMMENDED, max_length=150, help="Name and role."
        ),
        log(key="with_whom", label="With whom, and who else was there", standard="D-05.n.2", max_length=300),
        log(
            key="what",
            label="What was said or done",
            standard="D-05.n.2",
            kind=Kind.LONG_TEXT,
            help="Also what the person did not want to talk about.",
        ),
        log(key="code", label="Kind of evidence", standard="D-05.n.2", kind=Kind.CHOICE, options=evidence_options()),
    ),
)

SECTIONS = (THE_SIX, EVIDENCE)
