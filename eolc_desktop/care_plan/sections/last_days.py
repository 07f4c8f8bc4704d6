"""Care in the last days, and what to do when death comes (D-15.1, D-15.2; the five priorities)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, OnFamilyCopy, Part, Section
from eolc_desktop.care_plan.item_classes import CPR_AND_ESCALATION, MAY_BE_UNKNOWN, decision, fact
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 50
YES, ASK = OnFamilyCopy.YES, OnFamilyCopy.ASK

LONG = Kind.LONG_TEXT

LAST_DAYS = Section(
    key="last_days",
    title="Care in the last days",
    family_title="Care in my last days",
    part=Part.CARE,
    intro="After the five priorities for care of the dying person.",
    fields=(
        fact(
            key="communicate",
            label="What has been said, to whom, and by whom",
            standard="D-15.1",
            kind=LONG,
            family=YES,
            family_label="What has been talked about",
        ),
        fact(key="involve", label="Who takes part in decisions, and how far", standard="D-15.1", kind=LONG, family=YES),
        fact(key="support", label="What family and those close need", standard="D-15.1", kind=LONG, family=YES),
        fact(key="food_and_drink", label="Food and drink", standard="D-15.1", kind=LONG, family=YES),
        fact(key="symptoms", label="Comfort: symptoms", standard="D-15.1", kind=LONG, family=YES),
        fact(key="mouth_care", label="Mouth care", standard="D-15.1", kind=LONG, family=YES),
        fact(key="skin_and_position", label="Skin, position and moving", standard="D-15.1", kind=LONG, family=YES),
        fact(key="mind", label="Worry, restlessness and company", standard="D-15.1", kind=LONG, family=YES),
        fact(key="spiritual", label="Faith, rites and customs", standard="D-15.1", kind=LONG, family=YES),
        fact(key="who_present", label="Who is to be there", standard="D-15.1", kind=LONG, family=YES),
        fact(
            key="observations", label="Checks and treatments stopped or kept", standard="D-15.1", kind=LONG, family=YES
        ),
        fact(key="agreed_with", label="Agreed with", standard="D-15.1", family=YES, max_length=200),
        fact(key="looked_at_on", label="Last looked at on", standard="D-15.1", kind=Kind.DATE, family=YES),
    ),
)

EXPECTED_DEATH = Section(
    key="expected_death",
    title="When death comes",
    family_title="What to do when death comes",
    part=Part.CARE,
    fields=(
        decision(
            key="expected",
            label="Death is expected: recorded by a clinician",
            standard="D-15.2",
            kind=Kind.YES_NO,
            family=YES,
            family_label="Recorded by a clinician as expected",
        ),
        decision(key="statement", label="Statement", standard="D-15.2", kind=LONG, family=YES),
        decision(
            key="recorded_by", label="Recorded by", standard="D-15.2", family=YES, max_length=150, help="Name and role."
        ),
        decision(key="recorded_on", label="Recorded on", standard="D-15.2", kind=Kind.DATE, family=YES),
        decision(
            key="may_verify",
            label="Who may verify the death",
            standard="D-15.2",
            kind=Kind.CHOICES,
            family=YES,
            options=value_set("verifier"),
        ),
        decision(key="call_name", label="Whom to call", standard="D-15.2", family=YES, max_length=150),
        decision(key="call_phone", label="Telephone", standard="D-15.2", kind=Kind.PHONE, family=YES),
        decision(
            key="not_999",
            label="999 and CPR: what was decided",
            standard="D-10.1",
            kind=LONG,
            family=ASK,
            coherence_group=CPR_AND_ESCALATION,
            max_length=600,
            help="In the words of whoever decided, with any exception.",
        ),
        decision(
            key="doctor_will_certify",
            label="Doctor who has agreed to certify",
            standard="D-15.2",
            family=YES,
            max_length=150,
            may_be=MAY_BE_UNKNOWN,
        ),
        decision(
            key="last_seen_by_doctor",
            label="Last seen by that doctor on",
            standard="D-15.2",
            kind=Kind.DATE,
            family=YES,
            may_be=MAY_BE_UNKNOWN,
        ),
    ),
)

SECTIONS = (LAST_DAYS, EXPECTED_DEATH)
