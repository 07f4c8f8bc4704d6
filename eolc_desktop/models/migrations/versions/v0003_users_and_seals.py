"""Version 3: what each user may do, the seals over journal and audit, who was set aside or disposed of."""

from __future__ import annotations

from alembic import op

from eolc_desktop.models.sealing import seal_everything

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SCHEMA = """
CREATE TABLE user_role (
    user_id VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    CONSTRAINT pk_user_role PRIMARY KEY (user_id, role),
    CONSTRAINT fk_user_role_user_id FOREIGN KEY(user_id) REFERENCES user (id)
) WITHOUT ROWID

CREATE TABLE seal (
    number INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    person_id VARCHAR DEFAULT '' NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    body VARCHAR NOT NULL,
    mac VARCHAR NOT NULL,
    CONSTRAINT pk_seal PRIMARY KEY (number),
    CONSTRAINT ck_seal_kind CHECK (kind in ('change', 'audit'))
)

CREATE INDEX ix_seal_person_id_number ON seal (person_id, number)

CREATE TABLE set_aside (
    person_id VARCHAR NOT NULL,
    why VARCHAR NOT NULL,
    into_person VARCHAR DEFAULT '' NOT NULL,
    reason VARCHAR NOT NULL,
    at VARCHAR NOT NULL,
    by_user VARCHAR NOT NULL,
    save_id VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_set_aside PRIMARY KEY (person_id),
    CONSTRAINT ck_set_aside_why CHECK (why in ('joined', 'removed')),
    CONSTRAINT fk_set_aside_person_id FOREIGN KEY(person_id) REFERENCES person (id)
) WITHOUT ROWID

CREATE TABLE disposal (
    person_id VARCHAR NOT NULL,
    at VARCHAR NOT NULL,
    by_user VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    changes INTEGER NOT NULL,
    CONSTRAINT pk_disposal PRIMARY KEY (person_id)
) WITHOUT ROWID

CREATE TRIGGER seal_is_never_updated BEFORE UPDATE ON seal
BEGIN
    SELECT RAISE(ABORT, 'the seals are only ever added to');
END

CREATE TRIGGER seal_is_never_deleted BEFORE DELETE ON seal
BEGIN
    SELECT RAISE(ABORT, 'the seals are only ever added to');
END
"""
"""Statements with an empty line between them."""


def upgrade() -> None:
    """Make the tables; who used the laptop before goes on with every right, and what was recorded before is sealed."""
    connection = op.get_bind()
    for statement in SCHEMA.strip().split("\n\n"):
        connection.exec_driver_sql(statement)
    for role in ("nurse", "clinician", "administrator"):
        connection.exec_driver_sql("INSERT INTO user_role (user_id, role) SELECT id, ? FROM user", (role,))
    seal_everything(connection)
