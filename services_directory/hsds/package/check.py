"""Whether what a package's rows refer to is there, in the package or in the directory, and whether
our own tables say what can be."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import Connection, select

from services_directory.changes import CHUNK
from services_directory.hsds.fields import REFERENCES
from services_directory.hsds.package.cells import short
from services_directory.hsds.package.columns import COLUMNS
from services_directory.hsds.package.report import Findings
from services_directory.hsds.package.rows import Read, Rows
from services_directory.hsds.package.sheets import table_of
from services_directory.records import SERVICES
from services_directory.tables import TABLES
from services_directory.units import Units

_PARENTS = {"organization": "parent_organization_id", "taxonomy_term": "parent_id"}
_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")


def chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    """Some hundred at a time, as many as a statement takes."""
    waiting = iter(ids)
    while several := list(islice(waiting, CHUNK)):
        yield several


def check(conn: Connection, rows: Rows, units: Units, found: Findings) -> None:
    """Adds what is wrong to what was found."""
    known = _known(conn, rows)
    for table, several in rows.items():
        references = [(c.name, to) for c in COLUMNS[table] if (to := REFERENCES.get(c.name))]
        for read in several.values():
            for name, to in references:
                own = read.row.get(name)
                if own is not None and own not in rows.get(to, ()) and own not in known[to]:
                    _bad(found, read, f"{name} refers to no {to}: {short(own)}")
    _linked(rows, known, found)
    for table, parent in _PARENTS.items():
        _cycles(conn, rows, table, parent, found)
    _records(rows, units, found)
    _translations(rows, known, found)


def _bad(found: Findings, read: Read, what: str) -> None:
    found.add(read.file, read.line, what)


# --- references -----------------------------------------------------------------------------------


def _known(conn: Connection, rows: Rows) -> Mapping[str, Collection[str]]:
    """Of all that is referred to and not in the package: what the directory has, by table."""
    wanted: dict[str, set[str]] = {table: set() for table in TABLES}
    for table, several in rows.items():
        references = [(c.name, to) for c in COLUMNS[table] if (to := REFERENCES.get(c.name))]
        for read in several.values():
            links = [(read.row.get(name), to) for name, to in references]
            if of := _link(table, read.row):
                links.append(of)
            for own, to in links:
                if own is not None and own not in rows.get(to, ()):
                    wanted[to].add(own)
    return {
        table: {
            own
            for several in chunks(ids)
            for own in conn.scalars(
                select(TABLES[table].c.id).where(TABLES[table].c.id.in_(several))
            )
        }
        for table, ids in wanted.items()
    }


def _link(table: str, row: Mapping[str, Any]) -> tuple[str | None, str] | None:
    """The id and the table that a row names itself; None where it names no table that we know."""
    match table:
        case "attribute":
            to = table_of(row.get("link_entity"))
            return (row.get("link_id"), to) if to else None
        case "metadata":
            to = table_of(row.get("resource_type"))
            return (row.get("resource_id"), to) if to else None
        case "translation" if row.get("table_name") in TABLES:
            return row.get("row_id"), row["table_name"]
        case _:
            return None


def _linked(rows: Rows, known: Mapping[str, Collection[str]], found: Findings) -> None:
    """Attributes must stand at something. What changed may be gone since: of metadata that is only
    noted."""
    noted: dict[tuple[str, str], list[int]] = {}
    for table, what in (("attribute", "link_entity"), ("metadata", "resource_type")):
        for read in rows.get(table, {}).values():
            own, to = _link(table, read.row) or (None, None)
            if to is None and read.row.get(what):
                noted.setdefault((read.file, f"with a {what} that is no table"), []).append(
                    read.line
                )
            elif to is None or own is None or own in rows.get(to, ()) or own in known[to]:
                continue
            elif table == "attribute":
                _bad(found, read, f"link_id refers to no {to}: {short(own)}")
            else:
                noted.setdefault((read.file, "about what is not there"), []).append(read.line)
    for (file, what), lines in noted.items():
        found.note(file, lines, f"rows {what}")


def _cycles(conn: Connection, rows: Rows, table: str, parent: str, found: Findings) -> None:
    """Reports each circle once, at its first line."""
    own = rows.get(table, {})
    parents: dict[str, str | None] = {k: read.row.get(parent) for k, read in own.items()}
    columns = TABLES[table].c
    while missing := {p for p in parents.values() if p is not None} - set(parents):
        parents |= dict.fromkeys(missing)
        for several in chunks(missing):
            statement = select(columns.id, columns[parent]).where(columns.id.in_(several))
            parents |= dict(conn.execute(statement).all())
    done: set[str] = set()
    for start in own:
        way: dict[str, None] = {}
        at: str | None = start
        while at is not None and at not in done and at not in way:
            way[at] = None
            at = parents.get(at)
        if at is not None and at in way:
            circle = list(way)[list(way).index(at) :]
            # `start` is of the package; a circle that is none of its rows was there before.
            if here := [own[k] for k in circle if k in own]:
                told = " > ".join(short(k) for k in [*circle[:5], at])
                first = min(here, key=lambda read: read.line)
                _bad(found, first, f"{parent} leads back to itself: {told}")
        done |= set(way)


# --- our own tables -------------------------------------------------------------------------------


def _records(rows: Rows, units: Units, found: Findings) -> None:
    unknown: dict[str, list[int]] = {}
    for read in rows.get("record", {}).values():
        row = read.row
        kind = row.get("kind")
        of = {"organization": ("organization_id",), None: ()}
        wanted = ("service_id",) if kind in SERVICES else of.get(kind, ("name", "answer"))
        for name in wanted:
            if row.get(name) is None:
                _bad(found, read, f"{name} is missing: it is a record of kind {kind}")
        if kind and kind not in SERVICES and row.get("service_id") is not None:
            _bad(found, read, f"service_id must be empty: it is a record of kind {kind}")
        if any(units.get(place) is None for place in row.get("places", ())):
            unknown.setdefault(read.file, []).append(read.line)
    for file, lines in unknown.items():
        found.note(file, lines, "records with places that the map does not know")


def _translations(rows: Rows, known: Mapping[str, Collection[str]], found: Findings) -> None:
    for read in rows.get("translation", {}).values():
        row = read.row
        table, own, name, locale = (row.get(k) for k in ("table_name", "row_id", "field", "locale"))
        if table is None or own is None or name is None or locale is None:
            continue
        if table == "translation" or table not in TABLES:
            _bad(found, read, f"table_name is no table: {short(table)}")
            continue
        if name not in TABLES[table].c:
            _bad(found, read, f"field is no column of {table}: {short(name)}")
        if not _LOCALE.fullmatch(locale):
            _bad(found, read, f"locale is no language: {short(locale)}")
        if own not in rows.get(table, ()) and own not in known[table]:
            _bad(found, read, f"row_id refers to no {table}: {short(own)}")
        if row["id"] != f"{table}/{own}/{name}/{locale}":
            _bad(found, read, "id must be table_name/row_id/field/locale")
