"""What may leave this laptop for the shared record, and what stays here and why: one pure function (decision 7).

Sending and the outbox both read it, so that nothing can be sent that the outbox did not show.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from eolc_desktop.care_plan.fields import MAIN, Kind, Value
from eolc_desktop.care_plan.keeping_back import KEPT_BACK, has_number, kept_back
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.care_plan.rules import CopyPlanned, ItemRef, Setting, Severity, findings_for_copy
from eolc_desktop.care_plan.rules.identity import k25
from eolc_desktop.care_plan.said import Place, Version

SHARING_AGREED = frozenset({"given", "best_interests", "attorney", "parental_responsibility"})
"""The answers to "Consent to share it" with which a plan may be shared."""
CONSENT = "consent"
CONSENT_TO_SHARE: Place = (CONSENT, MAIN, "to_share")


class Stays(StrEnum):
    """Why something stays on this laptop."""

    KEPT_BACK = "kept_back"
    MUST_NOT_BE_TOLD = "must_not_be_told"
    ADDRESS = "address"
    RULE = "rule"

    @property
    def words(self) -> str:
        """The reason as the outbox says it."""
        return {
            "kept_back": "The person asked for this to be kept back",
            "must_not_be_told": "Concerns somebody who, the person asked, must not be told",
            "address": "The address is confidential",
            "rule": "A rule about what may be seen keeps it here",
        }[self.value]


class Hold(StrEnum):
    """Why nothing about a person is sent (decision 6: identity, consent, and a record that cannot be trusted)."""

    NOT_ASKED = "not_asked"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    DISPUTED = "disputed"
    IDENTITY = "identity"
    IN_DOUBT = "in_doubt"

    @property
    def words(self) -> str:
        """The reason as the outbox says it."""
        return {
            "in_doubt": (
                "What is recorded here is not as it was written. Nothing about this person is sent, and nothing that "
                "others sent is taken in, until that is settled: Settings says what was found."
            ),
            "not_asked": "Consent to share is not recorded yet. Nothing is sent until it is.",
            "declined": "The person did not agree to sharing. Nothing is sent.",
            "withdrawn": (
                "Consent to sharing was withdrawn. Only that is sent, so that others see it. What was shared before, "
                "and what was printed, cannot be called back from here."
            ),
            "disputed": (
                "Two people recorded different answers on consent to share. Nothing else is sent until it is settled."
            ),
            "identity": "It is not certain whose record this is: the NHS number has to be settled first.",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Leaving:
    """What may leave about one person.

    `places` is what may be sent; `stays` says why each other place is not; `hold` keeps everything here except, once
    something has been shared, what was recorded about consent itself (`consent_only`).
    """

    places: frozenset[Place]
    stays: Mapping[Place, Stays]
    hold: Hold | None = None
    consent_only: bool = False

    def may_leave(self, place: Place) -> bool:
        """Whether what stands at a place may be sent."""
        return place in self.places


def what_may_leave(
    plan: Plan, version: Version, setting: Setting, *, shared_before: bool, disputed: Iterable[Value] = ()
) -> Leaving:
    """Decide for every place of a person's version whether it may leave. `version` holds withdrawn entries too.

    `disputed` holds every answer on consent to share in conflicts that nobody has settled: sharing goes on only where
    all of them agree to it.
    An item kept back from anyone stays here: one shared record shows all its readers the same.
    """
    hold = _hold(plan, setting)
    if hold is None and not SHARING_AGREED.issuperset(str(answer) for answer in disputed):
        hold = Hold.DISPUTED
    stays = staying(plan, version)
    if hold is not None:
        only = hold is not Hold.IDENTITY and shared_before
        places = frozenset(p for p in version if p[0] == CONSENT and p not in stays) if only else frozenset()
        return Leaving(places, stays, hold, only)
    return Leaving(frozenset(version) - frozenset(stays), stays)


def staying(plan: Plan, version: Version) -> dict[Place, Stays]:
    """Which places of a person's version stay out of everything that leaves this laptop, and why.

    The rules about copies are asked last, about the finished list, so that a mistake made before them is found (K21,
    K22).
    """
    stays = _staying(plan, version)
    leaving = frozenset(version) - frozenset(stays)
    refs = {ItemRef(section, field, entry): (section, entry, field) for section, entry, field in leaving}
    for finding in findings_for_copy(plan, CopyPlanned(frozenset(refs))):
        if finding.severity is Severity.BLOCKS and finding.rule in ("K21", "K22"):
            stays |= {refs[ref]: Stays.RULE for ref in finding.items if ref in refs}
    return stays


def _hold(plan: Plan, setting: Setting) -> Hold | None:
    if any(finding.severity is Severity.BLOCKS for finding in k25(plan, setting)):
        return Hold.IDENTITY
    said = plan.value(CONSENT, "to_share")
    if said in SHARING_AGREED:
        return None
    return {"withdrawn": Hold.WITHDRAWN, "declined": Hold.DECLINED}.get(str(said), Hold.NOT_ASKED)


def _staying(plan: Plan, version: Version) -> dict[Place, Stays]:
    sections, numbers = kept_back(plan)
    hidden = {entry.id for entry in plan.all_entries("contacts") if entry.value("involvement") == "must_not_be_told"}
    restricted = plan.value("person", "address_restricted") is True
    found: dict[Place, Stays] = {}
    for place, said in version.items():
        section, entry, key = place
        field = plan.catalogue.field(section, key)
        # A field that points at an entry of what is kept back would give its name away.
        points = field is not None and field.links_to in sections
        if section == KEPT_BACK or section in sections or points or (field is not None and has_number(field, numbers)):
            found[place] = Stays.KEPT_BACK
        elif (section == "contacts" and entry in hidden) or (
            field is not None and field.kind is Kind.LINK and said.item.value in hidden
        ):
            found[place] = Stays.MUST_NOT_BE_TOLD
        elif restricted and section == "person" and key in WHERE_THEY_LIVE:
            found[place] = Stays.ADDRESS
    return found


WHERE_THEY_LIVE = frozenset(
    {"address", "postcode", "address_kind", "current_location", "current_location_since", "phone", "mobile", "email"}
)
"""The fields of `person` that a confidential address covers."""


def kept_back_in_words_only(plan: Plan) -> tuple[str, ...]:
    """What is kept back in words that the program cannot find by itself: the outbox asks somebody to look for it."""
    return tuple(entry.text("what_words") for entry in plan.entries(KEPT_BACK) if entry.text("what_words"))
