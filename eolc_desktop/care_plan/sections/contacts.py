"""The people who matter, and how far each is to be involved (D-07.2 to D-07.4; D-03.1 for each of them)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, OnFamilyCopy, Part, Section
from eolc_desktop.care_plan.item_classes import MAY_BE_UNKNOWN, MAY_DECLINE, fact, voice
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 10
YES = OnFamilyCopy.YES
FRESH_DAYS = 60  # K32

CONTACTS = Section(
    key="contacts",
    title="People who matter",
    family_title="People who matter to me",
    part=Part.PEOPLE,
    intro="For each: how far the person wants them to be involved.",
    repeats=True,
    entry_name="contact",
    entry_title=("name", "relationship"),
    fields=(
        fact(key="name", label="Name", standard="D-07.2", family=YES, need=Need.RECOMMENDED, max_length=150),
        fact(
            key="relationship",
            label="Who they are to the person",
            standard="D-07.2",
            family=YES,
            need=Need.RECOMMENDED,
            max_length=100,
            help="For example: daughter, neighbour.",
            family_label="Who they are to me",
        ),
        fact(
            key="kin",
            label="The same from a list, for other systems",
            standard="D-07.2",
            kind=Kind.CHOICE,
            options=value_set("kin"),
            family_label="Relationship",
        ),
        fact(
            key="roles",
            label="What they do",
            standard="D-07.2",
            kind=Kind.CHOICES,
            family=YES,
            options=value_set("contact_role"),
        ),
        fact(
            key="phone",
            label="Telephone to try first",
            standard="D-07.2",
            kind=Kind.PHONE,
            family=YES,
            need=Need.RECOMMENDED,
            age_limit_days=FRESH_DAYS,
            family_label="Telephone",
        ),
        fact(
            key="phone_other",
            label="Telephone to try next",
            standard="D-07.2",
            kind=Kind.PHONE,
            family=YES,
            family_label="Other telephone",
        ),
        fact(key="email", label="E-mail", standard="D-07.2", family=YES, max_length=254),
        fact(key="notes", label="Comments", standard="D-07.2", kind=Kind.LONG_TEXT, max_length=600),
        fact(key="holds_key", label="Holds a key", standard="D-07.2", kind=Kind.YES_NO, family=YES),
        fact(
            key="call_when",
            label="When to call them",
            standard="D-07.2",
            family=YES,
            max_length=300,
            prompt="When would they want to be called? At any hour?",
            help="For example: as soon as things change, at any hour.",
        ),
        fact(key="call_at_night", label="May be called at night", standard="D-07.2", kind=Kind.YES_NO, family=YES),
        voice(
            key="involvement",
            label="How far the person wants them involved",
            standard="D-07.3",
            kind=Kind.CHOICE,
            need=Need.RECOMMENDED,
            options=value_set("involvement"),
            prompt="How much should they know, and how far should they have a say?",
            help="Decides what may be printed for them. It is not printed itself.",
        ),
        voice(
            key="involvement_topics",
            label="About which matters, if not all",
            standard="D-07.3",
            kind=Kind.LONG_TEXT,
            max_length=600,
        ),
        fact(
            key="aware_diagnosis",
            label="The diagnosis",
            standard="D-07.4",
            kind=Kind.CHOICE,
            options=value_set("awareness_diagnosis"),
            may_be=MAY_BE_UNKNOWN,
        ),
        fact(
            key="aware_prognosis",
            label="What to expect",
            standard="D-07.4",
            kind=Kind.CHOICE,
            options=value_set("awareness_prognosis"),
            may_be=MAY_BE_UNKNOWN,
        ),
        fact(
            key="aware_cpr",
            label="The CPR decision",
            standard="D-07.4",
            kind=Kind.CHOICE,
            options=value_set("awareness_cpr"),
            may_be=MAY_BE_UNKNOWN,
        ),
        voice(
            key="information_needs",
            label="What helps them to read, hear or follow",
            standard="D-03.1",
            kind=Kind.CHOICES,
            family=YES,
            options=value_set("information_need"),
            may_be=MAY_DECLINE,
            prompt="Is there anything that makes it easier for you to read, hear or follow what we say?",
        ),
    ),
)

SECTIONS = (CONTACTS,)
