"""The kinds of things the committer writes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from bot.store.errors import Conflict
from bot.store.ids import new_id
from bot.store.items import Received, TurnWrite
from bot.store.statements import BUBBLE, HANDLED, RECEIVE, SENT, TURN, Driver, raw_cursor, upsert
from bot.store.tables import address, conversation, inbound_message
from bot.store.vault import Vault
from channels.port import ChannelName

LEASE = timedelta(seconds=30)
"""How long a bubble is left to the process that wrote it before another sends it."""


@dataclass(frozen=True, slots=True)
class Person:
    """What must be known of a sender to store her message."""

    conversation_id: str
    address_id: str
    data_key: bytes


@dataclass(frozen=True, slots=True)
class Receive:
    """An inbound message; its sender is found, or made, where she is not known yet."""

    driver: Driver
    vault: Vault
    channel: ChannelName
    address: str
    address_blind: bytes
    provider_blind: bytes
    payload: bytes
    now: datetime
    person: Person | None
    learned: Callable[[bytes, Person], None]

    @property
    def plain(self) -> bool:
        return self.person is not None

    def write_many(self, conn: Connection, items: Sequence[Receive]) -> list[object]:
        people = [i.person or i._person(conn) for i in items]
        rows = [i._row(p) for i, p in zip(items, people, strict=True)]
        found = self.driver.run(raw_cursor(conn), RECEIVE, rows)
        return [
            Received(person.conversation_id, row[0], fresh=True) if row else item._before(conn)
            for item, person, row in zip(items, people, found, strict=True)
        ]

    def _row(self, person: Person) -> dict[str, Any]:
        about = f"inbound:{self.provider_blind.hex()}"
        return {
            "channel": self.channel,
            "provider_id": self.provider_blind,
            "conversation_id": person.conversation_id,
            "address_id": person.address_id,
            "received_at": self.driver.time(self.now),
            "sealed": self.vault.seal(person.data_key, self.payload, about=about),
        }

    def _before(self, conn: Connection) -> Received:
        row = conn.execute(
            select(inbound_message.c.conversation_id, inbound_message.c.seq).where(
                inbound_message.c.channel == self.channel,
                inbound_message.c.provider_id == self.provider_blind,
            )
        ).one()
        return Received(row.conversation_id, row.seq, fresh=False)

    def _person(self, conn: Connection) -> Person:
        known = self._known(conn)
        if known is None:
            self._make(conn)
            known = self._known(conn)
        assert known is not None  # noqa: S101 - made above, here or by another process
        self.learned(self.address_blind, known)
        return known

    def _known(self, conn: Connection) -> Person | None:
        row = conn.execute(
            select(
                address.c.id,
                address.c.conversation_id,
                conversation.c.wrapped_key,
                conversation.c.key_id,
            )
            .join(conversation, conversation.c.id == address.c.conversation_id)
            .where(address.c.channel == self.channel, address.c.blind == self.address_blind)
        ).first()
        if row is None:
            return None
        key = self.vault.unwrap(row.wrapped_key, row.key_id)
        return Person(row.conversation_id, row.id, key)

    def _make(self, conn: Connection) -> None:
        """A new person; should another process make her at this moment, hers stays alone."""
        conversation_id, address_id = new_id(self.now), new_id(self.now)
        key, wrapped = self.vault.new_data_key()
        conn.execute(
            insert(conversation).values(
                id=conversation_id,
                version=0,
                wrapped_key=wrapped.wrapped,
                key_id=wrapped.key_id,
                created_at=self.now,
                last_inbound_at=self.now,
            )
        )
        conn.execute(
            upsert(conn, address)
            .values(
                id=address_id,
                conversation_id=conversation_id,
                channel=self.channel,
                blind=self.address_blind,
                sealed=self.vault.seal(key, self.address.encode(), about=f"address:{address_id}"),
                created_at=self.now,
            )
            .on_conflict_do_nothing(index_elements=["channel", "blind"])
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn, where the conversation has not moved on meanwhile."""

    driver: Driver
    write: TurnWrite
    state: bytes
    """Sealed."""
    understood: bytes | None
    """Sealed."""

    @property
    def plain(self) -> bool:
        # What runs `also` is ours and does not fail in the run of things; should it, the committer
        # writes each item of the batch alone.
        return True

    def write_many(self, conn: Connection, items: Sequence[Turn]) -> list[object]:
        # In one order everywhere, so that two processes never wait for each other in a circle.
        order = sorted(range(len(items)), key=lambda n: items[n].write.conversation.id)
        cursor = raw_cursor(conn)
        moved = self.driver.run(cursor, TURN, [items[n]._state() for n in order])
        won = [n for n, row in zip(order, moved, strict=True) if row]
        for n in won:
            for also in items[n].write.also:
                also(conn)
        cursor = raw_cursor(conn)
        handled = [row for n in won for row in items[n]._handled()]
        bubbles = [row for n in won for row in items[n]._bubbles()]
        if handled:
            self.driver.run(cursor, HANDLED, handled)
        if bubbles:
            self.driver.run(cursor, BUBBLE, bubbles)
        winners = set(won)
        return [None if n in winners else Conflict() for n in range(len(items))]

    def _state(self) -> dict[str, Any]:
        w, time = self.write, self.driver.time
        return {
            "id": w.conversation.id,
            "version": w.conversation.version,
            "state": self.state,
            "due_at": time(w.due_at),
            "due": w.due,
            "heard_at": time(w.handled.received_at if w.handled else None),
        }

    def _handled(self) -> list[dict[str, Any]]:
        w = self.write
        if w.handled is None:
            return []
        state = "failed" if w.failed else "handled"
        return [{"seq": w.handled.seq, "state": state, "understood": self.understood}]

    def _bubbles(self) -> list[dict[str, Any]]:
        w, time = self.write, self.driver.time
        at = int(w.now.timestamp() * 1_000_000)
        return [
            {
                "id": row.id,
                "conversation_id": w.conversation.id,
                "address_id": row.address_id,
                "created_at": time(w.now),
                "position": at + n,
                "sealed": row.sealed,
                "receipt_case_id": row.receipt_case_id,
                "claimed_until": time(w.now + LEASE) if w.claim else None,
            }
            for n, row in enumerate(w.outbound)
        ]


@dataclass(frozen=True, slots=True)
class Sent:
    """A bubble has left."""

    driver: Driver
    row_id: str
    provider_id: bytes
    """Sealed."""
    now: datetime

    @property
    def plain(self) -> bool:
        return True

    def write_many(self, conn: Connection, items: Sequence[Sent]) -> list[object]:
        time = self.driver.time
        rows = [
            {"id": i.row_id, "provider_id": i.provider_id, "sent_at": time(i.now)}
            for i in sorted(items, key=lambda i: i.row_id)
        ]
        self.driver.run(raw_cursor(conn), SENT, rows)
        return [None] * len(items)


@dataclass(frozen=True, slots=True)
class Work:
    """Anything else, as a function of the connection."""

    run: Callable[[Connection], object]

    @property
    def plain(self) -> bool:
        return False

    def write_many(self, conn: Connection, items: Sequence[Work]) -> list[object]:
        return [item.run(conn) for item in items]
