"""Care of invented people: home, needs and actions, plans for changes, Fast Track, money, conversations, tasks."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random

from eolc_desktop.care_plan.fields import Value
from eolc_desktop.clock import LOCAL
from eolc_desktop.services.invented import care_wording as wording
from eolc_desktop.services.invented.numbers import address, landline, mobile
from eolc_desktop.services.invented.shape import Shape
from eolc_desktop.services.invented.telling import (
    BY_FAMILY,
    COORDINATOR,
    DOCTOR,
    JUDGED,
    SEEN,
    Telling,
    coded,
    entry_of,
)


def at(telling: Telling, days_ago: int, hour: int, minute: int = 0) -> str:
    """A moment so many days ago at this time of day in England, as the record stores it; never later than now."""
    day = telling.today - timedelta(days=days_ago)
    return min(datetime.combine(day, time(hour, minute), tzinfo=LOCAL), telling.now.astimezone(LOCAL)).isoformat()


def tell_home(telling: Telling, shape: Shape, dice: Random, days_ago: int) -> None:
    """Where and how they live, how to get in, and who else can be rung."""
    telling.say(
        "person",
        JUDGED,
        marital_status=_married(shape, dice.choice(("married", "widowed", "widowed", "single", "divorced", None))),
        other_identifier=f"{shape.hospital}: {dice.randrange(100000, 999999)}" if dice.random() < 0.3 else None,
    )
    if dice.random() < 0.3:
        telling.say(
            "circumstances",
            JUDGED,
            accommodation=coded(dice.choice(wording.ACCOMMODATION)),
            home_words=dice.choice(wording.HOMES),
            social=dice.choice(wording.SOCIAL) if dice.random() < 0.5 else None,
        )
    if dice.random() < 0.08:
        lines, postcode = address(dice)
        telling.say(
            "other_addresses",
            JUDGED,
            entry_of(dice),
            kind=dice.choice(("temporary", "correspondence")),
            address=lines,
            postcode=postcode,
            from_date=telling.day(days_ago),
            until_date=telling.day(-40) if dice.random() < 0.4 else None,
        )
    if dice.random() < 0.1:
        telling.say(
            "other_ways",
            BY_FAMILY,
            entry_of(dice),
            system="phone",
            value=mobile(dice),
            use=dice.choice(("mobile", "work", "temporary")),
            rank=dice.randrange(1, 4),
            words="Neighbour’s phone; she fetches them.",
        )
    if dice.random() < 0.5:
        safe = dice.random() < 0.5
        telling.say(
            "home_access",
            BY_FAMILY,
            entry=dice.choice(wording.ENTRIES),
            key_safe=safe,
            key_safe_place="Left of the back door" if safe else None,
            key_safe_code=str(dice.randrange(1000, 9999)) if safe else None,
            parking=dice.choice(wording.PARKING),
            animals=dice.choice(wording.ANIMALS) if dice.random() < 0.4 else None,
            stairs=dice.choice(wording.STAIRS) if dice.random() < 0.4 else None,
            safety=dice.choice(wording.SAFETY) if dice.random() < 0.1 else None,
        )
    if dice.random() < 0.08:
        kind, alert = dice.choice(wording.ALERTS)
        telling.say(
            "alerts",
            JUDGED,
            entry_of(dice),
            kind=kind,
            alert=alert,
            since=telling.day(days_ago),
            raised_by=f"{shape.key_worker.name}, {shape.key_worker.role}",
            review_on=telling.day(-30),
        )
    if dice.random() < 0.15:
        what, detail = dice.choice(wording.ADJUSTMENTS)
        telling.say("adjustments", JUDGED, entry_of(dice), adjustment=coded(what), detail=detail)
        telling.say(
            "communication_needs",
            JUDGED,
            disabilities_words="Since the stroke; the right side is weak.",
            cognition="Forgets the morning by the evening; knows everybody.",
            mobility=coded("Walks with a frame"),
            other_requirements="A chair with arms in the waiting room.",
        )


def _married(shape: Shape, thrown: str | None) -> str | None:
    """Married where the one who is closest is a husband or wife, and not where it is somebody else."""
    if shape.close_relationship in ("husband", "wife"):
        return "married"
    return "widowed" if thrown == "married" else thrown


def tell_equipment(telling: Telling, dice: Random, days_ago: int) -> None:
    """What stands in the house and what is still to come."""
    for what in dice.sample(
        ("bed", "commode", "mattress", "oxygen", "hoist", "walking_aid"), dice.choice((1, 2, 2, 3))
    ):
        telling.say(
            "equipment",
            SEEN,
            entry_of(dice),
            what=what,
            words="Profiling bed, ground floor" if what == "bed" else None,
            state=dice.choices(("needed", "ordered", "in_place"), (10, 20, 70))[0],
            on=telling.day(days_ago),
            supplier="Airedale equipment store",
            supplier_phone=landline(dice),
        )


def tell_needs(telling: Telling, shape: Shape, dice: Random, days_ago: int) -> None:
    """Strengths and needs, what is done about them, and what to do when things change."""
    if dice.random() < 0.5:
        telling.say("strengths", JUDGED, entry_of(dice), strength=coded(dice.choice(wording.STRENGTHS)), words=None)
    for need, words, action, helps in dice.sample(wording.NEEDS, dice.choice((1, 1, 2))):
        here = entry_of(dice)
        state = dice.choice(("open", "being_met", "being_met", "met"))
        telling.say("needs", JUDGED, here, need=coded(need), words=words, state=state, since=telling.day(days_ago + 10))
        goals = telling.entries_of("goals")
        telling.say(
            "actions",
            JUDGED,
            entry_of(dice),
            what=coded(action),
            need=here,
            goal=goals[0] if goals and dice.random() < 0.4 else None,
            who=shape.key_worker.name,
            who_role=dice.choice(("district_nurse", "community_nurse", "palliative_nurse")),
            who_team="Airedale community team",
            who_phone=landline(dice),
            when=telling.day(-dice.randrange(1, 20)),
            how_often=dice.choice(("Twice a week", "Every morning", None)),
            strategies=helps,
            status=dice.choice(("to_do", "under_way", "done")),
            status_words="Started well" if dice.random() < 0.2 else None,
            confidence=dice.randrange(4, 11) if dice.random() < 0.4 else None,
            review_on=telling.day(-dice.randrange(10, 40)),
        )
        if goals and dice.random() < 0.3:
            telling.say(
                "goal_steps",
                JUDGED,
                entry_of(dice),
                step=coded("Sit out in the chair for an hour"),
                goal=goals[0],
                outcome=coded("Managed most afternoons"),
                state=dice.choice(("in_progress", "improving", "achieved")),
            )
            if telling.known("goals", "need", goals[0]) is None:
                telling.say("goals", JUDGED, goals[0], need=here, outcome=coded("Went well"))
    for trigger, what, signs, avoid in dice.sample(wording.CHANGES, dice.choice((1, 2))):
        team = telling.entries_of("care_team")
        telling.say(
            "contingency",
            JUDGED,
            entry_of(dice),
            trigger=coded(trigger),
            what_to_do=what,
            call_name=shape.hospice,
            call_role="palliative_nurse",
            call_phone=landline(dice),
            do_not=avoid,
            early_signs=coded(signs),
            coping="A fan, the window open, somebody to sit with",
            name=coded("Breathlessness plan") if dice.random() < 0.2 else None,
            agreed="person",
            agreed_with=f"{shape.name.given} {shape.name.family}" if dice.random() < 0.4 else None,
            agreed_role="The person" if dice.random() < 0.1 else None,
            review_on=telling.day(-dice.randrange(10, 60)),
            review_by=team[0] if team and dice.random() < 0.6 else None,
        )


def tell_arrangements(telling: Telling, shape: Shape, dice: Random, days_ago: int) -> None:
    """Other plans, documents, money, and Fast Track with its clock."""
    known = dice.choice(("listed", "none_known", "none_known"))
    telling.say(
        "other_plans", JUDGED, known=known, words="The hospital’s own letter is newer." if known == "listed" else None
    )
    team = telling.entries_of("care_team")
    if known == "listed":
        telling.say(
            "plan_list",
            SEEN,
            entry_of(dice),
            kind=dice.choice(("acp", "escalation", "emergency", "social_care")),
            name=coded("Plan of the heart failure clinic"),
            owner=shape.hospital,
            location="Kitchen drawer, blue wallet",
            made_on=telling.day(days_ago + 40),
            contents="What to do when the legs swell",
            review_on=telling.day(-60),
            review_by=team[0] if team else None,
        )
    if dice.random() < 0.3:
        telling.say(
            "documents",
            SEEN,
            entry_of(dice),
            title=dice.choice(("CPR form, photographed", "Clinic letter", "Lasting power of attorney")),
            kind=dice.choice(("cpr_form", "letter", "attorney")),
            dated=telling.day(days_ago + 5),
            original="Yellow folder on the hall table",
            confidentiality="normal",
            service=coded("Community palliative care"),
            made_by=team[0] if team else None,
            filed_by=team[-1] if team else None,
            filed_on=telling.day(days_ago),
            taken_on=telling.day(days_ago),
            comment="Both sides." if dice.random() < 0.5 else None,
        )
    if dice.random() < 0.4:
        telling.say(
            "money",
            BY_FAMILY,
            funding=coded(dice.choice(("Council", "The person", "NHS Continuing Healthcare"))),
            budget=dice.choice(("not_offered", "offered", "declined", "in_place")),
            sr1=dice.choice(("discussed", "completed", "declined")),
            sr1_on=telling.day(days_ago),
            attendance_allowance=dice.choice(("to_apply", "applied", "in_payment")),
            carers_allowance=dice.choice(("to_apply", "applied", None)),
            blue_badge=dice.choice(("in_payment", "not_wanted", None)),
            benefits="The letters are with {close}." if dice.random() < 0.3 else None,
        )
    if dice.random() < 0.25:
        tell_fast_track(telling, shape, dice, min(days_ago, dice.randrange(3, 30)))


def tell_fast_track(telling: Telling, shape: Shape, dice: Random, days_ago: int) -> None:
    """A Fast Track form: signed, sent, received, decided, and the care begun, or held up on the way."""
    stage = dice.choice(("sent", "received", "agreed", "package_started", "package_started", "package_started"))
    reached = ("signed", "sent", "received", "agreed", "package_started").index(stage)
    late = dice.random() < 0.35
    hours: dict[str, Value] = {
        "signed_at": at(telling, days_ago, 10), "sent_at": at(telling, days_ago, 10, 40),
        "received_at": at(telling, days_ago, 16 if late else 11), "decided_at": at(telling, days_ago - 1, 9),
        "started_at": at(telling, days_ago - (3 if late else 2), 8),
    }  # fmt: skip
    telling.say_all(
        "fast_track",
        {
            "stage": stage,
            **dict(list(hours.items())[: reached + 1]),
            "sent_to": "West Yorkshire continuing healthcare",
            "received_by": "Duty desk" if reached >= 2 else None,
            "decided_by": "Duty nurse" if reached >= 3 else None,
            "package": "Two carers four times a day, a night sitter twice a week" if reached >= 3 else None,
            "problem": ["no_provider", "weekend"] if late else None,
            "problem_words": "Friday afternoon; the desk closes at four." if late else None,
            "step_down_on": telling.day(-60) if reached == 4 else None,
            "clinician_name": DOCTOR.name, "clinician_role": DOCTOR.role, "clinician_organisation": shape.hospice,
            "clinician_number": "GMC 0000000", "clinician_phone": landline(dice),
            "clinician_email": "a.khan@example.org", "deteriorating": True,
            "reasons": "Weight falling, in bed most of the day, three calls at night this week.",
            "needs_now": "{close}, and carers twice a day", "needs_expected": "Two people for every turn, nights too",
            "completed_on": telling.day(days_ago),
        },
        JUDGED,
    )  # fmt: skip


def tell_conversation(telling: Telling, shape: Shape, dice: Random, days_ago: int, contacts: list[str]) -> None:
    """One conversation: who, where, what was said and what was left for another day."""
    author = telling.saves[-1].author
    said, left, then = dice.choice(wording.TALKS)
    team = telling.entries_of("care_team")
    telling.say(
        "conversations",
        JUDGED,
        entry_of(dice),
        on=telling.day(days_ago),
        at=f"{dice.randrange(9, 17)}:30".zfill(5),
        place=dice.choice(("home", "home", "home", "phone", "care_home")),
        kinds=list(dice.choice((("visit",), ("acp_discussed",), ("acp_discussed", "acp_with_family"), ("declined",)))),
        by=f"{author.name}, {author.role}",
        professional=team[0] if team and dice.random() < 0.3 else None,
        present=shape.close,
        contact=contacts[0] if contacts and dice.random() < 0.6 else None,
        discussed=said,
        not_discussed=left,
        next=then,
    )
    if dice.random() < 0.3:
        _tell_task(telling, dice)


def _tell_task(telling: Telling, dice: Random) -> None:
    done = dice.random() < 0.4
    due = dice.randrange(-20, 15)
    telling.say(
        "tasks",
        JUDGED,
        entry_of(dice),
        what=dice.choice(wording.TASKS),
        owner=dice.choice((COORDINATOR, telling.saves[-1].author)).name,
        team="Airedale community team",
        due_on=telling.day(due),
        state="done" if done else dice.choice(("to_do", "under_way", "waiting")),
        from_where=dice.choice(("visit", "meeting", "plan", "commitment", "compact")),
        done_on=telling.day(max(due, 0)) if done else None,
        done_by=telling.saves[-1].author.name if done else None,
        comment="Rang twice, no answer." if dice.random() < 0.2 else None,
    )
