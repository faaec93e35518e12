"""`sanad find`: ask the directory."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

import nlu
from bot import learning
from bot.commands.plumbing import command, fail, open_parts
from bot.commands.understanding import AS_JSON, TEXT, each, say
from bot.guide import Known, asked
from services_directory import Asked, Hit, the_map

TOO_LITTLE = 0.05
"""Score under which an entry is not worth a line here."""


@command
def find(
    question: TEXT = None,
    place: Annotated[str | None, typer.Option(help="A place: name or code.")] = None,
    language: Annotated[str | None, typer.Option(help="ary, ary-Latn, ar or fr.")] = None,
    as_json: AS_JSON = False,
) -> None:
    """Entries of the guide that answer a question, best first; who answers now before others."""
    places = nlu.PlaceIndex(the_map().gazetteer())
    code = _place(places, place) if place else None
    any_hit = False
    with open_parts() as (settings, store):
        now = datetime.now(UTC)
        guide = Known(store, settings.data_dir)
        models = learning.models(settings.data_dir)
        for line in each(question):
            understood = nlu.understand(line, places=places, models=models)
            wanted = asked(understood, at=now)
            if code:
                wanted = replace(wanted, places=(code,))
            hits = [h for h in guide.index.search(wanted) if h.score >= TOO_LITTLE]
            any_hit = any_hit or bool(hits)

            def words(hit: Hit, wanted: Asked = wanted) -> list[str]:
                return [word for word, _ in guide.index.explain(wanted, hit)]

            if as_json or question is None:
                say(json.dumps([_shape(h, words(h)) for h in hits], ensure_ascii=False))
            else:
                for hit in hits:
                    say(_line(hit, words(hit), language or "fr"))
    if question is not None and not any_hit and not as_json:
        raise typer.Exit(1)


def _place(places: nlu.PlaceIndex, name: str) -> str:
    if the_map().get(name):
        return name
    found = places.resolve(name)
    if not found:
        fail(f"No administrative unit is called {name}.")
    return found[0].code


def _shape(hit: Hit, words: list[str]) -> dict[str, Any]:
    r = hit.record
    return {
        "id": r.id,
        "score": round(hit.score, 3),
        "name": {"ar": r.said(r.name, "ar"), "fr": r.said(r.name, "fr")},
        "kind": r.kind,
        "province": next((p for p in r.places), None),
        "phones": list(r.phones),
        "source": {"url": r.source.url, "date": r.source.date},
        "because": {"words": words, **dict(hit.because)},
        "verified_on": r.reviewed_on,
    }


def _line(hit: Hit, words: list[str], language: str) -> str:
    r = hit.record
    why = "".join(f"; {what} x{factor:.2f}" for what, factor in hit.because)
    phones = f"  {' '.join(r.phones)}" if r.phones else ""
    return (
        f"{hit.score:.2f}  {r.id:<28} {r.said(r.name, language)}{phones}  [{' '.join(words)}{why}]"
    )
