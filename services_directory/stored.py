"""The guide in the database: what Sanad ships is brought in, editors change it, everybody reads it.

What an editor wrote is never overwritten by a newer Sanad; what was shipped once and is no more is
withdrawn, not deleted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from services_directory import changes
from services_directory.changes import CHUNK, Write, rows
from services_directory.guide_files import refuse_unfinished
from services_directory.mapping import OWNED, PARTS, Rows, guide_rows, record_rows
from services_directory.records import Guide, GuideError, Record
from services_directory.tables import TABLES, change, record, state, translation
from services_directory.units import Units
from services_directory.unmapping import guide_of

SHIPPED = "sanad"
"""Who brings what the package ships."""


def bring(conn: Connection, guide: Guide, units: Units, *, digest: str, now: datetime) -> bool:
    """Whether there was anything to bring. `digest` is that of what is shipped."""
    if shipped(conn) == digest:
        return False
    made = guide_rows(guide, units)
    kept = set(conn.scalars(select(record.c.id).where(record.c.origin == "written")))
    ours = set(conn.scalars(select(record.c.id).where(record.c.origin == "shipped")))
    if kept:
        others = {slug: r for slug, r in guide.records.items() if slug not in kept}
        made = guide_rows(Guide(others, guide.organizations), units)
    writes = list(_writes(made))
    services = [hsds for r in made["record"].values() if (hsds := r.get("service_id"))]
    writes += _no_more(conn, made, services)
    writes += _withdrawn(conn, ours - set(made["record"]))
    changes.apply(conn, writes, author=SHIPPED, why="shipped", now=now)
    _set_state(conn, "shipped", digest)
    return True


def shipped(conn: Connection) -> str | None:
    """The digest of what was brought last."""
    return _state(conn, "shipped")


def version(conn: Connection) -> int:
    """The number of the newest change: whoever read the guide at it need not read it again."""
    return int(conn.scalar(select(func.max(change.c.id))) or 0)


def stamp(conn: Connection) -> str:
    """Of the newest change: whoever read the guide at it need not read it again."""
    found = conn.execute(select(change.c.id, change.c.at).order_by(change.c.id.desc()).limit(1))
    return " ".join(map(str, found.first() or ()))


def count(conn: Connection) -> int:
    """Of records, organizations among them."""
    return int(conn.scalar(select(func.count()).select_from(record)) or 0)


def slugs(conn: Connection) -> list[str]:
    return list(conn.scalars(select(record.c.id).where(record.c.kind != "organization")))


def pristine(conn: Connection) -> str | None:
    """The digest of what was shipped, where nobody has changed anything since; else None."""
    by_others = select(change.c.id).where(change.c.author != SHIPPED).limit(1)
    return None if conn.scalar(by_others) is not None else shipped(conn)


def read_guide(conn: Connection) -> Guide:
    """Every record and organization, drafts included."""
    return guide_of(
        {name: rows(conn, select(TABLES[name]))
         for name in (*OWNED, "record", "translation", "service", "organization", "address")}
    )  # fmt: skip


def read_record(conn: Connection, slug: str) -> Record | None:
    """One record as it stands, with its organization's slug."""
    own = next(iter(rows(conn, select(record).where(record.c.id == slug))), None)
    if own is None or own["kind"] == "organization":
        return None
    hung = _owned(conn, [own["service_id"]] if own["service_id"] else [])
    behind = {
        own["organization_id"],
        *(s["organization_id"] for s in hung.get("service", {}).values()),
    }
    bodies = select(record).where(
        record.c.kind == "organization", record.c.organization_id.in_(behind - {None})
    )
    found = {"record": [own, *rows(conn, bodies)]}
    places = [r["location_id"] for r in hung.get("service_at_location", {}).values()]
    table = TABLES["address"]
    found["address"] = rows(conn, select(table).where(table.c.location_id.in_(places)))
    for name, several in hung.items():
        found[name] = list(several.values())
    of = [slug, own["service_id"], *(row["id"] for several in found.values() for row in several)]
    found["translation"] = rows(conn, select(translation).where(translation.c.row_id.in_(of)))
    return guide_of(found).records.get(slug)


def save(
    conn: Connection, new: Record, units: Units, *, author: str, why: str, now: datetime
) -> int | None:
    """Writes a record as an editor wants it; the number of the change, None where nothing changed.
    Raises GuideError where it may not be published so."""
    writes = writes_of(conn, new, units)
    return changes.apply(conn, writes, author=author, why=why, now=now)


