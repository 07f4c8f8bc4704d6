"""What does not fit together about a person: the rules, told everything outside the plan that this laptop knows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from eolc_desktop.care_plan.conflicts import value_words
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, Plan
from eolc_desktop.care_plan.rules import Finding, Limits, Outside, Setting, findings
from eolc_desktop.care_plan.rules.outside import ChangedOnBothSides, CprElsewhere, OtherRecord
from eolc_desktop.record import conflicts, exchange, people
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session


@needs(Right.READ)
def findings_of(session: Session, plan: Plan) -> tuple[Finding, ...]:
    """Everything that the rules find in a plan and between it and what is outside, the gravest first."""
    with session.store.reading() as connection:
        outside = _outside(connection, plan)
        number = plan.text("person", "nhs_number")
        same = people.with_nhs_number(connection, number) if number else ()
    others = sum(1 for row in same if row.id != plan.person_id)
    limits = Limits(fresh_days=plan.fresh_days)
    return findings(plan, Setting(limits, session.made_up, others, outside))


def _outside(connection: Connection, plan: Plan) -> Outside:
    born = plan.text("person", "birth_date")
    return Outside(
        cpr_elsewhere=_cpr_elsewhere(connection, plan.person_id),
        waiting_to_leave=len(exchange.change_sets(connection, "sent", plan.person_id)),
        other_records=tuple(
            OtherRecord(row.family_name, row.given_names, row.birth_date, row.nhs_number)
            for row in (people.born_on(connection, born, plan.person_id) if born else ())
        ),
        changed_on_both_sides=_on_both_sides(connection, plan),
    )


def _cpr_elsewhere(connection: Connection, person_id: str) -> tuple[CprElsewhere, ...]:
    """The CPR decisions that other systems put into the shared record and nobody has accepted or declined yet."""
    found = []
    for proposal in exchange.proposals_of(connection, person_id):
        of_cpr = {key: value for section, _entry, key, value in proposal.changes if section == "cpr"}
        decision, decided = of_cpr.get("decision"), of_cpr.get("decided_at")
        if proposal.accepted is None and isinstance(decision, str):
            on = decided if isinstance(decided, str) else ""
            seen = datetime.fromisoformat(proposal.found_at)
            found.append(CprElsewhere(proposal.who or "Another system", decision, on, seen))
    return tuple(found)


def _on_both_sides(connection: Connection, plan: Plan) -> tuple[ChangedOnBothSides, ...]:
    found = []
    for conflict in conflicts.conflicts_of(connection, plan.person_id, open_only=True):
        for item in conflict.items:
            section, entry, key = item.place
            if key == ENTRY_ITSELF:
                continue
            theirs = item.theirs.item if item.theirs is not None else None
            found.append(
                ChangedOnBothSides(
                    section,
                    key,
                    value_words(plan.catalogue, item.place, item.theirs, plan.links),
                    theirs.recorded_by.words if theirs else "",
                    entry,
                    theirs.recorded_at if theirs else None,
                )
            )
    return tuple(found)
