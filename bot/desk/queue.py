"""The queue of conversations that wait for a person, and the alarms. Rows; no contents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, case

from bot.store.ids import new_id
from bot.store.statements import upsert
from bot.store.tables import alert, handover

WINDOW = timedelta(minutes=30)
"""One conversation rings once in this time, however often it alarms."""


def wait_for_person(
    conn: Connection, *, conversation_id: str, why: str, urgent: bool, language: str, now: datetime
) -> None:
    """Put a conversation in the queue; one that waits already may only become more urgent."""
    make = upsert(conn, handover).values(
        id=new_id(now),
        conversation_id=conversation_id,
        why=why,
        urgent=urgent,
        language=language,
        created_at=now,
    )
    more_urgent = make.excluded.urgent & ~handover.c.urgent
    conn.execute(
        make.on_conflict_do_update(
            index_elements=["conversation_id"],
            index_where=handover.c.closed_at.is_(None),
            set_={
                "urgent": handover.c.urgent | make.excluded.urgent,
                "why": case((more_urgent, make.excluded.why), else_=handover.c.why),
            },
        )
    )


def ring(
    conn: Connection, *, conversation_id: str, categories: Sequence[str], now: datetime
) -> None:
    """Ring the desk, once in a window; what comes within it is counted."""
    window = f"{conversation_id}:{int(now.timestamp() // WINDOW.total_seconds())}"
    make = upsert(conn, alert).values(
        id=new_id(now),
        conversation_id=conversation_id,
        created_at=now,
        categories=sorted(categories),
        window=window,
        times=1,
    )
    conn.execute(
        make.on_conflict_do_update(index_elements=["window"], set_={"times": alert.c.times + 1})
    )
