"""What is written is committed together: a commit costs a disk's round trip whatever it holds, so
those who wait share it. Each item keeps its own fate: what cannot be written fails alone, and
nobody is told "done" before the commit was.

Two ways of waiting, measured (docs/performance.md). On SQLite the event loop commits by itself once
everybody who is ready has asked: a second thread would fight it for the interpreter. On PostgreSQL
a thread does, for the network may be slow.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import queue
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from bot.store.errors import Conflict, StoreError

log = logging.getLogger(__name__)

BATCH = 256
TRIES = 4
"""How often a batch is tried when the database fails under it (a restart, a deadlock)."""


class Item(Protocol):
    """Something to write. Items of one kind that are `plain` are written by one `write_many`."""

    @property
    def plain(self) -> bool:
        """May share statements with others: it runs nothing of the caller's."""

    def write_many(self, conn: Connection, items: Sequence[Any]) -> list[object]:
        """Write them, in order; a result or an exception (Conflict) for each."""


@dataclass(slots=True)
class _Asked:
    item: Item
    future: asyncio.Future[Any] | Future[Any]
    loop: asyncio.AbstractEventLoop | None


@dataclass(slots=True)
class Committer:
    """`on_commit_point` is told "before" and "after" each commit: crash tests kill there."""

    engine: Engine
    threaded: bool
    on_commit_point: Callable[[str], None] | None = None
    _asked: queue.SimpleQueue[_Asked | None] = field(default_factory=queue.SimpleQueue)
    _thread: threading.Thread | None = None
    _guard: threading.Lock = field(default_factory=threading.Lock)
    """Who starts and closes; on SQLite also who writes: the loop, or a worker of the background."""
    _together_soon: list[_Asked] = field(default_factory=list)
    _conn: Connection | None = None
    _closed: bool = False

    async def write(self, item: Item) -> Any:
        """Written and committed when this returns. Raises Conflict, StoreError, or what the item's
        own function raised."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = loop.create_future()
        asked = _Asked(item, future, loop)
        if self.threaded:
            self._ask(asked)
        else:
            self._refuse_when_closed()
            self._together_soon.append(asked)
            if len(self._together_soon) == 1:
                loop.call_soon(self._flush)
            elif len(self._together_soon) >= BATCH:
                self._flush()
        return await future

    def write_now(self, item: Item) -> Any:
        """The same for callers without an event loop, from any thread."""
        future: Future[Any] = Future()
        asked = _Asked(item, future, None)
        if self.threaded:
            self._ask(asked)
        else:
            self._refuse_when_closed()
            with self._guard:
                self._conn = self._commit(self._conn, [asked])
        return future.result()

    def close(self) -> None:
        """Write what waits, then stop."""
        self._flush()
        with self._guard:
            self._closed = True
            thread = self._thread
        if thread:
            self._asked.put(None)
            thread.join()
        if self._conn:
            self._conn.close()
            self._conn = None

    def _refuse_when_closed(self) -> None:
        if self._closed:
            raise StoreError("The store is closed.")

    def _flush(self) -> None:
        """Everything that the tasks that were ready have asked for, in one commit."""
        batch, self._together_soon = self._together_soon, []
        if batch:
            with self._guard:
                self._conn = self._commit(self._conn, batch)

    # --- the thread ---------------------------------------------------------------------------

    def _ask(self, asked: _Asked) -> None:
        with self._guard:
            self._refuse_when_closed()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="committer", daemon=True)
                self._thread.start()
            self._asked.put(asked)

    def _run(self) -> None:
        over = False
        conn: Connection | None = None
        while not over:
            first = self._asked.get()
            batch = [first] if first else []
            over = first is None
            while len(batch) < BATCH and not over:
                try:
                    more = self._asked.get_nowait()
                except queue.Empty:
                    break
                over = more is None
                if more:
                    batch.append(more)
            if batch:
                conn = self._commit(conn, batch)
        if conn:
            conn.close()

    # --- one batch ------------------------------------------------------------------------------

    def _commit(self, conn: Connection | None, batch: list[_Asked]) -> Connection | None:
        """Write a batch; where it fails as a whole, each item alone. Answers everybody."""
        for attempt in range(TRIES):
            try:
                conn = conn or self.engine.connect()
                outcomes = self._together(conn, batch)
            except DBAPIError as error:
                _drop(conn)
                conn = None
                if not _may_pass(error):
                    break
                time.sleep(0.02 * 4**attempt)
            except Exception:
                _drop(conn)
                conn = None
                break
            else:
                _answer(batch, outcomes)
                return conn
        for asked in batch:
            conn, outcome = self._alone(conn, asked)
            _answer([asked], [outcome])
        return conn

    def _alone(self, conn: Connection | None, asked: _Asked) -> tuple[Connection | None, object]:
        try:
            conn = conn or self.engine.connect()
            return conn, self._together(conn, [asked])[0]
        except DBAPIError as error:
            log.error("not written: %s", type(error.orig).__name__)
            _drop(conn)
            return None, StoreError("The database did not take it.")
        except Exception as error:
            _drop(conn)
            return None, error

    def _together(self, conn: Connection, batch: list[_Asked]) -> list[object]:
        outcomes: list[object] = [None] * len(batch)
        kinds: dict[type, list[int]] = defaultdict(list)
        for n, asked in enumerate(batch):
            if asked.item.plain:
                kinds[type(asked.item)].append(n)
        with conn.begin():
            for places in kinds.values():
                items = [batch[n].item for n in places]
                for n, outcome in zip(places, items[0].write_many(conn, items), strict=True):
                    outcomes[n] = outcome
            for n, asked in enumerate(batch):
                if not asked.item.plain:
                    outcomes[n] = _in_savepoint(conn, asked.item)
            self._point("before")
        self._point("after")
        return outcomes

    def _point(self, name: str) -> None:
        if self.on_commit_point:
            self.on_commit_point(name)


def _in_savepoint(conn: Connection, item: Item) -> object:
    """What an item's own function raises undoes that item, not its neighbours."""
    try:
        with conn.begin_nested():
            [outcome] = item.write_many(conn, [item])
            if isinstance(outcome, Conflict):
                raise outcome
            return outcome
    except DBAPIError as error:
        if error.connection_invalidated or _may_pass(error):
            raise
        return error
    except Exception as error:
        return error


