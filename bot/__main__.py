"""The `sanad` command: `sanad --help`."""

from __future__ import annotations

import sys

import typer

from bot.commands import case, directory, guide, nlu, office, serve, store, talk, understanding

app = typer.Typer(
    name="sanad",
    help="Sanad (سند): child protection and women's projects in Morocco, by message.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("serve")(serve.serve)
app.command("work")(serve.work)
app.command("talk")(talk.talk)
app.command("understand")(understanding.understand)
app.command("place")(understanding.place)
app.command("find")(guide.find)
app.command("doctor")(store.doctor)
app.add_typer(case.app, name="case", help="Cases: what arrived, and what became of it.")
app.add_typer(office.app, name="office", help="Offices: where referrals go.")
app.add_typer(directory.app, name="directory", help="The guide: check, import, export, undo.")
app.add_typer(nlu.app, name="nlu", help="Understanding: train, parse, test.")
app.add_typer(store.db, name="db", help="The database: upgrade.")


def main() -> None:
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show Arabic gets escapes, not a traceback.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    app(prog_name="sanad")


if __name__ == "__main__":
    main()
