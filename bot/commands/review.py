"""`sanad nlu review`: what operators corrected becomes training examples, in an editor's words."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Annotated

import typer
from sqlalchemy import Connection

from bot import learning
from bot.commands.plumbing import command, fail, open_parts
from bot.commands.understanding import each
from bot.learning import LearningError
from bot.store import Vault
from nlu.building import DANGER, INTENTS
from nlu.training import read_examples

app = typer.Typer(no_args_is_help=True, add_completion=False)

ME = getpass.getuser()
BY = Annotated[str, typer.Option("--by", help="Who does it, by name.")]
ID = Annotated[str, typer.Argument(help="The candidate, as `list` shows it.")]


@app.command("add")
@command
def add(
    meant: Annotated[str, typer.Argument(help="The intent that was meant.")],
    by: BY = ME,
) -> None:
    """A correction: the message on standard input, one a line."""
    with open_parts() as (_, store):
        for words in filter(str.strip, each(None)):
            try:
                work = partial(
                    learning.propose,
                    vault=store.vault,
                    words=words,
                    meant=meant,
                    by=by,
                    now=datetime.now(UTC),
                )
                id_ = store.write_now(work)
            except LearningError as error:
                fail(str(error))
            typer.echo(id_)


@app.command("list")
@command
def list_(
    state: Annotated[str | None, typer.Option(help="accepted or refused.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON.")] = False,
    by: BY = ME,
) -> None:
    """Candidates. What a person wrote is shown to editors only, and that is recorded."""
    with open_parts() as (_, store):
        found = store.write_now(
            lambda conn: learning.candidates(
                conn, store.vault, who=by, now=datetime.now(UTC), state=state
            )
        )
    if as_json:
        shapes = [
            {
                "id": c.id, "state": c.state, "language": c.language, "guessed": c.guessed,
                "meant": c.meant, "words": c.words, "paraphrase": c.paraphrase,
            }
            for c in found
        ]  # fmt: skip
        typer.echo(json.dumps(shapes, ensure_ascii=False))
        return
    for c in found:
        typer.echo(f"{c.id}  {c.state:<9} {c.language:<8} {c.guessed} -> {c.meant}")
        for label, text in (("wrote", c.words), ("instead", c.paraphrase)):
            if text:
                typer.echo(f"    {label:<8} {text}")


@app.command("rewrite")
@command
def rewrite(
    id_: ID,
    paraphrase: Annotated[str, typer.Argument(help="Invented words that mean the same.")],
    by: BY = ME,
) -> None:
    """Put an invented paraphrase in the place of a person's words."""
    _decide(lambda conn, vault, now: learning.rewrite(conn, vault, id_, paraphrase, by=by, now=now))


@app.command("accept")
@command
def accept(id_: ID, by: BY = ME) -> None:
    """Take the paraphrase into training; what the person wrote is destroyed."""
    known = [*read_examples(INTENTS), *read_examples(DANGER)]
    _decide(lambda conn, vault, now: learning.accept(conn, vault, id_, by=by, now=now, known=known))


@app.command("refuse")
@command
def refuse(id_: ID, by: BY = ME) -> None:
    """Leave it; what the person wrote is destroyed."""
    _decide(lambda conn, vault, now: learning.refuse(conn, vault, id_, by=by, now=now))


def _decide(what: Callable[[Connection, Vault, datetime], None]) -> None:
    with open_parts() as (_, store):
        try:
            store.write_now(lambda conn: what(conn, store.vault, datetime.now(UTC)))
        except LearningError as error:
            fail(str(error))
