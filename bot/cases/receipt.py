"""The receipt: sixteen digits with which a reporter comes back, on any channel, without an account.

Fifteen are random, the last is a check digit (Luhn): a slip of the finger is told apart from a
guess, and counts for nothing. The database knows a receipt only by a keyed hash, and keeps the
digits sealed until they were shown once.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from bot.cases.lifecycle import current
from bot.store import Vault
from bot.store.tables import case, case_key, receipt_guess

DIGITS = 16
FREE = 5
"""Guesses before a sender waits; then a minute, doubling, at most a day."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CaseView:
    """What may be told to who holds the receipt: no contents."""

    state: str
    created_at: datetime
    at_desk: bool


@dataclass(frozen=True, slots=True)
class NotFound:
    """No report has this receipt."""


@dataclass(frozen=True, slots=True)
class SlowDown:
    """Too many guesses from this sender, or around this number: later."""


def new_receipt() -> str:
    body = "".join(secrets.choice("0123456789") for _ in range(DIGITS - 1))
    return body + check_digit(body)


def check_digit(body: str) -> str:
    """Luhn's, over the digits before it."""
    total = 0
    for n, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if n % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def find(
    conn: Connection, vault: Vault, digits: str, *, sender_blind: bytes, now: datetime
) -> CaseView | NotFound | SlowDown:
    """The case of a receipt. Slowed for this sender and around this number, never for everybody."""
    if len(digits) != DIGITS or check_digit(digits[:-1]) != digits[-1]:
        return NotFound()
    buckets = (sender_blind, vault.blind("receipt-prefix", digits[:12]))
    if any(_waits(conn, bucket, now) for bucket in buckets):
        return SlowDown()
    row = conn.execute(
        select(case.c.id, case.c.state, case.c.created_at).where(
            case.c.receipt_hmac == vault.blind("receipt", digits)
        )
    ).first()
    if row is None:
        for bucket in buckets:
            _miss(conn, bucket, now)
        return NotFound()
    return CaseView(row.state, row.created_at, current(conn, row.id)[1] == "desk")


def unsealed(conn: Connection, vault: Vault, case_id: str) -> str | None:
    """The digits, while they were not shown yet."""
    row = conn.execute(
        select(case.c.receipt_sealed, case_key.c.wrapped_key, case_key.c.key_id)
        .join(case_key, case_key.c.case_id == case.c.id)
        .where(case.c.id == case_id)
    ).first()
    if row is None or row.receipt_sealed is None:
        return None
    key = vault.unwrap(row.wrapped_key, row.key_id)
    return vault.open_(key, row.receipt_sealed, about=f"receipt:{case_id}").decode()


def shown(conn: Connection, case_id: str) -> None:
    """She has it: nobody can read it here any more."""
    conn.execute(update(case).where(case.c.id == case_id).values(receipt_sealed=None))


def _waits(conn: Connection, bucket: bytes, now: datetime) -> bool:
    row = conn.execute(select(receipt_guess).where(receipt_guess.c.bucket == bucket)).first()
    if row is None or row.misses < FREE:
        return False
    wait = min(timedelta(minutes=2 ** min(row.misses - FREE, 12)), DAY)
    return bool(now - row.last_at < wait)


def _miss(conn: Connection, bucket: bytes, now: datetime) -> None:
    conn.execute(
        delete(receipt_guess).where(
            receipt_guess.c.bucket == bucket, receipt_guess.c.last_at < now - DAY
        )
    )
    counted = conn.execute(
        update(receipt_guess)
        .where(receipt_guess.c.bucket == bucket)
        .values(misses=receipt_guess.c.misses + 1, last_at=now)
    )
    if counted.rowcount == 0:
        conn.execute(insert(receipt_guess).values(bucket=bucket, misses=1, last_at=now))
