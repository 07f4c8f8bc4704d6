"""Rules about medicines in the house, prognosis, function and Fast Track (K17 to K19, K27).

They compare what is recorded with dates and limits that are handed in. None says what to give or do.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from eolc_desktop.care_plan.dates import day_words, today
from eolc_desktop.care_plan.fields import is_empty
from eolc_desktop.care_plan.plan import Entry, Plan
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
    told,
)

IN_THE_HOUSE = ("prescribed", "box_issued")


def k17(plan: Plan, setting: Setting = ORDINARY) -> tuple[Finding, ...]:
    """Just-in-case medicines are there, and where, with which chart or until when is not known, or runs out."""
    if has_died(plan) or plan.value("anticipatory", "state") not in IN_THE_HOUSE:
        return ()
    gaps: list[tuple[ItemRef, str]] = []
    if not known(plan, "anticipatory", "where_kept"):
        gaps.append((ItemRef("anticipatory", "where_kept"), "where they are kept is not recorded"))
    if plan.value("anticipatory", "chart_in_house") is not True:
        gaps.append((ItemRef("anticipatory", "chart_in_house"), "a signed chart in the house is not recorded"))
    valid = days_of(plan, "anticipatory", "chart_valid_until")
    if valid is not None and valid[1] < plan.today:
        words = plan.words("anticipatory", "chart_valid_until")
        gaps.append((ItemRef("anticipatory", "chart_valid_until"), f"the chart was valid until {words}"))
    limit = plan.today + timedelta(days=setting.limits.expiry_days)
    for entry in plan.entries("medicine_stock"):
        expires = days_of(plan, "medicine_stock", "expires_on", entry.id)
        if entry.value("state") in ("used_up", "returned") or expires is None or expires[1] > limit:
            continue
        verb = "expired" if expires[1] < plan.today else "expires"
        name = plan.words("medicine_stock", "name", entry.id)
        on = plan.words("medicine_stock", "expires_on", entry.id)
        gaps.append((ItemRef("medicine_stock", "expires_on", entry.id), f"{name} {verb} {on}"))
    if not gaps:
        return ()
    says = f"{told(plan, 'anticipatory', 'state')}. Beside it: {listed([words for _ref, words in gaps])}."
    items = (ItemRef("anticipatory", "state"), *(ref for ref, _words in gaps))
    return (Finding("K17", Severity.WARNING, says, items, key_worker(plan)),)


def k18(plan: Plan, setting: Setting = ORDINARY) -> tuple[Finding, ...]:
    """Days or weeks are recorded, and the review, continuing healthcare or the who-to-call card do not match that."""
    short = _short_prognosis(plan)
    if has_died(plan) or short is None:
        return ()
    because, days = short
    limit = setting.limits.review_days_when_days if days else setting.limits.review_days_when_weeks
    gaps: list[tuple[ItemRef, str]] = []
    review = days_of(plan, "plan_control", "review_date")
    if review is not None and review[0] > plan.today + timedelta(days=limit):
        words = plan.words("plan_control", "review_date")
        gaps.append(
            (ItemRef("plan_control", "review_date"), f"the review is planned for {words}, in over {limit} days")
        )
    if is_empty(plan.value("fast_track", "stage")):
        gaps.append((ItemRef("fast_track", "stage"), "nothing is recorded about continuing healthcare (Fast Track)"))
    if not plan.entries("who_to_call"):
        gaps.append((ItemRef("who_to_call", "situation", ""), "there is no who-to-call card"))
    if not gaps:
        return ()
    says = f"{told(plan, because.section, because.field, because.entry)}. Beside it: "
    says += f"{listed([words for _ref, words in gaps])}."
    return (Finding("K18", Severity.WARNING, says, (because, *(ref for ref, _words in gaps)), key_worker(plan)),)


def _short_prognosis(plan: Plan) -> tuple[ItemRef, bool] | None:
    """The item that says days or weeks, and whether it says days; a red stage says days."""
    band = plan.value("prognosis", "band")
    if band in ("days", "weeks"):
        return ItemRef("prognosis", "band"), band == "days"
    meetings = [entry for entry in plan.entries("team_reviews") if entry.text("stage")]
    if meetings:
        latest = max(meetings, key=lambda entry: entry.text("on"))
        return (ItemRef("team_reviews", "stage", latest.id), True) if latest.value("stage") == "red" else None
    return (ItemRef("plan_control", "rag"), True) if plan.value("plan_control", "rag") == "red" else None


def k19(plan: Plan, setting: Setting = ORDINARY) -> tuple[Finding, ...]:
    """Function has fallen or is low, and the prognosis was judged longer ago than the limit. No clinical rule."""
    prognosis = plan.item("prognosis", "band")
    scores = sorted(_scores(plan), key=lambda row: row[0])
    if has_died(plan) or prognosis is None or is_empty(prognosis.value) or not scores:
        return ()
    judged = days_of(plan, "prognosis", "judged_on")
    last_judged = judged[1] if judged else today(prognosis.last_known_at)
    if last_judged >= plan.today - timedelta(days=setting.limits.prognosis_days):
        return ()
    on, score, latest = scores[-1]
    before = [row for row in scores[:-1] if on - row[0] <= timedelta(days=setting.limits.function_days)]
    highest = max(before, key=lambda row: row[1], default=None)
    items = [ItemRef("akps", "score", latest.id), ItemRef("prognosis", "band")]
    if highest is not None and highest[1] - score >= setting.limits.function_drop:
        what = f"Function fell from {highest[1]} ({day_words(highest[0])}) to {score} ({day_words(on)})"
        items.insert(0, ItemRef("akps", "score", highest[2].id))
    elif score <= setting.limits.function_low:
        what = f"Function was {score} on {day_words(on)}"
    else:
        return ()
    says = (
        f"{what}, and the prognosis was last judged on {day_words(last_judged)}, more than "
        f"{setting.limits.prognosis_days} days ago. {told(plan, 'akps', 'score', latest.id)}. "
        f"{told(plan, 'prognosis', 'band')}."
    )
    who = plan.text("prognosis", "judged_by") or "The responsible clinician"
    return (Finding("K19", Severity.INFORMATION, says, tuple(items), who),)


def _scores(plan: Plan) -> Iterator[tuple[date, int, Entry]]:
    for entry in plan.entries("akps"):
        on, score = days_of(plan, "akps", "on", entry.id), entry.text("score")
        if on is not None and score.isascii() and score.isdigit():
            yield on[1], int(score), entry


def k27(plan: Plan, setting: Setting = ORDINARY) -> tuple[Finding, ...]:
    """Fast Track is late: receipt, decision or package. The clock of 48 hours runs from receipt, not from signing."""
    over = ("package_started", "stepped_down", "withdrawn", "refused")
    if has_died(plan) or plan.value("fast_track", "stage") in over:
        return ()
    sent, received, decided, started = (
        _moment(plan, key) for key in ("sent_at", "received_at", "decided_at", "started_at")
    )
    limits = setting.limits
    if received is None and sent is not None and _late(plan, sent, limits.receipt_hours):
        key, waiting, what = "sent_at", limits.receipt_hours, "its receipt has not been confirmed"
    elif received is not None and started is None and _late(plan, received, limits.package_hours):
        key, waiting, what = "received_at", limits.package_hours, "no care package has started"
    elif received is not None and decided is None and started is None and _late(plan, received, limits.decision_hours):
        key, waiting, what = "received_at", limits.decision_hours, "no decision is recorded"
    else:
        return ()
    says = f"Fast Track: more than {waiting} hours have gone by, and {what}. {told(plan, 'fast_track', key)}."
    who = plan.text("fast_track", "sent_to") or "The integrated care board"
    return (Finding("K27", Severity.WARNING, says, (ItemRef("fast_track", key),), f"{who}, with {key_worker(plan)}"),)


def _moment(plan: Plan, key: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(plan.text("fast_track", key))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _late(plan: Plan, since: datetime, hours: int) -> bool:
    try:
        return plan.as_of - since > timedelta(hours=hours)
    except OverflowError:
        return False
