"""A person with a phone, without a network: the same turns as every channel, for the terminal,
for scripts and for tests. Time can be moved."""

from __future__ import annotations

import asyncio
import mimetypes
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot import files, wire
from bot.engine import Session
from bot.engine.effects import Effects
from bot.outbox import Outbox
from bot.parts import Parts, assemble
from bot.settings import Settings
from bot.store import Store
from bot.turn import Turns
from channels.port import (
    Address,
    Capabilities,
    ChannelError,
    ChannelName,
    Content,
    File,
    Inbound,
    Location,
    Media,
    Outbound,
    Pick,
    Receipt,
    Text,
)
from channels.terminal import capabilities_of


class TalkError(ValueError):
    """An input line that is no message: one plain sentence."""


@dataclass(slots=True)
class Clock:
    """The time, and how far a script has moved it."""

    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass(slots=True)
class Phone:
    """The channel of a person in the terminal: keeps what it is sent. Files are read from disk."""

    capabilities: Capabilities
    name: ChannelName = "terminal"
    got: list[Outbound] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)

    async def send(self, message: Outbound) -> Receipt:
        self.got.append(message)
        return Receipt(message.key)

    async def delete(self, address: Address, message_ids: tuple[str, ...]) -> None:
        self.deleted.extend(message_ids)

    async def pressed(self, message: Inbound) -> None:
        """Nothing turns in a terminal."""

    async def fetch(self, media: Media, *, limit: int) -> File:
        return await asyncio.to_thread(_read, Path(media.file_id), media.mime, limit)


def _read(path: Path, mime: str, limit: int) -> File:
    try:
        if path.stat().st_size > limit:
            raise ChannelError("rejected", "too large")
        return File(path.read_bytes(), mime)
    except OSError as error:
        raise ChannelError("rejected", "no such file") from error


@dataclass(slots=True)
class Seen:
    """What one turn said and did, for scripts."""

    effects: Effects = ()
    session: Session = field(default_factory=Session)


@dataclass(slots=True)
class Talk:
    """One person talking. `open_talk` makes one."""

    parts: Parts
    phone: Phone
    clock: Clock
    turns: Turns
    person: str
    seen: list[Seen] = field(default_factory=list)
    conversation_id: str | None = None

    async def says(self, content: Content) -> list[Outbound]:
        """One message; what the assistant answers."""
        message = Inbound(
            Address("terminal", self.person),
            secrets.token_hex(8),
            content,
            sent_at=self.clock(),
            ref=secrets.token_hex(4),
        )
        self.phone.got.clear()
        received = await self.turns.receive(message)
        self.conversation_id = received.conversation_id
        await self.turns.handle(received.conversation_id)
        await files.fetch_waiting(self.parts)
        return list(self.phone.got)

    async def waits(self, long: timedelta) -> list[Outbound]:
        """Time passes; timers that fall due on the way ring in their order."""
        self.phone.got.clear()
        until = self.clock() + long
        while self.conversation_id:
            conversation = await self.parts.store.load(self.conversation_id)
            if not conversation.due_at or conversation.due_at > until:
                break
            self.clock.ahead += max(conversation.due_at - self.clock(), timedelta())
            await self.turns.ring(self.conversation_id)
            after = await self.parts.store.load(self.conversation_id)
            if after.due_at == conversation.due_at:
                break
        self.clock.ahead += until - self.clock()
        return list(self.phone.got)

    async def session(self) -> Session:
        if not self.conversation_id:
            return Session()
        return wire.session((await self.parts.store.load(self.conversation_id)).state)


def open_talk(
    settings: Settings, store: Store, *, channel: ChannelName = "terminal", person: str = ""
) -> Talk:
    clock = Clock()
    phone = Phone(capabilities_of(channel))
    seen: list[Seen] = []
    parts = replace(
        assemble(settings, store, {"terminal": phone}, now=clock),
        watch=lambda session, effects: seen.append(Seen(effects, session)),
    )
    turns = Turns(parts, Outbox(parts))
    return Talk(parts, phone, clock, turns, person or f"talk-{secrets.token_hex(8)}", seen)


def content_of(event: Mapping[str, Any]) -> Content | timedelta:
    """`{"pick": …}`, `{"location": [lat, lon]}`, `{"photo": PATH}`, `{"voice": PATH}`,
    `{"wait": "3h"}`, `{"text": …}`. Raises TalkError."""
    match event:
        case {"text": str(text)}:
            return Text(text)
        case {"pick": str(value)}:
            return Pick(value)
        case {"location": [int() | float() as latitude, int() | float() as longitude]}:
            return Location(float(latitude), float(longitude))
        case {"photo": str(path)}:
            return _media("photo", path, "image/jpeg")
        case {"voice": str(path)}:
            return _media("voice", path, "audio/ogg")
        case {"wait": str(long)}:
            return duration(long)
    raise TalkError("An event is one of pick, location, photo, voice, wait, text.")


def _media(kind: Any, path: str, otherwise: str) -> Media:
    file = Path(path)
    size = file.stat().st_size if file.is_file() else None
    return Media(kind, path, mimetypes.guess_type(path)[0] or otherwise, size)


_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def duration(text: str) -> timedelta:
    """`90s`, `11m`, `3h`, `2d`. Raises TalkError."""
    number, unit = text[:-1], text[-1:]
    if unit not in _UNITS or not number.isdecimal():
        raise TalkError("A wait is a number and s, m, h or d: 3h.")
    return timedelta(**{_UNITS[unit]: int(number)})
