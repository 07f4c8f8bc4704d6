"""Each rule: when it finds something, when it does not, and the edge between; and what its words never do."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.plan import Source, Told
from eolc_desktop.care_plan.rules import (
    COPY_RULES,
    RULES,
    RULES_WITH_LIMITS,
    Finding,
    Limits,
    Setting,
    Severity,
    between,
    findings,
    identity,
    illness,
    keeping,
    legal,
    review_and_cpr,
)
from eolc_desktop.care_plan.rules import copies as copy_rules
from tests.authors import NURSE
from tests.care_plan.made import any_json, made_plan
from tests.care_plan.rule_cases import FIRES, HOME, NOT_FOR, NOT_KNOWN, SILENT, Case, Rows


def numbered(cases: Sequence[tuple[str, Case]]) -> list[object]:
    return [pytest.param(rule, case, id=f"{rule} {number}") for number, (rule, case) in enumerate(cases)]


# What the lists above cannot hold: rules that need the age of a value or the copy it would stand on.
ELSEWHERE = {"K32", "K21", "K22", "K23", "K07", "K20", "K24", "K26", "K30"}


def found(rule: str, case: Case) -> list[Finding]:
    return [finding for finding in findings(made_plan(case)) if finding.rule == rule]


@pytest.mark.parametrize(("rule", "case"), numbered(FIRES))
def test_a_rule_finds(rule: str, case: Case) -> None:
    assert len(found(rule, case)) == 1


@pytest.mark.parametrize(("rule", "case"), numbered(SILENT))
def test_a_rule_is_silent(rule: str, case: Case) -> None:
    assert found(rule, case) == []


def test_every_rule_is_in_force_and_in_the_lists() -> None:
    modules = (review_and_cpr, legal, keeping, identity, illness, between, copy_rules)
    written = {
        name.upper()
        for module in modules
        for name, one in inspect.getmembers(module, inspect.isfunction)
        if name[0] == "k" and name[1:].isdigit() and one.__module__ == module.__name__
    }
    in_force = {rule.__name__.upper() for rule in (*RULES, *RULES_WITH_LIMITS, *COPY_RULES)}
    assert in_force == written
    assert {rule for rule, _case in FIRES} == {rule for rule, _case in SILENT} == written - ELSEWHERE
    assert in_force == {f"K{number:02d}" for number in range(1, 34)}


# What the words do and do not do

SEEN = Told(Source.DOCUMENT, "form in the hall")


@pytest.mark.parametrize(("rule", "case"), numbered(FIRES))
def test_a_finding_says_what_where_from_and_who_can_settle_it(rule: str, case: Case) -> None:
    plan = made_plan(case, told=SEEN)
    for finding in (one for one in findings(plan) if one.rule == rule):
        assert finding.who_can_settle
        assert finding.items
        assert finding.says.endswith(".")
        assert ".." not in finding.says
        lowered = finding.says.lower()
        for advice in ("should", "must be given", "treat as", "recommend that", "stop ", "start ", "consider"):
            assert advice not in lowered, finding.says
        held = [ref for ref in finding.items if plan.item(ref.section, ref.field, ref.entry) is not None]
        if held:
            assert "recorded 12-Nov-2026 14:32 by Jo Okafor, district nurse" in finding.says
            assert "Seen in a document: form in the hall" in finding.says


@pytest.mark.parametrize(("rule", "case"), numbered(FIRES))
def test_a_finding_points_at_fields_that_exist(rule: str, case: Case) -> None:
    for finding in findings(made_plan(case)):
        for ref in finding.items:
            assert built_in().field(ref.section, ref.field) is not None, ref


def test_only_identity_blocks_a_plan() -> None:
    """Decision 6: a new CPR decision leaves although the rest of the plan is empty or contradicts itself."""
    blocking = {
        finding.rule
        for _rule, case in FIRES
        for finding in findings(made_plan(case))
        if finding.severity is Severity.BLOCKS
    }
    assert blocking == {"K25"}


def test_the_gravest_comes_first() -> None:
    severities = [f.severity for f in findings(made_plan({"person": {"nhs_number": "9990000019"}, "places": HOME}))]
    assert severities == sorted(severities, key=list(Severity).index)
    assert severities[0] is Severity.BLOCKS
    assert severities[-1] is Severity.INFORMATION


def test_after_a_death_only_the_death_and_the_identity_are_looked_at() -> None:
    death: Case = {"death": {"died_on": "2026-11-01"}}
    for rule, case in FIRES:
        if rule not in ("K25", "K29", "K31"):
            assert found(rule, {**case, **death}) == [], rule


def test_different_cpr_decisions_are_both_read_out() -> None:
    [finding] = found("K06", {"cpr": NOT_FOR, "respect": {"cpr_recommendation": "attempts_recommended"}})
    assert "Two different CPR decisions are recorded: read both." in finding.says
    assert "Do not attempt CPR" in finding.says
    assert "CPR attempts recommended" in finding.says
    assert finding.who_can_settle == "Dr A Khan, Consultant"


@pytest.mark.parametrize(
    ("general", "described", "action"), [("avoid_unless", "avoid_unless", "do"), ("yes_for", "go_for", "avoid")]
)
def test_exceptions_in_words_are_read_out_beside_the_situation(general: str, described: str, action: str) -> None:
    """“Avoid hospital unless as described”, and a fall is described: whether it is that, only a reader can tell."""
    case: Case = {
        "conveyance": {"to_hospital": general, described: "A broken hip"},
        "escalation": [{"situation": "A fall", "treatment": "hospital", "action": action}],
    }
    [finding] = found("K15", case)
    assert finding.severity is Severity.INFORMATION
    assert "“A broken hip”" in finding.says
    [plainly] = found("K15", {**case, "conveyance": {"to_hospital": general}})
    assert plainly.severity is Severity.WARNING


# The number of somebody else


def test_invented_people_may_have_their_numbers_in_training() -> None:
    plan = made_plan({"person": {"nhs_number": "9990000018"}})
    assert identity.k25(plan, Setting(training=True)) == ()
    assert len(identity.k25(made_plan({"person": {"nhs_number": "9990000019"}}), Setting(training=True))) == 1


def test_one_number_in_two_records_blocks_both() -> None:
    plan = made_plan({"person": {"nhs_number": "9434765919"}})
    [finding] = identity.k25(plan, Setting(others_with_this_number=1))
    assert finding.severity is Severity.BLOCKS
    assert "Another record on this laptop has" in finding.says


# What nobody has confirmed for a while

CALL: Case = {"who_to_call": [{"situation": "Pain", "first_call_phone": "01943 496 0199"}]}


@pytest.mark.parametrize(
    ("section", "case", "days"),
    [
        ("who_to_call", CALL, 60),
        ("places", {"places": HOME}, 90),
        ("contacts", {"contacts": [{"name": "Anna", "phone": "07700 900123"}]}, 60),
        ("cpr", {"cpr": NOT_FOR}, 90),
    ],
)
def test_items_grow_old_on_the_day_after_their_limit(section: str, case: Case, days: int) -> None:
    for age, count in ((days, 0), (days + 1, 1)):
        assert len(keeping.k32(made_plan(case, days_ago={section: age}))) == count


def test_an_item_whose_author_nobody_named_grows_old_in_whole_sentences() -> None:
    plan = made_plan({"places": HOME}, days_ago={"places": 200})
    [entry] = plan.entries("places")
    unsigned = replace(entry.items["preferred_death"], recorded_by=replace(NURSE, name=""))
    [finding] = keeping.k32(replace(plan, sections={"places": (replace(entry, items={"preferred_death": unsigned}),)}))
    assert finding.says.endswith("by somebody not named.")


def test_function_is_told_beside_the_day_the_prognosis_was_judged_whichever_came_first() -> None:
    """It said that the prognosis was from before, also of one that was judged after the score."""
    [finding] = found(
        "K19",
        {"prognosis": {"band": "months", "judged_on": "2026-10-01"}, "akps": [{"on": "2026-09-20", "score": "30"}]},
    )
    assert finding.says.startswith(
        "Function was 30 on 20-Sep-2026, and the prognosis was last judged on 01-Oct-2026, more than 28 days ago."
    )


def test_a_confirmation_makes_an_item_fresh_again() -> None:
    plan = made_plan({"places": HOME}, days_ago={"places": 200})
    [entry] = plan.entries("places")
    again = replace(entry.items["preferred_death"], confirmed_at=plan.as_of - timedelta(days=1), confirmed_by=NURSE)
    fresh = replace(plan, sections={"places": (replace(entry, items={"preferred_death": again}),)})
    assert len(keeping.k32(plan)) == 1
    assert keeping.k32(fresh) == ()


def test_a_standing_cpr_decision_is_never_called_out_of_date() -> None:
    """Decision 8: a crew that reads "out of date" may set a valid decision aside."""
    [finding] = keeping.k32(made_plan({"cpr": NOT_FOR}, days_ago={"cpr": 400}))
    assert finding.severity is Severity.INFORMATION
    assert finding.says == (
        "Do not attempt CPR: last confirmed 08-Oct-2025; no review date set. The recorded decision stands."
    )
    assert "out of date" not in finding.says


def test_an_organisation_may_set_its_own_limits() -> None:
    setting = Setting(Limits(review_within_days=28, fresh_days={"places.preferred_death": 7}))
    plan = made_plan({"plan_control": {"review_date": "2026-12-25"}, "places": HOME}, days_ago={"places": 8})
    assert review_and_cpr.k02(plan) == ()
    assert len(review_and_cpr.k02(plan, setting)) == 1
    assert keeping.k32(plan) == ()
    assert len(keeping.k32(plan, setting)) == 1


def test_nothing_that_was_not_given_grows_old() -> None:
    assert keeping.k32(made_plan({"cpr": {"decision": "no_decision"}}, days_ago={"cpr": 400})) == ()
    assert keeping.k32(made_plan({"contacts": [{"phone": NOT_KNOWN}]}, days_ago={"contacts": 400})) == ()


any_rows = st.dictionaries(
    st.sampled_from([section.key for section in built_in()]),
    st.dictionaries(st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=12), any_json, max_size=3),
    max_size=3,
)


@given(any_rows, st.data())
def test_no_record_however_strange_breaks_a_rule(rows: dict[str, dict[str, object]], data: st.DataObject) -> None:
    """Values come from other systems too: a rule that failed would take the whole screen with it."""
    case: dict[str, Rows] = {}
    for key, row in rows.items():
        section = built_in()[key]
        names = st.sampled_from([field.key for field in section.fields])
        values = {**row, **data.draw(st.dictionaries(names, any_json, max_size=4))}
        typed = cast("dict[str, Value]", values)
        case[key] = [typed] if section.repeats or section.fixed_entries else typed
    assert all(finding.says for finding in findings(made_plan(case)))
