"""The queue of conversations that wait for a person, and the alarms. Rows; no contents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from bot.store.ids import new_id
from bot.store.tables import alert, handover

WINDOW = timedelta(minutes=30)
"""One conversation rings once in this time, however often it alarms."""


def wait_for_person(
    conn: Connection, *, conversation_id: str, why: str, urgent: bool, language: str, now: datetime
) -> None:
    """Put a conversation in the queue; one that waits already may only become more urgent."""
    open_one = conn.execute(
        select(handover.c.id, handover.c.urgent).where(
            handover.c.conversation_id == conversation_id, handover.c.closed_at.is_(None)
        )
    ).first()
    if open_one is None:
        conn.execute(
            insert(handover).values(
                id=new_id(now),
                conversation_id=conversation_id,
                why=why,
                urgent=urgent,
                language=language,
                created_at=now,
            )
        )
    elif urgent and not open_one.urgent:
        conn.execute(
            update(handover).where(handover.c.id == open_one.id).values(urgent=True, why=why)
        )


def ring(
    conn: Connection, *, conversation_id: str, categories: Sequence[str], now: datetime
) -> None:
    """Ring the desk, once in a window; what comes within it is counted."""
    window = f"{conversation_id}:{int(now.timestamp() // WINDOW.total_seconds())}"
    again = conn.execute(
        update(alert).where(alert.c.window == window).values(times=alert.c.times + 1)
    )
    if again.rowcount == 0:
        conn.execute(
            insert(alert).values(
                id=new_id(now),
                conversation_id=conversation_id,
                created_at=now,
                categories=sorted(categories),
                window=window,
                times=1,
            )
        )
