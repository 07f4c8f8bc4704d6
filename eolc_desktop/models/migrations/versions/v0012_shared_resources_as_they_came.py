"""The resources of the shared record lie in the order in which they came, their long texts last."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SCHEMA = """
ALTER TABLE shared_resource RENAME TO shared_resource_by_key

DROP INDEX ix_shared_resource_person_id

CREATE TABLE shared_resource (
    "key" VARCHAR NOT NULL,
    person_id VARCHAR NOT NULL,
    base_version VARCHAR DEFAULT '' NOT NULL,
    base_updated VARCHAR DEFAULT '' NOT NULL,
    seen_version VARCHAR DEFAULT '' NOT NULL,
    seen_updated VARCHAR DEFAULT '' NOT NULL,
    base TEXT DEFAULT '' NOT NULL,
    seen TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_shared_resource PRIMARY KEY ("key")
)

INSERT INTO shared_resource ("key", person_id, base_version, base_updated, seen_version, seen_updated, base, seen)
SELECT "key", person_id, base_version, base_updated, seen_version, seen_updated, base, seen
FROM shared_resource_by_key ORDER BY person_id, "key"

DROP TABLE shared_resource_by_key

CREATE INDEX ix_shared_resource_person_id ON shared_resource (person_id)
"""
"""Statements with an empty line between them."""


def upgrade() -> None:
    """Write the table anew: those of one person beside each other."""
    connection = op.get_bind()
    for statement in SCHEMA.strip().split("\n\n"):
        connection.exec_driver_sql(statement)
