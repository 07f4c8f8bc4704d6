"""What may stand on a copy of the plan: a filter that only lets through, and says what it left out and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from eolc_desktop.care_plan.fields import (
    MAIN,
    Audience,
    Field,
    Kind,
    OnFamilyCopy,
    Part,
    Section,
    Value,
    is_empty,
)
from eolc_desktop.care_plan.keeping_back import has_number, kept_back
from eolc_desktop.care_plan.nhs_number import digits_of
from eolc_desktop.care_plan.paper_copies import SECTION as PAPER_COPIES
from eolc_desktop.care_plan.plan import Entry, Item, Plan
from eolc_desktop.care_plan.rules.finding import ItemRef
from eolc_desktop.care_plan.words import display
from eolc_desktop.documents.scope import FAMILY_ALL, Holder, Scope


class Reason(StrEnum):
    """Why something that is recorded does not stand on a copy."""

    NOT_FOR_FAMILIES = "not_for_families"
    NOBODY_SAID_YES = "nobody_said_yes"
    KEPT_BACK = "kept_back"
    MUST_NOT_BE_TOLD = "must_not_be_told"
    NOT_AWARE = "not_aware"
    ADDRESS = "address"
    INVOLVEMENT = "involvement"
    SENSITIVE = "sensitive"
    ALERT = "alert"
    ACCESS = "access"
    OVER = "over"
    OTHER_DOCUMENT = "other_document"

    @property
    def words(self) -> str:
        """The reason as the preview says it."""
        return {
            "not_for_families": "Kept for staff: it does not go on a family's copy",
            "nobody_said_yes": "Only printed when somebody says yes, each time",
            "kept_back": "The person asked for this to be kept back",
            "must_not_be_told": "Concerns somebody who, the person asked, must not be told",
            "not_aware": "A reader of this copy is recorded as not aware of it",
            "address": "The address is restricted and is not printed",
            "involvement": "More than the reader is to be told, by the person's own wish",
            "sensitive": "Never printed on any copy",
            "alert": "Alerts are for the screen only, and are never printed",
            "access": "How to get in is not put on paper that lies in the house",
            "over": "The person has died: nothing on this page asks for anything any more",
            "other_document": "Left to another document or the longer copy, to keep this one short",
        }[self.value]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One recorded item that the copy does not carry. The labels name it; the value itself is not repeated here."""

    item: ItemRef
    section_title: str
    field_label: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Question:
    """The items of one entry that are printed only when somebody says yes at the preview, and what they say."""

    items: frozenset[ItemRef]
    label: str
    words: str


def left_out_in_words(left_out: Iterable[LeftOut]) -> list[tuple[str, list[str]]]:
    """What is left out, by reason: for each, a line for each section with the names of its items, each once."""
    found: dict[str, dict[str, dict[str, None]]] = {}
    for left in left_out:
        found.setdefault(left.reason.words, {}).setdefault(left.section_title, {})[left.field_label] = None
    return [
        (reason, [f"{section}: {', '.join(labels)}" for section, labels in sections.items()])
        for reason, sections in found.items()
    ]


@dataclass(frozen=True, slots=True)
class ReadersChosen:
    """Who will hold the copy, and what was said yes to.

    `contacts` are entry ids of the `contacts` section; empty means the person themself. `said_yes` holds the items
    that somebody agreed to print this time.
    """

    contacts: tuple[str, ...] = ()
    said_yes: frozenset[ItemRef] = frozenset()


_ALERTS = ("D-16.3",)
_ACCESS = ("D-12.7",)
_OVER = ("D-07.9", "D-07.10", "D-06.5", "D-06.6", "D-11.5", "D-00.6", "D-00.7", "D-05.n.4", "D-13.2")
"""What asks somebody to do something, and so stands on no page about a person who has died."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A plan with only what may be printed in it. `refused` says why this copy may not be made at all."""

    plan: Plan
    left_out: tuple[LeftOut, ...]
    questions: tuple[Question, ...]
    refused: str = ""


# How much of the plan each extent of involvement lets a reader have (D-07.3). Nothing said means the whole family
# copy: the person hands it over. The least of several readers decides.
_EVERYTHING = frozenset(Part)
_OUTLINE = frozenset({Part.PERSON, Part.PROMISES, Part.PEOPLE})
_EXTENTS: Mapping[str, frozenset[Part]] = {
    "all_decisions": _EVERYTHING,
    "told_everything": _EVERYTHING,
    "outline": _OUTLINE,
    "emergency_only": frozenset(),
}
_IDENTITY = frozenset({"family_name", "given_names", "title", "birth_date", "nhs_number"})
_FOR_EVERYONE = "who_to_call"

