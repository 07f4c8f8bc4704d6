"""Rules about the advance decision, attorneys, best interests and what contradicts them (K08 to K15), and age (K33).

They compare what is recorded. Whether a document is valid or applies is for people, and in doubt for the court.
"""

from __future__ import annotations

from collections.abc import Iterator

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import Entry, Plan
from eolc_desktop.care_plan.rules.finding import (
    ORDINARY,
    Finding,
    ItemRef,
    Setting,
    Severity,
    chosen,
    days_of,
    has_died,
    known,
    listed,
    the_person,
    told,
    who_decided_on_cpr,
)
from eolc_desktop.care_plan.under_18 import SECTION as PARENTAL
from eolc_desktop.care_plan.under_18 import birthday, is_under_18

ADRT = "advance_refusal"
SETTLES_DOCUMENTS = "Whoever has the documents, with the senior responsible clinician"


def there_is_an_adrt(plan: Plan) -> bool:
    """Whether an advance decision to refuse treatment is recorded."""
    return plan.value(ADRT, "exists") == "yes"


def k08(plan: Plan, setting: Setting = ORDINARY) -> tuple[Finding, ...]:
    """A refusal of life-sustaining treatment without what the Act asks of it (MCA 2005 section 25; SCCI1580).

    Where nobody has said whether it refuses such treatment, the treatments that it refuses say so; CPR always is.
    """
    if has_died(plan) or not there_is_an_adrt(plan):
        return ()
    refused = chosen(plan, ADRT, "refused")
    unsaid = not known(plan, ADRT, "refuses_life_sustaining") and any(
        treatment in setting.limits.life_sustaining for treatment in refused
    )
    said = plan.value(ADRT, "refuses_life_sustaining") == "yes"
    if not (said or unsaid or "cpr" in refused):
        return ()
    asked = (
        ("written", "that it is in writing"),
        ("signed", "that it is signed"),
        ("witnessed", "that it is witnessed"),
        ("even_if_life_at_risk", "that it says it applies even if life is at risk"),
    )
    gaps = [(key, words) for key, words in asked if plan.value(ADRT, key) is not True]
    if not gaps:
        return ()
    if said:
        opening = "The advance decision is recorded as refusing life-sustaining treatment."
    else:
        opening = f"The advance decision refuses treatment that may keep somebody alive. {told(plan, ADRT, 'refused')}."
    says = (
        f"{opening} {told(plan, ADRT, 'refuses_life_sustaining')}. Not confirmed from the document: "
        f"{listed([words for _key, words in gaps])}. "
        + " ".join(f"{told(plan, ADRT, key)}." for key, _words in gaps if plan.item(ADRT, key) is not None)
    )
    items = (ItemRef(ADRT, "refuses_life_sustaining"), *(ItemRef(ADRT, key) for key, _words in gaps))
    return (Finding("K08", Severity.WARNING, says.strip(), items, SETTLES_DOCUMENTS),)


def k09(plan: Plan, setting: Setting = ORDINARY) -> tuple[Finding, ...]:
    """The advance decision was made before adulthood, or capacity then is not confirmed (SCCI1580 requirement 16)."""
    if has_died(plan) or not there_is_an_adrt(plan):
        return ()
    made, born = days_of(plan, ADRT, "made_on"), days_of(plan, "person", "birth_date")
    adult = setting.limits.adult_age
    if made and born and made[1] < birthday(born[0], adult):
        says = (
            f"The advance decision is dated before the person was {adult}. {told(plan, ADRT, 'made_on')}. "
            f"{told(plan, 'person', 'birth_date')}."
        )
        items = (ItemRef(ADRT, "made_on"), ItemRef("person", "birth_date"))
        return (Finding("K09", Severity.WARNING, says, items, SETTLES_DOCUMENTS),)
    if plan.value(ADRT, "adult_with_capacity") is not True:
        says = (
            f"It is not confirmed that the person was {adult} or over and had capacity when the advance decision was "
            f"made. {told(plan, ADRT, 'adult_with_capacity')}. {told(plan, ADRT, 'made_on')}."
        )
        return (Finding("K09", Severity.WARNING, says, (ItemRef(ADRT, "adult_with_capacity"),), SETTLES_DOCUMENTS),)
    return ()


