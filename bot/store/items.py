"""What goes into the store and what comes out of it, as values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection

from channels.port import ChannelName


@dataclass(frozen=True, slots=True)
class Received:
    """Where an inbound message went. `fresh` is false where it had come before."""

    conversation_id: str
    seq: int
    fresh: bool


class Waiting(Struct, frozen=True):
    """A stored message that has no answer yet, opened."""

    seq: int
    payload: bytes
    received_at: datetime
    address_id: str
    understood: bytes | None
    attempts: int


class KnownAddress(Struct, frozen=True):
    """Where a person can be reached, opened."""

    address_id: str
    channel: ChannelName
    id: str


class Conversation(Struct, frozen=True):
    """A conversation as it was read: what a turn needs, opened."""

    id: str
    version: int
    data_key: bytes
    state: bytes | None
    last_inbound_at: datetime
    """When the last message that was answered had come."""
    due_at: datetime | None
    due: str | None
    addresses: tuple[KnownAddress, ...]
    """The one used last comes first."""
    waiting: tuple[Waiting, ...]
    behind: bool
    """An earlier bubble has not left yet: what follows waits its turn."""

    def address(self, address_id: str | None) -> KnownAddress | None:
        """This address; None: the one used last."""
        if address_id is None:
            return self.addresses[0] if self.addresses else None
        return next((a for a in self.addresses if a.address_id == address_id), None)


@dataclass(frozen=True, slots=True)
class NewOutbound:
    """A bubble to store with its turn."""

    id: str
    address_id: str
    sealed: bytes
    receipt_case_id: str | None = None


@dataclass(frozen=True, slots=True)
class TurnWrite:
    """Everything one turn changes; written whole, or not at all.

    `also` runs inside the same transaction, before the bubbles are stored.
    """

    conversation: Conversation
    """As it was read: should it have moved on meanwhile, nothing is written."""
    state: bytes
    """Plain: the store seals it."""
    now: datetime
    handled: Waiting | None = None
    failed: bool = False
    understood: bytes | None = None
    """Plain, of the message handled."""
    outbound: tuple[NewOutbound, ...] = ()
    claim: bool = True
    """This process sends the bubbles itself, at once."""
    due_at: datetime | None = None
    due: str | None = None
    also: tuple[Callable[[Connection], object], ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """A bubble that this process has claimed and must send now."""

    id: str
    conversation_id: str
    payload: bytes
    receipt_case_id: str | None
    attempts: int
