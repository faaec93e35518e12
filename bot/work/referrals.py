"""Delivering a referral: into the office's inbox, then a notice by e-mail. Effect before flag.

Each step may run again after a crash and finds what it did before: attempts have keys, mails have
a Message-ID made of the referral and the number of the notice.
"""

from __future__ import annotations

import random
import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from bot.cases.lifecycle import advance_referral
from bot.settings import Settings
from bot.store import Store
from bot.store.ids import new_id
from bot.store.tables import case, delivery_attempt, office, referral
from bot.work.mail import MailError, Notice, send_notice

GIVE_UP = 40
"""Notices tried for one referral: with the waits below, about six days."""
LONGEST = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the steps of a workflow work with."""

    settings: Settings
    store: Store

    def into_inbox(self, referral_id: str, now: datetime) -> None:
        """The office sees the referral from the commit on: that commit is the delivery."""

        def deliver(conn: Connection) -> None:
            if not _begin(conn, f"{referral_id}:inbox", referral_id, "inbox", now):
                return
            advance_referral(conn, referral_id, "delivered", who="sanad", why="inbox", now=now)
            _end(conn, f"{referral_id}:inbox", "done", "", now)
            if self.settings.smtp_url and _mail_address(conn, referral_id):
                conn.execute(
                    update(referral).where(referral.c.id == referral_id).values(notice_at=now)
                )

        self.store.write_now(deliver)

    def notify(self, referral_id: str, number: int, now: datetime) -> None:
        """One notice without contents; where it cannot be sent, the next one has its time."""
        key = f"{referral_id}:notice:{number}"
        notice = self.store.write_now(lambda conn: self._notice(conn, referral_id, key, now))
        if notice is None or self.settings.smtp_url is None:
            self.store.write_now(lambda conn: _no_more(conn, referral_id))
            return
        try:
            send_notice(self.settings.smtp_url.get_secret_value(), notice)
        except (MailError, smtplib.SMTPException, OSError) as error:
            what, again = type(error).__name__, now + _wait(number)
            self.store.write_now(
                lambda conn: _failed(conn, referral_id, key, number, what, again, now)
            )
        else:
            self.store.write_now(lambda conn: _told(conn, referral_id, key, number, now))

    def _notice(self, conn: Connection, referral_id: str, key: str, now: datetime) -> Notice | None:
        row = conn.execute(
            select(case.c.ref, case.c.urgent, referral.c.state, office.c.email)
            .join(referral, referral.c.case_id == case.c.id)
            .join(office, office.c.id == referral.c.office_id)
            .where(referral.c.id == referral_id)
        ).first()
        if row is None or not row.email or row.state not in ("delivered", "opened"):
            return None
        _begin(conn, key, referral_id, "email", now)
        return Notice(
            to=row.email,
            sender=self.settings.mail_from,
            ref=row.ref,
            urgent=row.urgent,
            link=self.settings.public_url,
            message_id=key.replace(":", "."),
        )


def _wait(number: int) -> timedelta:
    """Doubling from a minute, with jitter, so that many offices do not come back at once."""
    base = min(timedelta(minutes=2 ** min(number - 1, 10)), LONGEST)
    return base * random.uniform(0.8, 1.2)  # noqa: S311 - not a secret


def _mail_address(conn: Connection, referral_id: str) -> str | None:
    return conn.execute(
        select(office.c.email)
        .join(referral, referral.c.office_id == office.c.id)
        .where(referral.c.id == referral_id)
    ).scalar()


def _begin(conn: Connection, key: str, referral_id: str, destination: str, now: datetime) -> bool:
    """False where this attempt was finished before."""
    row = conn.execute(
        select(delivery_attempt.c.outcome).where(delivery_attempt.c.key == key)
    ).first()
    if row is None:
        conn.execute(
            insert(delivery_attempt).values(
                id=new_id(now),
                referral_id=referral_id,
                destination=destination,
                key=key,
                started_at=now,
            )
        )
        return True
    return row.outcome is None


def _end(conn: Connection, key: str, outcome: str, detail: str, now: datetime) -> None:
    conn.execute(
        update(delivery_attempt)
        .where(delivery_attempt.c.key == key)
        .values(outcome=outcome, detail=detail, finished_at=now)
    )


def _told(conn: Connection, referral_id: str, key: str, number: int, now: datetime) -> None:
    _end(conn, key, "sent", "", now)
    conn.execute(
        update(referral).where(referral.c.id == referral_id).values(notices=number, notice_at=None)
    )


def _failed(
    conn: Connection,
    referral_id: str,
    key: str,
    number: int,
    detail: str,
    next_at: datetime,
    now: datetime,
) -> None:
    _end(conn, key, "failed", detail, now)
    conn.execute(
        update(referral)
        .where(referral.c.id == referral_id)
        .values(notices=number, notice_at=next_at if number < GIVE_UP else None)
    )


def _no_more(conn: Connection, referral_id: str) -> None:
    conn.execute(update(referral).where(referral.c.id == referral_id).values(notice_at=None))
