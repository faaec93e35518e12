"""People for the tests: somebody with a phone, on a fresh store."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.cases import offices
from bot.settings import Settings
from bot.store import open_store
from bot.talk import Talk, open_talk
from channels.port import ChannelName


@asynccontextmanager
async def a_talk(
    folder: Path,
    *,
    mode: str = "demo",
    offices_of: Iterable[str] = (),
    channel: ChannelName = "terminal",
    person: str = "",
    database_url: str | None = None,
    **kw: Iterable[str],
) -> AsyncIterator[Talk]:
    """A conversation on a store of its own; `offices`: mechanisms with a reachable office."""
    settings = Settings(_env_file=None, mode=mode, data_dir=folder, database_url=database_url)
    store = open_store(settings, role="command")
    try:
        now = datetime.now(UTC)
        for code in (*offices_of, *kw.get("offices", ())):
            await store.write(
                lambda conn, c=code: offices.set_office(
                    conn, c, email=f"{c.lower()}@office.example", now=now
                )
            )
        yield open_talk(settings, store, channel=channel, person=person)
    finally:
        store.close()
