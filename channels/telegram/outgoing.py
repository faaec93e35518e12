"""Sending on Telegram, and fetching what people sent. Errors are the port's closed set."""

from __future__ import annotations

import asyncio
import logging
import os
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any, TypeVar

import httpx
import telegram
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import HTTPXRequest

from channels.port import (
    Address,
    Capabilities,
    ChannelError,
    ChannelName,
    File,
    Inbound,
    Media,
    Outbound,
    Receipt,
)
from channels.telegram.incoming import Malformed, Update, convert
from channels.text import parts

log = logging.getLogger(__name__)

# python-telegram-bot's own opt-in to times as timedelta, its future form.
os.environ.setdefault("PTB_TIMEDELTA", "1")

T = TypeVar("T")

TEXT = 4096
CALLBACK = 64
"""Bytes of a button's value (Bot API, InlineKeyboardButton.callback_data)."""
DELETE = 100
"""Messages of one deleteMessages."""
POLL = 25
"""Seconds a poll waits for something to come."""
KINDS = ["message", "edited_message", "callback_query", "my_chat_member"]

CAPABILITIES = Capabilities(
    buttons=12,
    label_length=40,
    text_length=TEXT,
    isolates=True,
    asks_contact=True,
    asks_location=True,
    deletes=True,
)
_WIDE = 16
"""Letters of a label that needs a row of its own."""


class TelegramChannel:
    """One bot. `api_url` points elsewhere for tests and for self-hosted Bot API servers."""

    name: ChannelName = "telegram"
    capabilities = CAPABILITIES

    def __init__(self, token: str, api_url: str = "https://api.telegram.org") -> None:
        limits = {"connection_pool_size": 64, "pool_timeout": 5.0}
        self._sending = HTTPXRequest(**limits, read_timeout=20.0)  # type: ignore[arg-type]
        self._asking = HTTPXRequest(connection_pool_size=1, read_timeout=20.0)
        self._bot = telegram.Bot(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            request=self._sending,
            get_updates_request=self._asking,
        )

    async def open(self) -> None:
        await self._sending.initialize()
        await self._asking.initialize()

    async def close(self) -> None:
        await self._sending.shutdown()
        await self._asking.shutdown()

    # --- sending --------------------------------------------------------------------------------

    async def send(self, message: Outbound) -> Receipt:
        ids: list[str] = []
        several = parts(message.text, TEXT)
        for n, text in enumerate(several, start=1):
            keyboard = _keyboard(message) if n == len(several) else None
            sent = await _asked(
                lambda t=text, k=keyboard: self._bot.send_message(  # type: ignore[misc]
                    chat_id=int(message.address.id),
                    text=t,
                    reply_markup=k,
                    link_preview_options=telegram.LinkPreviewOptions(is_disabled=True),
                )
            )
            ids.append(str(sent.message_id))
        return Receipt(",".join(ids))

    async def delete(self, address: Address, message_ids: tuple[str, ...]) -> None:
        ids = [int(one) for several in message_ids for one in several.split(",") if one.isdecimal()]
        for n in range(0, len(ids), DELETE):
            await _asked(
                lambda some=ids[n : n + DELETE]: self._bot.delete_messages(int(address.id), some)  # type: ignore[misc]
            )

    async def pressed(self, message: Inbound) -> None:
        await _asked(lambda: self._bot.answer_callback_query(message.press))

    async def leave(self, chat_id: str) -> None:
        await _asked(lambda: self._bot.leave_chat(int(chat_id)))

    async def fetch(self, media: Media, *, limit: int) -> File:
        if media.size is not None and media.size > limit:
            raise ChannelError("rejected", "too large")
        found = await _asked(lambda: self._bot.get_file(media.file_id))
        if found.file_size is not None and found.file_size > limit:
            raise ChannelError("rejected", "too large")
        data = bytes(await _asked(found.download_as_bytearray))
        if len(data) > limit:
            raise ChannelError("rejected", "too large")
        return File(data, media.mime)

    # --- receiving ------------------------------------------------------------------------------

    async def set_webhook(self, url: str, secret: str) -> None:
        await _asked(lambda: self._bot.set_webhook(url, secret_token=secret, allowed_updates=KINDS))

    async def poll(self) -> AsyncIterator[Update]:
        """What arrives, for ever. The next batch is asked for when this one was taken: until then
        Telegram keeps it, so what was not stored comes again."""
        offset: int | None = None
        failures = 0
        ready = False
        while True:
            try:
                if not ready:
                    await _asked(self._bot.delete_webhook)
                    ready = True
                updates = await _asked(
                    lambda o=offset: self._bot.get_updates(  # type: ignore[misc]
                        offset=o, timeout=POLL, allowed_updates=KINDS
                    )
                )
                failures = 0
            except ChannelError as error:
                failures += 1
                wait = error.retry_after or min(2.0**failures, 60.0) * random.uniform(0.5, 1.0)  # noqa: S311
                log.warning("poll failed", extra={"reason": str(error)})
                await asyncio.sleep(wait)
                continue
            for update in updates:
                try:
                    yield convert(update)
                except (Malformed, AttributeError, TypeError, ValueError):
                    log.warning("malformed update")
                offset = update.update_id + 1


