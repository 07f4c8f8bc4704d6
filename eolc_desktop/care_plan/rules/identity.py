"""The rule about whose record this is (K25)."""

from __future__ import annotations

from eolc_desktop.care_plan.nhs_number import is_for_testing, problem_with
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.care_plan.rules.finding import ORDINARY, Finding, ItemRef, Setting, Severity, the_person, told

NUMBER = (ItemRef("person", "nhs_number"),)


def k25(plan: Plan, setting: Setting = ORDINARY) -> tuple[Finding, ...]:
    """The NHS number fails its check, is one for invented people, or stands in another record on this laptop too.

    Identity is one of the few things that keep a plan from being shared (decision 6). A missing number is no finding:
    it is asked for, and never stops anyone.
    """
    number = plan.text("person", "nhs_number")
    if not number:
        return ()
    found: list[Finding] = []
    who = f"{the_person(plan)}, or the GP practice"
    if problem := problem_with(number):
        says = f"{problem} {told(plan, 'person', 'nhs_number')}."
        found.append(Finding("K25", Severity.BLOCKS, says, NUMBER, who))
    elif is_for_testing(number) and not setting.training:
        says = (
            "This NHS number begins with 999. Such numbers are for invented people and are never given to a real one. "
            f"{told(plan, 'person', 'nhs_number')}."
        )
        found.append(Finding("K25", Severity.BLOCKS, says, NUMBER, who))
    if setting.others_with_this_number:
        others = setting.others_with_this_number
        says = (
            f"{'Another record' if others == 1 else f'{others} other records'} on this laptop "
            f"{'has' if others == 1 else 'have'} the same NHS number. {told(plan, 'person', 'nhs_number')}."
        )
        found.append(Finding("K25", Severity.BLOCKS, says, NUMBER, who))
    return tuple(found)
