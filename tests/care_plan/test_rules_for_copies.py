"""Before a copy leaves: who must not be told, what is kept back, and who does not know yet (K21 to K23)."""

from __future__ import annotations

import pytest

from eolc_desktop.care_plan.catalogue import Catalogue, built_in
from eolc_desktop.care_plan.fields import Authorship, Field, OnFamilyCopy, Part, Section, Value
from eolc_desktop.care_plan.plan import Entry, Item, Plan, Told
from eolc_desktop.care_plan.rules import CopyPlanned, Finding, ItemRef, Severity, findings_for_copy
from tests.authors import AT, NURSE
from tests.care_plan.made import made_plan

ANNA, BEN = "1", "2"
CPR = ItemRef("cpr", "decision")
FEARS = ItemRef("about_me", "fears")
BLOCKS, WARNING = Severity.BLOCKS, Severity.WARNING


def people(anna: dict[str, Value], ben: dict[str, Value] | None = None) -> list[dict[str, Value]]:
    return [{"name": "Anna Smith", **anna}, {"name": "Ben Smith", **(ben or {})}]


def copy(*items: ItemRef, given_to: tuple[str, ...] = (), confirmed: tuple[ItemRef, ...] = ()) -> CopyPlanned:
    return CopyPlanned(frozenset(items), given_to, frozenset(confirmed))


def seen(found: tuple[Finding, ...]) -> list[tuple[str, Severity]]:
    return [(finding.rule, finding.severity) for finding in found]


# K21


def test_somebody_who_must_not_be_told_gets_no_copy() -> None:
    plan = made_plan({"contacts": people({"involvement": "must_not_be_told"})})
    [finding] = findings_for_copy(plan, copy(FEARS, given_to=(ANNA, BEN)))
    assert (finding.rule, finding.severity) == ("K21", BLOCKS)
    assert "Anna Smith must not be told, and would have this copy" in finding.says
    assert seen(findings_for_copy(plan, copy(FEARS, given_to=(BEN,)))) == []


@pytest.mark.parametrize("involvement", ["all_decisions", "told_everything", "outline", "emergency_only", None])
def test_anybody_else_may_have_one(involvement: str | None) -> None:
    plan = made_plan({"contacts": people({"involvement": involvement})})
    assert findings_for_copy(plan, copy(FEARS, given_to=(ANNA,))) == ()


def test_nobody_reads_that_somebody_must_not_be_told() -> None:
    """A name on the list of contacts is itself something told: by entry, and through a link to it."""
    plan = made_plan({"contacts": people({"involvement": "must_not_be_told"}), "carer": {"carer": ANNA}})
    for ref in (ItemRef("contacts", "name", ANNA), ItemRef("carer", "carer")):
        [finding] = findings_for_copy(plan, copy(ref, given_to=(BEN,)))
        assert (finding.rule, finding.severity) == ("K21", BLOCKS)
        assert ref in finding.items
    assert findings_for_copy(plan, copy(ItemRef("contacts", "name", BEN))) == ()


# K22


@pytest.mark.parametrize("what", ["about_me", "about_me.fears"])
def test_what_is_kept_back_does_not_leave(what: str) -> None:
    plan = made_plan({"kept_back": [{"what": [what], "from_whom": ["ambulance"]}]})
    [finding] = findings_for_copy(plan, copy(FEARS, CPR))
    assert (finding.rule, finding.severity) == ("K22", BLOCKS)
    assert finding.items == (ItemRef("kept_back", "what", "1"), FEARS)
    assert findings_for_copy(plan, copy(CPR)) == ()
    beside_it = seen(findings_for_copy(plan, copy(ItemRef("about_me", "strength"))))
    assert beside_it == ([] if "." in what else [("K22", BLOCKS)])


def test_a_section_kept_back_covers_all_its_fields() -> None:
    plan = made_plan({"kept_back": [{"what": ["places"]}]})
    for field in built_in()["places"].fields:
        assert seen(findings_for_copy(plan, copy(ItemRef("places", field.key)))) == [("K22", BLOCKS)]
    assert findings_for_copy(plan, copy(ItemRef("place_needs", "what", "1"))) == ()


