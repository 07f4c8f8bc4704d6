"""Peggy's decisions and arrangements: CPR, her attorney, what to give and avoid, whom to call, the promises kept."""

from __future__ import annotations

from eolc_desktop.services.invented.telling import JUDGED, SEEN, Telling

_HOSPICE, _HOSPICE_LINE = "Hill Hospice, day and night", "0113 496 0199"
_OUT_OF_HOURS = "Out of hours (111, option for the palliative line)"


def tell_decisions(telling: Telling, anna: str) -> None:
    """What was decided with her and Anna, and where the forms are. `anna` is the entry of her daughter."""
    telling.say(
        "cpr",
        JUDGED,
        decision="not_for",
        decided_at=telling.day(31),
        decided_time="11:15",
        no_review=True,
        decided_by_name="Dr A Khan",
        decided_by_role="consultant in palliative medicine",
        senior_clinician="Dr A Khan, consultant in palliative medicine",
        reason="Her own wish, after a full conversation. CPR would be unlikely to work.",
        person_involved="yes",
        capacity_then="has",
        family_informed=["family_discussed", "attorney_agreed"],
        form_location="Yellow folder on the hall table",
    )
    telling.say(
        "respect",
        SEEN,
        exists="yes",
        location="Yellow folder on the hall table",
        version="3",
        made_on=telling.day(31),
        cpr_recommendation="attempts_not_recommended",
        focus="comfort",
        senior_clinician="Dr A Khan",
    )
    telling.add(
        "escalation",
        JUDGED,
        situation="Chest infection",
        treatment="oral_antibiotics",
        action="do",
        words="By mouth, at home. Not penicillin: she is allergic.",
        decided_by="Dr A Khan, consultant",
        decided_on=telling.day(31),
        decided_with="person",
    )
    telling.add(
        "escalation",
        JUDGED,
        situation="A fall with a suspected fracture",
        treatment="hospital",
        action="do",
        words="Go in, be treated, come home.",
        decided_by="Dr A Khan, consultant",
        decided_on=telling.day(31),
        decided_with="person",
    )
    telling.say(
        "conveyance",
        JUDGED,
        to_hospital="avoid_unless",
        avoid_unless="Stay at home. Hospital only for a fracture, or bleeding that cannot be stopped at home.",
        decided_by="Dr A Khan, consultant in palliative medicine",
        decided_on=telling.day(31),
        icd_present=False,
    )
    telling.say("advance_refusal", exists="no")
    telling.add(
        "attorneys",
        SEEN,
        name="Anna Smith",
        kind="attorney",
        acts="alone",
        phone="07700 900199",
        contact=anna,
        authority="with_life_sustaining",
        made_on=f"{telling.today.year - 3}-06-14",
        registered=True,
        opg_reference="700099900018",
        seen_by="Dr A Khan, consultant in palliative medicine",
        activated=False,
    )
    telling.say(
        "other_legal",
        advance_statement="yes",
        advance_statement_on=telling.day(71),
        advance_statement_text="Radio 3, the window open, Anna told first. No television in the room.",
        advance_statement_location="Yellow folder on the hall table",
        property_lpa="yes",
        property_attorneys="Anna Smith",
        deputy=False,
    )
    telling.say("contacts", entry=anna, aware_cpr="aware")


def tell_arrangements(telling: Telling) -> None:
    """Whom to call, what is in place, and how the six promises stand."""
    for situation, when in (
        ("Pain that does not settle", []),
        ("Fighting for breath", []),
        ("A fall, without a broken bone", []),
        ("Worried, and it can wait until morning", ["weekday"]),
    ):
        by_day = bool(when)
        telling.add(
            "who_to_call",
            JUDGED,
            situation=situation,
            when=list(when),
            first_call_name="Jo Okafor, district nurse" if by_day else _HOSPICE,
            first_call_phone="0113 496 0150" if by_day else _HOSPICE_LINE,
            if_no_answer_name=_HOSPICE if by_day else _OUT_OF_HOURS,
            if_no_answer_phone=_HOSPICE_LINE if by_day else "111",
        )
    telling.say(
        "call_card", JUDGED, read_back_on=telling.day(24), read_back_with="Peggy and Anna", read_back_by="Ali Reid"
    )
    telling.add(
        "care_team",
        JUDGED,
        name="Petra Novák",
        group="palliative_nurse",
        organisation="Dale General Hospital",
        phone_day="0113 496 0180",
        from_date=telling.day(60),
    )
    telling.add(
        "care_team",
        JUDGED,
        name="Airedale night service",
        group="night_sitter",
        phone_day="0113 496 0151",
        phone_night="0113 496 0151",
        from_date=telling.day(24),
    )
    for what, state, days in (
        ("Hospital bed by the bedroom window", "in_place", None),
        ("Medicines in the house for a weekend", "in_place", None),
        ("Night sitter, two nights a week", "arranged", 2),
    ):
        telling.add(
            "place_needs",
            JUDGED,
            what=what,
            state=state,
            who="Ali Reid",
            by_when=telling.day(-days) if days is not None else None,
        )
    evidence = {
        "1": (
            "eol_planning_discussed",
            "Talked for an hour at the kitchen table. She asked for the truth and had it.",
            71,
        ),
        "2": ("written_information", "Gave the hospice leaflet in large print and went through it.", 31),
        "3": ("plan_agreed", "Plan read back to her; she changed two words.", 24),
        "4": (
            "shared_with_out_of_hours",
            "Sent to the out-of-hours service, and rang to hear that it had arrived.",
            24,
        ),
        "6": ("copy_given", "Card put on the fridge and read back with Anna.", 24),
    }
    for commitment, (code, what, days_ago) in evidence.items():
        telling.say("commitments", JUDGED, commitment, state="met")
        telling.add(
            "commitment_evidence",
            JUDGED,
            commitment,
            on=telling.day(days_ago),
            by="Jo Okafor, district nurse",
            with_whom="Peggy and Anna",
            what=what,
            code=code,
        )
    telling.say(
        "commitments",
        JUDGED,
        "5",
        state="partly",
        next_action="Ask Peggy what her brother may know",
        next_action_owner="Jo Okafor",
        next_action_due=telling.day(-7),
    )
    telling.say(
        "plan_control",
        JUDGED,
        status="agreed",
        review_date=telling.day(-7),
        review_responsible="Jo Okafor, district nurse",
        last_mdt=telling.day(24),
        mdt_attendees="Dr A Khan, Jo Okafor, Ali Reid, Petra Novák",
        rag="amber",
    )
    telling.say("plan_control", agreed="yes", agreed_with="Peggy, with Anna", agreed_on=telling.day(24))
