"""NHS Continuing Healthcare Fast Track: what was written, by whom, and the clock from receipt (D-13.4, D-13.5)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, OnFamilyCopy, Part, Section
from eolc_desktop.care_plan.item_classes import fact
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 30
ASK = OnFamilyCopy.ASK

FAST_TRACK = Section(
    key="fast_track",
    title="Continuing healthcare (Fast Track)",
    family_title="Continuing healthcare",
    part=Part.CARE,
    intro="Times with date and hour. The 48 hours run from the receipt of the completed form, not from its signing.",
    fields=(
        fact(
            key="stage",
            label="How it stands",
            standard="D-13.4",
            kind=Kind.CHOICE,
            family=ASK,
            options=value_set("fast_track_stage"),
        ),
        fact(key="signed_at", label="Signed", standard="D-13.4", kind=Kind.DATE_TIME, family=ASK),
        fact(key="sent_at", label="Sent", standard="D-13.4", kind=Kind.DATE_TIME, family=ASK),
        fact(key="sent_to", label="Sent to", standard="D-13.4", family=ASK, max_length=200),
        fact(key="received_at", label="Receipt confirmed", standard="D-13.4", kind=Kind.DATE_TIME, family=ASK),
        fact(key="received_by", label="Receipt confirmed by", standard="D-13.4", family=ASK, max_length=150),
        fact(key="decided_at", label="Decided", standard="D-13.4", kind=Kind.DATE_TIME, family=ASK),
        fact(key="decided_by", label="Decided by", standard="D-13.4", family=ASK, max_length=150),
        fact(key="started_at", label="Care package started", standard="D-13.4", kind=Kind.DATE_TIME, family=ASK),
        fact(
            key="package",
            label="Care package",
            standard="D-13.4",
            kind=Kind.LONG_TEXT,
            family=ASK,
            max_length=1000,
            help="Visits, nights, who provides it.",
        ),
        fact(
            key="problem",
            label="What held it up",
            standard="D-13.4",
            kind=Kind.CHOICES,
            family=ASK,
            options=value_set("fast_track_problem"),
        ),
        fact(
            key="problem_words",
            label="What held it up, in words",
            standard="D-13.4",
            kind=Kind.LONG_TEXT,
            family=ASK,
            max_length=1000,
        ),
        fact(
            key="step_down_on",
            label="Package reviewed on",
            standard="D-13.4",
            kind=Kind.DATE,
            family=ASK,
            help="The review that asks whether the package still fits.",
        ),
        fact(key="clinician_name", label="Referring clinician", standard="D-13.5", max_length=150),
        fact(key="clinician_role", label="Their role", standard="D-13.5", max_length=150),
        fact(
            key="clinician_number",
            label="Their registration number",
            standard="D-13.5",
            max_length=35,
            help="GMC or NMC number.",
        ),
        fact(key="clinician_organisation", label="Their organisation", standard="D-13.5", max_length=200),
        fact(key="clinician_phone", label="Their telephone", standard="D-13.5", kind=Kind.PHONE),
        fact(key="clinician_email", label="Their e-mail", standard="D-13.5", max_length=254),
        fact(
            key="deteriorating",
            label="Rapidly deteriorating, may be entering a terminal phase: stated by the clinician",
            standard="D-13.5",
            kind=Kind.YES_NO,
        ),
        fact(key="reasons", label="Reasons and evidence", standard="D-13.5", kind=Kind.LONG_TEXT),
        fact(key="needs_now", label="How needs are met now", standard="D-13.5", kind=Kind.LONG_TEXT),
        fact(key="needs_expected", label="How needs are expected to change", standard="D-13.5", kind=Kind.LONG_TEXT),
        fact(key="completed_on", label="Date on the form", standard="D-13.5", kind=Kind.DATE),
    ),
)

SECTIONS = (FAST_TRACK,)
