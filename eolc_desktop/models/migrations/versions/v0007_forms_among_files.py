"""The files of forms that came back stand among the person's other files."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

PIECE = 256 * 1024


def upgrade() -> None:
    """Move each file over, in pieces, and take away the column it was in."""
    connection = op.get_bind()
    held = connection.exec_driver_sql("SELECT person_id, sha256, received_at, file FROM written_back").all()
    for person_id, sha256, received_at, data in held:
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO attachment VALUES (?, ?, 'application/pdf', ?, ?)",
            (person_id, sha256, len(data), received_at),
        )
        for number, start in enumerate(range(0, len(data), PIECE)):
            connection.exec_driver_sql(
                "INSERT OR IGNORE INTO attachment_part VALUES (?, ?, ?, ?)",
                (person_id, sha256, number, data[start : start + PIECE]),
            )
    connection.exec_driver_sql("ALTER TABLE written_back DROP COLUMN file")
