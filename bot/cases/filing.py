"""Filing a report: its case, its referral and the durable promise to deliver it, in one commit."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from bot.cases.harm import HARMS
from bot.cases.lifecycle import current, record
from bot.cases.offices import DESK, ensure_desk
from bot.cases.receipt import new_receipt
from bot.cases.report import Report
from bot.cases.risk import age_band, risk_of
from bot.store import Vault
from bot.store.ids import new_id
from bot.store.tables import case, case_event, case_key, office, referral

ALPHABET = "23456789CFGHJMPQRVWX"
"""Letters and digits that spell nothing and are not mistaken for each other (those of Open Location
Code)."""

Enqueue = Callable[[Connection, str], None]
"""Puts the delivery of a referral (its id) into the same transaction."""


@dataclass(frozen=True, slots=True)
class Filed:
    case_id: str
    ref: str
    office_id: str
    why: str


def file_report(
    conn: Connection,
    *,
    vault: Vault,
    report: Report,
    case_id: str,
    conversation_id: str | None,
    dedupe: str,
    now: datetime,
    enqueue: Enqueue,
    test_of: str | None = None,
) -> Filed:
    """File once for each `dedupe`, however often tried. `test_of`: a test case for an office."""
    if before := _filed(conn, dedupe):
        return before
    ensure_desk(conn, now)
    office_id, why = (test_of, "test") if test_of else destination(conn, report)
    key, wrapped = vault.new_data_key()
    digits = new_receipt()
    ref = "".join(secrets.choice(ALPHABET) for _ in range(8))
    conn.execute(
        insert(case).values(
            id=case_id,
            ref=ref,
            created_at=now,
            conversation_id=conversation_id,
            dedupe=dedupe,
            state="received",
            urgent=bool(report.danger),
            partial=report.partial,
            test=test_of is not None,
            mechanism=report.mechanism,
            province=province_of(report.mechanism),
            harm=[h for h in report.harm if h in HARMS],
            age_band=age_band(report.child_age),
            risk=risk_of(report),
            reporter=report.wish,
            body=vault.seal(key, report.model_dump_json().encode(), about=f"case:{case_id}"),
            receipt_hmac=vault.blind("receipt", digits),
            receipt_sealed=vault.seal(key, digits.encode(), about=f"receipt:{case_id}"),
        )
    )
    conn.execute(
        insert(case_key).values(case_id=case_id, wrapped_key=wrapped.wrapped, key_id=wrapped.key_id)
    )
    conn.execute(
        insert(case_event).values(
            case_id=case_id, at=now, who="reporter", was=None, now="received", why=""
        )
    )
    refer(conn, case_id, office_id, why=why, who="sanad", now=now, enqueue=enqueue)
    return Filed(case_id, ref, office_id, why)


def destination(conn: Connection, report: Report) -> tuple[str, str]:
    """The office of the child's place, or the national desk and why."""
    if report.partial:
        return DESK, "partial"
    if report.mechanism is None:
        return DESK, "no_place"
    reachable = conn.execute(
        select(office.c.reachable).where(office.c.id == report.mechanism)
    ).scalar()
    return (report.mechanism, "mechanism") if reachable else (DESK, "no_office")


def refer(
    conn: Connection,
    case_id: str,
    office_id: str,
    *,
    why: str,
    who: str,
    now: datetime,
    enqueue: Enqueue,
) -> str:
    """Send a case to an office: a new referral, queued. Its id."""
    referral_id = new_id(now)
    conn.execute(
        insert(referral).values(
            id=referral_id,
            case_id=case_id,
            office_id=office_id,
            why=why,
            state="queued",
            created_at=now,
        )
    )
    record(conn, case_id, "queued", who=who, why=f"{office_id}: {why}", now=now)
    enqueue(conn, referral_id)
    return referral_id


def province_of(mechanism: str | None) -> str | None:
    """The ISO code of a mechanism's province; Casablanca's eight are all of MA-CAS."""
    if mechanism is None:
        return None
    return "MA-CAS" if mechanism.startswith("x-CAS-") else mechanism


def case_data_key(conn: Connection, vault: Vault, case_id: str) -> bytes:
    """The key of a case. Raises LookupError where it was destroyed."""
    row = conn.execute(
        select(case_key.c.wrapped_key, case_key.c.key_id).where(case_key.c.case_id == case_id)
    ).first()
    if row is None:
        raise LookupError("The key of this case was destroyed.")
    return vault.unwrap(row.wrapped_key, row.key_id)


def _filed(conn: Connection, dedupe: str) -> Filed | None:
    row = conn.execute(select(case.c.id, case.c.ref).where(case.c.dedupe == dedupe)).first()
    if row is None:
        return None
    why = conn.execute(
        select(referral.c.why).where(referral.c.case_id == row.id).order_by(referral.c.created_at)
    ).scalars().first()  # fmt: skip
    return Filed(row.id, row.ref, current(conn, row.id)[1], why or "")
