"""A process that dies at any commit point of a turn: nothing lost, nothing twice."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from sqlalchemy import select

import nlu
from bot.dispatch import Dispatcher
from bot.outbox import Outbox
from bot.parts import Parts, assemble
from bot.store import open_store
from bot.store.tables import case, handover, inbound_message, outbound_message, referral
from bot.talk import Clock
from bot.turn import Turns
from channels.port import Address, File, Inbound, Outbound, Receipt, Text
from channels.terminal import capabilities_of
from tests.conftest import BOTH
from tests.crash import Death, deaths

SAYS = (
    "جاري كيضرب ولدو كل ليلة، عندو 6 سنين، حنا فسلا",
    "لا",
    "لا",
    "لا",
    "آه",
    "بغيت نهضر مع شي واحد",
)


@dataclass
class Paper:
    """A channel that writes down, for good, what it sent."""

    path: Path
    name: str = "telegram"

    @property
    def capabilities(self):
        return capabilities_of("telegram")

    async def send(self, message: Outbound) -> Receipt:
        with self.path.open("a", encoding="utf-8") as file:
            line = [message.address.id, message.key, message.receipt]
            file.write(json.dumps(line) + "\n")
        return Receipt(message.key)

    async def delete(self, address, message_ids): ...

    async def pressed(self, message): ...

    async def fetch(self, media, *, limit):
        return File(b"")


def talk(*, die_at, round_, settings, folder):
    """The provider delivers every message (again); then everything that waits is taken up."""

    async def run() -> None:
        store = open_store(settings, role="serve", on_commit_point=Death(die_at))
        clock = Clock(timedelta(minutes=2) if die_at is None else timedelta())
        parts = assemble(settings, store, {"telegram": Paper(folder / "sent")}, now=clock)
        turns = Turns(parts, Outbox(parts))
        for n, words in enumerate(SAYS):
            message = Inbound(Address("telegram", f"p{round_}"), f"{round_}:{n}", Text(words))
            received = await turns.receive(message)
            await turns.handle(received.conversation_id)
        dispatcher = Dispatcher(turns)
        await dispatcher.sweep()
        await dispatcher.stop()
        store.close()

    asyncio.run(run())


@pytest.mark.parametrize("database", BOTH)
def test_a_death_at_every_commit_point(database, templates, tmp_path):
    settings = getattr(templates, database)(tmp_path / "data")
    points = deaths(talk, settings=settings, folder=tmp_path)
    # Received, answered, sent: two points each for every message, and some more.
    assert points >= 6 * len(SAYS)
    store = open_store(settings)
    try:
        store.read_now(lambda conn: look(conn, points + 1, tmp_path))
    finally:
        store.close()


def look(conn, rounds, folder):
    """Each round is one person; the last of them met no death."""
    inbound = conn.execute(select(inbound_message)).all()
    assert len(inbound) == rounds * len(SAYS)
    assert {m.state for m in inbound} == {"handled"}
    assert {m.state for m in conn.execute(select(outbound_message))} == {"sent"}
    cases = conn.execute(select(case)).all()
    assert len(cases) == len({c.conversation_id for c in cases}) == rounds
    referred = [r.case_id for r in conn.execute(select(referral))]
    assert sorted(referred) == sorted(c.id for c in cases)
    assert len(conn.execute(select(handover)).all()) == rounds
    bubbles = len(conn.execute(select(outbound_message)).all())
    assert bubbles == rounds * len(SAYS)
    lines = [json.loads(line) for line in (folder / "sent").read_text().splitlines()]
    for n in range(1, rounds + 1):
        sent = [(key, receipt) for person, key, receipt in lines if person == f"p{n}"]
        keys = [key for key, _ in sent]
        # Twice only where it died between a send and its commit, and then the very same bubble.
        assert len(set(keys)) == len(SAYS)
        assert len(keys) - len(set(keys)) <= 1
        receipts = {receipt for _, receipt in sent if receipt}
        assert len(receipts) == 1, "her receipt was shown"


def test_the_harness_notices_a_loss(templates, tmp_path):
    """A turn that forgets to write down what it sent would be seen."""
    settings = templates.sqlite(tmp_path / "data")
    talk(die_at=None, round_=1, settings=settings, folder=tmp_path)
    paper = tmp_path / "sent"
    paper.write_text("\n".join(paper.read_text().splitlines()[:-1]))
    store = open_store(settings)
    try:
        with pytest.raises(AssertionError):
            store.read_now(lambda conn: look(conn, 1, tmp_path))
    finally:
        store.close()


class DiesOf(BaseException):
    """What no program survives."""


@pytest.mark.parametrize("database", BOTH)
async def test_a_message_that_kills_is_left_to_a_person(database, templates, tmp_path):
    """Each process that takes it up dies; the fourth gives it to a person and goes on."""
    settings = getattr(templates, database)(tmp_path / "data")

    def understand(self, text, hint):
        if "poison" in text:
            raise DiesOf
        return nlu.understand(text, hint=hint, places=self.places)

    clock = Clock()

    async def life(*said):
        clock.ahead += timedelta(minutes=1)
        store = open_store(settings, role="serve")
        parts = assemble(settings, store, {"telegram": Paper(tmp_path / "sent")}, now=clock)
        turns = Turns(parts, Outbox(parts))
        try:
            await Dispatcher(turns).count_left_behind()
            for n, words in enumerate(said):
                await turns.receive(Inbound(Address("telegram", "p"), f"{n}", Text(words)))
            (conversation,) = store.read_now(
                lambda conn: store.conversations_with_waiting(conn, older_than=parts.now())
            )
            await turns.handle(conversation)
            return store.read_now(
                lambda conn: (
                    [m.state for m in conn.execute(select(inbound_message))],
                    len(conn.execute(select(handover)).all()),
                )
            )
        finally:
            store.close()

    with patch.object(Parts, "understand", understand):
        with pytest.raises(DiesOf):
            await life("poison", "salam")
        for _ in range(2):
            with pytest.raises(DiesOf):
                await life()
        assert await life() == (["failed", "handled"], 1)
