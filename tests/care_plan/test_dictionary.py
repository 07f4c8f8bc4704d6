"""Every item of the data dictionary is a field, of the class and with the family column that it has there."""

from __future__ import annotations

import re

import pytest

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.fields import Authorship, Field, Need, OnFamilyCopy, Section

# Copied by hand from the data dictionary: item, section, class (V C L F A), family column (Y N A), fields.
# Items that the program keeps itself and that are no fields: D-00.1 to D-00.4, D-01.7, D-06.7, D-11.6.
DICTIONARY = """
D-00.5    plan_control         F Y  status
D-00.6    plan_control         F Y  review_date
D-00.7    plan_control         F Y  review_responsible
D-00.8    plan_control         F N  last_mdt mdt_attendees rag
D-00.9    plan_control         V Y  agreed agreed_with agreed_on disagreement
D-00.10   admissions           F N  date_in date_out site reason plan_seen
D-01.1    consent              L Y  to_record
D-01.2    consent              L Y  to_share
D-01.3    consent              L N  taken_by taken_on how
D-01.4    consent              L N  best_interests_basis
D-01.5    consent              V Y  share_with not_with
D-01.6    kept_back            V N  what what_words from_whom from_contact why
D-01.8    consent              L N  withdrawn_on recall
D-02.1    person               F Y  family_name given_names title
D-02.2    person               V Y  preferred_name
D-02.3    person               F Y  birth_date
D-02.4    person               F Y  nhs_number nhs_number_missing_reason
D-02.5    person               A N  nhs_number_status
D-02.6    person               F N  gender sex pronouns
D-02.7    person               V N  ethnic_category religion
D-02.8    person               F Y  address postcode address_kind address_restricted
D-02.9    person               F N  current_location current_location_since
D-02.10   person               F Y  phone mobile email preferred_contact
D-02.11   person               F Y  language interpreter proficiency
D-02.12   person               F N  lives_alone lives_with
D-03.1    communication_needs  V Y  asked needs format print_size translated_into
D-03.1    contacts             V Y  information_needs
D-03.2    communication_needs  F N  disabilities
D-03.3    communication_needs  F Y  reasonable_adjustments
D-03.4    communication_needs  V Y  how_i_communicate
D-04.1    about_me             V Y  most_important
D-04.2    about_me             V A  fears
D-04.3    about_me             V Y  strength
D-04.4    about_me             V A  critical_abilities
D-04.5    about_me             V A  trade_offs
D-04.6    about_me             V A  balance balance_words
D-04.7    about_me             V Y  good_day please_do please_dont
D-04.8    about_me             V Y  spiritual
D-04.9    goals                V Y  goal importance status what_helps
D-04.10   about_me             V N  information_preference who_else_to_tell
D-04.11   about_me             V N  support_style
D-04.12   about_me             A Y  written_with
D-04.13   about_me             V A  organ_donation
D-04.14   about_me             V Y  affairs
D-05.n.1  commitments          F Y  state state_reason
D-05.n.2  commitment_evidence  F N  on by with_whom what code
D-05.n.3  commitments          V Y  verdict verdict_words
D-05.n.4  commitments          F Y  next_action next_action_owner next_action_due
D-06.0    compact              A N  asked_on asked_by answered_by language
D-06.q.1  compact              V Y  q1 q2 q3 q4 q5 q6 q7
D-06.q.2  compact              V Y  q1_words q2_words q3_words q4_words q5_words q6_words q7_words
D-06.2a-c compact              V Y  q2_well q2_ill q2_team
D-06.5    next_steps           F Y  what who by_when state
D-06.6    next_contacts        F Y  on window with_whom how state
D-06.m    compact              F N  q1_mirror q2_mirror q3_mirror q4_mirror q5_mirror q6_mirror q7_mirror
D-07.1    carer                F Y  has_carer carer
D-07.2    contacts             F Y  name relationship roles phone phone_other email holds_key call_when call_at_night
D-07.3    contacts             V N  involvement involvement_topics
D-07.4    contacts             F N  aware_diagnosis aware_prognosis aware_cpr
D-07.5    carer                V A  assessment strain strain_words night_cover if_carer_ill
D-07.6    key_people           F Y  key_worker_name key_worker_role key_worker_phone key_worker_hours key_worker_deputy
D-07.7    key_people           F Y  gp_name gp_practice gp_practice_ods gp_practice_phone
D-07.8    care_team            F Y  name group organisation phone_day phone_night from_date until_date
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
D-08.6    attorneys            L N  authority
D-08.7    attorneys            L N  made_on registered opg_reference seen_by activated
D-08.8    other_legal          L N  property_lpa property_attorneys
D-08.9    other_legal          L N  deputy deputy_details imca imca_details
D-08.10   other_legal          V Y  advance_statement advance_statement_on advance_statement_text
D-08.10   other_legal          V Y  advance_statement_location
D-08.11   other_legal          L N  dols dols_until
D-09.3    allergies            C Y  status last_checked checked_with
D-09.3    allergy              C Y  substance reaction kind severity when certainty
D-10.1    cpr                  C A  decision
D-10.2    cpr                  C A  decided_at decided_time review_on no_review
D-10.3    cpr                  C N  decided_by_name decided_by_role decided_by_number senior_clinician
D-10.4    cpr                  C N  reason
D-10.5    cpr                  C N  person_involved person_not_involved_reason capacity_then
D-10.6    cpr                  C N  family_informed not_aware
D-10.7    cpr                  F Y  form_location
D-10.8    respect              C Y  exists location
D-10.8    respect              C N  version made_on cpr_recommendation focus senior_clinician confirmed_on
D-10.9    escalation           C A  situation treatment action words decided_by decided_on decided_with
D-10.10   conveyance           C A  to_hospital go_for avoid_unless decided_by decided_on
D-10.11   conveyance           C N  icd_present icd_state icd_state_on
D-11.1    places               V Y  preferred_care preferred_care_words
D-11.2    places               V A  preferred_death preferred_death_name preferred_death_address is_usual_residence
D-11.3    places               V A  second_choice second_choice_name second_choice_address second_is_usual_residence
D-11.4    places               V A  strength what_would_change_it
D-11.5    place_needs          F Y  what state who by_when
D-11.7    death                F N  place place_name
D-11.8    death                F N  preferred_achieved reason_not reason_words
D-14.2    paper_copies         A N  name document code how made_at version readers says form
D-14.2    paper_copies         F N  given_to given_to_words kept_where state state_words
D-15.4    death                F N  died_on died_time verified_by
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
TYPED = {"D-04.12", "D-06.0"}
# Stricter than the dictionary: that an address is confidential is itself confidential.
STRICTER = {"person.address_restricted"}


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
        assert field.authorship is (Authorship.FACT if item in TYPED else CLASSES[item_class])
        assert field.family is (OnFamilyCopy.NO if f"{section}.{key}" in STRICTER else FAMILY[family])


def test_every_field_stands_in_the_dictionary() -> None:
    assert {(section.key, field.key) for section, field in every_field()} - listed() == set()


def test_standards_look_like_items_of_the_dictionary() -> None:
    assert [f.standard for _s, f in every_field() if not re.fullmatch(r"D-\d\d\.[\dnqma.\-c]+", f.standard)] == []


def test_the_minimum_for_sharing_is_the_dictionary_s() -> None:
    """The list at the end of §3, less D-09.1 (diagnosis) and D-13.8 (other plans), whose sections come later."""
    minimum = {
        "plan_control.review_date", "plan_control.review_responsible",
        "consent.to_record", "consent.to_share",
        "person.family_name", "person.given_names", "person.birth_date", "person.nhs_number",
        "person.address", "person.postcode",
        "communication_needs.asked", "about_me.most_important", "commitments.state",
        "carer.has_carer", "key_people.key_worker_name", "key_people.key_worker_phone",
        "key_people.gp_name", "key_people.gp_practice",
        "who_to_call.situation", "who_to_call.first_call_name", "who_to_call.first_call_phone",
        "cpr.decision", "places.preferred_death",
    }  # fmt: skip
    assert {f"{s.key}.{f.key}" for s, f in every_field() if f.need is Need.READY} == minimum
