"""Runs the migrations on the connection and in the transaction that `eolc_desktop.models.migrate` hands over."""

from __future__ import annotations

from alembic import context

from eolc_desktop.models.service_tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite takes changes of tables back like any others, though Alembic does not expect it to.
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