def k10(plan: Plan) -> tuple[Finding, ...]:
    """A welfare LPA that is, or may be, later than the advance decision: which of them counts is open (SCCI1580)."""
    if has_died(plan) or not there_is_an_adrt(plan):
        return ()
    adrt = days_of(plan, ADRT, "made_on")
    later: list[Entry] = []
    unclear: list[Entry] = []
    for attorney in _with_a_say(plan):
        lpa = days_of(plan, "attorneys", "made_on", attorney.id)
        if adrt is None or lpa is None:
            unclear.append(attorney)
        elif lpa[0] > adrt[1]:
            later.append(attorney)
        elif lpa[1] > adrt[0]:
            unclear.append(attorney)
    found = later or unclear
    if not found:
        return ()
    opening = (
        "The lasting power of attorney is dated after the advance decision, which it may replace where both cover "
        "the same treatment."
        if later
        else "The dates do not show whether the lasting power of attorney or the advance decision was made last, which "
        "matters where both cover the same treatment."
    )
    dates = [f"{told(plan, ADRT, 'made_on')}."]
    dates += [f"{told(plan, 'attorneys', 'made_on', attorney.id)}." for attorney in found]
    items = (ItemRef(ADRT, "made_on"), *(ItemRef("attorneys", "made_on", a.id) for a in found))
    return (Finding("K10", Severity.WARNING, " ".join([opening, *dates]), items, SETTLES_DOCUMENTS),)


def _with_a_say(plan: Plan) -> Iterator[Entry]:
    """The attorneys whose authority may reach what the advance decision refuses."""
    life_sustaining = plan.value(ADRT, "refuses_life_sustaining") == "yes"
    for attorney in plan.entries("attorneys"):
        if not (life_sustaining and attorney.value("authority") == "without_life_sustaining"):
            yield attorney


def k11(plan: Plan) -> tuple[Finding, ...]:
    """An attorney's agreement to what a later advance decision refuses (SCCI1580)."""
    adrt = days_of(plan, ADRT, "made_on") if there_is_an_adrt(plan) else None
    if has_died(plan) or adrt is None:
        return ()
    dated = [days_of(plan, "attorneys", "made_on", entry.id) for entry in plan.entries("attorneys")]
    if not any(lpa is not None and lpa[1] < adrt[0] for lpa in dated):
        return ()
    return tuple(
        Finding(
            "K11",
            Severity.WARNING,
            "A treatment was agreed by the attorney, whose lasting power of attorney is older than the advance "
            f"decision that refuses it. {told(plan, section, key, entry)}. {told(plan, ADRT, 'refused')}. "
            f"{told(plan, ADRT, 'made_on')}.",
            (ItemRef(section, key, entry), ItemRef(ADRT, "refused"), ItemRef(ADRT, "made_on")),
            SETTLES_DOCUMENTS,
        )
        for section, key, entry, treatment in _agreed_by_attorney(plan)
        if treatment in chosen(plan, ADRT, "refused")
    )


def _agreed_by_attorney(plan: Plan) -> Iterator[tuple[str, str, str, str]]:
    """What an attorney agreed to have done: section, field and entry of the item, and the treatment."""
    for entry in plan.entries("escalation"):
        if entry.value("decided_with") == "attorney" and entry.value("action") != "avoid":
            yield "escalation", "treatment", entry.id, entry.text("treatment")
    if plan.value("cpr", "decision") == "for" and "attorney_agreed" in chosen(plan, "cpr", "family_informed"):
        yield "cpr", "decision", MAIN, "cpr"


def k12(plan: Plan, setting: Setting = ORDINARY) -> tuple[Finding, ...]:
    """Something rests on an attorney who is not recorded, or whose authority does not reach it (SCCI1580 item 52)."""
    if has_died(plan):
        return ()
    attorneys = plan.entries("attorneys")
    found: list[Finding] = []
    for key in ("to_record", "to_share"):
        if plan.value("consent", key) == "attorney" and not attorneys:
            says = f"Consent rests on an attorney, and no attorney is recorded. {told(plan, 'consent', key)}."
            who = "Whoever took the consent"
            found.append(Finding("K12", Severity.WARNING, says, (ItemRef("consent", key),), who))
    if any(attorney.value("authority") == "with_life_sustaining" for attorney in attorneys):
        return tuple(found)
    for section, key, entry, decision in _life_sustaining_by_attorney(plan, setting):
        authority = [told(plan, "attorneys", "authority", a.id) for a in attorneys] or ["No attorney is recorded"]
        says = (
            f"A decision about life-sustaining treatment rests on an attorney, and no attorney is recorded as having "
            f"authority over it. {told(plan, section, key, entry)}. {decision}. {'. '.join(authority)}."
        )
        refs = tuple(ItemRef("attorneys", "authority", attorney.id) for attorney in attorneys)
        items = (ItemRef(section, key, entry), *refs)
        found.append(Finding("K12", Severity.WARNING, says, items, SETTLES_DOCUMENTS))
    return tuple(found)


