"""Tasks of the team: one list by owner and day (D-13.2)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, Part, Section, When
from eolc_desktop.care_plan.item_classes import fact
from eolc_desktop.care_plan.value_sets import value_set

ORDER = 45


TASKS = Section(
    key="tasks",
    title="Tasks of the team",
    part=Part.PROMISES,
    intro="What the team has to do. What the person was promised stands under next steps.",
    repeats=True,
    entry_name="task",
    entry_title=("what", "owner"),
    fields=(
        fact(key="what", label="What", standard="D-13.2", need=Need.RECOMMENDED, max_length=500),
        fact(key="owner", label="Who does it", standard="D-13.2", need=Need.RECOMMENDED, max_length=150),
        fact(key="team", label="Team", standard="D-13.2", max_length=150),
        fact(key="due_on", label="By when", standard="D-13.2", kind=Kind.DATE, need=Need.RECOMMENDED),
        fact(key="state", label="How it stands", standard="D-13.2", kind=Kind.CHOICE, options=value_set("task_state")),
        fact(
            key="from_where",
            label="Where it comes from",
            standard="D-13.2",
            kind=Kind.CHOICE,
            options=value_set("task_from"),
        ),
        fact(key="done_on", label="Done on", standard="D-13.2", kind=Kind.DATE, show_when=When("state", ("done",))),
        fact(key="done_by", label="Done by", standard="D-13.2", max_length=150, show_when=When("state", ("done",))),
        fact(key="comment", label="Comment", standard="D-13.2", kind=Kind.LONG_TEXT, max_length=1000),
    ),
)

SECTIONS = (TASKS,)