def test_what_is_kept_back_in_words_has_to_be_looked_for() -> None:
    plan = made_plan({"kept_back": [{"what_words": "the debts"}]})
    [finding] = findings_for_copy(plan, copy(FEARS))
    assert (finding.rule, finding.severity) == ("K22", WARNING)
    assert "the debts" in finding.says


def test_a_confidential_address_stays_off_every_copy() -> None:
    plan = made_plan({"person": {"address_restricted": True, "address": "14 Mill Lane"}})
    for key in ("address", "postcode", "phone", "mobile", "email", "current_location"):
        assert seen(findings_for_copy(plan, copy(ItemRef("person", key)))) == [("K22", BLOCKS)]
    assert findings_for_copy(plan, copy(ItemRef("person", "family_name"))) == ()
    open_address = made_plan({"person": {"address_restricted": False}})
    assert findings_for_copy(open_address, copy(ItemRef("person", "address"))) == ()


# K23


def test_a_reader_who_does_not_know_is_not_told_by_a_page() -> None:
    plan = made_plan({"contacts": people({"aware_cpr": "not_aware"}, {"aware_cpr": "aware"})})
    [finding] = findings_for_copy(plan, copy(CPR, FEARS, given_to=(ANNA,)))
    assert (finding.rule, finding.severity) == ("K23", BLOCKS)
    assert "would tell Anna Smith the CPR decision" in finding.says
    assert finding.items == (ItemRef("contacts", "aware_cpr", ANNA), CPR)
    assert findings_for_copy(plan, copy(CPR, given_to=(BEN,))) == ()
    assert findings_for_copy(plan, copy(FEARS, given_to=(ANNA,))) == ()


def test_the_respect_form_gives_its_recommendation_away_but_not_by_being_there() -> None:
    plan = made_plan({"contacts": people({"aware_cpr": "not_aware"})})
    assert seen(findings_for_copy(plan, copy(ItemRef("respect", "cpr_recommendation")))) == [("K23", BLOCKS)]
    assert findings_for_copy(plan, copy(ItemRef("respect", "exists"), ItemRef("respect", "location"))) == ()


def test_a_yes_at_the_preview_settles_it() -> None:
    plan = made_plan({"contacts": people({"aware_cpr": "not_aware"})})
    assert findings_for_copy(plan, copy(CPR, given_to=(ANNA,), confirmed=(CPR,))) == ()


def test_a_copy_that_lies_in_the_house_is_read_by_everybody() -> None:
    plan = made_plan({"contacts": people({}, {"aware_cpr": "not_aware"})})
    assert seen(findings_for_copy(plan, copy(CPR))) == [("K23", BLOCKS)]


def test_the_stage_agreed_at_a_meeting_is_a_prognosis() -> None:
    plan = made_plan({"contacts": people({"aware_prognosis": "not_aware"})})
    assert seen(findings_for_copy(plan, copy(ItemRef("plan_control", "rag")))) == [("K23", BLOCKS)]
    assert findings_for_copy(plan, copy(ItemRef("plan_control", "last_mdt"))) == ()


@pytest.mark.parametrize(
    ("standard", "awareness"),
    [("D-09.1", "aware_diagnosis"), ("D-09.4", "aware_prognosis"), ("D-09.11", "aware_prognosis")],
)
def test_the_sections_on_illness_are_covered_from_the_day_they_come(standard: str, awareness: str) -> None:
    field = Field(key="it", label="It", standard=standard, authorship=Authorship.DECISION, family=OnFamilyCopy.ASK)
    illness = Section(key="illness", title="Illness", part=Part.DECISIONS, fields=(field,))
    catalogue = Catalogue((*built_in(), illness))
    contact = Entry("a", "contacts", {awareness: Item("not_aware", "c", AT, NURSE, Told())})
    plan = Plan("person-1", catalogue, {"contacts": (contact,)}, 1, AT)
    assert seen(findings_for_copy(plan, copy(ItemRef("illness", "it")))) == [("K23", BLOCKS)]
