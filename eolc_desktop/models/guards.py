"""What keeps the journals, the audit and the seals from being altered: statements that the migrations run."""

from __future__ import annotations

JOURNAL_GUARDS_SQL = (
    "CREATE TRIGGER change_is_never_updated BEFORE UPDATE ON change "
    "BEGIN SELECT RAISE(ABORT, 'the journal is only ever added to'); END",
    "CREATE TRIGGER change_is_never_deleted BEFORE DELETE ON change "
    "BEGIN SELECT RAISE(ABORT, 'the journal is only ever added to'); END",
    "CREATE TRIGGER audit_is_never_updated BEFORE UPDATE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END",
    "CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END",
    "CREATE TRIGGER seal_is_never_updated BEFORE UPDATE ON seal "
    "BEGIN SELECT RAISE(ABORT, 'the seals are only ever added to'); END",
    "CREATE TRIGGER seal_is_never_deleted BEFORE DELETE ON seal "
    "BEGIN SELECT RAISE(ABORT, 'the seals are only ever added to'); END",
    "CREATE TRIGGER service_change_is_never_updated BEFORE UPDATE ON service_change "
    "BEGIN SELECT RAISE(ABORT, 'the journal is only ever added to'); END",
    "CREATE TRIGGER service_change_is_never_deleted BEFORE DELETE ON service_change "
    "BEGIN SELECT RAISE(ABORT, 'the journal is only ever added to'); END",
)
"""The journals and the audit are append-only, for every way of writing to the file."""