def _may_pass(error: DBAPIError) -> bool:
    """A restart, a deadlock, a busy file: worth another try."""
    return error.connection_invalidated or type(error.orig).__name__ in (
        "OperationalError", "AdminShutdown", "DeadlockDetected", "SerializationFailure",
        "ConnectionFailure", "CannotConnectNow", "IdleInTransactionSessionTimeout",
    )  # fmt: skip


def _drop(conn: Connection | None) -> None:
    if conn:
        with contextlib.suppress(Exception):
            conn.invalidate()
            conn.close()


def _answer(batch: Sequence[_Asked], outcomes: Sequence[object]) -> None:
    """Resolve futures: one wake-up for each event loop, however many waited."""
    loops: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[Any], object]]] = {}
    for asked, raw in zip(batch, outcomes, strict=True):
        outcome = _for_caller(raw)
        if isinstance(asked.future, Future):
            _resolve(asked.future, outcome)
        elif asked.loop:
            loops.setdefault(asked.loop, []).append((asked.future, outcome))
    for loop, several in loops.items():
        with contextlib.suppress(RuntimeError):  # the loop is gone: nobody waits any more
            loop.call_soon_threadsafe(_resolve_all, several)


def _for_caller(outcome: object) -> object:
    if isinstance(outcome, DBAPIError):
        # A driver's message quotes the values it was given: it goes no further.
        return StoreError(f"The database refused it ({type(outcome.orig).__name__}).")
    return outcome


def _resolve_all(several: list[tuple[asyncio.Future[Any], object]]) -> None:
    for future, outcome in several:
        _resolve(future, outcome)


def _resolve(future: asyncio.Future[Any] | Future[Any], outcome: object) -> None:
    if future.done():
        return
    if isinstance(outcome, BaseException):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)


__all__ = ["Committer", "Item"]
