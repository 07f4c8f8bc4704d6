"""Rules about the preferred place, the review and the CPR recommendation (K01 to K06)."""

from __future__ import annotations

from datetime import timedelta

from eolc_desktop.care_plan.dates import day_words
from eolc_desktop.care_plan.fields import is_empty
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.care_plan.rules.finding import (
    ORDINARY,
    Finding,
    ItemRef,
    Setting,
    Severity,
    days_of,
    has_died,
    key_worker,
    known,
    listed,
    the_person,
    told,
    who_decided_on_cpr,
)

NOT_FOR = "not_for"


def k01(plan: Plan) -> tuple[Finding, ...]:
    """The preferred place of death is empty, and so is the reason for having none (SCCI1580 requirement 54)."""
    if has_died(plan) or not is_empty(plan.value("places", "preferred_death")):
        return ()
    says = (
        "No preferred place of death is recorded, and no reason for having none. “Undecided”, “did not want to discuss "
        "this”, “unable to express a preference” and “discussion not appropriate” are answers too."
    )
    return (Finding("K01", Severity.WARNING, says, (ItemRef("places", "preferred_death"),), the_person(plan)),)


def k02(plan: Plan, setting: Setting = ORDINARY) -> tuple[Finding, ...]:
    """The planned review is missing, has passed, or is too far ahead (SCCI1580 requirements 19 and 20)."""
    if has_died(plan):
        return ()
    days = days_of(plan, "plan_control", "review_date")
    limit = setting.limits.review_within_days
    if days is None and is_empty(plan.value("plan_control", "review_date")):
        says = "No review of this plan is planned."
    elif days is None:
        says = f"The planned review has no date that can be read. {told(plan, 'plan_control', 'review_date')}."
    elif days[1] < plan.today:
        says = f"The planned review has passed. {told(plan, 'plan_control', 'review_date')}."
    elif days[0] > plan.today + timedelta(days=limit):
        says = (
            f"The planned review is more than {limit} days ahead. {told(plan, 'plan_control', 'review_date')}. "
            f"{limit} days from today is {day_words(plan.today + timedelta(days=limit))}."
        )
    else:
        return ()
    who = plan.text("plan_control", "review_responsible") or key_worker(plan)
    return (Finding("K02", Severity.WARNING, says, (ItemRef("plan_control", "review_date"),), who),)


def k03(plan: Plan) -> tuple[Finding, ...]:
    """The CPR status is blank: it is said in words even when there is no decision (CQC 2021)."""
    if has_died(plan) or not is_empty(plan.value("cpr", "decision")):
        return ()
    says = (
        "Nothing is recorded about CPR, not even that there is no decision. Whoever reads this plan cannot tell "
        "whether a decision exists."
    )
    return (Finding("K03", Severity.WARNING, says, (ItemRef("cpr", "decision"),), who_decided_on_cpr(plan)),)


def k04(plan: Plan) -> tuple[Finding, ...]:
    """“Not for CPR” without its date, its decision-maker, who was involved, or where the form is (CQC 2021)."""
    if has_died(plan) or plan.value("cpr", "decision") != NOT_FOR:
        return ()
    gaps: list[tuple[str, str]] = []
    if not known(plan, "cpr", "decided_at"):
        gaps.append(("decided_at", "the date of the decision"))
    if not known(plan, "cpr", "decided_by_name"):
        gaps.append(("decided_by_name", "who made it"))
    if not known(plan, "cpr", "person_involved"):
        gaps.append(("person_involved", "whether the person was involved"))
    elif plan.value("cpr", "person_involved") == "no" and not known(plan, "cpr", "person_not_involved_reason"):
        gaps.append(("person_not_involved_reason", "why the person was not involved"))
    if not known(plan, "cpr", "family_informed"):
        gaps.append(("family_informed", "who in the family knows of it"))
    if not known(plan, "cpr", "form_location"):
        gaps.append(("form_location", "where the original form is"))
    if not gaps:
        return ()
    says = f"{told(plan, 'cpr', 'decision')}. Not recorded: {listed([words for _key, words in gaps])}."
    items = (ItemRef("cpr", "decision"), *(ItemRef("cpr", key) for key, _words in gaps))
    return (Finding("K04", Severity.WARNING, says, items, who_decided_on_cpr(plan)),)


def k05(plan: Plan, setting: Setting = ORDINARY) -> tuple[Finding, ...]:
    """“Not for CPR” by a role that is not a senior clinician's, endorsed by none (SCCI1580 requirement 22)."""
    role = plan.text("cpr", "decided_by_role").strip()
    if has_died(plan) or plan.value("cpr", "decision") != NOT_FOR or not role:
        return ()
    if known(plan, "cpr", "senior_clinician") or _is_senior(role, setting):
        return ()
    says = (
        f"{told(plan, 'cpr', 'decision')}. {told(plan, 'cpr', 'decided_by_role')}. This role is not on the list of "
        "senior responsible clinicians, and nobody is recorded as having endorsed the decision."
    )
    items = (ItemRef("cpr", "decided_by_role"), ItemRef("cpr", "senior_clinician"))
    return (Finding("K05", Severity.WARNING, says, items, "The senior responsible clinician"),)


def _is_senior(role: str, setting: Setting) -> bool:
    words = role.casefold()
    senior = any(
        words == one or words.startswith((f"{one} ", f"{one},")) or words.endswith((f" {one}", f"-{one}"))
        for one in setting.limits.senior_roles
    )
    return senior and not any(one in words for one in setting.limits.not_senior_words)


def k06(plan: Plan) -> tuple[Finding, ...]:
    """The CPR recommendation here and the one on the ReSPECT form differ."""
    here = {"not_for": "attempts_not_recommended", "for": "attempts_recommended"}.get(plan.text("cpr", "decision"))
    form = plan.text("respect", "cpr_recommendation")
    if has_died(plan) or here is None or plan.value("respect", "exists") == "no" or not form or form == here:
        return ()
    says = (
        "Two different CPR decisions are recorded: read both. "
        f"{told(plan, 'cpr', 'decision')}. {told(plan, 'respect', 'cpr_recommendation')}."
    )
    items = (ItemRef("cpr", "decision"), ItemRef("respect", "cpr_recommendation"))
    return (Finding("K06", Severity.WARNING, says, items, who_decided_on_cpr(plan)),)
