"""What a paper copy says, and whether it still holds: fingerprints of what matters for safety, then and now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from eolc_desktop.care_plan.fields import absence_of
from eolc_desktop.care_plan.item_classes import ALLERGIES, CPR_AND_ESCALATION, MEDICINES_IN_HOUSE, PLACES
from eolc_desktop.care_plan.plan import Author, Entry, Item, Plan

SECTION = "paper_copies"
"""The section that holds the register. It stands beside the plan: printing a page makes no new version of it."""
FINGERPRINT_LETTERS = 12
WHOLE = "whole"
"""The fingerprint of everything that is recorded, by which a page is known to be quite the newest."""
_OUT_OF_USE = frozenset(("replaced", "destroyed", "lost"))


@dataclass(frozen=True, slots=True)
class Subject:
    """Something on paper that does harm when it is old: the fields of these coherence groups and sections."""

    key: str
    words: str
    groups: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()


SUBJECTS: Mapping[str, Subject] = {
    subject.key: subject
    for subject in (
        Subject("cpr", "CPR, treatments to give or avoid, or the advance decision", frozenset({CPR_AND_ESCALATION})),
        Subject("allergies", "Allergies", frozenset({ALLERGIES})),
        Subject("attorneys", "Who decides for them (attorneys)", sections=frozenset({"attorneys"})),
        Subject("places", "Where they want to be", frozenset({PLACES})),
        Subject("medicines", "Medicines in the house", frozenset({MEDICINES_IN_HOUSE})),
        Subject("who_to_call", "Who to call", sections=frozenset({"who_to_call", "key_people"})),
    )
}
"""What is critical for safety on paper (K24), in the order in which it is named."""

_ON_DOCUMENT: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("commitments", "compact", "family-form", "capture-sheet", "fast-track"), ()),
    **dict.fromkeys(("call-card", "wallet-card", "last-days"), ("who_to_call",)),
    "home-sheet": ("medicines", "allergies", "who_to_call"),
}


def subjects_of(document: str) -> tuple[Subject, ...]:
    """What matters for safety on a kind of document. One that is not named here is followed in everything."""
    return tuple(SUBJECTS[key] for key in _ON_DOCUMENT.get(document, tuple(SUBJECTS)))


@dataclass(frozen=True, slots=True)
class PaperCopy:
    """One line of the register.

    `contact` is the entry id of the contact who has it, or "". `says` holds the fingerprints of what the page says, by
    subject; `state` is "" or "in_use" while the page is about.
    """

    entry: str
    name: str
    document: str
    code: str
    how: str
    version: int
    made_at: datetime | None
    made_by: Author | None
    readers: str
    contact: str
    given_to: str
    kept_where: str
    state: str
    state_words: str
    state_at: datetime | None
    state_by: Author | None
    form: str
    says: Mapping[str, str]

    @property
    def is_out(self) -> bool:
        """Whether somebody may still be reading it."""
        return self.state not in _OUT_OF_USE and self.how != "not_made"

    @property
    def whereabouts(self) -> str:
        """With whom and where it is, in words; "" when nobody said."""
        where = f"kept: {self.kept_where}" if self.kept_where else ""
        return "; ".join(part for part in (self.given_to, where) if part)


@dataclass(frozen=True, slots=True)
class Changed:
    """A subject that is not what a page says any more, and the newest item of it that still stands."""

    subject: Subject
    at: datetime | None = None
    by: Author | None = None


@dataclass(frozen=True, slots=True)
class ToReplace:
    """A page that is about, and what on it has changed since."""

    copy: PaperCopy
    changed: tuple[Changed, ...]


def fingerprints(plan: Plan, document: str, shown: Plan | None = None) -> dict[str, str]:
    """The fingerprints of what a copy of this plan says, by subject, and of the whole.

    `shown` is what the filter let through. A subject that was recorded and wholly left out is not on the page, and so
    not followed; one of which nothing was recorded is: a new page would speak where the old one is silent.
    """
    found = {}
    for subject in subjects_of(document):
        recorded = bool(next(_items(plan, subject), None))
        if shown is None or not recorded or next(_items(shown, subject), None):
            found[subject.key] = fingerprint(plan, subject)
    return found | {WHOLE: fingerprint(plan, None)}


def fingerprint(plan: Plan, subject: Subject | None) -> str:
    """A short digest of what stands in the plan on a subject (None: on everything); equal values give equal digests.

    What is kept back from anybody stays out of it: the register travels to colleagues, and the few values of a
    decision could be tried one after the other.
    """
    kept_back = _kept_back(plan)
    rows = sorted(
        (entry.section, entry.id, key, json.dumps(item.value, ensure_ascii=False, sort_keys=True))
        for entry, key, item in _items(plan, subject)
        if entry.section not in kept_back and f"{entry.section}.{key}" not in kept_back
    )
    text = json.dumps(rows, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:FINGERPRINT_LETTERS]


def _items(plan: Plan, subject: Subject | None) -> Iterator[tuple[Entry, str, Item]]:
    for section, entry, key, item in plan.recorded():
        if section.key == SECTION:
            continue
        field = section.find(key)
        group = field.coherence_group if field else ""
        if subject is None or section.key in subject.sections or (group and group in subject.groups):
            yield entry, key, item


def _kept_back(plan: Plan) -> frozenset[str]:
    named: set[str] = set()
    for entry in plan.entries("kept_back"):
        what = entry.value("what")
        if isinstance(what, list):
            named.update(key for key in what if isinstance(key, str))
    return frozenset(named)


def says_text(says: Mapping[str, str]) -> str:
    """Fingerprints as the register keeps them: one on each line."""
    return "\n".join(f"{key} {digest}" for key, digest in says.items())


def copies(plan: Plan) -> tuple[PaperCopy, ...]:
    """The register of a plan, the newest copy first."""
    found = [_copy(plan, entry) for entry in plan.entries(SECTION)]
    return tuple(sorted(found, key=lambda copy: (copy.made_at is not None, copy.made_at), reverse=True))


def _copy(plan: Plan, entry: Entry) -> PaperCopy:
    code, state = entry.items.get("code"), entry.items.get("state")
    version = entry.value("version")
    contact = entry.text("given_to")
    names = (plan.links.get(contact, "") if contact else "", entry.text("given_to_words"))
    where = entry.value("kept_where")
    absent = absence_of(where)
    return PaperCopy(
        entry=entry.id,
        name=entry.text("name") or "A paper copy",
        document=entry.text("document"),
        code=entry.text("code"),
        how=entry.text("how"),
        version=version if isinstance(version, int) else 0,
        made_at=_moment(entry.text("made_at")),
        made_by=code.recorded_by if code else None,
        readers=entry.text("readers"),
        contact=contact,
        given_to=", ".join(name for name in names if name),
        kept_where=absent.words.lower() if absent else entry.text("kept_where"),
        state=entry.text("state"),
        state_words=entry.text("state_words"),
        state_at=state.recorded_at if state else None,
        state_by=state.recorded_by if state else None,
        form=entry.text("form"),
        says=_says(entry.text("says")),
    )


def _says(text: str) -> dict[str, str]:
    lines = (line.split() for line in text.splitlines())
    return {parts[0]: parts[1] for parts in lines if len(parts) == 2}


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def changed_since(plan: Plan, copy: PaperCopy) -> tuple[Changed, ...]:
    """What matters for safety on a page and is not so any more, whoever changed it and on whichever laptop.

    It compares values and never clocks. A subject of a newer version of the program, which this one cannot compare,
    counts as changed: unknown counts as old (decision 8).
    """
    found = []
    for key, digest in copy.says.items():
        if key == WHOLE:
            continue
        subject = SUBJECTS.get(key)
        if subject is None:
            found.append(Changed(Subject(key, "Something that this version of the program cannot compare")))
        elif fingerprint(plan, subject) != digest:
            newest = max((item for _e, _k, item in _items(plan, subject)), key=lambda i: i.recorded_at, default=None)
            found.append(Changed(subject, newest.recorded_at, newest.recorded_by) if newest else Changed(subject))
    return tuple(found)


def is_quite_the_newest(plan: Plan, copy: PaperCopy) -> bool:
    """Whether nothing at all in the plan has changed since the page was made."""
    return copy.says.get(WHOLE) == fingerprint(plan, None)


def to_replace(plan: Plan) -> tuple[ToReplace, ...]:
    """The pages that are about and say something that is not so any more (K24), the newest first."""
    found = (ToReplace(copy, changed_since(plan, copy)) for copy in copies(plan) if copy.is_out)
    return tuple(one for one in found if one.changed)
