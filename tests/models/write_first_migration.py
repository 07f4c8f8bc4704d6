"""Writes the first migration anew from `tables.py`; for use until the first release, never after it.

Run `python -m tests.models.write_first_migration` whenever the test of the migrations asks for it.
"""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import create_engine

from eolc_desktop.models import migrations
from eolc_desktop.models.tables import JOURNAL_GUARDS_SQL, SEARCH_SQL, metadata

BEFORE = '''"""Version 1: the tables of the first release."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMA = """
'''

AFTER = '''
"""
"""Statements with an empty line between them."""


def upgrade() -> None:
    """Make every table, index, trigger and search table of version 1."""
    connection = op.get_bind()
    for statement in SCHEMA.strip().split("\\n\\n"):
        connection.exec_driver_sql(statement)
'''


def statements() -> list[str]:
    """Return what makes the tables that `tables.py` describes, one statement each, in the order it needs."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        made = connection.exec_driver_sql(
            "SELECT sql, tbl_name, type, name FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        ).all()
        order = {table: place for place, (_, table, kind, _) in enumerate(made) if kind == "table"}
        tables = [row[0] for row in sorted(made, key=lambda row: (order[row[1]], row[2] != "table", row[3]))]
    engine.dispose()
    return [_tidy(statement) for statement in (*tables, *SEARCH_SQL, *JOURNAL_GUARDS_SQL)]


def _tidy(statement: str) -> str:
    lines = [line.rstrip().replace("\t", "    ") for line in statement.split("\n") if line.strip()]
    text = "\n".join(lines).replace(")\n WITHOUT ROWID", ") WITHOUT ROWID")
    if text.startswith("CREATE TRIGGER"):
        text = text.replace(" BEGIN ", "\nBEGIN\n    ").replace("; END", ";\nEND")
    if text.startswith("CREATE VIRTUAL"):
        text = re.sub(r", (?=\w+=)", ",\n    ", text.replace("(", "(\n    ", 1)).removesuffix(")") + "\n)"
    return text


def first_migration() -> str:
    """Return the text of the file."""
    return BEFORE + "\n\n".join(statements()) + AFTER


def main() -> None:
    """Write the file."""
    path = Path(migrations.__file__).parent / "versions" / "v0001_first_release.py"
    path.write_text(first_migration())


if __name__ == "__main__":
    main()
