"""A whole package into the directory: checked, then written as one change, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from services_directory import changes
from services_directory.changes import Write
from services_directory.hours import RABAT
from services_directory.hsds.package.check import check, chunks
from services_directory.hsds.package.choice import ORDER
from services_directory.hsds.package.columns import PackageError
from services_directory.hsds.package.reading import Package
from services_directory.hsds.package.records import records_for, refuse_taken
from services_directory.hsds.package.report import Findings, Report
from services_directory.hsds.package.rows import Rows, read_rows
from services_directory.tables import HSDS
from services_directory.units import Units


def import_package(
    conn: Connection, package: Package, units: Units, *, author: str, now: datetime
) -> Report:
    """Writes the package's rows as one change within the caller's transaction; with any error
    nothing. Raises PackageError for a package without rows."""
    found = Findings(tuple(sheet.file for sheet in package.sheets), list(package.notes))
    rows = read_rows(package, found)
    counts = {table: len(several) for table, several in rows.items()}
    if not found.problems and not any(counts.values()):
        raise PackageError(f"The package {package.name} holds no rows")
    check(conn, rows, units, found)
    refuse_taken(conn, rows, found)
    if found.problems:
        return found.report(counts, None)
    more = records_for(conn, rows, package, units, today=now.astimezone(RABAT).date())
    writes = [*_writes(rows), *(Write("record", row["id"], row) for row in more)]
    why = f"import {package.title or package.name}"
    number = changes.apply(conn, writes, author=author, why=why, now=now)
    if number is not None:
        _keep_modified(conn, rows)
    return found.report(counts, number)


def _writes(rows: Rows) -> Iterator[Write]:
    for table in ORDER:
        for own, read in rows.get(table, {}).items():
            yield Write(table, own, read.row)


def _keep_modified(conn: Connection, rows: Rows) -> None:
    """When a service was modified last, the package knows: the change that brought its parts says
    now."""
    given: Mapping[str, str] = {
        own: read.row["last_modified"]
        for own, read in rows.get("service", {}).items()
        if "last_modified" in read.row
    }
    columns = HSDS["service"].c
    for several in chunks(given):
        statement = select(columns.id, columns.last_modified).where(columns.id.in_(several))
        others = [own for own, at in conn.execute(statement) if at != given[own]]
        if others:
            conn.execute(
                update(HSDS["service"])
                .where(columns.id == bindparam("_id"))
                .values(last_modified=bindparam("_at")),
                [{"_id": own, "_at": given[own]} for own in others],
            )
