"""The versions of a plan: who made each, whether it was agreed, and what differs between any two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eolc_desktop.care_plan.agreement import AGREEING, PLACE, agreement_words
from eolc_desktop.care_plan.differences import Difference, confirmed_between, differences
from eolc_desktop.care_plan.plan import Change
from eolc_desktop.errors import UserError
from eolc_desktop.record import history, past
from eolc_desktop.record.past import Version
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version as it is listed. `agreement` says whether this very version was agreed, by whom, or how disagreement
    stands; "" where nothing was recorded about agreement while it stood."""

    version: Version
    agreement: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions, the earlier first, what differs, and how many items were confirmed unchanged between them."""

    earlier: VersionLine
    later: VersionLine
    differences: tuple[Difference, ...]
    confirmed: int


@needs(Right.READ)
def versions_of(session: Session, person_id: str) -> tuple[VersionLine, ...]:
    """Every version of a plan, oldest first."""
    with session.store.reading() as connection:
        agreeing = [change for change in history.changes_of(connection, person_id, PLACE) if change.field in AGREEING]
        found = past.versions(connection, person_id)
        return tuple(
            VersionLine(
                version,
                agreement_words(past.plan_at(connection, session.catalogue, person_id, version))
                if _was_asked(agreeing, found, version)
                else "",
            )
            for version in found
        )


def _was_asked(agreeing: Sequence[Change], found: Sequence[Version], version: Version) -> bool:
    """Whether somebody recorded or confirmed the agreement while this version stood."""
    begins = found[version.number - 2].last_line if version.number > 1 else 0
    return any(begins < change.sequence <= version.last_line for change in agreeing)


@needs(Right.READ)
def compare(session: Session, person_id: str, one: int, other: int) -> Comparison:
    """What differs between two versions, in words. Raises UserError for a version that there is not."""
    lines = {line.version.number: line for line in versions_of(session, person_id)}
    first, last = min(one, other), max(one, other)
    if first not in lines or last not in lines:
        raise UserError("This plan has no such version.", "Nothing was changed.", "Choose one that is listed.")
    with session.store.reading() as connection:
        before, after = (
            past.plan_at(connection, session.catalogue, person_id, lines[number].version) for number in (first, last)
        )
    return Comparison(lines[first], lines[last], differences(before, after), confirmed_between(before, after))
