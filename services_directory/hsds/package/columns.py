"""What stands in a data package: its tables with their columns and files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, get_args

import sqlalchemy
from sqlalchemy import Boolean, String

from services_directory.hsds import fields
from services_directory.hsds.fields import FIELDS, FILES
from services_directory.records import Confidence, Kind, Publish
from services_directory.tables import TABLES

Type = Literal[fields.Type, "link", "known_date", "integer", "boolean", "list", "sources", "lists"]


class PackageError(ValueError):
    """A package that cannot be read or written: what and why, in one sentence."""


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: Type
    required: bool = False
    choices: tuple[str, ...] = ()
    longest: int | None = None


ESCAPED = "sanad:escaped"
"""In datapackage.json: cells that a spreadsheet could take for a formula begin with a quote, which
whoever reads the package takes off again."""

LACKED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "service": frozenset({"organization_id"}),
        "address": frozenset({"city", "state_province", "postal_code"}),
    }
)
"""What HSDS requires and our own guide leaves empty where nobody knows it: packages of ours do not
say that it is required, and may lack it."""

_OWN = ("record", "translation")
_OURS: Mapping[str, Type] = MappingProxyType(
    {
        "phones": "list", "intents": "list", "places": "list", "sources": "sources",
        "aliases": "lists", "url": "uri", "source_url": "link", "source_date": "known_date",
        "compiled_on": "date", "reviewed_on": "date", "valid_from": "date", "valid_until": "date",
        "service_id": "uuid", "organization_id": "uuid",
    }
)  # fmt: skip
"""What the columns of our own tables hold, where it is no plain text."""
_CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "kind": (*get_args(Kind), "organization"), "publish": get_args(Publish),
        "confidence": get_args(Confidence), "origin": ("shipped", "imported", "written"),
    }
)  # fmt: skip


def _own_column(column: sqlalchemy.Column[Any]) -> Column:
    kind: Type = "boolean" if isinstance(column.type, Boolean) else "text"
    return Column(
        column.name,
        _OURS.get(column.name, kind),
        not column.nullable,
        _CHOICES.get(column.name, ()),
        column.type.length if isinstance(column.type, String) else None,
    )


def _hsds_columns(table: str) -> tuple[Column, ...]:
    made = [
        Column(f.name, f.type, f.required, f.choices, 64 if f.type == "uuid" else None)
        for f in FIELDS[table]
    ]
    return (*made, Column("position", "integer"))


COLUMNS: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {
        **{table: _hsds_columns(table) for table in FIELDS},
        **{t: tuple(map(_own_column, TABLES[t].columns)) for t in _OWN},
    }
)
"""Of each table in `TABLES`: what stands in its file."""

RESOURCES: Mapping[str, str] = MappingProxyType(
    {table: table if table in FIELDS else f"directory_{table}" for table in COLUMNS}
)
"""What a table is called in a data package."""


def file_of(table: str) -> str:
    own = RESOURCES[table]
    return f"{own if table in _OWN else FILES.get(table, own + 's')}.csv"
