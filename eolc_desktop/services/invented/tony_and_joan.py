"""Tony and Joan: a plan for the day, a wife at the end of her strength at night; then 111, 999 and a hospital death."""

from __future__ import annotations

from eolc_desktop.care_plan.plan import Source, Told
from eolc_desktop.services.invented.caring import at
from eolc_desktop.services.invented.telling import (
    COORDINATOR,
    DOCTOR,
    FROM_GP,
    GP,
    JUDGED,
    NIGHT_NURSE,
    NURSE,
    SECOND_NURSE,
    Telling,
    coded,
)

PERSON_ID = "70e4c9816f2d4b3a8e95a1b07c36d2f8"
NHS_NUMBER = "9990000034"
_FROM_JOAN = Told(Source.FAMILY, "Joan, his wife")


def tell_tony(telling: Telling) -> None:
    """Tell Tony's record: four months in which Joan's nights grew worse."""
    telling.save(NURSE, 118, 10, 0)
    telling.say(
        "person",
        FROM_GP,
        title="Mr",
        given_names="Anthony",
        family_name="Whitaker",
        birth_date=f"{telling.today.year - 83}-09-17",
        nhs_number=NHS_NUMBER,
        nhs_number_status="verified",
        gender="male",
        address="8 Moor View\nIlkley",
        postcode="LS29 7OK",
        address_kind="own_home",
        phone="0113 496 0234",
    )
    telling.say("person", preferred_name="Tony", lives_alone=False, lives_with="Joan, his wife of 58 years")
    joan = telling.add(
        "contacts",
        name="Joan Whitaker",
        relationship="wife",
        roles=["next_of_kin", "main_carer"],
        phone="0113 496 0234",
        involvement="all_decisions",
        aware_diagnosis="aware",
        aware_prognosis="aware",
    )
    telling.add(
        "contacts",
        name="Mark Whitaker",
        relationship="son, in Bristol",
        roles=["emergency"],
        phone="07700 900235",
        involvement="told_everything",
        call_at_night=True,
    )
    telling.say(
        "consent",
        to_record="given",
        to_share="given",
        taken_by="Jo Okafor, district nurse",
        taken_on=telling.day(118),
        how="spoken",
        share_with=["gp", "district_nurses", "hospice", "out_of_hours", "ambulance"],
    )
    telling.say(
        "allergies", JUDGED, status="none_known", last_checked=telling.day(118), checked_with="Tony and the GP summary"
    )
    telling.say(
        "key_people",
        FROM_GP,
        key_worker_name="Jo Okafor",
        key_worker_role="district nurse",
        key_worker_phone="0113 496 0150",
        key_worker_hours="Monday to Friday, 8:30 to 17:00",
        gp_name="Dr H Aziz",
        gp_practice="Moor View Practice",
        gp_practice_ods="Y99003",
        gp_practice_phone="0113 496 0170",
    )
    telling.say(
        "about_me",
        most_important="To be at home with Joan. We have never been apart.",
        fears="That it gets too much for her and she does not say.",
        good_day="The crossword, the two of us.",
        written_with="Jo Okafor, district nurse",
    )
    telling.say(
        "diagnosis",
        FROM_GP,
        primary=coded("Heart failure", "84114007"),
        description="End stage. Three stays in hospital last year.",
    )
    telling.say("medicines_summary", FROM_GP, status="elsewhere", source="GP record", source_on=telling.day(118))
    telling.add("akps", JUDGED, on=telling.day(118), score="60", by="Jo Okafor, district nurse")
    telling.say("carer", has_carer="has", carer=joan, night_cover="family")
    telling.say("carer", _FROM_JOAN, strain=3, strain_words="We manage. I get my sleep.", assessment="offered")
    telling.say(
        "places",
        preferred_care="home",
        preferred_death="home",
        is_usual_residence=True,
        second_choice="hospice",
        second_choice_name="Hill Hospice",
        what_would_change_it="If Joan could not go on.",
    )
    telling.save(GP, 96, 12, 30)
    telling.say(
        "cpr",
        JUDGED,
        decision="not_for",
        decided_at=telling.day(96),
        decided_by_name="Dr H Aziz",
        decided_by_role="GP",
        reason="End-stage heart failure; Tony does not want it.",
        person_involved="yes",
        capacity_then="has",
        family_informed=["family_discussed"],
        no_review=True,
        form_location="Bureau in the hall",
    )
    telling.add(
        "who_to_call",
        JUDGED,
        situation="Worried, by day",
        when=["weekday"],
        first_call_name="Jo Okafor",
        first_call_phone="0113 496 0150",
        if_no_answer_name="The surgery",
        if_no_answer_phone="0113 496 0170",
    )
    telling.say("plan_control", status="agreed", agreed="yes", agreed_with="Tony and Joan", agreed_on=telling.day(96))
    telling.say("plan_control", JUDGED, review_date=telling.day(6), review_responsible="Jo Okafor, district nurse")
    telling.say("anticipatory", JUDGED, state="prescribed", where_kept="Bureau in the hall", chart_in_house=False)
    telling.save(SECOND_NURSE, 54, 11, 20)
    telling.add("akps", JUDGED, on=telling.day(54), score="50", by="Sam Lister, community nurse")
    telling.add(
        "conversations",
        JUDGED,
        on=telling.day(54),
        place="home",
        kinds=["visit"],
        by="Sam Lister, community nurse",
        present="Joan, in the kitchen",
        discussed="Her nights. She wept, and asked that he should not hear of it.",
        next="Night sitter; carer’s assessment.",
    )
    telling.add(
        "tasks",
        JUDGED,
        what="Find a night sitter",
        owner="Sam Lister",
        team="Airedale community team",
        due_on=telling.day(47),
        state="waiting",
        from_where="visit",
        comment="No sitter free; on the list.",
    )
    telling.say(
        "carer",
        _FROM_JOAN,
        strain=6,
        assessment="requested",
        strain_words="I am up to him four times a night. I have not said so to him.",
    )
    telling.add(
        "next_steps", JUDGED, what="Ask about a night sitter", who="Sam Lister", by_when=telling.day(47), state="to_do"
    )
    telling.add(
        "next_steps",
        JUDGED,
        what="Carer’s assessment for Joan",
        who="Council, referred by the surgery",
        by_when=telling.day(40),
        state="to_do",
    )
    telling.save(NURSE, 26, 14, 45)
    telling.say(
        "carer",
        _FROM_JOAN,
        strain=9,
        night_cover="none",
        strain_words="I fell asleep standing up. I cannot lift him again.",
        if_carer_ill="Nobody has thought about that yet.",
    )
    telling.add(
        "compact",
        _FROM_JOAN,
        asked_on=telling.day(26),
        asked_by="Jo Okafor",
        answered_by="family",
        q1="no",
        q1_words="Not at night.",
        q2="partly",
        q2_ill="Ring Jo. At night I do not know.",
        q3="partly",
        q4="yes",
        q5="no",
        q6="yes",
        q6_words="Jo comes on Thursday.",
        q7="no",
    )
    telling.add("akps", JUDGED, on=telling.day(26), score="30", by="Jo Okafor, district nurse")
    telling.say(
        "fast_track",
        JUDGED,
        stage="sent",
        signed_at=at(telling, 25, 15, 40),
        sent_at=at(telling, 25, 16, 50),
        sent_to="West Yorkshire continuing healthcare",
        problem=["receipt_not_confirmed", "weekend", "night_cover"],
        problem_words="Sent on the eve of the weekend; nobody confirmed that it had come.",
        clinician_name="Dr H Aziz",
        clinician_role="GP",
        clinician_organisation="Moor View Practice",
        clinician_phone="0113 496 0170",
        deteriorating=True,
        reasons="In bed nearly all day; his wife lifts him alone, four times a night.",
        needs_now="Joan, alone",
        needs_expected="Two people, nights too",
        completed_on=telling.day(25),
    )
    telling.add("place_needs", JUDGED, what="Night sitter", state="needed", who="Sam Lister", by_when=telling.day(20))
    telling.save(NIGHT_NURSE, 22, 9, 30)
    telling.add(
        "admissions",
        _FROM_JOAN,
        date_in=telling.day(22),
        site="Dale General Hospital",
        reason=(
            "He slid from the bed at two in the morning and she could not lift him. There was no night number on the "
            "card, so she rang 111. They asked about his breathing, and 999 sent an ambulance. The plan was in the "
            "bureau; nobody asked for it."
        ),
        plan_seen="not_seen",
    )
    telling.save(DOCTOR, 20, 16, 10)
    telling.say(
        "person", JUDGED, current_location="Dale General Hospital, ward 14", current_location_since=telling.day(22)
    )
    telling.say("places", what_would_change_it="He still asks for home. Joan cannot, without somebody at night.")
    telling.save(NURSE, 17, 11, 0)
    telling.say(
        "death",
        _FROM_JOAN,
        died_on=telling.day(18),
        died_time="05:15",
        verified_by="The doctor on duty, ward 14",
        place="hospital",
        place_name="Dale General Hospital, ward 14",
        preferred_achieved="no",
        reason_not=["carer_could_not_cope", "no_package", "plan_not_seen"],
        reason_words=(
            "Tony wanted to be at home and had a plan for the day. Joan told us three times that she was at the end of "
            "her strength, and the night sitter we asked for never came. From one fall it went to 111, to 999 and to a "
            "ward, and from there no care at home could be arranged in time. Joan was with him."
        ),
    )
    telling.clear("person", "current_location", "current_location_since", reason="He has died")
    telling.say("death", _FROM_JOAN, verified_on=telling.day(18), usual_residence=False, who_was_there="Joan")
    telling.say("fast_track", JUDGED, stage="withdrawn")
    telling.add(
        "looking_back",
        _FROM_JOAN,
        wish="place_of_death",
        wish_words="At home with Joan",
        kept="no",
        reasons=["carer_could_not_cope", "no_night_cover", "no_package", "plan_not_seen"],
        words="Three times she said that she was at the end of her strength.",
        learning="When strain rises twice, nights are arranged that week, or the hospice is asked for a bed.",
        said_by="Joan, his wife",
    )
    telling.add(
        "looking_back",
        _FROM_JOAN,
        wish="people_present",
        kept="yes",
        words="She was with him.",
        said_by="Joan, his wife",
    )
    telling.save(COORDINATOR, 9, 15, 0)
    telling.say("commitments", JUDGED, "6", state="partly")
    telling.say(
        "commitments", _FROM_JOAN, "6", verdict="no", verdict_words="By day, yes. Nobody told me about the nights."
    )
    telling.say("commitments", JUDGED, "5", state="partly")
    telling.say(
        "commitments", _FROM_JOAN, "5", verdict="partly", verdict_words="You asked how I was. Then nothing happened."
    )
    for step, state in (("medicines", "to_do"), ("gp_told", "done"), ("equipment", "not_needed")):
        telling.add(
            "closure",
            JUDGED,
            what=step,
            state=state,
            owner="Jo Okafor",
            done_on=telling.day(16) if state == "done" else None,
            done_by="Jo Okafor" if state == "done" else None,
        )
    telling.add(
        "bereavement",
        _FROM_JOAN,
        contact=telling.entries_of("contacts")[0],
        consent=True,
        offer="offered",
        concern="some",
        follow_up_by="Ali Reid, care co-ordinator",
        follow_up_on=telling.day(-30),
        state="planned",
    )
    telling.say("plan_control", JUDGED, status="closed")
