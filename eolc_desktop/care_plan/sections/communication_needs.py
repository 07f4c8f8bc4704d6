"""How to communicate with the person, asked, recorded and met (D-03; Accessible Information Standard, DCB1605)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, OnFamilyCopy, Part, Section, When
from eolc_desktop.care_plan.item_classes import MAY_BE_UNKNOWN, MAY_DECLINE, fact, voice
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 20
YES = OnFamilyCopy.YES

COMMUNICATION_NEEDS = Section(
    key="communication_needs",
    title="Communication needs",
    family_title="How to talk and write to me",
    part=Part.PERSON,
    intro="What is recorded here also decides how this person's copy is printed.",
    fields=(
        voice(
            key="asked",
            label="Asked about communication needs",
            standard="D-03.1",
            kind=Kind.YES_NO,
            family=YES,
            need=Need.READY,
            may_be=MAY_DECLINE,
            prompt="Is there anything that makes it easier for you to read, hear or follow what we say?",
            family_label="I was asked how best to talk and write to me",
        ),
        voice(
            key="needs",
            label="What helps",
            standard="D-03.1",
            kind=Kind.CHOICES,
            family=YES,
            need=Need.RECOMMENDED,
            options=value_set("information_need"),
            may_be=MAY_DECLINE,
            family_label="What helps me",
        ),
        voice(
            key="format",
            label="How they like to receive information",
            standard="D-03.1",
            kind=Kind.CHOICE,
            family=YES,
            options=value_set("information_format"),
            family_label="How I like to receive information",
        ),
        voice(
            key="print_size",
            label="Size of print, in points",
            standard="D-03.1",
            kind=Kind.NUMBER,
            family=YES,
            minimum=12,
            maximum=48,
            show_when=When("needs", ("large_print",)),
            help="16 is the smallest that counts as large print.",
            family_label="Size of print that I can read, in points",
        ),
        voice(
            key="translated_into",
            label="Language for written information",
            standard="D-03.1",
            kind=Kind.CODED,
            family=YES,
            show_when=When("needs", ("translated",)),
            family_label="Language in which I read",
        ),
        fact(
            key="disabilities",
            label="Disabilities",
            standard="D-03.2",
            kind=Kind.CHOICES,
            need=Need.RECOMMENDED,
            options=value_set("disability"),
            may_be=MAY_BE_UNKNOWN,
        ),
        fact(
            key="disabilities_words",
            label="Disabilities, in words",
            standard="D-03.2",
            kind=Kind.LONG_TEXT,
            max_length=1000,
            help="Kind, since when, and what it means day to day.",
        ),
        fact(key="cognition", label="Memory and thinking", standard="D-03.2", kind=Kind.LONG_TEXT, max_length=600),
        fact(key="mobility", label="Moving about", standard="D-03.2", kind=Kind.CODED),
        # The national list is the SNOMED CT reference set 999002121000000109; it is not shipped, so these are words.
        fact(
            key="reasonable_adjustments",
            label="Reasonable adjustments",
            standard="D-03.3",
            kind=Kind.LONG_TEXT,
            family=YES,
            need=Need.RECOMMENDED,
            help="What every service should do differently for this person.",
            family_label="What I need you to do differently",
        ),
        fact(
            key="other_requirements",
            label="Other requirements",
            standard="D-03.3",
            kind=Kind.LONG_TEXT,
            family=YES,
            max_length=600,
            family_label="Other things I need",
        ),
        voice(
            key="how_i_communicate",
            label="How they communicate, and how to communicate with them",
            standard="D-03.4",
            kind=Kind.LONG_TEXT,
            family=YES,
            need=Need.RECOMMENDED,
            may_be=MAY_DECLINE,
            prompt="How do you let people know what you want? What should we do, or not do?",
            family_label="How I communicate, and how to communicate with me",
        ),
    ),
)

SECTIONS = (COMMUNICATION_NEEDS,)
