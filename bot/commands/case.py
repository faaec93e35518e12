"""`sanad case`: the cases, for administrators; what is shown is recorded."""

from __future__ import annotations

import getpass
import json
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import typer
from sqlalchemy import Connection

from bot.cases import LifecycleError, offices, refer
from bot.cases.lifecycle import advance_referral, current
from bot.cases.listing import CaseError, find_case, list_cases, show_case
from bot.commands.plumbing import command, fail, open_parts
from bot.work import enqueue_delivery

app = typer.Typer(no_args_is_help=True, add_completion=False)
REF = Annotated[str, typer.Argument(help="The case's reference.")]
BY = Annotated[str, typer.Option("--by", help="Who does it, by name.")]
AS_JSON = Annotated[bool, typer.Option("--json", help="JSON.")]


class State(StrEnum):
    received = "received"
    queued = "queued"
    delivered = "delivered"
    opened = "opened"
    acknowledged = "acknowledged"
    accepted = "accepted"
    refused = "refused"
    in_progress = "in_progress"
    closed = "closed"


@app.command("list")
@command
def list_(
    office: Annotated[str | None, typer.Option(help="Of this office: a code, or `desk`.")] = None,
    state: Annotated[State | None, typer.Option(help="In this state.")] = None,
    as_json: AS_JSON = False,
) -> None:
    """Cases without contents, urgent ones first."""
    if office and office not in (offices.DESK, *offices.codes()):
        fail(f"{office} is no office: see `sanad office list`.")
    with open_parts() as (_, store):
        found = store.read_now(
            lambda conn: list_cases(conn, office=office, state=state.value if state else None)
        )
    if as_json:
        typer.echo(json.dumps([c.shape() for c in found], ensure_ascii=False))
        return
    for c in found:
        marks = " ".join(m for m, on in (("URGENT", c.urgent), ("partial", c.partial),
                                         ("test", c.test)) if on)  # fmt: skip
        harm = ",".join(c.harm) or "-"
        typer.echo(f"{c.ref}  {c.state:<12} {c.office:<16} {c.shape()['created']}  {harm}  {marks}")


@app.command("show")
@command
def show(ref: REF, as_json: AS_JSON = False) -> None:
    """One case with its contents. That it was shown, and to whom, is recorded."""
    with open_parts() as (_, store):
        try:
            with store.begin() as conn:
                case = show_case(
                    conn, store.vault, ref, who=f"{getpass.getuser()}@console", now=_now()
                )
        except CaseError as error:
            fail(str(error))
    if as_json:
        typer.echo(json.dumps(case, ensure_ascii=False))
        return
    for key, value in case.items():
        plain = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        typer.echo(f"{key:<14} {plain}")


@app.command("acknowledge")
@command
def acknowledge(ref: REF, by: BY) -> None:
    """A named person of the office has read it and answers for it."""
    _move(ref, "acknowledged", by)


@app.command("accept")
@command
def accept(ref: REF, by: BY) -> None:
    """The office takes the case."""
    _move(ref, "accepted", by)


@app.command("start")
@command
def start(ref: REF, by: BY) -> None:
    """The office works on it."""
    _move(ref, "in_progress", by)


@app.command("close")
@command
def close(ref: REF, by: BY, why: Annotated[str, typer.Option(help="Why.")]) -> None:
    """The case is closed."""
    _move(ref, "closed", by, why)


@app.command("refuse")
@command
def refuse(ref: REF, by: BY, why: Annotated[str, typer.Option(help="Why.")]) -> None:
    """The office gives it back: it returns to the national desk, it does not close."""
    _move(ref, "refused", by, why)


def _move(ref: str, to: str, by: str, why: str = "") -> None:
    now = _now()

    def move(conn: Connection) -> str:
        case = find_case(conn, ref)
        referral_id, office_id, _ = current(conn, case.id)
        if to == "refused" and office_id == offices.DESK:
            raise LifecycleError("The national desk cannot give a case back.")
        advance_referral(conn, referral_id, to, who=by, why=why[:80], now=now)
        if to == "acknowledged":
            offices.confirm_test(conn, case.id, by=by, now=now)
        if to == "refused":
            refer(
                conn, case.id, offices.DESK, why="refused", who=by, now=now,
                enqueue=enqueue_delivery,
            )  # fmt: skip
        return case.ref

    if not by.strip():
        fail("Say by whom: --by NAME.")
    with open_parts() as (_, store):
        try:
            with store.begin() as conn:
                done = move(conn)
        except (CaseError, LifecycleError) as error:
            fail(str(error))
    typer.echo(f"{done}: {to} by {by}.")


def _now() -> datetime:
    return datetime.now(UTC)
