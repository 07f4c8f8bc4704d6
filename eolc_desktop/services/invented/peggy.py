"""Margaret Rose Smith, called Peggy: the living person of the demonstration, with a whole and good plan."""

from __future__ import annotations

from eolc_desktop.care_plan.plan import Source, Told
from eolc_desktop.services.invented.peggys_care import tell_care, tell_illness_and_medicines, tell_last_visit
from eolc_desktop.services.invented.peggys_decisions import tell_arrangements, tell_decisions
from eolc_desktop.services.invented.telling import COORDINATOR, DOCTOR, FROM_GP, JUDGED, NURSE, Telling

PERSON_ID = "9e66c1f07a5b4d8c82f3b64e0d915ac7"
NHS_NUMBER = "9990000018"
_FROM_ANNA = Told(Source.FAMILY, "Anna, her daughter")


def tell_peggy(telling: Telling) -> None:
    """Tell Peggy's record: five visits over three months, the last a week ago."""
    telling.save(NURSE, 92, 14, 30)
    _first_visit(telling)
    telling.save(NURSE, 71, 10, 15)
    _conversation(telling)
    telling.save(DOCTOR, 31, 11, 40)
    tell_decisions(telling, _anna(telling))
    tell_illness_and_medicines(telling, _anna(telling))
    telling.save(COORDINATOR, 24, 16, 0)
    tell_arrangements(telling)
    tell_care(telling)
    telling.save(NURSE, 7, 14, 35)
    _review(telling)
    tell_last_visit(telling, _anna(telling))


def _first_visit(telling: Telling) -> None:
    telling.say(
        "person",
        FROM_GP,
        title="Mrs",
        given_names="Margaret Rose",
        family_name="Smith",
        birth_date="1941-04-05",
        nhs_number=NHS_NUMBER,
        nhs_number_status="verified",
        gender="female",
        address="14 Mill Lane\nOtley",
        postcode="LS21 3KM",
        address_kind="own_home",
        phone="0113 496 0114",
    )
    telling.say(
        "person",
        preferred_name="Peggy",
        preferred_contact="phone",
        language={"text": "English", "system": "urn:ietf:bcp:47", "code": "en"},
        interpreter="not_needed",
        ethnic_category="white_british",
        religion={"text": "Church of England"},
        lives_alone=True,
    )
    telling.say(
        "communication_needs",
        asked=True,
        needs=["large_print", "hearing_aid"],
        format="large_print",
        print_size=16,
        disabilities=["hearing", "vision"],
        reasonable_adjustments="Speak clearly, from the front. Ring rather than write.",
        how_i_communicate="I hear well enough with both hearing aids in. Give me a moment.",
    )
    telling.say(
        "consent",
        to_record="given",
        to_share="given",
        taken_by="Jo Okafor, district nurse",
        taken_on=telling.day(92),
        how="spoken",
        share_with=["gp", "district_nurses", "hospice", "out_of_hours", "ambulance", "hospital"],
        not_with=["care_home"],
    )
    anna = telling.add(
        "contacts",
        name="Anna Smith",
        relationship="daughter",
        roles=["next_of_kin", "emergency", "attorney", "keyholder"],
        phone="07700 900199",
        phone_other="0113 496 0115",
        holds_key=True,
        call_at_night=True,
        involvement="all_decisions",
        aware_diagnosis="aware",
        aware_prognosis="aware",
    )
    telling.say("carer", has_carer="has", carer=anna, night_cover="some_nights")
    telling.say(
        "carer", _FROM_ANNA, strain=4, assessment="offered", strain_words="I am all right as long as I get my sleep."
    )
    telling.say(
        "key_people",
        FROM_GP,
        key_worker_name="Jo Okafor",
        key_worker_role="district nurse",
        key_worker_phone="0113 496 0150",
        key_worker_hours="Monday to Friday, 8:30 to 17:00",
        key_worker_deputy="Sam Lister, the same number",
        gp_name="Dr B Mensah",
        gp_practice="Bridge Street Surgery",
        gp_practice_ods="Y99001",
        gp_practice_phone="0113 496 0160",
    )
    telling.say(
        "allergies", JUDGED, status="known", last_checked=telling.day(92), checked_with="Peggy and the GP summary"
    )
    telling.add(
        "allergy",
        JUDGED,
        substance={"text": "Penicillin", "system": "http://snomed.info/sct", "code": "764146007"},
        reaction="Rash all over, and swollen lips",
        kind="allergy",
        severity="severe",
        when="1974",
        certainty="confirmed",
    )


