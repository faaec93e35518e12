"""Durable turns a second, whole: receive, commit, load, understand, advance, compose, commit, send,
commit. Many people at once, each in a report; one turn at a time for each."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from dataclasses import dataclass, field

from bot.outbox import Outbox
from bot.parts import assemble, settle
from bot.settings import Settings
from bot.store import open_store
from bot.turn import Turns
from channels.port import Address, Capabilities, File, Inbound, Media, Outbound, Receipt, Text
from channels.terminal import capabilities_of
from nlu.building import INTENTS
from nlu.training import read_examples

WORDS = (
    "بغيت نبلغ على واحد الدري",
    "لا",
    "باه كيضربو بالسمطة كل نهار",
    "سلا",
    "6 سنين",
    "واش غادي يعرفو شكون أنا؟",
    "لا",
    "الدار اللي حدا الجامع الكبير",
    "حبس",
    "mon voisin frappe son fils toutes les nuits",
    "jari kaydreb weldo koul lila f sla",
    "je veux parler à une personne",
)
PHRASES = [example.text for example in read_examples(INTENTS)]
TEXTS = (*WORDS, *random.Random(5).sample(PHRASES, 12))  # noqa: S311
"""Half the answers of a report in progress, half anything that people write."""


@dataclass(slots=True)
class Wire:
    """A channel that takes everything at once: what is measured is ours."""

    name: str = "telegram"
    capabilities: Capabilities = field(default_factory=lambda: capabilities_of("telegram"))
    sent: int = 0

    async def send(self, message: Outbound) -> Receipt:
        self.sent += 1
        return Receipt(message.key)

    async def delete(self, address: Address, message_ids: tuple[str, ...]) -> None: ...

    async def pressed(self, message: Inbound) -> None: ...

    async def fetch(self, media: Media, *, limit: int) -> File:
        return File(b"")


@dataclass(frozen=True, slots=True)
class Measured:
    turns: int
    seconds: float
    p50: float
    p99: float
    """Milliseconds from the message's arrival to its answer sent."""

    @property
    def rate(self) -> float:
        return self.turns / self.seconds


async def measure(
    settings: Settings, *, people: int = 128, rounds: int = 24, prefix: str = ""
) -> Measured:
    store = open_store(settings, role="serve")
    wire = Wire()
    parts = assemble(settings, store, {"telegram": wire})  # type: ignore[dict-item]
    turns = Turns(parts, Outbox(parts))
    settle()
    times: list[float] = []

    async def person(n: int, rounds: int, *, counted: bool) -> None:
        for k in range(rounds):
            text = TEXTS[(n * 7 + k * 13) % len(TEXTS)]
            began = time.perf_counter()
            received = await turns.receive(
                Inbound(
                    Address("telegram", f"{prefix}{n}"), f"{prefix}{n}:{counted}:{k}", Text(text)
                )
            )
            await turns.handle(received.conversation_id)
            if counted:
                times.append((time.perf_counter() - began) * 1e3)

    await asyncio.gather(*(person(n, 6, counted=False) for n in range(people)))
    began = time.perf_counter()
    await asyncio.gather(*(person(n, rounds, counted=True) for n in range(people)))
    seconds = time.perf_counter() - began
    store.close()
    cuts = statistics.quantiles(times, n=100)
    return Measured(people * rounds, seconds, cuts[49], cuts[98])
