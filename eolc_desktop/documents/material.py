"""What a document is written from: a reduced plan, the wording of its language, and what must be said beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from eolc_desktop.care_plan.dates import day_words, today
from eolc_desktop.care_plan.fields import (
    Audience,
    Authorship,
    Field,
    Kind,
    Section,
    Value,
    absence_of,
    is_empty,
)
from eolc_desktop.care_plan.plan import Entry, Item, Plan, Source
from eolc_desktop.care_plan.rules.finding import ItemRef
from eolc_desktop.care_plan.words import display, entry_title
from eolc_desktop.documents.translations import ENGLISH, Words, words_in

CPR_DECISION = ("cpr", "decision")


@dataclass(frozen=True, slots=True)
class TwoVersions:
    """A conflict that nobody has settled, as far as the reader of a page may see both of its versions.

    Each of `items` is a place with what stands there and what the other version says; None where one says nothing.
    """

    title: str
    items: tuple[tuple[ItemRef, Item | None, Item | None], ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What a page must say that is not an item of its plan.

    `old` are items that nobody has confirmed for longer than they stay fresh; `in_conflict` are items that
    contradict another; `died_on` is a stored date, or "" while the person lives; `going_to` is the key of the setting
    a handover is for; `not_said` names sections of which something recorded was left out; `two_versions` are conflicts
    between two people that are still open: both versions stand at the head of every document.
    """

    old: frozenset[ItemRef] = frozenset()
    in_conflict: frozenset[ItemRef] = frozenset()
    died_on: str = ""
    going_to: str = ""
    not_said: frozenset[str] = frozenset()
    to_call: str = ""
    two_versions: tuple[TwoVersions, ...] = ()


