"""`sanad find`: ask the directory."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

import nlu
from bot.commands.plumbing import command, fail
from bot.commands.understanding import AS_JSON, TEXT, each, say
from services_directory import load


@command
def find(
    question: TEXT = None,
    place: Annotated[str | None, typer.Option(help="A place: name or code.")] = None,
    language: Annotated[str | None, typer.Option(help="ary, ary-Latn, ar or fr.")] = None,
    as_json: AS_JSON = False,
) -> None:
    """Entries of the guide that answer a question, best first."""
    directory = load()
    index = directory.index(nlu.analyse)
    code = None
    if place:
        units = directory.units
        found = nlu.PlaceIndex(units.gazetteer()).resolve(place)
        code = place if units.get(place) else found[0].code if found else None
        if code is None:
            fail(f"No administrative unit is called {place}.")
    any_hit = False
    for line in each(question):
        hits = index.search(line, place=code, language=language, limit=5)
        any_hit = any_hit or bool(hits)
        rows: list[dict[str, Any]] = [
            {
                "id": hit.record.id,
                "score": round(hit.score, 3),
                "name": {"ar": hit.record.name["ar"], "fr": hit.record.name["fr"]},
                "kind": hit.record.kind,
                "province": next(iter(hit.record.places), None),
                "phones": list(hit.record.phones),
                "source": {"url": hit.record.source.url, "date": hit.record.source.date},
            }
            for hit in hits
        ]
        if as_json or question is None:
            say(json.dumps(rows, ensure_ascii=False))
        else:
            for row in rows:
                say(f"{row['score']:.2f}  {row['id']:<24} {row['name']['fr']}")
    if question is not None and not any_hit and not as_json:
        raise typer.Exit(1)
