"""Peggy's illness, the medicines in her house, her care, and how Fast Track came in two days."""

from __future__ import annotations

from datetime import timedelta

from eolc_desktop.care_plan.fields import Value
from eolc_desktop.services.invented.caring import at
from eolc_desktop.services.invented.telling import FROM_GP, JUDGED, SEEN, Telling, coded

_DOCTOR = "Dr A Khan, consultant in palliative medicine"
_NURSE = "Jo Okafor, district nurse"


def tell_illness_and_medicines(telling: Telling, anna: str) -> None:
    """What the hospice doctor wrote down on her visit. `anna` is the entry of her daughter."""
    telling.say(
        "diagnosis",
        FROM_GP,
        primary=coded("Cancer of the breast", "254837009"),
        description="In the bones and the liver since last winter. No more chemotherapy, by her own choice.",
        diagnosed_on=str(telling.today.year - 4),
        diagnosed_by="Dale General Hospital",
    )
    telling.add("problems", FROM_GP, problem=coded("Osteoarthritis", "396275006"), onset="2009", state="stable")
    telling.add(
        "problems",
        FROM_GP,
        problem=coded("Pain in the hip from the illness"),
        onset=telling.day(70)[:7],
        state="active",
        comment="Worse on the stairs and on turning.",
    )
    telling.say(
        "understanding",
        person_words="It is in my bones and it will not go away. I have had a good run.",
        aware="aware",
        family_words="Anna knows everything. The great-grandchildren know that Nana is poorly.",
        talked_about="Not in front of the little ones.",
    )
    telling.say(
        "register",
        JUDGED,
        on_register="on",
        registered_on=telling.day(60),
        tools=["gsf", "clinical"],
        tool_on=telling.day(60),
        tool_by="Dr B Mensah, GP",
        surprise_question="not_surprised",
    )
    telling.say("prognosis", JUDGED, band="months", judged_by=_DOCTOR, judged_on=telling.day(31))
    telling.add("akps", JUDGED, on=telling.day(31), score="60", by=_DOCTOR, comment="Up and dressed by ten.")
    telling.add("phase", JUDGED, on=telling.day(31), phase="stable", by=_DOCTOR)
    telling.add("frailty", JUDGED, on=telling.day(31), scale="cfs", cfs=6, by=_DOCTOR)
    telling.say("medicines_summary", FROM_GP, status="listed", source="GP record", source_on=telling.day(33))
    for name, form, directions, why in (
        ("Paracetamol", "tablet", "As on the label", "Pain"),
        ("Morphine sulfate modified release", "capsule", "As on the chart, morning and evening", "Pain"),
        ("Senna", "tablet", "As on the label, at night", "Constipation"),
    ):
        telling.add(
            "medicines",
            FROM_GP,
            name=coded(name),
            form=coded(form),
            route=coded("by mouth"),
            directions=directions,
            indication=coded(why),
            status="active",
            started_on=telling.day(60),
        )
    telling.add(
        "stopped_medicines",
        FROM_GP,
        name=coded("Simvastatin"),
        status="stopped",
        reason=coded("No longer of use to her"),
        on=telling.day(40),
    )
    _just_in_case(telling)
    telling.add(
        "conversations",
        JUDGED,
        on=telling.day(31),
        at="11:15",
        place="home",
        kinds=["cpr_discussed", "acp_discussed", "acp_with_family"],
        by=_DOCTOR,
        present="Anna",
        contact=anna,
        discussed="CPR: what it is and what it would do. She has thought about it for a long time.",
        not_discussed="How long. She said: “You don’t know, and I don’t need to.”",
        next="The form goes into the yellow folder; Anna shows her brother-in-law where it is.",
    )
    telling.say(
        "expected_death",
        JUDGED,
        statement="Death from this illness would be expected. CPR is not to be attempted.",
        recorded_by=_DOCTOR,
        recorded_on=telling.day(31),
        may_verify=["gp", "hospice", "district_nurse"],
        call_name="Hill Hospice, day and night",
        call_phone="0113 496 0199",
        doctor_will_certify="Dr B Mensah",
        last_seen_by_doctor=telling.day(31),
    )


