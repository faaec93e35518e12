"""The durable engine (DBOS) on our own database: its tables, and putting work into a transaction.

Imported only where it is used: it takes half a second.
"""

from __future__ import annotations

import logging
from typing import Any

from dbos import DBOSClient
from dbos._sys_db import SystemDatabase
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import QueuePool

from bot.settings import Settings
from bot.store.database import connect_sqlite, open_engine, sqlite_file
from bot.store.keys import Keys

APPLICATION = "sanad"
VERSION = "1"
"""Of the workflows. Fixed by us: what an earlier deploy began, a later one finishes."""

logging.getLogger("dbos").setLevel(logging.WARNING)
_clients: dict[str, DBOSClient] = {}


def durable_engine(settings: Settings, keys: Keys) -> Engine:
    """An engine as DBOS wants one: on SQLite it opens its transactions itself."""
    path = sqlite_file(settings)
    if path is None:
        return open_engine(settings, keys, role="work")
    from sqlcipher3 import dbapi2

    return create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect_sqlite(path, keys.database, isolation_level="IMMEDIATE"),
        poolclass=QueuePool,
        pool_size=8,
        max_overflow=16,
    )


def make_tables(settings: Settings, keys: Keys) -> None:
    """The durable engine's own tables, made or brought to its newest form."""
    engine = durable_engine(settings, keys)
    try:
        system = SystemDatabase.create(**_parameters(engine))
        system.run_migrations()
    finally:
        engine.dispose()


def _parameters(engine: Engine) -> dict[str, Any]:
    from dbos._serialization import DefaultSerializer

    sqlite = engine.dialect.name == "sqlite"
    return {
        "system_database_url": "sqlite:///ours" if sqlite else "postgresql://ours/ours",
        "engine_kwargs": {},
        "engine": engine,
        "schema": "dbos",
        "serializer": DefaultSerializer(),
        "executor_id": None,
    }


def enqueue(
    conn: Connection, *, workflow: str, queue: str, workflow_id: str, args: tuple[Any, ...]
) -> None:
    """Put a workflow into the caller's transaction; once for each id. Arguments are stored in
    plain: ids only."""
    client = _clients.get(conn.dialect.name)
    if client is None:
        client = DBOSClient(
            system_database_engine=conn.engine, lazy=True, application_name=APPLICATION
        )
        _clients[conn.dialect.name] = client
    client.enqueue_in_transaction(
        conn,
        {
            "workflow_name": workflow,
            "queue_name": queue,
            "workflow_id": workflow_id,
            "app_version": VERSION,
        },
        *args,
    )
