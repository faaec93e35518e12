"""How the API answers: open to every site, with ETags, refusals in one sentence."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable, Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import msgspec
from fastapi import HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import StreamingResponse
from fastapi.routing import APIRoute

from services_directory.hsds.api.shape import Json

OPEN = {"Access-Control-Allow-Origin": "*"}
KEPT = {"Cache-Control": "public, max-age=300"}
_NAME = 60
"""Characters of a parameter's name that are said back."""


class Route(APIRoute):
    """What cannot be answered is answered with 400 or 404 and `{"detail": one sentence}`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def answered(request: Request) -> Response:
            try:
                _refuse_twice(request)
                response = await handle(request)
            except RequestValidationError as error:
                response = _refusal(400, _sentence(error))
            except HTTPException as error:
                response = _refusal(error.status_code, error.detail)
            response.headers.update(OPEN)
            return response

        return answered


def answer(request: Request, body: Json, *, language: str, modified: str | None = None) -> Response:
    """200, or 304 where the asker has it already. `modified`: ISO 8601."""
    content = msgspec.json.encode(body)
    headers = _headers(language)
    headers["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    if modified and (when := _http_date(modified)):
        headers["Last-Modified"] = when
    if _known(request.headers.get("if-none-match", ""), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="application/json", headers=headers)


def stream(several: Iterable[Json], *, language: str) -> Response:
    """One thing a line."""
    encode = msgspec.json.Encoder().encode

    def lines() -> Iterator[bytes]:
        for one in several:
            yield encode(one) + b"\n"

    return StreamingResponse(lines(), media_type="application/x-ndjson", headers=_headers(language))


def page(contents: list[Json], *, number: int, size: int, total: int) -> Json:
    """HSDS's Page. Beyond the end it is empty, and the last: who follows pages comes to a stop."""
    pages = -(-total // size)
    return {
        "total_items": total, "total_pages": pages, "page_number": number, "size": len(contents),
        "first_page": number == 1, "last_page": number >= pages, "empty": not contents,
        "contents": contents,
    }  # fmt: skip


def _headers(language: str) -> dict[str, str]:
    return {**KEPT, "Content-Language": language, "Vary": "Accept-Language"}


def _known(given: str, etag: str) -> bool:
    tags = {tag.strip().removeprefix("W/") for tag in given.split(",")}
    return etag in tags or "*" in tags


def _http_date(moment: str) -> str | None:
    try:
        return format_datetime(datetime.fromisoformat(moment).astimezone(UTC), usegmt=True)
    except (ValueError, OverflowError):
        return None


def _refusal(status: int, sentence: str) -> Response:
    content = msgspec.json.encode({"detail": sentence})
    return Response(content, status_code=status, media_type="application/json")


def _refuse_twice(request: Request) -> None:
    given = Counter(name for name, _ in request.query_params.multi_items())
    if twice := next((name for name, times in given.items() if times > 1), None):
        raise HTTPException(400, f"{twice[:_NAME]}: it is given twice.")


def _sentence(error: RequestValidationError) -> str:
    first = error.errors()[0]
    name = str(first["loc"][-1])[:_NAME]
    if first["type"] == "extra_forbidden":
        return f"{name}: there is no such parameter here."
    said = str(first["msg"]).removeprefix("Value error, ")
    # What several parameters say together names them itself.
    return f"{said}." if len(first["loc"]) == 1 else f"{name}: {said[0].lower()}{said[1:]}."
