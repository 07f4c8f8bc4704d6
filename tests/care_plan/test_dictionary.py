"""Every item of the data dictionary is a field, of the class and with the family column that it has there."""

from __future__ import annotations

import re

import pytest

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.fields import Authorship, Field, Need, OnFamilyCopy, Section

# Copied by hand from the data dictionary: item, section, class (V C L F A), family column (Y N A), fields.
# Items that the program keeps itself and that are no fields: D-00.1 to D-00.4, D-01.7, D-06.7, D-11.6.
# An item without a number in the dictionary, which PRSB asks for, has that of its nearest neighbour.
DICTIONARY = """
D-00.5    plan_control         F Y  status
D-00.6    plan_control         F Y  review_date
D-00.7    plan_control         F Y  review_responsible
D-00.7    plan_control         F Y  review_role review_phone
D-00.8    plan_control         F N  last_mdt mdt_attendees rag
D-00.8    team_reviews         F N  on attendees stage discussed decided next_on
D-00.9    plan_control         V Y  agreed agreed_with agreed_on disagreement
D-00.9    plan_control         V Y  agreed_role
D-00.10   admissions           F N  date_in date_out site reason plan_seen
D-00.10   admissions           F N  avoidable
D-01.1    consent              L Y  to_record
D-01.2    consent              L Y  to_share
D-01.3    consent              L N  taken_by taken_on how
D-01.4    consent              L N  best_interests_basis
D-01.5    consent              V Y  share_with not_with
D-01.6    kept_back            V N  what what_words from_whom from_contact why
D-01.8    consent              L N  withdrawn_on recall
D-02.1    person               F Y  family_name given_names title
D-02.1    person               F Y  name_suffix
D-02.2    person               V Y  preferred_name
D-02.3    person               F Y  birth_date
D-02.4    person               F Y  nhs_number nhs_number_missing_reason
D-02.4    person               F Y  other_identifier
D-02.5    person               A N  nhs_number_status
D-02.6    person               F N  gender sex pronouns
D-02.6    person               F N  marital_status
D-02.7    person               V N  ethnic_category religion
D-02.8    person               F Y  address postcode address_kind address_restricted
D-02.8    other_addresses      F Y  kind address postcode from_date until_date
D-02.9    person               F N  current_location current_location_since
D-02.10   person               F Y  phone mobile email preferred_contact
D-02.10   other_ways           F Y  system value use rank words
D-02.11   person               F Y  language interpreter proficiency
D-02.12   person               F N  lives_alone lives_with
D-02.12   circumstances        F N  accommodation home_words social
D-03.1    communication_needs  V Y  asked needs format print_size translated_into
D-03.1    contacts             V Y  information_needs
D-03.2    communication_needs  F N  disabilities
D-03.2    communication_needs  F N  disabilities_words cognition mobility
D-03.3    communication_needs  F Y  reasonable_adjustments
D-03.3    communication_needs  F Y  other_requirements
D-03.3    adjustments          F Y  adjustment detail
D-03.4    communication_needs  V Y  how_i_communicate
D-04.1    about_me             V Y  most_important
D-04.1    about_me             V Y  important_people
D-04.2    about_me             V A  fears
D-04.3    about_me             V Y  strength
D-04.4    about_me             V A  critical_abilities
D-04.5    about_me             V A  trade_offs
D-04.6    about_me             V A  balance balance_words
D-04.7    about_me             V Y  good_day please_do please_dont
D-04.7    about_me             V Y  bad_day how_to_support also_worth_knowing
D-04.8    about_me             V Y  spiritual
D-04.9    goals                V Y  goal importance status what_helps
D-04.9    goals                V Y  outcome need
D-04.10   about_me             V N  information_preference who_else_to_tell
D-04.11   about_me             V N  support_style
D-04.12   about_me             A Y  written_with
D-04.12   about_me             A Y  written_on recording
D-04.13   about_me             V A  organ_donation
D-04.14   about_me             V Y  affairs
D-05.n.1  commitments          F Y  state state_reason
D-05.n.2  commitment_evidence  F N  on by with_whom what code
D-05.n.3  commitments          V Y  verdict verdict_words
D-05.n.4  commitments          F Y  next_action next_action_owner next_action_due
D-06.0    compact              A N  asked_on asked_by answered_by language
D-06.2a-c compact              V Y  q2_well q2_ill q2_team
D-06.5    next_steps           F Y  what who by_when state
D-06.6    next_contacts        F Y  on window with_whom how state
D-06.m    compact              F N  q1_mirror q2_mirror q3_mirror q4_mirror q5_mirror q6_mirror q7_mirror
D-06.q.1  compact              V Y  q1 q2 q3 q4 q5 q6 q7
D-06.q.2  compact              V Y  q1_words q2_words q3_words q4_words q5_words q6_words q7_words
D-07.1    carer                F Y  has_carer carer
D-07.2    contacts             F Y  name relationship roles phone phone_other email holds_key call_when call_at_night
D-07.2    contacts             F Y  kin notes
D-07.3    contacts             V N  involvement involvement_topics
D-07.4    contacts             F N  aware_diagnosis aware_prognosis aware_cpr
D-07.5    carer                V A  assessment strain strain_words night_cover if_carer_ill
D-07.6    key_people           F Y  key_worker_name key_worker_role key_worker_phone key_worker_hours key_worker_deputy
D-07.7    key_people           F Y  gp_name gp_practice gp_practice_ods gp_practice_phone
D-07.8    care_team            F Y  name group organisation phone_day phone_night from_date until_date
D-07.8    care_team            F Y  key_worker team email
D-07.8    care_team            F Y  speciality grade number
D-07.9    who_to_call          F Y  situation when hours_from hours_to first_call_name first_call_phone
D-07.9    who_to_call          F Y  if_no_answer_name if_no_answer_phone
D-07.10   call_card            F N  read_back_on read_back_with read_back_by
D-07.11   household            F N  name who age support
D-08.1    capacity             C N  about decision outcome assessed_by assessed_on form_location
D-08.2    advance_refusal      L A  exists refuses_life_sustaining
D-08.3    advance_refusal      L N  made_on refused treatments circumstances written signed witnessed
D-08.3    advance_refusal      L N  even_if_life_at_risk adult_with_capacity
D-08.4    advance_refusal      L Y  location seen_by
D-08.5    attorneys            L Y  name kind acts phone phone_other contact
D-08.5    parental_responsibility L Y name relationship phone
D-08.6    attorneys            L N  authority
D-08.7    attorneys            L N  made_on registered opg_reference seen_by activated
D-08.7    attorneys            L N  location
D-08.7    parental_responsibility L N basis agrees location seen_by contact
D-08.8    other_legal          L N  property_lpa property_attorneys
D-08.8    other_legal          L N  property_phone property_location
D-08.9    other_legal          L N  deputy deputy_details imca imca_details
D-08.9    other_legal          L N  child_decides child_consent child_consent_location
D-08.10   other_legal          V Y  advance_statement advance_statement_on advance_statement_text
D-08.10   other_legal          V Y  advance_statement_location
D-08.11   other_legal          L N  dols dols_until
D-09.1    diagnosis            C A  primary description diagnosed_on diagnosed_by
D-09.2    problems             C N  problem onset ended_on state stage comment
D-09.2    devices              C N  kind device since looked_after_by comment
D-09.3    allergies            C Y  status last_checked checked_with
D-09.3    allergy              C Y  substance reaction kind severity when certainty
D-09.3    allergy              C Y  reaction_kind product route evidence first_experienced ended_on comment
D-09.4    prognosis            C N  band words judged_by judged_on
D-09.5    understanding        V N  person_words aware family_words talked_about
D-09.6    akps                 C N  on score by comment
D-09.7    phase                C N  on phase by
D-09.8    ipos                 V N  on version by main_concerns pain breathlessness weakness nausea vomiting
D-09.8    ipos                 V N  appetite constipation mouth drowsiness mobility anxious family_anxious
D-09.8    ipos                 V N  depressed at_peace share_feelings information practical other_1 other_1_score
D-09.8    ipos                 V N  other_2 other_2_score other_3 other_3_score completed
D-09.9    frailty              C N  on scale cfs efi efi_band by
D-09.10   register             C N  on_register registered_on register_words tools tool_on tool_by tool_result
D-09.10   register             C N  surprise_question
D-09.11   dying                C N  recognised_on recognised_time recognised_by person_told told_to reversible
D-10.1    cpr                  C A  decision
D-10.1    cpr                  C A  decision_words
D-10.1    expected_death       C A  not_999
D-10.2    cpr                  C A  decided_at decided_time review_on no_review
D-10.2    cpr                  C A  review_by
D-10.3    cpr                  C N  decided_by_name decided_by_role decided_by_number senior_clinician
D-10.4    cpr                  C N  reason
D-10.5    cpr                  C N  person_involved person_not_involved_reason capacity_then
D-10.6    cpr                  C N  family_informed not_aware
D-10.6    cpr                  C N  involved_words involved_contact involved_professional
D-10.7    cpr                  F Y  form_location
D-10.8    respect              C Y  exists location
D-10.8    respect              C N  version made_on cpr_recommendation focus senior_clinician confirmed_on
D-10.9    escalation           C A  situation treatment action words decided_by decided_on decided_with consulted
D-10.10   conveyance           C A  to_hospital go_for avoid_unless decided_by decided_on
D-10.11   conveyance           C N  icd_present icd_state icd_state_on
D-11.1    places               V Y  preferred_care preferred_care_words
D-11.2    places               V A  preferred_death preferred_death_name preferred_death_address is_usual_residence
D-11.2    places               V A  preferred_death_words
D-11.3    places               V A  second_choice second_choice_name second_choice_address second_is_usual_residence
D-11.4    places               V A  strength what_would_change_it
D-11.5    place_needs          F Y  what state who by_when
D-11.7    death                F N  place place_name
D-11.7    death                F N  usual_residence who_was_there
D-11.8    death                F N  preferred_achieved reason_not reason_words
D-11.8    looking_back         F N  wish wish_words kept reasons words learning said_by
D-12.1    anticipatory         C Y  state statement issued_on
D-12.2    anticipatory         F Y  where_kept who_has_key
D-12.3    anticipatory         F N  checked_on checked_by
D-12.3    medicine_stock       F N  name form strength quantity expires_on batch state
D-12.4    anticipatory         F N  chart_in_house chart_signed_by chart_valid_until syringe_driver
D-12.5    medicines_summary    C A  status source source_on summary
D-12.5    medicines            C A  name form route site method dose_amount dose_timing dose_duration directions
D-12.5    medicines            C A  daily_total instructions over_the_counter status indication started_on ends_on
D-12.5    medicines            C A  changed_on change change_reason comment
D-12.5    medicines            C A  problem
D-12.5    stopped_medicines    C A  name status reason on comment
D-12.6    equipment            F Y  what words state on supplier supplier_phone
D-12.7    home_access          F N  entry key_safe key_safe_place key_safe_code parking animals stairs safety
D-12.8    pharmacy             F Y  name phone hours out_of_hours
D-13.1    strengths            F Y  strength words
D-13.1    needs                F Y  need words state since
D-13.2    tasks                F Y  what owner team due_on state from_where done_on done_by comment
D-13.2    actions              F Y  what need goal who who_role who_team who_phone when how_often strategies
D-13.2    actions              F Y  status status_words confidence review_on
D-13.2    goal_steps           F Y  step goal outcome state
D-13.3    contingency          F Y  trigger what_to_do call_name call_role call_phone do_not early_signs coping
D-13.3    contingency          F Y  coping_from coping_until name agreed agreed_with agreed_role review_on
D-13.3    contingency          F Y  review_by
D-13.4    fast_track           F A  stage signed_at sent_at sent_to received_at received_by decided_at decided_by
D-13.4    fast_track           F A  started_at package problem problem_words step_down_on
D-13.5    fast_track           A N  clinician_name clinician_role clinician_number clinician_organisation
D-13.5    fast_track           A N  clinician_phone clinician_email deteriorating reasons needs_now needs_expected
D-13.5    fast_track           A N  completed_on
D-13.6    money                F A  funding budget budget_words
D-13.7    money                F Y  sr1 sr1_on benefits attendance_allowance carers_allowance blue_badge
D-13.8    other_plans          F Y  known words
D-13.8    plan_list            F Y  kind name owner location made_on contents review_on review_by
D-14.1    documents            F A  title kind dated original
D-14.1    documents            F A  name confidentiality service made_by shows taken_on identifier filed_by
D-14.1    documents            F A  filed_on comment
D-14.1    documents            A A  media_type size sha256
D-14.2    paper_copies         A N  name document code how made_at version readers says form
D-14.2    paper_copies         F N  given_to given_to_words kept_where state state_words
D-15.1    last_days            F Y  communicate involve support food_and_drink symptoms mouth_care
D-15.1    last_days            F Y  skin_and_position mind spiritual who_present observations agreed_with
D-15.1    last_days            F Y  looked_at_on
D-15.2    expected_death       C Y  expected statement recorded_by recorded_on may_verify call_name call_phone
D-15.2    expected_death       C Y  doctor_will_certify last_seen_by_doctor
D-15.3    after_death_wishes   V Y  funeral funeral_director faith_timing who_tells body keepsakes will equipment
D-15.4    death                F N  died_on died_time verified_by
D-15.4    death                F N  verified_on verified_time
D-15.5    certification        F N  state doctor examiner coroner coroner_reason issued_on notes
D-15.6    closure              F N  what words state owner done_on done_by witness
D-15.7    bereavement          F N  contact name phone consent offer concern follow_up_by follow_up_on state notes
D-16.1    speak_up             V N  on raised_by raised_by_name principle what response responder state closed_on
D-16.1    speak_up             V N  content
D-16.2    disagreements        V N  on about between person_says others_say handling lead state settled_on
D-16.3    alerts               F N  kind alert since raised_by review_on
D-16.4    conversations        F N  on at place kinds by professional present contact discussed not_discussed next
"""

