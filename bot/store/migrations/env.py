"""Alembic's entry: upgrades run on the connection that `bot.store.migrate` hands over."""

from alembic import context

from bot.store.tables import metadata
from services_directory.tables import metadata as directory

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=[metadata, directory],
    render_as_batch=True,
    compare_type=True,
    user_module_prefix="bot.store.tables.",
)
with context.begin_transaction():
    context.run_migrations()
