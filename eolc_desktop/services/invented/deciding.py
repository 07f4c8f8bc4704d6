"""Decisions and safety: CPR, the advance decision, attorneys, what to give and avoid, whom to call; and a death."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Absence, Value
from eolc_desktop.care_plan.sections.places import A_PLACE
from eolc_desktop.services.invented import voices, wording
from eolc_desktop.services.invented.numbers import landline, mobile
from eolc_desktop.services.invented.shape import Depth, Shape
from eolc_desktop.services.invented.telling import BY_FAMILY, DOCTOR, GP, JUDGED, SEEN, Telling

NOT_KNOWN = Absence.NOT_KNOWN.value_to_store


def tell_cpr(telling: Telling, days_ago: int, decision: str | None) -> None:
    """A CPR recommendation as it stands on the form; None where nothing has been recorded."""
    dice = telling.dice
    decided = decision in ("not_for", "for")
    if not decided:
        telling.say("cpr", JUDGED, decision=decision)
        return
    author = telling.saves[-1].author
    involved = dice.choices(("yes", "no", NOT_KNOWN), (84, 12, 4))[0]
    has_review = dice.random() < 0.45
    gap = dice.random() < 0.12  # some forms are not filled in to the end, here as elsewhere
    telling.say(
        "cpr",
        JUDGED,
        decision=decision,
        decided_at=telling.day(days_ago),
        decided_time=f"{dice.randrange(9, 17):02d}:{dice.choice((0, 15, 30, 45)):02d}" if dice.random() < 0.5 else None,
        review_on=telling.day(days_ago - dice.randrange(40, 120)) if has_review else None,
        no_review=None if has_review else True,
        decided_by_name=None if gap else author.name,
        decided_by_role=None if gap else author.role,
        senior_clinician=f"{DOCTOR.name}, {DOCTOR.role}" if dice.random() < 0.6 else None,
        reason=_reason(telling, decision, involved),
        person_involved=involved,
        person_not_involved_reason="Unconscious, and nobody expected it." if involved == "no" else None,
        capacity_then="has" if involved == "yes" else dice.choice(("lacks", "not_assessed")),
        family_informed=dice.choice((["family_discussed"], ["family_informed"], ["carer_informed"], ["nobody"])),
        not_aware=["family"] if dice.random() < 0.06 else None,
        form_location=None if gap else dice.choice(wording.FORM_PLACES),
    )


def _reason(telling: Telling, decision: str | None, involved: Value) -> str:
    """Why: by the person's own wish only where the person was involved."""
    if decision != "not_for":
        return wording.REASON_FOR_CPR
    own, medical = wording.OWN_REASONS_AGAINST_CPR, wording.REASONS_AGAINST_CPR
    thrown = telling.dice.randrange(4)
    return own[thrown - 2] if involved == "yes" and thrown > 1 else medical[thrown % 2]


def tell_respect(telling: Telling, days_ago: int) -> None:
    """Where a ReSPECT form is, and what it says."""
    dice = telling.dice
    against = telling.known("cpr", "decision") == "not_for"
    telling.say(
        "respect",
        SEEN,
        exists="yes",
        location=telling.known("cpr", "form_location") or dice.choice(wording.FORM_PLACES),
        version="3",
        made_on=telling.day(days_ago),
        cpr_recommendation="attempts_not_recommended" if against else "attempts_recommended",
        focus="comfort" if against else dice.choice(("balance", "extend_life")),
        senior_clinician=DOCTOR.name,
    )


