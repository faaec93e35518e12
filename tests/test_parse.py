"""Our server in Rasa's words: `POST /model/parse`, and a conversation judged by another server."""

from __future__ import annotations

import json

import httpx
import pytest
from pydantic import SecretStr

from bot.app import create_app
from bot.engine.effects import Alert, Handover
from bot.running import Running
from bot.store import open_store
from channels.port import Text
from nlu.remote import RasaServer
from tests.people import a_talk


@pytest.fixture
async def server(sqlite_settings):
    settings = sqlite_settings.model_copy(update={"parse_token": SecretStr("t0ken")})
    store = open_store(settings, role="command")
    transport = httpx.ASGITransport(create_app(Running(settings, store)))
    async with httpx.AsyncClient(transport=transport, base_url="http://sanad") as client:
        yield client
    store.close()


async def test_parse(server):
    text = "جاري كيضرب ولدو فسلا"
    answer = (await server.post("/model/parse?token=t0ken", json={"text": text})).json()
    assert answer["intent"]["name"].startswith("report_abuse")
    assert answer["intent_ranking"][0] == answer["intent"]
    (place,) = [e for e in answer["entities"] if e["entity"] == "place"]
    assert text[place["start"] : place["end"]] == "سلا"
    bearer = await server.post(
        "/model/parse", json={"text": ""}, headers={"Authorization": "Bearer t0ken"}
    )
    assert bearer.json()["intent"] == {"name": None, "confidence": 0.0}


async def test_a_slash_is_a_slash(server):
    sent = await server.post("/model/parse?token=t0ken", json={"text": '/person{"a":1}'})
    assert sent.json()["text"] == '/person{"a":1}'
    assert sent.json()["intent"]["confidence"] != 1.0


@pytest.mark.parametrize(
    ("query", "body", "status"),
    [
        ("", b"{}", 401),
        ("?token=wrong", b'{"text": "salam"}', 401),
        ("?token=t0ken", b"{}", 400),
        ("?token=t0ken", b"[1]", 400),
        ("?token=t0ken", b'{"text": 5}', 400),
        ("?token=t0ken", b"\xff", 400),
        ("?token=t0ken", b"[" * 100_000, 400),
        ("?token=t0ken", json.dumps({"text": "\ud800"}).encode(), 200),
    ],
)
async def test_refusals(server, query, body, status):
    answer = await server.post(f"/model/parse{query}", content=body)
    assert answer.status_code == status
    if status != 200:
        assert answer.json()["code"] == status


async def test_off_without_a_token(sqlite_settings):
    store = open_store(sqlite_settings, role="command")
    transport = httpx.ASGITransport(create_app(Running(sqlite_settings, store)))
    async with httpx.AsyncClient(transport=transport, base_url="http://sanad") as client:
        assert (await client.post("/model/parse", json={"text": "salam"})).status_code == 404
    store.close()


class Judge(httpx.AsyncBaseTransport):
    async def handle_async_request(self, request):
        name = "person"
        return httpx.Response(200, json={"intent": {"name": name, "confidence": 0.99}})


async def test_a_conversation_judged_by_a_rasa_server(sqlite_settings):
    async with a_talk(sqlite_settings) as talk:
        object.__setattr__(talk.turns.parts, "rasa", RasaServer("http://rasa", transport=Judge()))
        await talk.says(Text("je ne sais pas trop comment le dire"))
        assert any(isinstance(e, Handover) for e in talk.seen[-1].effects)
        await talk.says(Text("عتقوني دابا"))
        assert any(isinstance(e, Alert) for e in talk.seen[-1].effects)
