"""What years of a service add to one invented life: when it was lived, and how the plan was looked at again and again.

A caseload over years is for measures, growth and demonstrations: most of its people have died, on days spread over the
years, and what was recorded about each grew over months.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.services.invented import caring, ill, ill_wording, talking, team
from eolc_desktop.services.invented import wording as words_for
from eolc_desktop.services.invented.shape import Depth, Shape
from eolc_desktop.services.invented.telling import (
    BY_FAMILY,
    COORDINATOR,
    DOCTOR,
    FROM_GP,
    JUDGED,
    Telling,
    coded,
    entry_of,
)

DIED = 0.6
"""The share of a caseload over years who have died by its end."""
EVERY = 55
"""Days between two looks at a plan, more or less."""
_KNOWN = ((15, 60), (60, 180), (180, 420), (420, 900))


@dataclass(frozen=True, slots=True)
class Span:
    """Where in the years of a service one record lies: it ends so many days ago (0: it goes on today)."""

    ended_days_ago: int
    has_died: bool
    days_known: int

    def shaped(self, shape: Shape) -> Shape:
        """The outline of a life, moved into this span."""
        depth = Depth.OVER if self.has_died else min(shape.depth, Depth.REVIEWED)
        return replace(shape, depth=depth, days_known=self.days_known)


def draw_span(dice: Random, years: int) -> Span:
    """Draw when one person was known to a service, as of the end of so many years."""
    has_died = dice.random() < DIED
    known = dice.randrange(*dice.choices(_KNOWN, (25, 35, 28, 12))[0])
    return Span(dice.randrange(0, 365 * years) if has_died else 0, has_died, known)


def tell_course(telling: Telling, shape: Shape, dice: Random, contacts: list[str], first: int, last: int) -> None:
    """The looks at the plan between two days (counted back from the end): visits, meetings, measures and promises."""
    worse = 1
    for days_ago in range(first - EVERY, last, -EVERY):
        on = min(first, max(last + 1, days_ago + dice.randrange(-12, 13)))
        telling.save(dice.choice((shape.key_worker, shape.key_worker, DOCTOR, COORDINATOR)), on, dice.randrange(9, 17))
        caring.tell_conversation(telling, shape, dice, on, contacts)
        ill.tell_measures(telling, dice, on, worse)
        if dice.random() < 0.7:
            team.tell_meeting(telling, shape, dice, on)
        if dice.random() < 0.5:
            talking.tell_compact(telling, shape, on, better=True)
        if dice.random() < 0.4:
            talking.tell_commitments(telling, shape, on)
        telling.still_so("cpr", "decision")
        telling.still_so("places", "preferred_death")
        worse = min(4, worse + dice.choice((0, 0, 1)))


def tell_emergencies(telling: Telling, shape: Shape, dice: Random, died_days_ago: int) -> None:
    """Emergency stays in hospital in the last 90 days of a life: most people have none or one, some have many."""
    for _stay in range(dice.choices((0, 1, 2, 3, 4), (52, 24, 12, 8, 4))[0]):
        came_in = died_days_ago + dice.randrange(2, 90)
        telling.say(
            "admissions",
            BY_FAMILY,
            entry_of(dice),
            date_in=telling.day(came_in),
            date_out=telling.day(max(died_days_ago, came_in - dice.randrange(1, 9))),
            site=shape.hospital,
            reason=dice.choice(words_for.ADMISSION_REASONS),
            plan_seen=dice.choice(("seen", "not_seen", "not_seen")),
        )


def tell_counted(telling: Telling, shape: Shape, dice: Random) -> None:
    """What is counted about a person, told shortly: for caseloads that hold only what stands now."""
    diagnosis, code, _about = ill_wording.diagnosis(dice, is_woman=shape.name.is_woman)
    telling.say("person", FROM_GP, ethnic_category=dice.choice(shape.name.community.ethnic))
    telling.say("diagnosis", FROM_GP, primary=coded(diagnosis, code))
    telling.say("register", JUDGED, on_register=dice.choice(("on", "on", "considered", None)))
    telling.say("anticipatory", JUDGED, state=dice.choice(("box_issued", "discussed", None)))
    for number in "123456":
        verdict = dice.choice(("yes", "yes", "partly", "no", None))
        state = "met" if verdict == "yes" else dice.choice(("met", "partly", "not_yet"))
        telling.say("commitments", JUDGED, number, state=state, verdict=verdict)
    if shape.depth is not Depth.OVER:
        return
    wanted = telling.known("places", "preferred_death")
    has_wish = wanted in ("home", "hospice", "nursing_home")
    is_kept = has_wish and dice.random() < 0.6
    place = str(wanted) if is_kept else dice.choice(("hospital", "hospital", "care_home", "home", "hospice"))
    place = "nursing_home" if place == "care_home" else place
    achieved = ("yes" if place == wanted else "no") if has_wish else "no_preference"
    telling.say(
        "death",
        JUDGED,
        MAIN,
        place=place,
        usual_residence=place in ("home", "nursing_home"),
        preferred_achieved=achieved,
        reason_not=[dice.choice(("no_bed", "rapid_deterioration"))] if achieved == "no" else None,
    )
    tell_emergencies(telling, shape, dice, shape.died_days_ago)
