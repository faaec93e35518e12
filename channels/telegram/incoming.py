"""A Telegram update as an inbound message: the Bot API's fields, read by python-telegram-bot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
import telegram
from telegram.constants import ChatType

from channels.port import (
    Address,
    Contact,
    Content,
    Inbound,
    Location,
    Media,
    MediaKind,
    Other,
    Pick,
    Text,
)


class Malformed(ValueError):
    """Not an update of the Bot API."""


@dataclass(frozen=True, slots=True)
class Group:
    """Something happened in a group or a channel: no place for what people tell us."""

    chat_id: str


Update = Inbound | Group | None
"""None: nothing to answer."""


def parse(payload: bytes) -> Update:
    """Read a webhook's body. Raises Malformed, and nothing else, for any bytes."""
    try:
        data = msgspec.json.decode(payload)
        if not isinstance(data, dict) or not isinstance(data.get("update_id"), int):
            raise Malformed("no update_id")
        return convert(telegram.Update.de_json(data, None))
    except Malformed:
        raise
    except Exception as error:
        raise Malformed(type(error).__name__) from None


def convert(update: telegram.Update) -> Update:
    if query := update.callback_query:
        return _pressed(update, query)
    if message := update.message:
        return _message(message, f"update:{update.update_id}", edited=False)
    if message := update.edited_message:
        at = int(message.edit_date.timestamp()) if message.edit_date else update.update_id
        return _message(message, f"edit:{message.chat.id}:{message.message_id}:{at}", edited=True)
    chat = update.effective_chat
    if chat and chat.type != ChatType.PRIVATE:
        return Group(str(chat.id))
    return None


def _pressed(update: telegram.Update, query: telegram.CallbackQuery) -> Update:
    chat = query.message.chat if query.message else None
    if chat and chat.type != ChatType.PRIVATE:
        return Group(str(chat.id))
    if not query.data:
        return None
    return Inbound(
        Address("telegram", str(chat.id if chat else query.from_user.id)),
        f"update:{update.update_id}",
        Pick(query.data),
        profile_language=query.from_user.language_code or "",
        press=query.id,
    )


def _message(message: telegram.Message, message_id: str, *, edited: bool) -> Update:
    if message.chat.type != ChatType.PRIVATE:
        return Group(str(message.chat.id))
    content = _content(message, edited=edited)
    if content is None:
        return None
    sender: Any = message.from_user
    return Inbound(
        Address("telegram", str(message.chat.id)),
        message_id,
        content,
        sent_at=_moment(message.date),
        profile_language=(sender.language_code or "") if sender else "",
        ref=str(message.message_id),
    )


def _moment(at: datetime | None) -> datetime | None:
    return at


def _content(message: telegram.Message, *, edited: bool) -> Content | None:
    if message.text is not None:
        return Text(message.text, str(message.message_id) if edited else None)
    if edited:
        # A caption corrected later is words; a live location moves by itself: once is enough.
        return Text(message.caption, str(message.message_id)) if message.caption else None
    if message.location:
        return Location(message.location.latitude, message.location.longitude)
    if shared := message.contact:
        sender = message.from_user
        own = bool(sender and shared.user_id == sender.id)
        return Contact(shared.phone_number, own)
    if media := _media(message):
        return media
    for kind in ("poll", "dice", "game", "story", "invoice", "venue"):
        if getattr(message, kind, None) is not None:
            return Other(kind)
    return None


def _media(message: telegram.Message) -> Media | None:
    caption = message.caption or ""
    if message.photo:
        best = max(message.photo, key=lambda size: size.width * size.height)
        return Media("photo", best.file_id, "image/jpeg", best.file_size, caption)
    kinds: tuple[tuple[str, MediaKind, str], ...] = (
        ("voice", "voice", "audio/ogg"),
        ("audio", "audio", "audio/mpeg"),
        ("video", "video", "video/mp4"),
        ("video_note", "video", "video/mp4"),
        ("animation", "video", "video/mp4"),
        ("document", "document", "application/octet-stream"),
        ("sticker", "sticker", "image/webp"),
    )
    for name, kind, otherwise in kinds:
        file: Any = getattr(message, name, None)
        if file is not None:
            mime = getattr(file, "mime_type", None) or otherwise
            return Media(kind, file.file_id, mime, file.file_size, caption)
    return None