CLASSES = {
    "V": Authorship.VOICE,
    "C": Authorship.DECISION,
    "L": Authorship.LEGAL,
    "F": Authorship.FACT,
    "A": Authorship.AUTOMATIC,
}
FAMILY = {"Y": OnFamilyCopy.YES, "N": OnFamilyCopy.NO, "A": OnFamilyCopy.ASK}

# The dictionary calls these automatic; a person types them, so they are facts with an author (see the sections).
TYPED = {"D-04.12", "D-06.0", "D-13.5"}
# The paper-copy register: what was printed is kept by the program, what became of the page is typed.
TYPED_IN_PART = {"paper_copies": {"given_to", "given_to_words", "kept_where", "state", "state_words"}}
# Stricter than the dictionary: kept off the family's copy although its number may stand there. That an address is
# confidential is itself confidential; other addresses and numbers may be; comments on a contact, staff tasks and
# registration numbers are the team's own; and a link to a problem would print what is kept for staff.
STRICTER = {
    "person.address_restricted",
    *(f"other_addresses.{key}" for key in ("kind", "address", "postcode", "from_date", "until_date")),
    *(f"other_ways.{key}" for key in ("system", "value", "use", "rank", "words")),
    *(f"contacts.{key}" for key in ("kin", "notes")),
    *(f"care_team.{key}" for key in ("speciality", "grade", "number")),
    *(f"tasks.{f.key}" for f in built_in()["tasks"].fields),
    *(
        f"documents.{f.key}"
        for f in built_in()["documents"].fields
        if f.key not in ("title", "kind", "dated", "original")
    ),
    "medicines.problem",
}


