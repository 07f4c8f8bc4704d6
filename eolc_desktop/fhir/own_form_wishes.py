"""What a form asks for beside its questions: what is followed, and, in words, what is not (nothing in silence)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from eolc_desktop.fhir.elements import codings, parts, text

HL7 = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"
_TRANSLATION = f"{HL7}translation"
_HIDDEN = f"{HL7}questionnaire-hidden"
_CONTROL = f"{HL7}questionnaire-itemControl"

_FOLLOWED = frozenset(
    (
        _HIDDEN,
        f"{HL7}minValue",
        f"{HL7}maxValue",
        f"{HL7}questionnaire-unit",
        f"{HL7}questionnaire-unitOption",
        _TRANSLATION,
    )
)
_LAYOUT = frozenset(
    f"{HL7}{name}"
    for name in (
        "questionnaire-itemControl", "questionnaire-choiceOrientation", "questionnaire-displayCategory",
        "questionnaire-optionPrefix", "rendering-style", "rendering-styleSensitive", "rendering-xhtml",
        "rendering-markdown", "entryFormat", "questionnaire-sliderStepValue",
    )
) | frozenset(
    f"{SDC}{name}"
    for name in ("openLabel", "collapsible", "shortText", "columnCount", "width", "preferredTerminologyServer")
)  # fmt: skip
_BY_EXPRESSION: Mapping[str, str] = {
    "calculatedExpression": "the form works this out from other answers. Here somebody types it.",
    "initialExpression": "the form fills this in from the record. Here it begins empty.",
    "enableWhenExpression": "the form shows this only under a formula. Here it is always shown.",
    "answerExpression": "the form works out the answers to choose from. Here only those in the file are offered.",
    "candidateExpression": "the form looks up answers to choose from. Here it is answered as it stands.",
    "answerOptionsToggleExpression": "the form offers some answers only at times. Here all are offered.",
    "contextExpression": "the form looks up answers from other records. Here it is answered as it stands.",
    "cqf-expression": "the form works something out here. This program does not.",
}
_SAID: Mapping[str, str] = {
    "regex": "Answers are not checked against the form’s own pattern.",
    "minLength": "A least length of answers is not checked.",
    "maxDecimalPlaces": "The number of decimal places is not checked.",
    "questionnaire-constraint": "The form’s own checks across answers are not made.",
    "targetConstraint": "The form’s own checks across answers are not made.",
    "questionnaire-optionExclusive": "“None of these” can be ticked beside other answers.",
    "ordinalValue": "Scores beside answers are not added up.",
    "itemWeight": "Scores beside answers are not added up.",
    "variable": "The form’s own formulas are not worked out.",
    "questionnaire-minOccurs": "How often something must at least be answered is not checked.",
    "questionnaire-maxOccurs": "How often something may at most be answered is not checked.",
    "questionnaire-supportLink": "Links to further reading are not shown.",
    "maxSize": "Files are not attached to this form, so their size is not checked.",
    "mimeType": "Files are not attached to this form, so their kind is not checked.",
    "questionnaire-signatureRequired": "No electronic signature is taken.",
}


def is_hidden(item: dict[str, Any]) -> bool:
    """Whether a question is not meant to be seen."""
    return any(h.get("url") == _HIDDEN and h.get("valueBoolean") is True for h in parts(item.get("extension")))


def control_of(item: dict[str, Any]) -> str:
    """The control that the form wishes for: "help", "slider"."""
    for held in parts(item.get("extension")):
        if held.get("url") == _CONTROL:
            return next((code for _s, code, _d in codings(held.get("valueCodeableConcept"))), "")
    return ""


def translations_of(item: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """The words of a question in other languages: language tag and words."""
    beside = item.get("_text")
    found = []
    for held in parts(beside.get("extension")) if isinstance(beside, dict) else []:
        if held.get("url") == _TRANSLATION:
            inner = {part.get("url"): part for part in parts(held.get("extension"))}
            tag = text(inner.get("lang", {}).get("valueCode"))
            content = inner.get("content", {})
            words = text(content.get("valueString") or content.get("valueMarkdown"))
            if tag and words:
                found.append((tag, words))
    return tuple(found)


def asks_by_expression(item: dict[str, Any]) -> list[str]:
    """What a formula of an item would do, in words."""
    names = {_name(text(held.get("url"))) for held in parts(item.get("extension"))}
    return [said for name, said in _BY_EXPRESSION.items() if name in names]


def general_wishes(body: dict[str, Any], translations_used: int) -> Iterator[str]:
    """Every extension of the file that is not followed, named once; those of single questions are named with them."""
    found: Counter[str] = Counter()
    definitions = 0
    waiting: list[Any] = [body]
    while waiting:
        holder = waiting.pop()
        if isinstance(holder, dict):
            found.update(text(held.get("url")) for held in parts(holder.get("extension")))
            definitions += "definition" in holder and "linkId" in holder
            # What is inside a known extension belongs to it.
            waiting += [v for k, v in holder.items() if k != "extension" and isinstance(v, dict | list)]
        else:
            waiting += [one for one in holder if isinstance(one, dict | list)]
    if found[_TRANSLATION] > translations_used:
        yield "Other languages are shown beside questions; those of titles and of answers are not."
    if any(address in _LAYOUT for address in found):
        yield "How the form wishes to look (sliders, columns, formats) is not followed; its words are."
    if definitions:
        yield "Links from questions to data definitions are not followed."
    unknown = []
    for address in found:
        name = _name(address)
        if address in _FOLLOWED or address in _LAYOUT or name in _BY_EXPRESSION:
            continue
        if name in _SAID:
            yield _SAID[name]
        else:
            unknown.append(name or "one without a name")
    if unknown:
        yield f"The form carries additions unknown to this program, which are left out: {', '.join(sorted(unknown))}."


def _name(address: str) -> str:
    last = address.rstrip("/").rsplit("/", 1)[-1]
    return last.removeprefix("sdc-questionnaire-")[:60]
