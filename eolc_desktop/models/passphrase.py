"""What a passphrase must be, and how its letters are made the same on every keyboard before it is used."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

MINIMUM_LENGTH = 12
"""Characters after normalisation. Length, not a mixture of signs, makes guessing costly (NCSC; NIST SP 800-63B)."""

MOST_BYTES = 1024
_FEWEST_DIFFERENT = 5
_FEWEST_DIGITS = 24

_COMMON = frozenset(
    (
        "password",
        "passwords",
        "passwordpassword",
        "passphrase",
        "mypassphrase",
        "mypassword",
        "letmein",
        "letmeinplease",
        "welcome",
        "welcomewelcome",
        "administrator",
        "qwertyuiop",
        "qwertyuiopas",
        "qwertyuiopasdf",
        "asdfghjkl",
        "zxcvbnm",
        "correcthorsebatterystaple",
        "endoflife",
        "endoflifecare",
        "palliativecare",
        "hospice",
        "hospicecare",
        "hospicenurse",
        "districtnurse",
        "communitynurse",
        "nurse",
        "nursing",
        "nationalhealthservice",
        "iloveyou",
        "changeme",
        "secret",
        "eolc",
        "eolcdesktop",
        "eolccompact",
    )
)
_KEYBOARD_ROWS = ("qwertyuiopasdfghjklzxcvbnm", "1234567890")


def normalise(passphrase: str) -> bytes:
    """Return the bytes a key is derived from: NFKC, so that é typed with one key or two is the same."""
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")


def passphrase_problem(passphrase: str, user_name: str = "") -> str | None:
    """Return, in words for the person choosing it, why a passphrase will not do; None when it will.

    `user_name` is the name of the person it is for, which may not be most of it.
    """
    text = unicodedata.normalize("NFKC", passphrase)
    if len(text) < MINIMUM_LENGTH:
        return f"Please use at least {MINIMUM_LENGTH} characters. Four or five unrelated words are easy to remember."
    if len(normalise(text)) > MOST_BYTES:
        return "This is longer than the program can use. Please choose a shorter one."
    folded = text.casefold()
    letters = "".join(sign for sign in folded if sign.isalpha())
    if len(set(folded)) < _FEWEST_DIFFERENT or _is_a_run(folded):
        return "This repeats itself or runs in order, so it would be guessed early. Please choose unrelated words."
    if letters in _COMMON:
        return "This is one of the first that would be guessed. Please choose four or five unrelated words."
    if not letters and len(text) < _FEWEST_DIGITS:
        return "Numbers alone, such as a date or a telephone number, are guessed early. Please use words as well."
    name = "".join(sign for sign in user_name.casefold() if sign.isalpha())
    if name and letters.replace(name, "", 1) in ("", *_COMMON):
        return "This is mostly your name. Please choose words that others would not connect with you."
    return None


def _is_a_run(text: str) -> bool:
    """Tell whether `text` is one short piece again and again, or follows the alphabet, the numbers or the keyboard."""
    if any(text == (text[:size] * len(text))[: len(text)] for size in range(1, _FEWEST_DIFFERENT)):
        return True
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    if len(steps) == 1 and steps <= {-1, 0, 1}:
        return True
    return any(text in row * 3 or text in row[::-1] * 3 for row in _KEYBOARD_ROWS)
