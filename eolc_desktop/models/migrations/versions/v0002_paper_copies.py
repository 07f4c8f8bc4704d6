"""Which paper copies are about, found by their check codes, and which of them are to be replaced."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SCHEMA = """
CREATE INDEX ix_current_check_code ON current (value, person_id, entry)
    WHERE section = 'paper_copies' AND field = 'code'

CREATE TABLE paper_recall (
    person_id VARCHAR NOT NULL,
    due INTEGER NOT NULL,
    pages TEXT DEFAULT '[]' NOT NULL,
    CONSTRAINT pk_paper_recall PRIMARY KEY (person_id),
    CONSTRAINT fk_paper_recall_person_id FOREIGN KEY(person_id) REFERENCES person (id)
) WITHOUT ROWID
"""
"""Statements with an empty line between them."""


def upgrade() -> None:
    """Make the index and the list."""
    connection = op.get_bind()
    for statement in SCHEMA.strip().split("\n\n"):
        connection.exec_driver_sql(statement)
