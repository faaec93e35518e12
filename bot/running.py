"""A running Sanad: the store, the channels, the dispatcher, the background work; start and stop."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field

from sqlalchemy import Connection, text

from bot.dispatch import Dispatcher
from bot.outbox import Outbox
from bot.parts import Parts, assemble, settle
from bot.settings import Settings
from bot.store import Store, StoreError
from bot.turn import Turns
from bot.work import Worker
from channels.port import Channel, ChannelError, Inbound
from channels.telegram import Group, TelegramChannel, Update

log = logging.getLogger(__name__)

GUIDE_EVERY = 5.0
"""Seconds between two looks for a changed guide."""


@dataclass(slots=True)
class Running:
    """`serve` and `work` hold one. `take` is where every message enters."""

    settings: Settings
    store: Store
    works: bool = True
    """Also do the background work: deliveries, deadlines."""
    receives: bool = True
    """Also take messages: `work` only sends."""
    parts: Parts = field(init=False)
    dispatcher: Dispatcher = field(init=False)
    _telegram: TelegramChannel | None = field(init=False, default=None)
    _poller: asyncio.Task[None] | None = None
    _worker: Worker | None = None
    _warming: asyncio.Task[None] | None = None
    _reading: asyncio.Task[None] | None = None

    def __post_init__(self) -> None:
        channels: dict[str, Channel] = {}
        if self.settings.telegram_token:
            self._telegram = TelegramChannel(
                self.settings.telegram_token.get_secret_value(), self.settings.telegram_api_url
            )
            channels["telegram"] = self._telegram
        self.parts = assemble(self.settings, self.store, channels)
        self.dispatcher = Dispatcher(Turns(self.parts, Outbox(self.parts)))

    @property
    def telegram_secret(self) -> str:
        """What Telegram must show; made from the keys where none is set: it survives restarts."""
        if self._telegram is None:
            return ""
        if self.settings.telegram_secret:
            return self.settings.telegram_secret.get_secret_value()
        return self.store.vault.blind("webhook", "telegram").hex()

    async def start(self) -> None:
        # The first pin would wait some seconds for the gazetteer: it is read beside everything.
        self._warming = asyncio.create_task(self._warm())
        self._reading = asyncio.create_task(self._keep_guide(), name="guide")
        self.dispatcher.start()
        if self.works:
            self._worker = Worker(self.settings, self.store)
            await self._worker.start()
        if self._telegram:
            await self._telegram.open()
            if not self.receives:
                pass
            elif self.settings.public_url:
                url = f"{self.settings.public_url}/webhooks/telegram"
                await self._register(url)
            else:
                self._poller = asyncio.create_task(self._poll(self._telegram), name="poll")

    async def _warm(self) -> None:
        await asyncio.to_thread(self.parts.nearest, 0.0, 0.0)
        settle()

    async def _keep_guide(self) -> None:
        """What an editor changed is known everywhere within seconds."""
        while True:
            await asyncio.sleep(GUIDE_EVERY)
            try:
                await self.store.read(self._look_at_guide)
            except StoreError as error:
                log.warning("guide not read anew", extra={"reason": str(error)})

    def _look_at_guide(self, conn: Connection) -> bool:
        return self.parts.guide.refresh(conn)

    async def stop(self) -> None:
        if self._reading:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)
        if self._warming:
            await asyncio.gather(self._warming, return_exceptions=True)
        if self._poller:
            self._poller.cancel()
            await asyncio.gather(self._poller, return_exceptions=True)
        await self.dispatcher.stop()
        if self._worker:
            await self._worker.stop()
        if self._telegram:
            await self._telegram.close()
        if self.parts.rasa:
            await self.parts.rasa.close()

    async def check(self) -> None:
        await self.store.read(lambda conn: conn.execute(text("SELECT 1")))

    async def take(self, update: Update) -> None:
        """Store what arrived, then see to its answer. Raises StoreError where it is not stored."""
        match update:
            case Inbound():
                received = await self.dispatcher.turns.receive(update)
                if received.fresh:
                    self.dispatcher.wake(received.conversation_id)
            case Group(chat_id) if self._telegram:
                # What is said to everybody in a group is no place for a report.
                await self._leave(chat_id)
            case _:
                pass

    async def _leave(self, chat_id: str) -> None:
        try:
            if self._telegram:
                await self._telegram.leave(chat_id)
        except ChannelError as error:
            log.info("group not left", extra={"reason": error.reason})

    async def _register(self, url: str) -> None:
        """The webhook is asked for; a Telegram that does not answer now is asked again."""
        assert self._telegram  # noqa: S101 - the caller checked
        try:
            await self._telegram.set_webhook(url, self.telegram_secret)
        except ChannelError as error:
            log.error("webhook not registered", extra={"reason": str(error)})

    async def _poll(self, telegram: TelegramChannel) -> None:
        """The next batch is asked for only after this one is stored."""
        async for update in telegram.poll():
            while True:
                try:
                    await self.take(update)
                    break
                except StoreError as error:
                    log.error("update not stored", extra={"reason": str(error)})
                    await asyncio.sleep(1)
