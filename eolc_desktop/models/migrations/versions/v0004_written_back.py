"""Forms that came back, with their answers and the files they came in."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SCHEMA = """
CREATE TABLE written_back (
    id VARCHAR NOT NULL,
    person_id VARCHAR NOT NULL,
    entry VARCHAR NOT NULL,
    received_at VARCHAR NOT NULL,
    received_by VARCHAR NOT NULL,
    told_by VARCHAR DEFAULT '' NOT NULL,
    told_by_words VARCHAR DEFAULT '' NOT NULL,
    answers TEXT NOT NULL,
    waits INTEGER NOT NULL,
    sha256 VARCHAR NOT NULL,
    file BLOB NOT NULL,
    CONSTRAINT pk_written_back PRIMARY KEY (id),
    CONSTRAINT fk_written_back_person_id FOREIGN KEY(person_id) REFERENCES person (id)
)

CREATE INDEX ix_written_back_person_id_received_at ON written_back (person_id, received_at)
"""
"""Statements with an empty line between them."""


def upgrade() -> None:
    """Make the table."""
    connection = op.get_bind()
    for statement in SCHEMA.strip().split("\n\n"):
        connection.exec_driver_sql(statement)