def tell_legal(telling: Telling, shape: Shape, contacts: list[str]) -> None:
    """An advance decision, attorneys, an advance statement, capacity: as far as there are any."""
    dice = telling.dice
    if dice.random() < 0.22:
        treatments, circumstances, refused = dice.choice(wording.REFUSED)
        whole = dice.random() < 0.8
        telling.say(
            "advance_refusal",
            SEEN,
            exists="yes",
            refuses_life_sustaining="yes" if "cpr" in refused or "ventilation" in refused else "no",
            made_on=telling.day(dice.randrange(200, 2500)),
            refused=refused,
            treatments=treatments,
            circumstances=circumstances,
            written=True,
            signed=True,
            witnessed=whole,
            even_if_life_at_risk=whole if "cpr" in refused or "ventilation" in refused else None,
            adult_with_capacity=True if whole else NOT_KNOWN,
            location=dice.choice(("With the solicitor, copy in the folder", "Bureau, top drawer")),
            seen_by=f"{shape.key_worker.name}, {shape.key_worker.role}",
        )
    else:
        telling.say("advance_refusal", exists=dice.choice(("no", "no", NOT_KNOWN)))
    if dice.random() < 0.3:
        telling.add(
            "attorneys",
            SEEN,
            name=shape.close,
            kind="attorney",
            acts=dice.choice(("alone", "jointly_and_severally", "jointly")),
            phone=mobile(dice),
            contact=contacts[0],
            authority=dice.choice(("with_life_sustaining", "with_life_sustaining", "without_life_sustaining")),
            made_on=telling.day(dice.randrange(200, 3000)),
            registered=True,
            opg_reference=f"7{dice.randrange(10**11):011d}",
            seen_by=f"{shape.key_worker.name}, {shape.key_worker.role}",
            activated=dice.random() < 0.2,
        )
    has_statement = dice.random() < 0.25
    telling.say(
        "other_legal",
        advance_statement="yes" if has_statement else "no",
        advance_statement_on=telling.day(dice.randrange(60, 900)) if has_statement else None,
        advance_statement_text=dice.choice(wording.STATEMENTS) if has_statement else None,
        advance_statement_location="Yellow folder" if has_statement else None,
        property_lpa=dice.choice(("yes", "no", NOT_KNOWN)),
        deputy=False if dice.random() < 0.3 else None,
        dols=True if dice.random() < 0.03 else None,
    )
    if telling.known("consent", "to_share") == "best_interests" or dice.random() < 0.08:
        telling.add(
            "capacity",
            JUDGED,
            about=dice.choice(("record_and_sharing", "cpr", "place_of_care")),
            decision=dice.choice(wording.CAPACITY_DECISIONS),
            outcome=dice.choice(("lacks", "lacks", "has", "fluctuates")),
            assessed_by=f"{GP.name}, {GP.role}",
            assessed_on=telling.day(dice.randrange(20, 90)),
            form_location="GP record",
        )


def tell_escalation(telling: Telling, days_ago: int) -> None:
    """Treatments to give and to avoid, and when hospital is wanted."""
    dice = telling.dice
    for situation, treatment, action, words in dice.sample(wording.ESCALATION, dice.randrange(1, 4)):
        telling.add(
            "escalation",
            JUDGED,
            situation=situation,
            treatment=treatment,
            action=action,
            words=words,
            decided_by=f"{DOCTOR.name}, {DOCTOR.role}",
            decided_on=telling.day(days_ago),
            decided_with=dice.choice(("person", "person", "clinical", "attorney", "best_interests")),
        )
    to_hospital = dice.choice(("yes_for", "avoid_unless", "avoid_unless", "no_limit"))
    has_icd = dice.random() < 0.08
    telling.say(
        "conveyance",
        JUDGED,
        to_hospital=to_hospital,
        go_for=dice.choice(wording.GO_TO_HOSPITAL) if to_hospital == "yes_for" else None,
        avoid_unless=dice.choice(wording.AVOID_HOSPITAL) if to_hospital == "avoid_unless" else None,
        decided_by=f"{DOCTOR.name}, {DOCTOR.role}",
        decided_on=telling.day(days_ago),
        icd_present=has_icd,
        icd_state=dice.choice(("active", "discussed", "deactivated")) if has_icd else None,
    )


