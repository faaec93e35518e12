"""Sending, against a real server that answers as the Bot API does on good and bad days."""

from __future__ import annotations

import asyncio
import json
from urllib.parse import parse_qs

import pytest

from channels.port import Address, ChannelError, Choice, Inbound, Media, Outbound, Pick
from channels.telegram import TelegramChannel

TOKEN = "12345:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
TO = Address("telegram", "7001")
SENT = {"message_id": 9, "date": 1795442400, "chat": {"id": 7001, "type": "private"}, "text": "x"}


class BotApi:
    """A small HTTP server: what it was asked, and what it answers next."""

    def __init__(self):
        self.asked = []
        self.answers = []

    async def __aenter__(self):
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        self.channel = TelegramChannel(TOKEN, f"http://127.0.0.1:{port}")
        await self.channel.open()
        return self

    async def __aexit__(self, *_):
        await self.channel.close()
        self._server.close()
        await self._server.wait_closed()

    def will(self, status=200, result=None, **error):
        body = {"ok": False, **error} if status != 200 else {"ok": True, "result": result}
        self.answers.append((status, json.dumps(body).encode()))

    async def _serve(self, reader, writer):
        try:
            while line := await reader.readline():
                path = line.split()[1].decode()
                length = 0
                while (header := await reader.readline()) != b"\r\n":
                    if header.lower().startswith(b"content-length:"):
                        length = int(header.split(b":")[1])
                body = await reader.readexactly(length)
                fields = {k: v[0] for k, v in parse_qs(body.decode("utf-8", "replace")).items()}
                self.asked.append((path.rpartition("/")[2], fields))
                status, answer = self.answers.pop(0)
                if status == 0:
                    return
                writer.write(
                    f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n"
                    f"Content-Length: {len(answer)}\r\n\r\n".encode()
                    + answer
                )
                await writer.drain()
        finally:
            writer.close()


@pytest.fixture
async def api():
    async with BotApi() as made:
        yield made


def message(text="salam", **kw):
    return Outbound(TO, "key", text, **kw)


async def test_text_and_buttons(api):
    api.will(result=SENT)
    taken = await api.channel.send(
        message(choices=(Choice("Oui", "a=yes@1"), Choice("Non", "a=no@1")))
    )
    assert taken.message_id == "9"
    [(method, fields)] = api.asked
    assert method == "sendMessage"
    assert fields["text"] == "salam"
    assert "parse_mode" not in fields
    [[yes, no]] = json.loads(fields["reply_markup"])["inline_keyboard"]
    assert (yes["callback_data"], no["text"]) == ("a=yes@1", "Non")


async def test_long_labels_have_a_row_each(api):
    api.will(result=SENT)
    choices = (Choice("x" * 20, "1"), Choice("y", "2"))
    await api.channel.send(message(choices=choices))
    keyboard = json.loads(api.asked[0][1]["reply_markup"])["inline_keyboard"]
    assert [len(row) for row in keyboard] == [1, 1]


async def test_asking_for_a_contact_takes_a_keyboard_of_its_own(api):
    api.will(result=SENT)
    await api.channel.send(message(ask_contact="Mon numero", choices=(Choice("Passer", "s"),)))
    markup = json.loads(api.asked[0][1]["reply_markup"])
    assert markup["keyboard"][0][0] == {"text": "Mon numero", "request_contact": True}
    assert markup["keyboard"][1][0] == {"text": "Passer"}
    assert markup["one_time_keyboard"]


async def test_a_long_text_leaves_in_parts_and_the_last_carries_the_buttons(api):
    for n in (1, 2, 3):
        api.will(result={**SENT, "message_id": n})
    taken = await api.channel.send(message("كلمة " * 2000, choices=(Choice("a", "b"),)))
    assert taken.message_id == "1,2,3"
    assert all(len(fields["text"]) <= 4096 for _, fields in api.asked)
    assert ["reply_markup" in fields for _, fields in api.asked] == [False, False, True]


async def test_a_button_that_telegram_would_cut_is_refused_here(api):
    with pytest.raises(ChannelError) as error:
        await api.channel.send(message(choices=(Choice("a", "x" * 65),)))
    assert error.value.reason == "rejected"


@pytest.mark.parametrize(
    ("status", "error", "reason", "maybe"),
    [
        (429, {"error_code": 429, "description": "x", "parameters": {"retry_after": 7}}, "retry", False),
        (403, {"error_code": 403, "description": "Forbidden: bot was blocked"}, "blocked", False),
        (400, {"error_code": 400, "description": "Bad Request: message is empty"}, "rejected", False),
        (400, {"error_code": 400, "description": "Bad Request: chat not found"}, "blocked", False),
        (401, {"error_code": 401, "description": "Unauthorized"}, "misconfigured", False),
        (404, {"error_code": 404, "description": "Not Found"}, "misconfigured", False),
        (409, {"error_code": 409, "description": "Conflict: other getUpdates"}, "misconfigured", False),
        (500, {"error_code": 500, "description": "Internal"}, "retry", True),
        (502, {"error_code": 502, "description": "Bad Gateway"}, "retry", True),
        (0, {}, "retry", True),
    ],
)  # fmt: skip
async def test_errors_are_the_closed_set(api, status, error, reason, maybe):
    api.will(status, **error)
    with pytest.raises(ChannelError) as found:
        await api.channel.send(message())
    assert (found.value.reason, found.value.maybe_sent) == (reason, maybe)
    if status == 429:
        assert found.value.retry_after == 7


async def test_nobody_listening_sent_nothing():
    channel = TelegramChannel(TOKEN, "http://127.0.0.1:9")
    await channel.open()
    with pytest.raises(ChannelError) as found:
        await channel.send(message())
    assert (found.value.reason, found.value.maybe_sent) == ("retry", False)
    await channel.close()


async def test_deleting_goes_in_hundreds(api):
    api.will(result=True)
    api.will(result=True)
    await api.channel.delete(TO, (*(str(n) for n in range(149)), "200,201", "odd"))
    assert [len(json.loads(f["message_ids"])) for _, f in api.asked] == [100, 51]


async def test_a_press_is_acknowledged(api):
    api.will(result=True)
    await api.channel.pressed(Inbound(TO, "1", Pick("x"), press="cb"))
    assert api.asked == [("answerCallbackQuery", {"callback_query_id": "cb"})]


async def test_files_within_limits(api):
    with pytest.raises(ChannelError, match="too large"):
        await api.channel.fetch(Media("voice", "f", size=2000), limit=1000)
    api.will(result={"file_id": "f", "file_unique_id": "u", "file_size": 5000, "file_path": "v/1"})
    with pytest.raises(ChannelError, match="too large"):
        await api.channel.fetch(Media("voice", "f"), limit=1000)


async def test_polling_confirms_only_what_was_taken(api):
    text = {"message_id": 1, "date": 1795442400, "chat": SENT["chat"], "text": "salam"}
    api.will(result=True)
    api.will(result=[{"update_id": 5, "message": text}, {"update_id": 6, "message": text}])
    api.will(500, error_code=500, description="x")
    for _ in range(50):
        api.will(result=[])
    polled = api.channel.poll()
    assert (await anext(polled)).message_id == "update:5"
    assert (await anext(polled)).message_id == "update:6"
    assert api.asked[1][1].get("offset") is None
    waiting = asyncio.ensure_future(anext(polled))
    while len(api.asked) < 4:
        await asyncio.sleep(0.02)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    offsets = [f.get("offset") for m, f in api.asked if m == "getUpdates"]
    assert offsets[0] is None
    assert set(offsets[1:]) == {"7"}
