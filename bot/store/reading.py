"""Reading conversations: everything a turn needs, in three statements for as many as wait."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from bot.store.errors import StoreError
from bot.store.items import Conversation, KnownAddress, Waiting
from bot.store.statements import ADDRESSES, CONVERSATIONS, WAITING, Driver
from bot.store.vault import Vault

BATCH = 128


@dataclass(slots=True)
class Reader:
    """On SQLite reads are microseconds and happen at once; on PostgreSQL one thread reads for
    everybody who waits."""

    engine: Engine
    driver: Driver
    vault: Vault
    _asked: queue.SimpleQueue[tuple[str, asyncio.Future[Conversation]] | None] = field(
        default_factory=queue.SimpleQueue
    )
    _thread: threading.Thread | None = None
    _held: Any = None

    async def load(self, conversation_id: str) -> Conversation:
        """Raises StoreError where there is no such conversation, or no database."""
        if not self.driver.postgres:
            return _one(self._read_many([conversation_id]), conversation_id)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="reader", daemon=True)
            self._thread.start()
        future: asyncio.Future[Conversation] = asyncio.get_running_loop().create_future()
        self._asked.put((conversation_id, future))
        return await future

    def close(self) -> None:
        if self._thread:
            self._asked.put(None)
            self._thread.join()
        self._drop()

    def _run(self) -> None:
        while first := self._asked.get():
            batch = [first]
            while len(batch) < BATCH:
                try:
                    more = self._asked.get_nowait()
                except queue.Empty:
                    break
                if more is None:
                    self._asked.put(None)
                    break
                batch.append(more)
            outcomes: list[Conversation | Exception]
            try:
                found = self._read_many(sorted({conversation for conversation, _ in batch}))
                outcomes = [_one_or_error(found, conversation) for conversation, _ in batch]
            except Exception as error:
                outcomes = [error] * len(batch)
            _answer([future for _, future in batch], outcomes)

    def _read_many(self, ids: Sequence[str]) -> dict[str, Conversation]:
        for attempt in (1, 2):
            try:
                return self._read(self._cursor(), ids)
            except StoreError:
                raise
            except Exception as error:
                # The driver's own errors: this is its cursor. A lost connection is made anew once.
                self._drop()
                if attempt == 2:
                    raise StoreError(
                        f"The database does not answer ({type(error).__name__})."
                    ) from None
        raise AssertionError

    def _cursor(self) -> Any:
        if self._held is None:
            try:
                self._held = self.engine.raw_connection()
            except DBAPIError as error:
                raise StoreError(
                    f"The database does not answer ({type(error.orig).__name__})."
                ) from None
            if self.driver.postgres:
                self._held.dbapi_connection.autocommit = True
        return self._held.dbapi_connection.cursor()

    def _drop(self) -> None:
        if self._held is not None:
            with contextlib.suppress(Exception):
                self._held.invalidate()
                self._held.close()
            self._held = None

    def _read(self, cursor: Any, ids: Sequence[str]) -> dict[str, Conversation]:
        rows = self.driver.select(cursor, CONVERSATIONS, ids)
        keys = {r[0]: self.vault.unwrap(bytes(r[2]), r[3]) for r in rows}
        waiting = self._waiting(self.driver.select(cursor, WAITING, ids), keys)
        addresses = self._addresses(self.driver.select(cursor, ADDRESSES, ids), keys)
        time = self.driver.read_time
        found: dict[str, Conversation] = {}
        for id_, version, _, _, state, last, due_at, due, behind in rows:
            key = keys[id_]
            mine = waiting.get(id_, ())
            found[id_] = Conversation(
                id=id_,
                version=version,
                data_key=key,
                state=self.vault.open_(key, bytes(state), about=f"state:{id_}") if state else None,
                last_inbound_at=time(last),
                due_at=time(due_at),
                due=due,
                addresses=tuple(addresses.get(id_, ())),
                waiting=tuple(mine),
                behind=bool(behind),
            )
        return found

    def _waiting(
        self, rows: list[tuple[Any, ...]], keys: dict[str, bytes]
    ) -> dict[str, list[Waiting]]:
        found: dict[str, list[Waiting]] = defaultdict(list)
        for id_, seq, _, provider_id, sealed, received_at, address_id, understood, attempts in rows:
            if id_ not in keys:
                continue
            about = f"inbound:{bytes(provider_id).hex()}"
            before = understood and self.vault.open_(
                keys[id_], bytes(understood), about=f"understood:{seq}"
            )
            found[id_].append(
                Waiting(
                    seq,
                    self.vault.open_(keys[id_], bytes(sealed), about=about),
                    self.driver.read_time(received_at),
                    address_id,
                    before,
                    attempts,
                )
            )
        return found

    def _addresses(
        self, rows: list[tuple[Any, ...]], keys: dict[str, bytes]
    ) -> dict[str, list[KnownAddress]]:
        found: dict[str, list[KnownAddress]] = defaultdict(list)
        for id_, address_id, channel, sealed in rows:
            if id_ in keys:
                opened = self.vault.open_(keys[id_], bytes(sealed), about=f"address:{address_id}")
                found[id_].append(KnownAddress(address_id, channel, opened.decode()))
        return found


def _one(found: dict[str, Conversation], conversation_id: str) -> Conversation:
    if conversation_id not in found:
        raise StoreError("There is no such conversation.")
    return found[conversation_id]


def _one_or_error(found: dict[str, Conversation], conversation_id: str) -> Conversation | Exception:
    return found.get(conversation_id) or StoreError("There is no such conversation.")


def _answer(
    futures: list[asyncio.Future[Conversation]], outcomes: Sequence[Conversation | Exception]
) -> None:
    pairs = list(zip(futures, outcomes, strict=True))

    def resolve() -> None:
        for future, outcome in pairs:
            if future.done():
                continue
            if isinstance(outcome, Exception):
                future.set_exception(outcome)
            else:
                future.set_result(outcome)

    with contextlib.suppress(RuntimeError):  # the loop is gone: nobody waits any more
        futures[0].get_loop().call_soon_threadsafe(resolve)