_ADDRESS = frozenset(
    {"address", "postcode", "current_location", "current_location_since", "address_kind", "phone", "mobile", "email"}
)
# What a contact may be unaware of (D-07.4), by the numbers of the data dictionary.
_AWARENESS: Mapping[str, tuple[str, ...]] = {
    "aware_diagnosis": ("D-09.1", "D-09.2"),
    "aware_prognosis": (
        "D-09.4",
        "D-09.5",
        "D-09.6",
        "D-09.7",
        "D-09.10",
        "D-09.11",
        "D-13.4",
        "D-13.7",
        "D-15.1",
        "D-15.2",
    ),
    "aware_cpr": ("D-10.1", "D-10.2", "D-10.3", "D-10.4", "D-10.5", "D-10.6", "D-10.7", "D-10.8"),
}


def family_copy(plan: Plan, readers: ReadersChosen) -> Copy:
    """Take from a plan what may stand on a copy for the person and their family, and say what is left out and why.

    An allow-list: an item passes only when its description says so, nobody it concerns must not be told (K21), the
    person did not keep it back (K22), and no reader is recorded as unaware of it (K23). What is "asked every time"
    passes only for the items in `readers.said_yes`.
    """
    return copy_for(plan, readers, FAMILY_ALL)


def copy_for(plan: Plan, readers: ReadersChosen, scope: Scope) -> Copy:
    """Take from a plan what may stand on a document of this scope, and say what is left out of it and why.

    What lies in the house is filtered as the family's copy is, but that it holds what crews need without being asked
    about each time. What goes from one professional to another leaves out only what was kept back, a restricted
    address, alerts, and what is never printed. What is not in the scope is neither taken nor named.
    """
    if refused := _refusal(plan, readers):
        return Copy(replace(plan, sections={}, conflicts=()), (), (), refused)
    judge = _Judge(plan, readers, scope)
    kept: dict[str, list[Entry]] = {}
    for section in plan.catalogue:
        if section.key == PAPER_COPIES:
            continue  # the register of pages is about the plan, and no part of it
        for entry in plan.entries(section.key):
            items = {key: item for key, item in entry.items.items() if judge.lets_through(section, entry, key, item)}
            if items:
                kept.setdefault(section.key, []).append(replace(entry, items=items))
    sections = {key: tuple(entries) for key, entries in kept.items()}
    return Copy(replace(plan, sections=sections, conflicts=()), tuple(judge.left_out), judge.questions())


def _refusal(plan: Plan, readers: ReadersChosen) -> str:
    for contact_id in readers.contacts:
        contact = plan.entry("contacts", contact_id)
        if contact is None:
            return "One of the readers chosen is no longer among the person's contacts. Please choose again."
        if contact.value("involvement") == "must_not_be_told":
            return (
                f"{contact.text('name') or 'This contact'} is recorded as somebody who must not be told. "
                "No copy may be made for them."
            )
    return ""


