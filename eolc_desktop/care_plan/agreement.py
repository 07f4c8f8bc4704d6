"""Whether the plan was agreed, by whom, at which version, and how a disagreement stands (D-00.9)."""

from __future__ import annotations

from eolc_desktop.care_plan.dates import day_words, today
from eolc_desktop.care_plan.fields import is_empty
from eolc_desktop.care_plan.plan import Plan

PLACE = "plan_control"
AGREEING = ("agreed", "agreed_with", "agreed_on", "disagreement")
"""The items that say so."""
NOT_ASKED = "Nobody has recorded yet whether this plan is agreed."


def agreement_words(plan: Plan) -> str:
    """Whether the plan as it stands in this snapshot is agreed, by whom and when it was said, and what is not agreed.

    "Recorded", never "agreed", unless agreement was recorded (decision 8 of the design).
    """
    item = plan.item(PLACE, "agreed")
    if item is None or is_empty(item.value):
        return NOT_ASKED
    parts = [f"Agreed: {plan.words(PLACE, 'agreed')}"]
    if who := plan.text(PLACE, "agreed_with"):
        parts.append(f"with {who}")
    on = plan.value(PLACE, "agreed_on")
    parts.append(
        plan.words(PLACE, "agreed_on") if not is_empty(on) else f"recorded {day_words(today(item.recorded_at))}"
    )
    said = f"{', '.join(parts)}."
    if words := plan.text(PLACE, "disagreement"):
        said += f" Not agreed with: “{words}”"
    return said
