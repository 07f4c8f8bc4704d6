"""The main carer and how they are managing (D-07.1, D-07.5)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, OnFamilyCopy, Part, Section, When
from eolc_desktop.care_plan.item_classes import MAY_BE_UNKNOWN, MAY_DECLINE, fact, voice
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 12
YES, ASK = OnFamilyCopy.YES, OnFamilyCopy.ASK
HAS_A_CARER = When("has_carer", ("has",))

CARER = Section(
    key="carer",
    title="The carer",
    family_title="The person who cares for me",
    part=Part.PEOPLE,
    fields=(
        fact(
            key="has_carer",
            label="Main carer",
            standard="D-07.1",
            kind=Kind.CHOICE,
            family=YES,
            need=Need.READY,
            options=value_set("carer"),
            may_be=MAY_BE_UNKNOWN,
            help="Someone unpaid: family, friend or neighbour.",
        ),
        fact(
            key="carer",
            label="Who the carer is",
            standard="D-07.1",
            kind=Kind.LINK,
            family=YES,
            need=Need.CONDITION,
            links_to="contacts",
            show_when=HAS_A_CARER,
            family_label="Who cares for me",
        ),
        voice(
            key="assessment",
            label="Carer's assessment",
            standard="D-07.5",
            kind=Kind.CHOICE,
            family=ASK,
            need=Need.RECOMMENDED,
            options=value_set("carer_assessment"),
            show_when=HAS_A_CARER,
        ),
        voice(
            key="strain",
            label="How the carer is managing, 0 to 10",
            standard="D-07.5",
            kind=Kind.NUMBER,
            family=ASK,
            need=Need.RECOMMENDED,
            minimum=0,
            maximum=10,
            may_be=MAY_DECLINE,
            show_when=HAS_A_CARER,
            prompt="How are you managing yourself? 0 is well, 10 is that you cannot go on.",
            help="Asked of the carer, alone where possible. 0: managing well. 10: cannot go on.",
        ),
        voice(
            key="strain_words",
            label="In the carer's own words",
            standard="D-07.5",
            kind=Kind.LONG_TEXT,
            family=ASK,
            show_when=HAS_A_CARER,
        ),
        voice(
            key="night_cover",
            label="At night",
            standard="D-07.5",
            kind=Kind.CHOICE,
            family=ASK,
            need=Need.RECOMMENDED,
            options=value_set("night_cover"),
            prompt="Who is here at night?",
        ),
        voice(
            key="if_carer_ill",
            label="What happens if the carer falls ill or cannot go on",
            standard="D-07.5",
            kind=Kind.LONG_TEXT,
            family=ASK,
            need=Need.RECOMMENDED,
            show_when=HAS_A_CARER,
            prompt="What would we do if you fell ill, or simply could not go on?",
        ),
    ),
)

SECTIONS = (CARER,)
