"""Version 1: the tables of the first release."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMA = """
CREATE TABLE user (
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    organisation VARCHAR NOT NULL,
    added_at VARCHAR NOT NULL,
    closed_at VARCHAR,
    CONSTRAINT pk_user PRIMARY KEY (id)
)

CREATE TABLE person (
    number INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    added_at VARCHAR NOT NULL,
    family_name VARCHAR DEFAULT '' NOT NULL,
    given_names VARCHAR DEFAULT '' NOT NULL,
    title VARCHAR DEFAULT '' NOT NULL,
    preferred_name VARCHAR DEFAULT '' NOT NULL,
    birth_date VARCHAR DEFAULT '' NOT NULL,
    gender VARCHAR DEFAULT '' NOT NULL,
    nhs_number VARCHAR DEFAULT '' NOT NULL,
    postcode VARCHAR DEFAULT '' NOT NULL,
    sort_name VARCHAR DEFAULT '' NOT NULL,
    sound_name VARCHAR DEFAULT '' NOT NULL,
    cpr_decision VARCHAR DEFAULT '' NOT NULL,
    preferred_death VARCHAR DEFAULT '' NOT NULL,
    review_date VARCHAR DEFAULT '' NOT NULL,
    died_on VARCHAR DEFAULT '' NOT NULL,
    version INTEGER DEFAULT '0' NOT NULL,
    last_change_at VARCHAR DEFAULT '' NOT NULL,
    last_change_by VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_person PRIMARY KEY (number),
    CONSTRAINT uq_person_id UNIQUE (id)
)

CREATE INDEX ix_person_nhs_number ON person (nhs_number)

CREATE INDEX ix_person_sort_name_number ON person (sort_name, number)

CREATE INDEX ix_person_sound_name ON person (sound_name)

CREATE TABLE draft (
    user_id VARCHAR NOT NULL,
    person_id VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    "values" TEXT NOT NULL,
    kept_at VARCHAR NOT NULL,
    plan_version INTEGER NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY (user_id, person_id, place)
) WITHOUT ROWID

CREATE TABLE audit (
    sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at VARCHAR NOT NULL,
    user_id VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    person_id VARCHAR DEFAULT '' NOT NULL,
    detail TEXT DEFAULT '{}' NOT NULL
)

CREATE INDEX ix_audit_person_id_sequence ON audit (person_id, sequence)

CREATE TABLE fact (
    name VARCHAR NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_fact PRIMARY KEY (name)
) WITHOUT ROWID

CREATE TABLE change (
    sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id VARCHAR NOT NULL,
    person_id VARCHAR NOT NULL,
    section VARCHAR NOT NULL,
    entry VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    op VARCHAR NOT NULL,
    value TEXT NOT NULL,
    parent VARCHAR DEFAULT '' NOT NULL,
    base_change VARCHAR DEFAULT '' NOT NULL,
    save_id VARCHAR NOT NULL,
    recorded_at VARCHAR NOT NULL,
    author_id VARCHAR NOT NULL,
    author_name VARCHAR NOT NULL,
    author_role VARCHAR NOT NULL,
    author_organisation VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    source_detail VARCHAR DEFAULT '' NOT NULL,
    reason VARCHAR DEFAULT '' NOT NULL,
    laptop_id VARCHAR NOT NULL,
    CONSTRAINT ck_change_op CHECK (op in ('set', 'confirm')),
    CONSTRAINT uq_change_id UNIQUE (id),
    CONSTRAINT fk_change_person_id FOREIGN KEY(person_id) REFERENCES person (id)
)

CREATE INDEX ix_change_person_id_section_entry_field ON change (person_id, section, entry, field, sequence)

CREATE INDEX ix_change_save_id ON change (save_id)

CREATE TABLE current (
    person_id VARCHAR NOT NULL,
    section VARCHAR NOT NULL,
    entry VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    value TEXT NOT NULL,
    parent VARCHAR DEFAULT '' NOT NULL,
    set_by INTEGER NOT NULL,
    confirmed_by INTEGER,
    CONSTRAINT pk_current PRIMARY KEY (person_id, section, entry, field),
    CONSTRAINT fk_current_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_current_set_by FOREIGN KEY(set_by) REFERENCES change (sequence),
    CONSTRAINT fk_current_confirmed_by FOREIGN KEY(confirmed_by) REFERENCES change (sequence)
) WITHOUT ROWID

CREATE VIRTUAL TABLE person_search USING fts5(
    words,
    content='',
    contentless_delete=1,
    tokenize='unicode61 remove_diacritics 2',
    prefix='1 2 3'
)

CREATE TRIGGER change_is_never_updated BEFORE UPDATE ON change
BEGIN
    SELECT RAISE(ABORT, 'the journal is only ever added to');
END

CREATE TRIGGER change_is_never_deleted BEFORE DELETE ON change
BEGIN
    SELECT RAISE(ABORT, 'the journal is only ever added to');
END

CREATE TRIGGER audit_is_never_updated BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit is only ever added to');
END

CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit is only ever added to');
END
"""
"""Statements with an empty line between them."""


def upgrade() -> None:
    """Make every table, index, trigger and search table of version 1."""
    connection = op.get_bind()
    for statement in SCHEMA.strip().split("\n\n"):
        connection.exec_driver_sql(statement)
