"""A Rasa server as the judge of intents: asked within a deadline, and never relied upon.

Rasa Open Source 3.6 answers `POST /model/parse`. Only intents are its business: danger, control
words, places and numbers are found here whatever it says. Where it is late, broken or absent the
embedded engine's judgement stands, and after some failures it is left alone for a while.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx
import msgspec

from nlu.understood import Intent

log = logging.getLogger(__name__)

DEADLINE = 0.8
"""Seconds a person waits for it at most."""
FAILURES = 3
"""So many in a row open the breaker."""
REST = 30.0
"""Seconds for which it is then left alone; after them one message tries it."""
LONGEST = 2000
"""Characters sent; no model of this kind reads further."""


class _Ranked(msgspec.Struct):
    name: str | None
    confidence: float


class _Answer(msgspec.Struct):
    intent: _Ranked
    intent_ranking: list[_Ranked] = []


_IN_FRONT = re.compile(r"^[\s/\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_read = msgspec.json.Decoder(_Answer).decode


@dataclass(slots=True)
class RasaServer:
    """`url`: where it listens, with its token if it has one: `http://127.0.0.1:5005?token=…`."""

    url: str
    now: Callable[[], float] = time.monotonic
    transport: httpx.AsyncBaseTransport | None = None
    _client: httpx.AsyncClient | None = field(init=False, default=None)
    _failures: int = field(init=False, default=0)
    _rests_until: float = field(init=False, default=0.0)

    async def intents(self, text: str) -> tuple[Intent, ...] | None:
        """What it takes the words for, best first; None where it has nothing to say in time."""
        # A slash in front would force an intent on Rasa: nobody's words may do that.
        words = _IN_FRONT.sub("", text)[:LONGEST].strip()
        if not words or self.now() < self._rests_until:
            return None
        try:
            async with asyncio.timeout(DEADLINE):
                answer = _read(await self._ask(words))
        except (httpx.HTTPError, httpx.InvalidURL, msgspec.MsgspecError, TimeoutError) as error:
            self._failed(type(error).__name__)
            return None
        self._failures = 0
        ranked = answer.intent_ranking or [answer.intent]
        return tuple(Intent(r.name, min(max(r.confidence, 0.0), 1.0)) for r in ranked[:5] if r.name)

    async def _ask(self, words: str) -> bytes:
        if self._client is None:
            self._client = httpx.AsyncClient(timeout=DEADLINE, transport=self.transport)
        url = httpx.URL(self.url)
        response = await self._client.post(
            url.copy_with(path=f"{url.path.rstrip('/')}/model/parse"), json={"text": words}
        )
        response.raise_for_status()
        return response.content

    def _failed(self, reason: str) -> None:
        self._failures += 1
        if self._failures >= FAILURES:
            self._rests_until = self.now() + REST
            self._failures = FAILURES - 1  # the next failure opens it again at once
        log.warning("rasa gave no answer", extra={"reason": reason})

    async def close(self) -> None:
        if self._client:
            await self._client.aclose()
            self._client = None
