"""The CPR line: what is recorded, in words that say no more and no less (hazards H04 and H05)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from eolc_desktop.care_plan.conflicts import aside_words, standing_words
from eolc_desktop.care_plan.dates import date_words, first_day, is_partial_date
from eolc_desktop.care_plan.fields import absence_of, is_empty
from eolc_desktop.care_plan.plan import EntryState, Item, Plan
from eolc_desktop.views.forms.envelope_words import told_words, when_words

TWO_DECISIONS = "CONFLICT – two different CPR decisions are recorded: read both"
UNRECOGNISED = "Unrecognised entry – read the source"
NOTHING_RECORDED = "No CPR decision recorded"


class Recommendation(StrEnum):
    """What the line is about; only a recommendation against CPR is shown as the strong block of the page."""

    NOT_FOR = "not_for"
    FOR = "for"
    NONE = "no_decision"
    UNRECOGNISED = "unrecognised"
    TWO = "two"


@dataclass(frozen=True, slots=True)
class CprLine:
    """The line itself and what stands beneath it: dates, and where the signed form is."""

    recommendation: Recommendation
    headline: str
    details: tuple[str, ...]

    @property
    def spoken(self) -> str:
        """The whole of it, as it is read out."""
        return ". ".join((self.headline, *self.details))


def cpr_line(plan: Plan) -> CprLine:
    """Put what is recorded about CPR into words. A key that is not known is never taken for something else.

    While two people's different decisions wait to be settled, neither is shown as the one that holds.
    """
    if others := plan.aside("cpr", "decision"):
        one = f"One version: {standing_words(plan, others[0])}."
        return CprLine(Recommendation.TWO, TWO_DECISIONS, (one, *(f"Another: {aside_words(plan, o)}." for o in others)))
    item = plan.item("cpr", "decision")
    if item is None or item.value is None:
        return CprLine(Recommendation.NONE, NOTHING_RECORDED, _of_nothing(plan))
    match item.value:
        case "not_for" | "for":
            return _decided(plan, item, Recommendation(item.value))
        case "no_decision":
            return CprLine(Recommendation.NONE, NOTHING_RECORDED, (f"Entered as such {_entered(item)}.",))
    if absence := absence_of(item.value):
        said = f"Entered as “{absence.words}” {_entered(item)}."
        return CprLine(Recommendation.NONE, NOTHING_RECORDED, (said,))
    source = told_words(item.told) or "Source not stated"
    said = f"The entry reads “{item.value}”, entered {_entered(item)}. {source}."
    return CprLine(Recommendation.UNRECOGNISED, UNRECOGNISED, (said, _form(plan, item)))


def _of_nothing(plan: Plan) -> tuple[str, ...]:
    withdrawn = [entry for entry in plan.all_entries("cpr") if entry.state is not EntryState.CURRENT]
    if withdrawn:
        return (f"An earlier entry is marked “{withdrawn[-1].state.words}”: see History.",)
    return ()


def _decided(plan: Plan, item: Item, recommendation: Recommendation) -> CprLine:
    # The words of the value set: what was chosen, what is shown above the plan and what is printed read alike.
    words = plan.words("cpr", "decision")
    details = [_last_confirmed(plan, item), _form(plan, item)]
    if earlier := _of_the_one_before(plan, item):
        details.append(f"Recorded for the decision before this one: {earlier}.")
    return CprLine(recommendation, f"{words} – {_by_whom(plan, item)}", tuple(details))


def _of(plan: Plan, decision: Item, key: str) -> Item | None:
    """An item that belongs to the decision: recorded with it, or recorded or confirmed since.

    A date or a name from before the decision changed is never put beside the new one (hazard H05).
    """
    item = plan.item("cpr", key)
    if item is None or is_empty(item.value) or not item.is_said_since(decision):
        return None
    return item


def _words_of(plan: Plan, decision: Item, key: str) -> str:
    item = _of(plan, decision, key)
    return item.value if item is not None and isinstance(item.value, str) else ""


def _by_whom(plan: Plan, decision: Item) -> str:
    at = _words_of(plan, decision, "decided_at")
    name, role = (_words_of(plan, decision, key) for key in ("decided_by_name", "decided_by_role"))
    by = ", ".join(part for part in (name, role) if part)
    if at and by:
        return f"recorded {_date(at)} by {by}"
    if at:
        return f"recorded {_date(at)}; by whom is not recorded"
    if by:
        return f"recorded by {by}; the date is not recorded"
    return "when and by whom it was decided is not recorded"


def _of_the_one_before(plan: Plan, decision: Item) -> str:
    left = []
    for key in ("decided_at", "decided_by_name", "review_on"):
        if plan.text("cpr", key) and _of(plan, decision, key) is None:
            label = plan.catalogue["cpr"][key].label
            left.append(f"{label}: {plan.words('cpr', key)}")
    return "; ".join(left)


def _last_confirmed(plan: Plan, item: Item) -> str:
    if item.confirmed_at is not None:
        by = f" by {item.confirmed_by.name}" if item.confirmed_by and item.confirmed_by.name else ""
        known = f"Last confirmed {when_words(item.confirmed_at)}{by}"
    else:
        known = f"Entered {_entered(item)}, not confirmed since"
    return f"{known}; {_review(plan, item)}."


def _review(plan: Plan, decision: Item) -> str:
    review = _words_of(plan, decision, "review_on")
    if is_partial_date(review):
        passed = first_day(review) < plan.today and len(review) == 10
        return f"its review date, {_date(review)}, has passed" if passed else f"to be reviewed {_date(review)}"
    stands = _of(plan, decision, "no_review")
    if stands is not None and stands.value is True:
        return "it stands until death, with no review date"
    return "no review date set"


def _form(plan: Plan, decision: Item) -> str:
    item = plan.item("cpr", "form_location")
    where = plan.text("cpr", "form_location")
    if where:
        before = "" if _of(plan, decision, "form_location") else " (recorded before this decision)"
        return f"Signed form: {where}{before}."
    if item is not None and (absence := absence_of(item.value)):
        return f"Signed form: {absence.words.lower()} where it is."
    return "Signed form: where it is has not been recorded."


def _entered(item: Item) -> str:
    by = f" by {item.recorded_by.name}" if item.recorded_by.name else ""
    return f"{when_words(item.recorded_at)}{by}"


def _date(text: str) -> str:
    return date_words(text) if is_partial_date(text) else text
