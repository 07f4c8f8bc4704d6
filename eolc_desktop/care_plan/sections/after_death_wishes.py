"""What the person wishes for after their death (D-15.3)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, OnFamilyCopy, Part, Section
from eolc_desktop.care_plan.item_classes import MAY_DECLINE, voice

ORDER = 40
YES = OnFamilyCopy.YES

LONG = Kind.LONG_TEXT

AFTER_DEATH_WISHES = Section(
    key="after_death_wishes",
    title="Wishes for after death",
    family_title="My wishes for after I have died",
    part=Part.WHAT_MATTERS,
    fields=(
        voice(
            key="funeral",
            label="Funeral",
            standard="D-15.3",
            kind=LONG,
            family=YES,
            may_be=MAY_DECLINE,
            prompt="Have you thought about your funeral?",
        ),
        voice(
            key="funeral_director",
            label="Funeral director",
            standard="D-15.3",
            family=YES,
            max_length=200,
            help="Name and telephone.",
        ),
        voice(
            key="faith_timing",
            label="Faith: what must happen, and how soon",
            standard="D-15.3",
            kind=LONG,
            family=YES,
            may_be=MAY_DECLINE,
            prompt="Is there anything that has to happen soon after death, or must not happen?",
        ),
        voice(
            key="who_tells",
            label="Who tells whom",
            standard="D-15.3",
            kind=LONG,
            family=YES,
            may_be=MAY_DECLINE,
            prompt="Who should be told first, and by whom?",
        ),
        voice(
            key="body",
            label="Care of the body",
            standard="D-15.3",
            kind=LONG,
            family=YES,
            may_be=MAY_DECLINE,
            help="Washing, clothes, jewellery, where to rest.",
        ),
        voice(
            key="keepsakes",
            label="Letters, keepsakes and messages",
            standard="D-15.3",
            kind=LONG,
            family=YES,
            may_be=MAY_DECLINE,
        ),
        voice(key="will", label="Where the will is", standard="D-15.3", family=YES, max_length=300, may_be=MAY_DECLINE),
        voice(
            key="equipment",
            label="Equipment: who to ring to have it collected",
            standard="D-15.3",
            family=YES,
            max_length=300,
        ),
    ),
)

SECTIONS = (AFTER_DEATH_WISHES,)
