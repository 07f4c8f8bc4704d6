"""Names folded so that a search forgives accents, hyphens, apostrophes and letters that look alike in no alphabet."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not take apart into a letter and an accent.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n"}
)
_WORD = re.compile(r"\w+", re.UNICODE)
_JOINERS = re.compile(r"['’‘`´.\-‐‑–—]")
_SOUNDS = str.maketrans("bfpvcgjkqsxzdtlmnr", "111122222222334556")


def fold(text: str) -> str:
    """Lower-case text without accents: "Siân Łukasz" becomes "sian lukasz"."""
    if text.isascii():
        return text.lower()
    lowered = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN)
    return "".join(character for character in lowered if not unicodedata.combining(character))


def search_words(*texts: str) -> str:
    """The words under which texts are found: split at hyphens and apostrophes, and joined across them.

    "O'Brien-Smith" is found as "o", "brien", "smith", "obrien smith" and "obriensmith".
    """
    words: dict[str, None] = {}
    for text in texts:
        folded = fold(text)
        for form in (_JOINERS.sub(" ", folded), _JOINERS.sub("", folded)):
            words |= dict.fromkeys(_WORD.findall(form))
        for part in folded.split():
            words |= dict.fromkeys(_WORD.findall(part.replace("'", "").replace("’", "")))
    return " ".join(words)


def words_of(text: str) -> list[str]:
    """The folded words of what somebody typed, with apostrophes dropped and hyphens as spaces."""
    folded = fold(text)
    return _WORD.findall(re.sub(r"['’‘`´.]", "", folded).replace("-", " "))


def sound_of(family_name: str, given_names: str) -> str:
    """A rough key under which look-alike names fall together: American Soundex of the family name, and an initial.

    "Smyth, Jon" and "Smith, Joan" share it. It only ever raises a question; it never joins two people.
    """
    letters = "".join(character for character in fold(family_name) if character.isalpha())
    if not letters:
        return ""
    digits = letters.translate(_SOUNDS)
    kept = ""
    last = digits[0]
    for letter, digit in zip(letters[1:], digits[1:], strict=True):
        if digit.isdigit() and digit != last:
            kept += digit
        if letter not in "hw":
            last = digit
    return f"{letters[0]}{kept[:3]:0<3}{fold(given_names)[:1]}"
