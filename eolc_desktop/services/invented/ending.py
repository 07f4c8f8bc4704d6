"""The last days of invented people, what they wished for after, and what is done and asked after a death."""

from __future__ import annotations

from random import Random

from eolc_desktop.care_plan.fields import Value
from eolc_desktop.services.invented import fitting
from eolc_desktop.services.invented.numbers import landline, mobile
from eolc_desktop.services.invented.shape import Shape
from eolc_desktop.services.invented.telling import BY_FAMILY, DOCTOR, GP, JUDGED, Telling, entry_of

CLOSING = (
    "medicines", "syringe_driver", "equipment", "gp_told", "out_of_hours_told", "ambulance_told", "social_care_told",
    "appointments", "copies", "record_closed",
)  # fmt: skip
FUNERALS = ("The chapel, and no black.", "Cremation, and the band playing.", "As little fuss as can be.")
IN_A_DAY = "Buried within a day, and washed by family."


def tell_wishes(telling: Telling, shape: Shape, dice: Random) -> None:
    """What the person wishes for after their death."""
    telling.say(
        "after_death_wishes",
        funeral=fitting.of_faith(dice.choice(FUNERALS), shape.name.faith),
        funeral_director=f"Dawson and Sons, {landline(dice)}" if dice.random() < 0.4 else None,
        faith_timing=fitting.of_faith(IN_A_DAY, shape.name.faith) if dice.random() < 0.2 else None,
        who_tells="My eldest tells the others; nobody by text." if dice.random() < 0.5 else None,
        body=f"My blue {'dress' if shape.name.is_woman else 'suit'}, and leave the ring on."
        if dice.random() < 0.4
        else None,
        keepsakes="Letters in the biscuit tin." if dice.random() < 0.3 else None,
        will="With the solicitor in Otley." if dice.random() < 0.3 else None,
        equipment="Airedale equipment store, number on the bed." if dice.random() < 0.3 else None,
    )


def tell_last_days(telling: Telling, shape: Shape, dice: Random, days_ago: int) -> None:
    """Dying is recognised: who was told, the individual plan, and what to do when death comes."""
    author = telling.saves[-1].author
    telling.say(
        "dying",
        JUDGED,
        recognised_on=telling.day(days_ago),
        recognised_time=f"{dice.randrange(8, 20):02d}:15",
        recognised_by=f"{author.name}, {author.role}",
        person_told=dice.random() < 0.6,
        told_to=f"{shape.close}, by {author.name}",
        reversible="Infection looked for; none that treatment would change." if dice.random() < 0.5 else None,
    )
    telling.say(
        "phase", JUDGED, entry_of(dice), on=telling.day(days_ago), phase="dying", by=f"{author.name}, {author.role}"
    )
    telling.say(
        "last_days",
        JUDGED,
        communicate=f"That death is near, said to {shape.close}.",
        involve=f"{shape.close} takes part in everything.",
        support="A sitter tonight; the chaplain has been asked.",
        food_and_drink="Sips and ice as wished; nothing pressed.",
        symptoms="Restless at dusk; comfort looked at every visit.",
        mouth_care="Every two hours, family shown how.",
        skin_and_position="Turned when it helps, not by the clock.",
        mind="Someone to hold a hand.",
        spiritual="As {they} asked: quiet, and the window open.",
        who_present=shape.close,
        observations="No more blood pressure.",
        agreed_with=shape.close,
        looked_at_on=telling.day(days_ago),
    )
    telling.say(
        "expected_death",
        JUDGED,
        expected=True,
        statement="Death is expected from this illness in the coming days.",
        recorded_by=f"{DOCTOR.name}, {DOCTOR.role}",
        recorded_on=telling.day(days_ago),
        may_verify=["gp", "district_nurse", "out_of_hours"],
        call_name="District nurses, day and night",
        call_phone=landline(dice),
        not_999=(
            "CPR is not to be attempted: see the form in the yellow folder."
            if telling.known("cpr", "decision") == "not_for"
            else None
        ),
        doctor_will_certify=GP.name,
        last_seen_by_doctor=telling.day(days_ago + 2),
    )


def tell_after(telling: Telling, shape: Shape, dice: Random, days_ago: int, contacts: list[str]) -> None:
    """After a death: did it happen, certification, the closing of the record, and those who grieve."""
    telling.say(
        "death",
        JUDGED,
        verified_on=telling.day(days_ago),
        verified_time=f"{dice.randrange(24):02d}:{dice.randrange(60):02d}",
        usual_residence=telling.known("death", "place") in ("home", "nursing_home"),
        who_was_there=shape.close if dice.random() < 0.7 else "Nobody",
    )
    for wish in dice.sample(("place_of_death", "people_present", "symptoms", "spiritual", "what_mattered"), 2):
        kept = dice.choices(("yes", "partly", "no"), (65, 20, 15))[0]
        telling.say(
            "looking_back",
            BY_FAMILY,
            entry_of(dice),
            wish=wish,
            kept=kept,
            reasons=None
            if kept == "yes"
            else [dice.choice(("rapid_deterioration", "no_night_cover", "plan_not_seen"))],
            words=f"As {shape.close_first} tells it." if dice.random() < 0.5 else None,
            learning="Ask about the nights sooner." if dice.random() < 0.3 else None,
            said_by=shape.close,
        )
    coroner = dice.random() < 0.1
    telling.say(
        "certification",
        JUDGED,
        state=dice.choice(("examiner_reviewing", "issued", "registered")),
        doctor=GP.name,
        examiner=f"{shape.hospital}, {landline(dice)}",
        coroner=coroner,
        coroner_reason="Asbestos at work." if coroner else None,
        issued_on=telling.day(max(0, days_ago - 2)),
        notes="Family want the certificate quickly for the burial." if dice.random() < 0.2 else None,
    )
    for step in CLOSING[: dice.randrange(5, len(CLOSING) + 1)]:
        done = dice.random() < 0.8
        values: dict[str, Value] = {"what": step, "state": "done" if done else "to_do", "owner": shape.key_worker.name}
        if done:
            values |= {"done_on": telling.day(max(0, days_ago - 1)), "done_by": shape.key_worker.name}
        if step == "medicines" and done:
            values["witness"] = shape.close
        telling.say_all("closure", values, JUDGED, entry_of(dice))
    telling.say(
        "bereavement",
        BY_FAMILY,
        entry_of(dice),
        contact=contacts[0] if contacts else None,
        name=None if contacts else shape.close,
        phone=mobile(dice),
        consent=True,
        offer=dice.choice(("offered", "accepted", "declined")),
        concern=dice.choice(("ordinary", "ordinary", "some", "high")),
        follow_up_by=shape.key_worker.name,
        follow_up_on=telling.day(days_ago - 42),
        state=dice.choice(("planned", "made", "not_reached")),
        notes="Wants to talk about the last night." if dice.random() < 0.3 else None,
    )
