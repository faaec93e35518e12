"""The directory's tables: those of HSDS 3.0, and what HSDS leaves out.

All have one key, `id`, so that any row's history is kept in the same way (`changes`). Rows refer to
each other by ids without foreign keys in the database: whole packages come and go in one change;
`package` and `checks` find what refers to nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import JSON, Boolean, Column, Float, Index, Integer, MetaData, String, Table, Text

from services_directory.hsds.fields import FIELDS, Field

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""How keys, indexes and constraints are called in the one database that all tables share."""

metadata = MetaData(naming_convention=NAMING)


def _column(field: Field) -> Column[str] | Column[float]:
    if field.name == "id":
        return Column("id", String(64), primary_key=True)
    if field.type == "number":
        return Column(field.name, Float)
    if field.type == "uuid":
        return Column(field.name, String(64), index=True)
    if field.type in ("date", "time", "datetime"):
        return Column(field.name, String(40))
    return Column(field.name, Text)


HSDS: Mapping[str, Table] = MappingProxyType(
    {
        name: Table(
            f"hsds_{name}",
            metadata,
            *map(_column, fields),
            # Which comes first among the rows of one thing: HSDS has no order.
            Column("position", Integer),
        )
        for name, fields in FIELDS.items()
    }
)
Index("ix_hsds_service_last_modified", HSDS["service"].c.last_modified, HSDS["service"].c.id)

record = Table(
    "directory_record",
    metadata,
    # The slug: onde-2511; of an imported service its HSDS id.
    Column("id", String(80), primary_key=True),
    # A kind of `records.Kind`, or organization.
    Column("kind", String(16), nullable=False),
    Column("publish", String(10), nullable=False),
    Column("status", String(40)),
    Column("service_id", String(64)),
    Column("organization_id", String(64), index=True),
    # Of what is no service: its French name and answer; else they stand in the HSDS tables.
    Column("name", Text),
    Column("answer", Text),
    Column("phones", JSON),
    Column("url", Text),
    Column("source_url", Text),
    Column("source_date", String(10)),
    Column("source_publisher", Text),
    Column("source_dated", Boolean),
    Column("sources", JSON),
    Column("confidence", String(8)),
    # When its texts were compared with the sources.
    Column("compiled_on", String(10)),
    Column("reviewed_by", Text),
    Column("reviewed_on", String(10)),
    Column("valid_from", String(10)),
    Column("valid_until", String(10)),
    Column("intents", JSON),
    Column("aliases", JSON),
    Column("places", JSON),
    Column("abroad", Boolean),
    # Its locations are never published.
    Column("confidential", Boolean),
    # shipped with Sanad, imported from a package, or written by an editor.
    Column("origin", String(8), nullable=False),
    # A list of the public needs nothing else of a record.
    Index(
        "ix_directory_record_shown", "service_id", "publish", "kind", "valid_from", "valid_until"
    ),
)

translation = Table(
    "directory_translation",
    metadata,
    # table/row/field/locale
    Column("id", String(200), primary_key=True),
    Column("table_name", String(40), nullable=False),
    Column("row_id", String(80), nullable=False, index=True),
    Column("field", String(40), nullable=False),
    Column("locale", String(8), nullable=False),
    Column("text", Text, nullable=False),
)

change = Table(
    "directory_change",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # UTC, ISO 8601.
    Column("at", String(32), nullable=False),
    Column("author", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("undoes", Integer),
)

change_row = Table(
    "directory_change_row",
    metadata,
    # change/position
    Column("id", String(40), primary_key=True),
    Column("change_id", Integer, nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("table_name", String(40), nullable=False),
    Column("row_id", String(200), nullable=False),
    Column("before", JSON),
    Column("after", JSON),
    Index("ix_directory_change_row_of_row", "row_id", "table_name"),
)

state = Table(
    "directory_state",
    metadata,
    # shipped: the digest of what the package brought last.
    Column("id", String(20), primary_key=True),
    Column("value", Text, nullable=False),
)

TABLES: Mapping[str, Table] = MappingProxyType(
    {**HSDS, "record": record, "translation": translation}
)
"""By the names that writes and changes use."""
