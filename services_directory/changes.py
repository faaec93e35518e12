"""Every change of the directory: who, when, why, and each row before and after. Any can be undone.

All tables have one key, `id`; a change is a set of rows as they shall be. What is already so is not
written, and no change is recorded where nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby, islice
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, delete, insert, select, update

from services_directory.tables import TABLES, change, change_row

Row = Mapping[str, Any]
CHUNK = 500
MODIFIED = "last_modified"


class Changed(Exception):
    """What shall be undone was changed again since: in one sentence."""


@dataclass(frozen=True, slots=True)
class Write:
    table: str
    id: str
    row: Row | None
    """The row as it shall be; None: gone."""


@dataclass(frozen=True, slots=True)
class Change:
    id: int
    at: str
    author: str
    why: str
    undoes: int | None


@dataclass(frozen=True, slots=True)
class RowChange:
    table: str
    id: str
    before: Row | None
    after: Row | None


def apply(
    conn: Connection,
    writes: Iterable[Write],
    *,
    author: str,
    why: str,
    now: datetime,
    undoes: int | None = None,
) -> int | None:
    """The number of the change; None where everything was so already. Within the caller's
    transaction: all or nothing."""
    done = [made for batch in _batches(writes) for made in _apply_batch(conn, batch)]
    if not done:
        return None
    at = now.astimezone(UTC).isoformat(timespec="milliseconds")
    _touch(conn, done, at)
    result = conn.execute(insert(change).values(at=at, author=author, why=why, undoes=undoes))
    assert result.inserted_primary_key  # noqa: S101 - an autoincrementing key
    number = int(result.inserted_primary_key[0])
    waiting = iter(enumerate(done))
    while several := list(islice(waiting, CHUNK)):
        conn.execute(
            insert(change_row),
            [
                {"id": f"{number}/{n}", "change_id": number, "position": n, "table_name": r.table,
                 "row_id": r.id, "before": r.before, "after": r.after}
                for n, r in several
            ],
        )  # fmt: skip
    return number


def rows(conn: Connection, query: Select[Any]) -> list[Row]:
    """What a query finds, each row by the names of its columns."""
    return [dict(found) for found in conn.execute(query).mappings()]


def history(conn: Connection, table: str, row_id: str) -> tuple[tuple[Change, RowChange], ...]:
    """The changes of one row, newest first."""
    found = rows(
        conn,
        select(change, change_row)
        .join(change_row, change_row.c.change_id == change.c.id)
        .where(change_row.c.table_name == table, change_row.c.row_id == row_id)
        .order_by(change.c.id.desc()),
    )
    return tuple(
        (_change(row), RowChange(table, row_id, row["before"], row["after"])) for row in found
    )


def latest(conn: Connection, *, limit: int = 50) -> tuple[Change, ...]:
    """The newest changes first."""
    found = rows(conn, select(change).order_by(change.c.id.desc()).limit(limit))
    return tuple(_change(row) for row in found)


def rows_of(conn: Connection, number: int) -> tuple[RowChange, ...]:
    found = conn.execute(
        select(change_row).where(change_row.c.change_id == number).order_by(change_row.c.position)
    ).mappings()
    return tuple(RowChange(r["table_name"], r["row_id"], r["before"], r["after"]) for r in found)


def undo(conn: Connection, number: int, *, author: str, why: str, now: datetime) -> int | None:
    """Brings back what a change replaced. Raises Changed where a row was changed again since, and
    LookupError where there is no such change."""
    made = rows_of(conn, number)
    if not made:
        raise LookupError(number)
    for table, several in groupby(sorted(made, key=lambda r: r.table), key=lambda r: r.table):
        changed = list(several)
        now_there = _existing(conn, TABLES[table], [r.id for r in changed])
        for row in changed:
            if not _same(now_there.get(row.id), row.after):
                raise Changed(f"{table} {row.id} was changed again after change {number}.")
    writes = [Write(r.table, r.id, r.before) for r in made]
    return apply(conn, writes, author=author, why=why, now=now, undoes=number)


def _change(row: Mapping[str, Any]) -> Change:
    return Change(row["id"], row["at"], row["author"], row["why"], row["undoes"])


def _batches(writes: Iterable[Write]) -> Iterator[list[Write]]:
    """Writes by table, some hundred at a time."""
    by_table: dict[str, list[Write]] = {}
    for write in writes:
        by_table.setdefault(write.table, []).append(write)
    for of_table in by_table.values():
        several = iter(of_table)
        while batch := list(islice(several, CHUNK)):
            yield batch


def _apply_batch(conn: Connection, batch: Sequence[Write]) -> Iterator[RowChange]:
    table = TABLES[batch[0].table]
    there = _existing(conn, table, [w.id for w in batch])
    gone, new, other = [], [], []
    for write in batch:
        before = there.get(write.id)
        after = None if write.row is None else _complete(table, write)
        if _same(before, after):
            continue
        if after is None:
            gone.append(write.id)
        elif before is None:
            new.append(after)
        else:
            other.append(after)
        there[write.id] = after or {}
        yield RowChange(write.table, write.id, before, after)
    if gone:
        conn.execute(delete(table).where(table.c.id.in_(gone)))
    if new:
        conn.execute(insert(table), new)
    if other:
        columns = [c.name for c in table.columns if c.name != "id"]
        conn.execute(
            table.update()
            .where(table.c.id == bindparam("_id"))
            .values({name: bindparam(f"_{name}") for name in columns}),
            [{"_id": row["id"], **{f"_{name}": row[name] for name in columns}} for row in other],
        )


def _existing(conn: Connection, table: Table, ids: Sequence[str]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    waiting = iter(ids)
    while several := list(islice(waiting, CHUNK)):
        for row in conn.execute(select(table).where(table.c.id.in_(several))).mappings():
            found[row["id"]] = dict(row)
    return found


def _complete(table: Table, write: Write) -> dict[str, Any]:
    """Every column of the table, None where the row says nothing. Raises KeyError for a column that
    is none."""
    given = dict(write.row or {}, id=write.id)
    if unknown := set(given) - set(table.columns.keys()):
        raise KeyError(f"{table.name}: {', '.join(sorted(unknown))}")
    return {name: given.get(name) for name in table.c.keys()}  # noqa: SIM118 - columns, not names


def _same(one: Row | None, other: Row | None) -> bool:
    """Apart from when it was modified last: that follows from the change, it is none."""
    if one is None or other is None:
        return one is other
    return {**one, MODIFIED: None} == {**other, MODIFIED: None}


def _touch(conn: Connection, done: Iterable[RowChange], at: str) -> None:
    """The services of which anything changed are modified now."""
    services = {
        service for r in done if (row := r.after or r.before) and (service := _service(r, row))
    }
    table = TABLES["service"]
    waiting = iter(services)
    while several := list(islice(waiting, CHUNK)):
        conn.execute(update(table).where(table.c.id.in_(several)).values({MODIFIED: at}))


def _service(r: RowChange, row: Row) -> str | None:
    match r.table:
        case "service":
            # A package says itself when its services were modified.
            return None if row.get(MODIFIED) else r.id
        case "attribute":
            return row["link_id"] if row["link_entity"] == "service" else None
        case "translation":
            return row["row_id"] if row["table_name"] == "service" else None
        case _:
            return row.get("service_id")
