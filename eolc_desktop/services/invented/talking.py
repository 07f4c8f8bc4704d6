"""The conversations: what matters, goals, places, the six commitments, the seven questions, the carer."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Absence, Value
from eolc_desktop.care_plan.promises import COMMITMENTS, QUESTIONS
from eolc_desktop.care_plan.sections.places import A_PLACE
from eolc_desktop.services.invented import fitting, voices, wording
from eolc_desktop.services.invented.shape import Shape
from eolc_desktop.services.invented.telling import BY_FAMILY, JUDGED, Telling

DECLINED = Absence.DECLINED.value_to_store
NOT_KNOWN = Absence.NOT_KNOWN.value_to_store


def tell_what_matters(telling: Telling, shape: Shape) -> None:
    """What the person says when somebody listens."""
    dice = telling.dice

    def said(sentences: tuple[str, ...], often: float) -> Value:
        drawn = dice.random()
        if drawn < often:
            return fitting.of_faith(dice.choice(sentences), shape.name.faith)
        return DECLINED if drawn > 0.97 else None

    telling.say(
        "about_me",
        most_important=said(voices.MOST_IMPORTANT, 0.92),
        fears=said(voices.FEARS, 0.5),
        strength=said(voices.STRENGTH, 0.45),
        critical_abilities=said(voices.CRITICAL, 0.25),
        trade_offs=said(voices.TRADE_OFFS, 0.3),
        good_day=said(voices.GOOD_DAY, 0.45),
        please_do=said(voices.PLEASE_DO, 0.5),
        please_dont=said(voices.PLEASE_DONT, 0.4),
        spiritual=said(voices.SPIRITUAL, 0.35),
        affairs=said(voices.AFFAIRS, 0.25),
        balance=dice.randrange(0, 11) if dice.random() < 0.3 else None,
        balance_words=dice.choice(voices.BALANCE_WORDS) if dice.random() < 0.15 else None,
        information_preference=dice.choice(("everything", "big_picture", "tell_someone_else", "not_now")),
        who_else_to_tell=shape.close_first if dice.random() < 0.3 else None,
        support_style=dice.choice(("self_managing", "reassured", "guided", "close_support", None, None)),
        organ_donation=dice.choice(("no", "registered", "tissue_only", "undecided", "body", None, None, None)),
        written_with=f"{shape.key_worker.name}, {shape.key_worker.role}",
    )
    for goal in dice.sample(voices.GOALS, dice.choice((0, 0, 1, 1, 2))):
        state = dice.choice(("hoped_for", "under_way", "reached", "changed"))
        telling.add(
            "goals",
            goal=fitting.of_faith(goal, shape.name.faith),
            importance=dice.randrange(5, 11),
            status=state,
            what_helps=dice.choice(voices.HELPS) if state in ("hoped_for", "under_way") else None,
        )


_PLACES = ("home", "hospice", "nursing_home", "family_home", "residential_home", "hospital", "community_hospital",
           "learning_disability_unit", "mental_health_unit", "other", "undecided", "declined", "unable",
           "not_appropriate", None)  # fmt: skip
_HOW_OFTEN = (52, 16, 5, 3, 2, 2, 1, 0.5, 0.5, 1, 6, 4, 2, 2, 3)


def tell_places(telling: Telling, shape: Shape) -> None:
    """Where the person wants to be, and what must be true for it."""
    dice = telling.dice
    first = dice.choices(_PLACES, _HOW_OFTEN)[0]
    names = {"hospice": shape.hospice, "hospital": shape.hospital, "nursing_home": shape.care_home}
    has_place = first in A_PLACE
    second = dice.choice(("hospice", "home", "nursing_home", None)) if has_place else None
    can_live_there = first in ("home", "hospice", "nursing_home", "family_home")
    would_change = dice.choice(voices.WOULD_CHANGE)
    telling.say(
        "places",
        preferred_care=first if can_live_there else dice.choice(("home", DECLINED)),
        preferred_death=first,
        preferred_death_name=names.get(str(first)) if has_place else None,
        is_usual_residence=(first == "home") if has_place else None,
        second_choice=second if second != first else None,
        strength=dice.choice(voices.STRENGTH_OF_PREFERENCE) if has_place and dice.random() < 0.6 else None,
        what_would_change_it=would_change if has_place and dice.random() < 0.5 else None,
    )
    if has_place:
        for need in dice.sample(wording.PLACE_NEEDS, dice.randrange(0, 3)):
            state = dice.choice(("needed", "arranged", "in_place", "not_possible"))
            telling.add(
                "place_needs",
                JUDGED,
                what=need,
                state=state,
                who=shape.key_worker.name,
                by_when=telling.day(-dice.randrange(1, 20)) if state in ("needed", "arranged") else None,
            )


_STATES = ("met", "partly", "not_yet", "declined", "not_appropriate", None)


def tell_commitments(telling: Telling, shape: Shape, days_ago: int) -> None:
    """How the six promises stand, with the evidence for those that are kept and what comes next for the others."""
    dice = telling.dice
    who = f"{shape.key_worker.name}, {shape.key_worker.role}"
    for commitment in COMMITMENTS:
        state = dice.choices(("met", "partly", "not_yet", "declined", "not_appropriate", None), (44, 18, 18, 5, 3, 12))[
            0
        ]
        if state is None:
            continue
        open_still = state in ("partly", "not_yet")
        telling.say(
            "commitments",
            JUDGED,
            commitment.id,
            state=state,
            state_reason="Did not want to, and that is all right."
            if state in ("declined", "not_appropriate")
            else None,
            next_action=wording.NEXT_ACTION[commitment.id] if open_still else None,
            next_action_owner=shape.key_worker.name if open_still else None,
            next_action_due=telling.day(-dice.randrange(-5, 25)) if open_still else None,
        )
        if state == "met":
            verdict = dice.choice(("yes", "yes", "partly", "no", "not_asked", DECLINED))
            turn = dice.randrange(5) if dice.random() < 0.3 else None
            telling.say(
                "commitments",
                entry=commitment.id,
                verdict=verdict,
                verdict_words=None
                if turn is None or verdict in ("not_asked", DECLINED)
                else fitting.to_answer(verdict, voices.GLAD, voices.SORRY, turn),
            )
        if state in ("met", "partly") and dice.random() < 0.93:
            telling.add(
                "commitment_evidence",
                JUDGED,
                commitment.id,
                on=telling.day(days_ago),
                by=who,
                with_whom=dice.choice(("The person", f"The person and {shape.close_first}")),
                what=dice.choice(wording.EVIDENCE[commitment.id]),
                code=wording.EVIDENCE_CODES[commitment.id],
            )


def tell_compact(telling: Telling, shape: Shape, days_ago: int, better: bool) -> None:
    """One occasion of the seven questions; later occasions tend to go better than the first."""
    dice = telling.dice
    answers = ("yes", "partly", "no", "not_asked")
    weights = (62, 22, 10, 6) if better else (34, 26, 32, 8)
    values: dict[str, Value] = {}
    for question in QUESTIONS:
        answer: Value = dice.choices(answers, weights)[0]
        if dice.random() < 0.02:
            answer = DECLINED
        values[question.key] = answer
        if answer not in ("not_asked", DECLINED) and dice.random() < 0.25:
            glad, sorry = voices.COMPACT_WORDS[question.key]
            values[f"{question.key}_words"] = fitting.to_answer(answer, (glad,), (sorry,), dice.randrange(2))
        if dice.random() < 0.15:
            values[f"{question.key}_mirror"] = dice.choice(("yes", "partly", "no"))
    if values["q2"] in ("yes", "partly"):
        values |= {key: dice.choice(parts) for key, parts in voices.Q2_PARTS.items()}
    values |= {
        "asked_on": telling.day(days_ago),
        "asked_by": shape.key_worker.name,
        "answered_by": dice.choices(("person", "joint", "family"), (70, 20, 10))[0],
        "language": shape.name.language[0],
    }
    telling.say_all("compact", values, entry=telling.new_entry())


def tell_carer(telling: Telling, contacts: list[str], strain: int | None = None) -> None:
    """How the carer is managing. `strain` from 0 (well) to 10 (cannot go on)."""
    dice = telling.dice
    has = dice.choices(("has", "none", NOT_KNOWN), (76, 20, 4))[0] if strain is None else "has"
    telling.say("carer", has_carer=has)
    if has == "has":
        telling.say(
            "carer",
            BY_FAMILY,
            carer=contacts[0],
            assessment=dice.choice(("not_offered", "offered", "requested", "done", "declined")),
            strain=dice.randrange(0, 9) if strain is None else strain,
            strain_words=dice.choice(voices.CARER_WORDS) if dice.random() < 0.5 else None,
            if_carer_ill=dice.choice(voices.IF_CARER_ILL) if dice.random() < 0.6 else None,
        )
    telling.say("carer", night_cover=dice.choice(("none", "family", "family", "paid", "some_nights", "not_needed")))


def tell_next(telling: Telling, shape: Shape) -> None:
    """What happens next, and when they are next in touch."""
    dice = telling.dice
    for step in dice.sample(wording.NEXT_STEPS, dice.randrange(0, 3)):
        state = dice.choice(("to_do", "under_way", "done"))
        telling.add(
            "next_steps",
            JUDGED,
            what=step,
            who=dice.choice((shape.key_worker.name, shape.close_first)),
            by_when=telling.day(-dice.randrange(-10, 21)),
            state=state,
        )
    exact = dice.random() < 0.7
    telling.add(
        "next_contacts",
        JUDGED,
        on=telling.day(-dice.randrange(0, 15)) if exact else None,
        window=None if exact else dice.choice(("Within a week", "Thursday between 10 and 12")),
        with_whom=shape.key_worker.name,
        how=dice.choice(("home_visit", "home_visit", "phone", "video", "clinic")),
        state=dice.choice(("agreed", "agreed", "proposed")),
    )
