"""The queue of conversations that wait for a person, and the alarms. Rows; no contents."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.store.ids import new_id
from bot.store.statements import ALERT, HANDOVER, driver_of, run_raw

WINDOW = timedelta(minutes=30)
"""One conversation rings once in this time, however often it alarms."""


def wait_for_person(
    conn: Connection, *, conversation_id: str, why: str, urgent: bool, language: str, now: datetime
) -> None:
    """Put a conversation in the queue; one that waits already may only become more urgent."""
    run_raw(
        conn,
        HANDOVER,
        {
            "id": new_id(now),
            "conversation_id": conversation_id,
            "why": why,
            "urgent": urgent,
            "language": language,
            "created_at": driver_of(conn.dialect).time(now),
        },
    )


def ring(
    conn: Connection, *, conversation_id: str, categories: Sequence[str], now: datetime
) -> None:
    """Ring the desk, once in a window; what comes within it is counted."""
    window = f"{conversation_id}:{int(now.timestamp() // WINDOW.total_seconds())}"
    run_raw(
        conn,
        ALERT,
        {
            "id": new_id(now),
            "conversation_id": conversation_id,
            "created_at": driver_of(conn.dialect).time(now),
            "categories": json.dumps(sorted(categories)),
            "window": window,
        },
    )
