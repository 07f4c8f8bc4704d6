"""The item classes of the data dictionary: whose statement a field is, and so how two versions of it may meet."""

from __future__ import annotations

from functools import partial

from eolc_desktop.care_plan.fields import Absence, Authorship, Field, Merge

voice = partial(Field, authorship=Authorship.VOICE, merge=Merge.ASK)
"""Class V: the person's own words. Never edited by a professional, only followed by a newer dated statement."""

decision = partial(Field, authorship=Authorship.DECISION, merge=Merge.ASK)
"""Class C: a clinical decision with a named decision-maker. Never merges by itself."""

legal = partial(Field, authorship=Authorship.LEGAL, merge=Merge.ASK)
"""Class L: a fact about a legal document. Never merges by itself."""

fact = partial(Field, authorship=Authorship.FACT, merge=Merge.ONE_SIDED)
"""Class F: a fact that co-ordinates care. Merges when only one side changed it."""

log = partial(Field, authorship=Authorship.FACT, merge=Merge.APPEND)
"""Class F in a log, where each entry is an event that happened: entries of both sides stay."""

automatic = partial(Field, authorship=Authorship.AUTOMATIC, merge=Merge.ONE_SIDED)
"""Class A: set by the program, shown but not typed."""

CPR_AND_ESCALATION = "cpr_and_escalation"
"""CPR, ReSPECT, escalation, hospital, ICD and the advance decision: read together at three in the morning."""

PLACES = "places"
ALLERGIES = "allergies"
CAPACITY_ATTORNEY_CONSENT = "capacity_attorney_consent"
MEDICINES_IN_HOUSE = "medicines_in_house"
SAFEGUARDING = "safeguarding"

COHERENCE_GROUPS = {
    CPR_AND_ESCALATION: "CPR, treatments to give or avoid, and the advance decision",
    PLACES: "Where the person wants to be",
    ALLERGIES: "Allergies",
    CAPACITY_ATTORNEY_CONSENT: "Capacity, attorney and consent",
    MEDICINES_IN_HOUSE: "Medicines in the house",
    SAFEGUARDING: "Safeguarding",
}
"""The groups that change, and conflict, as one, with the words a person sees when asked to choose."""

ADDITIONS_MEET = frozenset({ALLERGIES, MEDICINES_IN_HOUSE})
"""The groups in which entries that two people begin without seeing each other's both stand: one allergy more does not
change what another means. In the other groups an addition may (a further refusal beside a new CPR decision)."""

MAY_DECLINE = (Absence.DECLINED,)
MAY_BE_UNKNOWN = (Absence.NOT_KNOWN,)
MAY_DECLINE_OR_BE_UNKNOWN = (Absence.DECLINED, Absence.NOT_KNOWN)
MAY_BE_ABSENT = (Absence.DECLINED, Absence.NOT_KNOWN, Absence.DOES_NOT_APPLY)
