"""Who is answered when: one turn at a time for each person, many people at once, nobody forgotten.

Waking is a hint; the rows are the truth. A sweep takes up what a hint missed: messages stored by a
process that died, timers, bubbles that did not leave, files to fetch.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

from bot import files
from bot.store import StoreError
from bot.trace import where
from bot.turn import Turns

log = logging.getLogger(__name__)

AT_ONCE = 256
"""Turns under way in one process; more wait in the order of their waking."""
MISSED = timedelta(seconds=3)
"""A message stored this long ago and not handled was missed by its own process."""


@dataclass(slots=True)
class Dispatcher:
    turns: Turns
    every: float = 1.0
    """Seconds between sweeps."""
    _active: dict[str, bool] = field(default_factory=dict)
    """Conversations being answered; True: woken again meanwhile."""
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _sweeper: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._sweeper = asyncio.create_task(self._sweep_for_ever(), name="sweep")

    async def stop(self) -> None:
        """Finish the turns under way; what waits stays stored for the next start."""
        if self._sweeper:
            self._sweeper.cancel()
            await asyncio.gather(self._sweeper, return_exceptions=True)
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def wake(self, conversation_id: str) -> None:
        """Something waits in this conversation."""
        if conversation_id in self._active:
            self._active[conversation_id] = True
            return
        self._active[conversation_id] = False
        task = asyncio.create_task(self._run(conversation_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, conversation_id: str) -> None:
        async with self._room:
            try:
                again = True
                while again:
                    self._active[conversation_id] = False
                    await self.turns.handle(conversation_id)
                    again = self._active[conversation_id]
            except StoreError as error:
                # The rows are still there: the sweep comes back to them.
                log.error("turn waits for the store", extra={"reason": str(error)})
            except Exception as error:
                log.error("turn broke", extra={"conversation": conversation_id, "at": where(error)})
            finally:
                del self._active[conversation_id]

    async def sweep(self) -> None:
        """Everything that waits without anybody awake for it."""
        store = self.turns.parts.store
        now = self.turns.parts.now()
        for conversation_id in await store.read(
            lambda conn: store.conversations_with_waiting(conn, older_than=now - MISSED)
        ):
            self.wake(conversation_id)
        for conversation_id in await store.read(lambda conn: store.due_timers(conn, now)):
            if conversation_id not in self._active:
                await self.turns.ring(conversation_id)
        await self.turns.outbox.sweep()
        await files.fetch_waiting(self.turns.parts)

    async def count_left_behind(self) -> None:
        """Once at the start: what an earlier process left may be what it died of."""
        store = self.turns.parts.store
        before = self.turns.parts.now() - MISSED
        await store.write(lambda conn: store.count_left_behind(conn, older_than=before))

    async def _sweep_for_ever(self) -> None:
        await guarded("count", self.count_left_behind)
        while True:
            await asyncio.sleep(self.every)
            await guarded("sweep", self.sweep)


async def guarded(name: str, job: Callable[[], Awaitable[object]]) -> None:
    """Run a job that must go on whatever happens to one round of it."""
    try:
        await job()
    except StoreError as error:
        log.error("%s waits for the store", name, extra={"reason": str(error)})
    except Exception as error:
        log.error("%s broke", name, extra={"at": where(error)})
