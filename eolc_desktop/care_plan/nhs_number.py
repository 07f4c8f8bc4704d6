"""The NHS number: ten digits with a modulus 11 check, shown 3-3-4 (NHS Data Dictionary, ISB 1504)."""

from __future__ import annotations


def digits_of(text: str) -> str:
    """Strip everything but digits, as the number is typed with spaces, hyphens or none (NUM-0006)."""
    return "".join(character for character in text if character in "0123456789")


def problem_with(text: str) -> str:
    """Return what is wrong with a typed NHS number in a sentence, or "" when it passes the check."""
    digits = digits_of(text)
    if len(digits) != 10:
        return f"An NHS number has 10 digits; this one has {len(digits)}."
    if len(set(digits)) == 1:
        return "Ten times the same digit is not an NHS number."
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    check = (11 - total % 11) % 11
    if check == 10 or check != int(digits[9]):
        return "These digits do not fit together as an NHS number. One of them may have been mistyped."
    return ""


def is_valid(text: str) -> bool:
    """Whether the number has ten digits and the right check digit."""
    return not problem_with(text)


def is_for_testing(text: str) -> bool:
    """Whether the number is from the 999 range, which is never given to a real person."""
    return digits_of(text).startswith("999")


def nhs_number_words(text: str) -> str:
    """The number in groups of 3, 3 and 4 with no-break spaces, so that it stays on one line (NUM-0001)."""
    digits = digits_of(text)
    return f"{digits[:3]}\u00a0{digits[3:6]}\u00a0{digits[6:]}" if len(digits) == 10 else text


def with_check_digit(first_nine: str) -> str | None:
    """Complete nine digits to an NHS number; None where no check digit exists (the remainder gives 10)."""
    total = sum(int(digit) * weight for digit, weight in zip(first_nine, range(10, 1, -1), strict=False))
    check = (11 - total % 11) % 11
    return None if check == 10 else f"{first_nine}{check}"
