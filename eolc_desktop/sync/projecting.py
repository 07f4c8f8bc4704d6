"""The projections of `fhir.sharing` as the exchange uses them: named its way, what others changed as its proposals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid5

from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.fhir.sharing.elements import Ids
from eolc_desktop.fhir.sharing.offers import Offer, offers
from eolc_desktop.fhir.sharing.projecting import KINDS, laid_over, projected
from eolc_desktop.record.exchange import Proposal
from eolc_desktop.sync.effects import JSON
from eolc_desktop.sync.names import fhir_id


def ids_of(person_id: str) -> Ids:
    """The FHIR ids of a person's resources, the same on every laptop."""
    return lambda *names: fhir_id(person_id, *names)


class PlanProjection:
    """What other systems act on. PDFs and scans go beside it (`sync.papers`); a Binary is only ever read by name."""

    types = tuple(kind for kind in KINDS if kind != "Binary")

    def resources(self, plan: Plan, seen: Mapping[str, JSON]) -> Sequence[JSON]:
        """Every resource as it should stand, over what the server holds of it."""
        ids = ids_of(plan.person_id)
        return laid_over(projected(plan, ids), seen, ids)

    def proposals(self, plan: Plan, seen: Mapping[str, JSON]) -> Sequence[Proposal]:
        """What another system changed or added, beside what the shared plan says."""
        ids = ids_of(plan.person_id)
        found = offers(plan, projected(plan, ids), seen, ids, plan.today)
        return [_proposal(plan, offer, seen[offer.key]) for offer in found]


def _proposal(plan: Plan, offer: Offer, resource: JSON) -> Proposal:
    """One proposal for one version of one resource: what was declined once is not asked again until it changes."""
    said = [f"{label}: the plan says “{ours}”, the other system “{theirs}”." for label, ours, theirs in offer.lines]
    if offer.unread:
        said.append(f"Also changed there: {', '.join(offer.unread)}.")
    author = resource.get("author")
    who = author.get("display") if isinstance(author, dict) else None
    return Proposal(
        id=uuid5(UUID(plan.person_id), f"{offer.key}/{offer.version}").hex,
        person_id=plan.person_id,
        key=offer.key,
        words=" ".join([f"{offer.heading}.", *said]),
        found_at=plan.as_of.isoformat(),
        who=who if isinstance(who, str) else "",
        changes=tuple((v.section, v.entry, v.field, v.value) for v in offer.values),
        resource=dict(resource),
    )
