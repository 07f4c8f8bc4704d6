"""Alerts for those who visit or care (D-16.3). They are never printed."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, Part, Section
from eolc_desktop.care_plan.item_classes import SAFEGUARDING, fact
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 60


ALERTS = Section(
    key="alerts",
    title="Alerts",
    part=Part.DECISIONS,
    intro="For staff only. Alerts stand on no printed page.",
    repeats=True,
    entry_name="alert",
    entry_title=("kind", "alert"),
    fields=(
        fact(
            key="kind",
            label="Kind",
            standard="D-16.3",
            kind=Kind.CHOICE,
            need=Need.RECOMMENDED,
            coherence_group=SAFEGUARDING,
            options=value_set("alert_kind"),
            never_printed=True,
        ),
        fact(
            key="alert",
            label="Alert",
            standard="D-16.3",
            kind=Kind.LONG_TEXT,
            need=Need.RECOMMENDED,
            coherence_group=SAFEGUARDING,
            max_length=1000,
            never_printed=True,
        ),
        fact(
            key="since",
            label="Since",
            standard="D-16.3",
            kind=Kind.DATE,
            coherence_group=SAFEGUARDING,
            never_printed=True,
        ),
        fact(
            key="raised_by",
            label="Raised by",
            standard="D-16.3",
            coherence_group=SAFEGUARDING,
            max_length=150,
            never_printed=True,
            help="Name and role.",
        ),
        fact(
            key="review_on",
            label="Looked at again on",
            standard="D-16.3",
            kind=Kind.DATE,
            coherence_group=SAFEGUARDING,
            never_printed=True,
        ),
    ),
)

SECTIONS = (ALERTS,)
