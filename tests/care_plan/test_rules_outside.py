"""The rules that ask about what is outside the plan: fires, does not fire, and the edge (K07, K20, K24, K26, K30)."""

from __future__ import annotations

import pytest

from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.paper_copies import fingerprints, says_text
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.care_plan.rules import Finding, Outside, Setting, Severity, between, findings
from eolc_desktop.care_plan.rules.outside import ChangedOnBothSides, CprElsewhere, OtherRecord
from tests.authors import AT
from tests.care_plan.made import made_plan
from tests.care_plan.rule_cases import NOT_FOR, Case

ELSEWHERE = CprElsewhere("Dale General Hospital", "for", "2026-11-10", AT)
PEGGY: Case = {"person": {"family_name": "Smith", "birth_date": "1941-04-05", "nhs_number": "9990000018"}}
OTHER = OtherRecord("Smyth", "Peggy", "1941-04-05", "9990000026")
WITHDRAWN: Case = {"consent": {"to_share": "withdrawn"}}


def outside(plan: Plan, **known: object) -> tuple[Finding, ...]:
    return findings(plan, Setting(training=True, outside=Outside(**known)))  # type: ignore[arg-type]


def of(rule: str, found: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in found if finding.rule == rule]


@pytest.mark.parametrize(
    ("other", "fires"),
    [
        (ELSEWHERE, True),
        (CprElsewhere("Hospital", "not_for", "2026-11-10"), True),
        (CprElsewhere("Hospital", "not_for"), True),
        (CprElsewhere("Hospital", "not_for", "2026-10-12"), False),
    ],
)
def test_k07_two_organisations_hold_different_decisions(other: CprElsewhere, fires: bool) -> None:
    found = of("K07", outside(made_plan({"cpr": NOT_FOR}), cpr_elsewhere=(other,)))
    assert len(found) == int(fires)
    for finding in found:
        assert other.organisation in finding.says
        assert "Dr A Khan" in finding.who_can_settle
        assert finding.severity is Severity.WARNING, "a new decision must be able to leave"


def test_k07_nothing_here_is_no_contradiction() -> None:
    assert of("K07", outside(made_plan({"cpr": {"decision": "no_decision"}}), cpr_elsewhere=(ELSEWHERE,))) == []


def page(case: Case, **values: Value) -> Plan:
    """A plan with one page of it in the register, made from what `case` says."""
    says = says_text(fingerprints(made_plan(case), "family-plan"))
    row: dict[str, Value] = {"name": "My plan for care", "document": "family-plan", "says": says, **values}
    return made_plan({**case, "paper_copies": [row]})


def test_k20_consent_withdrawn_and_something_is_still_out() -> None:
    assert of("K20", outside(made_plan(WITHDRAWN))) == []
    assert of("K20", outside(made_plan({"consent": {"to_share": "given"}}), waiting_to_leave=3)) == []
    (waiting,) = of("K20", outside(made_plan(WITHDRAWN), waiting_to_leave=1))
    assert waiting.severity is Severity.BLOCKS
    assert "1 change is waiting" in waiting.says
    (paper,) = of("K20", outside(page(WITHDRAWN, kept_where="hall table")))
    assert "hall table" in paper.says
    assert of("K20", outside(page(WITHDRAWN, state="destroyed"))) == []


def test_k24_a_page_is_older_than_what_it_says() -> None:
    with_page = page({"cpr": NOT_FOR}, kept_where="hall table")
    assert between.k24(with_page) == ()
    row = with_page.entries("paper_copies")[0].values
    changed: Case = {"cpr": {**NOT_FOR, "decision": "for"}, "paper_copies": [row]}
    (finding,) = between.k24(made_plan(changed))
    assert "My plan for care" in finding.says
    assert "hall table" in finding.says
    assert between.k24(made_plan({**changed, "paper_copies": [{**row, "state": "replaced"}]})) == ()


@pytest.mark.parametrize(
    ("other", "fires"),
    [
        (OTHER, True),
        (OtherRecord("SMITH", "", "1941-04-05", ""), True),
        (OtherRecord("Smith", "Peggy", "1941-04-05", "999 000 0018"), False),
        (OtherRecord("Smith", "Peggy", "1941-04-06", "9990000026"), False),
        (OtherRecord("Jones", "Peggy", "1941-04-05", "9990000026"), False),
        (OtherRecord("", "", "1941-04-05", ""), False),
    ],
)
def test_k26_two_records_that_may_be_one_person(other: OtherRecord, fires: bool) -> None:
    assert len(of("K26", outside(made_plan(PEGGY), other_records=(other,)))) == int(fires)


def test_k26_two_without_a_number_yet_may_be_one_person_too() -> None:
    nameless: Case = {"person": {"family_name": "Smith", "birth_date": "1941-04-05"}}
    other = OtherRecord("Smith", "Peggy", "1941-04-05", "")
    [finding] = of("K26", outside(made_plan(nameless), other_records=(other,)))
    assert "NHS number not recorded" in finding.says


def test_k30_both_sides_changed_the_same_item() -> None:
    both = ChangedOnBothSides("places", "preferred_death", "Hospice", "Ali Reid", at=AT)
    plan = made_plan({"places": {"preferred_death": "home"}})
    (finding,) = of("K30", outside(plan, changed_on_both_sides=(both,)))
    assert "Own home" in finding.says
    assert "“Hospice” (Ali Reid" in finding.says
    assert finding.who_can_settle == "Jo Okafor and Ali Reid"
    assert of("K30", outside(plan)) == []
    unknown = ChangedOnBothSides("from_the_future", "x", "y", "Ali Reid")
    assert of("K30", outside(plan, changed_on_both_sides=(unknown,))) == []
