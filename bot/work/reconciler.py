"""The guarantee: whatever the durable engine forgot or never knew, the rows say what is owed.

Every few seconds: a referral that is still queued and has no live workflow gets a new one; a
workflow whose process died is resumed; a notice whose time has come is begun.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from bot.store.tables import referral
from bot.work.promise import delivery_id, enqueue_delivery, enqueue_notice

PATIENCE = timedelta(seconds=10)
"""A referral queued for longer than this should have been delivered."""
STUCK = timedelta(minutes=5)
"""A workflow running for longer than this has lost its process."""

StatusOf = Callable[[str], tuple[str, datetime] | None]
"""The durable engine's word on a workflow: its state and when it last moved."""


def overdue(conn: Connection, now: datetime) -> list[tuple[str, int]]:
    """Referrals that should have been delivered by now, with the number of their last delivery."""
    rows = conn.execute(
        select(referral.c.id, referral.c.deliveries).where(
            referral.c.state == "queued", referral.c.created_at <= now - PATIENCE
        )
    )
    return [(r.id, r.deliveries) for r in rows]


def deliver_again(conn: Connection, referral_id: str, number: int) -> None:
    """Begin the next delivery; a name that the engine does not know yet."""
    begun = conn.execute(
        update(referral)
        .where(referral.c.id == referral_id, referral.c.deliveries == number)
        .values(deliveries=number + 1)
    )
    if begun.rowcount:
        enqueue_delivery(conn, referral_id, number=number + 1)


def notices_due(conn: Connection, now: datetime) -> list[tuple[str, int]]:
    rows = conn.execute(
        select(referral.c.id, referral.c.notices).where(referral.c.notice_at <= now).limit(200)
    )
    return [(r.id, r.notices) for r in rows]


def begin_notice(conn: Connection, referral_id: str, notices: int) -> None:
    enqueue_notice(conn, referral_id, number=notices + 1)


def needs_again(status: tuple[str, datetime] | None, now: datetime) -> str:
    """`wait`, `resume`, or `again`: what a referral still queued needs, from its workflow."""
    if status is None:
        return "again"
    state, moved_at = status
    if state in ("ENQUEUED", "DELAYED"):
        return "wait"
    if state == "PENDING":
        return "resume" if now - moved_at > STUCK else "wait"
    return "again"


__all__ = [
    "begin_notice",
    "deliver_again",
    "delivery_id",
    "needs_again",
    "notices_due",
    "overdue",
]
