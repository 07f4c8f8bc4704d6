"""Certification, the closing of the record, and bereavement (D-15.5 to D-15.7)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, Part, Section, When
from eolc_desktop.care_plan.item_classes import MAY_BE_UNKNOWN, fact
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 30


CERTIFICATION = Section(
    key="certification",
    title="Medical examiner and coroner",
    part=Part.AFTER_DEATH,
    fields=(
        fact(
            key="state", label="How it stands", standard="D-15.5", kind=Kind.CHOICE, options=value_set("certification")
        ),
        fact(key="doctor", label="Attending doctor", standard="D-15.5", max_length=150),
        fact(
            key="examiner",
            label="Medical examiner's office",
            standard="D-15.5",
            max_length=200,
            help="Name and telephone.",
        ),
        fact(key="coroner", label="Coroner told", standard="D-15.5", kind=Kind.YES_NO, may_be=MAY_BE_UNKNOWN),
        fact(
            key="coroner_reason",
            label="Why the coroner was told",
            standard="D-15.5",
            kind=Kind.LONG_TEXT,
            max_length=600,
            show_when=When("coroner", (True,)),
        ),
        fact(key="issued_on", label="Certificate issued on", standard="D-15.5", kind=Kind.DATE),
        fact(key="notes", label="Notes", standard="D-15.5", kind=Kind.LONG_TEXT),
    ),
)

CLOSURE = Section(
    key="closure",
    title="Closing the record",
    part=Part.AFTER_DEATH,
    intro="One line for each thing to do after the death.",
    repeats=True,
    entry_name="thing to do",
    entry_title=("what",),
    fields=(
        fact(
            key="what",
            label="What",
            standard="D-15.6",
            kind=Kind.CHOICE,
            need=Need.RECOMMENDED,
            options=value_set("closure_step"),
        ),
        fact(key="words", label="In words", standard="D-15.6", max_length=300),
        fact(
            key="state",
            label="How it stands",
            standard="D-15.6",
            kind=Kind.CHOICE,
            need=Need.RECOMMENDED,
            options=value_set("closure_state"),
        ),
        fact(key="owner", label="Who does it", standard="D-15.6", max_length=150),
        fact(key="done_on", label="Done on", standard="D-15.6", kind=Kind.DATE, show_when=When("state", ("done",))),
        fact(key="done_by", label="Done by", standard="D-15.6", max_length=150, show_when=When("state", ("done",))),
        fact(key="witness", label="Witness", standard="D-15.6", max_length=150, show_when=When("what", ("medicines",))),
    ),
)

BEREAVEMENT = Section(
    key="bereavement",
    title="Bereavement",
    part=Part.AFTER_DEATH,
    intro="For each person who is grieving, with their own consent.",
    repeats=True,
    entry_name="bereaved person",
    entry_title=("contact", "name"),
    fields=(
        fact(key="contact", label="Who, from the contacts", standard="D-15.7", kind=Kind.LINK, links_to="contacts"),
        fact(key="name", label="Or their name", standard="D-15.7", max_length=150),
        fact(key="phone", label="Telephone", standard="D-15.7", kind=Kind.PHONE),
        fact(key="consent", label="Agreed to this being kept", standard="D-15.7", kind=Kind.YES_NO),
        fact(
            key="offer",
            label="Support",
            standard="D-15.7",
            kind=Kind.CHOICE,
            need=Need.RECOMMENDED,
            options=value_set("bereavement_offer"),
        ),
        fact(
            key="concern",
            label="The team's concern for them",
            standard="D-15.7",
            kind=Kind.CHOICE,
            options=value_set("bereavement_risk"),
            help="A judgement, with its reason in the notes. No score.",
        ),
        fact(key="follow_up_by", label="Who follows up", standard="D-15.7", max_length=150),
        fact(key="follow_up_on", label="Follow-up on", standard="D-15.7", kind=Kind.DATE),
        fact(
            key="state",
            label="How it stands",
            standard="D-15.7",
            kind=Kind.CHOICE,
            options=value_set("bereavement_state"),
        ),
        fact(key="notes", label="Notes", standard="D-15.7", kind=Kind.LONG_TEXT),
    ),
)

SECTIONS = (CERTIFICATION, CLOSURE, BEREAVEMENT)
