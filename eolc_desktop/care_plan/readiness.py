"""What a plan still lacks before it is called ready to share: a list to offer, never a lock on saving or sharing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from eolc_desktop.care_plan.check import is_wanted
from eolc_desktop.care_plan.fields import MAIN, Authorship, Field, Need, Section, is_empty
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.care_plan.words import entry_title


@dataclass(frozen=True, slots=True)
class Missing:
    """One item that the minimum asks for and nobody has recorded yet.

    `entry` is "" where a list that repeats has no entry at all; `words` say it in a sentence.
    """

    section: str
    entry: str
    field: str
    words: str


def missing_for_sharing(plan: Plan) -> tuple[Missing, ...]:
    """The items of the minimum (data dictionary, end of §3) that are empty, in the order of the plan.

    An answer such as "asked, did not want to say" is an answer. The minimum is whatever the sections in the catalogue
    mark as needed (`Need.READY`), so a section that is added later joins it by itself. After a death nothing is asked
    for any more. Being incomplete never keeps a plan, or a new CPR decision in it, from being shared.
    """
    if not is_empty(plan.value("death", "died_on")):
        return ()
    return tuple(missing for section in plan.catalogue for missing in _missing_in(plan, section))


def is_ready(plan: Plan) -> bool:
    """Whether everything that the minimum asks for has been recorded."""
    return not missing_for_sharing(plan)


def _missing_in(plan: Plan, section: Section) -> Iterator[Missing]:
    needed = [field for field in section.fields if field.need is Need.READY]
    if not needed:
        return
    entries = {entry.id: entry for entry in plan.entries(section.key)}
    if section.fixed_entries:
        ids = [fixed.id for fixed in section.fixed_entries]
    elif section.repeats:
        ids = list(entries)
    else:
        ids = [MAIN]
    if not ids:
        yield Missing(section.key, "", needed[0].key, f"{section.title}: nothing has been recorded yet.")
    for entry_id in ids:
        values = entries[entry_id].values if entry_id in entries else {}
        for field in needed:
            if is_empty(values.get(field.key)) and is_wanted(section, field, values):
                where = section.title
                if entry_id != MAIN:
                    where = f"{section.title}, {entry_title(section, entry_id, values, links=plan.links)}"
                yield Missing(section.key, entry_id, field.key, _words(where, field))


def _words(where: str, field: Field) -> str:
    asked = "not asked yet" if field.authorship is Authorship.VOICE else "not recorded yet"
    return f"{where}: “{field.label}” is {asked}."
