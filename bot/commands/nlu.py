"""`sanad nlu`: train the embedded engine, parse with a model, score one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

import nlu
from bot.commands.plumbing import command, fail
from bot.commands.understanding import each, say

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.command("train")
@command
def train(
    data: Annotated[Path, typer.Option(help="Rasa NLU YAML: a file or a folder.")],
    out: Annotated[Path, typer.Option(help="The folder the model is written to.")],
) -> None:
    """Train the embedded engine from Rasa's NLU YAML (any intents)."""
    try:
        summary = nlu.train(data, out)
    except nlu.TrainingError as error:
        fail(str(error))
    typer.echo(summary)


@app.command("parse")
@command
def parse(
    model: Annotated[Path, typer.Option(help="A folder written by `train`.")],
) -> None:
    """One message a line on input, one JSON object a line on output."""
    try:
        parser = nlu.load_model(model)
    except nlu.TrainingError as error:
        fail(str(error))
    for line in each(None):
        say(json.dumps(parser.parse(line), ensure_ascii=False))


@app.command("test")
@command
def test(
    model: Annotated[Path, typer.Option(help="A folder written by `train`.")],
    data: Annotated[Path, typer.Option(help="Rasa NLU YAML to score on.")],
) -> None:
    """Score a model on a data set."""
    try:
        typer.echo(nlu.test(model, data))
    except nlu.TrainingError as error:
        fail(str(error))
