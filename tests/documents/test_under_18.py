"""Somebody under 18 on paper: every page says that it is outside the adult standard, and who has responsibility."""

from __future__ import annotations

import pytest

from eolc_desktop.documents.making import make
from eolc_desktop.documents.raster import text_of
from tests.care_plan.made import made_plan
from tests.care_plan.rule_cases import Case
from tests.documents.orders import order_for, packed

CHILD: Case = {
    "person": {"family_name": "Reed", "given_names": "Tom", "birth_date": "2012-03-12"},
    "consent": {"to_record": "parental_responsibility", "to_share": "parental_responsibility"},
    "other_legal": {"child_decides": "competent", "child_consent": "Tom was asked, and wants to be at home."},
    "parental_responsibility": [
        {"name": "Anna Reed", "relationship": "mother", "phone": "01943 496 0199", "basis": "birth", "agrees": "agrees"}
    ],
}


@pytest.mark.parametrize("key", ["family-plan", "whole-plan", "emergency", "handover"])
def test_every_page_says_so_and_names_who_has_parental_responsibility(key: str) -> None:
    pdf = make(order_for(made_plan(CHILD), key)[0])
    assert all("UNDER 18" in " ".join(page.split()) for page in text_of(pdf))
    for words in ("Anna Reed", "mother", "01943 496 0199"):
        assert words.replace(" ", "") in packed(pdf), words


def test_the_handover_holds_all_of_it_and_a_family_s_copy_only_what_is_for_families() -> None:
    handover = packed(make(order_for(made_plan(CHILD), "handover")[0]))
    family = packed(make(order_for(made_plan(CHILD), "whole-plan")[0]))
    for words in ("Gillick", "wants to be at home", "by marriage or registration", "sharing agreed by somebody"):
        assert words.replace(" ", "") in handover, words
    assert "Gillick" not in family
    assert "Somebodywhohasparentalresponsibilityformeagreedtothisbeingshared" in family


def test_nobody_of_18_is_said_to_be_under_it() -> None:
    assert "UNDER18" not in packed(
        make(order_for(made_plan({"person": {"birth_date": "2008-11-12"}}), "family-plan")[0])
    )
