"""What is to be done, kept ready to be listed, and meetings of the team."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def _text(name: str, kind: type[sa.String] = sa.String, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, kind(), nullable=False, server_default=default)


def upgrade() -> None:
    """Add the tables; what is to be done is read from the plans when it is first listed."""
    op.create_table(
        "to_do",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        *(_text(name) for name in ("section", "entry", "kind")),
        _text("what", sa.Text),
        *(_text(name) for name in ("owner", "owner_key", "due", "due_by", "at", "state", "state_words")),
        sa.Column("is_done", sa.Integer(), nullable=False),
        sa.Column("can_be_marked", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_to_do_person_id"),
        sa.PrimaryKeyConstraint("number", name="pk_to_do"),
    )
    op.create_index("ix_to_do_person_id", "to_do", ["person_id"])
    op.create_index("ix_to_do_is_done_due", "to_do", ["is_done", "due"])
    op.create_table(
        "to_do_read",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("wording", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_to_do_read_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_to_do_read"),
    )
    op.create_table(
        "meeting",
        sa.Column("id", sa.String(), nullable=False),
        _text("held_on"),
        _text("title", default=""),
        _text("attendees", sa.Text, ""),
        _text("apologies", sa.Text, ""),
        _text("next_on", default=""),
        _text("begun_at"),
        _text("begun_by"),
        _text("ended_at", default=""),
        sa.PrimaryKeyConstraint("id", name="pk_meeting"),
    )
    op.create_table(
        "meeting_person",
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        _text("state", default=""),
        _text("entry", default=""),
        _text("tasks", sa.Text, "[]"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_meeting_person_meeting_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_meeting_person_person_id"),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name="pk_meeting_person"),
    )
