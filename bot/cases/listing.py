"""Cases as the command line and offices see them: lists without contents, one case with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from bot.cases.filing import case_data_key
from bot.cases.lifecycle import current
from bot.cases.report import Report
from bot.store import Vault
from bot.store.tables import audit, case, case_event, delivery_attempt, referral


class CaseError(Exception):
    """No such case, or it cannot be shown: one plain sentence."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A case without contents."""

    id: str
    ref: str
    state: str
    urgent: bool
    partial: bool
    test: bool
    province: str | None
    office: str
    harm: tuple[str, ...]
    risk: str
    reporter: str
    created: datetime

    def shape(self) -> dict[str, Any]:
        """As PUBLIC_SURFACE promises it."""
        return {
            "ref": self.ref,
            "state": self.state,
            "urgent": self.urgent,
            "partial": self.partial,
            "test": self.test,
            "province": self.province,
            "office": self.office,
            "harm": list(self.harm),
            "risk": self.risk,
            "reporter": self.reporter,
            "created": utc(self.created),
        }


def utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def list_cases(
    conn: Connection, *, office: str | None = None, state: str | None = None
) -> tuple[Listed, ...]:
    """Urgent ones first, then the oldest."""
    later = referral.alias("later")
    newest = ~(
        select(later.c.id)
        .where(
            later.c.case_id == referral.c.case_id,
            (later.c.created_at > referral.c.created_at)
            | ((later.c.created_at == referral.c.created_at) & (later.c.id > referral.c.id)),
        )
        .exists()
    )
    wanted = select(case, referral.c.office_id).join(referral, referral.c.case_id == case.c.id)
    wanted = wanted.where(newest).order_by(case.c.urgent.desc(), case.c.created_at)
    if office:
        wanted = wanted.where(referral.c.office_id == office)
    if state:
        wanted = wanted.where(case.c.state == state)
    return tuple(_listed(r) for r in conn.execute(wanted))


def _listed(r: Any) -> Listed:
    return Listed(
        r.id, r.ref, r.state, r.urgent, r.partial, r.test, r.province, r.office_id,
        tuple(r.harm), r.risk, r.reporter, r.created_at,
    )  # fmt: skip


def find_case(conn: Connection, ref: str) -> Listed:
    """Raises CaseError."""
    row = conn.execute(select(case).where(case.c.ref == ref.strip().upper())).first()
    if row is None:
        raise CaseError(f"No case has the reference {ref}.")
    found = current(conn, row.id)
    return Listed(
        row.id, row.ref, row.state, row.urgent, row.partial, row.test, row.province, found[1],
        tuple(row.harm), row.risk, row.reporter, row.created_at,
    )  # fmt: skip


def show_case(
    conn: Connection, vault: Vault, ref: str, *, who: str, now: datetime
) -> dict[str, Any]:
    """A case with its contents; that it was looked at, and by whom, is recorded.

    Raises CaseError.
    """
    listed = find_case(conn, ref)
    conn.execute(insert(audit).values(at=now, who=who, did="case shown", subject=listed.ref))
    try:
        key = case_data_key(conn, vault, listed.id)
    except LookupError as error:
        raise CaseError(str(error)) from None
    body = conn.execute(select(case.c.body).where(case.c.id == listed.id)).scalar_one()
    report = Report.model_validate_json(vault.open_(key, body, about=f"case:{listed.id}"))
    return {
        **listed.shape(),
        "danger": report.danger,
        "child_age": report.child_age,
        "child_sex": report.child_sex,
        "perpetrator": report.perpetrator,
        "reporter_is": report.reporter_is,
        "place": {"code": report.place, "text": report.place_text, "mechanism": report.mechanism},
        "story": list(report.story),
        "more": report.more,
        "finding": report.finding,
        "contact": _contact(report),
        "attachments": list(report.attachments),
        "language": report.language,
        "channel": report.channel,
        "history": _history(conn, listed.id),
        "referrals": _referrals(conn, listed.id),
    }


def _contact(report: Report) -> dict[str, Any]:
    """How the reporter may be reached; nothing where she wished to stay anonymous."""
    if report.wish == "anonymous":
        return {}
    known = {
        "phone": report.phone,
        "name": report.name if report.wish == "named" else None,
        "when": report.call_when,
        "code_word": report.code_word,
    }
    return {k: v for k, v in known.items() if v}


def _history(conn: Connection, case_id: str) -> list[dict[str, Any]]:
    rows = conn.execute(
        select(case_event).where(case_event.c.case_id == case_id).order_by(case_event.c.seq)
    )
    return [{"at": utc(r.at), "who": r.who, "was": r.was, "now": r.now, "why": r.why} for r in rows]


def _referrals(conn: Connection, case_id: str) -> list[dict[str, Any]]:
    rows = conn.execute(
        select(referral).where(referral.c.case_id == case_id).order_by(referral.c.created_at)
    ).all()
    attempts = conn.execute(
        select(delivery_attempt)
        .where(delivery_attempt.c.referral_id.in_([r.id for r in rows]))
        .order_by(delivery_attempt.c.started_at)
    ).all()
    return [
        {
            "office": r.office_id,
            "why": r.why,
            "state": r.state,
            "created": utc(r.created_at),
            "attempts": [
                {
                    "destination": a.destination,
                    "started": utc(a.started_at),
                    "finished": utc(a.finished_at) if a.finished_at else None,
                    "outcome": a.outcome,
                    "detail": a.detail,
                }
                for a in attempts
                if a.referral_id == r.id
            ],
        }
        for r in rows
    ]
