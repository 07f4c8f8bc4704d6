"""What is done after a death: the closing list, looking back on each wish, and who is to be rung in bereavement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from eolc_desktop.care_plan import after_death, dates
from eolc_desktop.care_plan.fields import MAIN, Value, is_empty
from eolc_desktop.care_plan.plan import Edit, Plan
from eolc_desktop.care_plan.words import display
from eolc_desktop.errors import UserError
from eolc_desktop.record import across, people
from eolc_desktop.record.across import Found
from eolc_desktop.record.people import PersonRow
from eolc_desktop.record.rows import new_id
from eolc_desktop.services import plans
from eolc_desktop.services.plans import SaveResult, edits_for
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

OVER = ("made", "referred", "closed")
"""States of a bereavement contact in which nobody is waiting for a call any more."""


@needs(Right.RECORD)
def begin_closing(session: Session, plan: Plan) -> SaveResult:
    """Put every step that is usual for this person, and not there yet, on the closing list as one save.

    The key worker has them to do, else whoever begins. Raises UserError when nothing is missing, or nobody died.
    """
    _refuse_for_the_living(plan)
    owner = plan.text("key_people", "key_worker_name") or session.user.name
    edits = [
        edit
        for step in after_death.closing_steps(plan)
        if step.is_usual and step.entry is None
        for edit in edits_for(plan, "closure", new_id(), {"what": step.key, "state": "to_do", "owner": owner})
    ]
    if not edits:
        raise UserError("Everything that is usual is on the list already.", "Nothing was changed.", "")
    return plans.record(session, plan.person_id, edits)


@needs(Right.RECORD)
def mark_step(session: Session, plan: Plan, key: str, entry_id: str, state: str, witness: str = "") -> SaveResult:
    """Record that a step is done today by this user, not needed, or to do after all.

    `entry_id` is "" for one that is not on the list yet. Closing the record closes the plan in the same save.
    """
    _refuse_for_the_living(plan)
    values: dict[str, Value] = {"what": key, "state": state} if not entry_id else {"state": state}
    if state == "done":
        values |= {"done_on": plan.today.isoformat(), "done_by": session.user.name}
        values |= {"witness": witness} if witness else {}
    edits = edits_for(plan, "closure", entry_id or new_id(), values)
    if key == "record_closed" and state == "done":
        edits += edits_for(plan, "plan_control", MAIN, {"status": "closed"})
    return plans.record(session, plan.person_id, edits)


@needs(Right.RECORD)
def look_back(session: Session, plan: Plan, wish: after_death.Wish, kept: str) -> SaveResult:
    """Record whether a wish was kept. Where the wish is the place of death, “was it where they wanted to be?” is
    recorded with it when nobody has answered it yet, so that nothing is asked twice."""
    _refuse_for_the_living(plan)
    values: dict[str, Value] = {"kept": kept}
    if wish.entry is None:
        most = session.catalogue["looking_back"]["wish_words"].max_length
        values |= {"wish": wish.key, "wish_words": wish.wished[:most]}
    edits: list[Edit] = edits_for(plan, "looking_back", wish.entry.id if wish.entry else new_id(), values)
    said = {"yes": "yes", "no": "no"}.get(kept)
    if wish.key == "place_of_death" and said and is_empty(plan.value("death", "preferred_achieved")):
        edits += edits_for(plan, "death", MAIN, {"preferred_achieved": said})
    return plans.record(session, plan.person_id, edits)


def _refuse_for_the_living(plan: Plan) -> None:
    if not plan.text("death", "died_on"):
        raise UserError("No death is recorded here.", "Nothing was changed.", "Record the death first.")


@dataclass(frozen=True, slots=True)
class Bereaved:
    """Somebody who is grieving, and how their follow-up stands. `due` is "" where no day is planned."""

    row: PersonRow
    entry: str
    name: str
    phone: str
    offer_words: str
    concern_words: str
    follow_up_by: str
    due: str
    state_words: str
    is_over: bool

    def days_over(self, day: date) -> int:
        """By how many days the follow-up is overdue; 0 or less when it is not."""
        return (day - dates.last_day(self.due)).days if self.due and not self.is_over else 0


@dataclass(frozen=True, slots=True)
class BereavementList:
    """Everybody whose follow-up waits, the earliest day first; and the deaths for whom nobody is named yet."""

    waiting: tuple[Bereaved, ...]
    over: int
    nobody_named: tuple[PersonRow, ...]
    as_of: date


_FIELDS: Mapping[str, tuple[str, ...]] = {
    "death": ("died_on",),
    "bereavement": ("contact", "name", "phone", "offer", "concern", "follow_up_by", "follow_up_on", "state"),
}


@needs(Right.READ)
def bereavement_list(session: Session) -> BereavementList:
    """Read how the follow-up of everybody who grieves stands, for every death on this laptop."""
    grieving: dict[str, list[Found]] = {}
    unnamed: list[str] = []
    with session.store.reading() as connection:
        for person_id, found in across.entries(connection, _FIELDS):
            entries = [one for one in found if one.section == "bereavement"]
            if entries:
                grieving[person_id] = entries
            elif any(one.values.get("died_on") for one in found):
                unnamed.append(person_id)
        rows = {row.id: row for row in people.rows_of(connection, [*grieving, *unnamed])}
        made: list[Bereaved] = []
        for person_id, entries in grieving.items():
            contacts: dict[str, Found] = {}
            if any(one.values.get("contact") for one in entries):
                read = across.entries(connection, {"contacts": ("name", "phone")}, person_id)
                contacts = {one.entry: one for _person, found in read for one in found}
            made += [_bereaved(session, rows[person_id], one, contacts) for one in entries]
    waiting = sorted((one for one in made if not one.is_over), key=lambda one: (one.due or "9999", one.name))
    nobody = sorted((rows[i] for i in unnamed), key=lambda row: row.died_on, reverse=True)
    return BereavementList(tuple(waiting), len(made) - len(waiting), tuple(nobody), dates.today(session.clock()))


def _bereaved(session: Session, row: PersonRow, one: Found, contacts: Mapping[str, Found]) -> Bereaved:
    section = session.catalogue["bereavement"]

    def text(key: str) -> str:
        value = one.values.get(key)
        return value if isinstance(value, str) else ""

    contact = contacts.get(text("contact"))
    of_contact = contact.values if contact is not None else {}
    name, phone = (str(of_contact.get(key) or "") for key in ("name", "phone"))
    return Bereaved(
        row,
        one.entry,
        text("name") or name or "Name not recorded",
        text("phone") or phone,
        display(section["offer"], one.values.get("offer")),
        display(section["concern"], one.values.get("concern")),
        text("follow_up_by"),
        text("follow_up_on") if dates.is_partial_date(text("follow_up_on")) else "",
        display(section["state"], one.values.get("state")),
        text("state") in OVER or text("offer") == "declined",
    )
