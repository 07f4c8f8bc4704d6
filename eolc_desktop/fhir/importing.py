"""From the bytes of a FHIR file to what it proposes for each person in it: pure, for the worker process."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.check import check_entry, normalise
from eolc_desktop.care_plan.fields import MAIN, is_empty
from eolc_desktop.fhir import allergies, decisions, kinds, patient, people
from eolc_desktop.fhir.proposal import LeftOut, Proposed, ProposedEntry, ProposedPerson
from eolc_desktop.fhir.reading import MAX_BYTES, Resource, read, refusal
from eolc_desktop.fhir.references import Addresses, Sorted, sort_by_person

_HIDDEN = "Characters that nobody can see were taken out of this. Please read it with care."


def propose(data: bytes, on: date) -> Proposed:
    """Read a FHIR R4 file and say what it proposes, person by person.

    `on` is the day of the import in England: what was over by then does not come in. Nothing is taken from a file that
    could be misread; everything that stays out is counted and named. Raises ImportRefused.
    """
    file = read(data)
    addresses = Addresses(file)
    found = sort_by_person(file, addresses)
    used: set[int] = set()
    proposed = tuple(_person(one, found, addresses, on, used) for one in found.patients)
    numbers = [number for person in proposed if (number := person.text("nhs_number"))]
    if len(set(numbers)) != len(numbers):
        raise refusal("Two people in this file have the same NHS number, so one of the two numbers is wrong.")
    rest = [resource for resource in found.shared if resource.place not in used]
    left_out = kinds.left_out(rest)
    if found.unsaid:
        why = "they do not say whom they are about"
        left_out += kinds.left_out(found.unsaid, {resource.place: why for resource in found.unsaid})
    if file.empty_entries:
        left_out += (LeftOut("", "Entries without a record", file.empty_entries, "there is nothing in them"),)
    return Proposed(sha256(data).hexdigest(), file.what, proposed, left_out, file.notes)


def propose_file(path: str, on: date) -> Proposed:
    """Read a file that was chosen, and no more of it than is ever read, and say what it proposes. Raises ImportRefused.

    For the worker process: neither the disk nor the reading holds up the window.
    """
    file = Path(path)
    try:
        if not file.is_file():
            raise refusal("There is no such file, or it is not an ordinary file.", "Choose another file.")
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except OSError:
        raise refusal(
            "The file could not be read from its disk.", "Copy it to this computer and choose it there."
        ) from None
    return propose(data, on)


def _person(one: Resource, found: Sorted, addresses: Addresses, on: date, used: set[int]) -> ProposedPerson:
    if one.not_understood:
        raise refusal(
            f"The person’s own record (number {one.place} in this file) is marked in a way that changes what it means, "
            "and this program does not know the mark.",
            "Read it in the system it came from.",
        )
    records = found.about[one.place]
    values, notes = patient.person_values(one, on)
    around = people.read_around(one, records, addresses, on)
    allergic = allergies.propose([record for record in records if record.kind == "AllergyIntolerance"])
    cpr = decisions.read_cpr(records, addresses, on)
    death = decisions.read_death(one, on)
    notes += [*cpr.notes, *death.notes, *allergic.notes, *around.notes]
    entries = (
        ProposedEntry(f"person/{one.place}", one.place, "person", MAIN, values, "Patient"),
        *cpr.entries,
        *death.entries,
        *allergic.entries,
        *around.entries,
    )
    hidden = {resource.place for resource in (one, *records) if resource.had_hidden}
    fitted = tuple(fits for entry in entries if (fits := _fitted(entry, hidden, notes)))
    if not any(key in fitted[0].values for key in ("family_name", "given_names")):
        raise refusal(
            "A person in this file has no name that could be kept.", "Ask for a file with the person’s own details."
        )
    taken = around.used | allergic.used | cpr.used
    used |= taken
    reasons = {**around.reasons, **allergic.reasons, **cpr.reasons}
    rest = kinds.left_out([record for record in records if record.place not in taken], reasons)
    return ProposedPerson(one.place, fitted, rest + patient.details_left_out(one, on), tuple(notes))


_NEEDED = {"allergy": "substance", "contacts": "name", "cpr": "decision", "death": "died_on"}
"""The value without which an entry of a section says nothing."""


def _fitted(entry: ProposedEntry, hidden: set[int], person_notes: list[str]) -> ProposedEntry | None:
    """Leave out the values that no field of the plan could hold, and say which; so nothing fails later."""
    section = built_in()[entry.section]
    values = {key: normalise(section[key], value) for key, value in entry.values.items()}
    values = {key: value for key, value in values.items() if not is_empty(value)}
    notes = [*entry.notes, *([_HIDDEN] if entry.place in hidden else [])]
    for problem in check_entry(section, values):
        if problem.unusable and problem.field_key in values:
            del values[problem.field_key]
            notes.append(f"Does not come in: {problem.says}")
    needed = _NEEDED.get(entry.section)
    if entry.section == "person" or (values and (not needed or needed in values)):
        return replace(entry, values=values, notes=tuple(notes))
    person_notes.append(f"Record {entry.place} of the file ({kinds.what(entry.from_kind)}) could not be taken in.")
    person_notes += [note for note in notes if note not in entry.notes]
    return None
