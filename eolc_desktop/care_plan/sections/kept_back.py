"""What the person wants kept back, and from whom (D-01.6)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Part, Section
from eolc_desktop.care_plan.item_classes import MAY_DECLINE, voice
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 40

# Outside the coherence group on purpose: when two people each keep something back, both stand, which is the safer
# reading, and neither has to wait for the other.
KEPT_BACK = Section(
    key="kept_back",
    title="Kept back",
    part=Part.PERSON,
    intro="What the person wants kept from someone. It stays on this laptop and off every copy for them.",
    repeats=True,
    entry_name="item kept back",
    entry_title=("what", "what_words"),
    fields=(
        voice(
            key="what",
            label="What is kept back",
            standard="D-01.6",
            kind=Kind.CHOICES,
            options=value_set("kept_back_item"),
            prompt="Is there anything here that you would not want someone to know?",
        ),
        voice(
            key="what_words",
            label="Something else, in words",
            standard="D-01.6",
            kind=Kind.LONG_TEXT,
            max_length=1000,
            help="The program cannot find this by itself: it will ask at every print.",
        ),
        voice(
            key="from_whom",
            label="From whom",
            standard="D-01.6",
            kind=Kind.CHOICES,
            options=value_set("kept_back_from"),
            help="Left empty, it is kept from everyone.",
        ),
        voice(key="from_contact", label="From this person", standard="D-01.6", kind=Kind.LINK, links_to="contacts"),
        voice(key="why", label="Why, if they said", standard="D-01.6", kind=Kind.LONG_TEXT, may_be=MAY_DECLINE),
    ),
)

SECTIONS = (KEPT_BACK,)
