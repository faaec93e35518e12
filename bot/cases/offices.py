"""Offices: the 82 mechanisms and the national desk; where referrals go, and who has answered."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, insert, select, update

from bot.store import Store
from bot.store.statements import upsert
from bot.store.tables import case, office, referral
from services_directory import the_map

DESK = "desk"
"""The national desk: everything without a reachable office falls to it, visibly."""

FRESH = 1.0
"""Seconds for which a turn believes what it read of the offices."""


class OfficeError(Exception):
    """What cannot be done with an office: one plain sentence."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Who is there, as a turn must know it."""

    desk_ready: bool
    """The national desk has acknowledged a test case."""
    ready: frozenset[str]
    """Mechanisms whose office has acknowledged a test case."""
    reachable: frozenset[str]


@dataclass(frozen=True, slots=True)
class Office:
    id: str
    name_ar: str
    name_fr: str
    email: str | None
    duty_phone: str | None
    reachable: bool
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    waiting: int
    """Referrals that nobody there has acknowledged yet."""


_standing: WeakKeyDictionary[Store, tuple[float, Standing]] = WeakKeyDictionary()


async def standing(store: Store) -> Standing:
    """Read at most once a second: every turn asks."""
    known = _standing.get(store)
    if known and time.monotonic() - known[0] < FRESH:
        return known[1]
    found = await store.read(read_standing)
    _standing[store] = (time.monotonic(), found)
    return found


def read_standing(conn: Connection) -> Standing:
    rows = conn.execute(
        select(office.c.id, office.c.reachable, office.c.test_acknowledged_at)
    ).all()
    answered = {r.id for r in rows if r.test_acknowledged_at and r.reachable}
    return Standing(
        desk_ready=DESK in answered,
        ready=frozenset(answered - {DESK}),
        reachable=frozenset(r.id for r in rows if r.reachable) - {DESK},
    )


def ensure_desk(conn: Connection, now: datetime) -> None:
    conn.execute(
        upsert(conn, office)
        .values(id=DESK, kind="desk", reachable=True, changed_at=now)
        .on_conflict_do_nothing()
    )


def set_office(
    conn: Connection,
    code: str,
    *,
    now: datetime,
    email: str | None = None,
    duty_phone: str | None = None,
    reachable: bool = True,
) -> None:
    """Say where referrals of a mechanism go. Its readiness must be shown anew by a test case.

    Raises OfficeError where the code is no mechanism.
    """
    if code == DESK:
        ensure_desk(conn, now)
    elif code not in codes():
        raise OfficeError(f"{code} is no territorial mechanism: see `sanad office list`.")
    values = {
        "email": email,
        "duty_phone": duty_phone,
        "reachable": reachable,
        "changed_at": now,
        "test_acknowledged_at": None,
        "test_acknowledged_by": None,
    }
    changed = conn.execute(update(office).where(office.c.id == code).values(**values))
    if changed.rowcount == 0:
        conn.execute(insert(office).values(id=code, kind="mechanism", **values))


def codes() -> tuple[str, ...]:
    """The 82 mechanisms."""
    return tuple(u.code for u in the_map().mechanisms)


def list_offices(conn: Connection) -> tuple[Office, ...]:
    """The desk, then every mechanism, configured or not."""
    rows = {r.id: r for r in conn.execute(select(office))}
    waiting: dict[str, int] = {}
    for row in conn.execute(
        select(referral.c.office_id).where(referral.c.state.in_(("queued", "delivered", "opened")))
    ):
        waiting[row.office_id] = waiting.get(row.office_id, 0) + 1
    units = the_map()
    found: list[Office] = []
    for code in (DESK, *codes()):
        mine, unit = rows.get(code), units.get(code)
        found.append(
            Office(
                id=code,
                name_ar=unit.name_ar if unit else "",
                name_fr=unit.name_fr if unit else "National desk",
                email=mine.email if mine else None,
                duty_phone=mine.duty_phone if mine else None,
                reachable=bool(mine and mine.reachable),
                acknowledged_at=mine.test_acknowledged_at if mine else None,
                acknowledged_by=mine.test_acknowledged_by if mine else None,
                waiting=waiting.get(code, 0),
            )
        )
    return tuple(found)


def unreachable(conn: Connection) -> tuple[str, ...]:
    """Mechanisms without a reachable office: their reports fall to the desk."""
    return tuple(o.id for o in list_offices(conn) if not o.reachable and o.id != DESK)


def confirm_test(conn: Connection, case_id: str, *, by: str, now: datetime) -> None:
    """A named person of an office has acknowledged its test case: somebody is there."""
    row = conn.execute(
        select(referral.c.office_id)
        .join(case, case.c.id == referral.c.case_id)
        .where(case.c.id == case_id, case.c.test)
    ).first()
    if row:
        say_answered(conn, row.office_id, by=by, now=now)


def say_answered(conn: Connection, office_id: str, *, by: str, now: datetime) -> None:
    """A named person of this office is there."""
    conn.execute(
        update(office)
        .where(office.c.id == office_id)
        .values(test_acknowledged_at=now, test_acknowledged_by=by)
    )
