"""What the directory says of imported services and organizations that came without a record of
their own: published, of low confidence, with the package as their source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from services_directory import changes
from services_directory.hsds.package.cells import is_uuid, short
from services_directory.hsds.package.check import chunks
from services_directory.hsds.package.places import Places
from services_directory.hsds.package.reading import Package
from services_directory.hsds.package.report import Findings
from services_directory.hsds.package.rows import Rows
from services_directory.records import hsds_id
from services_directory.tables import record
from services_directory.units import Units

Row = dict[str, Any]


def refuse_taken(conn: Connection, rows: Rows, found: Findings) -> None:
    """A service that would get a record with the id of another one is reported."""
    wanted = _without_record(rows)
    others = {r["id"]: r["service_id"] for r in _stored(conn, record.c.id, wanted)}
    brought = rows.get("record", {})
    others |= {own: brought[own].row.get("service_id") for own in wanted if own in brought}
    for own, service in others.items():
        if service != own:
            read = rows["service"][own]
            found.add(read.file, read.line, f"the id {short(own)} is that of another record")


def records_for(
    conn: Connection, rows: Rows, package: Package, units: Units, *, today: date
) -> Iterator[Row]:
    """The rows of `directory_record` to be written beside the package's own, which must be without
    error. What an editor wrote of a service stays."""
    wanted = _without_record(rows)
    there = {r["service_id"]: r for r in _stored(conn, record.c.service_id, wanted)}
    places = Places(units, rows)
    for own in wanted:
        service = rows["service"][own].row
        source = _source(service, package, _publisher(service, package, rows), today)
        codes = places.of(own)
        if (before := there.get(own)) is None:
            yield {
                "id": own, "kind": "service", "publish": "ok", "service_id": own,
                "confidence": "low", "origin": "imported", "sources": [], "intents": [],
                "aliases": {}, "places": codes, "abroad": False, "confidential": False, **source,
            }  # fmt: skip
        elif before["origin"] == "imported":
            if not source["source_dated"]:
                # Read again today it is not newer for that.
                source |= {k: before[k] for k in ("source_date", "source_dated")}
            yield {**before, **source, "places": codes}
    yield from _of_organizations(conn, rows)


def _without_record(rows: Rows) -> list[str]:
    """The package's services of which it brings no record."""
    brought = {read.row.get("service_id") for read in rows.get("record", {}).values()}
    return [own for own in rows.get("service", ()) if own not in brought]


def _source(service: Row, package: Package, publisher: str, today: date) -> Row:
    day = service.get("assured_date") or service.get("last_modified", "")[:10]
    return {
        "source_url": package.homepage or service.get("url") or f"package:{package.name}",
        "source_date": day or today.isoformat(),
        "source_publisher": publisher,
        "source_dated": bool(day),
    }


def _publisher(service: Row, package: Package, rows: Rows) -> str:
    if package.title:
        return package.title
    organization = rows.get("organization", {}).get(service.get("organization_id", ""))
    return organization.row["name"] if organization else package.name


def _of_organizations(conn: Connection, rows: Rows) -> Iterator[Row]:
    brought = rows.get("record", {})
    with_record = {
        read.row.get("organization_id") for read in brought.values()
        if read.row.get("kind") == "organization"
    }  # fmt: skip
    wanted = [own for own in rows.get("organization", ()) if own not in with_record]
    known = {
        r["organization_id"] for r in _stored(conn, record.c.organization_id, wanted)
        if r["kind"] == "organization"
    }  # fmt: skip
    taken = {
        *rows.get("service", ()), *brought, *(r["id"] for r in _stored(conn, record.c.id, wanted))
    }  # fmt: skip
    for own in wanted:
        if own not in known:
            slug = own if _is_slug(own) and own not in taken else _slug(own)
            yield {"id": slug, "kind": "organization", "publish": "ok", "organization_id": own,
                   "origin": "imported"}  # fmt: skip


def _is_slug(own: str) -> bool:
    return is_uuid(own) and own == own.lower()


def _slug(own: str) -> str:
    """Of an id that is none: what is left of it, and what tells it from others like it."""
    bare = unicodedata.normalize("NFKD", own.lower()).encode("ascii", "ignore").decode()
    readable = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:60].rstrip("-")
    return f"{readable or 'organization'}-{hsds_id('organization', own)[:8]}"


def _stored(
    conn: Connection, column: ColumnElement[Any], values: Iterable[str]
) -> Iterator[Mapping[str, Any]]:
    for several in chunks(values):
        yield from changes.rows(conn, select(record).where(column.in_(several)))
