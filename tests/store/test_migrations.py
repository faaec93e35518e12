"""Migrations on both databases, with data in them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text

from bot.store import StoreError, migrate, open_store
from bot.store.tables import conversation, metadata
from services_directory.tables import metadata as directory

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


def ours(name, kind, *_):
    """Not the durable engine's tables."""
    return kind != "table" or name in metadata.tables or name in directory.tables


def test_the_tables_are_what_the_migrations_make(store):
    with store.begin() as conn:
        context = MigrationContext.configure(
            conn,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: ours(name, kind),
            },
        )
        assert compare_metadata(context, [metadata, directory]) == []


def test_head_is_the_newest_revision():
    assert ScriptDirectory.from_config(migrate.alembic_config()).get_heads() == [migrate.HEAD]


async def test_down_and_up_again_with_data(store, settings):
    await store.receive(channel="telegram", address="1", provider_id="1", payload=b"x", now=NOW)
    with store.begin() as conn:
        assert conn.execute(select(conversation)).all()
        config = migrate.alembic_config()
        config.attributes["connection"] = conn
        command.downgrade(config, "base")
        assert not inspect(conn).has_table("conversation")
    store.close()
    again = open_store(settings)
    try:
        await again.receive(channel="telegram", address="1", provider_id="1", payload=b"x", now=NOW)
    finally:
        again.close()


def test_a_newer_database_is_refused(store, settings):
    with store.begin() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    with pytest.raises(StoreError, match="newer Sanad"):
        open_store(settings)


def test_a_migration_a_file():
    folder = Path(migrate.__file__).parent / "migrations" / "versions"
    assert sorted(p.name[:4] for p in folder.glob("0*.py")) == ["0001", "0002"]
