"""The short form of a first visit: the fewest questions whose answers make a plan ready to share.

Each question is one input. Some answers say several things at once, and their words say all of them; nothing is filled
in that the words do not say. What needs more than an input (a CPR decision, a refusal) is recorded where it belongs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from eolc_desktop.care_plan.dates import day_words
from eolc_desktop.care_plan.fields import MAIN, Audience, Authorship, Value, is_empty
from eolc_desktop.care_plan.plan import Plan, Source, Told
from eolc_desktop.care_plan.promises import COMMITMENTS

Set = tuple[str, str, str, Value]
"""One thing an answer records: section, entry ("new" for a new one), field and value."""
NEW = "new"
REVIEW_DAYS = 28
ANY_TIME = "Help at any time"


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """One answer on offer, in words, and everything it records."""

    key: str
    words: str
    records: tuple[Set, ...]


@dataclass(frozen=True, slots=True)
class ShortQuestion:
    """One question. It has answers to choose from, or is answered in words that go into `into` (section, entry, field).

    `section` is where the rest of the subject is recorded; `covers` the items it is asked for.
    """

    key: str
    asks: str
    section: str
    covers: tuple[tuple[str, str], ...]
    answers: tuple[ShortAnswer, ...] = ()
    into: tuple[str, str, str] | None = None
    help: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What this laptop knows besides the plan: who is visiting, and what is recorded for at least two other people.

    A surgery or an advice line serves many; a number that only one family has is never offered to another.
    """

    name: str
    role: str
    phone: str = ""
    surgeries: tuple[tuple[str, str], ...] = ()
    lines: tuple[tuple[str, str], ...] = ()


def questions(plan: Plan, known: Known) -> tuple[ShortQuestion, ...]:
    """What is still to be asked, in the order of a first conversation. Nothing that is recorded is asked again, and
    after a death nothing at all."""
    if not is_empty(plan.value("death", "died_on")):
        return ()
    return tuple(question for question in every_question(plan, known) if _is_open(plan, question))


def every_question(plan: Plan, known: Known) -> tuple[ShortQuestion, ...]:
    """All that the short form can ask about a person, recorded already or not."""
    called = plan.called or "the person"
    day = plan.today
    return (
        _matters(called),
        _needs(),
        _consent(called, known, day),
        _place(plan),
        _cpr(),
        _diagnosis(),
        _carer(plan),
        _key_worker(known, day),
        *_surgery(known),
        *_who_to_call(known),
        _other_plans(plan),
        _commitments(),
    )


def _is_open(plan: Plan, question: ShortQuestion) -> bool:
    for section, key in question.covers:
        if section not in plan.catalogue:
            return False
        described = plan.catalogue[section]
        ids = [fixed.id for fixed in described.fixed_entries] or [MAIN]
        if described.repeats:
            ids = [entry.id for entry in plan.entries(section)] or [MAIN]
        if all(not is_empty(plan.value(section, key, entry)) for entry in ids):
            continue
        return True
    return False


def _one(section: str, key: str, value: Value) -> Set:
    return (section, MAIN, key, value)


def _options(plan: Plan, section: str, key: str, *keys: str) -> tuple[ShortAnswer, ...]:
    described = plan.catalogue[section][key]
    return tuple(
        ShortAnswer(option.key, option.words(Audience.STAFF), (_one(section, key, option.key),))
        for option in described.options
        if not option.retired and (not keys or option.key in keys)
    )


def _matters(called: str) -> ShortQuestion:
    place = ("about_me", MAIN, "most_important")
    return ShortQuestion(
        "matters",
        f"What matters most to {called} now?",
        "about_me",
        (("about_me", "most_important"),),
        (ShortAnswer("declined", "Asked, did not want to say", ((*place, {"absent": "declined"}),)),),
        place,
        "In their own words.",
    )


def _needs() -> ShortQuestion:
    return ShortQuestion(
        "needs",
        "Is there anything that makes it easier to read, hear or follow what we say?",
        "communication_needs",
        (("communication_needs", "asked"),),
        (
            ShortAnswer("none", "Asked: nothing special", (_one("communication_needs", "asked", True),)),
            ShortAnswer(
                "large_print",
                "Asked: large print",
                (
                    _one("communication_needs", "asked", True),
                    _one("communication_needs", "needs", ["large_print"]),
                ),
            ),
        ),
    )


