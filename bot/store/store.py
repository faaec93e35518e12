"""The store, as the rest of the application sees it."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    FromClause,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError

from bot.settings import Settings
from bot.store import guide
from bot.store.committer import Committer
from bot.store.database import FileLock, Role, open_engine, reach, sqlite_file
from bot.store.errors import StoreError
from bot.store.items import Conversation, Due, Received, TurnWrite, Waiting
from bot.store.keys import load_keys
from bot.store.migrate import upgrade
from bot.store.reading import Reader
from bot.store.recent import Recent
from bot.store.statements import Driver
from bot.store.tables import conversation as conversations
from bot.store.tables import inbound_message, outbound_message
from bot.store.vault import Vault
from bot.store.writes import LEASE, Person, Receive, Sent, Turn, Work
from channels.port import ChannelName

T = TypeVar("T")

KNOWN = 50_000
"""People whose conversation is remembered without asking the database."""


def _waits(table: FromClause) -> ColumnElement[bool]:
    """Written out, not bound: the index of what waits holds nothing else."""
    return table.c.state == literal_column("'waiting'")


class Store:
    """Writes go through one committer, reads beside it. Made by `open_store`."""

    def __init__(
        self,
        *,
        writing: Engine,
        reading: Engine,
        vault: Vault,
        alone: bool = False,
        lock: FileLock | None = None,
        on_commit_point: Callable[[str], None] | None = None,
    ) -> None:
        self.vault = vault
        self.engine = writing
        self._reading = reading
        self._driver = Driver(writing.dialect)
        self._committer = Committer(
            writing, threaded=self._driver.postgres, on_commit_point=on_commit_point
        )
        self._reader = Reader(reading, self._driver, vault)
        # Where this process is alone with the file, what it wrote last is what is there.
        self._recent = Recent(enabled=alone)
        self._people: OrderedDict[bytes, Person] = OrderedDict()
        self._lock = lock

    # --- a turn ---------------------------------------------------------------------------------

    async def receive(
        self,
        *,
        channel: ChannelName,
        address: str,
        provider_id: str,
        payload: bytes,
        now: datetime,
    ) -> Received:
        """Store an inbound message once, whatever the provider repeats."""
        blind = self.vault.blind("address", f"{channel}\0{address}")
        item = Receive(
            driver=self._driver,
            vault=self.vault,
            channel=channel,
            address=address,
            address_blind=blind,
            provider_blind=self.vault.blind("provider", f"{channel}\0{provider_id}"),
            payload=payload,
            now=now,
            person=self._people.get(blind),
            learned=self._learn,
        )
        received = cast(Received, await self._committer.write(item))
        if received.fresh and (person := self._people.get(blind)):
            waiting = Waiting(received.seq, payload, now, person.address_id, None, 0)
            self._recent.waits(received.conversation_id, waiting)
        return received

    def _learn(self, blind: bytes, person: Person) -> None:
        self._people[blind] = person
        while len(self._people) > KNOWN:
            self._people.popitem(last=False)

    async def load(self, conversation_id: str) -> Conversation:
        """The conversation and what waits in it."""
        known = self._recent.get(conversation_id)
        if known is not None:
            return known
        found = await self._reader.load(conversation_id)
        self._recent.keep(found)
        return found

    async def commit(self, write: TurnWrite) -> None:
        """Raises Conflict where the conversation moved on since it was loaded."""
        conversation = write.conversation
        key, seal = conversation.data_key, self.vault.seal
        state = seal(key, write.state, about=f"state:{conversation.id}")
        understood = write.understood
        if understood is not None and write.handled:
            understood = seal(key, understood, about=f"understood:{write.handled.seq}")
        try:
            await self._committer.write(Turn(self._driver, write, state, understood))
        except BaseException:
            self._recent.forget(conversation.id)
            raise
        self._recent.moved(write)

    async def sent(
        self, conversation: Conversation, row_id: str, provider_id: str, *, now: datetime
    ) -> None:
        """The provider took this bubble."""
        sealed = self.vault.seal(
            conversation.data_key, provider_id.encode(), about=f"sent:{row_id}"
        )
        await self._committer.write(Sent(self._driver, row_id, sealed, now))

    async def failed(
        self,
        conversation: Conversation,
        row_id: str,
        *,
        reason: str,
        next_at: datetime | None,
        now: datetime,
    ) -> None:
        """It did not leave; `next_at` None: it never will."""
        self._recent.forget(conversation.id)
        values = {
            "attempts": outbound_message.c.attempts + 1,
            "error": reason,
            "next_at": next_at,
            "claimed_until": None,
            "state": "waiting" if next_at else "failed",
        }
        await self.write(
            lambda conn: conn.execute(
                update(outbound_message).where(outbound_message.c.id == row_id).values(**values)
            )
        )

    def seal_outbound(self, conversation: Conversation, row_id: str, data: bytes) -> bytes:
        return self.vault.seal(conversation.data_key, data, about=f"outbound:{row_id}")

    # --- anything else --------------------------------------------------------------------------

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Run a function in the committer's transaction, in a savepoint of its own."""
        return cast(T, await self._committer.write(Work(work)))

    def write_now(self, work: Callable[[Connection], T]) -> T:
        """The same where there is no event loop."""
        return cast(T, self._committer.write_now(Work(work)))

    async def read(self, look: Callable[[Connection], T]) -> T:
        """Run a function that only reads, in a thread. Raises StoreError."""
        return await asyncio.to_thread(self.read_now, look)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that only reads, for as long as it is held. Raises StoreError."""
        try:
            with self._reading.begin() as conn:
                yield conn
        except DBAPIError as error:
            name = type(error.orig).__name__
            raise StoreError(f"The database does not answer ({name}).") from None

    def read_now(self, look: Callable[[Connection], T]) -> T:
        with self.reading() as conn:
            return look(conn)

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction for short commands."""
        try:
            with self.engine.begin() as conn:
                yield conn
        except DBAPIError as error:
            name = type(error.orig).__name__
            raise StoreError(f"The database did not take it ({name}).") from None

    # --- what waits -----------------------------------------------------------------------------

    def conversations_with_waiting(self, conn: Connection, *, older_than: datetime) -> list[str]:
        """Conversations with a message that has waited since before `older_than`, oldest first."""
        rows = conn.execute(
            select(inbound_message.c.conversation_id)
            .where(_waits(inbound_message), inbound_message.c.received_at <= older_than)
            .order_by(inbound_message.c.seq)
            .limit(512)
        )
        return list(dict.fromkeys(r.conversation_id for r in rows))

    def count_left_behind(self, conn: Connection, *, older_than: datetime) -> None:
        """Another try for each message that a process may have died of: the first that waits in
        its conversation since before `older_than`."""
        m, earlier = inbound_message, inbound_message.alias("earlier")
        first = ~(
            select(earlier.c.seq)
            .where(
                earlier.c.conversation_id == m.c.conversation_id,
                _waits(earlier),
                earlier.c.seq < m.c.seq,
            )
            .exists()
        )
        conn.execute(
            update(m)
            .where(_waits(m), m.c.received_at <= older_than, first)
            .values(attempts=m.c.attempts + 1)
        )

    def due_timers(self, conn: Connection, now: datetime) -> list[str]:
        """Conversations whose timer is due."""
        rows = conn.execute(
            select(conversations.c.id).where(conversations.c.due_at <= now).limit(512)
        )
        return [r.id for r in rows]

    async def outbound_to_send(self, now: datetime, *, limit: int = 64) -> list[Due]:
        """Claim bubbles that wait and are nobody's: for each person only the first in her order."""
        o, earlier = outbound_message, outbound_message.alias("earlier")
        first = ~(
            select(earlier.c.id)
            .where(
                earlier.c.conversation_id == o.c.conversation_id,
                _waits(earlier),
                earlier.c.position < o.c.position,
            )
            .exists()
        )
        free = (
            select(o)
            .where(
                _waits(o),
                (o.c.next_at.is_(None)) | (o.c.next_at <= now),
                (o.c.claimed_until.is_(None)) | (o.c.claimed_until <= now),
                first,
            )
            .order_by(o.c.position)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )

        def claim(conn: Connection) -> list[Due]:
            rows = conn.execute(free).all()
            if rows:
                conn.execute(
                    update(o)
                    .where(o.c.id.in_([r.id for r in rows]))
                    .values(claimed_until=now + LEASE)
                )
            return [
                Due(
                    r.id,
                    r.conversation_id,
                    self.vault.open_(
                        self.conversation_key(conn, r.conversation_id),
                        r.sealed,
                        about=f"outbound:{r.id}",
                    ),
                    r.receipt_case_id,
                    r.attempts,
                )
                for r in rows
            ]

        if not self.read_now(lambda conn: conn.execute(free.with_only_columns(o.c.id)).first()):
            return []  # nothing waits: no writing for it
        return await self.write(claim)

    # --- single values --------------------------------------------------------------------------

    def conversation_key(self, conn: Connection, conversation_id: str) -> bytes:
        row = conn.execute(
            select(conversations.c.wrapped_key, conversations.c.key_id).where(
                conversations.c.id == conversation_id
            )
        ).one()
        return self.vault.unwrap(row.wrapped_key, row.key_id)

    def sent_ids(
        self, conn: Connection, conversation: Conversation, since: datetime
    ) -> tuple[str, ...]:
        """The provider's ids of the bubbles sent since then, newest first."""
        rows = conn.execute(
            select(outbound_message.c.id, outbound_message.c.provider_id)
            .where(
                outbound_message.c.conversation_id == conversation.id,
                outbound_message.c.state == "sent",
                outbound_message.c.sent_at >= since,
                outbound_message.c.provider_id.is_not(None),
            )
            .order_by(outbound_message.c.position.desc())
        )
        return tuple(
            self.vault.open_(conversation.data_key, r.provider_id, about=f"sent:{r.id}").decode()
            for r in rows
        )

    def inbound_payloads(
        self, conn: Connection, conversation: Conversation, since: datetime
    ) -> tuple[bytes, ...]:
        """What she sent since then, newest first."""
        rows = conn.execute(
            select(inbound_message.c.provider_id, inbound_message.c.sealed)
            .where(
                inbound_message.c.conversation_id == conversation.id,
                inbound_message.c.received_at >= since,
            )
            .order_by(inbound_message.c.seq.desc())
        )
        return tuple(
            self.vault.open_(
                conversation.data_key, r.sealed, about=f"inbound:{bytes(r.provider_id).hex()}"
            )
            for r in rows
        )

    def close(self) -> None:
        """Write what waits, then let go of everything."""
        self._committer.close()
        self._reader.close()
        self.engine.dispose()
        self._reading.dispose()
        if self._lock:
            self._lock.release()


