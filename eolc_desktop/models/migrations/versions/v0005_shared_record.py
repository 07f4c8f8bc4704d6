"""The exchange with the shared record: what the server has, what was sent, conflicts and proposals."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SCHEMA = """
CREATE TABLE shared_person (
    person_id VARCHAR NOT NULL,
    waiting_since VARCHAR DEFAULT '' NOT NULL,
    staged INTEGER DEFAULT '0' NOT NULL,
    hold VARCHAR DEFAULT '' NOT NULL,
    trouble TEXT DEFAULT '' NOT NULL,
    last_sent VARCHAR DEFAULT '' NOT NULL,
    last_received VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_shared_person PRIMARY KEY (person_id)
) WITHOUT ROWID

CREATE TABLE shared_resource (
    "key" VARCHAR NOT NULL,
    person_id VARCHAR NOT NULL,
    base TEXT DEFAULT '' NOT NULL,
    base_version VARCHAR DEFAULT '' NOT NULL,
    base_updated VARCHAR DEFAULT '' NOT NULL,
    seen TEXT DEFAULT '' NOT NULL,
    seen_version VARCHAR DEFAULT '' NOT NULL,
    seen_updated VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_shared_resource PRIMARY KEY ("key")
) WITHOUT ROWID

CREATE INDEX ix_shared_resource_person_id ON shared_resource (person_id)

CREATE TABLE change_set (
    number INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    person_id VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    bundle TEXT DEFAULT '' NOT NULL,
    guarded INTEGER NOT NULL,
    journal_head INTEGER NOT NULL,
    sent_at VARCHAR NOT NULL,
    done_at VARCHAR DEFAULT '' NOT NULL,
    trouble TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_change_set PRIMARY KEY (number),
    CONSTRAINT ck_change_set_state CHECK (state in ('sent', 'done', 'kept', 'dropped', 'refused')),
    CONSTRAINT uq_change_set_id UNIQUE (id)
)

CREATE INDEX ix_change_set_state_number ON change_set (state, number)

CREATE TABLE proposal (
    id VARCHAR NOT NULL,
    person_id VARCHAR NOT NULL,
    body TEXT NOT NULL,
    found_at VARCHAR NOT NULL,
    decided_at VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_proposal PRIMARY KEY (id)
) WITHOUT ROWID

CREATE INDEX ix_proposal_person_id ON proposal (person_id)

CREATE TABLE exchange_mark (
    name VARCHAR NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_exchange_mark PRIMARY KEY (name)
) WITHOUT ROWID

CREATE TABLE "conflict" (
    id VARCHAR NOT NULL,
    person_id VARCHAR NOT NULL,
    body TEXT NOT NULL,
    found_at VARCHAR NOT NULL,
    settled_at VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_conflict PRIMARY KEY (id),
    CONSTRAINT fk_conflict_person_id FOREIGN KEY(person_id) REFERENCES person (id)
) WITHOUT ROWID

CREATE INDEX ix_conflict_person_id ON "conflict" (person_id)
"""
"""Statements with an empty line between them."""


def upgrade() -> None:
    """Make the tables; there is nothing to bring over."""
    connection = op.get_bind()
    for statement in SCHEMA.strip().split("\n\n"):
        connection.exec_driver_sql(statement)
