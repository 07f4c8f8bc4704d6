"""The first visit: who the person is, consent, the people around them, allergies."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Absence, Value
from eolc_desktop.care_plan.plan import EntryState, Source, Told
from eolc_desktop.care_plan.value_sets import value_set
from eolc_desktop.services.invented import voices, wording
from eolc_desktop.services.invented.names import invent_relative
from eolc_desktop.services.invented.numbers import PRACTICES, landline, mobile
from eolc_desktop.services.invented.shape import Depth, Shape
from eolc_desktop.services.invented.telling import BY_FAMILY, FROM_GP, JUDGED, Telling

DECLINED = Absence.DECLINED.value_to_store
NOT_KNOWN = Absence.NOT_KNOWN.value_to_store
NO_NUMBER = 0.03
"""The share of people whose NHS number nobody knows yet."""
_NO_NUMBER_BECAUSE = [option.key for option in value_set("nhs_number_missing")]


def tell_identity(telling: Telling, shape: Shape, number: str) -> None:
    """Who the person is, as far as it is listed and searched: the part that every invented record has."""
    dice, name = telling.dice, shape.name
    has_number = dice.random() >= NO_NUMBER
    gender: Value = "female" if name.is_woman else "male"
    if dice.random() < 0.015:
        gender = dice.choice(("other", DECLINED, NOT_KNOWN))
    telling.say(
        "person",
        FROM_GP,
        family_name=name.family,
        given_names=name.given,
        title=name.title,
        birth_date=shape.born,
        nhs_number=number if has_number else None,
        nhs_number_missing_reason=None if has_number else dice.choice(_NO_NUMBER_BECAUSE),
        gender=gender,
        address=shape.home,
        postcode=shape.postcode,
        phone=landline(dice),
    )
    telling.say("person", preferred_name=name.preferred)


def tell_background(telling: Telling, shape: Shape) -> None:
    """What else is asked at the first visit about the person and how they live."""
    dice, name = telling.dice, shape.name
    speaks_english = name.language[1] == "en"
    telling.say(
        "person",
        FROM_GP,
        nhs_number_status="verified" if telling.known("person", "nhs_number") else "trace_required",
        address_kind=dice.choices(
            ("own_home", "family_home", "supported_living", "residential_home", "nursing_home", "no_fixed_abode"),
            (68, 10, 7, 6, 8, 1),
        )[0],
    )
    needs_interpreter = not speaks_english and dice.random() < 0.5
    telling.say(
        "person",
        mobile=mobile(dice) if dice.random() < 0.4 else None,
        email=f"{name.family.lower()}@example.org" if name.family.isascii() and name.family.isalpha() else None,
        preferred_contact=dice.choice(("phone", "phone", "visit", "through_someone", "letter")),
        language={"text": name.language[0], "system": "urn:ietf:bcp:47", "code": name.language[1]},
        interpreter="needed" if needs_interpreter else "not_needed",
        proficiency=dice.choice(("fair", "poor", "good")) if needs_interpreter else None,
        ethnic_category=dice.choice(name.community.ethnic) if dice.random() < 0.9 else DECLINED,
        religion={"text": name.faith} if name.faith else DECLINED,
        lives_alone=shape.lives_alone,
        lives_with=None if shape.lives_alone else f"{shape.close_first}, {shape.close_relationship}",
        address_restricted=True if dice.random() < 0.01 else None,
        pronouns="they/them" if telling.known("person", "gender") == "other" else None,
    )
    _tell_needs(telling, needs_interpreter, name.language)


_NEEDS = ("large_print", "hearing_aid", "more_time", "easy_read", "lip_reading", "audio", "braille", "bsl",
          "someone_present", "communication_aid")  # fmt: skip


def _tell_needs(telling: Telling, needs_interpreter: bool, language: tuple[str, str]) -> None:
    dice = telling.dice
    needs = [need for need in _NEEDS if dice.random() < (0.25 if need == "large_print" else 0.06)]
    if needs_interpreter:
        needs.append("translated")
    asked = dice.random() < 0.85
    order = [option.key for option in value_set("information_need")]
    telling.say(
        "communication_needs",
        asked=True if asked else None,
        needs=sorted(needs, key=order.index) if asked else None,
        format=dice.choice(("print", "large_print", "spoken", "audio")) if asked and dice.random() < 0.5 else None,
        print_size=dice.choice((16, 18, 22)) if asked and "large_print" in needs else None,
        translated_into={"text": language[0], "code": language[1]} if asked and needs_interpreter else None,
        disabilities=dice.choice((["hearing"], ["vision"], ["hearing", "vision"], ["cognition"], ["none_known"])),
        reasonable_adjustments=_without_interpreter(dice.choice(wording.ADJUSTMENTS), needs_interpreter)
        if dice.random() < 0.4
        else None,
        how_i_communicate=_without_interpreter(dice.choice(wording.HOW_I_COMMUNICATE), language[1] != "en")
        if dice.random() < 0.3
        else None,
    )


def _without_interpreter(sentence: str, has_another_language: bool) -> str:
    """The sentence; for somebody at home in English, one without a word of interpreters and languages."""
    return sentence if has_another_language else wording.IN_ENGLISH.get(sentence, sentence)


def tell_consent(telling: Telling, shape: Shape, days_ago: int) -> None:
    """Consent to make and to share the record; later withdrawn by a few."""
    dice = telling.dice
    to_share = dice.choices(("given", "best_interests", "attorney", "declined", None), (76, 8, 5, 5, 6))[0]
    recipients = [o.key for o in value_set("recipient")]
    not_with = [dice.choice(recipients)] if dice.random() < 0.08 else []
    telling.say(
        "consent",
        to_record="given" if to_share in ("given", "declined", None) else to_share,
        to_share=to_share,
        taken_by=f"{shape.key_worker.name}, {shape.key_worker.role}",
        taken_on=telling.day(days_ago),
        how=dice.choice(("spoken", "spoken", "written", "signed_form")),
        best_interests_basis=wording.BEST_INTERESTS if to_share == "best_interests" else None,
        share_with=[r for r in recipients if r not in not_with and dice.random() < 0.7]
        if to_share == "given"
        else None,
        not_with=not_with,
    )


def tell_people(telling: Telling, shape: Shape) -> list[str]:
    """The people who matter and how far each is to be involved. Returns their entries, the closest first."""
    dice = telling.dice
    can_be_told = shape.depth >= Depth.TALKED
    close = telling.add(
        "contacts",
        BY_FAMILY if dice.random() < 0.3 else Told(Source.PERSON),
        name=shape.close,
        relationship=shape.close_relationship,
        roles=dice.choice((["next_of_kin", "main_carer"], ["next_of_kin", "emergency", "keyholder"], ["main_carer"])),
        phone=mobile(dice),
        phone_other=landline(dice) if dice.random() < 0.3 else None,
        holds_key=True if shape.lives_alone else None,
        call_at_night=dice.random() < 0.7,
        involvement=dice.choice(("all_decisions", "all_decisions", "told_everything")) if can_be_told else None,
        aware_diagnosis="aware" if can_be_told else None,
        aware_prognosis=dice.choice(("aware", "aware", "not_aware", NOT_KNOWN)) if can_be_told else None,
        aware_cpr=dice.choice(("aware", "not_aware", NOT_KNOWN)) if can_be_told else None,
    )
    entries = [close]
    for thrown, is_woman in dice.sample(_OTHERS, dice.randrange(0, 4)):
        relationship = "sister-in-law" if thrown == "ex-wife" and shape.name.is_woman else thrown
        entries.append(
            telling.add(
                "contacts",
                name=invent_relative(dice, shape.name, is_woman, relationship in ("son", "daughter", "brother")),
                relationship=relationship,
                roles=[dice.choice(("emergency", "carer", "keyholder", "friend", "to_be_told", "faith"))],
                phone=mobile(dice) if dice.random() < 0.9 else landline(dice),
                involvement=dice.choices(
                    ("told_everything", "outline", "emergency_only", "must_not_be_told", None), (20, 35, 20, 10, 15)
                )[0],
                involvement_topics="Nothing about the diagnosis." if dice.random() < 0.05 else None,
                information_needs=["large_print"] if dice.random() < 0.05 else None,
            )
        )
    if dice.random() < 0.06:
        gone = telling.add("contacts", name=f"{dice.choice(_WRONG)} {shape.name.family}", relationship="cousin")
        telling.take_back("contacts", gone, "Belongs to another patient", EntryState.ENTERED_IN_ERROR)
    if dice.random() < 0.08:
        telling.add("household", name="Aisha", who="child", age=dice.randrange(3, 17), support="School knows.")
    return entries


_OTHERS = [
    ("son", False), ("daughter", True), ("brother", False), ("sister", True), ("neighbour", True), ("friend", False),
    ("grandson", False), ("niece", True), ("ex-wife", True), ("minister", False),
]  # fmt: skip
_WRONG = ("Colin", "Vera", "Basil")


def tell_team(telling: Telling, shape: Shape, days_ago: int) -> None:
    """The key worker, the GP and the care team."""
    dice = telling.dice
    practice, ods = dice.choice(PRACTICES)
    worker = shape.key_worker
    telling.say(
        "key_people",
        FROM_GP,
        key_worker_name=worker.name,
        key_worker_role=worker.role,
        key_worker_phone=landline(dice),
        key_worker_hours=dice.choice(("Monday to Friday, 8:30 to 17:00", "Every day, 8:00 to 20:00", "Weekdays")),
        key_worker_deputy="The duty nurse, same number" if dice.random() < 0.5 else None,
        gp_name=dice.choice(("Dr B Mensah", "Dr H Aziz", "Dr L Crowther", "Dr S Iyer")),
        gp_practice=practice,
        gp_practice_ods=ods,
        gp_practice_phone=landline(dice),
    )
    for group in dice.sample(("palliative_nurse", "occupational_therapist", "night_sitter", "care_worker"), 2):
        telling.add(
            "care_team",
            FROM_GP,
            name=dice.choice(("Night service", "Petra Novák", "Ola Brandt", "Care agency", "Priti Desai")),
            group=group,
            organisation=dice.choice((shape.hospice, "Airedale community team", "Wharfe Home Care")),
            phone_day=landline(dice),
            phone_night=landline(dice) if group == "night_sitter" else None,
            from_date=telling.day(days_ago),
        )


def tell_allergies(telling: Telling, days_ago: int) -> None:
    """Allergies in one of their four states, or not asked about at all."""
    dice = telling.dice
    state = dice.choices(("known", "none_known", "not_recorded", "unavailable", None), (34, 40, 10, 4, 12))[0]
    checked = state in ("known", "none_known")
    telling.say(
        "allergies",
        JUDGED,
        status=state,
        last_checked=telling.day(days_ago) if checked else None,
        checked_with=dice.choice(("The person and the GP summary", "The GP summary")) if checked else None,
    )
    if state != "known":
        return
    for substance, code, reaction in dice.sample(wording.ALLERGENS, dice.choice((1, 1, 1, 2, 3))):
        coded: dict[str, str] = {"text": substance}
        if code:
            coded |= {"system": "http://snomed.info/sct", "code": code}
        telling.add(
            "allergy",
            JUDGED,
            substance=coded,
            reaction=reaction or NOT_KNOWN,
            kind=dice.choice(("allergy", "allergy", "intolerance", NOT_KNOWN)),
            severity=dice.choice(("mild", "moderate", "severe", NOT_KNOWN)),
            when=str(telling.today.year - dice.randrange(2, 50)),
            certainty=dice.choice(("confirmed", "confirmed", "likely")),
        )


def tell_kept_back(telling: Telling, contacts: list[str]) -> None:
    """What the person wants kept from somebody."""
    dice = telling.dice
    telling.add(
        "kept_back",
        what=[dice.choice(("about_me.fears", "places", "cpr", "person.religion", "consent"))],
        from_whom=["family"] if not contacts else None,
        from_contact=contacts[-1] if contacts else None,
        why=dice.choice(voices.KEPT_BACK_WHY),
    )
