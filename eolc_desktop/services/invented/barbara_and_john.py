"""Barbara, who wanted to stay in her own bed, had no plan, and died in hospital before her husband John came."""

from __future__ import annotations

from eolc_desktop.care_plan.plan import Source, Told
from eolc_desktop.services.invented.telling import COORDINATOR, FROM_GP, JUDGED, NURSE, SECOND_NURSE, Telling, coded

PERSON_ID = "b3b5a7d24c1e4f0f9a68d0c2e17f4a51"
NHS_NUMBER = "9990000026"
_FROM_JOHN = Told(Source.FAMILY, "John, her husband")


def tell_barbara(telling: Telling) -> None:
    """Tell Barbara's record: two visits, a night, and what was written down afterwards."""
    telling.save(NURSE, 61, 11, 10)
    telling.say(
        "person",
        FROM_GP,
        title="Mrs",
        given_names="Barbara Jean",
        family_name="Holroyd",
        birth_date=f"{telling.today.year - 79}-03-02",
        nhs_number=NHS_NUMBER,
        nhs_number_status="verified",
        gender="female",
        address="27 Chapel Row\nGuiseley",
        postcode="LS20 9KM",
        address_kind="own_home",
        phone="0113 496 0127",
    )
    telling.say("person", lives_alone=False, lives_with="John, her husband")
    john = telling.add(
        "contacts",
        name="John Holroyd",
        relationship="husband",
        roles=["next_of_kin", "main_carer"],
        phone="07700 900127",
    )
    telling.say("carer", has_carer="has", carer=john)
    telling.say(
        "consent", to_record="given", taken_by="Jo Okafor, district nurse", taken_on=telling.day(61), how="spoken"
    )
    telling.say(
        "allergies",
        JUDGED,
        status="none_known",
        last_checked=telling.day(61),
        checked_with="Barbara and the GP summary",
    )
    telling.say(
        "key_people",
        FROM_GP,
        key_worker_name="Jo Okafor",
        key_worker_role="district nurse",
        key_worker_phone="0113 496 0150",
        key_worker_hours="Monday to Friday, 8:30 to 17:00",
        gp_name="Dr B Mensah",
        gp_practice="Bridge Street Surgery",
        gp_practice_ods="Y99001",
        gp_practice_phone="0113 496 0160",
    )
    telling.say(
        "diagnosis",
        FROM_GP,
        primary=coded("Chronic obstructive pulmonary disease", "13645005"),
        description="Oxygen at home since the spring.",
    )
    telling.say("medicines_summary", FROM_GP, status="elsewhere", source="GP record", source_on=telling.day(61))
    telling.add("akps", JUDGED, on=telling.day(61), score="50", by="Jo Okafor, district nurse")
    telling.save(SECOND_NURSE, 33, 15, 40)
    telling.say(
        "about_me",
        most_important="I want to stay in my own bed. That is all I ask. John knows.",
        fears="A corridor in the hospital.",
        written_with="Sam Lister, community nurse",
    )
    telling.say("places", preferred_care="home", preferred_care_words="Her own bed, upstairs at the back")
    telling.say(
        "commitments",
        JUDGED,
        "1",
        state="partly",
        next_action="Write the plan with her and John",
        next_action_owner="Sam Lister",
        next_action_due=telling.day(26),
    )
    telling.add(
        "commitment_evidence",
        JUDGED,
        "1",
        on=telling.day(33),
        by="Sam Lister, community nurse",
        with_whom="Barbara; John was at the shops",
        what="She said it three times: her own bed. We ran out of time before we could write more.",
        code="eol_planning_discussed",
    )
    telling.add(
        "conversations",
        JUDGED,
        on=telling.day(33),
        place="home",
        kinds=["acp_discussed"],
        by="Sam Lister, community nurse",
        present="Barbara alone; John was at the shops",
        discussed="That she wants to stay in her own bed, whatever happens.",
        not_discussed="CPR, and what John should do at night. There was no time left.",
        next="Come back and write the plan with both of them.",
    )
    telling.say("anticipatory", JUDGED, state="discussed")
    telling.add("akps", JUDGED, on=telling.day(33), score="40", by="Sam Lister, community nurse")
    for commitment in ("3", "4", "6"):
        telling.say("commitments", JUDGED, commitment, state="not_yet")
    telling.add(
        "next_steps",
        JUDGED,
        what="Write the plan with her and John",
        who="Sam Lister",
        by_when=telling.day(26),
        state="to_do",
    )
    telling.save(NURSE, 19, 9, 15)
    telling.add(
        "admissions",
        _FROM_JOHN,
        date_in=telling.day(20),
        site="Dale General Hospital",
        reason=(
            "Her breathing changed at a quarter past one in the night. John did not know whom to ring, so he rang 999. "
            "The crew asked for a plan; there was none in the house."
        ),
        plan_seen="not_seen",
    )
    telling.save(NURSE, 18, 10, 30)
    telling.say(
        "death",
        _FROM_JOHN,
        died_on=telling.day(20),
        died_time="03:40",
        verified_by="The doctor on duty, emergency department",
        place="hospital",
        place_name="Dale General Hospital, emergency department",
        preferred_achieved="no",
        reason_not=["rapid_deterioration", "other"],
        reason_words=(
            "There was no plan. She had told each of us that she wanted to stay in her own bed, and none of us had "
            "written down what John should do at night, or whom he should ring. She died at twenty to four. John had "
            "waited for a taxi and came at ten past four."
        ),
    )
    telling.say(
        "death", _FROM_JOHN, verified_on=telling.day(20), usual_residence=False, who_was_there="Nobody who knew her"
    )
    telling.add(
        "looking_back",
        _FROM_JOHN,
        wish="place_of_death",
        wish_words="Her own bed",
        kept="no",
        reasons=["not_discussed", "nobody_answered", "rapid_deterioration"],
        words="She had said it to each of us, and it was written nowhere that a crew could read.",
        learning="Write the plan on the first visit, if only one line, and leave a number for the night.",
        said_by="John, her husband",
    )
    telling.add(
        "looking_back",
        _FROM_JOHN,
        wish="people_present",
        wish_words="John beside her",
        kept="no",
        reasons=["other"],
        words="He came half an hour too late.",
        said_by="John, her husband",
    )
    telling.save(COORDINATOR, 12, 14, 0)
    telling.say(
        "certification",
        JUDGED,
        state="registered",
        doctor="The doctor on duty, emergency department",
        examiner="Dale General Hospital, 0113 496 0110",
        coroner=False,
        issued_on=telling.day(17),
    )
    for step, state in (("gp_told", "done"), ("equipment", "done"), ("pharmacy_told", "not_needed")):
        telling.add(
            "closure",
            JUDGED,
            what=step,
            state=state,
            owner="Ali Reid",
            done_on=telling.day(14) if state == "done" else None,
            done_by="Ali Reid" if state == "done" else None,
        )
    telling.add("closure", JUDGED, what="record_closed", state="to_do", owner="Ali Reid")
    telling.add(
        "bereavement",
        _FROM_JOHN,
        contact=_john(telling),
        consent=True,
        offer="accepted",
        concern="high",
        follow_up_by="Ali Reid, care co-ordinator",
        follow_up_on=telling.day(-16),
        state="planned",
        notes="He goes over that night again and again. He asked for the nurse who came first.",
    )
    telling.add(
        "speak_up",
        _FROM_JOHN,
        on=telling.day(12),
        raised_by="family",
        raised_by_name="John Holroyd",
        principle="shareable",
        what="Everybody asked her and nobody wrote it down. What was the asking for?",
        response="The team met on it. A line of plan and a number for the night are left on every first visit now.",
        responder="Ali Reid, care co-ordinator",
        state="answered",
    )
    telling.say("commitments", JUDGED, "3", state="not_yet", next_action="Nothing more can be done for Barbara")
    telling.say(
        "commitments", _FROM_JOHN, "6", verdict="no", verdict_words="I had a drawer full of leaflets and no number."
    )
    telling.say(
        "commitments",
        _FROM_JOHN,
        "1",
        verdict="partly",
        verdict_words="Everybody listened to her. Nobody wrote it down.",
    )
    telling.say("plan_control", JUDGED, status="closed")


def _john(telling: Telling) -> str:
    return telling.entries_of("contacts")[0]