def _conversation(telling: Telling) -> None:
    telling.say(
        "about_me",
        most_important="My own bed, the window open. I want to hear the garden. Radio 3 on low.",
        fears="Going in again and not coming out.",
        strength="Anna, and the garden. My faith, in a quiet way.",
        good_day="Up by nine, toast, Radio 3, Anna in the afternoon, and no pain before supper.",
        please_do="Tell Anna first. Leave the window open a little, even when it is cold.",
        please_dont="Do not call me Margaret. Do not talk over my head.",
        spiritual="The vicar knows me. No fuss, and the old hymns.",
        affairs="Next door will take the cat. The will is with the solicitor on Station Road.",
        information_preference="everything",
        support_style="reassured",
        organ_donation="tissue_only",
        written_with="Jo Okafor, district nurse",
    )
    telling.add(
        "goals",
        goal="To be at the christening in the spring.",
        importance=9,
        status="hoped_for",
        what_helps="A wheelchair, and somebody to push it.",
    )
    telling.add(
        "goals",
        goal="To sort the photographs with Anna.",
        importance=7,
        status="under_way",
        what_helps="An hour in the afternoon, when I am not tired.",
    )
    telling.say(
        "places",
        preferred_care="home",
        preferred_care_words="My own bed, by the window",
        preferred_death="home",
        is_usual_residence=True,
        second_choice="hospice",
        second_choice_name="Hill Hospice",
        strength="It is the one thing I ask.",
        what_would_change_it="If the pain could not be eased at home, or if it were too much for Anna.",
    )
    telling.add(
        "compact",
        asked_on=telling.day(71),
        asked_by="Jo Okafor",
        answered_by="person",
        language="English",
        q1="partly",
        q1_words="In the day, yes. At night I am not so sure.",
        q2="partly",
        q2_well="A little walk to the gate. Rest after dinner.",
        q2_ill="Ring Anna. She will know.",
        q2_team="Jo comes on Thursdays.",
        q3="yes",
        q4="yes",
        q4_words="It is nearly always Jo.",
        q5="no",
        q6="yes",
        q6_words="Thursday at half past two.",
        q7="no",
    )


def _anna(telling: Telling) -> str:
    carer = telling.known("carer", "carer")
    assert isinstance(carer, str)
    return carer


def _review(telling: Telling) -> None:
    telling.still_so("cpr", "decision", "form_location")
    telling.still_so("places", "preferred_care", "preferred_death", "second_choice")
    telling.still_so("contacts", "phone", entry=_anna(telling))
    telling.say(
        "about_me",
        most_important="I don’t want to go in again. My own bed, the window open. I want to hear the garden.",
    )
    telling.say(
        "carer",
        _FROM_ANNA,
        strain=6,
        strain_words="The nights are long. A sitter would help.",
        if_carer_ill="Hill Hospice would take Mum in for a few days. We have asked them.",
    )
    telling.add(
        "contacts",
        name="George Rose",
        relationship="brother",
        roles=["to_be_told"],
        phone="07700 900198",
        involvement="must_not_be_told",
        aware_diagnosis="not_aware",
    )
    telling.add(
        "compact",
        asked_on=telling.day(7),
        asked_by="Jo Okafor",
        answered_by="person",
        language="English",
        q1="yes",
        q1_words="I get on with things. I know somebody would come.",
        q2="yes",
        q2_well="Sit in the garden when it is dry. Rest after dinner.",
        q2_ill="Ring the hospice line. Not 999, unless I have fallen and cannot get up.",
        q2_team="Jo on Thursdays, the hospice on Mondays, a sitter two nights a week.",
        q3="yes",
        q3_words="One number, and they answer.",
        q4="yes",
        q5="yes",
        q5_words="The night sitter starts this week.",
        q6="yes",
        q6_words="Thursday at half past two.",
        q7="partly",
        q7_words="It is all in the yellow folder. The hospital has its own.",
    )
    telling.say("commitments", entry="1", verdict="yes", verdict_words="You talk to me, not to the computer.")
    telling.say(
        "commitments", entry="6", verdict="yes", verdict_words="I know who to ring now. Before, I had five numbers."
    )
    telling.add(
        "next_steps", JUDGED, what="Night sitter begins", who="Ali Reid", by_when=telling.day(-2), state="under_way"
    )
    telling.add(
        "next_contacts",
        JUDGED,
        on=telling.day(0),
        window="Between 14:30 and 15:30",
        with_whom="Jo Okafor",
        how="home_visit",
        state="agreed",
    )
