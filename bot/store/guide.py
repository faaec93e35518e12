"""Bringing the guide that Sanad ships into the database; several processes may start at once."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from bot.store.errors import StoreError
from services_directory import load, shipped_digest, stored

_LOCK = 0x5A4E_4145
"""PostgreSQL's advisory lock while bringing."""


def bring(engine: Engine) -> bool:
    """Whether there was anything to bring. Raises StoreError."""
    digest = shipped_digest()
    try:
        with engine.connect() as conn:
            if stored.shipped(conn) == digest:
                return False
        with engine.begin() as conn:
            if conn.dialect.name == "postgresql":
                conn.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            directory = load()
            return stored.bring(
                conn, directory.guide, directory.units, digest=digest, now=datetime.now(UTC)
            )
    except DBAPIError as error:
        raise StoreError(
            f"The guide cannot be brought into the database ({type(error.orig).__name__})."
        ) from None
