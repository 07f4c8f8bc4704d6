"""What belongs on a document at all, whoever reads it: by section, and by number in the data dictionary.

Numbers make a scope cover sections that are added later; an organisation's own forms have none and go with what
takes everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from eolc_desktop.care_plan.fields import Field, Section
from eolc_desktop.care_plan.keeping_back import has_number


class Holder(StrEnum):
    """In whose hands the paper is, which decides the rules that the filter follows."""

    FAMILY = "family"  # the person, and whom they show it to
    HOUSE = "house"  # lies in the house for crews and nurses: anybody in the house may read it
    PROFESSIONALS = "professionals"  # handed from one professional to another, never left in the house


@dataclass(frozen=True, slots=True)
class Scope:
    """What a document is about.

    `numbers` of the data dictionary that belong on it ("D-10" takes in D-10.1 to D-10.11), or None for all; `without`
    names items ("section.field") or sections that are left to another document, to keep this one short.
    """

    holder: Holder
    numbers: tuple[str, ...] | None = None
    without: frozenset[str] = frozenset()
    never: tuple[str, ...] = ()

    def takes(self, field: Field) -> bool:
        """Whether an item belongs on the document."""
        if self.numbers is not None and not has_number(field, self.numbers):
            return False
        return not has_number(field, self.never)

    def is_left_to_another(self, section: Section, field: Field) -> bool:
        """Whether an item that belongs on the document is left out to keep it short."""
        return section.key in self.without or f"{section.key}.{field.key}" in self.without


IDENTITY = ("D-02.1", "D-02.3", "D-02.4")
_BESIDE_IDENTITY = frozenset({"person.name_suffix", "person.other_identifier", "person.nhs_number_missing_reason"})
"""What the numbers of the identity take in, and a short document does not need."""
FAMILY_ALL = Scope(Holder.FAMILY)
FAMILY_WHOLE = Scope(Holder.FAMILY, without=frozenset({"commitments", "compact"}))
FAMILY_SHORT = Scope(
    Holder.FAMILY,
    without=frozenset(
        {
            # Documents of their own, or matters for a quiet hour
            "commitments", "compact", "last_days", "expected_death", "after_death_wishes", "money", "strengths",
            "needs", "actions", "goal_steps", "documents", "medicines", "stopped_medicines", "medicines_summary",
            "person.nhs_number_missing_reason", "person.address_kind", "person.email", "person.preferred_contact",
            "person.proficiency", "person.other_identifier", "person.name_suffix",
            "communication_needs.asked", "communication_needs.format", "communication_needs.print_size",
            "consent.to_record",
            "plan_control.status", "plan_control.agreed_with", "plan_control.agreed_on", "plan_control.agreed_role",
            "plan_control.review_role",
            "about_me.affairs", "about_me.written_on", "about_me.written_with", "about_me.recording",
            "goals.importance", "goals.status", "goals.outcome", "goals.need",
            "contacts.email", "contacts.information_needs",
            "key_people.gp_practice_ods",
            "care_team.from_date", "care_team.until_date", "care_team.email", "care_team.team", "care_team.key_worker",
            "allergies.last_checked", "allergies.checked_with", "allergy.kind", "allergy.when", "allergy.certainty",
            "allergy.product", "allergy.route", "allergy.evidence", "allergy.first_experienced", "allergy.ended_on",
            "allergy.comment", "allergy.reaction_kind",
            "respect.exists", "attorneys.acts", "attorneys.contact", "attorneys.kind",
            "other_legal.advance_statement_on",
            "escalation.decided_by", "escalation.decided_on", "escalation.decided_with", "conveyance.decided_by",
            "conveyance.decided_on", "cpr.decided_time", "cpr.no_review", "cpr.review_by",
            "places.is_usual_residence", "places.second_is_usual_residence",
            "carer.assessment", "carer.strain", "carer.strain_words",
            "diagnosis.diagnosed_on", "diagnosis.diagnosed_by",
            "anticipatory.issued_on",
            "contingency.coping_from", "contingency.coping_until", "contingency.agreed", "contingency.agreed_with",
            "contingency.agreed_role", "contingency.review_on", "contingency.review_by", "contingency.name",
            "plan_list.made_on", "plan_list.contents", "plan_list.review_on", "plan_list.review_by",
            "equipment.on", "equipment.supplier",
        }
    ),
)  # fmt: skip
CALL_CARD = Scope(Holder.FAMILY, numbers=(*IDENTITY, "D-07.9", "D-07.6"), without=_BESIDE_IDENTITY)
PROMISES = Scope(Holder.FAMILY, numbers=(*IDENTITY, "D-02.2", "D-05"), without=_BESIDE_IDENTITY)
COMPACT = Scope(Holder.FAMILY, numbers=(*IDENTITY, "D-02.2", "D-06"), without=_BESIDE_IDENTITY)
LAST_DAYS = Scope(
    Holder.FAMILY,
    numbers=(*IDENTITY, "D-02.2", "D-15.1", "D-15.2", "D-15.3", "D-04.8", "D-04.13", "D-04.14", "D-07.2", "D-07.6",
             "D-07.7", "D-07.9", "D-10.7", "D-10.8", "D-12.1", "D-12.2"),
    without=_BESIDE_IDENTITY,
)  # fmt: skip
EMERGENCY = Scope(
    Holder.HOUSE,
    numbers=(*IDENTITY, "D-02.2", "D-02.11", "D-03.1", "D-03.3", "D-03.4", "D-07.2", "D-07.6", "D-07.9",
             "D-08.2", "D-08.4", "D-08.5", "D-08.6", "D-09.1", "D-09.3", "D-10.1", "D-10.2", "D-10.3", "D-10.7",
             "D-10.8", "D-10.9", "D-10.10", "D-10.11", "D-11.1", "D-11.2", "D-12.1", "D-12.2", "D-12.4", "D-12.7",
             "D-13.3"),
    without=_BESIDE_IDENTITY | frozenset({
        "person.proficiency",
        "communication_needs.asked", "communication_needs.format", "communication_needs.print_size",
        "communication_needs.translated_into", "communication_needs.other_requirements",
        "contacts.email", "contacts.information_needs", "contacts.kin", "contacts.notes", "contacts.roles",
        "contacts.call_at_night", "key_people.key_worker_deputy", "key_people.key_worker_role",
        "cpr.decided_by_number", "cpr.decided_time", "cpr.no_review", "cpr.decided_by_role", "cpr.senior_clinician",
        "cpr.review_by", "escalation.decided_by", "escalation.decided_on", "escalation.decided_with",
        "conveyance.decided_by", "conveyance.decided_on", "conveyance.icd_state_on",
        "respect.version", "respect.senior_clinician", "respect.exists", "respect.focus", "respect.confirmed_on",
        "advance_refusal.seen_by", "attorneys.acts", "attorneys.contact", "attorneys.kind",
        "allergies.checked_with", "allergies.last_checked", "allergy.when", "allergy.kind", "allergy.certainty",
        "allergy.product", "allergy.route", "allergy.evidence", "allergy.first_experienced", "allergy.ended_on",
        "allergy.comment", "allergy.reaction_kind",
        "places.preferred_death_address", "places.is_usual_residence",
        "diagnosis.description", "diagnosis.diagnosed_on", "diagnosis.diagnosed_by",
        "anticipatory.issued_on", "anticipatory.statement",
        "contingency.coping", "contingency.early_signs", "contingency.coping_from", "contingency.coping_until",
        "contingency.agreed", "contingency.agreed_with", "contingency.agreed_role", "contingency.review_on",
        "contingency.review_by", "contingency.name", "contingency.call_role",
    }),
)  # fmt: skip
HOME_SHEET = Scope(
    Holder.HOUSE,
    numbers=(*IDENTITY, "D-02.2", "D-07.9", "D-09.3", "D-11.5", "D-12"),
    without=_BESIDE_IDENTITY,
    never=("D-12.5",),
)
HANDOVER = Scope(
    Holder.PROFESSIONALS,
    without=frozenset(
        {"compact", "commitments", "commitment_evidence", "call_card", "conversations", "tasks", "documents",
         "looking_back", "closure", "certification", "speak_up"}
    ),
    never=("D-15.7", "D-01.6"),
)  # fmt: skip
FAST_TRACK = Scope(
    Holder.PROFESSIONALS,
    numbers=("D-02.1", "D-02.3", "D-02.4", "D-02.6", "D-02.8", "D-02.9", "D-02.10", "D-02.11", "D-07.1", "D-07.2",
             "D-07.3", "D-07.6", "D-07.7", "D-07.8", "D-08.5", "D-09.1", "D-09.2", "D-09.4", "D-09.6", "D-09.7",
             "D-09.11", "D-11.1", "D-11.5", "D-12.6", "D-13.1", "D-13.4", "D-13.5"),
    without=frozenset({
        "person.name_suffix", "person.email", "person.preferred_contact", "person.proficiency",
        "person.nhs_number_status", "person.marital_status", "person.pronouns", "person.sex",
        "other_addresses", "other_ways", "contacts.email", "contacts.information_needs", "contacts.notes",
        "contacts.call_when", "contacts.call_at_night", "contacts.holds_key",
        "care_team.email", "care_team.grade", "care_team.number", "attorneys.contact", "attorneys.opg_reference",
    }),
)  # fmt: skip
ESCALATION = Scope(Holder.PROFESSIONALS, numbers=(*IDENTITY, "D-13.4", "D-13.5"))
NOTHING = Scope(Holder.PROFESSIONALS, numbers=IDENTITY)
