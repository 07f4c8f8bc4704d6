"""The encrypted store: tables, keys, opening, migrations, backups. No rules of care."""
