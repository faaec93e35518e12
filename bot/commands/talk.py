"""`sanad talk`: a person with a phone, in the terminal."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.plumbing import command, fail, open_parts
from bot.script import ScriptError, play, read_script
from bot.talk import Talk, TalkError, content_of, open_talk
from channels.port import Content, Outbound, Text
from channels.terminal import render


class On(StrEnum):
    terminal = "terminal"
    telegram = "telegram"
    whatsapp = "whatsapp"
    sms = "sms"


@command
def talk(
    channel: Annotated[On, typer.Option(help="Show replies as this channel would.")] = On.terminal,
    script: Annotated[Path | None, typer.Option(help="Play a conversation and compare.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a reply.")] = False,
    person: Annotated[str, typer.Option(help="Come back as this person.")] = "",
) -> None:
    """Talk to the assistant here, with the turn code of every channel."""
    with open_parts() as (settings, store):
        mine = open_talk(settings, store, channel=channel.value, person=person)
        if script:
            try:
                told = read_script(script)
                if told.mode not in ("", settings.mode):
                    fail(f"{script.name} is a conversation in {told.mode} mode: set SANAD_MODE.")
                differences = asyncio.run(play(mine, told))
            except ScriptError as error:
                fail(str(error))
            for difference in differences:
                typer.echo(difference, err=True)
            raise typer.Exit(1 if differences else 0)
        asyncio.run(_json(mine) if as_json else _terminal(mine))


def _lines() -> Iterator[str]:
    """Messages as they come; bytes that are no UTF-8 become the replacement character."""
    for raw in sys.stdin.buffer:
        yield raw.decode("utf-8", "replace").rstrip("\r\n")


def _content(line: str) -> Content | timedelta:
    if line.startswith("{"):
        try:
            event = json.loads(line)
        except ValueError:
            return Text(line)  # a person may well begin with a brace
        if isinstance(event, dict):
            return content_of(event)
    return Text(line)


async def _replies(mine: Talk, line: str) -> list[Outbound]:
    content = _content(line)
    if isinstance(content, timedelta):
        return await mine.waits(content)
    return await mine.says(content)


async def _json(mine: Talk) -> None:
    for n, line in enumerate(_lines(), start=1):
        try:
            replies = await _replies(mine, line)
        except TalkError as error:
            replies = []
            typer.echo(str(error), err=True)
        language = (await mine.session()).language or "ary-Arab"
        for reply in replies:
            out: dict[str, object] = {
                "text": reply.text,
                "choices": [{"label": c.label, "value": c.value} for c in reply.choices],
                "language": language,
            }
            if reply.receipt:
                out["receipt"] = reply.receipt
            _print(json.dumps(out, ensure_ascii=False))
        _print(json.dumps({"turn": n}))


async def _terminal(mine: Talk) -> None:
    for line in _lines():
        if not line.strip():
            continue
        try:
            for reply in await _replies(mine, line):
                _print(render(reply, mine.phone.capabilities))
        except TalkError as error:
            _print(str(error))


def _print(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()
