"""The team around invented people: its meetings with who does what by when, and voices that disagree or speak up."""

from __future__ import annotations

from random import Random

from eolc_desktop.services.invented import care_wording as wording
from eolc_desktop.services.invented import voices
from eolc_desktop.services.invented.shape import Shape
from eolc_desktop.services.invented.telling import (
    BY_FAMILY,
    BY_PERSON,
    COORDINATOR,
    DOCTOR,
    JUDGED,
    Telling,
    entry_of,
)

NAMED_ANEW = 0.3
"""How often a meeting names the day, three months on, of the next one about this person, where that is to come."""
QUARTER = 92
SPEAKS_UP, DISAGREES = 0.2, 0.15


def tell_meeting(telling: Telling, shape: Shape, dice: Random, days_ago: int) -> None:
    """A meeting of the team at which the plan was looked at, and what one of them took on there."""
    here, thrown = entry_of(dice), dice.choice(("blue", "green", "amber", "amber", "red"))
    telling.say(
        "team_reviews",
        JUDGED,
        here,
        on=telling.day(days_ago),
        attendees="Dr A Khan, Jo Okafor, Ali Reid",
        stage=telling.known("plan_control", "rag") or thrown,
        discussed=dice.choice(wording.MEETINGS),
        decided=dice.choice(wording.DECIDED),
    )
    own = _own_dice(telling, f"meeting {days_ago}")
    if own.random() < NAMED_ANEW and days_ago < QUARTER:
        entry = telling.entries_of("team_reviews")[-1]
        telling.say("team_reviews", JUDGED, entry, next_on=telling.day(days_ago - QUARTER))
    if own.random() < 0.5:
        due = days_ago - own.randrange(5, 22)
        is_done = due > 0 and own.random() < 0.9
        telling.say(
            "tasks",
            JUDGED,
            entry_of(own),
            what=own.choice(wording.TASKS),
            owner=own.choice((COORDINATOR, DOCTOR, shape.key_worker)).name,
            due_on=telling.day(due),
            state="done" if is_done else own.choice(("to_do", "under_way")),
            from_where="meeting",
            done_on=telling.day(due) if is_done else None,
            done_by=COORDINATOR.name if is_done else None,
        )


def tell_voices(telling: Telling, shape: Shape, days_ago: int) -> None:
    """Somebody speaks up; somebody disagrees. Most records have neither."""
    dice = _own_dice(telling, "voices")
    if dice.random() < SPEAKS_UP:
        _tell_concern(telling, shape, dice, days_ago)
    if dice.random() < DISAGREES:
        _tell_disagreement(telling, dice, days_ago)


def _tell_concern(telling: Telling, shape: Shape, dice: Random, days_ago: int) -> None:
    by, principle, what, response = dice.choice(voices.CONCERNS)
    names = {"person": None, "family": shape.close, "staff": "Care assistant, evenings"}
    state = dice.choice(("open", "open", "answered", "closed"))
    telling.say(
        "speak_up",
        BY_PERSON if by == "person" else BY_FAMILY if by == "family" else JUDGED,
        entry_of(dice),
        on=telling.day(days_ago),
        raised_by=by,
        raised_by_name=names[by],
        principle=principle,
        what=what,
        response=response if state != "open" else None,
        responder=COORDINATOR.name if state != "open" else None,
        state=state,
        closed_on=telling.day(max(0, days_ago - 5)) if state == "closed" else None,
        content=dice.random() < 0.8 if state == "closed" else None,
    )


def _tell_disagreement(telling: Telling, dice: Random, days_ago: int) -> None:
    between, about, says, others, handling = dice.choice(voices.DISAGREEMENTS)
    is_settled = dice.random() < 0.35
    telling.say(
        "disagreements",
        BY_FAMILY if "family" in between else JUDGED,
        entry_of(dice),
        on=telling.day(days_ago),
        about=about,
        between=list(between),
        person_says=says,
        others_say=others,
        handling=handling,
        lead=COORDINATOR.name,
        state="settled" if is_settled else dice.choice(("open", "being_worked_on", "being_worked_on")),
        settled_on=telling.day(max(0, days_ago - 4)) if is_settled else None,
    )


def _own_dice(telling: Telling, purpose: str) -> Random:
    """Dice of its own, so that what is told here changes nothing else."""
    return Random(f"{telling.person_id}/{purpose}")  # noqa: S311  it has to come out the same every time