def _just_in_case(telling: Telling) -> None:
    telling.say(
        "anticipatory",
        JUDGED,
        state="box_issued",
        statement="Medicines for pain, sickness, restlessness and a rattling chest are in the house, with the chart.",
        issued_on=telling.day(31),
    )
    telling.say(
        "anticipatory",
        SEEN,
        where_kept="Blue tin, top shelf of the pantry",
        who_has_key="No lock; Anna knows",
        chart_in_house=True,
        chart_signed_by=_DOCTOR,
        chart_valid_until=telling.day(-60),
        syringe_driver=False,
        checked_on=telling.day(31),
        checked_by=_NURSE,
    )
    for name, strength, months in (
        ("Morphine sulfate", "10 mg in 1 ml", 14),
        ("Midazolam", "10 mg in 2 ml", 9),
        ("Levomepromazine", "25 mg in 1 ml", 11),
        ("Glycopyrronium bromide", "200 micrograms in 1 ml", 16),
    ):
        telling.add(
            "medicine_stock",
            SEEN,
            name=coded(name),
            form="ampoules",
            strength=strength,
            quantity="5",
            expires_on=(telling.today + timedelta(days=30 * months)).isoformat()[:7],
            state="in_house",
        )
    telling.say(
        "pharmacy",
        JUDGED,
        name="Wharfe Pharmacy",
        phone="0113 496 0140",
        hours="Monday to Saturday, 9:00 to 18:00",
        out_of_hours="Bridge Street late pharmacy, 0113 496 0141, until midnight",
    )


def tell_care(telling: Telling) -> None:
    """What the co-ordinator arranged: the house, equipment, Fast Track, and what to do when things change."""
    telling.say(
        "circumstances", JUDGED, accommodation=coded("Owner occupier"), home_words="Cottage, bathroom downstairs."
    )
    telling.say(
        "home_access",
        JUDGED,
        entry="Back door, through the yard; knock and come in.",
        key_safe=True,
        key_safe_place="Left of the back door",
        key_safe_code="1941",
        parking="By the mill; the lane is narrow.",
        animals="A cat who thinks that she owns the chair.",
    )
    telling.add("adjustments", JUDGED, adjustment=coded("Large print"), detail="16 points, on cream paper.")
    for what, words in (("bed", "Profiling bed by the window"), ("commode", ""), ("mattress", "Air mattress")):
        telling.add(
            "equipment",
            SEEN,
            what=what,
            words=words,
            state="in_place",
            on=telling.day(26),
            supplier="Airedale equipment store",
            supplier_phone="0113 496 0145",
        )
    telling.add("strengths", JUDGED, strength=coded("Knows her own mind"), words="And says it.")
    nights = telling.add("needs", JUDGED, need=coded("The nights are long for Anna"), state="being_met")
    goal = telling.entries_of("goals")[0]
    telling.add(
        "actions",
        JUDGED,
        what=coded("Night sitter twice a week"),
        need=nights,
        who="Ali Reid",
        who_role="other",
        who_team="Hill Hospice",
        who_phone="0113 496 0199",
        when=telling.day(-2),
        status="under_way",
        review_on=telling.day(-21),
    )
    telling.add("goal_steps", JUDGED, step=coded("An afternoon out in the wheelchair"), goal=goal, state="in_progress")
    telling.add(
        "contingency",
        JUDGED,
        trigger=coded("More pain in the hip"),
        what_to_do="Ring the hospice line at any hour. The box is in the pantry.",
        call_name="Hill Hospice, day and night",
        call_role="palliative_nurse",
        call_phone="0113 496 0199",
        do_not="No 999 unless there has been a fall.",
        early_signs=coded("She stops humming"),
        agreed="person",
        review_on=telling.day(-30),
    )
    _fast_track(telling)
    telling.say("money", JUDGED, funding=coded("NHS Continuing Healthcare"), sr1="completed", sr1_on=telling.day(28))
    telling.say("other_plans", JUDGED, known="listed")
    telling.add(
        "plan_list",
        SEEN,
        kind="respect",
        owner="Dr A Khan",
        location="Yellow folder on the hall table",
        made_on=telling.day(31),
    )
    telling.add(
        "documents",
        SEEN,
        title="ReSPECT form, photographed",
        kind="respect",
        dated=telling.day(31),
        original="Yellow folder on the hall table",
        confidentiality="normal",
        filed_on=telling.day(24),
    )
    telling.add(
        "team_reviews",
        JUDGED,
        on=telling.day(24),
        attendees="Dr A Khan, Jo Okafor, Ali Reid",
        stage="green",
        discussed="Steady. Anna is tired at night.",
        decided="Fast Track for nights; the box is checked each month.",
        next_on=telling.day(-4),
    )
    telling.add(
        "tasks",
        JUDGED,
        what="Send the plan to out of hours again, with the new night number",
        owner="Ali Reid",
        team="Hill Hospice",
        due_on=telling.day(23),
        state="done",
        from_where="meeting",
        done_on=telling.day(23),
        done_by="Ali Reid",
    )


