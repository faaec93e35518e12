"""Bringing a database to its newest form, with Alembic; several processes may start at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from bot.store.errors import StoreError

HEAD = "0002"
"""The newest revision; a test holds it equal to the newest file in `migrations/versions`."""

_LOCK = 0x5A4E_4144
"""PostgreSQL's advisory lock while upgrading."""


def upgrade(engine: Engine) -> bool:
    """Whether there was anything to do. Raises StoreError where the database is newer than this
    program, or cannot be upgraded."""
    with engine.connect() as conn:
        here = _revision(conn)
    if here == HEAD:
        return False
    if here is not None and here > HEAD:
        raise StoreError("The database was made by a newer Sanad: upgrade this one.")
    from alembic import command

    try:
        with engine.begin() as conn:
            if conn.dialect.name == "postgresql":
                conn.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            if _revision(conn) != HEAD:
                config = alembic_config()
                config.attributes["connection"] = conn
                command.upgrade(config, "head")
    except DBAPIError as error:
        raise StoreError(
            f"The database cannot be brought to its newest form ({type(error.orig).__name__})."
        ) from None
    return True


def alembic_config() -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _revision(conn: Connection) -> str | None:
    if not inspect(conn).has_table("alembic_version"):
        return None
    found = conn.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found is not None else None
