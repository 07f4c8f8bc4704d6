"""The order in which mixed right-to-left and left-to-right text stands on a line, with every number kept whole.

This is the part of the Unicode Bidirectional Algorithm (UAX #9) that plain text needs. Its plain result is
unsafe on a care plan: in Urdu or Arabic text `999 000 0018` stands as `0018 000 999` and `2.5 mg - 5 mg` as
`mg - 5 mg 2.5`. So the engine first finds each *stretch* of digits and foreign letters (a number, date, dose,
telephone number, Latin name) and keeps it in one piece that reads from left to right, as if it stood
between U+2066 and U+2069.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import Enum

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
RIGHT_TO_LEFT_LANGUAGES = frozenset(
    ["ar", "ckb", "dv", "fa", "he", "ks", "ku-arab", "ps", "sd", "syr", "ug", "ur", "yi"]
)
"""Language tags (first part, or language and script) that are written from right to left."""

_BEFORE = "+£$€₹#~<>≤≥±−№(["
_AFTER = "%°′″‰²³)]"
_ROUND_OR_SQUARE = {"(": ")", "[": "]"}
_BRACKETS = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "«": "»"}


class Stretch(Enum):
    """How a stretch takes part in the order of the line around it."""

    ISOLATED = "isolated"
    """One piece that takes the direction of what is around it, as an isolate does: inside right-to-left text."""
    STRONG = "strong"
    """Firmly left to right: a number after an Arabic name in an English line stays on its side of the name."""


def has_right_to_left(text: str) -> bool:
    """Return whether any of the text is written from right to left; if not, none of this module is needed."""
    return _RIGHT_TO_LEFT.search(text) is not None


def reads_right_to_left(text: str, language: str = "") -> bool:
    """Return the direction of one paragraph: by its language if that is given, else by its letters.

    The first letter alone (rule P2) would turn an Urdu sentence that starts with "Dr Smith" the wrong way, and
    an English one that starts with an Arabic name. So a first letter decides only with company: a third of all
    letters for right to left, and more than a third for left to right.
    """
    if not has_right_to_left(text):
        return False
    tag = language.lower()
    if tag:
        return tag in RIGHT_TO_LEFT_LANGUAGES or tag.split("-")[0] in RIGHT_TO_LEFT_LANGUAGES
    strong = [kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL")]
    if not strong:
        return False
    right = len(strong) - strong.count("L")
    return 3 * right >= (2 if strong[0] == "L" else 1) * len(strong)


def _is_core(kind: str) -> bool:
    return kind in ("L", "EN", "AN")


def stretches(text: str, kinds: Sequence[str], *, right_to_left: bool) -> list[tuple[int, int, Stretch]]:
    """Return the stretches of one paragraph as (start, end, how), in order, never overlapping.

    Inside right-to-left text that is each run of digits and left-to-right letters with what stands between
    them. Inside left-to-right text it is each run of digits with its unit or sign; a short bare number among
    right-to-left words ("عندي 3 أولاد") stays part of their phrase.
    """
    found: list[tuple[int, int, Stretch]] = []
    position, length = 0, len(text)
    while position < length:
        if not _is_core(kinds[position]):
            position += 1
            continue
        start = end = position
        probe = position
        while probe < length and kinds[probe] not in ("R", "AL"):
            if _is_core(kinds[probe]):
                end = probe
            probe += 1
        end += 1
        while end < length and kinds[end] == "NSM":
            end += 1
        position = max(probe, end)
        start, end = _with_signs(text, kinds, start, end)
        if right_to_left:
            found.append((start, end, Stretch.ISOLATED))
        else:
            found.extend(_numbers(text, kinds, start, end))
    return found


def _with_signs(text: str, kinds: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """Take in the signs of a stretch (`+44`, `(01943) 000111`, `£5`, `50%`), but no bracket around it all."""
    never_opened, never_closed = _unmatched(text[start:end])
    while start and text[start - 1] in _BEFORE and kinds[start - 1] not in ("R", "AL"):
        if text[start - 1] in _ROUND_OR_SQUARE:
            if never_opened[-1:] != [text[start - 1]]:
                break
            never_opened.pop()
        start -= 1
    while end < len(text) and text[end] in _AFTER:
        if text[end] in _ROUND_OR_SQUARE.values():
            if never_closed[-1:] != [text[end]]:
                break
            never_closed.pop()
        end += 1
    return start, end


def _unmatched(text: str) -> tuple[list[str], list[str]]:
    """Return the brackets a text closes but never opens (what opens them, outermost first), and those it never closes.

    The second list holds what would close them, innermost last.
    """
    waiting: list[str] = []
    never_opened: list[str] = []
    opener = {close: opening for opening, close in _ROUND_OR_SQUARE.items()}
    for character in text:
        if character in _ROUND_OR_SQUARE:
            waiting.append(_ROUND_OR_SQUARE[character])
        elif character in opener:
            if waiting[-1:] == [character]:
                waiting.pop()
            elif not waiting:
                never_opened.append(opener[character])
    return never_opened[::-1], waiting


def _numbers(text: str, kinds: Sequence[str], start: int, end: int) -> list[tuple[int, int, Stretch]]:
    """Return the part of a stretch that left-to-right text must hold on to: all of it, if it has a digit."""
    part = text[start:end]
    if not any(kinds[index] in ("EN", "AN") for index in range(start, end)):
        return []
    alone = part.isdigit() and len(part) <= 4
    among = _strong_beside(kinds, start, -1) in ("R", "AL") and _strong_beside(kinds, end - 1, 1) in ("R", "AL")
    return [] if alone and among else [(start, end, Stretch.STRONG)]


def _strong_beside(kinds: Sequence[str], index: int, step: int) -> str:
    index += step
    while 0 <= index < len(kinds) and kinds[index] == "WS":
        index += step
    return kinds[index] if 0 <= index < len(kinds) else ""


def levels(text: str, *, right_to_left: bool) -> list[int]:
    """Return the embedding level of every character of one paragraph (UAX #9 rules W1 to I2, stretches first).

    An even level is read from left to right, an odd one from right to left. The text holds no marks of
    direction of its own (`fonts.INVISIBLE` took them out).
    """
    base = int(right_to_left)
    kinds = [unicodedata.bidirectional(character) or "L" for character in text]
    held = stretches(text, kinds, right_to_left=right_to_left)
    sequence: list[int] = []  # index into text; a stretch is one member, told apart by `span`
    resolved: list[str] = []
    span: dict[int, tuple[int, int]] = {}
    at = 0
    for start, end, how in held:
        for index in range(at, start):
            sequence.append(index)
            resolved.append(kinds[index])
        span[len(sequence)] = (start, end)
        sequence.append(start)
        resolved.append("ON" if how is Stretch.ISOLATED else "L")
        at = end
    for index in range(at, len(text)):
        sequence.append(index)
        resolved.append(kinds[index])
    marks = [kind == "NSM" for kind in resolved]
    _resolve_weak(resolved, base)
    brackets = [text[index] if n not in span else "" for n, index in enumerate(sequence)]
    _resolve_brackets(resolved, brackets, marks, base)
    _resolve_neutral(resolved, base)
    result = [base] * len(text)
    for n, index in enumerate(sequence):
        if n in span:
            start, end = span[n]
            result[start:end] = [2 if base or resolved[n] == "R" else 0] * (end - start)
        elif resolved[n] == "R":
            result[index] = 1
        elif resolved[n] in ("EN", "AN"):
            result[index] = 2
        else:
            result[index] = 2 * base
    return result


def _resolve_weak(kinds: list[str], base: int) -> None:
    """Apply rules W1 to W7."""
    edge = "R" if base else "L"
    previous = strong = edge
    for n, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[n] = kind = previous
        if kind in ("R", "L", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[n] = kind = "AN"
        previous = kind
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    for n in range(1, len(kinds) - 1):
        beside = kinds[n - 1]
        single = (kinds[n] == "ES" and beside == "EN") or (kinds[n] == "CS" and beside in ("EN", "AN"))
        if single and beside == kinds[n + 1]:
            kinds[n] = beside
    for n, kind in enumerate(kinds):
        if kind == "EN":
            for step in (-1, 1):
                other = n + step
                while 0 <= other < len(kinds) and kinds[other] == "ET":
                    kinds[other] = "EN"
                    other += step
    strong = edge
    for n, kind in enumerate(kinds):
        if kind in ("ES", "CS", "ET"):
            kinds[n] = "ON"
        elif kind in ("R", "L"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[n] = "L"


def _direction(kind: str) -> str:
    return "R" if kind in ("R", "EN", "AN") else kind if kind == "L" else ""


def _resolve_brackets(kinds: list[str], characters: Sequence[str], marks: Sequence[bool], base: int) -> None:
    """Apply rule N0: both brackets of a pair take one direction, so that none stands at the wrong end of its words."""
    opened: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for n, character in enumerate(characters):
        if kinds[n] != "ON" or not character:
            continue
        if character in _BRACKETS:
            opened.append((_BRACKETS[character], n))
        else:
            for depth in range(len(opened) - 1, -1, -1):
                if opened[depth][0] == character:
                    pairs.append((opened[depth][1], n))
                    del opened[depth:]
                    break
    edge = "R" if base else "L"
    for start, end in sorted(pairs):
        inside = {_direction(kind) for kind in kinds[start + 1 : end]} - {""}
        if not inside:
            continue
        before = next((d for d in (_direction(kind) for kind in reversed(kinds[:start])) if d), edge)
        for bracket in (start, end):
            kinds[bracket] = edge if edge in inside else before
            mark = bracket + 1
            while mark < len(kinds) and marks[mark]:
                kinds[mark] = kinds[bracket]
                mark += 1


def _resolve_neutral(kinds: list[str], base: int) -> None:
    """Apply rules N1 and N2: what has no direction takes that of both its sides, else that of the paragraph."""
    edge = "R" if base else "L"
    n = 0
    while n < len(kinds):
        if _direction(kinds[n]):
            n += 1
            continue
        end = n
        while end < len(kinds) and not _direction(kinds[end]):
            end += 1
        before = _direction(kinds[n - 1]) if n else edge
        after = _direction(kinds[end]) if end < len(kinds) else edge
        kinds[n:end] = [before if before == after else edge] * (end - n)
        n = end


def visual_order(item_levels: Sequence[int]) -> list[int]:
    """Return the items of one line from left to right, given the level of each in reading order (rule L2)."""
    order = list(range(len(item_levels)))
    odd = [level for level in item_levels if level % 2]
    if not odd:
        return order
    for level in range(max(item_levels), min(odd) - 1, -1):
        n = 0
        while n < len(order):
            if item_levels[order[n]] < level:
                n += 1
                continue
            end = n
            while end < len(order) and item_levels[order[end]] >= level:
                end += 1
            order[n:end] = reversed(order[n:end])
            n = end
    return order
