"""The language of words that somebody typed, as far as their script gives it away, for those who hear the page."""

from __future__ import annotations

import re

_SCRIPTS = (
    (re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff]"), "ar"),
    (re.compile("[\u0590-\u05ff]"), "he"),
    (re.compile("[\u0980-\u09ff]"), "bn"),
    (re.compile("[\u0a00-\u0a7f]"), "pa"),
    (re.compile("[\u0a80-\u0aff]"), "gu"),
    (re.compile("[\u0b80-\u0bff]"), "ta"),
    (re.compile("[\u0900-\u097f]"), "hi"),
    (re.compile("[\uac00-\ud7af]"), "ko"),
    (re.compile("[\u3040-\u30ff]"), "ja"),
    (re.compile("[\u4e00-\u9fff]"), "zh"),
    (re.compile("[\u0e00-\u0e7f]"), "th"),
    (re.compile("[\u1200-\u137f]"), "am"),
    (re.compile("[\u0370-\u03ff]"), "el"),
)
_URDU = re.compile("[ٹڈڑںے]")
_SHARE = 0.5


def language_of(text: str) -> str:
    """The tag of the language most of whose signs these are, or "": Latin letters say nothing, many languages use them.

    Arabic letters count as Urdu when one of those that only Urdu has is among them.
    """
    if text.isascii():
        return ""
    letters = sum(sign.isalpha() for sign in text) or 1
    for signs, tag in _SCRIPTS:
        if len(signs.findall(text)) >= _SHARE * letters:
            return "ur" if tag == "ar" and _URDU.search(text) else tag
    return ""
