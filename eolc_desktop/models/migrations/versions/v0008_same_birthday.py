"""People of one date of birth found by an index: each opened plan asks for them (rule K26)."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.get_bind().exec_driver_sql("CREATE INDEX ix_person_birth_date ON person (birth_date)")
