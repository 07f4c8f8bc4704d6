"""Saying that what is recorded still holds: one item, an entry, a section or several at once, without changing it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from eolc_desktop.care_plan.fields import MAIN, Authorship, is_empty
from eolc_desktop.care_plan.plan import NOT_STATED, Edit, Entry, Op, Plan, Told
from eolc_desktop.errors import UserError
from eolc_desktop.services import plans
from eolc_desktop.services.plans import SaveResult
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session


def confirmations(plan: Plan, entry: Entry, told: Told = NOT_STATED, fields: Sequence[str] = ()) -> list[Edit]:
    """That the recorded items of an entry (or those named) still hold. What the program itself sets needs no word."""
    found = []
    for key, item in entry.items.items():
        field = plan.catalogue.field(entry.section, key)
        is_ours = field is not None and field.authorship is Authorship.AUTOMATIC
        if is_empty(item.value) or is_ours or (fields and key not in fields):
            continue
        found.append(Edit(entry.section, entry.id, key, item.value, Op.CONFIRM, item.change_id, entry.parent, told))
    return found


@needs(Right.RECORD)
def confirm(
    session: Session,
    plan: Plan,
    section: str,
    entry_id: str = MAIN,
    fields: Sequence[str] = (),
    told: Told = NOT_STATED,
) -> SaveResult:
    """Say that items still hold: the named fields of an entry, or all that are recorded in it.

    Raises ChangedElsewhere when one of them is no longer what the author saw: nobody confirms what they have not read.
    """
    return confirm_places(session, plan, [(section, entry_id)], fields, told)


@needs(Right.RECORD)
def confirm_sections(session: Session, plan: Plan, sections: Iterable[str], told: Told = NOT_STATED) -> SaveResult:
    """Say in one action that everything recorded in these sections still holds. Raises as `confirm` does."""
    places = [(section, entry.id) for section in sections for entry in plan.entries(section)]
    return confirm_places(session, plan, places, (), told)


@needs(Right.RECORD)
def confirm_places(
    session: Session,
    plan: Plan,
    places: Iterable[tuple[str, str]],
    fields: Sequence[str] = (),
    told: Told = NOT_STATED,
) -> SaveResult:
    """Say that the entries at these places (section, id) still hold, as one action. Raises as `confirm` does."""
    entries = [entry for section, entry_id in places if (entry := plan.entry(section, entry_id)) is not None]
    edits = [edit for entry in entries for edit in confirmations(plan, entry, told, fields)]
    if not edits:
        raise UserError("There is nothing recorded here to confirm.", "Nothing was changed.", "Record it first.")
    return plans.record(session, plan.person_id, edits, known=plan)
