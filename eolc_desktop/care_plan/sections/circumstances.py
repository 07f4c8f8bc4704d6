"""Other addresses, other ways to reach the person, and home and circumstances (D-02.8, D-02.10, D-02.12)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, Part, Section
from eolc_desktop.care_plan.item_classes import MAY_BE_UNKNOWN, fact
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 12


# Kept off the family's copy, stricter than the dictionary: an address may be confidential, and is not theirs to need.
OTHER_ADDRESSES = Section(
    key="other_addresses",
    title="Other addresses",
    part=Part.PERSON,
    repeats=True,
    entry_name="other address",
    entry_title=("kind", "address"),
    fields=(
        fact(
            key="kind",
            label="Kind of address",
            standard="D-02.8",
            kind=Kind.CHOICE,
            need=Need.RECOMMENDED,
            options=value_set("address_use"),
        ),
        fact(
            key="address",
            label="Address",
            standard="D-02.8",
            kind=Kind.LONG_TEXT,
            need=Need.RECOMMENDED,
            max_length=400,
            help="One line for each part, without the postcode.",
        ),
        fact(key="postcode", label="Postcode", standard="D-02.8", max_length=10),
        fact(key="from_date", label="From", standard="D-02.8", kind=Kind.DATE),
        fact(key="until_date", label="Until", standard="D-02.8", kind=Kind.DATE),
    ),
)

OTHER_WAYS = Section(
    key="other_ways",
    title="Other ways to reach them",
    part=Part.PERSON,
    repeats=True,
    entry_name="way to reach them",
    entry_title=("system", "value"),
    fields=(
        fact(
            key="system",
            label="How",
            standard="D-02.10",
            kind=Kind.CHOICE,
            need=Need.RECOMMENDED,
            options=value_set("contact_system"),
        ),
        fact(key="value", label="Number or address", standard="D-02.10", need=Need.RECOMMENDED, max_length=255),
        fact(key="use", label="Which", standard="D-02.10", kind=Kind.CHOICE, options=value_set("contact_use")),
        fact(
            key="rank",
            label="Order in which to try it, 1 to 5",
            standard="D-02.10",
            kind=Kind.NUMBER,
            minimum=1,
            maximum=5,
        ),
        fact(key="words", label="What else to know", standard="D-02.10", max_length=255),
    ),
)

CIRCUMSTANCES = Section(
    key="circumstances",
    title="Home and circumstances",
    part=Part.PERSON,
    fields=(
        fact(key="accommodation", label="Accommodation", standard="D-02.12", kind=Kind.CODED, may_be=MAY_BE_UNKNOWN),
        fact(key="home_words", label="The home, in words", standard="D-02.12", kind=Kind.LONG_TEXT, max_length=600),
        fact(
            key="social",
            label="Social matters and anything else to know",
            standard="D-02.12",
            kind=Kind.LONG_TEXT,
            max_length=1000,
        ),
    ),
)

SECTIONS = (OTHER_ADDRESSES, OTHER_WAYS, CIRCUMSTANCES)
