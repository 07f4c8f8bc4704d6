"""Children and others at home who depend on the person (D-07.11)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Part, Section
from eolc_desktop.care_plan.item_classes import fact
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 40

HOUSEHOLD = Section(
    key="household",
    title="Children and others at home",
    part=Part.PEOPLE,
    repeats=True,
    entry_name="person at home",
    entry_title=("name",),
    fields=(
        fact(key="name", label="Name", standard="D-07.11", max_length=150),
        fact(key="who", label="Who they are", standard="D-07.11", kind=Kind.CHOICE, options=value_set("household")),
        fact(key="age", label="Age", standard="D-07.11", kind=Kind.NUMBER, minimum=0, maximum=120),
        fact(key="support", label="Support they have or need", standard="D-07.11", kind=Kind.LONG_TEXT),
    ),
)

SECTIONS = (HOUSEHOLD,)