def _consent(called: str, known: Known, day: date) -> ShortQuestion:
    taken = (
        _one("consent", "taken_by", ", ".join(part for part in (known.name, known.role) if part)),
        _one("consent", "taken_on", day.isoformat()),
    )
    return ShortQuestion(
        "consent",
        "May we keep this plan, and share it with the people who care for them?",
        "consent",
        (("consent", "to_record"), ("consent", "to_share")),
        (
            ShortAnswer(
                "both",
                f"{called} agreed to both",
                (_one("consent", "to_record", "given"), _one("consent", "to_share", "given"), *taken),
            ),
            ShortAnswer(
                "kept",
                f"{called} agreed that it is kept, and did not agree to sharing",
                (_one("consent", "to_record", "given"), _one("consent", "to_share", "declined"), *taken),
            ),
        ),
        help="A best-interests decision or an attorney’s agreement is recorded under Consent and sharing.",
    )


def _place(plan: Plan) -> ShortQuestion:
    return ShortQuestion(
        "place",
        "Where would they want to be at the end of their life?",
        "places",
        (("places", "preferred_death"),),
        _options(plan, "places", "preferred_death"),
    )


def _cpr() -> ShortQuestion:
    return ShortQuestion(
        "cpr",
        "Is there a decision about CPR?",
        "cpr",
        (("cpr", "decision"),),
        (ShortAnswer("no_decision", "No CPR decision is known", (_one("cpr", "decision", "no_decision"),)),),
        help="A decision is recorded on its own page, with who made it and where the form is.",
    )


def _diagnosis() -> ShortQuestion:
    return ShortQuestion(
        "diagnosis",
        "What is the main illness?",
        "diagnosis",
        (("diagnosis", "primary"),),
        into=("diagnosis", MAIN, "primary"),
    )


def _carer(plan: Plan) -> ShortQuestion:
    not_known: Value = {"absent": "not_known"}
    return ShortQuestion(
        "carer",
        "Does somebody close care for them?",
        "carer",
        (("carer", "has_carer"),),
        (
            *_options(plan, "carer", "has_carer"),
            ShortAnswer("not_known", "Not known", (_one("carer", "has_carer", not_known),)),
        ),
    )


def _key_worker(known: Known, day: date) -> ShortQuestion:
    who = ", ".join(part for part in (known.name, known.role) if part)
    review = day + timedelta(days=REVIEW_DAYS)
    me = (
        _one("key_people", "key_worker_name", known.name),
        _one("key_people", "key_worker_role", known.role or None),
        _one("plan_control", "review_responsible", who),
        _one("plan_control", "review_date", review.isoformat()),
    )
    answers: tuple[ShortAnswer, ...] = ()
    if known.phone:
        words = f"I am ({known.phone}), and I look at this plan again on {day_words(review)}"
        answers = (ShortAnswer("me", words, (*me, _one("key_people", "key_worker_phone", known.phone))),)
    type_it = (
        f"Type the telephone number on which you can be reached. With it is recorded that you ({who}) are the key "
        f"worker and look at this plan again on {day_words(review)}."
    )
    return ShortQuestion(
        "key_worker",
        "Who is the key worker, and who looks at this plan again?",
        "key_people",
        (
            ("key_people", "key_worker_name"),
            ("key_people", "key_worker_phone"),
            ("plan_control", "review_date"),
            ("plan_control", "review_responsible"),
        ),
        answers,
        None if answers else ("key_people", MAIN, "key_worker_phone"),
        "" if answers else type_it,
    )


def _surgery(known: Known) -> tuple[ShortQuestion, ...]:
    covers = (("key_people", "gp_name"), ("key_people", "gp_practice"))
    answers = tuple(
        ShortAnswer(
            f"surgery-{place}",
            f"{name}, {practice}",
            (_one("key_people", "gp_name", name), _one("key_people", "gp_practice", practice)),
        )
        for place, (name, practice) in enumerate(known.surgeries)
    )
    if answers:
        return (ShortQuestion("surgery", "Which GP and surgery?", "key_people", covers, answers),)
    return (
        ShortQuestion("gp", "Who is the GP?", "key_people", covers[:1], into=("key_people", MAIN, "gp_name")),
        ShortQuestion("practice", "Which surgery?", "key_people", covers[1:], into=("key_people", MAIN, "gp_practice")),
    )


