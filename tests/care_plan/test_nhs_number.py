"""The NHS number: its check digit finds every slip of one digit and every swap of two neighbours."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from eolc_desktop.care_plan.nhs_number import (
    digits_of,
    is_for_testing,
    is_valid,
    nhs_number_words,
    problem_with,
    with_check_digit,
)

VALID = [
    "943 476 5919", "401 023 2137", "999 000 0018", "999 000 0026", "999 000 0034", "999 000 0042", "999 000 0050",
    "999 000 0069", "999 000 0077", "999 000 0085", "999 000 0093", "999 000 0107", "987 654 3210", "123 456 7881",
]  # fmt: skip
INVALID = ["999 123 4560", "999 123 4567", "999 000 0000", "485 777 3456", "111 111 1111", "000 000 0000"]

any_number = st.text("0123456789", min_size=9, max_size=9).map(with_check_digit).filter(lambda n: n and is_valid(n))


@pytest.mark.parametrize("number", VALID)
def test_numbers_that_are_right(number: str) -> None:
    assert problem_with(number) == ""
    assert nhs_number_words(number) == number.replace(" ", "\u00a0")


@pytest.mark.parametrize("number", INVALID)
def test_numbers_that_are_not(number: str) -> None:
    assert problem_with(number)


@pytest.mark.parametrize("nine", ["999123456", "999000000", "999000014"])
def test_where_the_remainder_is_ten_no_number_exists(nine: str) -> None:
    assert with_check_digit(nine) is None
    assert not any(is_valid(nine + digit) for digit in "0123456789")


@pytest.mark.parametrize("typed", ["", "999 000 001", "999 000 00180", "nine"])
def test_the_wrong_length_is_said(typed: str) -> None:
    assert "10 digits" in problem_with(typed)


@given(any_number, st.integers(0, 9), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_always_found(number: str, place: int, digit: str) -> None:
    assume(number[place] != digit)
    assert not is_valid(number[:place] + digit + number[place + 1 :])


@given(any_number, st.integers(0, 8))
def test_two_neighbours_swapped_are_always_found(number: str, place: int) -> None:
    assume(number[place] != number[place + 1])
    assert not is_valid(number[:place] + number[place + 1] + number[place] + number[place + 2 :])


@given(any_number)
def test_it_is_the_same_number_however_it_is_typed(number: str) -> None:
    for typed in (f"{number[:3]} {number[3:6]} {number[6:]}", f" {number[:3]}-{number[3:6]}-{number[6:]}\n"):
        assert digits_of(typed) == number
        assert is_valid(typed)


def test_numbers_for_invented_people_are_known() -> None:
    assert is_for_testing("999 000 0018")
    assert not is_for_testing("943 476 5919")