def _life_sustaining_by_attorney(plan: Plan, setting: Setting) -> Iterator[tuple[str, str, str, str]]:
    for entry in plan.entries("escalation"):
        if entry.value("decided_with") == "attorney" and entry.text("treatment") in setting.limits.life_sustaining:
            yield "escalation", "decided_with", entry.id, told(plan, "escalation", "treatment", entry.id)
    if "attorney_agreed" in chosen(plan, "cpr", "family_informed"):
        yield "cpr", "family_informed", MAIN, told(plan, "cpr", "decision")


def k13(plan: Plan) -> tuple[Finding, ...]:
    """A best-interests decision without who was consulted, or without capacity for that decision (MCA 2005)."""
    if has_died(plan):
        return ()
    found: list[Finding] = []
    for section, key, entry, about in _best_interests(plan):
        gaps: list[tuple[ItemRef, str]] = []
        if section == "consent" and not known(plan, "consent", "best_interests_basis"):
            gaps.append((ItemRef("consent", "best_interests_basis"), "the basis (who was consulted, and why)"))
        if section == "plan_control" and not known(plan, "plan_control", "agreed_with"):
            gaps.append((ItemRef("plan_control", "agreed_with"), "who was consulted"))
        if section == "escalation" and not known(plan, "escalation", "consulted", entry):
            gaps.append((ItemRef("escalation", "consulted", entry), "who was consulted"))
        if not any(e.value("about") == about and e.value("outcome") != "has" for e in plan.entries("capacity")):
            gaps.append((ItemRef("capacity", "about", ""), "a decision about capacity for this"))
        if gaps:
            says = f"{told(plan, section, key, entry)}. Not recorded: {listed([words for _ref, words in gaps])}."
            items = (ItemRef(section, key, entry), *(ref for ref, _words in gaps))
            found.append(Finding("K13", Severity.WARNING, says, items, "Whoever made the best-interests decision"))
    return tuple(found)


def _best_interests(plan: Plan) -> Iterator[tuple[str, str, str, str]]:
    """Items that rest on best interests: section, field, entry, and which kind of capacity they call for."""
    for key in ("to_record", "to_share"):
        if plan.value("consent", key) == "best_interests":
            yield "consent", key, MAIN, "record_and_sharing"
    if plan.value("plan_control", "agreed") == "best_interests":
        yield "plan_control", "agreed", MAIN, "plan"
    for entry in plan.entries("escalation"):
        if entry.value("decided_with") == "best_interests":
            about = "hospital" if entry.value("treatment") == "hospital" else "treatment"
            yield "escalation", "decided_with", entry.id, about


def k14(plan: Plan) -> tuple[Finding, ...]:
    """The advance decision refuses a treatment that the plan, or the ReSPECT form, says is to be given."""
    if has_died(plan) or not there_is_an_adrt(plan):
        return ()
    refused = chosen(plan, ADRT, "refused")
    given = [
        ("escalation", "treatment", entry.id, entry.text("treatment"))
        for entry in plan.entries("escalation")
        if entry.value("action") == "do"
    ]
    if plan.value("cpr", "decision") == "for":
        given.append(("cpr", "decision", MAIN, "cpr"))
    form = plan.text("respect", "cpr_recommendation")
    if form == "attempts_recommended" and plan.value("respect", "exists") != "no":
        given.append(("respect", "cpr_recommendation", MAIN, "cpr"))
    if plan.text("conveyance", "to_hospital") in ("yes_for", "no_limit"):
        given.append(("conveyance", "to_hospital", MAIN, "hospital"))
    return tuple(
        Finding(
            "K14",
            Severity.WARNING,
            f"The advance decision and the plan say different things: read both. {told(plan, ADRT, 'refused')}. "
            f"{told(plan, section, key, entry)}.",
            (ItemRef(ADRT, "refused"), ItemRef(section, key, entry)),
            who_decided_on_cpr(plan) if treatment == "cpr" else SETTLES_DOCUMENTS,
        )
        for section, key, entry, treatment in given
        if treatment in refused and treatment != "other"
    )