def tell_who_to_call(telling: Telling, shape: Shape, days_ago: int) -> None:
    """Whom to call in which situation, and whether the card was read back."""
    dice = telling.dice
    line = landline(dice)
    for situation, when in dice.sample(wording.SITUATIONS, dice.randrange(2, 5)):
        telling.add(
            "who_to_call",
            JUDGED,
            situation=situation,
            when=list(when),
            first_call_name=f"{shape.hospice}, day and night",
            first_call_phone=line,
            if_no_answer_name="Out of hours (111, option for the palliative line)",
            if_no_answer_phone="111",
        )
    if dice.random() < 0.6:
        telling.say(
            "call_card",
            JUDGED,
            read_back_on=telling.day(days_ago),
            read_back_with=shape.close_first,
            read_back_by=shape.key_worker.name,
        )


def tell_admission(telling: Telling, shape: Shape, days_ago: int) -> None:
    """An emergency stay in hospital."""
    dice = telling.dice
    telling.add(
        "admissions",
        BY_FAMILY,
        date_in=telling.day(days_ago),
        date_out=telling.day(max(0, days_ago - dice.randrange(1, 9))),
        site=shape.hospital,
        reason=dice.choice(wording.ADMISSION_REASONS),
        plan_seen=dice.choice(("seen", "not_seen", "not_seen")),
    )


def tell_control(telling: Telling, shape: Shape, days_to_review: int) -> None:
    """The status of the plan, when it is looked at again, and whether the person agrees with it."""
    dice = telling.dice
    status = {Depth.BEGUN: "draft", Depth.TALKED: "draft", Depth.OVER: "closed"}.get(
        shape.depth, dice.choice(("agreed", "agreed", "shared", "under_review"))
    )
    agreed: Value = None
    if shape.depth >= Depth.DECIDED:
        agreed = dice.choices(("yes", "partly", "no", "representative", "best_interests"), (78, 9, 3, 4, 6))[0]
    telling.say(
        "plan_control",
        JUDGED,
        status=status,
        review_date=telling.day(-days_to_review),
        review_responsible=f"{shape.key_worker.name}, {shape.key_worker.role}",
        last_mdt=telling.day(dice.randrange(3, 80)) if dice.random() < 0.5 else None,
        mdt_attendees="Dr A Khan, Jo Okafor, Ali Reid" if dice.random() < 0.3 else None,
        rag=dice.choice(("blue", "green", "green", "amber", "amber", "red", None)),
    )
    telling.say(
        "plan_control",
        agreed=agreed,
        agreed_with=shape.close if agreed in ("representative", "best_interests") else None,
        agreed_on=telling.day(dice.randrange(1, 20)) if agreed in ("yes", "representative") else None,
        disagreement=dice.choice(voices.DISAGREEMENT) if agreed in ("no", "partly") else None,
    )


def tell_death(telling: Telling, shape: Shape, days_ago: int) -> None:
    """When and where the person died, and whether it was where they had wanted to be."""
    dice = telling.dice
    wanted = telling.known("places", "preferred_death")
    if wanted not in A_PLACE:
        place, achieved = dice.choice(("hospital", "home", "hospice", "nursing_home")), "no_preference"
    elif dice.random() < 0.6:
        place, achieved = str(wanted), "yes"
    else:
        place, achieved = dice.choice(("hospital", "hospital", "hospice", "ambulance")), "no"
        place = "community_hospital" if place == wanted else place
    telling.say(
        "death",
        JUDGED,
        died_on=telling.day(days_ago),
        died_time=f"{dice.randrange(24):02d}:{dice.randrange(60):02d}" if dice.random() < 0.8 else None,
        verified_by=dice.choice((f"{GP.name}, {GP.role}", f"{shape.key_worker.name}, {shape.key_worker.role}")),
        place=place,
        place_name={"hospital": shape.hospital, "hospice": shape.hospice}.get(place),
        preferred_achieved=achieved,
        reason_not=[dice.choice(("carer_could_not_cope", "symptom", "no_package", "no_bed", "rapid_deterioration",
                                 "plan_not_seen", "changed_mind"))] if achieved == "no" else None,
        reason_words=dice.choice(wording.DEATHS[False]) if achieved == "no" else None,
    )  # fmt: skip
    telling.say("plan_control", JUDGED, status="closed")