def listed() -> set[tuple[str, str]]:
    lines = [line.split() for line in DICTIONARY.strip().splitlines()]
    return {(section, key) for _item, section, _class, _family, *keys in lines for key in keys}


def every_field() -> list[tuple[Section, Field]]:
    return [(section, field) for section in built_in() for field in section.fields]


@pytest.mark.parametrize("line", DICTIONARY.strip().splitlines())
def test_the_item_is_a_field_of_its_class(line: str) -> None:
    item, section, item_class, family, *keys = line.split()
    for key in keys:
        field = built_in()[section][key]
        assert field.standard == item
        typed = item in TYPED or key in TYPED_IN_PART.get(section, ())
        assert field.authorship is (Authorship.FACT if typed else CLASSES[item_class])
        assert field.family is (OnFamilyCopy.NO if f"{section}.{key}" in STRICTER else FAMILY[family])


def test_every_field_stands_in_the_dictionary() -> None:
    assert {(section.key, field.key) for section, field in every_field()} - listed() == set()


def test_standards_look_like_items_of_the_dictionary() -> None:
    assert [f.standard for _s, f in every_field() if not re.fullmatch(r"D-\d\d\.[\dnqma.\-c]+", f.standard)] == []


def test_the_minimum_for_sharing_is_the_dictionary_s() -> None:
    """The list at the end of §3."""
    minimum = {
        "plan_control.review_date", "plan_control.review_responsible",
        "consent.to_record", "consent.to_share",
        "person.family_name", "person.given_names", "person.birth_date", "person.nhs_number",
        "person.address", "person.postcode",
        "communication_needs.asked", "about_me.most_important", "commitments.state",
        "carer.has_carer", "key_people.key_worker_name", "key_people.key_worker_phone",
        "key_people.gp_name", "key_people.gp_practice",
        "who_to_call.situation", "who_to_call.first_call_name", "who_to_call.first_call_phone",
        "cpr.decision", "places.preferred_death", "diagnosis.primary", "other_plans.known",
    }  # fmt: skip
    assert {f"{s.key}.{f.key}" for s, f in every_field() if f.need is Need.READY} == minimum
