"""The tables of a data package: which file is which, and how it is written
(specs.frictionlessdata.io/csv-dialect)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from services_directory.hsds.fields import FIELDS, FILES
from services_directory.hsds.package.columns import COLUMNS, RESOURCES, PackageError, file_of
from services_directory.hsds.package.files import DESCRIPTION

NEWER = frozenset({"url", "urls", "unit", "units", "service_capacity", "service_capacities"})
"""Tables of HSDS 3.1."""

_TABLES: Mapping[str, str] = MappingProxyType(
    {
        name: table
        for table in COLUMNS
        for name in (
            RESOURCES[table], file_of(table).removesuffix(".csv"),
            *((FILES.get(table, table + "s"), table + "s") if table in FIELDS else ()),
        )
    }
)  # fmt: skip


class Broken(ValueError):
    """Quotes that cannot be told apart: what is wrong, from which line on."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line


@dataclass(frozen=True, slots=True)
class Dialect:
    delimiter: str | None = ","
    """None: whichever fits the header."""
    quote: str | None = '"'
    double: bool = True
    escape: str | None = None
    skip_space: bool = False
    comment: str | None = None
    nulls: frozenset[str] = frozenset({""})
    """What stands for nothing in a cell."""


@dataclass(frozen=True, slots=True)
class Sheet:
    table: str
    file: str
    """For people: where in the package."""
    text: str
    dialect: Dialect
    header: tuple[str, ...] | None = None
    """Where the file has none."""

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Line and cells, the header first where it stands in the file; blank lines are none.
        Raises Broken."""
        d = self.dialect
        lines = csv.reader(
            io.StringIO(self.text, newline=""), delimiter=d.delimiter or ",", quotechar=d.quote,
            doublequote=d.double, escapechar=d.escape, skipinitialspace=d.skip_space,
            quoting=csv.QUOTE_MINIMAL if d.quote else csv.QUOTE_NONE, strict=True,
        )  # fmt: skip
        line = 1
        try:
            for cells in lines:
                if cells and not (d.comment and cells[0].startswith(d.comment)):
                    yield line, cells
                line = lines.line_num + 1
        except csv.Error as error:
            raise Broken(line, str(error)) from error

    def first(self) -> list[str]:
        """The first row, empty where there is none."""
        try:
            return next(self.rows(), (1, []))[1]
        except Broken:
            return []

    def with_delimiter(self) -> Sheet:
        """Where nobody said which it is: that which finds most columns of the table."""
        if self.dialect.delimiter is not None:
            return self
        names = {c.name for c in COLUMNS[self.table]}
        tried = [replace(self, dialect=replace(self.dialect, delimiter=x)) for x in ",;\t"]
        return max(tried, key=lambda sheet: sum(c in names for c in header_of(sheet.first())))


def table_of(name: object) -> str | None:
    """The table that a name means, in the singular or the plural."""
    return _TABLES.get(plain(name))


def plain(name: object) -> str:
    return name.strip().lower().replace("-", "_") if isinstance(name, str) else ""


def header_of(cells: Iterable[str]) -> tuple[str, ...]:
    """The names of columns: case and spaces around them say nothing."""
    return tuple(plain(c).replace(" ", "_") for c in cells)


def dialect_of(resource: Mapping[str, Any], table: str) -> tuple[Dialect, tuple[str, ...] | None]:
    """How the files of a resource are written, and their columns where they have no header. Raises
    PackageError."""
    given = resource.get("dialect", {})
    if given is None:
        return Dialect(delimiter=None), None
    given = given.get("csv", given) if isinstance(given, dict) else given
    if not isinstance(given, dict):
        raise PackageError(f"{DESCRIPTION}: the dialect of {table} is no object")
    schema = resource.get("schema")
    schema = schema if isinstance(schema, dict) else {}
    missing = schema.get("missingValues")
    nulls = [given.get("nullSequence"), *(missing if isinstance(missing, list) else ())]
    made = Dialect(
        _sign(given, "delimiter", ","),
        _sign(given, "quoteChar", '"'),
        given.get("doubleQuote") is not False,
        _sign(given, "escapeChar", None),
        given.get("skipInitialSpace") is True,
        _sign(given, "commentChar", None),
        frozenset({"", *(x for x in nulls if isinstance(x, str))}),
    )
    if given.get("header") is not False:
        return made, None
    names = schema.get("fields")
    if not isinstance(names, list) or not all(isinstance(f, dict) for f in names):
        raise PackageError(f"{DESCRIPTION}: {table} has no header and no fields in its schema")
    return made, tuple(str(f.get("name", "")) for f in names)


def _sign(given: Mapping[str, Any], name: str, default: str | None) -> str | None:
    found = given.get(name, default)
    if found is not None and (not isinstance(found, str) or len(found) != 1 or found in "\r\n\0"):
        raise PackageError(f"{DESCRIPTION}: {name} must be one character")
    return found


def inline(resource: Mapping[str, Any], table: str) -> str:
    """Rows that stand in datapackage.json itself, as the CSV that they could be. Raises
    PackageError."""
    data = resource.get("data")
    if isinstance(data, str):
        return data
    if not isinstance(data, list) or not all(isinstance(row, list | dict) for row in data):
        raise PackageError(f"{DESCRIPTION}: {table} has neither a path nor rows")
    names = list(dict.fromkeys(key for row in data if isinstance(row, dict) for key in row))
    out = io.StringIO(newline="")
    write = csv.writer(out).writerow
    if names:
        write(names)
    for row in data:
        write([_said(x) for x in ([row.get(n) for n in names] if isinstance(row, dict) else row)])
    return out.getvalue()


def _said(value: object) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False)