def k15(plan: Plan) -> tuple[Finding, ...]:
    """What is said about hospital for a situation, and about going to hospital at all, differ.

    Where the general statement has its exceptions in words, the situation may be one of them: then the words are read
    out, as information, for nobody but a reader can compare them.
    """
    if has_died(plan):
        return ()
    general = plan.text("conveyance", "to_hospital")
    against = {"avoid_unless": ("do",), "yes_for": ("avoid",), "no_limit": ("avoid",)}.get(general, ())
    described = {"avoid_unless": "avoid_unless", "yes_for": "go_for"}.get(general, "")
    in_words = bool(described) and known(plan, "conveyance", described)
    refs = ("to_hospital", described) if in_words else ("to_hospital",)
    opening = (
        "What is said about going to hospital in one situation may or may not be among what is described: read both."
        if in_words
        else "Two statements about going to hospital differ: read both."
    )
    said = " ".join(f"{told(plan, 'conveyance', key)}." for key in refs)
    return tuple(
        Finding(
            "K15",
            Severity.INFORMATION if in_words else Severity.WARNING,
            f"{opening} {said} {told(plan, 'escalation', 'action', entry.id)}.",
            (*(ItemRef("conveyance", key) for key in refs), ItemRef("escalation", "action", entry.id)),
            plan.text("conveyance", "decided_by") or entry.text("decided_by") or the_person(plan),
        )
        for entry in plan.entries("escalation")
        if entry.value("treatment") == "hospital" and entry.text("action") in against
    )


def k33(plan: Plan, setting: Setting = ORDINARY) -> tuple[Finding, ...]:
    """Somebody under 18, whom the adult standard leaves out, or consent by parents for somebody who is not (SCCI1580).

    A lasting power of attorney is made at 18 or over (Mental Capacity Act 2005, section 9).
    """
    adult, born = setting.limits.adult_age, days_of(plan, "person", "birth_date")
    if has_died(plan) or born is None:
        return ()
    by_parents = [key for key in ("to_record", "to_share") if plan.value("consent", key) == PARENTAL]
    if not is_under_18(plan, adult):
        if not by_parents or plan.today < birthday(born[1], adult):
            return ()
        said = [f"{told(plan, 'consent', key)}." for key in by_parents]
        says = f"The person is {adult} or over, and consent was given by somebody with parental responsibility."
        refs = (*(ItemRef("consent", key) for key in by_parents), ItemRef("person", "birth_date"))
        words = " ".join([says, *said, f"{told(plan, 'person', 'birth_date')}."])
        return (Finding("K33", Severity.WARNING, words, refs, the_person(plan)),)
    parts = [
        f"{the_person(plan)} is under {adult}. The standard that this plan follows is for adults, so this plan is "
        f"outside it. {told(plan, 'person', 'birth_date')}."
    ]
    items = [ItemRef("person", "birth_date")]
    gaps = []
    if not any(entry.text("name") for entry in plan.entries(PARENTAL)):
        gaps.append("who has parental responsibility")
        items.append(ItemRef(PARENTAL, "name", ""))
    if not known(plan, "other_legal", "child_decides"):
        gaps.append("who decides")
        items.append(ItemRef("other_legal", "child_decides"))
    if gaps:
        parts.append(f"Not recorded: {listed(gaps)}.")
    if attorneys := plan.entries("attorneys"):
        parts.append(f"An attorney is recorded; a lasting power of attorney is made at {adult} or over.")
        items += [ItemRef("attorneys", "name", attorney.id) for attorney in attorneys]
    severity = Severity.WARNING if gaps or attorneys else Severity.INFORMATION
    who = "Whoever has parental responsibility, with the senior responsible clinician"
    return (Finding("K33", severity, " ".join(parts), tuple(items), who),)
