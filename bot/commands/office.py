"""`sanad office`: where referrals go, and whether somebody is there."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cases import Report, file_report, offices
from bot.commands.plumbing import command, fail, open_parts
from bot.store.ids import new_id
from bot.work import enqueue_delivery

app = typer.Typer(no_args_is_help=True, add_completion=False)
CODE = Annotated[str, typer.Argument(help="A mechanism (MA-SAL, x-CAS-ANFA) or `desk`.")]


def _now() -> datetime:
    return datetime.now(UTC)


@app.command("list")
@command
def list_(
    as_json: Annotated[bool, typer.Option("--json", help="JSON.")] = False,
) -> None:
    """The national desk and the 82 mechanisms: who is reachable, who has answered."""
    with open_parts() as (_, store):
        found = store.read_now(offices.list_offices)
    if as_json:
        typer.echo(json.dumps([_shape(o) for o in found], ensure_ascii=False))
        return
    for o in found:
        reach = "reachable" if o.reachable else "-"
        there = f"answered by {o.acknowledged_by}" if o.acknowledged_at else "no test answered"
        typer.echo(f"{o.id:<18} {reach:<10} {there:<28} {o.waiting:>3} waiting  {o.name_fr}")


def _shape(o: offices.Office) -> dict[str, object]:
    return {
        "id": o.id,
        "name": {"ar": o.name_ar, "fr": o.name_fr},
        "email": o.email,
        "duty_phone": o.duty_phone,
        "reachable": o.reachable,
        "test_acknowledged": o.acknowledged_at.isoformat() if o.acknowledged_at else None,
        "waiting": o.waiting,
    }


@app.command("set")
@command
def set_(
    code: CODE,
    email: Annotated[str | None, typer.Option(help="Where notices go.")] = None,
    phone: Annotated[str | None, typer.Option(help="The duty phone.")] = None,
    inbox: Annotated[bool, typer.Option("--inbox", help="Somebody reads its inbox.")] = False,
    unreachable: Annotated[bool, typer.Option("--unreachable", help="Nobody is there.")] = False,
) -> None:
    """Say where referrals of a mechanism go. It must answer a test case anew."""
    if not (email or phone or inbox or unreachable):
        fail("Give --email, --phone or --inbox, or --unreachable.")
    if email and ("@" not in email or any(c in email for c in " \r\n,;<>")):
        fail(f"{email} is no e-mail address.")
    with open_parts() as (_, store):
        try:
            with store.begin() as conn:
                offices.set_office(
                    conn, code, now=_now(), email=email, duty_phone=phone,
                    reachable=not unreachable,
                )  # fmt: skip
        except offices.OfficeError as error:
            fail(str(error))
    typer.echo(f"{code} is set; send it a test case with `sanad office test {code}`.")


@app.command("import")
@command
def import_(path: Annotated[Path, typer.Argument(help="CSV: code,email,phone.")]) -> None:
    """Set many offices from a CSV file; all of them, or none."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error):
        fail(f"{path} cannot be read as CSV.")
    with open_parts() as (_, store):
        try:
            with store.begin() as conn:
                for row in rows:
                    offices.set_office(
                        conn, (row.get("code") or "").strip(), now=_now(),
                        email=(row.get("email") or "").strip() or None,
                        duty_phone=(row.get("phone") or "").strip() or None,
                    )  # fmt: skip
        except offices.OfficeError as error:
            fail(str(error))
    typer.echo(f"{len(rows)} offices are set.")


@app.command("check")
@command
def check() -> None:
    """Refuse a configuration in which a province has no reachable office."""
    with open_parts() as (_, store):
        found = store.read_now(offices.list_offices)
    missing = [o for o in found if not o.reachable and o.id != offices.DESK]
    for o in missing:
        typer.echo(
            f"{o.id:<18} {o.name_fr}: no reachable office, reports fall to the desk", err=True
        )
    if missing:
        fail(f"{len(missing)} of 82 mechanisms have no reachable office.")
    typer.echo("All 82 mechanisms have a reachable office.")


@app.command("test")
@command
def test(code: CODE) -> None:
    """Send a test case: who acknowledges it shows that somebody is there."""
    now = _now()
    with open_parts() as (_, store), store.begin() as conn:
        known = {o.id for o in offices.list_offices(conn) if o.reachable or o.id == "desk"}
        if code not in known:
            fail(f"{code} has no reachable office: set it first.")
        offices.ensure_desk(conn, now)
        case_id = new_id(now)
        mechanism = None if code == offices.DESK else code
        filed = file_report(
            conn,
            vault=store.vault,
            report=Report(mechanism=mechanism, story=("TEST",)),
            case_id=case_id,
            conversation_id=None,
            dedupe=f"test:{case_id}",
            now=now,
            enqueue=enqueue_delivery,
            test_of=code,
        )
    typer.echo(f"Test case {filed.ref} goes to {code}; there: sanad case acknowledge {filed.ref}")