def writes_of(conn: Connection, new: Record, units: Units) -> list[Write]:
    """What would have to be written so that a record stands as given. Only what it says otherwise
    is touched: of an imported service HSDS holds more than a record does. Raises GuideError."""
    refuse_unfinished(new)
    if missing := next((p for p in new.places if units.get(p) is None), None):
        raise GuideError(f"{new.id}: the map knows no {missing}")
    before = read_record(conn, new.id)
    if before == new:
        return []
    own = conn.scalar(select(record.c.service_id).where(record.c.id == new.id))
    made = record_rows(new, units, origin="written", service=own)
    there = _owned(conn, [own] if own else [])
    same = {
        table
        for part, tables in PARTS.items()
        if before is not None and getattr(before, part) == getattr(new, part)
        for table in tables
    }
    for row in made.get("service", {}).values():
        old = there.get("service", {}).get(row["id"])
        kept = {**old} if old else {}
        if old and before and before.organization == new.organization:
            row["organization_id"] = old["organization_id"]
        elif new.organization:
            row["organization_id"] = _body(conn, new.organization)
        if not new.reviewed_on:
            row["assured_date"] = kept.get("assured_date")
        row |= {name: value for name, value in kept.items() if name not in row}
    left = {table: several for table, several in made.items() if table not in same}
    left["translation"] = {
        key: row
        for key, row in made.get("translation", {}).items()
        if row["table_name"] not in same
    }
    gone = _no_more(conn, left, [own] if own else [], apart=same)
    return [*_writes(left), *gone]


def _body(conn: Connection, slug: str) -> str:
    """The HSDS id of an organization. Raises GuideError where there is none."""
    found = conn.scalar(
        select(record.c.organization_id).where(record.c.id == slug, record.c.kind == "organization")
    )
    if found is None:
        raise GuideError(f"there is no organization {slug}")
    return str(found)


def set_publish(
    conn: Connection, slug: str, publish: str, units: Units, *, author: str, why: str, now: datetime
) -> int | None:
    """Publishes, withdraws, or makes a draft again. Raises GuideError, LookupError."""
    found = read_record(conn, slug)
    if found is None:
        raise LookupError(slug)
    new = replace(found, publish=publish)  # type: ignore[arg-type]
    return save(conn, new, units, author=author, why=why, now=now)


def review(conn: Connection, slug: str, units: Units, *, author: str, now: datetime) -> int | None:
    """Notes that somebody confirmed a record today. Raises LookupError."""
    found = read_record(conn, slug)
    if found is None:
        raise LookupError(slug)
    new = replace(found, reviewed_by=author, reviewed_on=now.date().isoformat())
    return save(conn, new, units, author=author, why="reviewed", now=now)


def _writes(made: Rows) -> Iterator[Write]:
    for table, several in made.items():
        for own, row in several.items():
            yield Write(table, own, row)


def _owned(conn: Connection, services: Iterable[str]) -> dict[str, dict[str, Mapping[str, Any]]]:
    """The rows that hang on services, and the services."""
    found: dict[str, dict[str, Mapping[str, Any]]] = {}
    waiting = iter(services)
    while several := list(islice(waiting, CHUNK)):
        for name in ("service", *OWNED):
            table = TABLES[name]
            column = table.c[{"service": "id", "attribute": "link_id"}.get(name, "service_id")]
            for row in rows(conn, select(table).where(column.in_(several))):
                found.setdefault(name, {})[row["id"]] = row
    return found


def _no_more(
    conn: Connection, made: Rows, services: Iterable[str], *, apart: Collection[str] = ()
) -> Iterator[Write]:
    """What hangs on these services and is not in the rows any more, translations included; not
    what stands in tables that are left alone."""
    of: list[str] = list(made["record"])
    for table, several in _owned(conn, services).items():
        if table not in apart:
            of += several
            for own in several:
                if table != "service" and own not in made.get(table, {}):
                    yield Write(table, own, None)
    waiting = iter(of)
    while ids := list(islice(waiting, CHUNK)):
        known = select(translation.c.id).where(translation.c.row_id.in_(ids))
        for own in conn.scalars(known):
            if own not in made.get("translation", {}):
                yield Write("translation", own, None)


def _withdrawn(conn: Connection, slugs: Iterable[str]) -> Iterator[Write]:
    waiting = iter(slugs)
    while several := list(islice(waiting, CHUNK)):
        for row in rows(conn, select(record).where(record.c.id.in_(several))):
            yield Write("record", row["id"], {**row, "publish": "withdrawn"})


def _state(conn: Connection, name: str) -> str | None:
    return conn.scalar(select(state.c.value).where(state.c.id == name))


def _set_state(conn: Connection, name: str, value: str) -> None:
    if conn.execute(update(state).where(state.c.id == name).values(value=value)).rowcount == 0:
        conn.execute(insert(state).values(id=name, value=value))
