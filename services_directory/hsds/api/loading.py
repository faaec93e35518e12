"""The rows that a page of things nests: one statement a table and reference, however long the
page is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, select

from services_directory.hsds.api.forms import Form
from services_directory.hsds.api.published import published
from services_directory.hsds.api.unseen import IDS, execute, unseen
from services_directory.hsds.fields import WITHOUT_ATTRIBUTES
from services_directory.tables import HSDS, record, translation

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Loaded:
    rows: dict[str, dict[str, RowMapping]] = field(default_factory=dict)
    """Table, id, row."""
    hung: dict[Key, dict[str, list[RowMapping]]] = field(default_factory=dict)
    """Table and referring field, id referred to, rows in their order."""
    attributes: dict[Key, list[RowMapping]] = field(default_factory=dict)
    """By table and id of what they are attached to."""
    metadata: dict[Key, list[RowMapping]] = field(default_factory=dict)
    records: dict[str, RowMapping] = field(default_factory=dict)
    """What `directory_record` says of each service, by the service's id."""
    texts: dict[Key, dict[str, dict[str, str]]] = field(default_factory=dict)
    """Table and id, field, locale."""


def load(
    conn: Connection, form: Form, ids: Iterable[str], *, today: str, writings: tuple[str, ...]
) -> Loaded:
    """All that the form shows of the things with these ids, of which the caller knows that they may
    be seen. `writings`: the locales whose translations are wanted."""
    found = _Loading(conn, form, today)
    found.bring(form.order[0], "id", ids)
    for table in form.order:
        found.nest(table)
    found.leave_out()
    if form.deep:
        found.attach()
    found.records()
    found.translate(writings)
    return found.loaded


@dataclass(frozen=True, slots=True)
class _Loading:
    conn: Connection
    form: Form
    today: str
    loaded: Loaded = field(default_factory=Loaded)

    def bring(self, table: str, referring: str, ids: Iterable[str]) -> list[RowMapping]:
        """Rows whose field refers to one of these ids."""
        statement = _rows(table, referring, self.form.fields(table))
        rows = sorted(self._execute(statement, ids), key=_place)
        several = self.loaded.rows.setdefault(table, {})
        for row in rows:
            several.setdefault(row["id"], row)
        return rows

    def nest(self, table: str) -> None:
        """What the rows of a table nest."""
        rows = self.loaded.rows.get(table, {})
        for target, referring in self.form.ones.get(table, {}).values():
            known = self.loaded.rows.get(target, {})
            wanted = {row[referring] for row in rows.values()} - {None} - known.keys()
            self.bring(target, "id", wanted)
        for part in self.form.parts.get(table, {}).values():
            if part not in self.loaded.hung:
                _group(self.bring(*part, rows), part[1], self.loaded.hung.setdefault(part, {}))

    def leave_out(self) -> None:
        """What leads to something unseen."""
        hidden = unseen(self.conn, self.loaded.rows, self.today)
        for table, own in hidden:
            del self.loaded.rows[table][own]
        for (table, _), several in self.loaded.hung.items():
            for rows in several.values():
                rows[:] = [row for row in rows if (table, row["id"]) not in hidden]

    def attach(self) -> None:
        """Taxonomy terms and metadata of everything."""
        bearers = (t for t in self._whole() if t not in WITHOUT_ATTRIBUTES)
        ids = [own for table in bearers for own in self.loaded.rows[table]]
        for row in self.bring("attribute", "link_id", ids):
            self.loaded.attributes.setdefault((row["link_entity"], row["link_id"]), []).append(row)
        self.nest("attribute")
        self.nest("taxonomy_term")
        everything = [own for table in self._whole() for own in self.loaded.rows[table]]
        for row in self.bring("metadata", "resource_id", everything):
            of = (row["resource_type"], row["resource_id"])
            self.loaded.metadata.setdefault(of, []).append(row)

    def records(self) -> None:
        if "service" in self._whole():
            for row in self._execute(_records(), self.loaded.rows["service"]):
                self.loaded.records.setdefault(row["service_id"], row)

    def translate(self, writings: tuple[str, ...]) -> None:
        everything = [own for several in self.loaded.rows.values() for own in several]
        if not writings:
            return
        for row in self._execute(_texts(writings), everything):
            fields = self.loaded.texts.setdefault((row["table_name"], row["row_id"]), {})
            fields.setdefault(row["field"], {})[row["locale"]] = row["text"]

    def _whole(self) -> list[str]:
        """Tables that are shown with all their fields."""
        return [table for table in self.loaded.rows if table not in self.form.only]

    def _execute(self, statement: Select[Any], ids: Iterable[str]) -> Iterator[RowMapping]:
        return execute(self.conn, statement, ids, self.today)


@cache
def _rows(table: str, referring: str, fields: tuple[str, ...]) -> Select[Any]:
    own = HSDS[table]
    columns = [own.c[name] for name in dict.fromkeys((*fields, referring, "position"))]
    return select(*columns).where(own.c[referring].in_(IDS))


@cache
def _records() -> Select[Any]:
    return (
        select(
            record.c.service_id, record.c.id, record.c.kind, record.c.status, record.c.reviewed_on,
            record.c.source_url, record.c.source_date, record.c.source_publisher,
            record.c.source_dated,
        )
        .where(record.c.service_id.in_(IDS), published(record))
        .order_by(record.c.id)
    )  # fmt: skip


@cache
def _texts(writings: tuple[str, ...]) -> Select[Any]:
    c = translation.c
    return select(c.table_name, c.row_id, c.field, c.locale, c.text).where(
        c.row_id.in_(IDS), c.locale.in_(writings)
    )


def _place(row: RowMapping) -> tuple[int, str]:
    return row["position"] or 0, row["id"]


def _group(rows: Iterable[RowMapping], by: str, into: dict[str, list[RowMapping]]) -> None:
    for row in rows:
        into.setdefault(row[by], []).append(row)
