"""The fixed wording of documents, from one file for each language: `en.toml` is complete, others stand beside it.

A file has a table for each document, with a line for each text, and `[page]` for what the engine puts on every page.
A translation also has `[labels]`, which gives its words for the headings, labels and options that the sections of the
plan describe in English. What a translation does not have is printed in English, and marked as English for whoever
hears the page. What the person or a relative said is never translated.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pkgutil import get_data
from typing import Any

from eolc_desktop.care_plan.dates import MONTHS
from eolc_desktop.documents.style import FixedWords

ENGLISH = "en-GB"
WELSH = "cy"
_FILES = {ENGLISH: "en.toml", WELSH: "cy.toml"}
LANGUAGES = tuple(_FILES)
_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})\b")


@dataclass(frozen=True)
class Words:
    """The fixed wording of one language. `called` names the language for a list; `checked`: by a translator."""

    language: str
    called: str
    checked: bool
    texts: Mapping[str, str]
    labels: Mapping[str, str]
    months: Mapping[str, str]

    def __call__(self, key: str, **parts: str) -> str:
        """A text by its table and key ("family.opening"), with its parts put in. Raises KeyError for an unknown key."""
        text = self.texts[key] if key in self.texts else words_in(ENGLISH).texts[key]
        return text.format(**parts) if parts else text

    def label(self, english: str) -> str:
        """A heading, label or option of the plan, given in English."""
        return self.labels.get(english, english)

    def day(self, english: str) -> str:
        """A date in words, given in English ("12 November 2026"), with the month in this language."""
        if not self.months:
            return english
        return _MONTH.sub(lambda found: self.months[found[1]], english)


@cache
def words_in(language: str) -> Words:
    """The fixed wording of a language. Raises KeyError for a language that there is no file for."""
    data = get_data("eolc_desktop.documents.translations", _FILES[language]) or b""
    file: dict[str, Any] = tomllib.loads(data.decode("utf-8"))
    texts = {f"{table}.{key}": text for table, lines in file.items() if isinstance(lines, dict)
             for key, text in lines.items() if table not in ("labels", "months")}  # fmt: skip
    return Words(
        language, file["called"], file["checked_by_a_translator"], texts, file.get("labels", {}), file.get("months", {})
    )


def fixed_words(words: Words) -> FixedWords:
    """What the engine puts on every page, in this language."""
    return FixedWords(**{key.removeprefix("page."): text for key, text in words.texts.items() if key[:5] == "page."})
