"""The states of a case and of its referral: one small machine; each change a row with who and why.

The office's states follow the official circuit of the territorial mechanisms; effect before flag:
nothing is marked as done before it was.
"""

from __future__ import annotations

from datetime import datetime
from types import MappingProxyType

from sqlalchemy import Connection, insert, select, update

from bot.store.tables import case, case_event, referral

AFTER = MappingProxyType(
    {
        "received": ("queued",),
        "queued": ("delivered",),
        "delivered": ("opened", "acknowledged", "accepted", "refused"),
        "opened": ("acknowledged", "accepted", "refused"),
        "acknowledged": ("accepted", "refused"),
        "accepted": ("in_progress", "closed"),
        "in_progress": ("closed",),
        "refused": (),
        "closed": (),
    }
)
"""What may follow a state. A refusal returns the case to the desk: a new referral begins."""


class LifecycleError(Exception):
    """A change that the present state does not allow: one plain sentence."""


def current(conn: Connection, case_id: str) -> tuple[str, str, str]:
    """The referral that counts: id, office, state. Raises LifecycleError where there is none."""
    row = conn.execute(
        select(referral.c.id, referral.c.office_id, referral.c.state)
        .where(referral.c.case_id == case_id)
        .order_by(referral.c.created_at.desc(), referral.c.id.desc())
        .limit(1)
    ).first()
    if row is None:
        raise LifecycleError("The case has no referral.")
    return row.id, row.office_id, row.state


def advance_referral(
    conn: Connection, referral_id: str, to: str, *, who: str, why: str = "", now: datetime
) -> bool:
    """Move a referral, and its case with it. False: it stands there already, or beyond.

    Raises LifecycleError where the present state does not allow it.
    """
    row = conn.execute(
        select(referral.c.case_id, referral.c.state)
        .where(referral.c.id == referral_id)
        .with_for_update()
    ).first()
    if row is None:
        raise LifecycleError("There is no such referral.")
    if row.state == to:
        return False
    if to not in AFTER[row.state]:
        if to == "delivered":
            return False  # a delivery that comes again finds the office further on
        raise LifecycleError(f"A case that is {row.state} cannot become {to}.")
    conn.execute(update(referral).where(referral.c.id == referral_id).values(state=to))
    if current(conn, row.case_id)[0] == referral_id:
        record(conn, row.case_id, to, who=who, why=why, now=now)
    return True


def record(
    conn: Connection, case_id: str, to: str, *, who: str, why: str = "", now: datetime
) -> None:
    """The case's own state follows, with a row that says who and why."""
    was = conn.execute(select(case.c.state).where(case.c.id == case_id)).scalar_one()
    conn.execute(update(case).where(case.c.id == case_id).values(state=to))
    conn.execute(
        insert(case_event).values(case_id=case_id, at=now, who=who, was=was, now=to, why=why)
    )
