"""Did it happen? Each wish looked back on, with reasons from a fixed list (D-11.8)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, Part, Section, When
from eolc_desktop.care_plan.item_classes import fact
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 20


LOOKING_BACK = Section(
    key="looking_back",
    title="Did it happen?",
    part=Part.AFTER_DEATH,
    intro="One entry for each wish: kept or not, why, and what we learn from it.",
    repeats=True,
    entry_name="wish looked back on",
    entry_title=("wish",),
    fields=(
        fact(
            key="wish",
            label="Which wish",
            standard="D-11.8",
            kind=Kind.CHOICE,
            need=Need.RECOMMENDED,
            options=value_set("wish"),
        ),
        fact(key="wish_words", label="The wish, in words", standard="D-11.8", max_length=300),
        fact(
            key="kept",
            label="Was it kept?",
            standard="D-11.8",
            kind=Kind.CHOICE,
            need=Need.RECOMMENDED,
            options=value_set("wish_kept"),
        ),
        fact(
            key="reasons",
            label="Why not",
            standard="D-11.8",
            kind=Kind.CHOICES,
            need=Need.CONDITION,
            options=value_set("wish_reason"),
            show_when=When("kept", ("partly", "no")),
        ),
        fact(key="words", label="What happened, in words", standard="D-11.8", kind=Kind.LONG_TEXT),
        fact(key="learning", label="What we learn from it", standard="D-11.8", kind=Kind.LONG_TEXT),
        fact(
            key="said_by",
            label="Who says so",
            standard="D-11.8",
            max_length=150,
            help="Name, and role or relationship.",
        ),
    ),
)

SECTIONS = (LOOKING_BACK,)
