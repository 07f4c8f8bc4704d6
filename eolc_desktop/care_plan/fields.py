"""What a field and a section of the plan are: plain data that form, checks, paper and exchange read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Value: TypeAlias = str | int | bool | list[str] | dict[str, str] | None
"""A recorded value as JSON holds it. `None` means that nothing has been recorded; what the person declined, or
nobody knows, is a value of its own (see `Absence`)."""

MAIN = "main"
"""The id of the only entry of a section that does not repeat."""


class Kind(StrEnum):
    """How a field is edited, checked, stored, printed and sent: a closed set that every reader matches in full."""

    TEXT = "text"  # one line
    LONG_TEXT = "long_text"  # several lines
    CHOICE = "choice"  # the key of one option
    CHOICES = "choices"  # a list of option keys
    YES_NO = "yes_no"  # true or false
    DATE = "date"  # "2026", "2026-03" or "2026-03-12": only as exact as what was said
    DATE_TIME = "date_time"  # ISO 8601 with offset
    NUMBER = "number"  # a whole number
    DECIMAL = "decimal"  # a number as it was written, "36.50": how exact it was is part of what was said
    TIME = "time"  # a time of day, "14:30"
    PHONE = "phone"  # as the family gave it
    NHS_NUMBER = "nhs_number"  # ten digits
    CODED = "coded"  # {"text": …, "system": …, "code": …}: words first, code where one is known
    LINK = "link"  # the id of an entry in another section


class Authorship(StrEnum):
    """Whose statement a value is (classes V, C, L, F and A of the data dictionary)."""

    VOICE = "voice"  # the person's own words: never edited by a professional, only followed by a newer dated statement
    DECISION = "decision"  # a clinical decision with a named decision-maker
    LEGAL = "legal"  # a fact about a legal document
    FACT = "fact"  # a fact that co-ordinates care
    AUTOMATIC = "automatic"  # kept by the program


class Merge(StrEnum):
    """What happens when two people changed the same field without seeing each other's change."""

    ASK = "ask"  # both stay visible until a named person chooses
    ONE_SIDED = "one_sided"  # merges when only one side changed; asked when both did
    APPEND = "append"  # both are kept


class OnFamilyCopy(StrEnum):
    """Whether a field may stand on a copy that the family reads (the `Fam` column of the data dictionary)."""

    YES = "yes"
    NO = "no"
    ASK = "ask"  # asked at every print; without an answer it means no


class Need(StrEnum):
    """How much a plan needs a field. Nothing here ever stops a nurse from saving."""

    READY = "ready"  # wanted before the plan is called ready to share
    CONDITION = "condition"  # wanted when `show_when` holds
    RECOMMENDED = "recommended"
    OPTIONAL = "optional"


class Absence(StrEnum):
    """Why there is no answer, as an answer: stored as `{"absent": "declined"}`, and never the same as not asked."""

    DECLINED = "declined"
    NOT_KNOWN = "not_known"
    DOES_NOT_APPLY = "does_not_apply"

    @property
    def value_to_store(self) -> Value:
        """The JSON value that records this absence."""
        return {"absent": self.value}

    @property
    def words(self) -> str:
        """What the screen and the paper say."""
        return {
            Absence.DECLINED: "Asked, did not want to say",
            Absence.NOT_KNOWN: "Not known",
            Absence.DOES_NOT_APPLY: "Does not apply",
        }[self]


def absence_of(value: Value) -> Absence | None:
    """Return the absence that a value records, or None: an ordinary value, nothing, or a word this version lacks."""
    if not isinstance(value, dict):
        return None
    return next((absence for absence in Absence if absence == value.get("absent")), None)


def is_empty(value: Value) -> bool:
    """Whether nothing has been recorded. `False` and 0 are answers; an absence is an answer too."""
    return value is None or value in ("", [], {})


class Audience(StrEnum):
    """Who reads the words: staff see short dates and clinical terms, families long dates and plain ones."""

    STAFF = "staff"
    FAMILY = "family"


