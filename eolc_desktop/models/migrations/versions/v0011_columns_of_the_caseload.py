"""The caseload's columns beside each person, open conflicts found at once, and a guard on the service's own journal."""

from __future__ import annotations

import json
from itertools import groupby
from operator import itemgetter

from alembic import op
from sqlalchemy import Connection

from eolc_desktop.care_plan import listed
from eolc_desktop.care_plan.conflicts import is_about_cpr
from eolc_desktop.care_plan.merge import ClashItem
from eolc_desktop.care_plan.said import said_from_json

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NEW = (
    "stage", "plan_status", "review_responsible", "key_worker", "practice", "diagnosis", "on_register", "fast_track",
    "fast_track_state", "just_in_case", "last_meeting", "last_conversation",
)  # fmt: skip
WRITTEN_ANEW = (*NEW, "cpr_decision", "preferred_death", "review_date", "died_on")
"""Those that were there say now nothing of an entry that was withdrawn, and an absence where a place was asked for."""
SCHEMA = """
ALTER TABLE conflict ADD COLUMN about_cpr INTEGER DEFAULT '0' NOT NULL

CREATE INDEX ix_conflict_open ON "conflict" (person_id, about_cpr) WHERE settled_at = ''

CREATE TRIGGER service_change_is_never_updated BEFORE UPDATE ON service_change
BEGIN
    SELECT RAISE(ABORT, 'the journal is only ever added to');
END

CREATE TRIGGER service_change_is_never_deleted BEFORE DELETE ON service_change
BEGIN
    SELECT RAISE(ABORT, 'the journal is only ever added to');
END
"""
"""Statements with an empty line between them."""


def upgrade() -> None:
    """Make the columns and fill them from what stands."""
    connection = op.get_bind()
    for name in NEW:
        connection.exec_driver_sql(f"ALTER TABLE person ADD COLUMN {name} VARCHAR DEFAULT '' NOT NULL")
    for statement in SCHEMA.strip().split("\n\n"):
        connection.exec_driver_sql(statement)
    _fill_people(connection)
    _fill_conflicts(connection)


def _fill_people(connection: Connection) -> None:
    places, fields = (", ".join("?" * len(names)) for names in (listed.SECTIONS, listed.FIELDS))
    rows = connection.exec_driver_sql(
        f"SELECT person_id, section, entry, field, value FROM current "  # noqa: S608
        f"WHERE section IN ({places}) AND field IN ({fields}) ORDER BY person_id",
        (*listed.SECTIONS, *listed.FIELDS),
    )
    blank = listed.columns_of(())
    columns = [name for name in WRITTEN_ANEW if name in blank]
    values = []
    for person_id, of_person in groupby(rows, itemgetter(0)):
        made = listed.columns_of((row[1], row[2], row[3], json.loads(row[4])) for row in of_person)
        values.append((*(made[name] for name in columns), person_id))
    if values:
        update = f"UPDATE person SET {', '.join(f'{name} = ?' for name in columns)} WHERE id = ?"  # noqa: S608
        connection.exec_driver_sql(update, values)


def _fill_conflicts(connection: Connection) -> None:
    for key, body in connection.exec_driver_sql("SELECT id, body FROM conflict").fetchall():
        items = [
            ClashItem(
                (place[0], place[1], place[2]), said_from_json(base), said_from_json(mine), said_from_json(theirs)
            )
            for place, base, mine, theirs in json.loads(body)["items"]
        ]
        if is_about_cpr(items):
            connection.exec_driver_sql("UPDATE conflict SET about_cpr = 1 WHERE id = ?", (key,))
