"""The items of a FHIR Questionnaire as fields: groups that do not repeat become headings, those that do sections."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made_field
from typing import Any

from eolc_desktop.care_plan.fields import (
    Absence,
    Authorship,
    Field,
    Kind,
    Merge,
    Need,
    Part,
    Section,
)
from eolc_desktop.fhir.elements import codings, parts, text
from eolc_desktop.fhir.own_form_answers import Choices, choices_of, limits_of, suggested_of, units_of
from eolc_desktop.fhir.own_form_conditions import Conditions
from eolc_desktop.fhir.own_form_wishes import asks_by_expression, is_hidden, translations_of

KINDS: Mapping[str, Kind] = {
    "boolean": Kind.YES_NO,
    "decimal": Kind.DECIMAL,
    "integer": Kind.NUMBER,
    "date": Kind.DATE,
    "dateTime": Kind.DATE_TIME,
    "time": Kind.TIME,
    "string": Kind.TEXT,
    "text": Kind.LONG_TEXT,
    "url": Kind.TEXT,
    "choice": Kind.CHOICE,
    "open-choice": Kind.CODED,
    "attachment": Kind.TEXT,
    "reference": Kind.TEXT,
    "quantity": Kind.DECIMAL,
}
LONGEST = 5000


def key_of(name: str) -> str:
    """A key made of a name: letters, digits and low lines; a mark of the whole name where that loses something."""
    plain = re.sub("[^a-z0-9]+", "_", name.lower()).strip("_")[:40].strip("_")
    made = plain if plain[:1].isalpha() else f"q_{plain}".rstrip("_")
    if made == name:
        return made
    return f"{made}_{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:6]}"


@dataclass(slots=True)
class _Part:
    """A section while it is being put together."""

    key: str
    title: str
    parent: str = ""
    repeats: bool = False
    intro: str = ""
    fields: list[Field] = made_field(default_factory=list)


class Compiler:
    """Goes through a form once, from its first question to its last.

    `known` are the fields of earlier versions by section and key: a question that now asks for another kind of answer
    gets a key of its own, so that old answers keep their meaning.
    """

    def __init__(self, body: dict[str, Any], key: str, title: str, known: Mapping[tuple[str, str], Field]) -> None:
        self.departures: list[str] = []
        self.translations_used = 0
        self._body = body
        self._known = known
        self._root = _Part(key, title, intro=_intro(body))
        self._parts = [self._root]
        self._conditions = Conditions(self.departures)
        self._waiting_help: list[str] = []

    def sections(self) -> tuple[Section, ...]:
        """The sections of the form, the first one first."""
        self._walk(parts(self._body.get("item")), self._root, "", ())
        self._keep_help(self._root)
        made = []
        for part in self._parts:
            fields = self._conditions.applied(part.key, part.fields)
            titled = [f.key for f in fields if f.kind not in (Kind.LONG_TEXT, Kind.CHOICES)] or [f.key for f in fields]
            if not fields and part is not self._root:
                continue
            made.append(
                Section(
                    key=part.key,
                    title=part.title,
                    family_title=part.title,
                    part=Part.OWN_FORMS,
                    intro=part.intro,
                    fields=tuple(fields),
                    repeats=part.repeats,
                    entry_name=f"further answer to “{_short(part.title)}”" if part.repeats else "",
                    entry_title=tuple(titled[:2]) if part.repeats else (),
                    parent=part.parent,
                )
            )
        return tuple(made)

    def _walk(self, items: list[dict[str, Any]], part: _Part, group: str, above: tuple[dict[str, Any], ...]) -> None:
        for item in items:
            if is_hidden(item):
                self.departures.append(f"“{self._words(item)}” is a hidden question: it is not asked here.")
            elif item["type"] == "display":
                self._display(item, part)
            elif item["type"] == "group":
                self._group(item, part, group, above)
            else:
                self._question(item, part, group, above)

    def _display(self, item: dict[str, Any], part: _Part) -> None:
        words = self._words(item)
        if item.get("enableWhen"):
            self.departures.append(f"“{_short(words)}” is always shown: the form would show it only sometimes.")
        self._waiting_help.append(words)
        self._walk(parts(item.get("item")), part, "", ())

    def _keep_help(self, part: _Part) -> None:
        """Words that no question follows stand in the introduction."""
        if self._waiting_help:
            part.intro = " ".join(w for w in (part.intro, *self._waiting_help) if w)
            self._waiting_help = []

    def _group(self, item: dict[str, Any], part: _Part, group: str, above: tuple[dict[str, Any], ...]) -> None:
        title = self._words(item, "")
        inner = parts(item.get("item"))
        expression = asks_by_expression(item)
        self.departures += [f"“{title or 'A group'}”: {wish}" for wish in expression]
        if item.get("repeats") is True:
            child = self._child(part, item, title or group or "Further answers")
            if item.get("enableWhen") or above:
                self.departures.append(f"“{child.title}” is always shown: the form would show it only sometimes.")
            self._walk(inner, child, "", ())
            self._keep_help(child)
            return
        if item.get("initial"):
            self.departures.append(f"“{title}”: a group cannot have an answer suggested.")
        heading = " – ".join(words for words in (group, title) if words)
        self._walk(inner, part, heading, (*above, item) if item.get("enableWhen") else above)

    def _child(self, part: _Part, item: dict[str, Any], title: str) -> _Part:
        child = _Part(f"{self._root.key}__{key_of(item['linkId'])}", title, parent=part.key, repeats=True)
        self._parts.append(child)
        return child

    def _question(self, item: dict[str, Any], part: _Part, group: str, above: tuple[dict[str, Any], ...]) -> None:
        inner = parts(item.get("item"))
        notes = [one for one in inner if one.get("type") == "display"]
        rest = [one for one in inner if one.get("type") != "display"]
        many = item.get("repeats") is True
        asked_in, conditions = part, (*above, item) if item.get("enableWhen") else above
        if many and item["type"] not in ("choice", "open-choice"):
            asked_in = self._child(part, item, self._words(item))
            if conditions:
                self.departures.append(f"“{asked_in.title}” is always shown: the form would show it only sometimes.")
            group, conditions = "", ()
        self._add(item, notes, asked_in, group, many, conditions)
        self._walk(rest, asked_in, group, conditions)

    def _add(
        self,
        item: dict[str, Any],
        notes: list[dict[str, Any]],
        part: _Part,
        group: str,
        many: bool,
        conditions: tuple[dict[str, Any], ...],
    ) -> None:
        label = self._words(item)
        self.departures += [f"“{_short(label)}”: {wish}" for wish in asks_by_expression(item)]
        kind = KINDS[item["type"]]
        chosen = Choices((), "")
        if item["type"] in ("choice", "open-choice") or "answerOption" in item or "answerValueSet" in item:
            chosen = choices_of(item, self._body)
            kind = _kind_of_choice(item, chosen, many)
        if chosen.note:
            self.departures.append(f"“{_short(label)}”: {chosen.note}")
        self._say_what_it_becomes(item, label)
        key = self._key(part, item["linkId"], kind)
        low, high = limits_of(item)
        if low is not None and high is not None and low > high:
            self.departures.append(
                f"“{_short(label)}”: no number lies within the form's limits, so neither is checked."
            )
            low = high = None
        units = units_of(item)
        suggested = suggested_of(item, kind, chosen)
        if suggested is not None:
            self.departures.append(f"“{_short(label)}” comes with an answer filled in: here it is offered beside it.")
        elif item.get("initial"):
            self.departures.append(f"“{_short(label)}”: the answer that the form fills in cannot be offered here.")
        languages = translations_of(item)
        self.translations_used += len(languages)
        longest = item.get("maxLength")
        required = item.get("required") is True
        made = Field(
            key=key,
            label=label,
            standard=item["linkId"],
            authorship=Authorship.FACT,
            merge=Merge.ASK,
            kind=kind,
            need=Need.CONDITION if required else Need.OPTIONAL,
            may_be=(Absence.DECLINED, Absence.NOT_KNOWN) if required else (),
            help=" ".join([*self._waiting_help, *(self._words(note) for note in notes)]),
            options=chosen.options if kind in (Kind.CHOICE, Kind.CHOICES, Kind.CODED) else (),
            codes=chosen.codes_of(item),
            max_length=longest if isinstance(longest, int) and 0 < longest <= LONGEST else LONGEST,
            minimum=low,
            maximum=high,
            group=group,
            unit=units[0] if len(units) == 1 else "",
            suggested=suggested,
            read_only=item.get("readOnly") is True and not asks_by_expression(item),
            other_languages=languages,
        )
        self._waiting_help = []
        part.fields.append(made)
        self._conditions.asked(item["linkId"], part.key, made)
        self._conditions.wanted(part.key, key, conditions)
        if item["type"] == "open-choice" and many:
            other = Field(
                key=f"{key}_other",
                label=f"{label} – other",
                standard=item["linkId"],
                authorship=Authorship.FACT,
                merge=Merge.ASK,
                kind=Kind.TEXT,
                group=group,
            )
            part.fields.append(other)
            self._conditions.wanted(part.key, other.key, conditions)
        if len(units) > 1:
            self._add_unit(made, units, part, conditions)

    def _add_unit(self, of: Field, units: tuple[str, ...], part: _Part, conditions: tuple[dict[str, Any], ...]) -> None:
        unit = Field(
            key=f"{of.key}_unit",
            label=f"{of.label} – unit ({', '.join(units)})",
            standard=of.standard,
            authorship=Authorship.FACT,
            merge=Merge.ASK,
            kind=Kind.TEXT,
            group=of.group,
            max_length=40,
        )
        part.fields.append(unit)
        self._conditions.wanted(part.key, unit.key, conditions)

    def _say_what_it_becomes(self, item: dict[str, Any], label: str) -> None:
        said = {
            "attachment": "asks for a file. Write here what it is, and add the file itself to the person’s documents.",
            "reference": "asks for a link to another record. Here it is answered in words.",
            "url": "asks for a web address. It is kept as words, and never opened.",
        }.get(item["type"])
        if said:
            self.departures.append(f"“{_short(label)}” {said}")

    def _key(self, part: _Part, name: str, kind: Kind) -> str:
        key = key_of(name)
        before = self._known.get((part.key, key))
        return key if before is None or before.kind is kind else f"{key}_{kind.value}"

    def _words(self, item: dict[str, Any], otherwise: str = "Question without words") -> str:
        said = text(item.get("text")) or next((d for _s, _c, d in codings({"coding": item.get("code")}) if d), "")
        return " ".join(word for word in (text(item.get("prefix")), said or otherwise) if word)


def _kind_of_choice(item: dict[str, Any], chosen: Choices, many: bool) -> Kind:
    if not chosen.options:
        return Kind.CODED if item["type"] in ("choice", "open-choice") else KINDS[item["type"]]
    if many:
        return Kind.CHOICES
    return Kind.CODED if item["type"] == "open-choice" else Kind.CHOICE


def _intro(body: dict[str, Any]) -> str:
    """What stands over the form: what it is for, and whose it is."""
    return " ".join(words for words in (text(body.get("description")), text(body.get("copyright"))) if words)[:2000]


def _short(words: str) -> str:
    return words if len(words) <= 80 else f"{words[:77].rstrip()}…"
