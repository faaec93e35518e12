"""Rows that lead to something the public may not see: a draft's telephone does not come out
through its organization, nor a shelter's through its service."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import BindParameter, Connection, RowMapping, Select, bindparam, select

from services_directory.hsds.api.published import shown_location, shown_service
from services_directory.hsds.fields import FIELDS, REFERENCES
from services_directory.tables import HSDS

CHUNK = 10_000
"""Ids in one statement: SQLite takes 32,766, PostgreSQL 65,535."""
IDS: BindParameter[Any] = bindparam("ids", expanding=True)

Rows = Mapping[str, Mapping[str, RowMapping]]
"""Table, id, row."""
_BETWEEN = ("service_at_location_id", "contact_id", "phone_id")
"""What refers further."""


def execute(
    conn: Connection, statement: Select[Any], ids: Iterable[str], today: str
) -> Iterator[RowMapping]:
    """A statement about some `ids`."""
    waiting = iter(ids)
    while several := list(islice(waiting, CHUNK)):
        yield from conn.execute(statement, {"ids": several, "today": today}).mappings()


def unseen(conn: Connection, rows: Rows, today: str) -> set[tuple[str, str]]:
    """Table and id of the rows that are, or refer to, something unseen, at however many removes."""
    known = _with_between(conn, rows, today)
    services = _referred(known, "service_id") | set(rows.get("service", ()))
    locations = _referred(known, "location_id") | set(rows.get("location", ()))
    shown = {
        "service": {row["id"] for row in execute(conn, _SERVICES, services, today)},
        "location": {row["id"] for row in execute(conn, _LOCATIONS, locations, today)},
    }

    def seen(table: str, own: str) -> bool:
        if table in shown:
            return own in shown[table]
        # What is missing hides nothing.
        row = known.get(table, {}).get(own)
        return row is None or all(
            seen(REFERENCES[field], row[field])
            for field in _fields(table)
            if row[field] is not None
        )

    return {(table, own) for table in rows for own in rows[table] if not seen(table, own)}


def _with_between(conn: Connection, rows: Rows, today: str) -> dict[str, dict[str, RowMapping]]:
    """The rows, and those they refer to through which one refers further."""
    known = {table: dict(several) for table, several in rows.items()}
    for field in reversed(_BETWEEN):
        table = REFERENCES[field]
        missing = _referred(known, field) - set(known.get(table, ()))
        for row in execute(conn, _between(table), missing, today):
            known.setdefault(table, {})[row["id"]] = row
    return known


def _referred(rows: Rows, field: str) -> set[str]:
    holding = [table for table in rows if field in _fields(table)]
    return {row[field] for table in holding for row in rows[table].values()} - {None}


@cache
def _fields(table: str) -> tuple[str, ...]:
    """What may lead to something unseen."""
    several = ("service_id", "location_id", *_BETWEEN)
    return tuple(f.name for f in FIELDS[table] if f.name in several)


def _between(table: str) -> Select[Any]:
    own = HSDS[table]
    columns = [c for c in own.columns if c.name == "id" or c.name in REFERENCES]
    return select(*columns).where(own.c.id.in_(IDS))


_SERVICES = select(HSDS["service"].c.id).where(
    HSDS["service"].c.id.in_(IDS), shown_service(HSDS["service"].c.id)
)
_LOCATIONS = select(HSDS["location"].c.id).where(
    HSDS["location"].c.id.in_(IDS), shown_location(HSDS["location"])
)
