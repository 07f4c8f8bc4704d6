"""What a FHIR file proposes for each person in it: values, questions that somebody answers, and what stays out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eolc_desktop.care_plan.fields import MAIN, Value


@dataclass(frozen=True, slots=True)
class ProposedEntry:
    """Values for one entry of a section. `entry` is "" for a new entry of a section that repeats.

    `key` names it within the file; `place` is the number of its record there. `question` is set when it comes in only
    after somebody has said yes to it by name: a CPR status, a death. `notes` say in words what the reader should know
    before taking it in.
    """

    key: str
    place: int
    section: str
    entry: str
    values: Mapping[str, Value]
    from_kind: str
    question: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Records or details that do not come in: what they are in words, how many, and why.

    `kind` is the FHIR name, "" for details of the person's own record; `names` are what they say of themselves, for
    those a nurse may want to read before the file is put away.
    """

    kind: str
    what: str
    count: int
    why: str
    names: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The line for the screen: "Visits and stays: 43 – visits are not part of a care plan"."""
        said = f" ({'; '.join(self.names)})" if self.names else ""
        return f"{self.what}: {self.count:,}{said} – {self.why}"


@dataclass(frozen=True, slots=True)
class ProposedPerson:
    """One person of the file."""

    place: int
    entries: tuple[ProposedEntry, ...]
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def person_values(self) -> dict[str, Value]:
        """The proposed values of the `person` section."""
        return next((dict(e.values) for e in self.entries if (e.section, e.entry) == ("person", MAIN)), {})

    def text(self, field_key: str) -> str:
        """One proposed value of the `person` section where it is text, else ""."""
        value = self.person_values.get(field_key)
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A file that was read and can be shown: nothing of it is in any record yet.

    `sha256` is of the file's bytes, in hexadecimal, so that the same file is known again.
    """

    sha256: str
    what: str
    people: tuple[ProposedPerson, ...]
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
