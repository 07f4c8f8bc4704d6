"""The choices and codes: every one readable, unique, with a check digit that holds, and never renamed."""

from __future__ import annotations

from pathlib import Path

import pytest

from eolc_desktop.care_plan import value_sets
from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.our_service.sections import catalogue as our_service
from eolc_desktop.care_plan.promises import COMMITMENTS, evidence_options
from eolc_desktop.care_plan.value_sets import ValueSetError, option, value_set

SNOMED = "http://snomed.info/sct"

# The multiplication of the dihedral group of ten, and its permutation, as Verhoeff published them in 1969.
_TIMES = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_MOVES = (
    "0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip


def verhoeff_holds(digits: str) -> bool:
    """Whether the last digit is the right Verhoeff check digit, as every SNOMED CT id has one."""
    check = 0
    for place, digit in enumerate(reversed(digits)):
        check = int(_TIMES[check][int(_MOVES[place % 8][int(digit)])])
    return check == 0


def all_codes() -> list[tuple[str, str, str]]:
    from_sets = [
        (name, one.system, one.code)
        for name in value_sets.names()
        for choice in value_set(name)
        for one in choice.codes
    ]
    from_fields = [
        (f"{section.key}.{field.key}", one.system, one.code)
        for section in built_in()
        for field in section.fields
        for one in field.codes
    ]
    return from_sets + from_fields


def test_the_verhoeff_check_finds_each_single_mistyped_digit() -> None:
    good = "450476008"
    assert verhoeff_holds(good)
    wrong = [
        good[:place] + digit + good[place + 1 :]
        for place in range(len(good))
        for digit in "0123456789"
        if digit != good[place]
    ]
    assert len(wrong) == 81
    assert not any(verhoeff_holds(one) for one in wrong)


def test_every_snomed_id_has_its_check_digit() -> None:
    snomed = [(where, code) for where, system, code in all_codes() if system == SNOMED]
    assert len(snomed) > 100
    assert [(where, code) for where, code in snomed if not (code.isdigit() and verhoeff_holds(code))] == []


@pytest.mark.parametrize("name", value_sets.names())
def test_a_set_has_a_source_and_no_key_twice(name: str) -> None:
    choices = value_set(name)
    assert value_sets.source(name).strip()
    assert choices
    keys = [choice.key for choice in choices]
    assert len(keys) == len(set(keys))
    labels = [choice.label for choice in choices]
    assert len(labels) == len(set(labels)), "two choices that read alike cannot be told apart on screen"


def test_every_set_is_used_and_every_choice_comes_from_one() -> None:
    everything = (*built_in(), *our_service())
    used = {field.options for section in everything for field in section.fields if field.options}
    in_use = {value_set(name) for name in value_sets.names()}
    evidence = {value_set(f"evidence_{commitment.number}") for commitment in COMMITMENTS}
    assert used - in_use == {evidence_options()}
    assert in_use - used == evidence


def test_the_codes_of_the_decisions_that_matter_most() -> None:
    """Read once more from the standard, by hand: a swap here would turn a decision into its opposite."""
    codes = {
        (name, choice.key): [one.code for one in choice.codes]
        for name in value_sets.names()
        for choice in value_set(name)
    }
    assert codes["cpr_decision", "not_for"] == ["450476008"]
    assert codes["cpr_decision", "for"] == ["450475007"]
    assert codes["cpr_decision", "no_decision"] == []
    assert codes["consent_share", "given"] == ["882921000000109"]
    assert codes["consent_share", "withdrawn"] == ["882941000000102"]
    assert codes["attorney_authority", "with_life_sustaining"] == ["816381000000105"]
    assert codes["attorney_authority", "without_life_sustaining"] == ["816361000000101"]
    assert codes["adrt", "yes"] == ["816301000000100"]
    assert codes["adrt_life_sustaining", "yes"] == ["816321000000109"]
    assert codes["preferred_place_of_death", "home"] == ["110481000000108", "21"]
    assert codes["preferred_place_of_death", "hospice"] == ["108401000000102", "30"]
    assert codes["agreement", "no"] == ["335041000000102"]


def test_every_file_of_choices_is_read() -> None:
    folder = Path(value_sets.__file__).parent / "choices"
    assert {path.stem for path in folder.glob("*.toml")} == {"systems", *value_sets.FILES}
    assert all(len(path.read_text(encoding="utf-8").splitlines()) <= 400 for path in folder.glob("*.toml"))


def test_the_version_is_set() -> None:
    assert value_sets.version().startswith("20")


@pytest.mark.parametrize(
    "line",
    ["", "alone", " key | Label", "key | Label | nonsense", "key | Label | nowhere: 1", "key | Label | snomed: "],
)
def test_a_line_that_cannot_be_read_is_refused(line: str) -> None:
    with pytest.raises(ValueSetError):
        option(line)


def test_a_line_with_everything() -> None:
    read = option("key | For staff | family: For families | snomed: 450476008 | death_location: 21 | retired")
    assert (read.key, read.label, read.family_label, read.retired) == ("key", "For staff", "For families", True)
    assert [one.code for one in read.codes] == ["450476008", "21"]


@pytest.mark.parametrize("name", ["version", "systems", "no_such_set"])
def test_what_is_no_set_is_not_found(name: str) -> None:
    with pytest.raises(KeyError):
        value_set(name)