def _who_to_call(known: Known) -> tuple[ShortQuestion, ...]:
    covers = (("who_to_call", "first_call_name"), ("who_to_call", "first_call_phone"))
    answers = tuple(
        ShortAnswer(
            f"line-{place}",
            f"{name}, {phone}, at any time",
            (
                ("who_to_call", NEW, "situation", ANY_TIME),
                ("who_to_call", NEW, "first_call_name", name),
                ("who_to_call", NEW, "first_call_phone", phone),
            ),
        )
        for place, (name, phone) in enumerate(known.lines)
    )
    if answers:
        return (ShortQuestion("call", "Whom do they ring for help?", "who_to_call", covers, answers),)
    return (
        ShortQuestion(
            "call_name",
            "Whom do they ring for help, at any time?",
            "who_to_call",
            covers[:1],
            into=("who_to_call", NEW, "first_call_name"),
        ),
        ShortQuestion(
            "call_phone",
            "On which number?",
            "who_to_call",
            covers[1:],
            into=("who_to_call", NEW, "first_call_phone"),
        ),
    )


def _other_plans(plan: Plan) -> ShortQuestion:
    answers = _options(plan, "other_plans", "known") if "other_plans" in plan.catalogue else ()
    return ShortQuestion(
        "other_plans",
        "Has anyone else written a plan with them?",
        "other_plans",
        (("other_plans", "known"),),
        answers,
    )


def _commitments() -> ShortQuestion:
    return ShortQuestion(
        "commitments",
        "How do our six commitments stand?",
        "commitments",
        (("commitments", "state"),),
        (
            ShortAnswer(
                "not_yet",
                "Not yet, all six: this is the beginning",
                tuple(("commitments", commitment.id, "state", "not_yet") for commitment in COMMITMENTS),
            ),
        ),
        help="Each can be looked at by itself later.",
    )


@dataclass(frozen=True, slots=True)
class Recording:
    """What answers record, by place (section, entry), with where it comes from."""

    values: Mapping[tuple[str, str], Mapping[str, Value]] = field(default_factory=dict)

    def told(self, plan: Plan, section: str, key: str) -> Told:
        """Their own words and choices come from the person, to whom the question was put; of the rest nobody says."""
        described = plan.catalogue.field(section, key)
        said = described is not None and described.authorship is Authorship.VOICE
        return Told(Source.PERSON) if said else Told()


def recorded_by(plan: Plan, asked: Sequence[ShortQuestion], answers: Mapping[str, str], known: Known) -> Recording:
    """Everything that answers record: for each question the key of an answer, or the words that were typed.

    What is recorded already is never written over: an answer fills only what is empty.
    """
    values: dict[tuple[str, str], dict[str, Value]] = {}
    for question in asked:
        given = answers.get(question.key, "").strip()
        if not given:
            continue
        chosen = next((answer for answer in question.answers if f"={answer.key}" == given), None)
        records = chosen.records if chosen else _typed(question, given, known, plan.today)
        for section, entry, key, value in records:
            if value is not None and is_empty(plan.value(section, key, entry)):
                values.setdefault((section, entry), {})[key] = value
    return Recording(values)


def _typed(question: ShortQuestion, words: str, known: Known, day: date) -> tuple[Set, ...]:
    if question.into is None:
        return ()
    section, entry, key = question.into
    value: Value = {"text": words} if section == "diagnosis" else words
    made: tuple[Set, ...] = ((section, entry, key, value),)
    if question.key == "key_worker":
        who = ", ".join(part for part in (known.name, known.role) if part)
        review = (day + timedelta(days=REVIEW_DAYS)).isoformat()
        made += (
            _one("key_people", "key_worker_name", known.name),
            _one("key_people", "key_worker_role", known.role or None),
            _one("plan_control", "review_responsible", who),
            _one("plan_control", "review_date", review),
        )
    if question.key == "call_name":
        made += ((section, entry, "situation", ANY_TIME),)
    return made