def _keyboard(message: Outbound) -> Any:
    """Telegram takes one keyboard a message: asking for a contact or a place turns the choices
    into plain buttons of the same keyboard."""
    for choice in message.choices:
        if len(choice.value.encode()) > CALLBACK:
            raise ChannelError("rejected", "button value too long")
    if message.ask_contact or message.ask_location:
        rows: list[list[telegram.KeyboardButton]] = []
        if message.ask_contact:
            rows.append([telegram.KeyboardButton(message.ask_contact, request_contact=True)])
        if message.ask_location:
            rows.append([telegram.KeyboardButton(message.ask_location, request_location=True)])
        rows += [[telegram.KeyboardButton(choice.label)] for choice in message.choices]
        return telegram.ReplyKeyboardMarkup(rows, resize_keyboard=True, one_time_keyboard=True)
    if message.choices:
        buttons = [
            telegram.InlineKeyboardButton(c.label, callback_data=c.value) for c in message.choices
        ]
        wide = any(len(c.label) > _WIDE for c in message.choices)
        across = 1 if wide else 2
        return telegram.InlineKeyboardMarkup(
            [buttons[n : n + across] for n in range(0, len(buttons), across)]
        )
    return telegram.ReplyKeyboardRemove() if message.clear_keyboard else None


async def _asked(call: Callable[[], Awaitable[T]]) -> T:
    """Telegram's answer, or what went wrong as a ChannelError."""
    try:
        return await call()
    except RetryAfter as error:
        wait = error.retry_after  # a timedelta, see below
        seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
        raise ChannelError("retry", "429", retry_after=seconds) from None
    except Forbidden:
        raise ChannelError("blocked", "403") from None
    except (InvalidToken, EndPointNotFound):
        raise ChannelError("misconfigured", "token") from None
    except Conflict:
        raise ChannelError("misconfigured", "another process polls") from None
    except (BadRequest, ChatMigrated) as error:
        gone = "chat not found" in str(error).lower()
        raise ChannelError("blocked" if gone else "rejected", "400") from None
    except TimedOut as error:
        # Waiting for a connection sent nothing; waiting for the answer may have.
        cause = error.__cause__
        unsent = isinstance(cause, httpx.ConnectTimeout | httpx.PoolTimeout)
        raise ChannelError("retry", "timeout", maybe_sent=not unsent) from None
    except NetworkError as error:
        cause = error.__cause__
        unsent = isinstance(cause, httpx.ConnectError | httpx.UnsupportedProtocol)
        raise ChannelError("retry", "network", maybe_sent=not unsent) from None
    except TelegramError as error:
        raise ChannelError("retry", type(error).__name__, maybe_sent=True) from None
