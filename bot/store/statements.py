"""The statements of a turn as plain SQL: the path where SQLAlchemy's own execution would cost more
than the database does (measured: docs/performance.md). Everything else uses SQLAlchemy."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

RECEIVE = """
INSERT INTO inbound_message
  (channel, provider_id, conversation_id, address_id, received_at, sealed, state, attempts)
VALUES (:channel, :provider_id, :conversation_id, :address_id, :received_at, :sealed, 'waiting', 0)
ON CONFLICT (channel, provider_id) DO NOTHING
RETURNING seq
"""
TURN = """
UPDATE conversation SET version = version + 1, state = :state, due_at = :due_at, due = :due,
  last_inbound_at = coalesce(:heard_at, last_inbound_at)
WHERE id = :id AND version = :version
RETURNING id
"""
HANDLED = """
UPDATE inbound_message SET state = :state, understood = :understood WHERE seq = :seq
"""
BUBBLE = """
INSERT INTO outbound_message
  (id, conversation_id, address_id, created_at, position, sealed, receipt_case_id, claimed_until,
   state, attempts)
VALUES (:id, :conversation_id, :address_id, :created_at, :position, :sealed, :receipt_case_id,
        :claimed_until, 'waiting', 0)
"""
SENT = """
UPDATE outbound_message SET state = 'sent', provider_id = :provider_id, sent_at = :sent_at,
  claimed_until = NULL, error = NULL
WHERE id = :id
"""
ALERT = """
INSERT INTO alert (id, conversation_id, created_at, categories, "window", times)
VALUES (:id, :conversation_id, :created_at, :categories, :window, 1)
ON CONFLICT ("window") DO UPDATE SET times = alert.times + 1
"""
HANDOVER = """
INSERT INTO handover (id, conversation_id, why, urgent, language, created_at)
VALUES (:id, :conversation_id, :why, :urgent, :language, :created_at)
ON CONFLICT (conversation_id) WHERE closed_at IS NULL DO UPDATE SET
  why = CASE WHEN excluded.urgent AND NOT handover.urgent THEN excluded.why ELSE handover.why END,
  urgent = handover.urgent OR excluded.urgent
"""
CONVERSATIONS = """
SELECT id, version, wrapped_key, key_id, state, last_inbound_at, due_at, due,
  EXISTS (SELECT 1 FROM outbound_message o
          WHERE o.conversation_id = conversation.id AND o.state = 'waiting') AS behind
FROM conversation WHERE id {among}
"""
ADDRESSES = """
SELECT conversation_id, id, channel, sealed FROM address WHERE conversation_id {among}
ORDER BY created_at DESC, id DESC
"""
WAITING = """
SELECT conversation_id, seq, channel, provider_id, sealed, received_at, address_id, understood,
  attempts
FROM inbound_message WHERE state = 'waiting' AND conversation_id {among} ORDER BY seq
"""

Row = Mapping[str, Any]


class Driver:
    """Runs those on the driver's own cursor, in its own style of parameters."""

    def __init__(self, dialect: Dialect) -> None:
        self.postgres = dialect.name == "postgresql"
        self._dialect = dialect
        self._texts: dict[str, str] = {}

    def run(self, cursor: Any, statement: str, rows: Sequence[Row]) -> list[tuple[Any, ...] | None]:
        """Execute for every row; what each returned: its one row, or None. Raises DBAPIError, as
        SQLAlchemy does."""
        try:
            return self._run(cursor, self._text(statement), rows)
        except self._errors as error:
            lost = self._dialect.is_disconnect(error, None, None)
            raise DBAPIError.instance(
                None, None, error, self._errors, connection_invalidated=lost
            ) from error

    @property
    def _errors(self) -> Any:
        assert self._dialect.dbapi is not None  # noqa: S101 - the engine has connected
        return self._dialect.dbapi.Error

    def _run(self, cursor: Any, text: str, rows: Sequence[Row]) -> list[tuple[Any, ...] | None]:
        found: list[tuple[Any, ...] | None] = []
        if not self.postgres or len(rows) == 1:
            for row in rows:
                cursor.execute(text, row)
                found.append(cursor.fetchone() if cursor.description else None)
            return found
        returning = "RETURNING" in text
        cursor.executemany(text, rows, returning=returning)  # one pipeline, one round trip
        if not returning:
            return [None] * len(rows)
        while True:
            found.append(cursor.fetchone())
            if not cursor.nextset():
                return found

    def select(self, cursor: Any, statement: str, ids: Sequence[str]) -> list[tuple[Any, ...]]:
        """Every row of a statement about these ids."""
        if self.postgres:
            cursor.execute(self._among(statement, "= ANY(:ids)"), {"ids": list(ids)})
        else:
            places = ", ".join("?" * len(ids))
            cursor.execute(statement.format(among=f"IN ({places})"), list(ids))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    def time(self, value: datetime | None) -> Any:
        """A time as this driver stores it (what `tables.UtcTime` writes)."""
        if value is None or self.postgres:
            return value
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")

    def read_time(self, value: Any) -> Any:
        """A time as it came back, in UTC."""
        if value is None:
            return None
        if isinstance(value, str):
            return datetime.fromisoformat(value).replace(tzinfo=UTC)
        return value.astimezone(UTC)

    def _among(self, statement: str, among: str) -> str:
        return self._text(statement.format(among=among))

    def _text(self, statement: str) -> str:
        if not self.postgres:
            return statement
        known = self._texts.get(statement)
        if known is None:
            typed = statement.replace(":heard_at", "%(heard_at)s::timestamptz")
            known = re.sub(r"(?<!:):([a-z_]+)", r"%(\1)s", typed)
            self._texts[statement] = known
        return known


@lru_cache(maxsize=8)
def driver_of(dialect: Dialect) -> Driver:
    return Driver(dialect)


def run_raw(conn: Connection, statement: str, row: Row) -> None:
    """One row through the driver, in the transaction of this connection. Raises DBAPIError."""
    driver_of(conn.dialect).run(raw_cursor(conn), statement, [row])


def upsert(conn: Connection, table: Table) -> Any:
    """An INSERT that may say what to do when the row is there already."""
    make = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
    return make(table)


def raw_cursor(conn: Connection) -> Any:
    """The driver's cursor inside a SQLAlchemy transaction."""
    held = conn.connection.dbapi_connection
    assert held is not None  # noqa: S101 - the connection is open
    return held.cursor()
