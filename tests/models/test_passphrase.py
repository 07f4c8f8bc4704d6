"""What a passphrase must be, and that how it is typed does not matter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eolc_desktop.models.passphrase import normalise, passphrase_problem


@pytest.mark.parametrize(
    "passphrase",
    [
        "violet tractor pond marmalade",
        "Пять тихих лодок у берега",
        "five quiet boats 5",
        "hospice marmalade tractor",
        "a" * 8 + " bread knife",
    ],
)
def test_unrelated_words_will_do(passphrase: str) -> None:
    assert passphrase_problem(passphrase, "Asha Okafor") is None


@pytest.mark.parametrize(
    ("passphrase", "words"),
    [
        ("short one", "at least 12"),
        ("", "at least 12"),
        ("Password12345", "first that would be guessed"),
        ("District Nurse 1", "first that would be guessed"),
        ("letmein!letmein!".replace("!letmein", ""), "at least 12"),
        ("aaaaaaaaaaaaaaaa", "repeats itself"),
        ("abcabcabcabcabc", "repeats itself"),
        ("abcdefghijklmnop", "runs in order"),
        ("ponmlkjihgfedcba", "runs in order"),
        ("qwertyuiopasdfgh", "runs in order"),
        ("123456789012", "runs in order"),
        ("05041941070019", "Numbers alone"),
        ("Asha Okafor 1962", "mostly your name"),
        ("x" * 400 + "words of all kinds" * 60, "longer than"),
    ],
)
def test_what_would_be_guessed_early_is_refused_in_words(passphrase: str, words: str) -> None:
    assert words in (passphrase_problem(passphrase, "Asha Okafor") or "")


def test_an_accent_typed_in_one_key_or_two_is_the_same() -> None:
    assert normalise("café au lait noir") == normalise("cafe\u0301 au lait noir")
    assert normalise("ﬁve quiet boats") == normalise("five quiet boats")


def test_spaces_and_capitals_count() -> None:
    assert normalise(" Five") != normalise("five")


@given(st.text(max_size=80), st.text(max_size=20))
def test_whatever_is_pasted_gets_an_answer(passphrase: str, name: str) -> None:
    problem = passphrase_problem(passphrase, name)
    assert problem is None or problem.endswith(".")
