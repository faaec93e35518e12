"""People for the tests: somebody with a phone, on a fresh store."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from sqlalchemy import Connection

from bot.cases import offices
from bot.settings import Settings
from bot.store import open_store
from bot.talk import Talk, open_talk
from channels.port import ChannelName


@asynccontextmanager
async def a_talk(
    settings: Settings,
    *,
    reachable: Iterable[str] = (),
    answered: Iterable[str] = (),
    channel: ChannelName = "terminal",
    person: str = "",
) -> AsyncIterator[Talk]:
    """A conversation; `reachable`: mechanisms with an office, `answered`: those (or the desk) whose
    people have acknowledged a test case."""
    store = open_store(settings, role="command")

    def set_up(conn: Connection) -> None:
        now = datetime.now(UTC)
        for code in {*reachable, *answered}:
            offices.set_office(conn, code, email=f"{code.lower()}@office.example", now=now)
        for code in answered:
            offices.say_answered(conn, code, by="Nadia", now=now)

    try:
        await store.write(set_up)
        yield open_talk(settings, store, channel=channel, person=person)
    finally:
        store.close()
