"""Adding a file to somebody who is here: only what is missing comes in, and nothing here is ever written over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.plan import Entry, EntryState, Plan
from eolc_desktop.fhir.fitting import Fitting, fit
from eolc_desktop.fhir.importing import propose
from tests.fhir.files import ON, allergy, concept, cpr_flag, data, everything, patient, person
from tests.plans import ONE, item, plan_with

EWA = {"family_name": "Nowak", "given_names": "Ewa Maria", "birth_date": "1938-01-11"}


def came(fitting: Fitting, section: str) -> dict[str, Value]:
    """The values of a section that would come in, of all its entries."""
    return {key: value for entry in fitting.entries if entry.section == section for key, value in entry.values.items()}


def differs(fitting: Fitting) -> dict[str, tuple[str, str]]:
    return {difference.where: (difference.here, difference.in_file) for difference in fitting.differences}


def test_only_what_is_missing_comes_in() -> None:
    here = plan_with({"person": EWA | {"phone": "01943 000000", "title": "Mrs"}})
    fitting = fit(here, person(patient()))
    assert "family_name" not in came(fitting, "person")
    assert came(fitting, "person")["mobile"] == "07700 900111"
    assert differs(fitting) == {"Home telephone": ("01943 000000", "01943 496 0111")}


def test_what_is_the_same_is_neither_new_nor_different() -> None:
    here = person(patient())
    plan = plan_with({"person": here.person_values})
    assert fit(plan, here) == Fitting((), ())


def test_an_answer_of_any_kind_counts_as_recorded() -> None:
    here = plan_with({"person": EWA | {"gender": {"absent": "declined"}, "lives_alone": False}})
    fitting = fit(here, person(patient()))
    assert "gender" not in came(fitting, "person")
    assert differs(fitting)["Gender"] == ("Asked, did not want to say", "Female")


@pytest.mark.parametrize(
    "recorded",
    [{"address": "14 Mill Lane\nOtley"}, {"postcode": "LS21 3AA"}, {"address_kind": "nursing_home"}],
)
def test_half_an_address_is_never_put_beside_the_other_half(recorded: dict[str, Value]) -> None:
    fitting = fit(plan_with({"person": EWA | recorded}), person(patient()))
    assert not {"address", "postcode", "address_kind"} & set(came(fitting, "person"))
    assert "Usual address" in differs(fitting)


def test_a_different_name_stays_as_it_is_here_altogether() -> None:
    fitting = fit(plan_with({"person": {"family_name": "Novak"}}), person(patient()))
    assert not {"title", "given_names", "family_name"} & set(came(fitting, "person"))
    assert differs(fitting)["Family name"] == ("Novak", "Nowak")


def test_a_different_nhs_number_is_shown_and_stays() -> None:
    fitting = fit(plan_with({"person": EWA | {"nhs_number": "9990000034"}}), person(patient()))
    assert "nhs_number" not in came(fitting, "person")
    assert differs(fitting)["NHS number"] == ("999\u00a0000\u00a00034", "999\u00a0000\u00a00026")


def test_contacts_are_known_again_by_their_names() -> None:
    (found,) = propose(data(everything()), ON).people
    here = plan_with(
        {"contacts": {"name": "ANNA  Sháh", "relationship": "daughter", "involvement": "must_not_be_told"}}
    )
    fitting = fit(here, found)
    entries = [entry for entry in fitting.entries if entry.section == "contacts"]
    assert [(entry.entry, dict(entry.values)) for entry in entries] == [
        (ONE, {"phone": "07700 900333", "email": "anna@example.org"}),
        ("", {"name": "Piotr Nowak", "roles": ["emergency"], "phone": "07700 900222"}),
    ]


@pytest.mark.parametrize("state", [EntryState.WITHDRAWN, EntryState.ENTERED_IN_ERROR])
def test_what_was_taken_back_here_does_not_return(state: EntryState) -> None:
    here = plan_with({"allergy": {"substance": {"text": "Allergy to penicillin"}}, "allergies": {"status": "known"}})
    gone = replace(here.sections["allergy"][0], state=state, reason="She never had it")
    fitting = fit(replace(here, sections={**here.sections, "allergy": (gone,)}), person(patient(), allergy()))
    assert not came(fitting, "allergy")
    assert any("She never had it" in difference.here for difference in fitting.differences)


ALLERGY_HERE: dict[str, Mapping[str, Mapping[str, Value]]] = {
    "nothing": {},
    "known": {"allergies": {"status": "known"}, "allergy": {"substance": {"text": "Latex"}}},
    "none known": {"allergies": {"status": "none_known"}},
    "not recorded": {"allergies": {"status": "not_recorded"}},
    "unavailable": {"allergies": {"status": "unavailable"}},
    "listed without a status": {"allergy": {"substance": {"text": "Latex"}}},
}


@pytest.mark.parametrize("here", ALLERGY_HERE)
@pytest.mark.parametrize("in_file", ["known", "none_known"])
def test_allergies_are_taken_as_one(here: str, in_file: str) -> None:
    """Where the two disagree nothing of the group comes in, and both stand side by side (decisions 4 and 5)."""
    record = allergy() if in_file == "known" else allergy(concept("716186003"))
    fitting = fit(plan_with(ALLERGY_HERE[here]), person(patient(), record))
    status, listed = came(fitting, "allergies"), came(fitting, "allergy")
    if here == "nothing":
        assert status == {"status": in_file}
        assert bool(listed) is (in_file == "known")
    elif in_file == "known" and here in ("known", "listed without a status"):
        assert listed
        assert status == ({} if here == "known" else {"status": "known"})
    else:
        assert (status, listed) == ({}, {})
        agrees = (here, in_file) == ("none known", "none_known")
        assert ("Allergies" in differs(fitting)) is not agrees


@pytest.mark.parametrize("decision", ["for", "not_for", "no_decision"])
def test_a_cpr_recommendation_that_is_here_is_never_touched(decision: str) -> None:
    fitting = fit(plan_with({"cpr": {"decision": decision}}), person(patient(), cpr_flag()))
    assert not came(fitting, "cpr")
    assert ("CPR recommendation" in differs(fitting)) is (decision != "not_for")
    assert "Decided on" in differs(fitting), "nor is half a decision put beside the other half"


def test_a_cpr_status_still_is_a_question_for_somebody_without_one() -> None:
    (entry,) = [e for e in fit(plan_with({"person": EWA}), person(patient(), cpr_flag())).entries if e.section == "cpr"]
    assert entry.question


def test_nothing_that_fits_ever_has_a_value_here() -> None:
    (found,) = propose(data(everything()), ON).people
    plans: list[dict[str, dict[str, Any]]] = [
        {},
        {"person": EWA},
        {"person": {"address": "1"}, "key_people": {"gp_name": "Dr Low"}},
        {"death": {"place": "home"}, "cpr": {"form_location": "drawer"}},
        {"care_team": {"name": "Dr Aisha Khan", "organisation": "Bridge Street Surgery", "phone_day": "1"}},
    ]
    for values in plans:
        plan = plan_with(values)
        for entry in fit(plan, found).entries:
            if entry.entry:
                for key in entry.values:
                    assert plan.value(entry.section, key, entry.entry) is None


def test_somebody_without_anything_gets_everything() -> None:
    (found,) = propose(data(everything()), ON).people
    assert fit(plan_with({}), found) == Fitting(found.entries, ())


def test_a_value_that_was_cleared_counts_as_missing() -> None:
    plan = plan_with({"person": EWA})
    entry = plan.sections["person"][0]
    cleared = Entry(entry.id, "person", {**entry.items, "mobile": item(None)})
    emptied: Plan = replace(plan, sections={"person": (cleared,)})
    assert came(fit(emptied, person(patient())), "person")["mobile"] == "07700 900111"