class Part(StrEnum):
    """The parts of the plan, in the order in which the screen lists them."""

    PERSON = "person"
    WHAT_MATTERS = "what_matters"
    PROMISES = "promises"
    DECISIONS = "decisions"
    ILLNESS = "illness"
    CARE = "care"
    PEOPLE = "people"
    AFTER_DEATH = "after_death"
    OWN_FORMS = "own_forms"

    @property
    def heading(self) -> str:
        """What the screen calls the part."""
        return {
            Part.PERSON: "The person",
            Part.WHAT_MATTERS: "What matters",
            Part.PROMISES: "Our promises",
            Part.DECISIONS: "Decisions and safety",
            Part.ILLNESS: "Illness and medicines",
            Part.CARE: "Care and support",
            Part.PEOPLE: "People and who to call",
            Part.AFTER_DEATH: "After a death",
            Part.OWN_FORMS: "Your organisation’s forms",
        }[self]


@dataclass(frozen=True, slots=True)
class Code:
    """A code from a published code system. SNOMED CT ids are kept as text: some pass the range of a 53-bit float."""

    code: str
    system: str = "http://snomed.info/sct"
    display: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a field. `key` is what is stored and sent and never changes once released."""

    key: str
    label: str
    codes: tuple[Code, ...] = ()
    family_label: str = ""
    retired: bool = False

    def words(self, audience: Audience) -> str:
        """The label for this audience."""
        return self.family_label if audience is Audience.FAMILY and self.family_label else self.label


@dataclass(frozen=True, slots=True)
class When:
    """Show a field only when another field of the same entry has (or, negated, has not) one of these values."""

    field: str
    is_in: tuple[str | bool, ...]
    negate: bool = False

    def holds(self, values: Mapping[str, Value]) -> bool:
        """Whether the condition holds for these values; a list holds when any of its members does."""
        value = values.get(self.field)
        members = value if isinstance(value, list) else [value]
        found = any(isinstance(m, str | bool) and m in self.is_in for m in members)
        return found is not self.negate


class Comparison(StrEnum):
    """How an answer is compared (the operators of FHIR's `enableWhen`)."""

    EXISTS = "exists"
    EQUAL = "="
    NOT_EQUAL = "!="
    MORE = ">"
    LESS = "<"
    AT_LEAST = ">="
    AT_MOST = "<="


@dataclass(frozen=True, slots=True)
class Compare:
    """Show a field of an organisation's own form only when an answer compares so; any member of a list will do.

    With `EXISTS`, `to` says whether there must be an answer. What was not answered is never more or less than
    anything, and is not equal to anything. "Did not want to say" is no answer here.
    """

    field: str
    how: Comparison
    to: str | int | bool

    def holds(self, values: Mapping[str, Value]) -> bool:
        """Whether the comparison holds for these values."""
        value = values.get(self.field)
        given = [] if is_empty(value) or absence_of(value) else value if isinstance(value, list) else [value]
        match self.how:
            case Comparison.EXISTS:
                return bool(given) is bool(self.to)
            case Comparison.EQUAL:
                return any(_compared(one, self.to) == 0 for one in given)
            case Comparison.NOT_EQUAL:
                return not any(_compared(one, self.to) == 0 for one in given)
        wanted = {
            Comparison.MORE: (1,),
            Comparison.LESS: (-1,),
            Comparison.AT_LEAST: (0, 1),
            Comparison.AT_MOST: (-1, 0),
        }[self.how]
        return any(_compared(one, self.to) in wanted for one in given)


def _compared(one: object, other: str | int | bool) -> int | None:
    """-1, 0 or 1 as the first is less than, equal to or more than the second; None where they cannot be compared."""
    if isinstance(one, dict):
        return 0 if other in (one.get("code"), one.get("text")) else None
    if isinstance(one, bool) or isinstance(other, bool):
        return 0 if one is other else None
    try:
        first, second = Decimal(str(one)), Decimal(str(other))
    except InvalidOperation:
        left, right = str(one), str(other)  # dates and times in ISO 8601 sort as text
        return (left > right) - (left < right)
    return (first > second) - (first < second) if first.is_finite() and second.is_finite() else None


@dataclass(frozen=True, slots=True)
class Together:
    """Conditions of which all, or any, must hold."""

    parts: tuple[Condition, ...]
    any_of: bool = False

    def holds(self, values: Mapping[str, Value]) -> bool:
        """Whether they hold for these values."""
        return any(p.holds(values) for p in self.parts) if self.any_of else all(p.holds(values) for p in self.parts)


Condition: TypeAlias = "When | Compare | Together"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One item of the plan.

    `standard` is its number in the data dictionary (docs/record.md); `age_limit_days` is how long after it was last
    confirmed the screen begins to say that it may be out of date (None: never).
    """

    key: str
    label: str
    standard: str
    authorship: Authorship
    kind: Kind = Kind.TEXT
    merge: Merge = Merge.ASK
    family: OnFamilyCopy = OnFamilyCopy.NO
    need: Need = Need.OPTIONAL
    coherence_group: str = ""
    help: str = ""
    prompt: str = ""  # words a nurse might use; can always be ignored
    family_label: str = ""
    options: tuple[Option, ...] = ()
    codes: tuple[Code, ...] = ()
    may_be: tuple[Absence, ...] = ()
    show_when: Condition | None = None
    links_to: str = ""
    max_length: int = 5000
    minimum: int | None = None
    maximum: int | None = None
    sensitive: bool = False  # never printed on any copy, hidden on screen until asked for
    never_printed: bool = False  # shown to staff on screen, and on no copy for anybody
    age_limit_days: int | None = None
    retired: bool = False
    group: str = ""  # the heading that it stands under with its neighbours
    unit: str = ""  # of a number: "kg"
    suggested: Value = None  # what an organisation's form offers as an answer: taken with one key, never by itself
    read_only: bool = False  # shown with its suggested words, and nobody types here
    other_languages: tuple[tuple[str, str], ...] = ()  # the label by language tag (BCP 47)

    def option(self, key: str) -> Option | None:
        """The option with this key, retired ones too, or None."""
        return next((option for option in self.options if option.key == key), None)

    @property
    def off_paper(self) -> bool:
        """Whether the field stands on no printed or sent page, whoever reads it."""
        return self.sensitive or self.never_printed

    def name(self, audience: Audience) -> str:
        """The label for this audience."""
        return self.family_label if audience is Audience.FAMILY and self.family_label else self.label

    @property
    def missing_words(self) -> str:
        """What stands where nothing has been recorded: never an empty space, never a question mark."""
        return "Not asked yet" if self.authorship is Authorship.VOICE else "Not recorded"


@dataclass(frozen=True, slots=True)
class FixedEntry:
    """One of a fixed list of entries (the six commitments): its id, its short name and its full wording."""

    id: str
    title: str
    wording: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the plan that is described once.

    A section either does not repeat (one entry, id "main"), repeats (entries with random ids), or has fixed entries.
    `entry_title` names the fields whose words name an entry in a list. `parent` names the section whose entries its
    entries belong to.
    """

    key: str
    title: str
    part: Part
    fields: tuple[Field, ...]
    intro: str = ""
    family_title: str = ""
    repeats: bool = False
    entry_name: str = ""  # "contact", for "Add a contact"
    entry_title: tuple[str, ...] = ()
    fixed_entries: tuple[FixedEntry, ...] = ()
    parent: str = ""
    version: int = 1

    def __getitem__(self, key: str) -> Field:
        """The field with this key. Raises KeyError where there is none."""
        for field in self.fields:
            if field.key == key:
                return field
        raise KeyError(key)

    def find(self, key: str) -> Field | None:
        """The field with this key, or None when a newer version of the program recorded one that this one has not."""
        return next((field for field in self.fields if field.key == key), None)

    def __contains__(self, key: str) -> bool:
        return any(field.key == key for field in self.fields)

    def visible(self, values: Mapping[str, Value]) -> Iterator[Field]:
        """The fields to show for these values: those in use whose condition holds, and any that hold a value."""
        for field in self.fields:
            if not is_empty(values.get(field.key)) or (
                not field.retired and (field.show_when is None or field.show_when.holds(values))
            ):
                yield field

    def fixed(self, entry_id: str) -> FixedEntry | None:
        """The fixed entry with this id, or None."""
        return next((entry for entry in self.fixed_entries if entry.id == entry_id), None)
