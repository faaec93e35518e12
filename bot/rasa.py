"""Our understanding in the words of Rasa's HTTP API, for tools that speak to a Rasa server."""

from __future__ import annotations

import json
from typing import Any

from fastapi import Response

from nlu.understood import Entity, Understood

VERSION = "3.6.21"
"""Of the contract, not of us."""


def text_of(body: bytes | None) -> str | None:
    """The text of a request; None where there is none."""
    try:
        value = json.loads(body or b"")
    except (ValueError, RecursionError):
        return None
    text = value.get("text") if isinstance(value, dict) else None
    return text if isinstance(text, str) else None


def answer(text: str, understood: Understood) -> Response:
    """`{"text", "intent", "entities", "text_tokens", "intent_ranking"}`, offsets into the text."""
    ranking = [{"name": i.name, "confidence": i.confidence} for i in understood.intents]
    none: dict[str, Any] = {"name": None, "confidence": 0.0}
    return _json(
        {
            "text": text,
            "intent": ranking[0] if ranking else none,
            "entities": [_entity(e) for e in understood.entities if e.start is not None],
            "intent_ranking": ranking,
        }
    )


def refusal(status: int, reason: str, message: str) -> Response:
    """As Rasa refuses."""
    return _json(
        {"version": VERSION, "status": "failure", "message": message, "reason": reason,
         "details": {}, "help": None, "code": status}, status
    )  # fmt: skip


def _entity(e: Entity) -> dict[str, Any]:
    return {
        "entity": e.entity,
        "start": e.start,
        "end": e.end,
        "confidence_entity": e.confidence,
        "value": e.value,
        "extractor": "Sanad",
    }


def _json(value: dict[str, Any], status: int = 200) -> Response:
    body = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    return Response(body, status, media_type="application/json")
