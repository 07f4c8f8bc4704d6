"""Putting a service near here into one person's plan: on the care team, whom to call, or as something to do."""

from __future__ import annotations

from enum import StrEnum

from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.plan import Entry, Plan
from eolc_desktop.services import plans
from eolc_desktop.services.plans import SaveResult
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session


class Use(StrEnum):
    """What a service is put into a plan as. Team and calls stand on the family’s plan too."""

    TEAM = "care_team"
    CALL = "who_to_call"
    TASK = "tasks"

    @property
    def words(self) -> str:
        """What its button says."""
        return {
            Use.TEAM: "On the care team",
            Use.CALL: "Among whom to call",
            Use.TASK: "As a task: refer",
        }[self]


@needs(Right.RECORD)
def use(session: Session, plan: Plan, service: Entry, as_what: Use) -> SaveResult:
    """Record a service in a plan as a new entry: its name and telephones as they stand in the list today."""
    name, phone, night = (service.text(key) for key in ("name", "phone", "phone_night"))
    values: dict[str, Value]
    match as_what:
        case Use.TEAM:
            values = {"name": name, "phone_day": phone or None, "phone_night": night or None}
        case Use.CALL:
            most = session.catalogue["who_to_call"]["situation"].max_length
            situation = service.text("what")[:most] or name
            values = {"situation": situation, "first_call_name": name, "first_call_phone": phone or night or None}
        case Use.TASK:
            refer = service.text("refer")
            values = {"what": f"Refer to {name}", "owner": session.user.name, "state": "to_do", "from_where": "plan"}
            values |= {"comment": refer} if refer else {}
    return plans.save_entry(session, plan, as_what.value, "", values)