@dataclass(frozen=True, slots=True)
class Material:
    """A snapshot that holds only what may be printed, and how it is to be said."""

    plan: Plan
    audience: Audience = Audience.FAMILY
    words: Words = field(default_factory=partial(words_in, ENGLISH))
    beside: Beside = field(default_factory=Beside)
    sources: bool = True
    """Whether staff see who recorded each value and how they knew; a page for one minute only says when."""

    @property
    def family(self) -> bool:
        """Whether the person and their family read it."""
        return self.audience is Audience.FAMILY

    @property
    def died(self) -> bool:
        """Whether the person has died."""
        return bool(self.beside.died_on)

    def has(self, section: str) -> bool:
        """Whether the copy holds anything of a section."""
        return section in self.plan.catalogue and bool(self.plan.entries(section))

    def entries(self, section: str) -> tuple[Entry, ...]:
        """The entries of a section on this copy; none where the program has no such section."""
        return self.plan.entries(section) if section in self.plan.catalogue else ()

    def heading(self, section: Section) -> str:
        """What the document calls a section."""
        return self.words.label((section.family_title if self.family else "") or section.title)

    def label(self, field: Field) -> str:
        """What the document calls a field."""
        return self.words.label(field.name(self.audience))

    def title(self, section: Section, entry: Entry) -> str:
        """The words that name an entry."""
        named = entry_title(section, entry.id, entry.values, self.audience, self.plan.links)
        if section.fixed(entry.id) or named == section.entry_name.capitalize():
            return self.words.label(named)
        if self.words.language == ENGLISH:
            return named
        parts = [self.value(section[key], entry.value(key)) for key in section.entry_title
                 if not is_empty(entry.value(key)) and absence_of(entry.value(key)) is None]  # fmt: skip
        return ", ".join(parts)

    def value(self, field: Field, value: Value) -> str:
        """A value in words, in the language of the document; what somebody typed is left as it is."""
        said = display(field, value, self.audience, self.plan.links)
        if self.words.language == ENGLISH:
            return said
        if is_empty(value) or absence_of(value) is not None or field.kind is Kind.YES_NO:
            return self.words.label(said)
        match field.kind:
            case Kind.CHOICE:
                return self.words.label(said)
            case Kind.CHOICES if isinstance(value, list):
                each = (display(field, [key], self.audience, self.plan.links) for key in value)
                return "; ".join(self.words.label(words) for words in each)
            case Kind.DATE | Kind.DATE_TIME:
                return self.words.day(said)
            case _:
                return said

    def shown(self, section: str, key: str, entry: str = "main") -> str:
        """One item in words, or "" when the copy does not hold it."""
        field = self.plan.catalogue.field(section, key)
        item = self.plan.item(section, key, entry)
        return "" if field is None or item is None or is_empty(item.value) else self.value(field, item.value)

    # When it was said, and whether it may have changed

    def note(self, section: Section, entry: Entry, field: Field, item: Item) -> str:
        """What stands under a value: when it was recorded or confirmed, and in words when it may be out of date.

        Staff see it for every item, with who and how they knew; families for what goes out of date or was decided.
        A standing CPR decision is never called out of date: its last confirmation and review date are said instead.
        """
        ref = ItemRef(section.key, field.key, entry.id)
        marks = [self.words("marks.conflict")] if ref in self.beside.in_conflict else []
        if (section.key, field.key) == CPR_DECISION:
            return " ".join([self._standing(section, entry, item), *marks])
        if ref in self.beside.old and not self.died:
            marks.append(self.words("marks.old"))
        timed = field.age_limit_days is not None or field.authorship is Authorship.DECISION
        if not self.family and self.sources:
            return " ".join([f"{self._known(item)}.", *marks])
        if not timed and not marks:
            return ""
        key = "marks.confirmed" if item.confirmed_at else "marks.recorded"
        key = key if self.family else "marks.day"
        return " ".join([self.words(key, day=self.day_of(item)), *marks])

    def _standing(self, section: Section, entry: Entry, item: Item) -> str:
        review = (
            "" if is_empty(entry.value("review_on")) else self.value(section["review_on"], entry.value("review_on"))
        )
        said = self.words("marks.review", day=review) if review else self.words("marks.no_review")
        known = self.words("marks.last_confirmed", day=self.day_of(item))
        return (
            f"{known}; {said}."
            if self.family or not self.sources
            else f"{self._known(item)}; {known[:1].lower()}{known[1:]}; {said}."
        )

    def _known(self, item: Item) -> str:
        """When a value was recorded, by whom and on whose word, for staff."""
        by = item.recorded_by.name
        parts = [f"{day_words(today(item.recorded_at), self.audience)}{f', {by}' if by else ''}"]
        if item.told.source is not Source.NOT_STATED or item.told.detail:
            parts.append(item.told.words[:1].lower() + item.told.words[1:])
        if item.confirmed_at:
            who = f", {item.confirmed_by.name}" if item.confirmed_by else ""
            parts.append(f"confirmed {day_words(today(item.confirmed_at), self.audience)}{who}")
        return "; ".join(parts)

    def day_of(self, item: Item) -> str:
        """The day on which somebody last said that an item is so."""
        return self.words.day(day_words(today(item.last_known_at), self.audience))

    def said_when(self, section: Section, entry: Entry, field: Field, item: Item) -> str:
        """Who said the words and when; a relative's words are never passed off as the person's own."""
        day = self.words.day(day_words(today(item.recorded_at), self.audience))
        detail = item.told.detail
        match item.told.source:
            case Source.FAMILY:
                who = self.words("said.family", who=detail or self.words("said.someone_close"), day=day)
            case Source.DOCUMENT:
                who = self.words("said.document", where=f" ({detail})" if detail else "", day=day)
            case Source.OTHER_SYSTEM:
                who = self.words("said.other_record", where=f" ({detail})" if detail else "", day=day)
            case Source.CLINICIAN:
                who = self.words("said.clinician", who=item.recorded_by.name, day=day)
            case _:
                who = self.words("said.person", called=self.plan.called, day=day)
        if not self.family and self.sources and item.recorded_by.name and item.told.source is not Source.CLINICIAN:
            who += f" Written down by {item.recorded_by.name}."
        if item.confirmed_at:
            confirmed = self.words.day(day_words(today(item.confirmed_at), self.audience))
            who += " " + self.words("said.still_so", day=confirmed)
        ref = ItemRef(section.key, field.key, entry.id)
        if ref in self.beside.in_conflict:
            who += " " + self.words("marks.conflict")
        if ref in self.beside.old and not self.died:
            who += " " + self.words("marks.old")
        return who

    def is_own_words(self, field: Field, item: Item) -> bool:
        """Whether a value is the person's own words, to be set in quotation marks."""
        return field.authorship is Authorship.VOICE and field.kind is Kind.LONG_TEXT and absence_of(item.value) is None
