"""Reviews by the whole team, one entry for each meeting (D-00.8)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, Part, Section
from eolc_desktop.care_plan.item_classes import log
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 55


TEAM_REVIEWS = Section(
    key="team_reviews",
    title="Team meetings",
    part=Part.PERSON,
    intro="One entry for each multidisciplinary or Gold Standards Framework meeting at which this plan was reviewed.",
    repeats=True,
    entry_name="meeting",
    entry_title=("on",),
    fields=(
        log(key="on", label="Date", standard="D-00.8", kind=Kind.DATE, need=Need.RECOMMENDED),
        log(key="attendees", label="Who was there", standard="D-00.8", kind=Kind.LONG_TEXT, max_length=1000),
        log(key="stage", label="Stage agreed", standard="D-00.8", kind=Kind.CHOICE, options=value_set("stage")),
        log(key="discussed", label="What was talked about", standard="D-00.8", kind=Kind.LONG_TEXT),
        log(key="decided", label="What was decided", standard="D-00.8", kind=Kind.LONG_TEXT),
        log(key="next_on", label="Next meeting", standard="D-00.8", kind=Kind.DATE),
    ),
)

SECTIONS = (TEAM_REVIEWS,)
