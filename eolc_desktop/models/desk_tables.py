"""The tables of the coordinator's desk: what is to be done, kept ready to be listed, and meetings of the team.

None of them is the truth about a person: what is to be done is made anew from the plan (`record.to_do_lines`), and what
a meeting decided stands in the plans it was about.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from eolc_desktop.models.tables import metadata as shared

metadata = shared
"""Of all tables, these among them."""

to_do = Table(
    "to_do",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("person_id", String, ForeignKey("person.id"), nullable=False, index=True),
    Column("section", String, nullable=False),
    Column("entry", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("what", Text, nullable=False),
    Column("owner", String, nullable=False),
    Column("owner_key", String, nullable=False),
    Column("due", String, nullable=False),
    # The last day that `due` can mean ("2026-11" is 2026-11-30), to be compared with a day.
    Column("due_by", String, nullable=False),
    Column("at", String, nullable=False),
    Column("state", String, nullable=False),
    Column("state_words", String, nullable=False),
    Column("is_done", Integer, nullable=False),
    Column("can_be_marked", Integer, nullable=False),
    Index("ix_to_do_is_done_due", "is_done", "due"),
)

to_do_read = Table(
    # Of which version of each plan the lines of `to_do` were made, and by which wording of them.
    "to_do_read",
    metadata,
    Column("person_id", String, ForeignKey("person.id"), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("wording", Integer, nullable=False),
)

meeting = Table(
    # A meeting of the team: whom it is about stands in `meeting_person`.
    "meeting",
    metadata,
    Column("id", String, primary_key=True),
    Column("held_on", String, nullable=False),
    Column("title", String, nullable=False, server_default=""),
    Column("attendees", Text, nullable=False, server_default=""),
    Column("apologies", Text, nullable=False, server_default=""),
    Column("next_on", String, nullable=False, server_default=""),
    Column("begun_at", String, nullable=False),
    Column("begun_by", String, nullable=False),
    Column("ended_at", String, nullable=False, server_default=""),
)

meeting_person = Table(
    # One person of an agenda. `entry` is the entry of `team_reviews` in their plan, `tasks` the ids of the tasks that
    # were given, as a JSON list; both are empty until something was recorded.
    "meeting_person",
    metadata,
    Column("meeting_id", String, ForeignKey("meeting.id"), primary_key=True),
    Column("person_id", String, ForeignKey("person.id"), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("state", String, nullable=False, server_default=""),
    Column("entry", String, nullable=False, server_default=""),
    Column("tasks", Text, nullable=False, server_default="[]"),
)
