"""`sanad directory`: check the guide, take one in, give it out, see and undo changes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection

from bot.commands.plumbing import command, fail, open_parts
from services_directory import GuideError, changes, stored, the_map
from services_directory.checks import check as complaints_of
from services_directory.hsds import package
from services_directory.hsds.package import PackageError, Report

app = typer.Typer(no_args_is_help=True, add_completion=False)

YAML = (".yaml", ".yml")
BY = Annotated[str, typer.Option("--by", help="Who does it: stands in the history.")]
MANY = 20
"""Notes of an import that are shown."""


@app.callback()
def _app() -> None:
    """The guide of services."""


@app.command("check")
@command
def check() -> None:
    """Say what is wrong with the guide; exit 1 where people must not see it so."""
    with open_parts() as (_, store):
        guide = store.read_now(stored.read_guide)
    today = datetime.now(UTC).date()
    found = sorted(complaints_of(guide, the_map(), today), key=lambda c: (c.weight, c.record))
    for complaint in found:
        typer.echo(f"{complaint.weight:<8} {complaint.record:<28} {complaint.what}")
    errors = sum(c.weight == "error" for c in found)
    drafts = sum(r.publish == "draft" for r in guide.records.values())
    typer.echo(
        f"{len(guide.records)} records, {drafts} of them drafts to confirm: "
        f"{errors} errors, {len(found) - errors} warnings."
    )
    if errors:
        raise typer.Exit(1)


@app.command("export")
@command
def export(
    path: Annotated[Path, typer.Argument(help="A folder, a .zip, or a .yaml file.")],
    everything: Annotated[
        bool, typer.Option("--all", help="Drafts and what was withdrawn, too.")
    ] = False,
) -> None:
    """Write the guide: an HSDS 3.0 data package, or one file of our YAML (which holds all)."""
    with open_parts() as (_, store):
        now = datetime.now(UTC)

        def write(conn: Connection) -> int:
            if path.suffix in YAML:
                return package.export_yaml(conn, path)
            return package.export(conn, path, now=now, everything=everything)

        try:
            count = store.read_now(write)
        except (PackageError, OSError) as error:
            fail(_sentence(error))
    typer.echo(f"{count} {'records' if path.suffix in YAML else 'rows'} written to {path}.")


@app.command("import")
@command
def import_(
    path: Annotated[Path, typer.Argument(help="A data package (folder, .zip) or our YAML.")],
    by: BY = "sanad directory import",
) -> None:
    """Take in an HSDS 3.0 data package, or our YAML: all of it, or nothing."""
    now = datetime.now(UTC)
    with open_parts() as (_, store):
        try:
            if path.suffix in YAML or (path.is_dir() and any(path.glob("*.yaml"))):
                with store.begin() as conn:
                    report = package.import_yaml(conn, path, the_map(), author=by, now=now)
            else:
                read = package.read_package(path)
                with store.begin() as conn:
                    report = package.import_package(conn, read, the_map(), author=by, now=now)
        except (PackageError, GuideError, OSError) as error:
            fail(_sentence(error))
    _tell(report)


@app.command("history")
@command
def history(
    most: Annotated[int, typer.Option("--last", min=1, max=1000)] = 20,
) -> None:
    """The newest changes: number, time, who, why."""
    with open_parts() as (_, store):
        for c in store.read_now(lambda conn: changes.latest(conn, limit=most)):
            undoes = f" (undoes {c.undoes})" if c.undoes else ""
            typer.echo(f"{c.id:>5}  {c.at}  {c.author}: {c.why}{undoes}")


@app.command("undo")
@command
def undo(number: int, by: BY = "sanad directory undo") -> None:
    """Bring back what a change replaced, where nobody has changed it again since."""
    with open_parts() as (_, store):
        try:
            with store.begin() as conn:
                made = changes.undo(
                    conn, number, author=by, why=f"undo {number}", now=datetime.now(UTC)
                )
        except LookupError:
            fail(f"There is no change {number}.")
        except changes.Changed as error:
            fail(str(error))
    typer.echo(f"Change {number} is undone by change {made}." if made else "Nothing was different.")


def _tell(report: Report) -> None:
    for note in report.notes[:MANY]:
        typer.echo(f"note: {note}", err=True)
    if len(report.notes) > MANY:
        typer.echo(f"note: and {len(report.notes) - MANY} more", err=True)
    if report.errors:
        for line in report.lines:
            typer.echo(line, err=True)
        fail("Nothing was taken in.")
    rows = ", ".join(f"{n} {table}" for table, n in report.rows.items() if n)
    if report.change is None:
        typer.echo(f"Read {rows}: nothing was different.")
    else:
        typer.echo(f"Change {report.change}: read {rows}.")


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename or 'The file'}: {error.strerror or type(error).__name__}."
    text = str(error)
    return text if text.endswith(".") else f"{text}."
