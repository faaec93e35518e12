"""The FastAPI application: webhooks in, health out. A webhook stores, answers 200, and is done."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI, Request, Response

from bot import rasa
from bot.running import Running
from bot.store import StoreError
from channels.telegram import Group, Malformed, parse
from services_directory.hsds.api import routes as hsds

log = logging.getLogger(__name__)

LARGEST = 1_000_000
"""Bytes of a webhook's body; Telegram's updates are far smaller."""

routes = APIRouter()


def create_app(running: Running) -> FastAPI:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await running.start()
        try:
            yield
        finally:
            await running.stop()

    app = FastAPI(title="Sanad", version="0.1.0", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.running = running
    app.include_router(routes)
    app.include_router(hsds.router(running.store.reading, url=lambda: running.settings.public_url))
    return app


def _running(request: Request) -> Running:
    running: Running = request.app.state.running
    return running


async def _body(request: Request) -> bytes | None:
    """None: too large."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    return bytes(body)


@routes.post("/webhooks/telegram", summary="Telegram's updates")
async def telegram(request: Request) -> Response:
    """200: stored, or nothing to store; 403: not from Telegram; 503: could not be stored, so
    Telegram sends it again."""
    running = _running(request)
    secret = running.telegram_secret
    given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
    if not secret or not hmac.compare_digest(given.encode(), secret.encode()):
        return Response(status_code=403)
    body = await _body(request)
    if body is None:
        return Response(status_code=400)
    try:
        update = parse(body)
    except Malformed:
        # 200, or Telegram sends the same thing for ever and nothing after it.
        log.warning("malformed update")
        return Response(status_code=200)
    try:
        await running.take(update)
    except StoreError as error:
        log.error("update not stored", extra={"reason": str(error)})
        return Response(status_code=503)
    return Response(status_code=200)


@routes.post("/model/parse", summary="Rasa's NLU contract: intents and entities of a text")
async def model_parse(request: Request) -> Response:
    """`{"text": …}` to Rasa's answer. 404: no SANAD_PARSE_TOKEN is set; 401: not shown; 400: no
    such body. A leading slash is a slash: it forces no intent."""
    running = _running(request)
    token = running.settings.parse_token
    if token is None:
        return Response(status_code=404)
    header = request.headers.get("Authorization", "").removeprefix("Bearer ")
    given = request.query_params.get("token") or header
    if not hmac.compare_digest(given.encode(), token.get_secret_value().encode()):
        return rasa.refusal(401, "NotAuthenticated", "User is not authenticated.")
    text = rasa.text_of(await _body(request))
    if text is None:
        return rasa.refusal(400, "BadRequest", "The body must be an object with a text.")
    return rasa.answer(text, running.parts.understand(text, None))


@routes.get("/health", summary="The process is alive")
async def health() -> dict[str, str]:
    return {"status": "ok"}


@routes.get("/ready", summary="The store answers")
async def ready(request: Request, response: Response) -> dict[str, str]:
    try:
        async with asyncio.timeout(2):
            await _running(request).check()
    except (StoreError, TimeoutError):
        response.status_code = 503
        return {"status": "store unreachable"}
    return {"status": "ready"}


__all__ = ["Group", "create_app"]
