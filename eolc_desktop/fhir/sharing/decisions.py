"""Consent to share, the CPR recommendation and the palliative care register, as Consent and Flags (UK Core)."""

from __future__ import annotations

from collections.abc import Iterator

from eolc_desktop.fhir.addresses import EXTENSION
from eolc_desktop.fhir.sharing.elements import (
    HL7,
    Making,
    Resource,
    author,
    concept,
    day,
    display,
    filled,
    hl7,
    listed,
    moment,
    said,
)

REVIEW_ON = f"{EXTENSION}/review-date"
"""When a decision is to be looked at again. It is not the end of the Flag's period: a decision stands until somebody
changes it (decision 8), and a reader that hides what has ended would hide a decision that stands."""
_CONSENT = {
    "given": "active",
    "best_interests": "active",
    "attorney": "active",
    "parental_responsibility": "active",
    "declined": "rejected",
    "withdrawn": "inactive",
}
_RECIPIENT = {"coding": [{"system": f"{HL7}v3-ParticipationType", "code": "IRCP"}]}


def consent(making: Making) -> Resource | None:
    """What the person said about sharing, and with whom; None while nobody has asked."""
    plan = making.plan
    option = making.option("consent", "to_share")
    field = plan.catalogue.field("consent", "to_share")
    if option is None or field is None or option.key not in _CONSENT:
        return None
    entry = plan.entry("consent")
    item = plan.item("consent", "to_share")
    permits = _CONSENT[option.key] == "active"
    provision: Resource = {"type": "permit" if permits else "deny"}
    inner = [
        {"type": kind, "actor": [{"role": _RECIPIENT, "reference": {"display": words}} for words in names]}
        for kind, names in (("permit", _recipients(making, "share_with")), ("deny", _recipients(making, "not_with")))
        if names and permits
    ]
    if inner:
        provision["provision"] = inner
    taken = day(entry.value("taken_on")) if entry else ""
    return filled(
        making.resource("Consent", "consent", profile="UKCore-Consent"),
        status=_CONSENT[option.key],
        scope=hl7("consentscope", "patient-privacy"),
        category=[{"coding": [{"system": "http://loinc.org", "code": "59284-0", "display": "Consent Document"}]}],
        patient=making.person,
        dateTime=taken or (moment(item.recorded_at) if item else ""),
        performer=listed(display(said(entry, "taken_by"))),
        policyRule=concept("consent", field, option),
        provision=provision,
    )


def _recipients(making: Making, key: str) -> list[str]:
    field = making.plan.catalogue.field("consent", key)
    value = making.plan.value("consent", key)
    chosen = [field.option(one) for one in value] if field and isinstance(value, list) else []
    return [option.label for option in chosen if option is not None]


def flags(making: Making) -> Iterator[Resource]:
    """The CPR recommendation and the register, each while there is one to tell."""
    found = _cpr(making), _register(making)
    yield from listed(*found)


def _cpr(making: Making) -> Resource | None:
    """A recommendation for or against CPR. "No decision recorded" is no Flag: a Flag is only ever a decision."""
    plan = making.plan
    option = making.option("cpr", "decision")
    field = plan.catalogue.field("cpr", "decision")
    item = plan.item("cpr", "decision")
    if option is None or not option.codes or field is None or item is None:
        return None
    entry = plan.entry("cpr")
    made = making.resource("Flag", "flag", "cpr", profile="UKCore-Flag")
    review = day(plan.value("cpr", "review_on"))
    if review:
        made["extension"].append({"url": REVIEW_ON, "valueDate": review})
    decided = day(plan.value("cpr", "decided_at"))
    who = ", ".join(part for part in (said(entry, "decided_by_name"), said(entry, "decided_by_role")) if part)
    return filled(
        made,
        status="active",
        category=[hl7("flag-category", "clinical")],
        code=concept("cpr", field, option),
        subject=making.person,
        period={"start": decided} if decided else None,
        author=display(who) or author(item.recorded_by),
    )


def _register(making: Making) -> Resource | None:
    option = making.option("register", "on_register")
    field = making.plan.catalogue.field("register", "on_register")
    if option is None or field is None or not option.codes:
        return None
    since = day(making.plan.value("register", "registered_on"))
    return filled(
        making.resource("Flag", "flag", "register", profile="UKCore-Flag"),
        status="active",
        category=[hl7("flag-category", "admin")],
        code=concept("register", field, option),
        subject=making.person,
        period={"start": since} if since else None,
    )
