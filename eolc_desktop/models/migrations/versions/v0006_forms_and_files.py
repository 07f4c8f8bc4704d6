"""The organisation's own forms, and scans and photographs."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SCHEMA = """
CREATE TABLE own_form (
    number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    section_key VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    address VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    source TEXT NOT NULL,
    sha256 VARCHAR NOT NULL,
    accepted_at VARCHAR NOT NULL,
    accepted_by VARCHAR NOT NULL,
    put_away_at VARCHAR
)

CREATE INDEX ix_own_form_section_key ON own_form (section_key)

CREATE TABLE attachment (
    person_id VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    media_type VARCHAR NOT NULL,
    size INTEGER NOT NULL,
    added_at VARCHAR NOT NULL,
    CONSTRAINT pk_attachment PRIMARY KEY (person_id, sha256),
    CONSTRAINT fk_attachment_person_id FOREIGN KEY(person_id) REFERENCES person (id)
) WITHOUT ROWID

CREATE TABLE attachment_part (
    person_id VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    CONSTRAINT pk_attachment_part PRIMARY KEY (person_id, sha256, number),
    CONSTRAINT fk_attachment_part_person_id_sha256 FOREIGN KEY(person_id, sha256)
        REFERENCES attachment (person_id, sha256)
)
"""
"""Statements with an empty line between them."""


def upgrade() -> None:
    """Make the tables."""
    connection = op.get_bind()
    for statement in SCHEMA.strip().split("\n\n"):
        connection.exec_driver_sql(statement)
