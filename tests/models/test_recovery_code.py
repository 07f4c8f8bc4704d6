"""The recovery code: every code reads back however it is written down, and a slip is found before it costs a try."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from eolc_desktop.models.recovery_code import ALPHABET, code_problem, new_secret, read_code, write_code

SECRETS = st.binary(min_size=16, max_size=16)


@given(SECRETS)
def test_a_code_reads_back_to_what_stands_behind_it(secret: bytes) -> None:
    code = write_code(secret)
    assert [len(group) for group in code.split("-")] == [4] * 7
    assert read_code(code) == secret


@given(SECRETS, st.randoms())
def test_capitals_spaces_dashes_and_look_alikes_do_not_matter(secret: bytes, chance: Random) -> None:
    look_alike = {"0": "0Oo", "1": "1IiLl"}
    written = "".join(
        chance.choice(look_alike.get(letter, letter + letter.lower())) + chance.choice(["", "", " ", "-", "–", "\n"])
        for letter in write_code(secret).replace("-", "")
    )
    assert read_code(written) == secret


@given(SECRETS, st.integers(0, 27), st.sampled_from(ALPHABET))
def test_one_wrong_letter_never_reads_as_the_same_code(secret: bytes, at: int, other: str) -> None:
    letters = write_code(secret).replace("-", "")
    changed = letters[:at] + other + letters[at + 1 :]
    assert (read_code(changed) == secret) == (changed == letters)


def test_nearly_every_slip_is_found_before_it_is_tried() -> None:
    letters = write_code(bytes(range(16))).replace("-", "")
    slips = [
        letters[:at] + other + letters[at + 1 :]
        for at, letter in enumerate(letters)
        for other in ALPHABET
        if other != letter
    ]
    unnoticed = [slip for slip in slips if read_code(slip) is not None]
    assert len(unnoticed) <= len(slips) // 200


@given(st.text(max_size=60))
def test_nothing_typed_can_break_it_and_every_refusal_has_words(text: str) -> None:
    secret = read_code(text)
    assert (secret is None) == bool(code_problem(text))
    assert secret is None or len(secret) == 16


def test_words_say_what_is_wrong() -> None:
    assert "28 letters" in (code_problem("ABCD-EFGH") or "")
    assert "“U”" in (code_problem("UUUU") or "")
    assert "compare" in (code_problem("ZZZZ-" * 7) or "")


def test_no_two_are_alike() -> None:
    assert len({new_secret() for _ in range(1000)}) == 1000
