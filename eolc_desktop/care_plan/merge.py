"""Two people changed the same plan without seeing each other: what comes together by itself, and what must be asked.

No clock decides anything and nobody's value is written over (decision 5). What was changed on one side only is taken
over. Where both sides changed what belongs together, the shared version stands for everybody, and what was recorded
here is kept beside it until a named person settles it with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.fields import Kind, Merge, Value
from eolc_desktop.care_plan.item_classes import ADDITIONS_MEET, COHERENCE_GROUPS
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, Op
from eolc_desktop.care_plan.said import Place, Said, Version, content, origin

Unit = tuple[str, ...]
"""What changes and conflicts as one: a coherence group, an entry, or a single item."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line for the journal that a merge asks for.

    `said` is None where the shared version holds nothing: what was recorded here is then put aside. `is_ours` marks a
    value of this laptop that is recorded again after a value of another one.
    """

    place: Place
    op: Op
    said: Said | None
    is_ours: bool = False


@dataclass(frozen=True, slots=True)
class ClashItem:
    """One place of a conflict: what both sides began from, what was recorded here, and what the shared record says."""

    place: Place
    base: Said | None
    mine: Said | None
    theirs: Said | None


@dataclass(frozen=True, slots=True)
class Clash:
    """What two people changed without seeing each other's change, and which only a person can settle."""

    unit: Unit
    items: tuple[ClashItem, ...]

    @property
    def places(self) -> frozenset[Place]:
        """Every place in it."""
        return frozenset(item.place for item in self.items)


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge does: lines to add to the journal, in order; conflicts; and what both sides recorded alike."""

    lines: tuple[Line, ...] = ()
    clashes: tuple[Clash, ...] = ()
    agreed: tuple[Place, ...] = ()


def merge(
    catalogue: Catalogue, base: Version, mine: Version, theirs: Version, known: Mapping[str, int] | None = None
) -> Merged:
    """Bring a laptop's version of a plan together with the shared one; `base` is the shared version it last knew.

    `known` numbers the changes in this laptop's journal in their order (by the `origin` of their ids, and each
    `confirmation_key`). Where the shared record says what was recorded here after `base`, and followed since, nobody
    else changed anything: a change-set of ours came through unnoticed, or the server was set back (`base` is then
    empty). What stands here is sent again.
    """
    known = known or {}
    everywhere = {**base, **mine, **theirs}
    here = {p for p in everywhere if _differs(base, mine, p)}
    there = {p for p in everywhere if _differs(base, theirs, p)}
    differs = here | there
    moved = {p[:2] for p in differs if p[2] == ENTRY_ITSELF}
    units: dict[Unit, list[Place]] = {}
    for place in sorted(differs):
        units.setdefault(_unit(catalogue, place, moved), []).append(place)
    lines: list[Line] = []
    clashes: list[Clash] = []
    agreed: list[Place] = []
    for unit, places in units.items():
        by_me = here.intersection(places)
        by_them = {p for p in there.intersection(places) if not _is_behind(base, mine, theirs, p, known)}
        if not by_them:
            continue
        if not by_me or _only_additions(catalogue, unit, base, by_me, by_them):
            lines += _take(mine, theirs, sorted(by_them))
        elif _one_holds_the_other(base, mine, theirs, by_me, by_them):
            alike = {p for p in by_me | by_them if content(mine.get(p), p) == content(theirs.get(p), p)}
            lines += _both_alike(base, mine, theirs, sorted(alike))
            lines += _take(mine, theirs, sorted(by_them - alike))
            agreed += sorted(alike)
        elif joined := _joined(catalogue, base, mine, theirs, by_me | by_them):
            lines += joined
        else:
            both = sorted(by_me | by_them)
            clashes.append(Clash(unit, tuple(ClashItem(p, base.get(p), mine.get(p), theirs.get(p)) for p in both)))
            lines += _take(mine, theirs, both)
    for place, said in theirs.items():
        if place not in differs and _is_new_envelope(mine.get(place), said, known):
            lines.append(Line(place, Op.SET, said))
            if said.confirmation is not None:
                lines.append(Line(place, Op.CONFIRM, said))
    return Merged(tuple(lines), tuple(clashes), tuple(agreed))


def is_waiting(base: Said | None, mine: Said | None, place: Place) -> bool:
    """Whether this laptop says something at a place that the shared record, as last known, does not."""
    if content(base, place) != content(mine, place):
        return True
    return mine is not None and mine.confirmation is not None and mine.confirmation != (base and base.confirmation)


def confirmation_key(said: Said) -> str:
    """How a confirmation is named among the known changes; "" for a value that nobody has confirmed."""
    at = said.item.confirmed_at
    by = said.item.confirmed_by
    return f"{at.isoformat()} {by.user_id if by else ''}" if at else ""


def after(mine: Version, merged: Merged) -> dict[Place, Said]:
    """The version that stands when the lines of a merge have been added: what the journal then says."""
    standing = dict(mine)
    for line in merged.lines:
        before = standing.get(line.place)
        if line.said is None:
            standing.pop(line.place, None)
        elif line.op is Op.SET:
            standing[line.place] = replace(
                line.said, item=replace(line.said.item, confirmed_at=None, confirmed_by=None)
            )
        elif before is not None:
            item = line.said.item
            standing[line.place] = replace(
                before, item=replace(before.item, confirmed_at=item.confirmed_at, confirmed_by=item.confirmed_by)
            )
    return standing


def unit_words(catalogue: Catalogue, unit: Unit) -> str:
    """What a unit is called on screen."""
    kind, *names = unit
    if kind == "group":
        return COHERENCE_GROUPS.get(names[0], names[0])
    if names[0] not in catalogue:
        return "Something that a newer version of the program recorded"
    section = catalogue[names[0]]
    field = section.find(names[2]) if kind == "item" else None
    return f"{section.title}: {field.label}" if field and field.label != section.title else section.title


def _differs(base: Version, side: Version, place: Place) -> bool:
    return is_waiting(base.get(place), side.get(place), place)


def _is_behind(base: Version, mine: Version, theirs: Version, place: Place, known: Mapping[str, int]) -> bool:
    """Whether the shared record says what was recorded here since `base`, and has been followed here since then."""
    before, there, here = base.get(place), theirs.get(place), mine.get(place)
    if there is None:
        return False
    if content(there, place) == content(here, place):
        name, earlier = confirmation_key(there), confirmation_key(before) if before is not None else ""
    else:
        name, earlier = origin(there.item.change_id), origin(before.item.change_id) if before is not None else ""
        if here is not None and origin(here.item.change_id) == name:
            return False
    return bool(name) and name in known and known[name] > known.get(earlier, -1)


def _unit(catalogue: Catalogue, place: Place, moved: Set[tuple[str, str]]) -> Unit:
    """The unit of a place. `moved` holds the entries that were withdrawn, or let stand again, on either side."""
    section_key, entry, field_key = place
    if section_key not in catalogue:
        return ("item", *place)
    section = catalogue[section_key]
    field = section.find(field_key)
    if field is None or (section_key, entry) in moved:
        # A state, or what a newer program records, belongs to whatever is read together in its section.
        if group := next((f.coherence_group for f in section.fields if f.coherence_group), ""):
            return ("group", group)
        return ("entry", section_key, entry)
    if field.coherence_group:
        return ("group", field.coherence_group)
    if field.merge is Merge.ASK and (section.repeats or section.fixed_entries):
        # What was asked of a person in one entry is read together: a hope and how far it has come.
        return ("entry", section_key, entry)
    return ("item", *place)


def _only_additions(catalogue: Catalogue, unit: Unit, base: Version, by_me: Set[Place], by_them: Set[Place]) -> bool:
    """Whether both sides only began entries of their own in a list where one more never changes what another means."""
    if unit[0] != "group" or unit[1] not in ADDITIONS_MEET:
        return False
    begun = {place[:2] for place in base}
    here, there = {p[:2] for p in by_me}, {p[:2] for p in by_them}
    return (
        here.isdisjoint(there)
        and begun.isdisjoint(here | there)
        and all(section in catalogue and catalogue[section].repeats for section, _entry in here | there)
    )


def _one_holds_the_other(base: Version, mine: Version, theirs: Version, by_me: Set[Place], by_them: Set[Place]) -> bool:
    """Whether everything that one side changed was changed to the same by the other, or both sides are alike.

    A confirmation counts only where both sides are alike: it says that nothing else has changed.
    """

    def alike(places: Set[Place]) -> bool:
        return all(content(mine.get(p), p) == content(theirs.get(p), p) for p in places)

    def changed(places: Set[Place], side: Version) -> bool:
        return all(content(side.get(p), p) != content(base.get(p), p) for p in places)

    if alike(by_me | by_them):
        return True
    return (alike(by_me) and changed(by_me, mine)) or (alike(by_them) and changed(by_them, theirs))


def _take(mine: Version, theirs: Version, places: Iterable[Place]) -> list[Line]:
    """The lines after which these places stand as the shared record has them."""
    lines: list[Line] = []
    for place in places:
        there, here = theirs.get(place), mine.get(place)
        if there is None and content(here, place) is None:
            continue
        if there is None or here is None or _is_another(here, there, place):
            lines.append(Line(place, Op.SET, there))
            if there is not None and there.confirmation is not None:
                lines.append(Line(place, Op.CONFIRM, there))
        elif there.confirmation != here.confirmation:
            if there.confirmation is not None:
                lines.append(Line(place, Op.CONFIRM, there))
            else:
                lines.append(Line(place, Op.SET, there))
    return lines


def _is_another(here: Said, there: Said, place: Place) -> bool:
    if content(there, place) != content(here, place):
        return True
    return bool(there.item.change_id) and origin(there.item.change_id) != origin(here.item.change_id)


def _both_alike(base: Version, mine: Version, theirs: Version, places: Iterable[Place]) -> list[Line]:
    """Both recorded the same: the shared line is taken, and what was confirmed here is confirmed again after it."""
    lines: list[Line] = []
    for place in places:
        there, here = theirs.get(place), mine.get(place)
        if there is None or here is None:
            continue
        if origin(there.item.change_id) != origin(here.item.change_id):
            lines.append(Line(place, Op.SET, there))
        if there.confirmation is not None and there.confirmation != here.confirmation:
            lines.append(Line(place, Op.CONFIRM, there))
        before = base.get(place)
        confirmed_here = here.confirmation is not None and here.confirmation != (before and before.confirmation)
        if lines and lines[-1].place == place and confirmed_here and here.confirmation != there.confirmation:
            lines.append(Line(place, Op.CONFIRM, here, is_ours=True))
    return lines


def _joined(
    catalogue: Catalogue, base: Version, mine: Version, theirs: Version, places: Set[Place]
) -> list[Line] | None:
    """One log entry that both sides wrote on: both are kept. None where the two cannot stand in one value.

    What somebody confirmed meanwhile is not joined with what they had not seen: that is asked about (decision 4).
    """
    if len(places) != 1:
        return None
    (place,) = places
    field = catalogue.field(place[0], place[2])
    here, there = mine.get(place), theirs.get(place)
    if field is None or field.merge is not Merge.APPEND or here is None or there is None:
        return None
    before = base.get(place)
    if any(
        side.confirmation is not None and side.confirmation != (before and before.confirmation)
        for side in (here, there)
    ):
        return None
    value = _both_values(field.kind, content(before, place), here.item.value, there.item.value)
    if value is None:
        return None
    ours = replace(
        here,
        item=replace(here.item, value=value, change_id="", confirmed_at=None, confirmed_by=None),
        reason="Joined with what was recorded elsewhere at the same time",
    )
    return [Line(place, Op.SET, there), Line(place, Op.SET, ours, is_ours=True)]


def _both_values(kind: Kind, base: Value, here: Value, there: Value) -> Value:
    if isinstance(here, list) and isinstance(there, list):
        chosen = base if isinstance(base, list) else []
        if not (set(chosen) <= set(here) and set(chosen) <= set(there)):
            return None  # one of them took a choice back
        return [*there, *(key for key in here if key not in there)]
    if kind is not Kind.LONG_TEXT or not isinstance(here, str) or not isinstance(there, str):
        return None
    before = base if isinstance(base, str) else ""
    if not (here.startswith(before) and there.startswith(before)):
        return None  # one of them took something away, which no joining can tell from what the other kept
    if not (_goes_on_anew(before, here) and _goes_on_anew(before, there)):
        return None  # “2 mg” made to “2 mg at most”: parted from what it was added to, it would say something else
    added = here[len(before) :].strip()
    return f"{there.rstrip()}\n{added}" if added else there


def _goes_on_anew(before: str, after: str) -> bool:
    """Whether what was added stands by itself: on a line of its own, or after the end of a sentence."""
    said, added = before.rstrip(), after[len(before) :]
    if not said or not added.strip():
        return True
    between = before[len(said) :] + added[: len(added) - len(added.lstrip())]
    return "\n" in between or (bool(between) and said.rstrip('”’")')[-1:] in tuple(".!?…"))


def _is_new_envelope(mine: Said | None, theirs: Said, known: Mapping[str, int]) -> bool:
    """Whether the shared record holds the same value under another change: recorded anew in between, or elsewhere."""
    change = origin(theirs.item.change_id)
    if mine is None or not change or change in known:
        return False
    return origin(mine.item.change_id) != change


def touched(lines: Iterable[Line]) -> Mapping[tuple[str, str], frozenset[str]]:
    """Which fields the lines touch, by section and entry."""
    found: dict[tuple[str, str], set[str]] = {}
    for line in lines:
        found.setdefault(line.place[:2], set()).add(line.place[2])
    return {key: frozenset(fields) for key, fields in found.items()}
