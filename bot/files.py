"""Photos, voice notes and papers: kept encrypted in the data folder, never in plain, within limits.

The row says where the provider keeps the file, sealed; the file's own random key lies in the same
sealed value. When a case takes a file over, that value is sealed again with the case's key, so that
destroying the case's key destroys its files too.
"""

from __future__ import annotations

import asyncio
import base64
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, insert, select, update

from bot.cases import case_data_key
from bot.parts import Parts
from bot.store import Conversation, Store, VaultError
from bot.store.tables import attachment
from channels.port import ChannelError, Media

log = logging.getLogger(__name__)

TRIES = 12
"""With doubling waits: about three days."""


class Kept(msgspec.Struct, frozen=True):
    """What the sealed column of an attachment holds."""

    channel: str
    media: Media
    key: str
    """The file's own key, base64."""


def keep(
    conn: Connection,
    *,
    store: Store,
    conversation: Conversation,
    attachment_id: str,
    media: Media,
    channel: str,
    now: datetime,
) -> None:
    """Remember a file that a message carried; `fetch_waiting` brings it."""
    key = base64.b64encode(store.vault.random_key()).decode()
    kept = msgspec.json.encode(Kept(channel, media, key))
    conn.execute(
        insert(attachment).values(
            id=attachment_id,
            conversation_id=conversation.id,
            kind=media.kind,
            created_at=now,
            state="waiting",
            attempts=0,
            next_at=now,
            sealed=store.vault.seal(conversation.data_key, kept, about=_about(attachment_id)),
            size=media.size,
        )
    )


def give_to_case(
    conn: Connection,
    *,
    store: Store,
    conversation: Conversation,
    attachments: Sequence[str],
    case_id: str,
) -> None:
    """The files of a report belong to its case from now on, and to its key."""
    for attachment_id in attachments:
        row = conn.execute(
            select(attachment.c.sealed).where(
                attachment.c.id == attachment_id,
                attachment.c.conversation_id == conversation.id,
                attachment.c.case_id.is_(None),
            )
        ).first()
        if row is None:
            continue
        about = _about(attachment_id)
        kept = store.vault.open_(conversation.data_key, row.sealed, about=about)
        key = case_data_key(conn, store.vault, case_id)
        conn.execute(
            update(attachment)
            .where(attachment.c.id == attachment_id)
            .values(case_id=case_id, sealed=store.vault.seal(key, kept, about=about))
        )


async def fetch_waiting(parts: Parts) -> int:
    """Fetch every file whose time has come. How many were stored."""
    now = parts.now()

    def waiting(conn: Connection) -> Sequence[Row[Any]]:
        return conn.execute(
            select(attachment)
            .where(attachment.c.state == "waiting", attachment.c.next_at <= now)
            .order_by(attachment.c.next_at)
            .limit(16)
        ).all()

    stored = 0
    for row in await parts.store.read(waiting):
        try:
            opened = await parts.store.read(partial(_open, parts.store, row))
            size = await _fetch(parts, row.id, msgspec.json.decode(opened, type=Kept))
        except ChannelError as error:
            await parts.store.write(_later(row.id, error, row.attempts, now))
            log.info("file not fetched", extra={"file": row.id, "reason": error.reason})
        except (LookupError, VaultError):
            # Its key is gone: the file is as good as erased.
            gone = ChannelError("rejected", "key destroyed")
            await parts.store.write(_later(row.id, gone, row.attempts, now))
        else:
            await parts.store.write(_stored(row.id, size))
            stored += 1
    return stored


def _open(store: Store, row: Row[Any], conn: Connection) -> bytes:
    key = (
        case_data_key(conn, store.vault, row.case_id)
        if row.case_id
        else store.conversation_key(conn, row.conversation_id)
    )
    return store.vault.open_(key, row.sealed, about=_about(row.id))


async def _fetch(parts: Parts, attachment_id: str, kept: Kept) -> int:
    channel = parts.channels.get(kept.channel)
    if channel is None:
        raise ChannelError("misconfigured", "channel is off")
    file = await channel.fetch(kept.media, limit=parts.settings.attachment_limit)
    key = base64.b64decode(kept.key)
    sealed = parts.store.vault.seal(key, file.data, about=f"file:{attachment_id}")
    place = path_of(parts, attachment_id)
    await asyncio.to_thread(_write, place, sealed)
    return len(file.data)


def _write(place: Path, sealed: bytes) -> None:
    """Whole or not at all."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = place.with_suffix(".half")
    half.write_bytes(sealed)
    half.replace(place)


def path_of(parts: Parts, attachment_id: str) -> Path:
    return parts.settings.data_dir / "attachments" / attachment_id


def _later(
    attachment_id: str, error: ChannelError, attempts: int, now: datetime
) -> Callable[[Connection], object]:
    """Try again with doubling waits; what the provider refuses for good is marked as refused."""
    over = error.reason == "rejected" or attempts + 1 >= TRIES
    values = {
        "attempts": attempts + 1,
        "error": str(error)[:64],
        "next_at": now + timedelta(minutes=2**attempts),
        "state": "refused" if over else "waiting",
    }
    return lambda conn: conn.execute(
        update(attachment).where(attachment.c.id == attachment_id).values(**values)
    )


def _stored(attachment_id: str, size: int) -> Callable[[Connection], object]:
    return lambda conn: conn.execute(
        update(attachment)
        .where(attachment.c.id == attachment_id)
        .values(state="stored", size=size, error=None)
    )


def _about(attachment_id: str) -> str:
    return f"attachment:{attachment_id}"
