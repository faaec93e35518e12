"""Writes the directory as a tabular data package (HSDS 3.0, specs.frictionlessdata.io): a folder or
a zip, at once or not at all. The same directory gives the same bytes."""

from __future__ import annotations

import csv
import io
import json
import secrets
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy import Connection, collate, select

from services_directory.hours import RABAT
from services_directory.hsds.fields import REFERENCES
from services_directory.hsds.package.cells import cell
from services_directory.hsds.package.choice import ORDER, choose
from services_directory.hsds.package.columns import (
    COLUMNS,
    ESCAPED,
    LACKED,
    RESOURCES,
    Column,
    PackageError,
    file_of,
)
from services_directory.tables import TABLES

NAME, TITLE = "services-directory", "Directory of services"
_TYPES: dict[str, dict[str, str]] = {
    "uuid": {"type": "string", "format": "uuid"}, "uri": {"type": "string", "format": "uri"},
    "email": {"type": "string", "format": "email"}, "number": {"type": "number"},
    "integer": {"type": "integer"}, "date": {"type": "date"},
    "time": {"type": "time", "format": "any"}, "datetime": {"type": "datetime", "format": "any"},
    "boolean": {"type": "boolean"}, "list": {"type": "array"}, "sources": {"type": "array"},
    "lists": {"type": "object"},
}  # fmt: skip
_DAY = (1980, 1, 1, 0, 0, 0)
"""Of every entry of a zip: its earliest."""

Open = Callable[[str], TextIO]
"""A new file of the package, by its name."""


def export(conn: Connection, path: Path, *, now: datetime, everything: bool = False) -> int:
    """The number of rows written: to a zip where the path ends in .zip, else to a folder, which
    may be there if it is a package. `everything`: drafts and what was withdrawn too. Raises
    PackageError. On PostgreSQL give it a transaction that sees one moment (REPEATABLE READ)."""
    with _zip(path) if path.suffix.lower() == ".zip" else _folder(path) as new:
        written = _tables(conn, new, now, everything=everything)
        described = _described({t: c for t, c in written.items() if c}, now)
        with new("datapackage.json") as file:
            file.write(json.dumps(described, ensure_ascii=False, indent=2) + "\n")
    return sum(written.values())


def _tables(conn: Connection, new: Open, now: datetime, *, everything: bool) -> dict[str, int]:
    """The number of rows written, by table."""
    choice = choose(conn, today=now.astimezone(RABAT).date(), everything=everything)
    written: dict[str, int] = {}
    for name in ORDER:
        table, columns = TABLES[name], COLUMNS[name]
        # By code points on every database, whatever its language.
        order = collate(table.c.id, "C") if conn.dialect.name == "postgresql" else table.c.id
        rows = conn.execute(
            select(table).order_by(order), execution_options={"yield_per": 1000}
        ).mappings()
        taken = (out for row in rows if (out := choice.take(name, dict(row))) is not None)
        written[name] = _sheet(lambda name=name: new(file_of(name)), columns, taken)  # type: ignore[misc]
    return written


def _sheet(new: Callable[[], TextIO], columns: tuple[Column, ...], rows: Iterator[Any]) -> int:
    """The number of rows; where there is none, no file is made."""
    count = 0
    with ExitStack() as stack:
        for count, row in enumerate(rows, 1):
            if count == 1:
                write = csv.writer(stack.enter_context(new())).writerow
                write([c.name for c in columns])
            write([cell(c, row[c.name]) for c in columns])
    return count


# --- datapackage.json -----------------------------------------------------------------------------


def _described(written: dict[str, int], now: datetime) -> dict[str, Any]:
    return {
        "name": NAME, "title": TITLE, "profile": "tabular-data-package",
        "created": now.astimezone(UTC).isoformat(timespec="seconds"), ESCAPED: True,
        "resources": [_resource(table, written) for table in written],
    }  # fmt: skip


def _resource(table: str, written: dict[str, int]) -> dict[str, Any]:
    keys = [
        {"fields": c.name, "reference": {"resource": "" if own else RESOURCES[to], "fields": "id"}}
        for c in COLUMNS[table]
        if (to := REFERENCES.get(c.name)) and ((own := to == table) or to in written)
    ]
    schema = {"fields": [_field(table, c) for c in COLUMNS[table]], "primaryKey": "id"}
    return {
        "name": RESOURCES[table], "path": file_of(table), "profile": "tabular-data-resource",
        "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"',
                    "doubleQuote": True},
        "schema": {**schema, "foreignKeys": keys} if keys else schema,
    }  # fmt: skip


def _field(table: str, c: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if c.required and c.name not in LACKED.get(table, ()):
        constraints["required"] = True
    if c.name == "id":
        constraints["unique"] = True
    if c.choices:
        constraints["enum"] = list(c.choices)
    made: dict[str, Any] = {"name": c.name, **_TYPES.get(c.type, {"type": "string"})}
    return {**made, "constraints": constraints} if constraints else made


# --- where to -------------------------------------------------------------------------------------


@contextmanager
def _zip(path: Path) -> Iterator[Open]:
    if path.is_dir():
        raise PackageError(f"{path} is a folder")
    with written_to(path) as temporary, zipfile.ZipFile(temporary, "x") as packed:

        def new(name: str) -> TextIO:
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # Unix, read by all: as on every other machine.
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            return io.TextIOWrapper(packed.open(entry, "w"), encoding="utf-8", newline="")

        yield new


@contextmanager
def _folder(path: Path) -> Iterator[Open]:
    _refuse_other(path)
    with written_to(path) as temporary:
        temporary.mkdir()
        yield lambda name: (temporary / name).open("x", encoding="utf-8", newline="")


@contextmanager
def written_to(path: Path) -> Iterator[Path]:
    """A name next to the path, of what takes its place in the end. Raises PackageError."""
    mark = secrets.token_hex(4)
    temporary, old = (path.with_name(f".{path.name}.{mark}.{x}") for x in ("new", "old"))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        if path.is_dir():
            path.rename(old)
        try:
            temporary.replace(path)
        except OSError:
            if old.exists():
                old.rename(path)
            raise
        _remove(old)
    except OSError as error:
        raise PackageError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        _remove(temporary)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _refuse_other(path: Path) -> None:
    """Raises PackageError where something stands that is no package of ours."""
    if not path.exists() and not path.is_symlink():
        return
    if not path.is_dir() or path.is_symlink():
        raise PackageError(f"{path} is no folder")
    found = {entry.name for entry in path.iterdir()}
    ours = {"datapackage.json", *map(file_of, COLUMNS)}
    if found and ("datapackage.json" not in found or found - ours):
        other = min(found - ours, default="no datapackage.json")
        raise PackageError(f"{path} holds something else than a data package: {other}")
