"""An organisation's own form: a FHIR R4 Questionnaire compiled to sections that stand beside the built-in ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.fields import Field, Need, Section
from eolc_desktop.fhir import reading
from eolc_desktop.fhir.elements import parts, text
from eolc_desktop.fhir.own_form_items import Compiler, key_of
from eolc_desktop.fhir.own_form_wishes import general_wishes
from eolc_desktop.fhir.reading import refusal

MAX_ITEMS = 500
MAX_LEVELS = 12
NEXT = "Ask whoever made the form, or choose another file."
TYPES = frozenset(
    (
        "group", "display", "boolean", "decimal", "integer", "date", "dateTime", "time", "string", "text", "url",
        "choice", "open-choice", "attachment", "reference", "quantity",
    )
)  # fmt: skip
_OF_OTHER_VERSIONS = {
    "question": "STU3 or R5",
    "coding": "R5",
}


@dataclass(frozen=True, slots=True)
class OwnForm:
    """A form that was read: the sections it becomes, and in words what of it this program does otherwise.

    `address` and `version` are the form's own; `sha256` is of its bytes. `departures` are for whoever decides whether
    to take the form in: nothing that the file asks for is left out without being named there.
    """

    sha256: str
    address: str
    version: str
    title: str
    sections: tuple[Section, ...]
    departures: tuple[str, ...]

    @property
    def key(self) -> str:
        """The key of its first section, the same for every version of the form."""
        return self.sections[0].key

    @property
    def questions(self) -> int:
        """How many questions it asks."""
        return sum(1 for section in self.sections for field in section.fields if not field.retired)


def read_form(data: bytes, known: Sequence[Section] = ()) -> OwnForm:
    """Read a Questionnaire, alone or as the only one of a bundle.

    `known` are the sections of earlier versions: what they asked stays for the answers given then, marked as retired.
    Raises ImportRefused, with the reason in words, for a form that cannot be followed safely.
    """
    body = _questionnaire_of(reading.read(data))
    items = list(_every_item(body.get("item"), 1))
    _refuse_what_cannot_be_followed(body, items)
    address = text(body.get("url")) or text(body.get("name")) or text(body.get("title")) or text(body.get("id"))
    title = (text(body.get("title")) or text(body.get("name")) or "Form without a title")[:120]
    key = f"own_{key_of(address)}"  # of the address alone: a new version may well have another title
    compiler = Compiler(body, key, title, {(s.key, f.key): f for s in known for f in s.fields})
    sections = _with_what_was_asked_before(compiler.sections(), [s for s in known if _belongs(s, key)])
    if not any(section.fields for section in sections):
        raise refusal("This form asks nothing that could be answered here.", NEXT)
    departures = (
        *_about_its_state(body),
        *_about_its_title(title),
        *compiler.departures,
        *general_wishes(body, compiler.translations_used),
    )
    return OwnForm(
        hashlib.sha256(data).hexdigest(),
        address,
        text(body.get("version")),
        title,
        sections,
        tuple(dict.fromkeys(departures)),
    )


def key_for(data: bytes) -> str:
    """The key of the first section that a form becomes. Raises ImportRefused as `read_form` does."""
    return read_form(data).key


def put_away(sections: Sequence[Section]) -> tuple[Section, ...]:
    """The sections of a form that is no longer offered: nothing is asked any more, and old answers keep their words."""
    return tuple(replace(s, fields=tuple(_retired(field) for field in s.fields)) for s in sections)


def _belongs(section: Section, key: str) -> bool:
    return section.key == key or section.key.startswith(f"{key}__")


def _questionnaire_of(file: reading.File) -> dict[str, Any]:
    forms = [resource for resource in file.resources if resource.kind == "Questionnaire"]
    if not forms:
        raise refusal("There is no form (Questionnaire) in this file.", "Choose a FHIR R4 Questionnaire in JSON.")
    if len(forms) > 1:
        raise refusal("There is more than one form in this file.", "Choose a file with one form in it.")
    if forms[0].not_understood:
        raise refusal("This form carries a mark that changes its meaning, which this program cannot follow.", NEXT)
    return forms[0].body


def _every_item(items: Any, level: int) -> Iterator[tuple[dict[str, Any], int]]:
    if items is None:
        return
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise refusal("This form is not built as FHIR says: its questions are not a list.", NEXT)
    for item in items:
        yield item, level
        if level >= MAX_LEVELS and item.get("item"):
            raise refusal(f"This form has groups within groups more than {MAX_LEVELS} deep.", NEXT)
        yield from _every_item(item.get("item"), level + 1)


def _refuse_what_cannot_be_followed(body: dict[str, Any], items: list[tuple[dict[str, Any], int]]) -> None:
    if not items:
        raise refusal("This form has no questions.", NEXT)
    if len(items) > MAX_ITEMS:
        raise refusal(f"This form has {len(items):,} questions and groups; up to {MAX_ITEMS} can be taken in.", NEXT)
    subjects = body.get("subjectType")
    if isinstance(subjects, list) and subjects and "Patient" not in subjects:
        raise refusal("This form is not about a person: it is made for something else.", NEXT)
    if body.get("status") == "entered-in-error":
        raise refusal("This form is marked as entered in error: it must not be used.", NEXT)
    seen: set[str] = set()
    for item, _level in items:
        name, kind = item.get("linkId"), item.get("type")
        if not isinstance(name, str) or not name.strip():
            raise refusal("A question of this form has no name (linkId), so its answers could not be told apart.", NEXT)
        if name in seen:
            raise refusal("Two questions of this form have the same name (linkId), so answers could be mixed up.", NEXT)
        seen.add(name)
        if kind in _OF_OTHER_VERSIONS or "option" in item or "options" in item or "answerConstraint" in item:
            raise refusal("This form is made for another version of FHIR than R4.", "Ask for it as FHIR R4.")
        if any("hasAnswer" in when for when in parts(item.get("enableWhen"))):
            raise refusal("This form is made for FHIR STU3, not R4.", "Ask for it as FHIR R4.")
        if not isinstance(kind, str) or kind not in TYPES:
            raise refusal("A question of this form is of a type that FHIR R4 does not have.", NEXT)


def _about_its_state(body: dict[str, Any]) -> Iterator[str]:
    match body.get("status"):
        case "draft":
            yield "Its makers call this form a draft."
        case "retired":
            yield "Its makers say that this form should no longer be used."
    if body.get("experimental") is True:
        yield "Its makers say that this form is for trying out only."


def _about_its_title(title: str) -> Iterator[str]:
    """A form called like a section of the plan might be taken for it: a CPR decision would stand where nobody looks."""
    if any(section.title.casefold() == title.strip().casefold() for section in built_in()):
        yield (
            f"The plan has a section of its own called “{title.strip()}”. What is answered in this form stands beside "
            "it, and is no part of it."
        )


def _with_what_was_asked_before(new: tuple[Section, ...], old: Sequence[Section]) -> tuple[Section, ...]:
    """Keep every field, option and section of earlier versions, for the answers that were given then."""
    before = {section.key: section for section in old}
    made = [_with_old_fields(section, before.get(section.key)) for section in new]
    here = {section.key for section in new}
    gone = [replace(section, title=_earlier(section.title)) for section in old if section.key not in here]
    return (*made, *put_away(gone))


def _earlier(title: str) -> str:
    words = " (asked in an earlier version)"
    return title if title.endswith(words) else title + words


def _with_old_fields(section: Section, before: Section | None) -> Section:
    if before is None:
        return section
    fields = [_with_old_options(field, before.find(field.key)) for field in section.fields]
    fields += [_retired(field) for field in before.fields if field.key not in section]
    return replace(section, fields=tuple(fields))


def _with_old_options(field: Field, before: Field | None) -> Field:
    if before is None:
        return field
    here = {option.key for option in field.options}
    old = tuple(replace(option, retired=True) for option in before.options if option.key not in here)
    return replace(field, options=(*field.options, *old))


def _retired(field: Field) -> Field:
    return replace(field, retired=True, show_when=None, need=Need.OPTIONAL, group="")
