"""The background worker of a process: the durable engine, its workflows, and the reconciler."""

from __future__ import annotations

import asyncio
import logging
import socket
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.settings import Settings
from bot.store import Store, StoreError
from bot.trace import where
from bot.work import reconciler
from bot.work.promise import DELIVER, NOTIFY, QUEUE
from bot.work.referrals import Delivery

log = logging.getLogger(__name__)

FOR_EVER = 1_000_000
"""Recoveries allowed: a referral is never put aside because its process died often."""

_delivery: Delivery | None = None
"""What the workflows of this process work with: the engine calls them by name."""


def _now() -> datetime:
    return datetime.now(UTC)


def _ours() -> Delivery:
    if _delivery is None:
        raise StoreError("The worker is not running.")
    return _delivery


@dataclass(slots=True)
class Worker:
    settings: Settings
    store: Store
    every: float = 3.0
    """Seconds between two rounds of the reconciler."""
    _engine: Any = None
    _reconciler: asyncio.Task[None] | None = field(default=None)

    async def start(self) -> None:
        """Raises StoreError where the durable engine does not start."""
        await asyncio.to_thread(self._launch)
        self._reconciler = asyncio.create_task(self._for_ever(), name="reconciler")

    async def stop(self) -> None:
        """Let the running workflows finish; the others wait in the database."""
        global _delivery
        if self._reconciler:
            self._reconciler.cancel()
            await asyncio.gather(self._reconciler, return_exceptions=True)
        from dbos import DBOS

        await asyncio.to_thread(DBOS.destroy, workflow_completion_timeout_sec=10)
        if self._engine is not None:
            self._engine.dispose()
        _delivery = None

    def _launch(self) -> None:
        global _delivery
        from dbos import DBOS

        from bot.store.durable import APPLICATION, VERSION, durable_engine
        from bot.store.keys import load_keys

        self._engine = durable_engine(self.settings, load_keys(self.settings))
        _delivery = Delivery(self.settings, self.store)
        sqlite = self._engine.dialect.name == "sqlite"
        DBOS(
            config={
                "name": APPLICATION,
                "system_database_engine": self._engine,
                "application_version": VERSION,
                # One process on SQLite: its name comes back. Elsewhere the reconciler resumes.
                "executor_id": "sanad" if sqlite else f"{socket.gethostname()}-{id(self):x}",
                "use_listen_notify": False,
                "log_level": "WARNING",
                "enable_otlp": False,
            }
        )
        _register()
        DBOS.launch()
        DBOS.register_queue(QUEUE, worker_concurrency=8, polling_interval_sec=0.5)

    async def reconcile(self) -> int:
        """One round. How many deliveries and notices it began."""
        now = _now()
        begun = 0
        for referral_id, number in await self.store.read(lambda c: reconciler.overdue(c, now)):
            workflow_id = reconciler.delivery_id(referral_id, number)
            status = await asyncio.to_thread(_status, workflow_id)
            match reconciler.needs_again(status, now):
                case "again":
                    await self.store.write(
                        lambda c, r=referral_id, n=number: reconciler.deliver_again(c, r, n)  # type: ignore[misc]
                    )
                    begun += 1
                case "resume":
                    await asyncio.to_thread(_resume, workflow_id)
                    begun += 1
        for referral_id, notices in await self.store.read(lambda c: reconciler.notices_due(c, now)):
            await self.store.write(
                lambda c, r=referral_id, n=notices: reconciler.begin_notice(c, r, n)  # type: ignore[misc]
            )
            begun += 1
        return begun

    async def _for_ever(self) -> None:
        while True:
            try:
                await self.reconcile()
            except Exception as error:
                log.error("reconciler broke", extra={"at": where(error)})
            await asyncio.sleep(self.every)


def _status(workflow_id: str) -> tuple[str, datetime] | None:
    from dbos import DBOS

    found = DBOS.get_workflow_status(workflow_id)
    if found is None:
        return None
    moved = found.updated_at or found.created_at or 0
    return found.status, datetime.fromtimestamp(moved / 1000, UTC)


def _resume(workflow_id: str) -> None:
    from dbos import DBOS

    DBOS.resume_workflow(workflow_id)


_registered = False


def _register() -> None:
    """The workflows, by the names that stand in the database."""
    global _registered
    if _registered:
        return
    from dbos import DBOS

    @DBOS.step(name="into_inbox")
    def into_inbox(referral_id: str) -> None:
        _ours().into_inbox(referral_id, _now())

    @DBOS.step(name="send_notice")
    def send_notice(referral_id: str, number: int) -> None:
        _ours().notify(referral_id, number, _now())

    @DBOS.workflow(name=DELIVER, max_recovery_attempts=FOR_EVER)
    def deliver_referral(referral_id: str) -> None:
        into_inbox(referral_id)

    @DBOS.workflow(name=NOTIFY, max_recovery_attempts=FOR_EVER)
    def notify_office(referral_id: str, number: int) -> None:
        send_notice(referral_id, number)

    _registered = True
