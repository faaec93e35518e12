"""`sanad understand` and `sanad place`: what the assistant makes of a text."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from typing import Annotated, Any

import typer

import nlu
from bot import learning, settings
from bot.commands.plumbing import command
from nlu.understood import Entity, Understood
from services_directory import the_map

TEXT = Annotated[str | None, typer.Argument(help="A text; without it, one a line from input.")]
AS_JSON = Annotated[bool, typer.Option("--json", help="JSON, one object a line.")]


@command
def understand(text: TEXT = None, as_json: AS_JSON = False) -> None:
    """Language, goal, intents, entities and emergency of a text, by the models at work."""
    places = nlu.PlaceIndex(the_map().gazetteer())
    models = learning.models(settings.load().data_dir)
    for line in each(text):
        u = nlu.understand(line, places=places, models=models)
        say(json.dumps(shape(u), ensure_ascii=False) if as_json or text is None else _plain(u))


@command
def place(text: TEXT = None, as_json: AS_JSON = False) -> None:
    """The administrative unit a text names."""
    units = the_map()
    places = nlu.PlaceIndex(units.gazetteer())
    found_any = False
    for line in each(text):
        found = places.resolve(line)
        unit = units.get(found[0].code) if found else None
        found_any = found_any or unit is not None
        value: dict[str, Any] | None = None
        if unit:
            value = {
                "code": unit.code if unit.kind != "commune" else unit.province,
                "hcp": unit.hcp,
                "kind": unit.kind,
                "name": {"ar": unit.name_ar, "fr": unit.name_fr},
                "province": unit.province,
                "region": unit.region,
                "confidence": round(found[0].confidence, 2),
            }
        if as_json or text is None:
            say(json.dumps(value, ensure_ascii=False))
        elif unit:
            say(f"{unit.code}  {unit.name_fr}  {unit.name_ar}  ({unit.kind}, {unit.province})")
    if text is not None and not as_json and not found_any:
        raise typer.Exit(1)


def shape(u: Understood) -> dict[str, Any]:
    """The JSON of `sanad understand`."""
    return {
        "text": u.text,
        "language": u.language,
        "goal": {"name": u.goal.name, "confidence": round(u.goal.confidence, 3)},
        "intents": [{"name": i.name, "confidence": round(i.confidence, 3)} for i in u.intents[:3]],
        "entities": [_entity(e) for e in u.entities],
        "emergency": {
            "alarm": u.emergency.alarm,
            "probability": round(u.emergency.probability, 3),
            "categories": list(u.emergency.categories),
        },
    }


def _entity(e: Entity) -> dict[str, Any]:
    value: dict[str, Any] = {"entity": e.entity, "value": e.value}
    if e.start is not None:
        value |= {"text": e.text, "start": e.start, "end": e.end}
    return value | {"confidence": round(e.confidence, 3)}


def _plain(u: Understood) -> str:
    lines = [f"language   {u.language}", f"goal       {u.goal.name} {u.goal.confidence:.2f}"]
    lines += [f"intent     {i.name} {i.confidence:.2f}" for i in u.intents[:3]]
    lines += [f"{e.entity:<10} {e.value} {e.confidence:.2f}" for e in u.entities]
    alarm = "ALARM" if u.emergency.alarm else "no"
    lines.append(f"emergency  {alarm} {u.emergency.probability:.2f}")
    return "\n".join(lines)


def each(text: str | None) -> Iterator[str]:
    """The one text, or every line of standard input, blank ones included."""
    if text is not None:
        yield text
        return
    for raw in sys.stdin.buffer:
        yield raw.decode("utf-8", "replace").rstrip("\r\n")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


Each = Callable[[str | None], Iterator[str]]
