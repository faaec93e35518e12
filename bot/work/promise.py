"""The durable promise to deliver a referral, put into the very commit that creates it."""

from __future__ import annotations

from sqlalchemy import Connection

QUEUE = "referrals"
DELIVER = "deliver_referral"
NOTIFY = "notify_office"


def enqueue_delivery(conn: Connection, referral_id: str, *, number: int = 1) -> None:
    """Deliver this referral. `number`: how many deliveries of it were begun, this one included."""
    from bot.store import durable

    durable.enqueue(
        conn,
        workflow=DELIVER,
        queue=QUEUE,
        workflow_id=delivery_id(referral_id, number),
        args=(referral_id,),
    )


def enqueue_notice(conn: Connection, referral_id: str, *, number: int) -> None:
    """Tell the office by e-mail that something waits."""
    from bot.store import durable

    durable.enqueue(
        conn,
        workflow=NOTIFY,
        queue=QUEUE,
        workflow_id=f"{referral_id}:notice:{number}",
        args=(referral_id, number),
    )


def delivery_id(referral_id: str, number: int) -> str:
    return f"{referral_id}:delivery:{number}"
