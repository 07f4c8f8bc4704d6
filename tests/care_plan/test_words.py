"""A value in words: nothing unknown is hidden or taken for something else, and the four kinds of unknown differ."""

from __future__ import annotations

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.fields import Absence, Audience, Value
from eolc_desktop.care_plan.words import display, entry_title


def words(name: str, value: Value, audience: Audience = Audience.STAFF) -> str:
    section, key = name.split(".")
    return display(built_in()[section][key], value, audience, {"f3b1": "Anna Smith, daughter"})


def test_the_four_kinds_of_unknown_are_four() -> None:
    said = [words("about_me.most_important", value) for value in (None, *(a.value_to_store for a in Absence))]
    assert said == ["Not asked yet", "Asked, did not want to say", "Not known", "Does not apply"]
    assert words("cpr.reason", None) == "Not recorded"


def test_false_and_nought_are_answers() -> None:
    assert words("person.lives_alone", False) == "No"
    assert words("about_me.balance", 0) == "0"


def test_a_decision_of_a_newer_version_is_shown_and_named_as_not_understood() -> None:
    assert words("cpr.decision", "modified") == "modified (unrecognised: read the source)"
    assert words("cpr.decision", {"absent": "sealed"}) == "sealed (unrecognised: read the source)"
    assert "unrecognised" in words("communication_needs.needs", ["bsl", "telepathy"])


def test_staff_and_family_read_their_own_words() -> None:
    assert words("cpr.decision", "not_for") == "Do not attempt CPR"
    assert words("cpr.decision", "not_for", Audience.FAMILY) == "Do not attempt CPR (do not try to restart the heart)"
    assert words("cpr.decided_at", "2026-10-12") == "12-Oct-2026"
    assert words("cpr.decided_at", "2026-10-12", Audience.FAMILY) == "12 October 2026"


def test_codes_and_links_are_shown_as_words() -> None:
    assert words("person.language", {"text": "Polish", "code": "pl"}) == "Polish"
    assert words("person.language", {"code": "pl"}) == "pl"
    assert words("carer.carer", "f3b1") == "Anna Smith, daughter"
    assert words("carer.carer", "gone") == "Someone no longer listed"
    assert words("person.nhs_number", "9990000018") == "999\u00a0000\u00a00018"


def test_a_damaged_moment_is_shown_as_it_came() -> None:
    from_elsewhere = "0001-01-01T00:00:00+14:00"
    section = built_in()["person"]
    moment = next(iter(section.fields))
    assert display(moment, from_elsewhere) == from_elsewhere


def test_entries_have_names() -> None:
    allergy, six = built_in()["allergy"], built_in()["commitments"]
    assert entry_title(allergy, "x", {"substance": {"text": "penicillin"}, "reaction": "rash"}) == "penicillin, rash"
    assert entry_title(allergy, "x", {}) == "Allergy"
    assert entry_title(six, "6", {}) == "Knowing who to contact"
