"""What the organisation keeps that is about no one person: its services near here, its view of itself, its areas."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text, text

from eolc_desktop.models.desk_tables import metadata as shared
from eolc_desktop.models.tables import current

metadata = shared
"""Of all tables, these among them."""

MEASURED_SECTIONS = (
    "admissions", "anticipatory", "commitments", "compact", "contacts", "cpr", "death", "diagnosis", "dying",
    "fast_track", "key_people", "last_days", "person", "places", "plan_control", "register", "team_reviews",
)  # fmt: skip
MEASURED_FIELDS = (
    "", "agreed", "asked_on", "birth_date", "date_in", "decided_at", "decision", "died_on", "ethnic_category",
    "food_and_drink", "involvement", "is_usual_residence", "key_worker_name", "last_mdt", "mind", "mouth_care", "on",
    "on_register", "person_involved", "person_not_involved_reason", "place", "postcode", "preferred_achieved",
    "preferred_death", "primary", "q1", "q1_mirror", "q2", "q2_mirror", "q3", "q3_mirror", "q4", "q4_mirror", "q5",
    "q5_mirror", "q6", "q6_mirror", "q7", "q7_mirror", "received_at", "recognised_on", "sent_at", "signed_at",
    "spiritual", "stage", "started_at", "state", "symptoms", "usual_residence", "verdict", "who_present",
)  # fmt: skip
"""What figures over everybody are made from. A question with these very words is answered from the index alone."""


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


MEASURED = f"section IN ({_listed(MEASURED_SECTIONS)}) AND field IN ({_listed(MEASURED_FIELDS)})"

Index(
    "ix_current_measured",
    current.c.section,
    current.c.field,
    current.c.person_id,
    current.c.entry,
    current.c.value,
    sqlite_where=text(MEASURED),
)

service_change = Table(
    # The journal of what the organisation keeps of itself: like `change`, and about nobody.
    "service_change",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("section", String, nullable=False),
    Column("entry", String, nullable=False),
    Column("field", String, nullable=False),
    Column("value", Text, nullable=False),
    Column("recorded_at", String, nullable=False),
    Column("author_id", String, nullable=False),
    Column("author_name", String, nullable=False),
    Column("author_role", String, nullable=False),
    Column("author_organisation", String, nullable=False),
    Column("reason", String, nullable=False, server_default=""),
    sqlite_autoincrement=True,
)
"""Only ever added to: what was before can always be shown, and red, amber and green over time are read from it."""
