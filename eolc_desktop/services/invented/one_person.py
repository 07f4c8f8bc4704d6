"""One invented person's record from the first visit to where it stands now."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.plan import EntryState
from eolc_desktop.services.invented import arriving, caring, deciding, ending, ill, talking, team, wording
from eolc_desktop.services.invented import years as years_of
from eolc_desktop.services.invented.numbers import mobile
from eolc_desktop.services.invented.shape import Depth, Shape, draw_shape
from eolc_desktop.services.invented.telling import DOCTOR, GP, JUDGED, NIGHT_NURSE, Telling
from eolc_desktop.services.invented.years import Span


def person_id_of(seed: int, place: int) -> str:
    """The id of the person at a place of the caseload that a seed makes: the same at every size."""
    return f"{_dice(seed, place, 'id').getrandbits(128):032x}"


def tell_person(seed: int, place: int, number: str, now: datetime, years: int = 0) -> Telling:
    """Tell the whole record of the person at a place of the caseload, save by save.

    With `years`, somewhere in so many years of a service, and with all that was recorded in between.
    """
    lived = _dice(seed, place, "years")
    span = years_of.draw_span(lived, years) if years else None
    telling, shape = _begin(seed, place, now, span)
    known = shape.days_known
    more = _dice(seed, place, "care")  # dice of its own: what was invented before it stays as it was
    telling.save(shape.key_worker, known, 9 + place % 8)
    contacts = _arrive(telling, shape, number, known)
    ill.tell_illness(telling, shape, more, known)
    if shape.depth >= Depth.TALKED:
        telling.save(shape.key_worker, known * 4 // 5, 10 + place % 6, 20)
        _talk(telling, shape, contacts, known * 4 // 5)
        _care(telling, shape, more, known * 4 // 5, contacts)
    if shape.depth >= Depth.DECIDED:
        telling.save(DOCTOR if place % 3 else GP, known * 3 // 5, 11 + place % 5, 45)
        _decide(telling, shape, contacts, known * 3 // 5)
        _arrange(telling, shape, more, known * 3 // 5)
    if span is not None and shape.depth >= Depth.REVIEWED:
        years_of.tell_course(telling, shape, lived, contacts, known * 3 // 5, known // 4)
    if shape.depth >= Depth.REVIEWED:
        telling.save(shape.key_worker, known // 4, 9 + place % 7, 30)
        _review(telling, shape, contacts, known // 4)
        _look_again(telling, shape, more, known // 4, contacts)
    if shape.depth is Depth.OVER:
        telling.save(NIGHT_NURSE if place % 2 else shape.key_worker, shape.died_days_ago, 7 + place % 3, 10)
        if span is not None:
            years_of.tell_emergencies(telling, shape, lived, shape.died_days_ago)
        deciding.tell_death(telling, shape, shape.died_days_ago)
        ending.tell_after(telling, shape, more, shape.died_days_ago, contacts)
    return telling


def tell_outline(seed: int, place: int, number: str, now: datetime, years: int = 0) -> Telling:
    """Tell only what is listed and searched about the person at a place: the same person, with a short plan.

    With `years`, what is counted as well.
    """
    lived = _dice(seed, place, "years")
    telling, shape = _begin(seed, place, now, years_of.draw_span(lived, years) if years else None)
    dice = telling.dice
    telling.save(shape.key_worker, shape.days_known, 9 + place % 8)
    arriving.tell_identity(telling, shape, number)
    telling.say("allergies", JUDGED, status=dice.choice(("known", "none_known", "not_recorded", "unavailable")))
    telling.say("cpr", JUDGED, decision=_cpr_state(dice))
    telling.say("places", preferred_death=dice.choice(("home", "home", "hospice", "nursing_home", "undecided", None)))
    telling.say("plan_control", JUDGED, review_date=telling.day(-_days_to_review(dice)))
    if shape.depth is Depth.OVER:
        telling.say("death", JUDGED, died_on=telling.day(shape.died_days_ago), place="home")
    if years:
        years_of.tell_counted(telling, shape, lived)
    return telling


def _begin(seed: int, place: int, now: datetime, span: Span | None) -> tuple[Telling, Shape]:
    """A record with nothing told yet, and the outline of the life."""
    ended = now if span is None else now - timedelta(days=span.ended_days_ago)
    telling = Telling(person_id_of(seed, place), _dice(seed, place, "record"), ended)
    shape = draw_shape(telling.dice, telling.today)
    telling.named = shape.named
    return telling, shape if span is None else span.shaped(shape)


def _dice(seed: int, place: int, purpose: str) -> Random:
    return Random(f"{seed}/{place}/{purpose}")  # noqa: S311  it has to come out the same every time


def _cpr_state(dice: Random) -> str | None:
    return dice.choices(("not_for", "for", "no_decision", None), (46, 6, 26, 22))[0]


def _days_to_review(dice: Random) -> int:
    """Around today: some reviews are past, some are soon, some are further off than three months."""
    return dice.choices((-dice.randrange(1, 40), dice.randrange(0, 8), dice.randrange(8, 80), 120), (18, 22, 55, 5))[0]


def _arrive(telling: Telling, shape: Shape, number: str, days_ago: int) -> list[str]:
    arriving.tell_identity(telling, shape, number)
    arriving.tell_background(telling, shape)
    arriving.tell_consent(telling, shape, days_ago)
    contacts = arriving.tell_people(telling, shape)
    arriving.tell_team(telling, shape, days_ago)
    arriving.tell_allergies(telling, days_ago)
    if telling.dice.random() < 0.7:
        deciding.tell_control(telling, shape, _days_to_review(telling.dice))
    return contacts


def _talk(telling: Telling, shape: Shape, contacts: list[str], days_ago: int) -> None:
    dice = telling.dice
    talking.tell_what_matters(telling, shape)
    talking.tell_places(telling, shape)
    talking.tell_commitments(telling, shape, days_ago)
    if dice.random() < 0.5:
        talking.tell_compact(telling, shape, days_ago, better=False)
    talking.tell_carer(telling, contacts)
    if dice.random() < 0.07:
        arriving.tell_kept_back(telling, contacts)
    if shape.depth is Depth.TALKED and dice.random() < 0.4:
        telling.say("cpr", JUDGED, decision="no_decision")


def _decide(telling: Telling, shape: Shape, contacts: list[str], days_ago: int) -> None:
    dice = telling.dice
    deciding.tell_cpr(telling, days_ago, _cpr_state(dice))
    if telling.known("cpr", "decision") in ("not_for", "for") and dice.random() < 0.5:
        deciding.tell_respect(telling, days_ago)
    deciding.tell_legal(telling, shape, contacts)
    if dice.random() < 0.6:
        deciding.tell_escalation(telling, days_ago)
    deciding.tell_who_to_call(telling, shape, days_ago)
    talking.tell_next(telling, shape)
    if dice.random() < 0.3:
        deciding.tell_admission(telling, shape, days_ago + dice.randrange(5, 40))


def _care(telling: Telling, shape: Shape, dice: Random, days_ago: int, contacts: list[str]) -> None:
    caring.tell_home(telling, shape, dice, days_ago)
    caring.tell_conversation(telling, shape, dice, days_ago, contacts)
    ill.tell_measures(telling, dice, days_ago, 0)
    if dice.random() < 0.3:
        ending.tell_wishes(telling, shape, dice)


def _arrange(telling: Telling, shape: Shape, dice: Random, days_ago: int) -> None:
    ill.tell_medicines(telling, dice, days_ago)
    caring.tell_equipment(telling, dice, days_ago)
    caring.tell_needs(telling, shape, dice, days_ago)
    caring.tell_arrangements(telling, shape, dice, days_ago)
    ill.tell_measures(telling, dice, days_ago, 1)
    if dice.random() < 0.5:
        team.tell_meeting(telling, shape, dice, days_ago)


def _look_again(telling: Telling, shape: Shape, dice: Random, days_ago: int, contacts: list[str]) -> None:
    caring.tell_conversation(telling, shape, dice, days_ago, contacts)
    team.tell_voices(telling, shape, days_ago)
    if isinstance(band := telling.known("prognosis", "band"), str):
        ill.tell_prognosis(telling, shape, band, days_ago)
    ill.tell_measures(telling, dice, days_ago, dice.choice((1, 2, 3)))
    if dice.random() < 0.6:
        team.tell_meeting(telling, shape, dice, days_ago)
    if dice.random() < 0.25 or shape.depth is Depth.OVER:
        ending.tell_last_days(telling, shape, dice, days_ago)


def _review(telling: Telling, shape: Shape, contacts: list[str], days_ago: int) -> None:
    """Time has passed: some of it still holds, some has changed, some is taken back."""
    dice = telling.dice
    telling.still_so("cpr", "decision", "form_location")
    telling.still_so("places", "preferred_care", "preferred_death")
    telling.still_so("contacts", "phone", entry=contacts[0])
    drawn = dice.random()
    if drawn < 0.2:
        telling.say("places", preferred_death=dice.choice(("hospice", "home", "nursing_home")))
    elif drawn < 0.4:
        telling.say("about_me", most_important="The same as before: to be here, with my own things around me.")
    elif drawn < 0.5:
        telling.clear("person", "phone", reason="Landline given up")
        telling.say("person", mobile=mobile(dice))
    if dice.random() < 0.5:
        talking.tell_compact(telling, shape, days_ago, better=True)
    strain: Value = telling.known("carer", "strain")
    if isinstance(strain, int):
        talking.tell_carer(telling, contacts, min(10, strain + dice.randrange(0, 4)))
    if len(contacts) > 1 and dice.random() < 0.15:
        telling.take_back("contacts", contacts[-1], "Moved away, no longer in touch", EntryState.WITHDRAWN)
    if dice.random() < 0.03:
        telling.say(
            "consent",
            to_share="withdrawn",
            withdrawn_on=telling.day(days_ago),
            recall=wording.RECALL,
        )
        telling.clear("consent", "share_with")
    deciding.tell_control(telling, shape, _days_to_review(dice))
    if dice.random() < 0.25:
        deciding.tell_admission(telling, shape, max(4, days_ago - 3))
