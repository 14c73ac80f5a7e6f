"""Run by Alembic: migrates over the connection that the store hands it, in the transaction that the store has begun."""

from __future__ import annotations

from alembic import context

from bot.edges.store.tables import METADATA

connection = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("Use `assay db upgrade`; migrations run over the store's own connection.")

context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=True,
    transactional_ddl=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
