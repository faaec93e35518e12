"""`sanad serve` as it runs: a process, a webhook, polling, and a Bot API on the other side."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
import time
from contextlib import asynccontextmanager

import httpx
import pytest

from bot.store import open_store
from bot.store.tables import inbound_message
from tests.channels.test_telegram_outgoing import SENT, TOKEN, BotApi

SECRET = "s3cret_of-the-webhook"


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Api(BotApi):
    """Answers everything; polls wait for what is put in `updates`."""

    def __init__(self):
        super().__init__()
        self.updates = []

    async def _serve(self, reader, writer):
        try:
            while line := await reader.readline():
                path = line.split()[1].decode()
                length = 0
                while (header := await reader.readline()) != b"\r\n":
                    if header.lower().startswith(b"content-length:"):
                        length = int(header.split(b":")[1])
                body = (await reader.readexactly(length)).decode()
                from urllib.parse import parse_qs

                fields = {k: v[0] for k, v in parse_qs(body).items()}
                method = path.rpartition("/")[2]
                self.asked.append((method, fields))
                result = True
                if method == "sendMessage":
                    result = {**SENT, "message_id": len(self.asked)}
                if method == "getUpdates":
                    offset = int(fields.get("offset", 0))
                    result = [u for u in self.updates if u["update_id"] >= offset]
                    if not result:
                        await asyncio.sleep(0.2)
                answer = json.dumps({"ok": True, "result": result}).encode()
                writer.write(
                    f"HTTP/1.1 200 X\r\nContent-Length: {len(answer)}\r\n\r\n".encode() + answer
                )
                await writer.drain()
        except (asyncio.CancelledError, ConnectionError):
            pass
        finally:
            writer.close()

    @property
    def said(self):
        return [f["text"] for m, f in self.asked if m == "sendMessage"]

    @property
    def url(self):
        host, port = self._server.sockets[0].getsockname()[:2]
        return f"http://{host}:{port}"


@asynccontextmanager
async def serving(settings, api, *, port=None, **env):
    port = port or free_port()
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("SANAD")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "serve", "--port", str(port),
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        env={**inherited, "SANAD_DATA_DIR": str(settings.data_dir), "TELEGRAM_BOT_TOKEN": TOKEN,
             "TELEGRAM_API_URL": api.url, "TELEGRAM_WEBHOOK_SECRET": SECRET, **env},
    )  # fmt: skip
    log = []
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=10) as client:
            end = time.monotonic() + 30
            while True:
                try:
                    if (await client.get("/ready")).status_code == 200:
                        break
                except httpx.HTTPError:
                    assert process.returncode is None, (await process.stderr.read()).decode()
                assert time.monotonic() < end
                await asyncio.sleep(0.05)
            yield client, log
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        _, err = await asyncio.wait_for(process.communicate(), 30)
        log.append(err.decode())
        assert process.returncode == 0, err.decode()


def update(n, text, **kw):
    return {
        "update_id": n,
        "message": {"message_id": n, "date": 1795442400, "text": text,
                    "chat": {"id": 7001, "type": "private", "first_name": "A"},
                    "from": {"id": 7001, "is_bot": False, "first_name": "A"}, **kw},
    }  # fmt: skip


async def until(condition):
    end = time.monotonic() + 15
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        await asyncio.sleep(0.03)


HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


async def test_the_webhook(sqlite_settings):
    async with Api() as api:
        public = "https://sanad.example"
        async with serving(sqlite_settings, api, SANAD_PUBLIC_URL=public) as (client, log):

            async def post(body, headers=HEADERS):
                data = body if isinstance(body, bytes) else json.dumps(body).encode()
                return (
                    await client.post("/webhooks/telegram", content=data, headers=headers)
                ).status_code

            [hook] = [f for m, f in api.asked if m == "setWebhook"]
            assert hook["url"] == f"{public}/webhooks/telegram"
            assert hook["secret_token"] == SECRET
            first = update(1, "عتقوني راه غادي يقتلو دابا")
            assert await post(first, {}) == 403
            assert await post(first, {"X-Telegram-Bot-Api-Secret-Token": "forged"}) == 403
            assert await post(first) == 200
            assert await post(first) == 200
            await until(lambda: api.said)
            assert "19" in api.said[0]
            for odd in (b"", b"{", b"[]", b'{"update_id": 2, "message": 1}', b"x" * 2_000_000):
                assert await post(odd) in (200, 400)
            # Two at the same moment, and out of order: each is answered, in the order stored.
            assert await asyncio.gather(post(update(9, "لا")), post(update(8, "سلا"))) == [200, 200]
            await until(lambda: len(api.said) == 3)
            assert await post(
                {"update_id": 10, "message": {**update(10, "x")["message"],
                 "chat": {"id": -5, "type": "group", "title": "g"}}}
            ) == 200  # fmt: skip
            await until(lambda: any(m == "leaveChat" for m, _ in api.asked))
            assert (await client.get("/health")).json() == {"status": "ok"}
            assert (await client.get("/openapi.json")).status_code == 200
            assert len(api.said) == 3
        store = open_store(sqlite_settings)
        try:
            rows = store.read_now(lambda c: c.execute(inbound_message.select()).all())
        finally:
            store.close()
        assert [r.state for r in rows] == ["handled"] * 3
        assert "malformed update" in log[0]
        for secret in ("عتقوني", "7001", TOKEN, "سلا"):
            assert secret not in log[0]


async def test_polling_when_there_is_no_public_address(sqlite_settings):
    async with Api() as api:
        api.updates = [update(5, "bonjour"), update(6, "merci")]
        async with serving(sqlite_settings, api) as (client, _):
            await until(lambda: len(api.said) == 2)
            assert (await client.post("/webhooks/telegram", content=b"{}")).status_code == 403
            api.updates.append(update(7, "je veux parler à une personne"))
            await until(lambda: len(api.said) == 3)
        assert ("deleteWebhook", {}) in [(m, {}) for m, _ in api.asked]


async def test_a_bot_api_that_is_down_loses_nothing(sqlite_settings):
    async with Api() as api:
        env = {
            "SANAD_PUBLIC_URL": "https://sanad.example",
            "TELEGRAM_API_URL": "http://127.0.0.1:9",
        }
        async with serving(sqlite_settings, api, **env) as (client, _):
            sent = await client.post("/webhooks/telegram", json=update(1, "bonjour"),
                                     headers=HEADERS)  # fmt: skip
            assert sent.status_code == 200
        # The next process has the right address; a minute has not passed, so the row waits its time.
        env = {"SANAD_PUBLIC_URL": "https://sanad.example"}
        async with serving(sqlite_settings, api, **env):
            await until(lambda: api.said)
            assert len(api.said) == 1


@pytest.mark.parametrize("missing", ["port"])
async def test_a_taken_port_is_one_sentence(sqlite_settings, missing):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "serve", "--port", str(taken.getsockname()[1]),
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
            env={**os.environ, "SANAD_DATA_DIR": str(sqlite_settings.data_dir)},
        )  # fmt: skip
        _, err = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 1
    assert "Traceback" not in err.decode()
    assert "another program" in err.decode()
