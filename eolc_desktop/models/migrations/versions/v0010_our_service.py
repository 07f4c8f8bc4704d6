"""What figures over everybody are made from, in one index; and what the organisation keeps of itself."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SCHEMA = """
CREATE INDEX ix_current_measured ON current (section, field, person_id, entry, value) WHERE section IN ('admissions', 'anticipatory', 'commitments', 'compact', 'contacts', 'cpr', 'death', 'diagnosis', 'dying', 'fast_track', 'key_people', 'last_days', 'person', 'places', 'plan_control', 'register', 'team_reviews') AND field IN ('', 'agreed', 'asked_on', 'birth_date', 'date_in', 'decided_at', 'decision', 'died_on', 'ethnic_category', 'food_and_drink', 'involvement', 'is_usual_residence', 'key_worker_name', 'last_mdt', 'mind', 'mouth_care', 'on', 'on_register', 'person_involved', 'person_not_involved_reason', 'place', 'postcode', 'preferred_achieved', 'preferred_death', 'primary', 'q1', 'q1_mirror', 'q2', 'q2_mirror', 'q3', 'q3_mirror', 'q4', 'q4_mirror', 'q5', 'q5_mirror', 'q6', 'q6_mirror', 'q7', 'q7_mirror', 'received_at', 'recognised_on', 'sent_at', 'signed_at', 'spiritual', 'stage', 'started_at', 'state', 'symptoms', 'usual_residence', 'verdict', 'who_present')

CREATE TABLE service_change (
    sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id VARCHAR NOT NULL,
    section VARCHAR NOT NULL,
    entry VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    value TEXT NOT NULL,
    recorded_at VARCHAR NOT NULL,
    author_id VARCHAR NOT NULL,
    author_name VARCHAR NOT NULL,
    author_role VARCHAR NOT NULL,
    author_organisation VARCHAR NOT NULL,
    reason VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT uq_service_change_id UNIQUE (id)
)
"""  # noqa: E501  the words of the index must stand as the program asks for them


def upgrade() -> None:
    """Make them."""
    connection = op.get_bind()
    for statement in SCHEMA.strip().split("\n\n"):
        connection.exec_driver_sql(statement)
