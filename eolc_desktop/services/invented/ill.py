"""Illness and medicines of invented people: diagnosis, measures over time, the register, and what is in the house.

These have dice of their own, so that what was invented before them stays the same.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random

from eolc_desktop.care_plan.fields import Absence, Value
from eolc_desktop.care_plan.sections.ipos import TOPICS
from eolc_desktop.services.invented import fitting
from eolc_desktop.services.invented import ill_wording as wording
from eolc_desktop.services.invented.numbers import landline
from eolc_desktop.services.invented.shape import Depth, Shape
from eolc_desktop.services.invented.telling import DOCTOR, FROM_GP, GP, JUDGED, SEEN, Telling, Words, coded, entry_of

NOT_KNOWN = Absence.NOT_KNOWN.value_to_store
DECLINED = Absence.DECLINED.value_to_store


def tell_illness(telling: Telling, shape: Shape, dice: Random, days_ago: int) -> None:
    """The diagnosis, other problems, and what the person makes of it."""
    name, code, about = wording.diagnosis(dice, is_woman=shape.name.is_woman)
    telling.say(
        "diagnosis",
        FROM_GP,
        primary=coded(name, code),
        description=about if dice.random() < 0.6 else None,
        diagnosed_on=str(telling.today.year - dice.randrange(0, 6)) if dice.random() < 0.7 else NOT_KNOWN,
        diagnosed_by=shape.hospital if dice.random() < 0.5 else None,
    )
    if dice.random() < 0.5:
        problem, problem_code = dice.choice(wording.PROBLEMS)
        over = dice.random() < 0.1
        telling.say(
            "problems",
            FROM_GP,
            entry_of(dice),
            problem=coded(problem, problem_code),
            onset=str(telling.today.year - dice.randrange(2, 20)),
            ended_on=str(telling.today.year - 1) if over else None,
            state="resolved" if over else dice.choice(("active", "stable")),
            stage="Moderate" if dice.random() < 0.3 else None,
            comment=dice.choice(wording.PROBLEM_COMMENTS) if dice.random() < 0.4 else None,
        )
    if dice.random() < 0.15:
        kind, device = dice.choice(wording.DEVICES)
        telling.say(
            "devices",
            JUDGED,
            entry_of(dice),
            kind=kind,
            device=coded(device),
            since=str(telling.today.year - dice.randrange(0, 9)),
            looked_after_by=f"{shape.hospital}, {landline(dice)}",
            comment="The card is with the house keys." if kind in ("icd", "pacemaker") else None,
        )
    if dice.random() < 0.5:
        telling.say(
            "understanding",
            person_words=(*wording.understanding(name), DECLINED)[dice.randrange(4)],
            aware=dice.choice(("aware", "aware", "partly", "not_aware", "does_not_want")),
            family_words=dice.choice(wording.FAMILY_UNDERSTANDING) if dice.random() < 0.6 else None,
            talked_about=dice.choice(wording.NOT_TALKED_ABOUT) if dice.random() < 0.3 else None,
        )
    _tell_register(telling, shape, dice, days_ago)


def _tell_register(telling: Telling, shape: Shape, dice: Random, days_ago: int) -> None:
    state = dice.choices(("on", "considered", "not_on", None), (60, 12, 8, 20))[0]
    if state is None:
        return
    tools = dice.sample(("gsf", "spict", "pig", "efi", "clinical"), dice.choice((1, 1, 2)))
    telling.say(
        "register",
        JUDGED,
        on_register=state,
        registered_on=telling.day(days_ago) if state == "on" else None,
        register_words=dice.choice(wording.WHY_ON_REGISTER) if dice.random() < 0.4 else None,
        tools=list(tools),
        tool_on=telling.day(days_ago),
        tool_by=f"{GP.name}, {GP.role}",
        tool_result="Two or more general signs, and of the illness itself." if dice.random() < 0.3 else None,
        surprise_question=dice.choice(("not_surprised", "not_surprised", "unsure", "surprised")),
    )
    if dice.random() < 0.5:
        thrown = dice.choice(("days", "weeks", "weeks", "months", "months", "about_a_year", "more_than_a_year"))
        telling.say("prognosis", words="May change quickly with an infection." if dice.random() < 0.3 else None)
        tell_prognosis(telling, shape, thrown, days_ago)


def tell_prognosis(telling: Telling, shape: Shape, thrown: str, days_ago: int) -> None:
    """How long the doctor thinks there is: as the stage of that day says where there is one, else as it was thrown."""
    has_died = shape.depth is Depth.OVER
    lived = days_ago - (shape.died_days_ago if has_died else 0)
    telling.say(
        "prognosis",
        JUDGED,
        band=fitting.band(thrown, telling.known("plan_control", "rag"), lived, has_died),
        judged_by=f"{DOCTOR.name}, {DOCTOR.role}",
        judged_on=telling.day(days_ago),
    )


def tell_measures(telling: Telling, dice: Random, days_ago: int, worse: int) -> None:
    """How the person was on one day: function, phase, and now and then symptoms and frailty."""
    by = f"{telling.saves[-1].author.name}, {telling.saves[-1].author.role}"
    day = telling.day(days_ago)
    score = max(10, dice.choice((70, 60, 60, 50, 50, 40)) - 10 * worse)
    telling.say("akps", JUDGED, entry_of(dice), on=day, score=str(score), by=by, comment=_maybe(dice, wording.AKPS))
    phase = dice.choices(("stable", "unstable", "deteriorating"), (45, 15, 40))[0]
    telling.say("phase", JUDGED, entry_of(dice), on=day, phase=phase, by=by)
    if dice.random() < 0.35:
        telling.say_all("ipos", _ipos(dice, day, by), entry=entry_of(dice))
    if dice.random() < 0.3:
        efi = dice.random() < 0.5
        telling.say(
            "frailty",
            FROM_GP if efi else JUDGED,
            entry_of(dice),
            on=day,
            scale="efi" if efi else "cfs",
            cfs=None if efi else dice.randrange(4, 9),
            efi="0.27" if efi else None,
            efi_band="moderate" if efi else None,
            by="GP record" if efi else by,
        )


def _ipos(dice: Random, day: str, by: str) -> Words:
    scores: dict[str, Value] = {key: dice.choices((0, 1, 2, 3, 4), (30, 28, 22, 14, 6))[0] for key, _topic in TOPICS}
    if dice.random() < 0.2:
        scores["share_feelings"] = NOT_KNOWN
    other: dict[str, Value] = {"other_1": "Itching", "other_1_score": 2} if dice.random() < 0.3 else {}
    return {
        "on": day,
        "version": dice.choice(("patient_3_days", "patient_1_week", "staff_3_days")),
        "by": by,
        "main_concerns": dice.choice(wording.CONCERNS),
        **scores,
        **other,
        "completed": dice.choice(("alone", "with_family", "with_staff")),
    }


def _maybe(dice: Random, of: tuple[str, ...], how_often: float = 0.2) -> str | None:
    return dice.choice(of) if dice.random() < how_often else None


def tell_medicines(telling: Telling, dice: Random, days_ago: int) -> None:
    """The medicines taken and stopped, and what is kept in the house just in case."""
    telling.say(
        "medicines_summary",
        FROM_GP,
        status="listed",
        source="GP record",
        source_on=telling.day(days_ago + 3),
        summary=_maybe(dice, wording.MEDICINE_WORDS),
    )
    problems = telling.entries_of("problems")
    for row in dice.sample(wording.MEDICINES, dice.choice((1, 2, 3))):
        name, form, route, amount, timing, what_for = row
        full = dice.random() < 0.25
        values: dict[str, Value] = {
            "name": coded(name), "form": coded(form), "route": coded(route), "dose_amount": amount,
            "dose_timing": timing, "indication": coded(what_for), "status": "active",
            "started_on": telling.day(days_ago + dice.randrange(20, 300)),
        }  # fmt: skip
        if full:
            values |= {
                "method": "With a full glass of water", "dose_duration": "Until reviewed",
                "directions": f"{amount}, {timing}", "instructions": coded("With or after food"),
                "over_the_counter": False, "problem": problems[0] if problems else None,
                "changed_on": telling.day(days_ago + 5), "change": "Taken later in the day",
                "change_reason": coded("Drowsy in the morning"), "comment": "In the blue box.",
            }  # fmt: skip
        telling.say_all("medicines", values, FROM_GP, entry_of(dice))
    if dice.random() < 0.3:
        name, why = dice.choice(wording.STOPPED)
        telling.say(
            "stopped_medicines",
            FROM_GP,
            entry_of(dice),
            name=coded(name),
            status="stopped",
            reason=coded(why),
            on=telling.day(days_ago + 10),
            comment="Agreed with the GP." if dice.random() < 0.5 else None,
        )
    tell_just_in_case(telling, dice, days_ago)


def tell_just_in_case(telling: Telling, dice: Random, days_ago: int) -> None:
    """Whether anticipatory medicines are in the house, where, and with a chart that is valid."""
    state = dice.choices(("box_issued", "prescribed", "discussed", "not_needed", "declined"), (45, 15, 15, 20, 5))[0]
    in_use = state in ("box_issued", "prescribed")
    telling.say("anticipatory", JUDGED, state=state, statement=wording.STATEMENT if in_use else None)
    if not in_use:
        return
    chart = dice.choices((True, False, NOT_KNOWN), (75, 15, 10))[0]
    telling.say(
        "anticipatory",
        SEEN,
        issued_on=telling.day(days_ago),
        where_kept=dice.choice((*wording.WHERE_KEPT, NOT_KNOWN)),
        who_has_key=dice.choice(wording.WHO_HAS_KEY),
        chart_in_house=chart,
        chart_signed_by=f"{DOCTOR.name}, {DOCTOR.role}" if chart is True else None,
        chart_valid_until=telling.day(-dice.randrange(-10, 90)) if chart is True else None,
        syringe_driver=dice.random() < 0.1,
        checked_on=telling.day(min(days_ago, dice.randrange(1, 25))),
        checked_by=f"{telling.saves[-1].author.name}, {telling.saves[-1].author.role}",
    )
    for name, strength in wording.JUST_IN_CASE[: dice.choice((2, 3, 4))] if state == "box_issued" else ():
        telling.say(
            "medicine_stock",
            SEEN,
            entry_of(dice),
            name=coded(name),
            form="ampoules",
            strength=strength,
            quantity=str(dice.choice((5, 10))),
            expires_on=(telling.today + timedelta(days=dice.randrange(-5, 400))).isoformat()[:7],
            batch=f"A{dice.randrange(1000, 9999)}",
            state="in_house",
        )
    if dice.random() < 0.5:
        telling.say(
            "pharmacy",
            JUDGED,
            name=dice.choice(wording.PHARMACIES),
            phone=landline(dice),
            hours="Monday to Saturday, 9:00 to 18:00",
            out_of_hours="Bridge Street late pharmacy keeps the palliative list until midnight",
        )
