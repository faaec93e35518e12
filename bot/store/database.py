"""The two databases behind one engine: encrypted SQLite by default, PostgreSQL by URL."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import sqlalchemy
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import QueuePool

from bot.settings import Settings
from bot.store.errors import StoreBusy, StoreError
from bot.store.keys import Keys

Role = Literal["serve", "work", "command"]


def sqlite_file(settings: Settings) -> Path | None:
    """The SQLite file, or None on PostgreSQL."""
    if settings.database_url is None:
        return settings.data_dir / "sanad.db"
    url = settings.database_url.get_secret_value()
    if not url.startswith("sqlite"):
        return None
    name = make_url(url).database
    if not name or name == ":memory:":
        raise StoreError("SANAD_DATABASE_URL names no SQLite file.")
    return Path(name)


def open_engine(settings: Settings, keys: Keys, *, role: Role, reading: bool = False) -> Engine:
    """An engine whose transactions write (BEGIN IMMEDIATE), or, `reading`, only read.

    Two kinds, because on SQLite a transaction that read first and writes later may find that
    another wrote in between, and then fails at once instead of waiting.
    """
    path = sqlite_file(settings)
    if path is None:
        assert settings.database_url  # noqa: S101 - sqlite_file looked
        return _postgresql(settings.database_url.get_secret_value())
    return _sqlite(path, keys.database, checkpoint=role != "command", reading=reading)


def _postgresql(url: str) -> Engine:
    try:
        parsed = make_url(url).set(drivername="postgresql+psycopg")
    except ArgumentError:
        raise StoreError("SANAD_DATABASE_URL is no database address.") from None
    return create_engine(parsed, pool_size=8, max_overflow=16, pool_pre_ping=True)


def connect_sqlite(path: Path, key: bytes, *, isolation_level: str | None = None,
                   checkpoint: bool = True) -> Any:  # fmt: skip
    """A driver connection to the encrypted file."""
    from sqlcipher3 import dbapi2

    conn = dbapi2.connect(
        str(path), timeout=30, isolation_level=isolation_level, check_same_thread=False
    )
    for pragma in (
        f"key = \"x'{key.hex()}'\"",
        "busy_timeout = 30000",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "temp_store = MEMORY",
        "cache_size = -65536",  # KiB: pages are not deciphered again and again
        *(() if checkpoint else ("wal_autocheckpoint = 0",)),
    ):
        conn.execute(f"PRAGMA {pragma}")
    return conn


def _sqlite(path: Path, key: bytes, *, checkpoint: bool, reading: bool) -> Engine:
    from sqlcipher3 import dbapi2

    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect_sqlite(path, key, checkpoint=checkpoint),
        poolclass=QueuePool,
        pool_size=8,
        max_overflow=16,
    )
    begin = "BEGIN" if reading else "BEGIN IMMEDIATE"

    @event.listens_for(engine, "begin")
    def _begin(conn: Connection) -> None:
        conn.exec_driver_sql(begin)

    return engine


def reach(engine: Engine, settings: Settings) -> None:
    """Raises StoreError with a sentence where the database does not answer."""
    try:
        with engine.connect() as conn:
            table = " FROM sqlite_master" if engine.dialect.name == "sqlite" else ""
            conn.execute(sqlalchemy.text(f"SELECT count(*){table}"))
    except (DBAPIError, OSError) as error:
        path = sqlite_file(settings)
        if path is None:
            host = urlsplit(settings.database_url.get_secret_value()).hostname  # type: ignore[union-attr]
            raise StoreError(f"The PostgreSQL at {host or 'its socket'} does not answer.") from None
        if "not a database" in str(error):
            raise StoreError(
                f"{path} does not open with these keys: another SANAD_KEYS made it."
            ) from None
        raise StoreError(f"The database file {path} cannot be opened.") from None


class FileLock:
    """One `serve` or `work` for one SQLite file; released when the process ends, however."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._descriptor)
            raise StoreBusy(
                "Another sanad serve or work has this SQLite file; use PostgreSQL for several."
            ) from None

    def release(self) -> None:
        os.close(self._descriptor)


__all__ = ["FileLock", "Role", "connect_sqlite", "open_engine", "reach", "sqlite_file"]