class _Judge:
    """Decides item by item, and remembers what it kept from the copy and why."""

    def __init__(self, plan: Plan, readers: ReadersChosen, scope: Scope) -> None:
        self._plan = plan
        self._readers = readers
        self._scope = scope
        self._over = not is_empty(plan.value("death", "died_on"))
        self.left_out: list[LeftOut] = []
        self._asked: dict[tuple[str, str], dict[ItemRef, str]] = {}
        contacts = plan.entries("contacts")
        self._hidden = {c.id for c in contacts if c.value("involvement") == "must_not_be_told"}
        self._hidden_names = {c.text("name").casefold() for c in contacts if c.id in self._hidden} - {""}
        self._hidden_phones = {
            digits_of(c.text(key)) for c in contacts if c.id in self._hidden for key in ("phone", "phone_other")
        } - {""}
        self._kept_sections, self._kept_numbers = kept_back(plan)
        chosen = [c for c in contacts if c.id in readers.contacts]
        heard = chosen or [c for c in contacts if c.id not in self._hidden]
        if scope.holder is Holder.HOUSE:  # anybody in the house may read it, whoever it was handed to
            heard = [c for c in contacts if c.id not in self._hidden]
        self._unaware = {
            number for c in heard for key in _AWARENESS if c.value(key) == "not_aware" for number in _AWARENESS[key]
        }
        extents = [_EXTENTS.get(c.text("involvement"), _EVERYTHING) for c in chosen]
        self._parts = frozenset.intersection(*extents) if extents else _EVERYTHING
        self._address_restricted = plan.value("person", "address_restricted") is True

    def lets_through(self, section: Section, entry: Entry, key: str, item: Item) -> bool:
        """Whether this item may stand on the copy."""
        if is_empty(item.value):
            return False
        field = section.find(key)
        if field is not None and not self._scope.takes(field):
            return False
        reason = Reason.NOT_FOR_FAMILIES if field is None else self._reason(section, entry, field, item.value)
        if reason is None:
            return True
        ref = ItemRef(section.key, key, entry.id)
        self.left_out.append(LeftOut(ref, section.title, field.label if field is not None else key, reason))
        if reason is Reason.NOBODY_SAID_YES and field is not None:
            words = display(field, item.value, Audience.FAMILY, self._plan.links)
            self._asked.setdefault((section.key, entry.id), {})[ref] = f"{field.name(Audience.FAMILY)}: {words}"
        return False

    def questions(self) -> tuple[Question, ...]:
        """What is asked about, one question for each entry: nobody ticks ten boxes for one decision."""
        return tuple(
            Question(frozenset(asked), self._called(*place), "; ".join(asked.values()))
            for place, asked in self._asked.items()
        )

    def _reason(self, section: Section, entry: Entry, field: Field, value: Value) -> Reason | None:
        family = self._scope.holder is Holder.FAMILY
        if field.off_paper:
            return Reason.SENSITIVE
        if has_number(field, _ALERTS):
            return Reason.ALERT
        if family and field.family is OnFamilyCopy.NO:
            return Reason.NOT_FOR_FAMILIES
        # A field that points at an entry of what is kept back would print its name.
        kept = section.key in self._kept_sections or field.links_to in self._kept_sections
        if kept or has_number(field, self._kept_numbers):
            return Reason.KEPT_BACK
        if self._address_restricted and section.key == "person" and field.key in _ADDRESS:
            return Reason.ADDRESS
        if self._scope.holder is not Holder.PROFESSIONALS:
            if self._concerns_hidden(section, entry, field, value):
                return Reason.MUST_NOT_BE_TOLD
            if has_number(field, self._unaware):
                return Reason.NOT_AWARE
            if has_number(field, _ACCESS):
                return Reason.ACCESS
            if self._over and has_number(field, _OVER):
                return Reason.OVER
        reason = self._family_reason(section, entry, field) if family else None
        if reason is None and self._scope.is_left_to_another(section, field):
            return Reason.OTHER_DOCUMENT
        return reason

    def _family_reason(self, section: Section, entry: Entry, field: Field) -> Reason | None:
        """What keeps an item from a copy that is handed to somebody: how far they are involved, and no yes."""
        for_everyone = section.key == _FOR_EVERYONE or (section.key == "person" and field.key in _IDENTITY)
        if not for_everyone and section.part not in self._parts:
            return Reason.INVOLVEMENT
        ref = ItemRef(section.key, field.key, entry.id)
        if field.family is OnFamilyCopy.ASK and ref not in self._readers.said_yes:
            return Reason.NOBODY_SAID_YES
        return None

    def _concerns_hidden(self, section: Section, entry: Entry, field: Field, value: Value) -> bool:
        if section.key == "contacts" and entry.id in self._hidden:
            return True
        if field.kind is Kind.LINK and value in self._hidden:
            return True
        # A row that gives the name or the number of somebody who must not be told goes as a whole.
        texts = [v for v in entry.values.values() if isinstance(v, str)] if section.repeats else [value]
        for text in texts:
            if isinstance(text, str) and (
                text.casefold() in self._hidden_names or digits_of(text) in self._hidden_phones
            ):
                return True
        return False

    def _called(self, section_key: str, entry_id: str) -> str:
        section = self._plan.catalogue[section_key]
        if entry_id == MAIN:
            return section.title
        return f"{section.title}, {self._plan.links.get(entry_id, section.entry_name)}"