def _fast_track(telling: Telling) -> None:
    times: dict[str, Value] = {
        "signed_at": at(telling, 30, 11, 50), "sent_at": at(telling, 30, 12, 5), "received_at": at(telling, 30, 12, 40),
        "decided_at": at(telling, 29, 15), "started_at": at(telling, 28, 20),
    }  # fmt: skip
    telling.say_all("fast_track", times, JUDGED)
    telling.say(
        "fast_track",
        JUDGED,
        stage="package_started",
        sent_to="West Yorkshire continuing healthcare",
        received_by="Duty desk",
        decided_by="Duty nurse",
        package="A carer twice a day; a night sitter twice a week",
        step_down_on=telling.day(-60),
        clinician_name="Dr A Khan",
        clinician_role="consultant in palliative medicine",
        clinician_organisation="Hill Hospice",
        clinician_phone="0113 496 0199",
        deteriorating=True,
        reasons="In bed for more of each day; pain at night; her daughter alone with her.",
        needs_now="Anna, and a carer in the morning",
        needs_expected="Two people to turn her, nights too",
        completed_on=telling.day(30),
    )


def tell_last_visit(telling: Telling, anna: str) -> None:
    """What the nurse found on the last visit."""
    telling.add("akps", JUDGED, on=telling.day(7), score="50", by=_NURSE)
    telling.add("phase", JUDGED, on=telling.day(7), phase="deteriorating", by=_NURSE)
    scores: dict[str, Value] = {
        "pain": 2, "breathlessness": 1, "weakness": 3, "nausea": 0, "vomiting": 0, "appetite": 2, "constipation": 1,
        "mouth": 1, "drowsiness": 1, "mobility": 3, "anxious": 1, "family_anxious": 3, "depressed": 0, "at_peace": 1,
        "share_feelings": 0, "information": 0, "practical": 1,
    }  # fmt: skip
    asked = telling.add(
        "ipos",
        on=telling.day(7),
        version="patient_3_days",
        by=_NURSE,
        main_concerns="My hip at night. Anna not sleeping.",
        completed="with_staff",
    )
    telling.say_all("ipos", scores, entry=asked)
    telling.say("anticipatory", SEEN, checked_on=telling.day(7), checked_by=_NURSE)
    telling.still_so("anticipatory", "state", "where_kept", "chart_in_house")
    telling.add(
        "conversations",
        JUDGED,
        on=telling.day(7),
        place="home",
        kinds=["visit", "acp_with_carer"],
        by=_NURSE,
        present="Anna",
        contact=anna,
        discussed="The garden, the nights, and what she wants Anna to have.",
        not_discussed="The funeral: she has written it down already.",
        next="The sitter begins this week.",
    )
    telling.say(
        "after_death_wishes",
        funeral="The chapel on Mill Lane, “Dear Lord and Father of Mankind”, and no black.",
        funeral_director="Dawson and Sons, 0113 496 0148",
        who_tells="Anna tells them all. By telephone, not in writing.",
        keepsakes="The blue teapot is for Anna; the letters in the bureau have names on.",
        will="With the solicitor on Bridge Street.",
    )
