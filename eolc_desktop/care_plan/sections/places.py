"""Where the person wants to be cared for and to die (D-11.1 to D-11.4).

How a preference changed over time (D-11.6) is the history of its field in the journal.
"""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, OnFamilyCopy, Part, Section, When
from eolc_desktop.care_plan.item_classes import MAY_DECLINE, PLACES, voice
from eolc_desktop.care_plan.value_sets import code, value_set

ORDER = 30
YES, ASK = OnFamilyCopy.YES, OnFamilyCopy.ASK
FRESH_DAYS = 90  # K32

NO_PREFERENCE = ("undecided", "declined", "unable", "not_appropriate")
"""The four answers that say why no place is named; each is an answer, and none is a gap."""

A_PLACE = tuple(option.key for option in value_set("preferred_place_of_death") if option.key not in NO_PREFERENCE)

PREFERRED_PLACES = Section(
    key="places",
    title="Preferred place of care and death",
    family_title="Where I want to be",
    part=Part.WHAT_MATTERS,
    fields=(
        voice(
            key="preferred_care",
            label="Where they want to be cared for now",
            standard="D-11.1",
            kind=Kind.CHOICE,
            family=YES,
            need=Need.RECOMMENDED,
            coherence_group=PLACES,
            options=value_set("place_of_care"),
            may_be=MAY_DECLINE,
            age_limit_days=FRESH_DAYS,
            prompt="Where would you like to be looked after?",
            family_label="Where I want to be cared for",
        ),
        voice(
            key="preferred_care_words",
            label="Name of the place, or in words",
            standard="D-11.1",
            family=YES,
            coherence_group=PLACES,
            max_length=300,
            family_label="The place, or in my words",
        ),
        voice(
            key="preferred_death",
            label="Where they want to die: first choice",
            standard="D-11.2",
            kind=Kind.CHOICE,
            family=ASK,
            need=Need.READY,
            coherence_group=PLACES,
            options=value_set("preferred_place_of_death"),
            codes=(code("snomed", "395091006"),),
            age_limit_days=FRESH_DAYS,
            prompt="If the time came, where would you want to be?",
            family_label="Where I want to be when I die",
        ),
        voice(
            key="preferred_death_words",
            label="In their own words",
            standard="D-11.2",
            kind=Kind.LONG_TEXT,
            family=ASK,
            coherence_group=PLACES,
            max_length=600,
            may_be=MAY_DECLINE,
            family_label="In my own words",
        ),
        voice(
            key="preferred_death_name",
            label="Name of the place",
            standard="D-11.2",
            family=ASK,
            need=Need.RECOMMENDED,
            coherence_group=PLACES,
            max_length=200,
            show_when=When("preferred_death", A_PLACE),
            family_label="The place",
        ),
        voice(
            key="preferred_death_address",
            label="Its address",
            standard="D-11.2",
            kind=Kind.LONG_TEXT,
            family=ASK,
            coherence_group=PLACES,
            max_length=400,
            show_when=When("preferred_death", A_PLACE),
        ),
        voice(
            key="is_usual_residence",
            label="It is where they usually live",
            standard="D-11.2",
            kind=Kind.YES_NO,
            family=ASK,
            coherence_group=PLACES,
            codes=(code("snomed", "819211000000102"),),
            show_when=When("preferred_death", A_PLACE),
            family_label="It is where I live",
        ),
        voice(
            key="second_choice",
            label="Where they want to die: second choice",
            standard="D-11.3",
            kind=Kind.CHOICE,
            family=ASK,
            need=Need.RECOMMENDED,
            coherence_group=PLACES,
            options=value_set("preferred_place_of_death"),
            age_limit_days=FRESH_DAYS,
            show_when=When("preferred_death", A_PLACE),
            prompt="And if that were not possible?",
            family_label="If that is not possible",
        ),
        voice(
            key="second_choice_name",
            label="Name of the second place",
            standard="D-11.3",
            family=ASK,
            coherence_group=PLACES,
            max_length=200,
            show_when=When("second_choice", A_PLACE),
            family_label="The place",
        ),
        voice(
            key="second_choice_address",
            label="Address of the second place",
            standard="D-11.3",
            kind=Kind.LONG_TEXT,
            family=ASK,
            coherence_group=PLACES,
            max_length=400,
            show_when=When("second_choice", A_PLACE),
            family_label="Its address",
        ),
        voice(
            key="second_is_usual_residence",
            label="The second place is where they usually live",
            standard="D-11.3",
            kind=Kind.YES_NO,
            family=ASK,
            coherence_group=PLACES,
            show_when=When("second_choice", A_PLACE),
            family_label="It is where I live",
        ),
        voice(
            key="strength",
            label="How strongly they feel about it",
            standard="D-11.4",
            kind=Kind.LONG_TEXT,
            family=ASK,
            need=Need.RECOMMENDED,
            coherence_group=PLACES,
            may_be=MAY_DECLINE,
            prompt="How much does this matter to you?",
            family_label="How much this matters to me",
        ),
        voice(
            key="what_would_change_it",
            label="What would change it",
            standard="D-11.4",
            kind=Kind.LONG_TEXT,
            family=ASK,
            need=Need.RECOMMENDED,
            coherence_group=PLACES,
            may_be=MAY_DECLINE,
            prompt="Is there anything that would make you want to be somewhere else?",
            help="For example: home, unless the pain cannot be eased or my husband cannot go on.",
            family_label="What would change my mind",
        ),
    ),
)

SECTIONS = (PREFERRED_PLACES,)