def open_store(
    settings: Settings,
    *,
    role: Role = "command",
    on_commit_point: Callable[[str], None] | None = None,
) -> Store:
    """Open the database, made or brought to its newest form first. Raises StoreError.

    `serve` and `work` have an SQLite file for themselves; a `command` opens it beside them.
    """
    keys = load_keys(settings)
    path = sqlite_file(settings)
    lock: FileLock | None = None
    if path:
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError:
            raise StoreError(f"The folder {path.parent} cannot be written.") from None
        if role != "command":
            lock = FileLock(path.with_suffix(".lock"))
    engines: list[Engine] = []
    try:
        engines.append(writing := open_engine(settings, keys, role=role))
        engines.append(reading := open_engine(settings, keys, role=role, reading=True))
        reach(writing, settings)
        if upgrade(writing):
            from bot.store.durable import make_tables

            make_tables(settings, keys)
        guide.bring(writing)
    except BaseException:
        for engine in engines:
            engine.dispose()
        if lock:
            lock.release()
        raise
    return Store(
        writing=writing,
        reading=reading,
        vault=Vault(keys),
        alone=path is not None and role == "serve",
        lock=lock,
        on_commit_point=on_commit_point,
    )


def ping(conn: Connection) -> Any:
    """Does the database answer?"""
    return conn.execute(text("SELECT 1")).scalar()
