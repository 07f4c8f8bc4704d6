"""How a record came about, save by save: what invented people's records are told in before they are written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.dates import today
from eolc_desktop.care_plan.fields import MAIN, Value
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, Author, Edit, EntryState, Op, Source, Told
from eolc_desktop.clock import LOCAL

NURSE = Author("invented-okafor", "Jo Okafor", "district nurse", "Airedale community team")
SECOND_NURSE = Author("invented-lister", "Sam Lister", "community nurse", "Airedale community team")
DOCTOR = Author("invented-khan", "Dr A Khan", "consultant in palliative medicine", "Hill Hospice")
GP = Author("invented-mensah", "Dr B Mensah", "GP", "Bridge Street Surgery")
SPECIALIST = Author("invented-novak", "Petra Novák", "Macmillan nurse", "Dale General Hospital")
COORDINATOR = Author("invented-reid", "Ali Reid", "care co-ordinator", "Hill Hospice")
NIGHT_NURSE = Author("invented-adeyemi", "Funmi Adeyemi", "night nurse", "Airedale night service")
AUTHORS = (NURSE, SECOND_NURSE, DOCTOR, GP, SPECIALIST, COORDINATOR, NIGHT_NURSE)

BY_PERSON = Told(Source.PERSON)
BY_FAMILY = Told(Source.FAMILY)
SEEN = Told(Source.DOCUMENT)
JUDGED = Told(Source.CLINICIAN)
FROM_GP = Told(Source.OTHER_SYSTEM, "GP record")
NOT_SAID = Told()

Words = Mapping[str, Value]
_PRONOUNS = {"female": ("she", "her", "her"), "male": ("he", "him", "his")}
_PLACES = ("{they}", "{them}", "{their}")


def coded(text: str, code: str = "") -> Value:
    """A value in words, with its SNOMED CT code where there is one."""
    return {"text": text, "system": "http://snomed.info/sct", "code": code} if code else {"text": text}


def entry_of(dice: Random) -> str:
    """An id for a new entry from these dice: for what must not change what other dice throw."""
    return f"{dice.getrandbits(128):032x}"


@dataclass(slots=True)
class Save:
    """One save: when, by whom, and what was recorded. `Edit.base` is found out when it is written."""

    at: datetime
    author: Author
    edits: list[Edit] = field(default_factory=list)


@dataclass(slots=True)
class Telling:
    """The record of one invented person, as it came about. The last save that was begun is the one being told."""

    person_id: str
    dice: Random
    now: datetime
    saves: list[Save] = field(default_factory=list)
    named: Mapping[str, str] = field(default_factory=dict)
    """What is written into sentences that leave a place for it, beside what the record itself says of the person."""
    _known: dict[tuple[str, str, str], Value] = field(default_factory=dict)
    _confirmed: set[tuple[str, str, str]] = field(default_factory=set)

    @property
    def today(self) -> date:
        """The day in England on which the record is read."""
        return today(self.now)

    def day(self, ago: int) -> str:
        """A day so many days ago (or to come, where negative) as the record stores it."""
        return (self.today - timedelta(days=ago)).isoformat()

    def save(self, author: Author, days_ago: int, hour: int = 10, minute: int = 0) -> None:
        """Begin a save so many days ago at this time of day in England; never later than now, nor before the last."""
        local = datetime.combine(self.today - timedelta(days=days_ago), time(hour, minute), tzinfo=LOCAL)
        earliest = self.saves[-1].at + timedelta(minutes=7) if self.saves else local
        self._confirmed.clear()
        self.saves.append(Save(min(max(local, earliest), self.now), author))

    def new_entry(self) -> str:
        """An id for a new entry, the same for the same dice."""
        return f"{self.dice.getrandbits(128):032x}"

    def say(self, section: str, told: Told = BY_PERSON, entry: str = MAIN, parent: str = "", **values: Value) -> None:
        """Record values of one entry. What is empty, or stands already, is left out."""
        self.say_all(section, values, told, entry, parent)

    def say_all(self, section: str, values: Words, told: Told = BY_PERSON, entry: str = MAIN, parent: str = "") -> None:
        """Record values given as a mapping. What a changed answer no longer asks for is cleared, as authors do."""
        edits = self.saves[-1].edits
        changed = False
        for key, given in values.items():
            value = self._agreeing(given)
            place = (section, entry, key)
            if value in (None, "", []) or self._known.get(place) == value:
                continue
            changed = changed or place in self._known
            if place in self._confirmed:
                # Nobody says in one breath that something still holds, and that it is something else.
                edits[:] = [e for e in edits if e.op is not Op.CONFIRM or (e.section, e.entry, e.field) != place]
            self._known[place] = value
            edits.append(Edit(section, entry, key, value, parent=parent, told=told))
        if changed:
            now = {key: value for (s, e, key), value in self._known.items() if (s, e) == (section, entry)}
            for asked in built_in()[section].fields:
                if asked.show_when is not None and not asked.show_when.holds(now):
                    self.clear(section, asked.key, entry=entry)

    def _agreeing(self, value: Value) -> Value:
        """A value whose words agree with the person: {they}, {them}, {their}, {illness}, and whoever is `named`."""
        if isinstance(value, dict) and "{" in str(value.get("text", "")):
            return {**value, "text": str(self._agreeing(value["text"]))}
        if not isinstance(value, str) or "{" not in value:
            return value
        pronouns = _PRONOUNS.get(str(self.known("person", "gender")), ("they", "them", "their"))
        primary = self.known("diagnosis", "primary")
        illness = str(primary["text"]) if isinstance(primary, dict) else "illness"
        filled = {
            **self.named,
            "{illness}": illness[:1].lower() + illness[1:],
            **dict(zip(_PLACES, pronouns, strict=True)),
        }
        for place, words in filled.items():
            value = value.replace(place, words).replace(
                f"{{{place[1:2].upper()}{place[2:]}", words[:1].upper() + words[1:]
            )
        return value

    def add(self, section: str, told: Told = BY_PERSON, parent: str = "", **values: Value) -> str:
        """Record a new entry of a section that repeats, and return its id."""
        entry = self.new_entry()
        self.say(section, told, entry, parent, **values)
        return entry

    def clear(self, section: str, *keys: str, entry: str = MAIN, reason: str = "") -> None:
        """Record that something is no longer answered."""
        for key in keys:
            if self._known.get((section, entry, key)) is not None:
                self._known[section, entry, key] = None
                self.saves[-1].edits.append(Edit(section, entry, key, None, reason=reason))

    def still_so(self, section: str, *keys: str, entry: str = MAIN) -> None:
        """Confirm that values still hold."""
        for key in keys:
            value = self._known.get((section, entry, key))
            if value is not None:
                self._confirmed.add((section, entry, key))
                self.saves[-1].edits.append(Edit(section, entry, key, value, op=Op.CONFIRM))

    def take_back(self, section: str, entry: str, reason: str, state: EntryState = EntryState.WITHDRAWN) -> None:
        """Say that an entry no longer stands."""
        self.saves[-1].edits.append(Edit(section, entry, ENTRY_ITSELF, state.value, reason=reason))

    def known(self, section: str, key: str, entry: str = MAIN) -> Value:
        """The value that stands now in what was told so far."""
        return self._known.get((section, entry, key))

    def entries_of(self, section: str) -> list[str]:
        """The ids of the entries of a section that were told so far, in their order."""
        return list(dict.fromkeys(entry for told, entry, _key in self._known if told == section))

    def as_one_save(self) -> Save:
        """The last of what stands, as one save by the last author: for large caseloads without histories."""
        last: dict[tuple[str, str, str], Edit] = {}
        for save in self.saves:
            for edit in save.edits:
                if edit.op is Op.SET:
                    last[edit.section, edit.entry, edit.field] = edit
        final = self.saves[-1]
        return Save(final.at, final.author, [replace(edit) for edit in last.values() if edit.value is not None])
