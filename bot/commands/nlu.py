"""`sanad nlu`: train, parse, test; versions of our own models."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

import nlu
from bot import learning
from bot.commands import review
from bot.commands.plumbing import command, fail, open_parts
from bot.commands.understanding import each, say
from bot.learning import LearningError
from bot.settings import load
from nlu.scoring import Score, score

app = typer.Typer(no_args_is_help=True, add_completion=False)
app.add_typer(
    review.app, name="review", help="What operators corrected: list, rewrite, accept, refuse."
)

MODEL = "A folder written by `train`."


@app.command("train")
@command
def train(
    data: Annotated[Path | None, typer.Option(help="Rasa NLU YAML: a file or a folder.")] = None,
    out: Annotated[Path | None, typer.Option(help="The folder the model is written to.")] = None,
) -> None:
    """Train the embedded engine from Rasa's NLU YAML (any intents). Without options: our own models
    on our own phrases and on what was learnt, put to work only where nothing measured falls."""
    if (data is None) != (out is None):
        raise typer.BadParameter("--data and --out go together.")
    try:
        if data and out:
            typer.echo(nlu.train(data, out))
            return
        with open_parts() as (settings, store):
            learnt = store.read_now(learning.accepted)
            typer.echo(f"Training on our phrases and {len(learnt)} learnt ones.", err=True)
            done = learning.promote(settings.data_dir, learnt, now=datetime.now(UTC))
    except nlu.TrainingError as error:
        fail(str(error))
    typer.echo(f"before  {_line(done.before)}\nafter   {_line(done.after)}")
    if done.refused:
        fail(f"{done.version} is not put to work: {done.refused}.")
    typer.echo(f"{done.version} is at work from the next start of each process.")


@app.command("parse")
@command
def parse(model: Annotated[Path, typer.Option(help=MODEL)]) -> None:
    """One message a line on input, one JSON object a line on output."""
    try:
        parser = nlu.load_model(model)
    except nlu.TrainingError as error:
        fail(str(error))
    for line in each(None):
        say(json.dumps(parser.parse(line), ensure_ascii=False))


@app.command("test")
@command
def score_model(
    model: Annotated[Path | None, typer.Option(help=MODEL)] = None,
    data: Annotated[Path | None, typer.Option(help="Rasa NLU YAML to score on.")] = None,
) -> None:
    """Score a model on a data set. Without options: the models at work on the frozen sets, by
    writing, with what is confused."""
    if (data is None) != (model is None):
        raise typer.BadParameter("--model and --data go together.")
    if model is None or data is None:
        found = score(learning.models(load().data_dir))
        typer.echo(json.dumps(found.shape(), ensure_ascii=False, indent=1))
        return
    try:
        typer.echo(nlu.test(model, data))
    except nlu.TrainingError as error:
        fail(str(error))


@app.command("versions")
@command
def versions() -> None:
    """The versions of our own models; the one at work has a star."""
    data_dir = load().data_dir
    at_work = learning.current(data_dir)
    for name in learning.versions(data_dir):
        typer.echo(f"{'*' if name == at_work else ' '} {name}")


@app.command("rollback")
@command
def rollback(
    version: Annotated[str | None, typer.Argument(help="Which; else the one before.")] = None,
) -> None:
    """Put an earlier version to work."""
    try:
        name = learning.roll_back(load().data_dir, version)
    except LearningError as error:
        fail(str(error))
    typer.echo(f"{name} is at work from the next start of each process.")


def _line(found: Score) -> str:
    return "  ".join(
        f"{name} {getattr(found, name):.4f}"
        for name in ("intents", "goals", "recall", "false_alarms", "calibration_error")
    )
