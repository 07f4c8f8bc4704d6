"""Conversations and visits: who, when, where, what was said and what was left for another day (D-16.4)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, Part, Section
from eolc_desktop.care_plan.item_classes import log
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 40


CONVERSATIONS = Section(
    key="conversations",
    title="Conversations",
    part=Part.PROMISES,
    intro="One entry for each conversation or visit, also what the person did not want to talk about.",
    repeats=True,
    entry_name="conversation",
    entry_title=("on", "place"),
    fields=(
        log(key="on", label="Date", standard="D-16.4", kind=Kind.DATE, need=Need.RECOMMENDED),
        log(key="at", label="Time", standard="D-16.4", max_length=20, help="24-hour clock, for example 14:30."),
        log(key="place", label="Where", standard="D-16.4", kind=Kind.CHOICE, options=value_set("conversation_place")),
        log(
            key="kinds",
            label="What kind of conversation",
            standard="D-16.4",
            kind=Kind.CHOICES,
            options=value_set("conversation_kind"),
        ),
        log(
            key="by",
            label="Who led it",
            standard="D-16.4",
            need=Need.RECOMMENDED,
            max_length=150,
            help="Name and role.",
        ),
        log(
            key="professional",
            label="Who led it, from the care team",
            standard="D-16.4",
            kind=Kind.LINK,
            links_to="care_team",
        ),
        log(key="present", label="Who was there", standard="D-16.4", kind=Kind.LONG_TEXT, max_length=600),
        log(
            key="contact",
            label="Family or friend who took part",
            standard="D-16.4",
            kind=Kind.LINK,
            links_to="contacts",
        ),
        log(
            key="discussed",
            label="What was talked about",
            standard="D-16.4",
            kind=Kind.LONG_TEXT,
            need=Need.RECOMMENDED,
        ),
        log(key="not_discussed", label="What was not talked about, and why", standard="D-16.4", kind=Kind.LONG_TEXT),
        log(key="next", label="What comes next", standard="D-16.4", kind=Kind.LONG_TEXT, max_length=1000),
    ),
)

SECTIONS = (CONVERSATIONS,)
