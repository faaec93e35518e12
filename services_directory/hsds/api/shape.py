"""Rows of the directory as the JSON of HSDS 3.0, nested as its schemas say.

What is empty in the database is left out. Beyond HSDS a service says its `source`, and what our
records know: x_slug, x_kind, x_status, x_verified_on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, RowMapping, Select, select

from services_directory.hsds.api.forms import Form
from services_directory.hsds.api.languages import writings
from services_directory.hsds.api.loading import Key, Loaded, load
from services_directory.hsds.fields import FIELDS, Type
from services_directory.records import Locale
from services_directory.tables import HSDS

Json = dict[str, Any]

_OWN = {"x_slug": "id", "x_kind": "kind", "x_status": "status", "x_verified_on": "reviewed_on"}
_SOURCE = ("url", "date", "publisher", "dated")


def shaped(
    conn: Connection, form: Form, ids: Sequence[str], *, today: str, locale: Locale
) -> list[Json]:
    """The things with these ids, in this order, those that are there."""
    loaded = load(conn, form, ids, today=today, writings=writings(locale))
    shape = _Shape(form, loaded, writings(locale))
    own, rows = form.order[0], loaded.rows.get(form.order[0], {})
    return [shape.thing(own, rows[i]) for i in ids if i in rows]


def modified(conn: Connection, ids: Sequence[str] | Select[Any], *, today: str) -> list[Json]:
    """Of services only when they were modified, by id."""
    own = HSDS["service"].c
    found = conn.execute(
        select(own.id, own.last_modified).where(own.id.in_(ids)).order_by(own.id),
        {"today": today},
    )
    return [{"id": i, "last_modified": at} if at else {"id": i} for i, at in found]


@dataclass(frozen=True, slots=True)
class _Shape:
    form: Form
    loaded: Loaded
    writings: tuple[str, ...]
    made: dict[Key, Json] = field(default_factory=dict)
    """An organization stands behind many services."""

    def thing(self, table: str, row: RowMapping) -> Json:
        key = (table, row["id"])
        if key not in self.made:
            self.made[key] = self._made(key, row)
        return self.made[key]

    def _made(self, key: Key, row: RowMapping) -> Json:
        table, own = key
        made = self._fields(key, row)
        if table in self.form.only:
            return made
        if table == "service" and (its := self.loaded.records.get(own)):
            made |= _additions(its)
        for name, (target, referring) in self.form.ones.get(table, {}).items():
            if one := self.loaded.rows.get(target, {}).get(row[referring]):
                made[name] = self.thing(target, one)
        for name, part in self.form.parts.get(table, {}).items():
            if several := self.loaded.hung.get(part, {}).get(own):
                made[name] = [self.thing(part[0], r) for r in several]
        for name, attached in (
            ("attributes", self.loaded.attributes), ("metadata", self.loaded.metadata),
        ):  # fmt: skip
            if several := attached.get(key):
                made[name] = [self.thing(name.removesuffix("s"), r) for r in several]
        return made

    def _fields(self, key: Key, row: RowMapping) -> Json:
        shown = self.form.fields(key[0])
        made: Json = {name: v for name, v in row.items() if v is not None and name in shown}
        for name in _of_type(key[0], "number") & made.keys():
            made[name] = _whole(made[name])
        for name in _of_type(key[0], "uri") & made.keys():
            made[name] = _uri(made[name])
        for name, said in self.loaded.texts.get(key, {}).items():
            text = next((said[w] for w in self.writings if said.get(w)), None)
            if text and name in shown:
                made[name] = text
        return made


def _additions(its: RowMapping) -> Json:
    source = _said((name, its[f"source_{name}"]) for name in _SOURCE)
    if "url" in source:
        source["url"] = _uri(source["url"])
    made = _said((name, its[column]) for name, column in _OWN.items())
    return {"source": source, **made} if "url" in source else made


@cache
def _of_type(table: str, kind: Type) -> frozenset[str]:
    return frozenset(f.name for f in FIELDS[table] if f.type == kind)


def _whole(value: float) -> int | float:
    return int(value) if float(value).is_integer() else value


def _uri(address: str) -> str:
    """Addresses stand in the guide as people read them, with Arabic letters; a URI has none."""
    return quote(address, safe="%/:?#[]@!$&'()*+,;=")


def _said(pairs: Any) -> Json:
    return {name: value for name, value in pairs if value is not None}
